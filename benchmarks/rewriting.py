"""A second rewriter, for prose of any kind: it knows no frames, only English.

It keeps a third of the sentences up to all of them, mixes their order, joins and splits them, puts other words for
those that have some, writes figures otherwise, takes quotations out of their marks, moves who said it to the other
end of the sentence or leaves it away, and adds sentences of its own. `everyday` knows some hundred groups of words;
`wordnet` reads the synonyms of WordNet 3.1 (Princeton; its own free licence) from a folder with its `data.*` and
`index.*` files. All of it follows from the random numbers that it is given.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ledger.text import sentences
from ledger.text.vocabulary import word

Synonyms = Mapping[str, Sequence[str]]

EVERYDAY = """
said stated remarked declared | told informed | announced unveiled made-public | reported described | police officers
| killed slain | died perished | injured hurt wounded | attack assault strike | fire blaze | house home residence
| government administration authorities | president leader | official functionary | company firm business | workers
employees staff | money funds cash | big large sizeable | small little minor | new fresh recent | old ageing former
| said-that claimed-that | children kids youngsters | people persons folk | began started | ended finished concluded
| help aid assistance | show reveal indicate | showed revealed indicated | plan scheme proposal | law legislation act
| vote ballot | election poll | campaign drive | court tribunal | judge magistrate | lawyer attorney counsel | crime
offence | arrested detained | charged accused | claim allege assert | claims allegations | denied rejected refuted
| war conflict | soldiers troops | country nation state | city town | area region district | world globe | near close-to
| because since | but yet though | although while | also too as-well | about around roughly | almost nearly
| many numerous | more additional | often frequently | only merely just | very highly | quickly rapidly fast
| important significant key | difficult hard tough | good fine | bad poor | dangerous hazardous risky | whole entire
| buy purchase | sell offer | pay spend | cost price | cut reduce lower | raise increase lift | rise climb growth
| fall drop decline | change alter shift | stop halt cease | keep retain hold | give hand grant | take seize grab | get
obtain receive | make create produce | use employ | need require | want wish desire | try attempt | ask request | answer
reply response | think believe reckon | know understand | find discover | see notice spot | look glance | call name
| leave depart | arrive come reach | meet encounter | talk speak | talks negotiations discussions | agree consent
| deal agreement accord | fight battle struggle | win triumph | lose forfeit | support back endorse | criticized
blasted attacked | criticism censure | angry furious | worried concerned anxious | decision ruling | problem issue
trouble | question query | group body organisation | member participant | meeting gathering session | speech address
| statement comment remark | news tidings | story account tale | book volume | letter note message | street road | car
vehicle automobile | plane aircraft jet | ship vessel | school college | student pupil | doctor physician medic
| hospital clinic | woman lady | man gentleman | young youthful | famous well-known noted | rich wealthy | poor needy
| job post position | chief head boss | former ex- erstwhile | several some various | recent latest | early initial
| later afterwards subsequently | today this-day | before prior-to | after following | during throughout | between among
| against versus | without lacking | including among-them | allow permit let | ban prohibit forbid | protect guard
shield | warn caution | urge press exhort | hope expect | fear dread | risk danger | chance opportunity possibility
| result outcome | reason cause ground | effect impact | evidence proof | research study inquiry | scientist researcher
expert | amount quantity sum | number figure count | part portion share | top summit | bottom foot | begin start
| continue go-on carry-on | remain stay | become turn | seem appear | happen occur | build construct erect | destroy
wreck ruin | damage harm
"""

_NUMBER = re.compile(r"(?<![\d.,$€£])\d{1,3}(?:,\d{3})+(?![\d.,])|(?<![\d.,$€£:])\b\d{1,2}\b(?![\d.,:%])")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_SAID_LAST = re.compile(r"^(?P<what>.{20,}),[”\"]? (?P<who>[^,.”\"]{3,40}) (?:said|says|told reporters|added)\.$")
_SAID_FIRST = re.compile(
    r"^(?P<who>[A-Z][^,.”\"]{2,40}) (?:said|says|added|told reporters)(?: that)?,? [“\"]?(?P<what>.{20,})$"
)
_ASIDE = re.compile(r", [^,.;“”\"]{5,60}, | \([^)]{3,60}\) ")
_QUALIFIES = re.compile(
    r" (?:\w{3,}ly|very|also|just|even|still|more than|as well|in fact|last \w+|the|that|which was|who is) "
)
_PAIR = re.compile(r"\b([a-z]{4,}) and ([a-z]{4,})\b")
_JOINT = re.compile(r",? (?:and|but|while|after|because|although|when) (?=\w+ \w+ \w+ \w+)|; ")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")
ADDED = (
    ("Observers", "Readers of this page", "Some in the trade", "Those who follow such matters", "Critics on the web"),
    ("may well wonder", "have long asked", "will hardly be surprised to hear", "were quick to point out"),
    ("how it came to this.", "that none of it is over.", "what will follow in the spring.", "whom all this serves."),
)


def everyday() -> Synonyms:
    """Return some hundred groups of everyday words that can stand for one another."""
    found = {}
    for group in EVERYDAY.replace("\n", " ").split("|"):
        alike = [one.replace("-", " ").strip() for one in group.split()]
        for one in alike:
            found[one] = [other for other in alike if other != one]
    return found


def wordnet(folder: Path) -> Synonyms:
    """Return the synonyms of each word in its first meaning, of the part of speech in which it has most."""
    found = dict[str, list[str]]()
    for part in ("noun", "verb", "adj", "adv"):
        sets = defaultdict[str, list[str]](list)
        with (folder / f"data.{part}").open(encoding="latin-1") as lines:
            for line in lines:
                fields = line.split(" ")
                if not line.startswith(" "):
                    sets[fields[0]] = [fields[4 + 2 * at].partition("(")[0] for at in range(int(fields[3], 16))]
        with (folder / f"index.{part}").open(encoding="latin-1") as lines:
            for line in lines:
                fields = line.split()
                if not line.startswith(" ") and "_" not in fields[0]:
                    others = [one for one in sets[fields[-int(fields[2])]] if one.isalpha() and one.islower()]
                    others = [one for one in others if one != fields[0]]
                    if word(fields[0]).says and len(others) > len(found.get(fields[0], ())):
                        found[fields[0]] = others
    return found


def rewriter(
    synonyms: Synonyms, *, share: float, keep: tuple[float, float] = (0.3, 1.0), thin: float = 0.0
) -> Callable[[str, random.Random], str]:
    """Return a function that rewrites a text: puts other words for that share of those that have some.

    Of the sentences it keeps a share between the two of `keep`; of what can go in a sentence (asides between commas,
    words that only qualify) it leaves out the share `thin`, and turns about that share of its pairs ("A and B").
    """

    def rewrite(text: str, rng: random.Random) -> str:
        told = [" ".join(span.of(line).split()) for line in text.split("\n") for span in sentences(line)]
        kept = [_thinned(one, thin, rng) for one in _cut(told, keep, rng)]
        said = [_other_words(_told_otherwise(one, rng), synonyms, share, rng) for one in kept]
        said = _joined(_mixed(said, rng), rng)
        said.insert(rng.randint(1, len(said)), " ".join(map(rng.choice, ADDED)))
        return _page(said, rng)

    return rewrite


def _cut(told: Sequence[str], keep: tuple[float, float], rng: random.Random) -> list[str]:
    """Return the first sentence, and some of the others."""
    share = rng.uniform(*keep)
    return [told[0], *(one for one in told[1:] if rng.random() < share)]


def _thinned(said: str, share: float, rng: random.Random) -> str:
    """Return a sentence without some of what can go, and with some pairs turned about."""

    def left_out(found: re.Match[str]) -> str:
        return " " if rng.random() < share else found[0]

    said = _ASIDE.sub(left_out, said)
    said = _QUALIFIES.sub(left_out, said)
    return _PAIR.sub(lambda found: f"{found[2]} and {found[1]}" if rng.random() < share else found[0], said)


def _told_otherwise(said: str, rng: random.Random) -> str:
    """Return a sentence with who says it at the other end or nowhere, without marks, turned about, figures respelt."""
    if last := _SAID_LAST.match(said):
        who, what = last["who"], last["what"]
        said = rng.choice((f"According to {who}, {_low(what)}.", f"{_up(who)} argues that {_low(what)}.", f"{what}."))
    elif first := _SAID_FIRST.match(said):
        who, what = first["who"], first["what"].rstrip('.”"')
        said = rng.choice((f"{_up(what)}, in the words of {who}.", f"{_up(what)}."))
    if rng.random() < 0.6:
        said = re.sub(r"[“”\"]", "", said)
    joint = _JOINT.search(said.rstrip("."))
    if joint and rng.random() < 0.5:
        head, tail = said[: joint.start()], said[joint.end() :].rstrip(".")
        why = joint[0].strip(" ,;")
        if why in ("and", "but", ""):
            said = rng.choice((f"{head}. {_up(tail)}.", f"{_up(tail)}; {_low(head)}."))
        else:
            said = f"{_up(why)} {tail}, {_low(head)}."
    return _NUMBER.sub(lambda found: _respelt(found[0], rng), said)


def _respelt(number: str, rng: random.Random) -> str:
    value = int(number.replace(",", ""))
    if value < len(_SMALL):
        return _SMALL[value] if rng.random() < 0.7 else number
    if value >= 1000 and value % 100 == 0:
        return rng.choice((str(value), f"{value / 1000:g} thousand", number))
    return str(value)


def _other_words(said: str, synonyms: Synonyms, share: float, rng: random.Random) -> str:
    def other(found: re.Match[str]) -> str:
        written, low = found[0], found[0].lower()
        if found.start() and written[0].isupper():
            return written
        for stem, ending in ((low, ""), (low.removesuffix("s"), "s"), (low.removesuffix("ed"), "ed")):
            if stem in synonyms and synonyms[stem] and (stem != low or not ending) and rng.random() < share:
                new = rng.choice(synonyms[stem]) + ending
                return _up(new) if written[0].isupper() else new
        return written

    return _WORD.sub(other, said)


def _mixed(said: Sequence[str], rng: random.Random) -> list[str]:
    """Return the sentences with those after the first moved about by some places."""
    rest = sorted(range(1, len(said)), key=lambda at: at + rng.uniform(-4, 4))
    return [said[0], *(said[at] for at in rest)]


def _joined(said: Sequence[str], rng: random.Random) -> list[str]:
    """Return the sentences, one in five made one with the next."""
    made: list[str] = []
    for one in said:
        if made and rng.random() < 0.2 and len(made[-1].split()) + len(one.split()) < 45:
            made[-1] = f"{made[-1].rstrip('.')}{rng.choice((', and ', '; ', ', while '))}{_low(one)}"
        else:
            made.append(one)
    return made


def _page(said: Sequence[str], rng: random.Random) -> str:
    paragraphs, at = [], 0
    while at < len(said):
        size = rng.randint(1, 4)
        paragraphs.append(" ".join(said[at : at + size]))
        at += size
    return "\n\n".join(paragraphs)


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _low(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first.lower() not in _LITTLE else text[:1].lower() + text[1:]


_LITTLE = frozenset("the a an this that these those he she it they we in on at for but and his her its their".split())
