"""Reading the log again: rebuilt projections, and the ledger as it was at an earlier entry."""

from __future__ import annotations

from datetime import UTC, datetime, time

from ..errors import InputError
from ..log import instant
from . import queries
from .file import Ledger, in_memory
from .project import Projector
from .steady import steady
from .withheld import put_stand_ins, replay_all, stand_ins


def rebuild(ledger: Ledger) -> int:
    """Drop and replay every projection and cache; return the number of entries read.

    The log is not touched. Raises DamagedLedger if an entry cannot be replayed; then nothing changed.
    """
    with steady(ledger):
        replay_all(ledger.db)
        return queries.head(ledger.db).size


def as_of(ledger: Ledger, point: str) -> Ledger:
    """Return the ledger, in memory and read-only, as it was after a number of entries or at an instant.

    `point` is a count ("120") or an RFC 3339 instant or date ("2026-11-23", meaning its end, in UTC).
    """
    size = _size(ledger, point)
    db = in_memory(ledger.path)
    db.execute("BEGIN")
    db.executemany("INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)", queries.stored(ledger.db, upto=size))
    put_stand_ins(db, stand_ins(queries.withholdings(ledger.db)))  # what is withheld now was not different then
    Projector(db).apply_all(queries.entries(db))
    db.execute("INSERT INTO ledger_head VALUES (1, ?, zeroblob(32), zeroblob(0))", (size,))
    db.execute("COMMIT")
    return Ledger(ledger.path, db, ledger.role, ledger.world)


def _size(ledger: Ledger, point: str) -> int:
    size = queries.head(ledger.db).size
    if point.isascii() and point.isdigit():
        if not 0 < int(point) <= size:
            raise InputError(f"There is no point {point}: the log has {size} entries.", hint=f"Give 1 to {size}.")
        return int(point)
    found = queries.size_at(ledger.db, _instant(point))
    if found == 0:
        raise InputError(f"The ledger began after {point}.", hint="Give a later point.")
    return found


def _instant(point: str) -> str:
    """Return an instant, or the end of a day, as entries spell theirs: RFC 3339 in UTC."""
    try:
        moment = datetime.fromisoformat(point)
    except ValueError:
        raise InputError(
            f"{point!r} is no point in the log.",
            hint="Give a number of entries, or an instant such as 2026-11-23T12:00:00Z.",
        ) from None
    if "T" not in point:
        moment = datetime.combine(moment, time.max)
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
