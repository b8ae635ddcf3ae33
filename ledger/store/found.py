"""What checks found, in the tables: what they say once for all that it is said of, and who it is said of in short rows.

ledger_said      each statement, word for word: checker, version, outcome, reason, what to do ...
ledger_result    each result: its run, its instant, the digests of what its checkers saw
ledger_finding   of a subject, a statement, from a result: what stands now
findings         the view that puts them together again, a row a finding
"""

from __future__ import annotations

from hashlib import sha256
from operator import itemgetter
from typing import Any

from .. import wire
from ..model import Finding, FindingSet, Result
from ..sqlite import sqlite3
from . import rows
from .fold import StoredRecord
from .rows import Handle

SAID = (
    *("checker", "version", "outcome", "code", "reason", "fix", "missing", "details", "measures"),
    "valid_until",
)
"""The columns of a statement."""

_cells = itemgetter(*SAID)

KNOWN = 1_000
"""Statements whose numbers are kept in memory, at most."""


class FindingTables:
    """Writes results to the tables of one database; `handle` names records."""

    def __init__(self, db: sqlite3.Connection, handle: Handle) -> None:
        self._db = db
        self._handle = handle
        self._known: dict[tuple[Any, ...], int] = {}

    def put(self, result: Result, kept: StoredRecord) -> None:
        """Put the new sets of a subject in place of the old."""
        subject = self._handle(result.subject)
        self._drop(subject, {one.checker for one in result.sets})
        inputs = list(dict.fromkeys(one.input for one in result.sets))
        found = {
            (one.checker, number): (subject, said, number, kept.last_seq, inputs.index(one.input), digest, cites)
            for one in result.sets
            for number, said, digest, cites in self._lines(one, subject)
        }
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

    def _lines(self, one: FindingSet, subject: str) -> list[tuple[int, int, bytes | None, str | None]]:
        """Return (number, number of the statement, digest of the set, records cited) of each finding of a set.

        The digest stands with the first, by which it is told whether a set is news; none cited says: the subject.
        """
        lines = []
        digest: bytes | None = bytes.fromhex(rows.digest_of(one.findings))
        for number, finding in enumerate(one.findings, 1):
            cites = " ".join(map(self._handle, finding.cites))
            lines.append((number, self._said(one, finding), digest, None if cites == subject else cites))
            digest = None
        return lines

    def _said(self, one: FindingSet, finding: Finding) -> int:
        """Return the number of what a finding says, which is entered if it is new."""
        told = (one.checker, one.version, finding.outcome, finding.code, finding.reason, finding.fix)
        key = (*told, finding.details, finding.measures, finding.valid_until, finding.missing)
        number = self._known.get(key)
        if number is None:
            row = rows.finding_row(finding, self._handle)
            number = self._stored(_cells({"checker": one.checker, "version": one.version, **row}))
            if len(self._known) >= KNOWN:
                self._known.clear()
            if not finding.missing:  # which is told by handles: those of a record to come are not known yet
                self._known[key] = number
        return number

    def _stored(self, cells: tuple[Any, ...]) -> int:
        digest = sha256(wire.dumps(list(cells)).encode()).digest()[:16]
        found = self._db.execute("SELECT number FROM ledger_said WHERE digest = ?", (digest,)).fetchone()
        if found is not None:
            return int(found[0])
        names, holes = ", ".join(("digest", *SAID)), ", ".join("?" * (len(SAID) + 1))
        return self._db.execute(f"INSERT INTO ledger_said ({names}) VALUES ({holes})", (digest, *cells)).lastrowid or 0
