"""What a story file brings into a ledger, and what it brings when it is imported again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.book import Book
from ledger.desk import text_of
from ledger.errors import InputError
from ledger.exchange import by_kind, import_story
from ledger.exchange.forms import FORMS
from ledger.exchange.outline import TOP
from ledger.model import (
    AgentKind,
    Basis,
    Capture,
    Claim,
    Evidence,
    Inquiry,
    InquiryState,
    Link,
    Relation,
    Review,
    Source,
    Standing,
    Value,
    Verdict,
)
from ledger.store import queries

ROOT = Path(__file__).parents[2]

ARTICLE = """The bridge in the harbour

The harbour bridge was closed on Monday. “We shut it for twelve days,” the council wrote.
Lorries go round by the old road. Lorries go round by night.
"""

STORY = """\
factledger: story/1
story: bridge
title: The bridge and its twelve days
language: en
agents:
  - {id: yard, name: Harbour Yard, kind: organisation, part_of: council}
  - {id: council, name: Harbour Council, kind: organisation}
  - {id: ana, name: Ana Roa the checker}
  - {id: ben, name: Ben Ito}
sources:
  - {id: report, title: The bridge in the harbour, kind: article, file: bridge.txt, published: XXXX-03-04}
  - {id: notice, title: Notice of the council, author: council, language: 'no'}
links:
  - report quotes notice
  - {link: notice replies_to report, note: It answers the first edition.}
claims:
  - id: closed-said
    text: The council wrote that it had shut the bridge for twelve days.
    reports: closed
    evidence:
      - {source: notice, seen_in: report, quote: We shut it for twelve days, basis: document}
  - id: closed
    text: The bridge was shut for twelve days.
    claimant: council
    occurred: 2025-03-04/2025-03-15
    value: {subject: bridge, property: days shut, amount: 12, unit: d}
    evidence:
      - source: notice
        seen_in: report
        quote: '"We shut it for twelve days,"'
        original: Vi stengte den i tolv dager
        speaker: council
        named: yes
      - {source: notice, stance: context, note: It gives no reason.}
      - {source: report, seen_in: report, quote: The harbour bridge was closed on Monday}
    inquiries:
      - {question: Why was it shut, asked: council, asked_by: ana, state: no_answer}
    reviews:
      - reviewer: ana
        verdict: supported
        reasons: The notice says so.
        second: {reviewer: ben, reasons: I read it as well.}
inquiries:
  - {question: Is there a photograph, searched: the archive of the yard, state: not_found}
corrections:
  - record: closed-by-notice-2
    changes: {note: It gives no reason and no names., basis: document}
    reason: Read again.
"""


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The story of the bridge, with its article beside it."""
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    path = tmp_path / "bridge.story.yaml"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_everything_in_a_story_is_recorded(book: Book, bridge: Path) -> None:
    """Each list of a story file becomes records of its kind, in one import."""
    imported = import_story(book, bridge)
    assert dict(by_kind(imported.added)) == {
        "agent": 4,
        "source": 2,
        "link": 2,
        "claim": 2,
        "evidence": 4,
        "inquiry": 2,
        "review": 2,
        "capture": 1,
    }
    assert imported.unchanged == ()
    assert [record.handle for record in imported.corrected] == ["closed-by-notice-2"]
    assert str(imported).startswith("added 4 agents, 2 sources") and "pieces of evidence" in str(imported)


def test_fields_are_read_by_their_types(book: Book, bridge: Path) -> None:
    """Dates and numbers stay the text they are, words of a vocabulary are checked, names become references."""
    import_story(book, bridge)
    closed, council = book.find(Claim, "closed"), book.kept("council").record
    assert closed.occurred == "2025-03-04/2025-03-15"
    assert closed.value == Value("bridge", "days shut", "12", "d")
    assert closed.claimant == council.uid
    assert closed.story == "bridge"
    assert book.find(Claim, "closed-said").reports == closed.uid
    assert book.find(Source, "report").published == "XXXX-03-04"
    assert book.find(Source, "notice").language == "no"
    assert getattr(book.kept("yard").record, "kind", None) is AgentKind.ORGANISATION
    assert getattr(book.kept("yard").record, "part_of", None) == council.uid
    assert book.find(Evidence, "closed-by-notice").named is True
    assert book.find(Inquiry, "closed-inquiry").state is InquiryState.NO_ANSWER
    assert book.find(Inquiry, "inquiry-bridge").claim is None


def test_links_are_read_from_three_words(book: Book, bridge: Path) -> None:
    """A link is written as a sentence of three words, alone or with a note."""
    import_story(book, bridge)
    quotes, replies = book.find(Link, "report-quotes-notice"), book.find(Link, "notice-replies-to-report")
    assert quotes.relation is Relation.QUOTES
    assert replies.relation is Relation.REPLIES_TO
    assert replies.note == "It answers the first edition."


def test_a_quote_is_held_to_the_text_beside_the_story(book: Book, bridge: Path) -> None:
    """A quotation from an archived text gets its place in it, with the words around it and the text's hash."""
    import_story(book, bridge)
    report, item = book.find(Source, "report"), book.find(Evidence, "closed-by-notice")
    text = text_of(book.ledger, report)
    assert text is not None and item.anchor is not None
    assert text.words == ARTICLE
    assert text.words[item.anchor.start : item.anchor.end] == item.anchor.exact == "We shut it for twelve days,"
    assert item.anchor.text == text.sha256
    assert item.anchor.prefix.endswith("“") and item.anchor.suffix.startswith("”")
    assert item.anchor.language == "en"


def test_where_no_text_is_archived_the_words_stand_alone(book: Book, bridge: Path) -> None:
    """A quotation seen in a source without an archived text is kept as it was given, without a place."""
    bridge.write_text(STORY.replace("file: bridge.txt, ", ""), encoding="utf-8")
    import_story(book, bridge)
    anchor = book.find(Evidence, "closed-by-report").anchor
    assert anchor is not None
    assert (anchor.exact, anchor.start, anchor.text) == ("The harbour bridge was closed on Monday", None, None)


def test_what_was_seen_in_itself_was_not_seen_elsewhere(book: Book, bridge: Path) -> None:
    """Naming the carrying source as the place it was seen in says nothing, and is left out."""
    import_story(book, bridge)
    assert book.find(Evidence, "closed-by-report").seen_in is None


def test_a_second_person_signs_the_review_it_stands_under(book: Book, bridge: Path) -> None:
    """A second sign-off takes the verdict of its review, and names it."""
    import_story(book, bridge)
    review, signed = book.find(Review, "closed-review"), book.find(Review, "closed-review-signed")
    assert review.verdict is signed.verdict is Verdict.SUPPORTED
    assert signed.seconds == review.uid


def test_a_correction_leaves_what_stood_before_readable(book: Book, bridge: Path) -> None:
    """A correction in a story is an entry of its own, after the record, with its reason."""
    import_story(book, bridge)
    kept = book.kept("closed-by-notice-2")
    assert isinstance(kept.record, Evidence)
    assert (kept.record.note, kept.record.basis) == ("It gives no reason and no names.", Basis.DOCUMENT)
    assert (kept.standing, kept.reason) == (Standing.CORRECTED, "Read again.")
    about = queries.entries_about(book.ledger.db, kept.record.uid)
    assert "It gives no reason." in (about[0].body or "")


def test_importing_again_adds_nothing(book: Book, bridge: Path) -> None:
    """The same file brings the same records only once, its archived text and corrections included."""
    first = import_story(book, bridge)
    size = queries.head(book.ledger.db).size
    again = import_story(book, bridge)
    assert queries.head(book.ledger.db).size == size
    assert (again.added, again.corrected) == ((), ())
    assert len(again.unchanged) == len(first.added)
    assert str(again) == f"{len(first.added)} there already"


def test_a_longer_file_adds_what_is_new(book: Book, bridge: Path) -> None:
    """Only what was written into the file since the last import is added."""
    import_story(book, bridge)
    more = "  - {id: lorries, text: Lorries go round by night., evidence: [{source: report, quote: by night}]}\n"
    bridge.write_text(STORY.replace("inquiries:\n  - {question: Is", f"{more}inquiries:\n  - {{question: Is"))
    imported = import_story(book, bridge)
    assert [record.handle for record in imported.added] == ["lorries", "lorries-by-report"]


def test_a_further_correction_is_made_when_it_is_added(book: Book, bridge: Path) -> None:
    """Corrections follow one another in the file, and only those not made yet are made."""
    import_story(book, bridge)
    second = "  - {record: closed-by-notice-2, changes: {note: }, reason: No note is needed.}\n"
    bridge.write_text(STORY + second, encoding="utf-8")
    assert len(import_story(book, bridge).corrected) == 1
    assert book.find(Evidence, "closed-by-notice-2").note is None
    assert import_story(book, bridge).corrected == ()


def test_a_quote_can_be_corrected(book: Book, bridge: Path) -> None:
    """A corrected quotation is held to the archived text like the first."""
    bridge.write_text(STORY + "  - {record: closed-by-report, changes: {quote: closed on Monday}, reason: Shorter.}\n")
    import_story(book, bridge)
    anchor = book.find(Evidence, "closed-by-report").anchor
    assert anchor is not None
    assert ARTICLE[anchor.start : anchor.end] == "closed on Monday"
    assert import_story(book, bridge).added == ()


def test_a_file_that_is_older_than_the_ledger_does_no_harm(book: Book, bridge: Path) -> None:
    """What was corrected or retracted by hand since stays so when the file is imported again."""
    import_story(book, bridge)
    book.correct("closed", {"text": "The bridge was shut for eleven days."}, "Counted again.")
    book.retract("closed-by-report", "It says closed, not how long.")
    size = queries.head(book.ledger.db).size
    assert import_story(book, bridge).added == ()
    assert queries.head(book.ledger.db).size == size
    assert book.find(Claim, "closed").text == "The bridge was shut for eleven days."


def test_records_of_the_ledger_can_be_named(book: Book, bridge: Path) -> None:
    """A story may lean on agents, sources and archived texts that are in the ledger already."""
    import_story(book, bridge)
    bridge.write_text(
        "factledger: story/1\nstory: night\ntitle: By night\nclaims:\n  - id: night\n    text: Lorries go by night.\n"
        "    claimant: yard\n    evidence:\n      - {source: report, quote: Lorries go round by night}\n"
    )
    import_story(book, bridge)
    anchor = book.find(Evidence, "night-by-report").anchor
    assert anchor is not None and anchor.start == ARTICLE.index("Lorries go round by night")


def test_the_archive_keeps_the_bytes_beside_the_story(book: Book, bridge: Path) -> None:
    """The text named by a source is archived byte for byte, and recorded as its copy."""
    imported = import_story(book, bridge)
    (copy,) = (record for record in imported.added if isinstance(record, Capture))
    (kept,) = book.ledger.archive.glob("??/*")
    assert kept.name == copy.sha256
    assert kept.read_bytes() == ARTICLE.encode()


def test_the_example_in_the_documentation_is_a_story_file(book: Book, tmp_path: Path) -> None:
    """The story in docs/story-file.md can be imported as it stands, twice."""
    page = (ROOT / "docs" / "story-file.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    path = tmp_path / "bridge.story.yaml"
    path.write_text(example, encoding="utf-8")
    assert dict(by_kind(import_story(book, path).added))["claim"] == 2
    assert import_story(book, path).added == ()


def test_the_page_on_story_files_names_every_key() -> None:
    """Every key that a story file may hold is on the page that describes it."""
    page = (ROOT / "docs" / "story-file.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    assert {key for form in FORMS.values() for key in form.keys} | set(TOP) <= named | {"link"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_survives_or_is_refused(book: Book, tmp_path: Path, words: str) -> None:
    """A claim of any text is recorded as it is, white space around it aside, or refused with InputError."""
    number = queries.head(book.ledger.db).size
    body = "\n".join(f"      {line}" for line in words.split("\n"))
    path = tmp_path / "any.story.yaml"
    head = f"factledger: story/1\nstory: any\ntitle: Any text\nclaims:\n  - id: any-{number}\n    text: "
    path.write_bytes(f"{head}|2\n{body}\n".encode(errors="surrogatepass"))
    try:
        import_story(book, path)
    except InputError as error:
        assert "\n" not in str(error).replace(words, "")
        assert queries.head(book.ledger.db).size == number
    else:
        assert book.find(Claim, f"any-{number}").text == words.replace("\r\n", "\n").replace("\r", "\n").strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abé \n\t-:#&*!|>'\"%@`{}[],?~0" + "\u2028\x85", max_size=80))
def test_any_file_is_read_or_refused(book: Book, tmp_path: Path, words: str) -> None:
    """Whatever a file holds, importing it ends well or with InputError in one line."""
    path = tmp_path / "any.story.yaml"
    path.write_text(f"factledger: story/1\nstory: any\ntitle: {words}\n", encoding="utf-8")
    try:
        import_story(book, path)
    except InputError as error:
        assert str(error).startswith(f"{path}:")
        assert "\n" not in str(error)
