"""Story files that must be refused: each in one line, with its place, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import InputError, InputErrors
from ledger.exchange import import_story, lines
from ledger.model import Agent, Claim, Verdict
from ledger.store import queries

Write = Callable[[str | bytes], Path]
Refused = Callable[..., str]

HEAD = "factledger: story/1\nstory: bridge\ntitle: The bridge\n"
CLAIM = f"{HEAD}claims:\n  - id: closed\n    text: The bridge was shut.\n"
SOURCES = f"{HEAD}sources:\n  - {{id: report, title: A report}}\n  - {{id: notice, title: A notice}}\n"
EVIDENCE = f"{SOURCES}claims:\n  - id: closed\n    text: The bridge was shut.\n    evidence:\n      - source: notice\n"
AGENTS = f"{HEAD}agents:\n  - {{id: council, name: Harbour Council}}\n  - {{id: ana, name: Ana Ito}}\n"
REVIEW = f"{AGENTS}claims:\n  - id: closed\n    text: The bridge was shut.\n    reviews:\n      - reviewer: ana\n"
SIGNED = f"{REVIEW}        verdict: supported\n        reasons: A.\n"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        # not YAML, or more than a story needs of it
        ("", 1, "The file is empty."),
        ("\n \n", 1, "The file is empty."),
        ("# Later.\n", 1, "nothing but comments"),
        (f"{HEAD}claims:\n\t- id: closed\n", 5, "A tab stands in the indentation. Indent with spaces."),
        (f"{CLAIM}    evidence:\n  \t- source: notice\n", 8, "A tab stands in the indentation."),
        (f"{CLAIM}    topic: bridges: old and new\n", 7, "This is not YAML:"),
        (f'{CLAIM}    topic: "Old," he said\n', 7, "quotation marks"),
        (f'{CLAIM}    topic: "Old\n', 8, "that began in line 7"),
        (CLAIM.encode() + b"    topic: caf\xe9\n", 7, "This is not UTF-8 text."),
        (f"{CLAIM}    topic: a\x00b\n", 7, "control character U+0000"),
        (f"{CLAIM}    topic: a\x1bb\n", 7, "control character U+001B"),
        (f"{CLAIM}    topic: a\x7fb\n", 7, "control character U+007F"),
        (f"{CLAIM}    topic: a\u2028b\n", 7, "control character U+2028"),
        (f'{CLAIM}    topic: "a\\0b"\n', 7, "control character U+0000"),
        (f'{CLAIM}    topic: "\\ud800"\n', 7, "U+D800"),
        (f'{CLAIM}    topic: "\\UFFFFFFFF"\n', 7, "a character that there is not"),
        (f"{CLAIM}    topic: a\u202eb\n", 7, "U+202E"),
        (f"{CLAIM}    topic: *other\n", 7, "anchors and aliases"),
        (f"{HEAD}agents: &a [*a, *a]\n", 4, "anchors and aliases"),
        (f"{CLAIM}    topic: !!python/name:os.system x\n", 7, "tags (!) are not read"),
        (f"{CLAIM}---\nfactledger: story/1\n", 7, "A second document begins here."),
        (f"{HEAD}claims: {'[' * 100_000}", 4, "nested more than 8 deep"),
        (f"{HEAD}claims: {'{a: ' * 100_000}", 4, "nested more than 8 deep"),
        (f"{HEAD}? [a, b]\n: c\n", 4, "A key must be one word."),
        # not a story
        ("- one\n- two\n", 1, "A story file has keys and values."),
        ("The bridge was shut.\n", 1, "A story file has keys and values."),
        ("factledger: story/2\n", 1, "Begin with: factledger: story/1"),
        ("title: The bridge\n", 1, "Begin with: factledger: story/1"),
        ("factledger: story/1\ntitle: The bridge\n", 1, "story: This is missing. Add: story: ..."),
        (HEAD.replace("story: bridge", "story: The Bridge"), 2, "story: 'The Bridge' cannot be an id."),
        (HEAD.replace("title: The bridge", "title: "), 3, "title: This is empty."),
        # keys
        (f"{CLAIM}    ocurred: 2025\n", 7, "There is no key 'ocurred' here. Did you mean occurred?"),
        (f"{CLAIM}    zzz: 2025\n", 7, "Possible here: id, text, claimant,"),
        (f"{CLAIM}claim:\n", 7, "Did you mean claims?"),
        (f"{CLAIM}    text: It was open.\n", 7, "'text' was given in line 6 already."),
        (f"{CLAIM}claims: []\n", 7, "'claims' was given in line 4 already."),
        # types
        (f"{HEAD}claims: closed\n", 4, "claims: This is not a list."),
        (f"{HEAD}claims:\n  - closed\n", 5, "An entry of claims has keys and values."),
        (f"{HEAD}claims:\n  - {{id: closed, text: [was, shut]}}\n", 5, "text: This is a list, not a text."),
        (f"{HEAD}claims:\n  - {{id: closed, text: {{was: shut}}}}\n", 5, "text: This is a mapping, not a text."),
        (f"{HEAD}claims:\n  - id: closed\n", 5, "text: This is missing."),
        (f"{HEAD}claims:\n  - id: closed\n    text:\n", 6, "text: This is empty."),
        (f"{HEAD}claims:\n  - id: closed\n    text: '  '\n", 6, "text: This is empty."),
        (f"{HEAD}claims:\n  - id: closed\n    text: {'so ' * 900}\n", 6, "text: This has 2,699 characters;"),
        (f"{CLAIM}    value: 12\n", 7, "value: A value has parts."),
        (f"{CLAIM}    value: {{subject: a, property: b, amount: twelve}}\n", 5, "'twelve' is no number."),
        # dates and vocabularies
        (f"{CLAIM}    occurred: 2025-02-30\n", 7, "occurred: 2025-02-30 is not a date"),
        (f"{CLAIM}    said: May 2\n", 7, "said: May 2 is not a date"),
        (f"{HEAD}sources:\n  - {{id: r, title: R, published: yesterday}}\n", 5, "published: yesterday is not a date"),
        (
            f"{HEAD}sources:\n  - {{id: r, title: R, kind: articel}}\n",
            5,
            "kind: It cannot be 'articel'. Did you mean article?",
        ),
        (f"{EVIDENCE}        stance: for\n", 12, "Use one of: supports, contradicts, context."),
        (f"{EVIDENCE}        named: perhaps\n", 12, "named: It cannot be 'perhaps'. Use one of: yes, no, true, false."),
        (f"{EVIDENCE}        language: es\n", 12, "language: This is the language of no quote."),
        (f"{EVIDENCE}        quote: shut\n        language: Spanish\n", 13, "language: 'Spanish' is no language tag."),
        (
            f"{HEAD}sources:\n  - {{id: r, title: R, url: bridge.example}}\n",
            5,
            "url: 'bridge.example' is no web address.",
        ),
        # ids and references
        (f"{CLAIM}  - id: closed\n    text: Again.\n", 7, "id: The id closed was given in line 5 already."),
        (
            f"{SOURCES}claims:\n  - {{id: notice, text: It was shut.}}\n",
            8,
            "The id notice was given in line 6 already.",
        ),
        (f"{HEAD}claims:\n  - {{id: The Bridge, text: It was shut.}}\n", 5, "such as the-bridge."),
        (f"{HEAD}claims:\n  - {{id: {'a' * 81}, text: It was shut.}}\n", 5, "is too long for an id."),
        (
            f"{HEAD}claims:\n  - {{id: ana-roa, text: It was shut.}}\n",
            5,
            "is taken by another record of this ledger (agent).",
        ),
        (
            f"{AGENTS}claims:\n  - {{id: a, text: b, claimant: concil}}\n",
            8,
            "claimant: There is no agent 'concil'. Did you mean council?",
        ),
        (
            f"{CLAIM}  - {{id: said, text: It said so., reports: closing}}\n",
            7,
            "reports: There is no claim 'closing'. Did you mean closed?",
        ),
        (f"{CLAIM}    claimant: somebody\n", 7, "or add it to the agents of this file."),
        (f"{CLAIM}    reports: closed\n", 7, "By reports, closed leads back to itself."),
        (
            f"{HEAD}agents:\n  - {{id: a, name: A, part_of: b}}\n  - {{id: b, name: B, part_of: a}}\n",
            5,
            "leads back to itself.",
        ),
        # what the use cases refuse
        (f"{SOURCES}links:\n  - report quoted notice\n", 8, "link: 'quoted' is no relation. Did you mean quotes?"),
        (f"{SOURCES}links:\n  - report quotes\n", 8, "link: A link has three words."),
        (f"{SOURCES}links:\n  - report quotes report\n", 8, "link: A source cannot come from itself."),
        (f"{SOURCES}links:\n  - report independent_of notice\n", 8, "link: Independence is declared with a reason."),
        (f"{CLAIM}    inquiries:\n      - question: Why?\n", 8, "Nobody was asked and nothing searched."),
        (f"{REVIEW}        verdict: unchecked\n        reasons: None.\n", 12, "verdict: Unchecked is no verdict."),
        (f"{REVIEW}        verdict: supported\n", 11, "reasons: This is missing."),
        (f"{SIGNED}        second: {{reviewer: ana, reasons: B.}}\n", 14, "A second sign-off needs a second person."),
        # corrections
        (
            f"{CLAIM}corrections:\n  - {{record: open, changes: {{topic: a}}, reason: b}}\n",
            8,
            "no record 'open' in this file",
        ),
        (f"{CLAIM}corrections:\n  - {{record: closed, changes: {{topik: a}}, reason: b}}\n", 8, "Did you mean topic?"),
        (f"{CLAIM}corrections:\n  - {{record: closed, changes: {{text: }}, reason: b}}\n", 8, "text: This is empty."),
        (
            f"{CLAIM}corrections:\n  - {{record: closed, changes: {{said: May}}, reason: b}}\n",
            8,
            "said: May is not a date",
        ),
        (f"{CLAIM}corrections:\n  - {{record: closed, changes: {{topic: }}, reason: b}}\n", 8, "This changes nothing."),
        (
            f"{CLAIM}corrections:\n  - {{record: closed, changes: {{topic: a}}, reason: }}\n",
            8,
            "reason: This is empty.",
        ),
        (f"{CLAIM}corrections:\n  - {{record: closed, reason: b}}\n", 8, "changes: This is missing."),
    ],
)
def test_bad_files_are_refused(story: Write, refused: Refused, content: str | bytes, line: int, says: str) -> None:
    """A bad file gives one line with its own place and what to do, and leaves the ledger as it was."""
    assert says in refused(import_story, story(content), at=line)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../secret.txt", "lies outside the story's folder"),
        ("/etc/passwd", "lies outside the story's folder"),
        ("link.txt", "lies outside the story's folder"),
        ("missing.txt", "missing.txt: There is no such file."),
        ("bridge.pdf", "bridge.pdf: There is no such file."),
        (".", "This is a folder."),
        ("a" * 300 + ".txt", "Cannot read"),
        ("binary.txt", "binary.txt: Its encoding is not named."),
    ],
)
def test_a_file_to_archive_stays_in_the_storys_folder(
    story: Write, refused: Refused, tmp_path: Path, name: str, says: str
) -> None:
    """A text outside the story's folder, by name or by symbolic link, or one that is no text, is refused."""
    (tmp_path.parent / "secret.txt").write_text("Kept elsewhere.")
    (tmp_path / "link.txt").symlink_to(tmp_path.parent / "secret.txt")
    (tmp_path / "binary.txt").write_bytes(b"one\n\xff\xfe")
    path = story(f"{HEAD}sources:\n  - id: report\n    title: A report\n    file: {name}\n")
    assert says in refused(import_story, path, at=7)


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("The bridge was open", "quote: These words are not in the text."),
        ("The bridge was", "quote: These words stand in the text 2 times (sentences 1, 2)."),
    ],
)
def test_a_quote_must_stand_once_in_the_archived_text(
    story: Write, refused: Refused, tmp_path: Path, quote: str, says: str
) -> None:
    """Words that are not in the archived text, or are there twice, are refused at the quotation's line."""
    (tmp_path / "report.txt").write_text("The bridge was shut. The bridge was mended.")
    content = EVIDENCE.replace("title: A report", "title: A report, file: report.txt")
    path = story(f"{content}        seen_in: report\n        quote: {quote}\n")
    assert says in refused(import_story, path, at=13)


def test_a_file_too_large_is_refused_unread(story: Write, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused by its size alone."""
    monkeypatch.setattr(lines, "LARGEST", 1_000)
    assert "at most 1,000 are taken" in refused(import_story, story(HEAD + "#" * 1_000), at=None)


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_is_not_there_is_refused(refused: Refused, tmp_path: Path, name: str) -> None:
    """A missing file and a folder are errors that say so."""
    refused(import_story, tmp_path / name, at=None)


def test_one_bad_record_keeps_out_all_others(story: Write, refused: Refused) -> None:
    """A story is recorded as a whole or not at all, however late the error stands in it."""
    refused(import_story, story(f"{AGENTS}{CLAIM.removeprefix(HEAD)}    claimant: nobody\n"), at=10)


SEVERAL = f"""{HEAD}agents:
  - {{id: council, name: Harbour Council, sort: body}}
  - {{id: ana, name: Ana Ito}}
sources:
  - {{id: report, title: A report, author: council}}
  - {{id: notice, title: A notice, published: some day}}
claims:
  - id: closed
    text: The bridge was shut.
    claimant: ana
    evidence:
      - {{source: notice}}
      - {{source: nothing}}
      - {{source: report, stance: for}}
corrections:
  - {{record: notice, changes: {{title: Another}}, reason: So it says.}}
  - {{record: closed, changes: {{topic: roads}}}}
"""


def test_all_that_is_amiss_is_told_at_once(book: Book, story: Write) -> None:
    """Each entry that is amiss is told by its line; what names one of those is not at fault; nothing is recorded."""
    size = queries.head(book.ledger.db).size
    with pytest.raises(InputErrors) as caught:
        import_story(book, story(SEVERAL))
    told = {one.where.rpartition(":")[2]: one.message for one in caught.value.errors}
    assert told == {
        "5": "There is no key 'sort' here.",
        "9 published": 'some day is not a date: "s" has no place in one.',
        "16 source": "There is no source 'nothing'.",
        "17 stance": "It cannot be 'for'.",
        "20 reason": "This is missing.",
    }
    assert all(one.hint for one in caught.value.errors)
    assert str(caught.value).splitlines()[-1].startswith("5 things are amiss; nothing of it was recorded. Mend them")
    assert queries.head(book.ledger.db).size == size and not book.waiting


class TestChangedFiles:
    """A file that says otherwise than the ledger."""

    @pytest.fixture(autouse=True)
    def recorded(self, book: Book, story: Write) -> None:
        """The claim is in the ledger as the file first gave it."""
        import_story(book, story(f"{CLAIM}    occurred: 2025-03-04\n"))

    def test_a_record_written_otherwise_is_refused(self, story: Write, refused: Refused) -> None:
        """The error names the fields that differ, both values, and the command that corrects."""
        told = refused(import_story, story(f"{CLAIM.replace('shut', 'closed')}    occurred: 2025-03-05\n"), at=5)
        assert "text (“The bridge was shut.” in the ledger, “The bridge was closed.” here)" in told
        assert "occurred (“2025-03-04” in the ledger, “2025-03-05” here)" in told
        assert told.endswith("factledger correct closed")

    def test_a_field_left_out_since_is_a_difference(self, story: Write, refused: Refused) -> None:
        """Taking a field out of the file does not take it out of the ledger, and does not pass unsaid."""
        assert "occurred (“2025-03-04” in the ledger, nothing here)" in refused(import_story, story(CLAIM), at=5)

    def test_a_correction_of_what_has_moved_on_is_refused(self, book: Book, story: Write, refused: Refused) -> None:
        """A correction in the file is not applied to a record that was corrected by hand meanwhile."""
        book.correct("closed", {"topic": "bridges"}, "It had none.")
        correction = "corrections:\n  - {record: closed, changes: {topic: roads}, reason: It had none.}\n"
        path = story(f"{CLAIM}    occurred: 2025-03-04\n{correction}")
        assert "topic (“bridges” in the ledger, “roads” here)" in refused(import_story, path, at=5)

    def test_a_retracted_record_takes_no_correction(self, book: Book, story: Write, refused: Refused) -> None:
        """A correction in the file of a record that was retracted is refused before anything is written."""
        book.retract("closed", "It was another bridge.")
        correction = "corrections:\n  - {record: closed, changes: {topic: roads}, reason: It had none.}\n"
        path = story(f"{CLAIM}    occurred: 2025-03-04\n{correction}")
        assert "was retracted and takes no correction" in refused(import_story, path, at=5)


def test_another_text_under_the_same_source_is_refused(book: Book, story: Write, tmp_path: Path) -> None:
    """An archived copy is never replaced by what the file beside the story says now."""
    (tmp_path / "report.txt").write_text("The bridge was shut.")
    path = story(f"{HEAD}sources:\n  - {{id: report, title: A report, file: report.txt}}\n")
    import_story(book, path)
    (tmp_path / "report.txt").write_text("The bridge was open.")
    with pytest.raises(ValueError, match=r"bridge\.story\.yaml:5 file: report\.txt is not the text that was archived"):
        import_story(book, path)


def test_a_sign_off_must_meet_the_review_it_was_written_under(book: Book, story: Write) -> None:
    """A second sign-off added to the file after a newer review is refused: it would sign the newer one."""
    import_story(book, story(SIGNED))
    book.review(book.find(Claim, "closed"), Verdict.REFUTED, "Seen again.", reviewer=book.find(Agent, "ana"))
    signed = story(f"{SIGNED}        second: {{reviewer: council, reasons: Seen too.}}\n")
    with pytest.raises(InputError, match="closed was decided anew since closed-review"):
        import_story(book, signed)
