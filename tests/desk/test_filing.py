"""What was decided at the desk enters as `add` would enter it: chains, quotations, people; all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from ledger.book import Book
from ledger.desk.filing import Filed, after_filing, file, known_in, on_record, open_article
from ledger.desk.proposals import propose
from ledger.desk.steps import Accept, Change, DeskStep, Identify, LeaveOut, after, as_suggested
from ledger.desk.worklist import PassageState, Worklist
from ledger.errors import LedgerError, UnknownRecord
from ledger.model import (
    Agent,
    AgentKind,
    Claim,
    Evidence,
    Exclusion,
    ExclusionReason,
    Inquiry,
    Link,
    Source,
    SourceKind,
)
from ledger.reader import Mention, MentionKind, Nature, SuggestedClaim, SuggestedInquiry
from ledger.store import queries
from ledger.text import Span

TEXT = """\
The north quay is closed

Reuters quoted the port authority as saying that the north quay would stay closed until June. Ida Brandt, the harbour
master, quoted the mayor Per Holm as saying that it was safe. Two divers said that the piles had rotted. He denied it.

He denied it. It is a shame. The owner did not answer when asked whether the ferry was insured.
"""


def place(words: str, after_: int = 0) -> Span:
    start = TEXT.index(words, after_)
    return Span(start, start + len(words))


def voice(name: str, kind: MentionKind, role: str = "") -> Mention:
    return Mention(span=place(name), name=name, kind=kind, role=role)


def claim(sentence: str, content: str, *voices: Mention, nature: Nature = Nature.FACTUAL) -> SuggestedClaim:
    return SuggestedClaim(
        span=place(sentence),
        content=place(content),
        voices=voices,
        nature=nature,
        reason="Read.",
        reader="standard",
        version="1",
    )


SUGGESTED = (
    claim(
        "Reuters quoted the port authority as saying that the north quay would stay closed until June.",
        "the north quay would stay closed until June",
        voice("Reuters", MentionKind.ORGANISATION),
        voice("port authority", MentionKind.ORGANISATION),
    ),
    claim(
        "Ida Brandt, the harbour\nmaster, quoted the mayor Per Holm as saying that it was safe.",
        "it was safe",
        voice("Ida Brandt", MentionKind.PERSON, "harbour\nmaster"),
        voice("Per Holm", MentionKind.PERSON, "mayor"),
    ),
    claim(
        "Two divers said that the piles had rotted.", "the piles had rotted", voice("Two divers", MentionKind.UNNAMED)
    ),
    claim("It is a shame.", "It is a shame.", nature=Nature.OPINION),
    SuggestedInquiry(
        span=place("The owner did not answer when asked whether the ferry was insured."),
        asked=voice("The owner", MentionKind.UNNAMED),
        question=place("whether the ferry was insured"),
        reason="Read.",
    ),
)


@pytest.fixture
def article(tmp_path: Path) -> str:
    """The article as a file."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return str(path)


def sit(book: Book, article: str, *steps: DeskStep, suggested: bool = True) -> tuple[Filed, Worklist]:
    """Take steps at the desk, then all that is suggested, and file it."""
    opened = open_article(book, article)
    worklist = on_record(book.ledger, opened.text, known_in(book, propose(opened.text.words, SUGGESTED)))
    for step in steps:
        worklist = after(worklist, step)
    if suggested:
        worklist = as_suggested(worklist)
    return file(book, worklist, opened), worklist


def of(filed: Filed, cls: type) -> list:
    return [one for one in filed.made if isinstance(one, cls)]


def test_a_nested_chain_becomes_sources_with_links(book: Book, article: str) -> None:
    """The article has it from Reuters, and that from the port authority: each a source, each step for that claim."""
    filed, _ = sit(book, article)
    closed = next(one for one in filed.claims if "stay closed" in one.text)
    names = {one.uid: one.name for one in of(filed, Agent)}
    sources = {one.uid: (one.kind, names.get(one.author or one.publisher or "")) for one in of(filed, Source)}
    steps = [(sources[one.source], sources[one.comes_from]) for one in of(filed, Link) if one.claim == closed.uid]
    assert steps == [
        ((SourceKind.ARTICLE, None), (SourceKind.WIRE_REPORT, "Reuters")),
        ((SourceKind.WIRE_REPORT, "Reuters"), (SourceKind.STATEMENT, "port authority")),
    ]
    assert {one.name: one.kind for one in of(filed, Agent)}["Reuters"] is AgentKind.ORGANISATION
    carried = next(one for one in of(filed, Evidence) if one.claim == closed.uid)
    assert sources[carried.source] == (SourceKind.STATEMENT, "port authority")


def test_one_person_quotes_another(book: Book, article: str) -> None:
    """Who was heard speaks, and quotes; the claim is what the other one said."""
    filed, _ = sit(book, article)
    names = {one.uid: one.name for one in of(filed, Agent)}
    told = next(one for one in filed.claims if one.text == "Per Holm said: “It was safe.”")
    item = next(one for one in of(filed, Evidence) if one.claim == told.uid)
    assert (names[item.speaker], names[item.quoting]) == ("Ida Brandt", "Per Holm")
    saying = next(one for one in of(filed, Claim) if one.reports == told.uid)
    assert saying.text == "Ida Brandt said: Per Holm said: “It was safe.”"


def test_unnamed_people_are_no_person(book: Book, article: str) -> None:
    """The evidence says that nobody is named, and in which words; no agent is made of them."""
    filed, _ = sit(book, article)
    rotted = next(one for one in filed.claims if "rotted" in one.text)
    item = next(one for one in of(filed, Evidence) if one.claim == rotted.uid)
    assert (item.speaker, item.named, item.unnamed_because) == (
        None, False, "The article gives no name: “Two divers”."
    )  # fmt: skip
    assert "Two divers" not in {one.name for one in of(filed, Agent)}


def test_evidence_quotes_the_place_itself(book: Book, article: str) -> None:
    """A sentence that stands twice is quoted where it was accepted, which words alone could not say."""
    filed, _ = sit(book, article)
    twice = [one for one in of(filed, Evidence) if one.anchor.exact == "He denied it."]
    assert [one.anchor.start for one in twice] == [TEXT.index("He denied"), TEXT.rindex("He denied")]
    words = {TEXT[one.anchor.start : one.anchor.end] == one.anchor.exact for one in of(filed, Evidence)}
    assert words == {True}


def test_what_needs_no_claim_and_what_was_asked_are_records(book: Book, article: str) -> None:
    """An opinion is left out with its reason; a question keeps the words that tell of it; the reader is named."""
    filed, _ = sit(book, article)
    assert [(one.reason, one.anchor.exact) for one in of(filed, Exclusion)] == [
        (ExclusionReason.OPINION, "It is a shame.")
    ]
    asked = of(filed, Inquiry)[0]
    assert (asked.question, asked.searched) == ("Whether the ferry was insured.", "The owner")
    assert {one.suggested_by for one in filed.claims} == {"standard@1", None}


def test_known_agents_are_found_and_no_second_one_is_made(book: Book, article: str) -> None:
    """By its name, whatever its article; a bare surname is asked about; a person may say which is meant."""
    authority = book.agent("The Port Authority", kind=AgentKind.ORGANISATION)
    holm = book.agent("Per Olof Holm", id="holm")
    opened = open_article(book, article)
    begun = known_in(book, propose(opened.text.words, SUGGESTED))
    assert begun.voice("port authority").agent == authority.handle
    filed, _ = sit(book, article, Identify(name="Per Holm", agent="holm"))
    assert {one.name for one in of(filed, Agent)} == {"Reuters", "Ida Brandt"}
    assert holm.uid in {one.quoting for one in of(filed, Evidence)}


def test_a_name_that_is_kept_out_enters_nowhere(book: Book, article: str) -> None:
    """Neither an agent nor any words of the log have it; readers are told why."""
    change = Change(at=2, field="text", value="The mayor said that it was safe.")
    filed, worklist = sit(book, article, Identify(name="Per Holm", kept_out="He asked for it."), change)
    assert worklist.passages[2].state is PassageState.ACCEPTED
    assert not [one for one in filed.made if "Holm" in str(attrs.asdict(one)) and not isinstance(one, Source)]
    item = next(one for one in of(filed, Evidence) if one.unnamed_because == "He asked for it.")
    assert item.anchor.exact == "it was safe"


def test_all_is_filed_or_nothing(book: Book, article: str) -> None:
    """A claim elsewhere that is not on record stops everything, the article too."""
    before = queries.head(book.ledger.db)
    wrong = LeaveOut(at=0, because=ExclusionReason.COVERED_ELSEWHERE, elsewhere="no-such-claim")
    with pytest.raises(UnknownRecord, match="no-such-claim"):
        sit(book, article, wrong)
    assert queries.head(book.ledger.db) == before
    assert not queries.rows(book.ledger.db, "sources")


def test_filed_twice_adds_nothing_twice(book: Book, article: str) -> None:
    """Work that was filed but not put away, as after a crash in between, is on record when it is opened again."""
    _, decided = sit(book, article)
    again = on_record(book.ledger, open_article(book, article).text, decided)
    assert again.count(PassageState.ON_RECORD) == len(decided.passages)
    assert again.passages == after_filing(decided).passages
    assert not file(book, again, open_article(book, article)).made


def test_what_was_open_can_be_filed_later(book: Book, article: str) -> None:
    """The same desk, another day: what is on record stays, the rest is added to the same article."""
    first, _ = sit(book, article, Accept(at=3), suggested=False)
    assert [one.text for one in first.claims] == ["The piles had rotted."]
    later, _ = sit(book, article)
    assert later.article == first.article
    assert "The piles had rotted." not in [one.text for one in later.claims] and len(later.claims) == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nothing.txt", "nothing.txt"),
        ("no-such-source", "neither a file nor a source"),
        ("speech", "No copy with words in it is archived"),
    ],
)
def test_what_cannot_be_opened_is_said(book: Book, given: str, words: str) -> None:
    """A file that is not there, a source that is not, and one without a copy."""
    book.source("Speech", id="speech")
    with pytest.raises(LedgerError, match=words):
        open_article(book, given)
