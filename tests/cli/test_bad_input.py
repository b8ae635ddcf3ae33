"""Bad input: one clear line, exit code 2, and the ledger as long as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import store
from ledger.store import queries

ARTICLE = """Night ferry planned

The port council met on Monday. "The ferry will run at night from June," Marta Quell told the council.
The ferry will run at night from June, the council repeated.
"""


@pytest.fixture
def begun(factledger: Any, tmp_path: Path, once: Any) -> Path:
    """A ledger with one claim, one agent and two sources."""

    @once
    def tell() -> None:
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("agent", "Marta Quell")
        factledger("article", "article.txt", "--id", "article")
        factledger("source", "Minutes of the council", "--id", "minutes")
        factledger("add", "The ferry will run at night.", "--id", "ferry", "--seen-in", "article")

    return tmp_path / "ledger.db"


def size(path: Path) -> int:
    with store.open_ledger(path) as ledger:
        return queries.head(ledger.db).size


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", ""], ["claim text", "empty"]),
        (["add", "   "], ["claim text", "empty"]),
        (["add", "It rang.\x07"], ["claim text", "U+0007"]),
        (["add", "It rang.\nTwice."], ["claim text", "one line"]),
        (["source", "A leaflet\nfolded"], ["source title", "one line"]),
        (["add", "Read \u202eme."], ["claim text", "U+202E"]),
        (["add", "It rang.", "--occurred", "2025-13-40"], ["claim occurred", "month 13", "XXXX-05-02"]),
        (["add", "It rang.", "--occurred", "2025-02-30"], ["claim occurred", "2025-02-30"]),
        (["add", "It rang.", "--id", "Ferry No 2"], ["id", "ferry-no-2"]),
        (["add", "It rang.", "--id", "ferry"], ["ferry", "taken"]),
        (["add", "It rang.", "--said-by", "Marta Quel"], ["agent", "Did you mean Marta Quell"]),
        (["add", "It rang.", "--said-by", "marta-quel"], ["agent", "Did you mean marta-quell"]),
        (["add", "It rang.", "--seen-in", "articel"], ["articel", "factledger source"]),
        (["add", "It rang.", "--seen-in", "gone.txt"], ["gone.txt", "no such file"]),
        (["add", "It rang.", "--seen-in", "article", "--quote", "the ferry will sink"], ["not in the text"]),
        (["add", "It rang.", "--seen-in", "article", "--quote", "ferry will run at night"], ["2 times", "sentences"]),
        (["add", "It rang.", "--basis", "rumour"], ["--basis", "witness"]),
        (["demo", "mine.db"], ["(mine.db). See: factledger demo --help"]),
        (
            ["inquiry", "When?", "--claim", "xyzzy", "--asked", "marta-quell"],
            ["no claim 'xyzzy'. See: factledger list"],
        ),
        (["inquiry", "When?", "--claim", "ferry"], ["whom (asked) or where (searched)"]),
        (["settle", "ferry"], ["'STATE'. Choose from: declared", "not_found. See: factledger settle --help"]),
        (["review", "ferry", "true"], ["'[VERDICT]'", "'supported'"]),
        (["source", "A leaflet", "--publisher", "nobody"], ["agent", "nobody", "factledger agent"]),
        (["source", "A leaflet", "--url", "ftp://x"], ["url", "https://"]),
        (["source", "A leaflet", "--language", "Spanish!"], ["language", "es"]),
        (["link", "article", "cites", "article"], ["cannot come from itself"]),
        (["link", "article", "cites", "minuets"], ["Did you mean minutes"]),
        (["link", "article", "echoes", "minutes"], ["echoes", "reprints"]),
        (["link", "article", "independent_of", "minutes"], ["reason"]),
        (["evidence", "fery", "article"], ["Did you mean ferry"]),
        (["inquiry", "Is it so?"], ["Nobody was asked"]),
        (["review", "ferry", "supported"], ["reasons"]),
        (["review", "ferry", "true", "--because", "I think so."], ["true", "supported"]),
        (["correct", "ferry", "wording=x", "--because", "y"], ["no field 'wording'"]),
        (["correct", "ferry", "text", "--because", "y"], ["FIELD=VALUE"]),
        (["correct", "ferry", "text=", "--because", "y"], ["text"]),
        (["correct", "article", "kind=rumour", "--because", "y"], ["rumour", "article"]),
        (["correct", "ferry", "text=New words.", "--because", " "], ["reason", "empty"]),
        (["retract", "fery", "--because", "y"], ["Did you mean ferry"]),
        (["supersede", "ferry", "--by", "article", "--because", "y"], ["same kind"]),
        (["settle", "ferry", "confirmed", "--because", "y"], ["a link or an inquiry"]),
        (["check", "fery"], ["Did you mean ferry"]),
        (["show", "fery"], ["Did you mean ferry"]),
        (["show", "ferry", "--as-of", "9999"], ["9999"]),
        (["coverage", "minutes"], ["No archived text"]),
        (["impact", "ferry"], ["ferry is a claim, not a source"]),
        (["article", "article.pdf"], ["article.pdf", "no such file"]),
        (["import", "story.docx"], ["story.docx", ".yaml"]),
        (["lits"], ["lits", "Did you mean list"]),
        (["claim", "It rang."], ["There is no command 'claim'. Did you mean add?"]),
        (["search", "ferry"], ["Did you mean match?"]),
        (["list", "--verdcit", "x"], ["--verdcit", "--verdict"]),
        (["init", "--origin", "desk.example"], ["already exists"]),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) and value[0].islower() else None,
)
def test_bad_input_is_one_line_and_writes_nothing(
    factledger: Any, begun: Path, arguments: list[str], words: list[str]
) -> None:
    """What cannot be recorded is refused in one line that says what, where and what to do."""
    before = size(begun)
    done = factledger(*arguments)
    assert done.returncode == (5 if arguments[0] == "init" else 2), done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("Error: ")
    for word in words:
        assert word in done.stderr
    assert size(begun) == before


def test_a_huge_claim_is_refused(factledger: Any, begun: Path) -> None:
    """Ten megabytes on standard input are no claim."""
    before = size(begun)
    done = factledger("add", "-", stdin="word " * 2_000_000)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "characters; at most 2,000" in done.stderr
    assert size(begun) == before


def test_a_huge_article_is_refused(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """Ten megabytes of text are no article."""
    (tmp_path / "long.txt").write_text("word " * 2_000_000, encoding="utf-8")
    before = size(begun)
    done = factledger("article", "long.txt")
    assert done.returncode == 2
    assert "long.txt: The file has 10,000,000 bytes" in done.stderr
    assert size(begun) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "no words"),
        (b"one\ntwo\x00\n", "2: The text holds the control"),
    ],
    ids=["empty", "blank", "control character"],
)
def test_a_text_that_is_none_is_refused(factledger: Any, begun: Path, tmp_path: Path, data: bytes, words: str) -> None:
    """A file that holds no readable text is refused with file and line."""
    (tmp_path / "odd.txt").write_bytes(data)
    done = factledger("article", "odd.txt")
    assert done.returncode == 2
    assert "odd.txt" in done.stderr
    assert words in done.stderr


def test_the_example_takes_no_entries(factledger: Any, tmp_path: Path) -> None:
    """The example ledger refuses to be written and says how to start one's own."""
    assert factledger("demo").returncode == 0
    done = factledger("add", "It rang.")
    assert done.returncode == 2
    assert "example ledger" in done.stderr
    assert "init --origin" in done.stderr


def test_a_missing_ledger_says_how_to_start_one(factledger: Any) -> None:
    """Without a ledger every command says so in one line."""
    done = factledger("list")
    assert done.returncode == 3
    assert done.stderr.strip().splitlines() == [
        "Error: ledger.db: There is no ledger here. Start one: factledger init --origin NAME"
    ]


def test_a_broken_table_is_one_line(factledger: Any, begun: Path) -> None:
    """A ledger whose tables somebody changed is reported in one line, with exit code 3, by every command."""
    import sqlite_utils

    sqlite_utils.Database(begun)["findings"].drop()
    for arguments in (["show", "ferry"], ["check"], ["list", "findings"]):
        done = factledger(*arguments)
        assert done.returncode == 3
        assert "Run: factledger verify" in done.stderr.strip().splitlines()[-1]
        assert "Traceback" not in done.stderr
