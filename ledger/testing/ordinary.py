"""Dossiers as a careful desk keeps them, made up: nothing in them is wrong, so a checker that fails one is mistaken.

Each is a claim of a small town: an event with its day and its figure, one to four reports of different houses with
their authors, dates and archived texts, exact words with their speakers, what was asked. They are the same each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from ..model import AgentKind, Basis, InquiryState, Relation, SourceKind, Stake, Value
from .case import Case

COUNT = 200

THINGS = (
    ("the ferry", "passengers"), ("the library", "readers"), ("the market", "stalls"), ("the harbour", "boats"),
    ("the school", "pupils"), ("the tramway", "trams"), ("the clinic", "beds"), ("the mill", "workers"),
    ("the theatre", "seats"), ("the orchard", "trees"),
)  # fmt: skip
ACTS = ("opened with", "closed with", "reported", "counted", "registered")
FIRST = ("Ana", "Bo", "Carla", "Deniz", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas")
LAST = ("Roa", "Lind", "Quell", "Aydin", "Brandt", "Haddad", "Novak", "Petit", "Sol", "Weiss")
PLACES = ("Harbour", "Valley", "River", "Hill", "Lake", "Border", "Island", "Coast")
PAPERS = ("Post", "Courier", "Herald", "Gazette", "Echo", "Mirror")


def ordinary(count: int = COUNT, *, seed: int = 0) -> Iterator[Case]:
    """Yield so many cases in which everything is in order, each with a name of its own."""
    for number in range(count):
        yield _dossier(Random(f"{seed}:{number}"), number)


def _dossier(chance: Random, number: int) -> Case:
    thing, unit = chance.choice(THINGS)
    amount = chance.randint(11, 4_800)
    day = date(2029, 1, 1) + timedelta(days=chance.randrange(700))
    act = chance.choice(ACTS)
    words = f"On {_written(day)}, {thing} {act} {amount:,} {unit}."
    value = Value(thing, unit, str(amount))
    case = Case(words, name=f"ordinary {number + 1}", occurred=day.isoformat(), topic=thing, value=value)
    people = [f"{one} {other}" for one in FIRST for other in LAST]
    houses = [f"{place} {paper}" for place in PLACES for paper in PAPERS]
    chance.shuffle(people)
    chance.shuffle(houses)
    for place in range(chance.randint(1, 4)):
        _report(chance, case, day + timedelta(days=chance.randint(0, 6)), words, people, houses.pop(), place)
    if chance.random() < 0.5:
        asked = case.agent(people.pop())
        on = (day + timedelta(days=8)).isoformat()
        case.inquiry("Is the figure right?", asked=asked, asked_on=on, state=InquiryState.ANSWERED)
    return case


def _report(chance: Random, case: Case, day: date, words: str, people: list[str], house: str, place: int) -> None:
    """Add a report of a house of its own: who wrote it, its archived text, and its words for the claim."""
    publisher = case.agent(house, kind=AgentKind.ORGANISATION)
    author, speaker = case.agent(people.pop()), case.agent(people.pop())
    told: dict[str, Any] = {"published": day.isoformat(), "language": "en", "url": f"https://paper{place}.example/news"}
    paper = case.source(
        f"{house}, {_written(day)}", kind=SourceKind.ARTICLE, author=author, publisher=publisher, **told
    )
    fill = " ".join(chance.sample(SENTENCES, 4))
    taken = f"{(day + timedelta(days=1)).isoformat()}T08:00:00.000000Z"
    case.capture(paper, f"{fill}\n\n“{words}” said {speaker.name}.", taken_at=taken, taken_by=author, original=False)
    speech = case.source(
        f"{speaker.name} to the {house}",
        kind=SourceKind.INTERVIEW,
        author=speaker,
        published=day.isoformat(),
        language="en",
    )
    case.link(paper, Relation.QUOTES, speech, claim=case.claim)
    case.evidence(
        speech, seen_in=paper, quote=words, language="en", speaker=speaker, basis=Basis.WITNESS, stake=Stake.NONE_KNOWN,
        named=True,
    )  # fmt: skip


SENTENCES = (
    "The morning was quiet and the square was almost empty.",
    "A brass band played until the rain came.",
    "Nobody on the quay wanted to leave before noon.",
    "The mayor spoke briefly and thanked the volunteers.",
    "Children had painted the railings green.",
    "The bakery sold out before the speeches began.",
    "An old clerk kept the keys in his coat.",
    "Two cats slept on the steps of the town hall.",
    "The wind turned in the afternoon.",
    "Most visitors came on foot along the canal.",
    "A photographer asked everybody to stand closer.",
    "The last guests left when the lamps were lit.",
)


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
