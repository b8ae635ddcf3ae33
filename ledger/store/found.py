"""What checks found, in the tables: what they say once for all that it is said of, and who it is said of in short rows.

ledger_said      each statement, word for word: checker, version, outcome, reason, what to do ...
ledger_result    each result: its run, its instant, the digests of what its checkers saw
ledger_finding   of a subject, a statement, from a result: what stands now
findings         the view that puts them together again, a row a finding
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from .. import wire
from ..model import Result
from ..sqlite import sqlite3
from . import rows
from .fold import StoredRecord
from .rows import Handle

SAID = (
    *("checker", "version", "outcome", "code", "reason", "fix", "missing", "details", "measures"),
    "valid_until",
)
"""The columns of a statement."""

ENTER = "INSERT INTO ledger_said (digest, {}) VALUES (?{}) ON CONFLICT (digest) DO NOTHING".format(
    ", ".join(SAID), ", ?" * len(SAID)
)

KNOWN = 1_000
"""Statements whose numbers are kept in memory, at most."""


class FindingTables:
    """Writes results to the tables of one database; `handle` names records."""

    def __init__(self, db: sqlite3.Connection, handle: Handle) -> None:
        self._db = db
        self._handle = handle
        self._known: dict[tuple[Any, ...], int] = {}

    def put(self, result: Result, kept: StoredRecord) -> None:
        """Put the new sets of a subject in place of the old.

        The digest of a set, by which it is told whether it is news, stands with its first finding; none cited says:
        the subject.
        """
        subject = self._handle(result.subject)
        self._drop(subject, {one.checker for one in result.sets})
        inputs = list(dict.fromkeys(one.input for one in result.sets))
        found = {}
        for one in result.sets:
            place = inputs.index(one.input)
            digest: bytes | None = bytes.fromhex(rows.digest_of(one.findings))
            for number, finding in enumerate(one.findings, 1):
                said = self._said((one.checker, one.version, *rows.statement(finding, self._handle)))
                cites = " ".join(map(self._handle, finding.cites))
                row = (subject, said, number, kept.last_seq, place, digest, None if cites == subject else cites)
                found[one.checker, number] = row
                digest = None
        self._db.executemany("INSERT INTO ledger_finding VALUES (?, ?, ?, ?, ?, ?, ?)", found.values())
        self._db.execute(
            "INSERT OR REPLACE INTO ledger_result VALUES (?, ?, ?, ?)",
            (kept.last_seq, self._handle(result.run), kept.added, wire.dumps(inputs)),
        )

    def _drop(self, subject: str, checkers: set[str]) -> None:
        there = self._db.execute(
            "SELECT f.said, f.number, s.checker FROM ledger_finding f CROSS JOIN ledger_said s ON s.number = f.said "
            "WHERE f.subject = ?",
            (subject,),
        ).fetchall()
        self._db.executemany(
            "DELETE FROM ledger_finding WHERE subject = ? AND said = ? AND number = ?",
            [(subject, said, number) for said, number, checker in there if checker in checkers],
        )

    def _said(self, cells: tuple[Any, ...]) -> int:
        """Return the number of a statement, which is entered if it is new."""
        number = self._known.get(cells)
        if number is None:
            if len(self._known) >= KNOWN:
                self._known.clear()
            number = self._known[cells] = self._stored(cells)
        return number

    def _stored(self, cells: tuple[Any, ...]) -> int:
        digest = sha256(wire.dumps(list(cells)).encode()).digest()[:16]
        entered = self._db.execute(ENTER, (digest, *cells))
        if entered.rowcount:
            return entered.lastrowid or 0
        (number,) = self._db.execute("SELECT number FROM ledger_said WHERE digest = ?", (digest,)).fetchone()
        return int(number)
