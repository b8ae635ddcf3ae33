"""The promise that every torture holds a ledger to: what was acknowledged is there, and the whole is intact."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from ledger import audit, store
from ledger.book import Book
from ledger.errors import LedgerError


@attrs.frozen
class Judgement:
    """What became of a ledger: how many entries it has, which acknowledged subjects it lost, what is wrong with it."""

    size: int
    lost: frozenset[str]
    problems: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether nothing was lost and nothing is wrong."""
        return not self.lost and not self.problems


def judge(path: Path, acknowledged: Iterable[str]) -> Judgement:
    """Verify a ledger, and look for an entry about each subject that was acknowledged."""
    report = audit.verify(path)
    problems = tuple(f"{problem.where}: {problem.message}" for problem in report.problems)
    return Judgement(report.size, frozenset(acknowledged) - _subjects(path), problems)


def _subjects(path: Path) -> set[str]:
    try:
        with store.faults_told(path), store.open_ledger(path) as ledger:
            return {row[0] for row in ledger.db.execute("SELECT json_extract(env, '$.subject') FROM ledger_entry")}
    except LedgerError:
        return set()  # whoever cannot read an entry has lost it; why is among the problems


def goes_on(path: Path) -> tuple[str, ...]:
    """Enter one more claim, as whoever comes next would, and return what is wrong then."""
    try:
        with store.open_ledger(path, write=True) as ledger:
            claim = Book(ledger).claim("The ferry sailed again on the day after.")
    except LedgerError as error:
        return (f"Nothing more can be entered: {error}",)
    after = judge(path, [claim.uid])
    return (*after.problems, *(f"The new claim {uid} is missing." for uid in after.lost))
