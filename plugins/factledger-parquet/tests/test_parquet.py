"""Findings as Parquet: DuckDB reads what the ledger has, and the file is made piece by piece."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import duckdb
import factledger_parquet
import pytest
from factledger_parquet import Parquet
from pyarrow import parquet

from ledger import Finding, Missing, MissingKind, Outcome
from ledger import open as open_ledger
from ledger.format import Extract, RecordedFinding
from ledger.testing import assert_exchange_contract

FACTLEDGER = Path(sys.executable).with_name("factledger")


def finding(number: int) -> RecordedFinding:
    """A finding that has all that one can have."""
    return RecordedFinding(
        subject=f"claim-{number}",
        checker="quote",
        version="3",
        finding=Finding(
            outcome=Outcome.FAIL,
            reason=f"The {number} “words” are not there.",
            code="moved",
            fix="Look.",
            details=("one", "two"),
            measures=(("found", number), ("asked", 2**40)),
            valid_until="2031-05-03T10:00:00Z",
        ),
        handles=("report", "article"),
        run="01RUN",
        input="00ff",
        seq=number,
        at="2031-05-02T10:00:00.5Z",
        missing=(Missing(MissingKind.FIELD, "01UID", "published"), Missing(MissingKind.EVIDENCE)),
    )


def extract(size: int) -> Extract:
    return Extract(
        origin="desk.example", ledger="01LEDGER", size=9, root="ab", findings=list(map(finding, range(size)))
    )


def asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what DuckDB answers of a file."""
    with duckdb.connect() as db:
        return db.execute("SET TimeZone = 'UTC'").execute(sql.format(f"'{path}'")).fetchall()


def test_duckdb_counts_what_the_ledger_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed command writes the example ledger's findings; DuckDB reads each of them, with its lists."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path / "keys"))
    ledger, out = tmp_path / "ledger.db", tmp_path / "findings.parquet"
    for arguments in (["demo"], ["export", "parquet", "--out", str(out)]):
        done = subprocess.run([FACTLEDGER, "-d", ledger, *arguments], capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
    with open_ledger(ledger) as opened:
        there = [
            (one.subject, one.checker, one.finding.outcome.value, one.finding.reason, list(one.handles), one.seq)
            for one in opened.extract().findings
        ]
    assert len(there) > 100
    assert asked(out, "SELECT subject, checker, outcome, reason, cites, seq FROM {}") == there


def test_every_field_comes_through(tmp_path: Path) -> None:
    """Lists, measures, lacks and instants are themselves in DuckDB, not text; the metadata name the head of the log."""
    out = tmp_path / "findings.parquet"
    out.write_bytes(b"".join(Parquet().write(extract(3))))
    rows = asked(out, "SELECT * EXCLUDE (added, valid_until), added, valid_until FROM {} WHERE measures['found'] = 2")
    (row,) = rows
    assert row[:9] == (
        "claim-2",
        "quote",
        "3",
        "fail",
        "moved",
        "The 2 “words” are not there.",
        "Look.",
        ["report", "article"],
        ["one", "two"],
    )
    assert row[9:11] == (
        {"found": 2, "asked": 2**40},
        [
            {"kind": "field", "record": "01UID", "field": "published"},
            {"kind": "evidence", "record": None, "field": ""},
        ],
    )
    assert row[11:14] == ("01RUN", "00ff", 2)
    assert row[14:] == tuple(map(datetime.fromisoformat, ("2031-05-02T10:00:00.5Z", "2031-05-03T10:00:00Z")))
    said = parquet.read_schema(out).metadata
    assert said[b"factledger.origin"] == b"desk.example"
    assert (said[b"factledger.size"], said[b"factledger.root"]) == (b"9", b"ab")


def test_a_row_group_is_handed_over_before_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more findings are held than one group has, and nothing of one is lost between two."""
    monkeypatch.setattr(factledger_parquet, "GROUP", 10)
    read: list[int] = []
    given = attrs.evolve(extract(0), findings=(read.append(number) or finding(number) for number in range(25)))
    pieces, ahead = [], []
    for piece in Parquet().write(given):
        pieces.append(piece)
        ahead.append(len(read))
    assert ahead == [10, 20, 25, 25]
    assert all(pieces)
    out = tmp_path / "findings.parquet"
    out.write_bytes(b"".join(pieces))
    assert parquet.ParquetFile(out).num_row_groups == 3
    assert asked(out, "SELECT seq FROM {}") == [(number,) for number in range(25)]


def test_no_findings_are_a_file_without_rows(tmp_path: Path) -> None:
    """A ledger that was never checked gives a file that DuckDB reads, with all columns."""
    out = tmp_path / "findings.parquet"
    out.write_bytes(b"".join(Parquet().write(extract(0))))
    assert asked(out, "SELECT count(*) FROM {}") == [(0,)]
    assert len(asked(out, "DESCRIBE SELECT * FROM {}")) == 16


def test_it_keeps_the_contract_of_formats() -> None:
    """It says what it is, and writes whatever a ledger may hold, the same each time."""
    assert_exchange_contract(Parquet())
