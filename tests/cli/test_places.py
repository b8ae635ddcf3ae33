"""Places at the command line: pages of an archived PDF, times of a recording, parts of a picture."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.capture import read

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")

FIRST = ("The pier was built in 1920.\nIt is closed at night.", "", "The quay was shut in May.\nIt is closed at night.")
LATER = ("A note of the clerk.", *FIRST)


def rows(factledger: Any, table: str = "evidence") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(factledger("list", table, "--json").stdout)
    return found


def refusal(done: Any) -> str:
    """The one line of a command that wrote nothing."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    return " ".join(done.stderr.split())


@pytest.fixture
def report(factledger: Any, pdf: Callable[..., bytes], tmp_path: Path, once: Any) -> Any:
    """A ledger with an archived PDF of three pages, and a claim."""

    @once
    def tell() -> None:
        (tmp_path / "report.pdf").write_bytes(pdf(*FIRST))
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("source", "Report on the harbour", "--id", "report", "--url", "https://port.example/report.pdf")
        factledger("capture", "report", "report.pdf")
        factledger("add", "The quay was shut", "--id", "quay")

    return factledger


def test_words_of_a_pdf_get_their_page(report: Any) -> None:
    """Nobody has to look up the page of words that stand once; `show` says it in words."""
    report("evidence", "quay", "report", "--quote", "The quay was shut in May.")
    (item,) = rows(report)
    assert (item["quote"], item["fragment"]) == ("The quay was shut in May.", "page=3")
    assert "Report on the harbour (page 3): “The quay was shut in May.”" in report("show", "quay").stdout
    assert report("verify").returncode == 0


@pytest.mark.parametrize("page", ["page=3", "page 3", "p. 3", "#page=3"])
def test_a_page_tells_words_apart_that_stand_twice(report: Any, page: str) -> None:
    """Without the page they are refused, with it they are found, and where they are is recorded."""
    asked = refusal(report("evidence", "quay", "report", "--quote", "It is closed at night."))
    assert "stand in the text 2 times" in asked and "or give their page" in asked
    report("evidence", "quay", "report", "--quote", "It is closed at night.", "--at", page)
    (item,) = rows(report)
    text = read((Path.cwd() / "report.pdf").read_bytes(), where="report.pdf").text
    assert item["fragment"] == "page=3"
    assert item["quote_start"] == text.rindex("It is closed")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("page=1", "These words are on page 3, not on page 1."),
        ("page=4", "The archived PDF has 3 pages, and no page 4."),
        ("page=0", "There is no page 0."),
        ("0:12-0:20", "A PDF has pages and no such place."),
        ("t=20,10", "The end, 0:10, is not after the start, 0:20."),
        ("somewhere", "'somewhere' says no place"),
    ],
)
def test_a_place_that_cannot_be_is_refused(report: Any, at: str, says: str) -> None:
    """A page where the words are not, a page beyond the last, a time in a PDF: nothing is recorded."""
    assert says in refusal(report("evidence", "quay", "report", "--quote", "The quay was shut in May.", "--at", at))
    assert rows(report) == []


def test_a_page_beyond_the_last_is_refused_without_words_too(report: Any) -> None:
    """A place alone is held to the archived copy as far as it can be."""
    assert "no page 4" in refusal(report("evidence", "quay", "report", "--at", "page=4"))
    report("evidence", "quay", "report", "--at", "page=2")
    assert [(item["quote"], item["fragment"]) for item in rows(report)] == [(None, "page=2")]


def test_words_that_moved_to_another_page_are_told(report: Any, pdf: Callable[..., bytes], tmp_path: Path) -> None:
    """A later copy has a page more: both pages are named, the record stays, and the check says so."""
    report("evidence", "quay", "report", "--quote", "The quay was shut in May.")
    report("evidence", "quay", "report", "--at", "page=4", "--id", "beyond")
    (tmp_path / "later.pdf").write_bytes(pdf(*LATER))
    told = report("capture", "report", "later.pdf")
    assert "Moved     quay: “The quay was shut in May.” now on page 4, not page 3" in told.stderr
    assert rows(report)[0]["fragment"] == "page=3"
    checked = " ".join(report("check", "quay").stdout.split())
    assert "The words are in “Report on the harbour”, but on page 4, not on page 3." in checked
    assert "another page than was recorded: page 4." in " ".join(report("show", "report").stdout.split())


@pytest.fixture
def film(factledger: Any, once: Any) -> Any:
    """A ledger with a recording of which nothing is archived, and a place in it without words."""

    @once
    def tell() -> None:
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger(
            "source", "Film of the quay", "--id", "film", "--kind", "recording", "--url", "https://port.example/f.mp4"
        )
        factledger("add", "The quay was shut", "--id", "quay")
        factledger("evidence", "quay", "film", "--at", "0:12.5-0:20", "--id", "seen")

    return factledger


def test_a_place_without_words_says_that_nothing_was_compared(film: Any) -> None:
    """It is recorded, shown in words, and no check takes it for a quotation that is right, wrong or loose."""
    (item,) = rows(film)
    assert (item["quote"], item["fragment"], item["language"]) == (None, "t=12.5,20", None)
    assert "Film of the quay (from 0:12.5 to 0:20): no words are quoted\n" in film("show", "quay").stdout
    done = film("check", "quay")
    told = " ".join(done.stdout.split())
    assert "CAN'T TELL quote" in told
    assert "No words are quoted from “Film of the quay”, only a place (from 0:12.5 to 0:20)" in told
    assert "held to no archived text" not in told and "not in the archived text" not in told
    findings = {row["checker"]: row["code"] for row in rows(film, "findings")}
    assert (findings["quote"], findings["translated-quote"]) == ("no_words", "no_quote")
    assert findings["no-capture"] == "not_archived"
    assert film("verify").returncode == 0


def test_a_story_and_a_table_and_the_log_carry_a_place(film: Any, tmp_path: Path) -> None:
    """Entered again, a story or a table adds nothing; another page is another statement; the log keeps every byte."""
    (tmp_path / "quay.story.yaml").write_text(
        "factledger: story/1\nstory: quay\ntitle: The quay\nlanguage: en\n"
        "sources: [{id: photo, title: Photo of the quay}]\n"
        "claims:\n  - id: dry\n    text: The quay lay dry.\n    evidence:\n"
        "      - {source: photo, at: 'xywh=percent:25,25,50,50', id: part}\n"
        "      - {source: film, quote: It lay dry, at: 0:12 to 0:20, id: said}\n"
        "corrections:\n  - {record: part, changes: {at: 'xywh=1,2,3,4'}, reason: 'Measured again.'}\n"
    )
    film("import", "quay.story.yaml")
    places = {row["id"]: (row["quote"], row["fragment"], row["language"]) for row in rows(film)}
    assert places["part"] == (None, "xywh=1,2,3,4", None)
    assert places["said"] == ("It lay dry", "t=12,20", "en")
    assert "there already" in film("import", "quay.story.yaml").stderr
    assert "the part 3 by 4 at 1, 2" in film("show", "dry").stdout
    history = " ".join(film("history", "part").stdout.split())
    assert "supports it: the part 50% by 50% at 25%, 25%" in history
    table = "text,source,quote,at\nThe quay lay dry.,film,It lay dry,{}\nThe quay lay dry.,film,,1:00\n"
    (tmp_path / "quay.csv").write_text(table.format(""))
    assert "added 1 piece of evidence, 2 there already" in film("import", "quay.csv").stderr
    (tmp_path / "quay.csv").write_text(table.format("page 3"))
    assert "added 1 piece of evidence, 2 there already" in film("import", "quay.csv").stderr
    assert "3 there already" in film("import", "quay.csv").stderr
    film("export", "log", "log.ndjson")
    film("-d", "again.db", "import", "log.ndjson")
    assert rows(lambda *given: film("-d", "again.db", *given)) == rows(film)
    found = list(csv.DictReader(io.StringIO(film("list", "evidence", "--csv").stdout)))
    assert {row["fragment"] for row in found} == {"t=12.5,20", "xywh=1,2,3,4", "t=12,20", "t=60", "page=3"}


def test_a_place_that_is_told_otherwise_is_refused_with_both(film: Any, tmp_path: Path) -> None:
    """A story file does not change what is recorded; a table names its line and column."""
    story = (
        "factledger: story/1\nstory: quay\ntitle: The quay\n"
        "claims:\n  - id: dry\n    text: The quay lay dry.\n"
        "    evidence: [{source: film, id: said, quote: It lay dry, at: %s}]\n"
    )
    (tmp_path / "quay.story.yaml").write_text(story % "t=12")
    film("import", "quay.story.yaml")
    (tmp_path / "quay.story.yaml").write_text(story % "t=13")
    told = refusal(film("import", "quay.story.yaml"))
    assert "said is recorded otherwise: at (“t=12” in the ledger, “t=13” here)." in told
    (tmp_path / "quay.csv").write_text("text,source,at\nThe quay lay dry.,film,0:20-0:10\n")
    assert "quay.csv:2 at: The end, 0:10, is not after the start, 0:20." in refusal(film("import", "quay.csv"))


def test_a_story_that_states_another_page_is_refused_with_its_line(
    report: Any, tmp_path: Path, pdf: Callable[..., bytes]
) -> None:
    """The line, the key, and both pages; a PDF beside the story file is archived with its pages."""
    (tmp_path / "plan.pdf").write_bytes(pdf("The ferry sails.", "The tower stands."))
    story = (
        "factledger: story/1\nstory: tower\ntitle: The tower\n"
        "sources: [{id: plan, title: Plan, file: plan.pdf}]\n"
        "claims:\n  - id: tower\n    text: The tower stands.\n    evidence:\n"
        "      - source: plan\n        quote: The tower stands.\n"
    )
    (tmp_path / "tower.story.yaml").write_text(f"{story}        at: page 1\n")
    done = report("import", "tower.story.yaml")
    assert "tower.story.yaml:11 at: These words are on page 2, not on page 1." in refusal(done)
    (tmp_path / "tower.story.yaml").write_text(story)
    report("import", "tower.story.yaml")
    assert [row["fragment"] for row in rows(report)] == ["page=2"]
    assert "there already" in report("import", "tower.story.yaml").stderr


def test_a_bundle_says_the_page_and_selects_it(report: Any, tmp_path: Path) -> None:
    """The page leads into the archived copy that is beside it; for programs it is a FragmentSelector."""
    report("evidence", "quay", "report", "--quote", "The quay was shut in May.", "--id", "words")
    report("evidence", "quay", "report", "--at", "page=2", "--id", "alone")
    report("check", "quay")
    done = report("export", "bundle", "quay", "quay.bag")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "quay.bag/data/index.html").read_text()
    (link,) = set(re.findall(r'page 3, <a href="(captures/[0-9a-f]{64}\.pdf)#page=3">', page))
    assert (tmp_path / "quay.bag/data" / link).read_bytes().startswith(b"%PDF-")
    assert "No words are quoted, only a place: page 2" in page
    told = json.loads((tmp_path / "quay.bag/data/claim.json").read_text())["records"]["evidence"]
    selectors = {one["record"]["handle"]: one["selector"] for one in told}
    place = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778"}
    assert selectors["alone"] == {**place, "value": "page=2"}
    assert {name: selectors["words"][name] for name in ("type", "conformsTo", "value")} == {**place, "value": "page=3"}
    assert selectors["words"]["refinedBy"]["type"] == "TextQuoteSelector"
    assert selectors["words"]["refinedBy"]["exact"] == "The quay was shut in May."


def test_a_published_copy_keeps_the_place_and_verifies(film: Any) -> None:
    """A place is no work: it stays in the copy that others get."""
    done = film("publish", "public.db")
    assert done.returncode == 0, done.stderr
    assert [row["fragment"] for row in rows(lambda *given: film("-d", "public.db", *given))] == ["t=12.5,20"]
    assert film("-d", "public.db", "verify").returncode == 0


def test_add_takes_a_place(film: Any) -> None:
    """Words that are heard at a time, and a place alone; without any source there is nothing that it is in."""
    done = film("add", "It lay dry", "--id", "dry", "--seen-in", "film", "--quote", "It lay dry", "--at", "t=3,4.50")
    assert done.returncode == 0, done.stderr
    film("add", "It lay there", "--id", "there", "--seen-in", "film", "--at", "from 1:00")
    assert {(row["quote"], row["fragment"]) for row in rows(film)} == {
        (None, "t=12.5,20"), ("It lay dry", "t=3,4.5"), (None, "t=60"),
    }  # fmt: skip
    assert "A place needs the source it is in." in refusal(film("add", "It lay far", "--at", "page 3"))


@pytest.mark.long
def test_in_a_process_of_its_own(installed: Any, pdf: Callable[..., bytes], tmp_path: Path) -> None:
    """The installed script reads the PDF, finds the page and says what it is."""
    (tmp_path / "report.pdf").write_bytes(pdf(*FIRST))
    installed("init", "--origin", "desk.example", "--person", "Ana Roa")
    told = installed("add", "The quay was shut", "--id", "quay", "--seen-in", "report.pdf", "--quote", "shut in May")
    assert told.returncode == 0, told.stderr
    assert "(page 3): “shut in May”" in installed("show", "quay").stdout
    wrong = installed("evidence", "quay", "report", "--at", "page=0")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert installed("verify").returncode == 0
