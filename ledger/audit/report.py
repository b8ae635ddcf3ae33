"""What `verify` says: problems, what was covered, and what stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from ..errors import EnvironmentFault
from ..sqlite import sqlite3
from ..store.scratch import ROOM
from .codes import ProblemCode

MOST = 20
"""Problems of one kind that are told one by one; the rest are counted."""

ALWAYS_OPEN = (
    "What a run remembers to save work is not compared: the fingerprints by which copied texts are looked for, and the "
    "keys by which checkers bring claims together. If in doubt, drop it and check again: factledger rebuild, then "
    "factledger check --all",
    "Says nothing about whether claims are true.",
)


FAULTS = (sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What a damaged file makes SQLite raise: its messages may quote broken text, and a damaged length
can ask for more memory than there is."""

FULL = "database or disk is full"
"""What SQLite says of the place for temporary files; it says nothing of the ledger."""

LARGEST_VALUE = 1_000_000_000
"""Bytes that SQLite asks for at most for one value, whatever a file says."""


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong, and where: an entry's number, a table, a record's handle, a field.

    In a merged file `member` is the origin of the ledger.
    """

    code: ProblemCode
    message: str
    entry: int | None = None
    table: str | None = None
    record: str | None = None
    field: str | None = None
    member: str | None = None

    @property
    def where(self) -> str:
        """The place in words, such as "claims, troop-offer, field text, entry 7"."""
        parts = (
            self.member,
            self.table,
            self.record,
            self.field and f"field {self.field}",
            None if self.entry is None else f"entry {self.entry}",
        )
        return ", ".join(part for part in parts if part) or "the file"

    @property
    def hint(self) -> str:
        return self.code.hint if self.member is None else ProblemCode.MEMBER_CHANGED.hint


@attrs.frozen(kw_only=True)
class AuditReport:
    """What was recomputed from a ledger file and how it compares with what the file says.

    `format` is the number of the file's format, 0 where it is not known; `size` counts the entries read and `root`
    (hex) is theirs, recomputed; `withheld` counts those with words withheld; `covered` says what was compared and how
    much of it, `not_established` what nobody can know from this file alone.
    """

    path: Path
    origin: str
    format: int
    size: int
    root: str
    problems: tuple[Problem, ...]
    withheld: int
    covered: tuple[str, ...]
    not_established: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether something was verified and nothing is wrong with it."""
        return self.size > 0 and not self.problems

    @property
    def beyond(self) -> bool:
        """Whether the file is in a format that this program does not know, so that nothing could be verified."""
        return {problem.code for problem in self.problems} == {ProblemCode.OTHER_FORMAT}


class Notebook:
    """Collects problems and remarks while a ledger is read."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._counts: Counter[ProblemCode] = Counter()
        self.covered: list[str] = []
        self.open: list[str] = []

    def add(
        self,
        code: ProblemCode,
        message: str,
        *,
        entry: int | None = None,
        table: str | None = None,
        record: str | None = None,
        field: str | None = None,
        member: str | None = None,
    ) -> None:
        """Note a problem; beyond `MOST` of one kind only their number is kept."""
        self._counts[code] += 1
        if self._counts[code] <= MOST:
            self._problems.append(
                Problem(code=code, message=message, entry=entry, table=table, record=record, field=field, member=member)
            )

    def count(self, code: ProblemCode) -> int:
        return self._counts[code]

    @contextmanager
    def reading(self, table: str) -> Iterator[None]:
        """Turn what SQLite complains of inside the block into a problem of this table."""
        try:
            yield
        except FAULTS as error:
            require_room(error)
            if isinstance(error, MemoryError) and not _has_room():
                raise EnvironmentFault("There is too little memory here to verify it.") from None
            self.add(ProblemCode.UNREADABLE, f"SQLite stopped reading: {error or 'out of memory'}.", table=table)

    def checked(self, number: int, what: str) -> None:
        """Note what was compared, and how much of it."""
        self.covered.append(f"{number:,} {what}")

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems as found, then how many more there are of each kind."""
        more = [
            Problem(code=code, message=f"And {count - MOST:,} more of this kind.")
            for code, count in self._counts.items()
            if count > MOST
        ]
        return (*self._problems, *more)


def require_room(error: Exception) -> None:
    """Raise EnvironmentFault if what SQLite complains of is the place for temporary files: the ledger is only read."""
    if FULL in str(error):
        raise EnvironmentFault("There is too little room for temporary files here to verify it.", hint=ROOM) from None


def _has_room() -> bool:
    """Return whether this process could have as much as a damaged file may ask for: if so, that was it."""
    try:
        bytes(LARGEST_VALUE)
    except MemoryError:
        return False
    return True
