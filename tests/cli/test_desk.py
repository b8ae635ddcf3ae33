"""The desk in a real pseudo-terminal, from the bare file to checked claims; and the story file in its place."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from factledger_reader.reading import StandardReader

from ledger.book import Book
from ledger.store import queries
from tests.terminal import CTRL_C, DOWN, ENTER, Terminal, factledger

ARTICLE = Path(__file__).parents[2] / "seeds" / "troop-offer.txt"


@pytest.fixture
def folder(tmp_path: Path, book: Book) -> Path:
    """A folder with a fresh ledger and the example's article."""
    shutil.copy(ARTICLE, tmp_path / "article.txt")
    return tmp_path


@contextmanager
def at_desk(folder: Path, *, columns: int = 80, lines: int = 24, **environment: str) -> Iterator[Terminal]:
    """Sit down at the desk with the article, and wait until it is drawn."""
    arguments = factledger("desk", "article.txt")
    with Terminal(arguments, folder=folder, columns=columns, lines=lines, **environment) as terminal:
        terminal.until("q leave")
        yield terminal


def decided(terminal: Terminal) -> int:
    """Return how many passages the head says are decided."""
    found = re.search(r"(\d+) of \d+ decided", terminal.rows[0])
    assert found, terminal.shown
    return int(found[1])


@pytest.mark.long
def test_from_the_bare_file_to_checked_claims(folder: Path, book: Book) -> None:
    """Enter takes what is suggested; commit records all of it at once, and checks it; nothing is there before."""
    before = queries.head(book.ledger.db)
    with at_desk(folder) as terminal:
        passages = terminal.rows[0].partition(" of ")[2].partition(" ")[0]
        for step in range(1, 7):
            terminal.type(ENTER)
            if "Who is that?" in terminal.until(f"{step} of {passages} decided", "Who is that?"):
                terminal.type("p")
                terminal.until(f"{step} of {passages} decided")
        assert queries.head(book.ledger.db) == before
        terminal.type("c")
        terminal.until("Record")
        terminal.type("k")
        code = terminal.end()
    assert code in (0, 1)
    assert len(re.findall(r"^Recorded", terminal.raw.decode(), re.MULTILINE)) >= 2
    assert queries.rows(book.ledger.db, "runs")
    for row in queries.rows(book.ledger.db, "evidence"):
        assert row["quote"] == ARTICLE.read_text()[row["quote_start"] : row["quote_end"]]
    assert {row["suggested_by"] for row in queries.rows(book.ledger.db, "claims")} <= {
        f"standard@{StandardReader.version}",
        None,
    }


@pytest.mark.long
def test_killed_and_taken_up_again(folder: Path, book: Book) -> None:
    """After kill -9 every step is there; a second desk on the article is refused while the first is open."""
    with at_desk(folder) as terminal:
        terminal.type("a")
        terminal.until("1 accepted")
        terminal.type("o")
        terminal.until("1 left out")
        with Terminal(factledger("desk", "article.txt"), folder=folder) as second:
            assert second.end() == 2
            assert "on a desk already" in second.said
        assert terminal.end(kill=True) == -9
    with at_desk(folder) as terminal:
        shown = terminal.until("Going on where the work was left.")
        assert " 2 of" in shown.splitlines()[0] and "1 accepted · 1 left out" in shown
        terminal.type("q")
        assert terminal.end() == 0
    kept = list(folder.rglob("*.jsonl"))
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    assert not queries.rows(book.ledger.db, "sources")


def test_ctrl_c_keeps_the_work_and_records_nothing(folder: Path, book: Book) -> None:
    """It ends with 130, as shells have it, and says how to go on."""
    before = queries.head(book.ledger.db)
    with at_desk(folder) as terminal:
        terminal.type("a")
        terminal.until("1 accepted")
        terminal.type("e")
        terminal.until("Claim:")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
        assert "factledger desk article.txt" in terminal.said
    assert queries.head(book.ledger.db) == before


@pytest.mark.long
def test_it_is_drawn_for_any_size(folder: Path) -> None:
    """Side by side from 72 columns, one above the other below; resized, it is drawn anew; keys stay at the foot."""
    with at_desk(folder) as terminal:
        assert any("│" in row for row in terminal.rows)
        terminal.resize(60, 20)
        terminal.until("────")
        shown = terminal.settle()
        assert "│" not in shown and "Passage 1 of" in shown and "q leave" in shown
        terminal.resize(140, 40)
        terminal.until("│")
        terminal.type(DOWN)
        shown = terminal.until("Passage 2 of")
        assert "q leave" in shown
        terminal.resize(30, 6)
        terminal.settle()
        terminal.resize(80, 24)
        terminal.until("Passage 2 of")


def test_without_colours_marks_still_say_it(folder: Path) -> None:
    """With NO_COLOR nothing sets a colour, and a mark stands before what was decided."""
    with at_desk(folder, NO_COLOR="1") as terminal:
        terminal.type("a")
        terminal.until("1 accepted")
        assert any(row.startswith(" +") for row in terminal.rows)
        terminal.type("q")
        terminal.end()
    colours = re.findall(rb"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|4[0-7]|38|48)(?:;\d+)*m", terminal.raw)
    assert not colours


def test_pasted_words_are_no_commands(folder: Path) -> None:
    """What is pasted onto the desk accepts nothing and leaves nothing out."""
    with at_desk(folder) as terminal:
        terminal.type("aooca\ny", paste=True)
        terminal.until("have no place here")
        assert decided(terminal) == 0


def test_without_a_terminal_it_says_what_to_do(folder: Path, factledger: Callable) -> None:
    """One line, and nothing is kept."""
    done = factledger("desk", "article.txt")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == (
        "Error: The desk needs a terminal. Write a story file to edit and import instead: --to-story FILE\n"
    )
    assert not list(folder.rglob("*.jsonl"))


def test_a_sketch_is_imported_as_the_desk_would_file_it(folder: Path, book: Book, factledger: Callable) -> None:
    """The story file has a comment for each claim; imported, it gives the same claims from the same words; once."""
    done = factledger("desk", "article.txt", "--to-story", "sketch.story.yaml")
    assert done.returncode == 0, done.stderr
    story = (folder / "sketch.story.yaml").read_text()
    assert story.count("# Sentence") >= story.count("suggested_by:")
    assert not queries.rows(book.ledger.db, "sources") and not list(folder.rglob("*.archive/*/*"))
    imported = factledger("import", "sketch.story.yaml")
    assert imported.returncode == 0, imported.stderr
    again = factledger("import", "sketch.story.yaml")
    assert "added" not in again.stderr
    listed = json.loads(factledger("list", "--json").stdout)
    assert len(listed) == len(queries.rows(book.ledger.db, "claims")) > 10
    text = ARTICLE.read_text()
    for table in ("evidence", "exclusions"):
        for row in queries.rows(book.ledger.db, table):
            assert " ".join(row["quote"].split()) in " ".join(text.split())


def test_a_sketch_overwrites_nothing(folder: Path, factledger: Callable) -> None:
    """A file that is there may be somebody's edited one; and a story stands beside its text."""
    (folder / "mine.yaml").write_text("mine")
    done = factledger("desk", "article.txt", "--to-story", "mine.yaml")
    assert (done.returncode, (folder / "mine.yaml").read_text()) == (2, "mine")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    done = factledger("desk", "article.txt", "--to-story", os.path.join("elsewhere", "sketch.yaml"))
    assert done.returncode == 2 and "Write it beside the article" in done.stderr
    assert not list(elsewhere.iterdir())


@pytest.mark.long
def test_unfinished_work_that_cannot_be_read_is_said(folder: Path) -> None:
    """One line with its place, and how to begin anew."""
    with at_desk(folder) as terminal:
        terminal.type("q")
        terminal.end()
    for path in folder.rglob("*.jsonl"):
        path.write_text('{"begun": 3}\n')
    with Terminal(factledger("desk", "article.txt"), folder=folder) as terminal:
        assert terminal.end() == 2
        assert "Begin anew: --anew" in terminal.said
