"""What a ledger may hold at its emptiest, fullest and strangest: a checker has to answer to all of it.

Words and dates that the entry rules of today refuse are here too: an older
ledger, or another newsroom's, may hold them, and what was recorded stays readable.
Each claim has a twin, so that checkers of groups meet these claims as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ..model import (
    SEALED,
    WITHHELD,
    AgentKind,
    Anchor,
    Basis,
    Claim,
    Credibility,
    Evidence,
    InquiryState,
    LinkState,
    Order,
    Relation,
    Reliability,
    SourceKind,
    Stake,
    Stance,
    Standing,
    Value,
)
from .case import Case

MANY = 60
"""Sources of the case that has many."""

NO_DATES = ("2031", "2031-05~", "2031-05?", "203X", "XXXX-05-02", "../2031-05", "2031-21", "2031-06/2031-05", "May", "")
"""Dates in part, and what is no date."""

HEBREW = "\u200fהגשר נסגר\u200f במאי"
PERSIAN = "پل در ماه مه بسته\u200cشد"
TURNED = "The bridge \u202edesolc\u202c was \u2066shut\u2069."
SIGNS = "Ⅷ ½ ² ٣٥ １２ 10\u202f000 50\u00a0% —–‑ … «ça» ‘x’ 🌉 İ ß {0} %s \\1 <script>alert(1)</script> & ' \" $(ls)"


def situations() -> Iterator[Case]:
    """Yield the cases, each with a name that can stand in a sentence."""
    yield _alone()
    yield _unknown()
    yield full()
    yield _long()
    for number, words in enumerate((HEBREW, PERSIAN, TURNED, SIGNS), 1):
        yield _worded(f"other scripts and signs, {number}", words, quote=f"{words}\n\n\t{words}")
    yield _worded("empty words", "", quote="", language="")
    yield _worded("words of white space", " ", quote=" \n ", language="tlh-Latn-x-home")
    yield _worded("words that were withheld", WITHHELD, quote=WITHHELD, published=WITHHELD)
    yield _worded("words that were sealed", SEALED, quote=SEALED, published=SEALED)
    for date in NO_DATES:
        yield _dated(date)
    for amount in ("0", "-0.5", "9" * 4_900, "0." + "3" * 90):
        yield _counted(amount)
    for place in ("page=12", "t=12.5,20&xywh=160,120,320,240", "xywh=percent:25,25,50,50", "the [withheld] part"):
        yield _placed(place)
    yield _circle()
    yield _gone()
    yield _many()


def full() -> Case:
    """Return a case that has every kind of record, with every field."""
    case = Case(
        "The harbour office closed the bridge on 2 May.",
        name="everything recorded",
        claimant="agent:quell",
        said="2031-05-03",
        occurred="2031-05-02",
        topic="harbour",
        story="bridge",
        value=Value("the bridge", "weight limit", "12.5", "t"),
        order=Order(None, "the ferry was doubled", 1, 9),
        suggested_by="english@1",
    )
    office = case.agent("Harbour office", kind=AgentKind.ORGANISATION, note="Runs the port.")
    quell = case.agent("Marta Quell", id="quell", part_of=office)
    post = case.agent("Harbour Post", kind=AgentKind.ORGANISATION)
    said = {
        "kind": SourceKind.SPEECH,
        "published": "2031-05-03",
        "language": "es",
        "note": "Heard on the pier.",
        "reference_date": "2031-05-04",
    }
    speech = case.source("Speech on the pier", author=quell, publisher=office, url="https://port.example/s", **said)
    paper = case.source("Bridge shut", kind=SourceKind.ARTICLE, publisher=post, published="2031-05-04", language="en")
    rival = case.source("Bridge still open", kind=SourceKind.POST, author=quell, published="2031-05-05")
    words = "Marta Quell said: “We closed the bridge on 2 May.” She gave no reason.\n"
    case.capture(
        paper, words, file_name="post.txt", taken_at="2031-05-06T08:00:00.000000Z", taken_by=quell,
        taken_from="post.txt", how="read from a file", original=True, edited=False, note="As printed.",
        made_by=post, url="https://post.example/shut", headers=(("Date", "Mon, 05 May 2031 08:00:00 GMT"),),
    )  # fmt: skip
    case.link(paper, Relation.QUOTES, speech, claim=case.claim, note="By name.")
    case.link(rival, Relation.REPLIES_TO, paper, state=LinkState.DETECTED, measure="83% of its five-word runs")
    case.link(rival, Relation.INDEPENDENT_OF, speech, note="Another witness.")
    case.evidence(
        speech, quote="We closed the bridge on 2 May.", at="page=1", language="en", seen_in=paper, speaker=quell,
        quoting=quell,
        basis=Basis.WITNESS, stake=Stake.PARTICIPANT, named=True, original="Cerramos el puente.",
        reliability=Reliability.USUALLY, credibility=Credibility.POSSIBLE, note="Twice.",
    )  # fmt: skip
    case.evidence(rival, contradicts=True, named=False, unnamed_because="Fears for the job.", stake=Stake.INTERESTED)
    case.inquiry(
        "Why was it closed?",
        asked_by=quell,
        asked=office,
        asked_on="2031-05-06",
        deadline="2031-05-07",
        note="By phone.",
    )
    case.inquiry("Is there a notice?", searched="the port's register", state=InquiryState.NOT_FOUND, seen_in=paper)
    case.reported_by("Marta Quell said that the bridge is closed.", said="2031-05-03", claimant=quell)
    case.reports("The bridge is closed.", occurred="2031-05")
    return _twin(case)


def _alone() -> Case:
    return _twin(Case("The bridge was closed.", name="a claim with nothing around it"))


def _unknown() -> Case:
    case = Case("The bridge was closed in May.", name="a source of which nothing is known")
    case.evidence(case.source("A note"))
    return _twin(case)


def _placed(place: str) -> Case:
    """Return a case in which nothing is quoted, and a place is recorded alone."""
    case = Case("The bridge was closed by 12 men.", name=f"a place without words, {place}")
    film = case.source("Film of the bridge", kind=SourceKind.RECORDING)
    case.add(Evidence, claim=case.claim, source=film, anchor=Anchor("", fragment=place))
    paper = case.source("Bridge shut")
    case.capture(
        paper, "The bridge was shut.\n\n\fBy 13 men.", extractor="pdf/2+pypdf-6.0", media_type="application/pdf"
    )
    case.add(Evidence, claim=case.claim, source=paper, anchor=Anchor("", fragment=place), stance=Stance.CONTRADICTS)
    case.add(Evidence, claim=case.claim, source=paper, anchor=Anchor("By 13 men.", fragment=place))
    return _twin(case)


def _worded(name: str, words: str, *, quote: str, language: str | None = None, published: str | None = None) -> Case:
    """Return a case in which every text is the same."""
    value = Value(words, words, "12", words)
    case = Case(words, name=name, said=published, occurred=published, topic=words, story=words, value=value)
    person = case.agent(words, note=words)
    source = case.source(
        words, author=person, publisher=person, published=published, language=language, url=words, note=words
    )
    case.capture(source, quote, file_name=words, taken_from=words, note=words)
    case.evidence(
        source, quote=quote, language=language, speaker=person, original=words, unnamed_because=words, note=words
    )
    case.evidence(case.source(words), contradicts=True)
    case.inquiry(words, searched=words, asked=person, asked_on=published, deadline=published, note=words)
    return _twin(case)


def _long() -> Case:
    return _worded("very long words", "The bridge was closed again. " * 17, quote="and then, he said, " * 520)


def _dated(date: str) -> Case:
    named = f"the date {date}" if date else "an empty date"
    case = Case("The bridge was closed.", name=named, said=date, occurred=date)
    first, later = case.source("Early news", published=date), case.source("Late news", published="2031-05-02")
    case.link(later, Relation.CITES, first)
    case.evidence(later, seen_in=first, basis=Basis.WITNESS)
    case.inquiry("Was it closed?", searched="the register", asked_on=date, deadline=date)
    return _twin(case)


def _counted(amount: str) -> Case:
    shown = amount if len(amount) < 9 else f"of {len(amount)} digits"
    case = Case(f"The bridge carries {amount[:60]} t.", name=f"the amount {shown}")
    case.another_claim("The bridge carries 12 t.", value=Value("the bridge", "load", "12", "t"))
    case.another_claim("The bridge carries much.", value=Value("the bridge", "load", amount, "t"))
    case.another_claim("The bridge carries nothing.", value=Value("the bridge", "load", amount))
    case.evidence(case.source("Report"), quote=f"It carries {amount[:60]} t.")
    return case


def _circle() -> Case:
    case = Case("The bridge was closed.", name="sources that come from one another in a circle")
    sources = [case.source(f"Report {number}") for number in range(3)]
    for number, source in enumerate(sources):
        case.link(source, Relation.QUOTES, sources[(number + 1) % 3])
        case.evidence(source, seen_in=sources[(number + 1) % 3])
    return _twin(case)


def _gone() -> Case:
    name = "a claim that was retracted, on a source that was withdrawn"
    case = Case("The bridge was closed.", name=name, standing=Standing.RETRACTED)
    source = case.source("Report")
    case.evidence(source)
    case.withdraw(source, "")
    return _twin(case)


def _many() -> Case:
    case = Case("The bridge was closed.", name=f"{MANY} sources", occurred="2031-05-02")
    first = case.source("Report 0", published="2031-05-03")
    for number in range(1, MANY):
        source = case.source(f"Report {number}", published=f"2031-05-{number % 28 + 1:02}", author=case.agent("A. Roa"))
        case.capture(source, f"The bridge was closed, says report {number % 7}. " * 9)
        case.link(source, Relation.REPRINTS, first)
        case.evidence(source, contradicts=number % 5 == 0, quote="The bridge was closed")
    return _twin(case)


def _twin(case: Case) -> Case:
    """Add a claim with the same fields, but for its last word, on the same sources."""
    claim = case.claim
    fields: dict[str, Any] = {
        field.name: getattr(claim, field.name)
        for field in attrs.fields(Claim)
        if field.name not in ("uid", "handle", "text", "value", "reports")
    }
    value = None if claim.value is None else attrs.evolve(claim.value, amount="13")
    twin = case.another_claim(f"{claim.text} Again.".strip(), value=value, **fields)
    for source in case.dossier().sources.values():
        case.evidence(source, claim=twin)
        break
    return case
