"""What a desk has already, brought in by one command and taken out again."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ..terminal import Terminal
from ..terminal import factledger as command_line


@pytest.fixture
def begun(factledger: Any) -> None:
    assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0


FORMULA = '=HYPERLINK("http://bad.example","click")'


def test_what_is_listed_as_a_table_comes_in_again(factledger: Any, begun: None, tmp_path: Path) -> None:
    """A ledger's own list is a table of another's claims, word for word, and no cell of it is a formula."""
    for words in (FORMULA, "-5 degrees, they said.", "'=1 is no sum.", "The pier was shut."):
        assert factledger("add", "--", words).returncode == 0
    listed = factledger("list", "--csv").stdout
    texts = [row["text"] for row in csv.DictReader(listed.splitlines())]
    assert [text[0] for text in texts] == ["'", "'", "'", "T"]
    Path("own.csv").write_text(listed, encoding="utf-8")
    kept = [row["text"] for row in json.loads(factledger("list").stdout)]
    factledger("-d", "other.db", "init", "--origin", "other.example", "--person", "Bo Lind")
    done = factledger("-d", "other.db", "import", "own.csv")
    assert done.returncode == 0, done.stderr
    assert "own.csv: added 4 claims" in done.stderr
    assert "Left out  verdict, corroboration" in done.stderr
    assert [row["text"] for row in json.loads(factledger("-d", "other.db", "list").stdout)] == kept


def test_a_table_names_its_columns_on_the_command_line(factledger: Any, begun: None) -> None:
    """What is missing is said with the option that gives it; with it, the table comes in."""
    Path("desk.csv").write_text("Claim,Outlet,Rating\nThe pier was shut.,Gazette,False\n", encoding="cp1252")
    refused = factledger("import", "desk.csv")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "desk.csv:1: The column 'text' is missing." in refused.stderr and "--map 'Claim'=text" in refused.stderr
    done = factledger("import", "desk.csv", "--map", "Claim=text", "--map", "Outlet=source", "--encoding", "cp1252")
    assert "added 1 claim, 1 source, 1 piece of evidence" in done.stderr
    assert "Left out  Rating: no such column is read." in done.stderr


def test_the_help_says_what_each_column_holds(factledger: Any) -> None:
    """Who has a table finds the names of its columns without a manual."""
    told = factledger("import", "--help").stdout
    for column in ("text", "source", "published", "value_amount"):
        assert f"\n    {column} " in told


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<nav>Home News</nav><h1>Pier <em>shut</em></h1><p>It was shut on Monday.", "Pier shut"),
        ("<title>Pier shut | Gazette</title><nav>Home</nav><h1>Gazette</h1><h1>Pier shut</h1><p>It was.", "Pier shut"),
        ("<title>Pier shut | Gazette</title><nav>Home</nav><p>It was.", "Pier shut | Gazette"),
        ("<nav>Home News Sport</nav><p>The pier was shut on Monday.", "page"),
    ],
)
def test_an_article_is_called_by_its_headline(factledger: Any, begun: None, page: str, title: str) -> None:
    """A page's title is its heading, or what it calls itself, or the file's name: never its menu."""
    Path("page.html").write_text(page, encoding="utf-8")
    assert factledger("article", "page.html").returncode == 0
    assert [row["title"] for row in json.loads(factledger("list", "sources").stdout)] == [title]


def test_a_table_is_no_article_and_a_workbook_no_word(factledger: Any, begun: None) -> None:
    """What is given to the wrong door is told, in one line, where it may go."""
    Path("a.xlsx").write_bytes(b"PK\x03\x04" + b"a" * 40)
    shutil.copy("a.xlsx", "a.docx")
    for command, file, says in (
        ("article", "a.xlsx", "This is not a workbook, though it is called so."),
        ("article", "a.docx", "This is not a Word document"),
        ("import", "a.docx", "archive a text with: factledger article"),
    ):
        done = factledger(command, file)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1) and says in done.stderr


LONG = 12_000


@pytest.mark.long
def test_a_long_table_says_how_far_it_is_and_where_it_stopped(factledger: Any, begun: None, tmp_path: Path) -> None:
    """A person at a terminal sees the rows go by; of one that is amiss far down, what came before it is on record."""
    rows = [f"Pier {number} was shut.,{2000 + number % 20}\n" for number in range(LONG)]
    broken = [*rows[:-10], rows[-10].replace(",", ",May "), *rows[-9:]]
    Path("long.csv").write_text("text,occurred\n" + "".join(broken), encoding="utf-8")
    with Terminal(command_line("import", "long.csv"), folder=Path.cwd(), columns=160) as terminal:
        assert terminal.end() == 2
        told = terminal.raw.decode()
    assert "Importing ... 10,500 rows" in told
    assert "long.csv: added 10,000 claims, and then no more." in told
    assert "long.csv:11992 occurred" in told and "its first 10,000 rows are recorded, and none below" in told
    Path("long.csv").write_text("text,occurred\n" + "".join(rows), encoding="utf-8")
    done = factledger("import", "long.csv")
    assert done.stderr == "long.csv: added 2,000 claims, 10,000 there already\n"
