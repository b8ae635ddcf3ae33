"""Circular reporting with a known truth: events, writers who tell them on their own, and rewriters who copy.

A world is a set of events with facts; each fact can be told in several frames, whose words are chosen from sets of
like words. Writers who report on their own choose frames, words, facts and order for themselves, and add what only
they saw; they may quote the same speech and carry the same notice. Rewriters start from a text: the easy one cuts,
swaps a few words and adds a sentence; the hard one swaps most words that have others like them, turns sentences
about, spells numbers otherwise, drops, joins, and mixes the order. All of it follows from the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

import attrs


@attrs.frozen
class Event:
    """What may be told: `facts` are groups of frames that tell one thing; `speech` what everybody quotes."""

    facts: Sequence[Sequence[str]]
    asides: Sequence[str]
    speech: Sequence[str]


@attrs.frozen
class World:
    """Events with the words they are told in: `words` maps a slot to what may fill it."""

    events: Sequence[Event]
    words: Mapping[str, Sequence[str]]
    notices: Sequence[str]


@attrs.frozen
class Source:
    """A report: `made_from` are the ids that it took its text from; empty if its writer was there."""

    id: str
    owner: str
    text: str
    day: int | None
    first_hand: bool
    made_from: tuple[str, ...]
    declared: bool


@attrs.frozen
class Case:
    """A claim with the sources in the ledger, those that are its evidence, and how many origins these have."""

    id: str
    text: str
    sources: tuple[Source, ...]
    evidence: tuple[str, ...]
    origins: int
    pairs: tuple[tuple[str, str], ...]
    """Evidence that is truly independent, archived and first-hand, two by two."""


FIRST = (
    "Marta Ivo Selma Tomas Lena Joel Nadia Piet Dora Emil Ruth Karl Oona Basil Mireille Hasan Greta Paul Ines Viktor "
    "Clara Dan Aiko Leon Sana Bruno Tilda Amos Wanda Felix Noor Gustav Petra Samir Lotte Yusuf"
).split()
LAST = (
    "Quell Brandt Okoro Rhee Farkas Adair Wren Sorel Vance Castro Amari Benning Lindgren Tarrant Dufour Yilmaz Holm "
    "Ekwueme Rocha Sand Moss Petrie Mori Vasari Kestrel Halloran Ibsen Duarte Novak Pell Osei Marchetti Thorne Vidal"
).split()
BEGIN = "Ar Nor Low Hal Grey Wex Torr Bel Karl San Hol Mere Ash Brun Cal Dun Els Fen Gar Hazel Is Jar Kes Lind".split()
END = (
    "den vik bridge water ley holm marsh sten dau ford mouth haven stead wick port field burgh cross mont fell".split()
)

_SLOT = re.compile(r"\{(\w+)\}")
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


@attrs.frozen
class Said:
    """A sentence of a report: the fact that it tells, if it tells one, and in which writer's frame."""

    text: str
    fact: int | None = None
    writer: int = 0

    @property
    def quotes(self) -> bool:
        return "“" in self.text


class Teller:
    """Tells one happening: its names and numbers are fixed, the words are each writer's."""

    def __init__(self, rng: random.Random, world: World) -> None:
        self._rng = rng
        self.environment = world
        self.event = rng.choice(world.events)
        names = [f"{first} {last}" for first, last in zip(rng.sample(FIRST, 4), rng.sample(LAST, 4), strict=True)]
        places = [a + b for a, b in zip(rng.sample(BEGIN, 3), rng.sample(END, 3), strict=True)]
        self._fixed = {
            "who": names[0], "other": names[1], "third": names[2], "fourth": names[3],
            "place": places[0], "town": places[1], "area": places[2],
            "day": rng.choice(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
            **{f"n{at}": str(rng.randint(2, 12)) for at in range(4)},
            **{f"big{at}": f"{rng.randint(2, 90)}{rng.choice(['00', '50', '20'])}" for at in range(3)},
        }  # fmt: skip
        self.spare = 0
        """The writer whose frames nobody who was there uses."""
        self._order = [rng.randrange(3) for _ in self.event.facts]
        self.speech = self.fill(rng.choice(self.event.speech), rng)
        self.claim = self.fill(self.event.facts[0][0], rng)

    def fill(self, frame: str, rng: random.Random) -> str:
        def choose(match: re.Match[str]) -> str:
            return self._fixed.get(match[1]) or rng.choice(self.environment.words[match[1]])

        while _SLOT.search(frame):
            frame = _SLOT.sub(choose, frame)
        return frame[0].upper() + frame[1:]

    def report(self, rng: random.Random, writer: int, *, quoting: bool) -> list[Said]:
        """Return the report of somebody who was there; no two writers tell a fact in the same frame."""
        others = range(1, len(self.event.facts))
        facts = [0, *rng.sample(others, rng.randint(5, len(others)))]
        told = [self.tell(fact, writer, rng) for fact in facts]
        own = [Said(self.fill(aside, rng)) for aside in self.event.asides[writer::3]]
        body = told[1:] + own
        rng.shuffle(body)
        if quoting:
            cue = rng.choice(("{who} said", "In a speech, {who} put it so", "{who} told the assembly"))
            body.insert(rng.randint(0, len(body)), Said(self.fill(cue, rng) + f": “{self.speech}”."))
        return [told[0], *body]

    def tell(self, fact: int, writer: int, rng: random.Random) -> Said:
        frames = self.event.facts[fact]
        return Said(self.fill(frames[(self._order[fact] + writer) % len(frames)], rng), fact, writer)


def page(said: Sequence[Said], rng: random.Random, notice: str = "") -> str:
    """Return what was said as a text in paragraphs; the notice stands near or at the end."""
    paragraphs, start = [], 0
    while start < len(said):
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(one.text for one in said[start : start + size]))
        start += size
    if notice:
        paragraphs.insert(rng.choice((len(paragraphs), len(paragraphs), max(1, len(paragraphs) - 1))), notice)
    return "\n\n".join(paragraphs)


def easy(said: Sequence[Said], teller: Teller, writer: int, rng: random.Random) -> list[Said]:
    """Return a report with cuts, a few other words and a sentence of its own."""
    kept = said[: max(4, int(len(said) * rng.uniform(0.5, 1)))]
    told = [_swapped(one, teller.environment, rng, 0.12) for one in kept]
    told.insert(rng.randint(1, len(told)), _added(rng))
    return told


def hard(said: Sequence[Said], teller: Teller, writer: int, rng: random.Random) -> list[Said]:
    """Return a report that tells the same in mostly other words, some of it in other sentences and another order."""
    kept = [said[0]] + [one for one in said[1:] if rng.random() < (0.5 if one.quotes else 0.85)]
    told = []
    for one in kept:
        if one.fact is not None and rng.random() < REFRAMED:
            one = teller.tell(one.fact, teller.spare if writer == 0 else writer, rng)
        told.append(_loosened(_turned(_respelt(_swapped(one, teller.environment, rng, 0.8), rng), rng), rng))
    rest = told[1:]
    for _ in range(len(rest) // 2):
        at = rng.randrange(len(rest))
        rest.insert(min(len(rest), max(0, at + rng.randint(-3, 3))), rest.pop(at))
    rest.insert(rng.randint(0, len(rest)), _added(rng))
    return [told[0], *rest]


ADDED = (
    ("A reader", "One listener", "A correspondent", "Somebody from the desk", "A passer-by", "A former teacher"),
    ("wrote to us", "rang the newsroom", "recalled", "asked on our page", "noted in a letter", "told this paper"),
    (
        "that nothing of the kind was known in his youth", "how much longer all this may go on",
        "that others have it worse", "a similar summer in the eighties", "why no one listens",
        "that the evening news had been late",
    ),
)  # fmt: skip
"""What a rewriter adds: who, how, and what."""


def _added(rng: random.Random) -> Said:
    return Said(" ".join(map(rng.choice, ADDED)) + ".")


REFRAMED = 0.3
"""Of the facts, those that the hard rewriter tells in a sentence of another build."""

EVERYDAY = (
    ("said", "stated", "remarked"), ("about", "roughly", "some"), ("will", "is going to"), ("began", "set in"),
    ("people", "persons"), ("before", "prior to"), ("because of", "owing to"), ("whole", "entire"), ("may", "might"),
    ("this year", "in the current year"), ("next week", "the coming week"), ("ago", "back"), ("needed", "took"),
    ("fewer", "less"), ("since", "ever since"), ("called", "described as"), ("over", "across"), ("had been", "was"),
    ("expect", "reckon"), ("wants", "means"), ("shows", "makes plain"), ("lasted", "went on for"), ("stood", "was"),
    ("stay", "remain"), ("both", "the two"), ("brought", "carried"), ("watched", "looked on"), ("still", "even now"),
)  # fmt: skip


def _swapped(said: Said, world: World, rng: random.Random, share: float) -> Said:
    """Return a sentence in which some words that have others like them are exchanged."""
    text = said.text
    if said.quotes:
        return said
    for alike in (*world.words.values(), *EVERYDAY):
        for word in sorted(alike, key=len, reverse=True):
            pattern = rf"\b{re.escape(word)}\b"
            if re.search(pattern, text, re.IGNORECASE):
                if rng.random() < share:
                    other = rng.choice([one for one in alike if one != word])
                    text = re.sub(pattern, other, text, count=1, flags=re.IGNORECASE)
                break
    return attrs.evolve(said, text=text[0].upper() + text[1:])


def _respelt(said: Said, rng: random.Random) -> Said:
    def other(match: re.Match[str]) -> str:
        number = int(match[0])
        return SMALL[number] if number < len(SMALL) and rng.random() < 0.6 else match[0]

    return attrs.evolve(said, text=re.sub(r"\b\d{1,2}\b", other, said.text))


FILLERS = (
    "reportedly", "now", "in fact", "apparently", "as it seems", "by all accounts", "at present", "it is understood",
    "evidently", "for the moment", "so it was learned", "indeed",
)  # fmt: skip


def _loosened(said: Said, rng: random.Random) -> Said:
    """Return a sentence with fillers between its words and other articles before them."""
    if said.quotes:
        return said
    words = []
    for at, word in enumerate(said.text.split(" ")):
        if at and word in ("the", "a", "its") and rng.random() < 0.3:
            word = rng.choice(("the", "this", "that", "one"))
        words.append(word)
        if at and rng.random() < 0.08 and not word.endswith((".", ",")):
            words.append(rng.choice(FILLERS))
    text = " ".join(words)
    return attrs.evolve(said, text=text if text.endswith(".") else text + ".")


JOINTS = (" after ", " because ", " when ", " while ", " since ", " although ", ", ")


def _turned(said: Said, rng: random.Random) -> Said:
    """Return a sentence with what follows its first joint put first."""
    body = said.text.rstrip(".")
    for joint in () if said.quotes else JOINTS:
        head, found, tail = body.partition(joint)
        if found and len(tail.split()) > 3 and rng.random() < 0.6:
            start = tail if joint == ", " else joint.strip() + " " + tail
            return attrs.evolve(said, text=f"{start[0].upper()}{start[1:]}, {head[0].lower()}{head[1:]}.")
    return said


Rewriter = Callable[[Sequence[Said], Teller, int, random.Random], list[Said]]


def exam(seed: int, world: World, rewrite: Rewriter, count: int = 70) -> list[Case]:
    """Return cases in which half of what was taken from elsewhere is declared."""
    rng = random.Random(seed)
    return [_case(rng, world, rewrite, number) for number in range(count)]


def _case(rng: random.Random, world: World, rewrite: Rewriter, number: int) -> Case:
    teller = Teller(rng, world)
    origins = rng.choice([1, 1, 2, 2, 3])
    teller.spare = origins % 3  # of two who rewrite different reports, only one may use it
    notice = rng.choice(world.notices) if rng.random() < 0.4 else ""
    quoting = rng.random() < 0.5
    made: list[Source] = []
    hidden = set[str]()
    root: dict[str, str] = {}
    said: dict[str, list[Said]] = {}
    for origin in range(origins):
        report = teller.report(rng, origin, quoting=quoting)
        first = Source(*_names(number, made), page(report, rng, notice), rng.randint(0, 1), True, (), False)
        said[first.id] = report
        made.append(first)
        root[first.id] = first.id
        family = [first]
        for _ in range(rng.choice([0, 1, 2, 3]) if origins > 1 else rng.choice([1, 2, 3, 4])):
            model = rng.choice(family) if rng.random() < 0.3 else first
            copied = rewrite(said[model.id], teller, origin, rng)
            day = None if rng.random() < 0.15 else (model.day or 1) + rng.randint(1, 4)
            fooled, declared = rng.random() < 0.2, rng.random() < 0.5
            copy = Source(*_names(number, made), page(copied, rng), day, fooled, (model.id,), declared)
            said[copy.id] = copied
            made.append(copy)
            family.append(copy)
            root[copy.id] = first.id
        if len(family) > 1 and rng.random() < 0.3:
            hidden.add(first.id)  # in the ledger, and no evidence for this claim
    evidence = [one for one in made if one.id not in hidden]
    own = [one.id for one in evidence if not one.made_from]
    return Case(
        id=f"case-{number}",
        text=teller.claim,
        sources=tuple(made),
        evidence=tuple(one.id for one in evidence),
        origins=len({root[one.id] for one in evidence}),
        pairs=tuple((a, b) for at, a in enumerate(own) for b in own[at + 1 :]),
    )


def _names(number: int, made: Sequence[Source]) -> tuple[str, str]:
    """Return the id of the next source and of its owner."""
    return f"source-{number}-{len(made)}", f"owner-{number}-{len(made)}"
