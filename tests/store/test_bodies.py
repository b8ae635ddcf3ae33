"""How bodies lie in the file, and what checks found in its tables: each statement once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import checks, store
from ledger.book import Book
from ledger.errors import DamagedLedger
from ledger.store import bodies, queries
from ledger.wire import json_of

Run = Any


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_lies_there_is_what_was_recorded(body: str) -> None:
    """A result is deflated, anything else is text as it stands; both come back to the letter."""
    assert bodies.as_stored("claim.add", body) == body
    packed = bodies.as_stored("result.add", body)
    assert isinstance(packed, bytes)
    assert bodies.as_text(packed) == bodies.as_text(body) == body
    with pytest.raises(DamagedLedger):
        bodies.as_text(packed + b"x")
    assert bodies.as_text(bodies.as_stored("result.add", None)) is None


def test_the_words_never_change() -> None:
    """Bodies are deflated against these words, in every ledger of this format: others would not inflate them."""
    assert bodies.WORDS_ID == 2_023_906_499


@pytest.fixture
def checked(book: Book) -> Book:
    """A ledger with two claims of the same kind, checked."""
    for handle in ("ferry", "tram"):
        claim = book.claim(f"The {handle} was late.", id=handle)
        book.evidence(claim, book.source(f"Notice of the {handle}"))
    checks.check(book)
    return book


def test_what_is_said_of_many_is_stored_once(checked: Book) -> None:
    """A finding is a short row that names its statement; the view puts a row a finding together again."""
    db = checked.ledger.db
    found = queries.rows(db, "findings")
    assert len(found) == queries.count(db, "ledger_finding") > queries.count(db, "ledger_said")
    said = [(row["checker"], row["outcome"], row["reason"]) for row in found if row["claim"] == "ferry"]
    assert said == [
        (row["checker"], row["outcome"], row["reason"].replace("tram", "ferry"))
        for row in found
        if row["claim"] == "tram"
    ]


def test_a_row_says_what_its_entry_says(checked: Book) -> None:
    """Every cell of every finding follows from the body of the result that recorded it."""
    db = checked.ledger.db
    handles = queries.handles(db)
    due = {}
    for entry in queries.entries(db):
        if entry.kind == "result.add" and entry.body is not None:
            body = json_of(entry.body)
            for one in body["sets"]:
                for number, finding in enumerate(one["findings"], 1):
                    due[f"{handles[body['subject']]}.{one['checker']}.{number}"] = (
                        *(one["version"], one["input"], finding["outcome"], finding["reason"], finding.get("code", "")),
                        " ".join(handles[uid] for uid in finding.get("cites", [])),
                        *(handles[body["run"]], entry.seq, entry.at),
                    )
    names = ("version", "input", "outcome", "reason", "code", "cites", "run", "seq", "added")
    assert {row["id"]: tuple(row[name] for name in names) for row in queries.rows(db, "findings")} == due


def test_an_exported_log_has_the_text(checked: Book, factledger: Run, tmp_path: Path) -> None:
    """Lines of the log hold what was hashed; a ledger made of them has the same root, and lies there deflated again."""
    lines, again = tmp_path / "log.ndjson", tmp_path / "again.db"
    assert factledger("-d", str(checked.ledger.path), "export", "log", str(lines)).returncode == 0
    results = [line for line in map(json.loads, lines.read_text().splitlines()) if "result.add" in line.get("env", "")]
    assert all(json.loads(line["body"])["sets"] for line in results)
    assert factledger("-d", str(again), "import", str(lines)).returncode == 0
    with store.open_ledger(again) as ledger:
        assert queries.head(ledger.db) == queries.head(checked.ledger.db)
        kinds = ledger.db.execute("SELECT count(*) FROM ledger_entry WHERE typeof(body) = 'blob'").fetchone()
        assert kinds == (len(results),)
