"""The ledger as it was: whole at an earlier point, or what a page of one record needs of it.

Both replay entries through the one projector, so that a record reads as it did whichever way it is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from ..errors import InputError, UnknownRecord, unknown
from ..log import instant
from ..sqlite import sqlite3
from . import queries
from .around import around
from .file import Ledger, create_file, in_memory
from .project import Projector
from .tree import StoredTree
from .withheld import drop_bodies


def as_of(ledger: Ledger, point: str, *, of: str | None = None) -> Ledger:
    """Return the ledger, in memory and read-only, as it was after a number of entries or at an instant.

    `point` is a count ("120") or an RFC 3339 instant or date ("2026-11-23", meaning its end, in UTC). With the handle
    of a record in `of` only what is shown with it is there, at the cost of that alone. Raises InputError for
    what is no point, and UnknownRecord for one that the log has not, or a record that it did not have then.
    """
    size = size_at(ledger, point)
    db = in_memory(ledger.path)
    _replay(ledger, size, db, None if of is None else _about(ledger.db, of, size))
    return Ledger(ledger.path, db, ledger.role, ledger.environment)


def write_as_of(ledger: Ledger, size: int, path: Path) -> None:
    """Write the ledger as it was after `size` entries to a new file, without the bodies that are withheld now."""
    with create_file(path, role=ledger.role, wal=False) as then:
        _replay(ledger, size, then.db, None)
        drop_bodies(then.db)


def size_at(ledger: Ledger, point: str) -> int:
    """Return how many entries the log had at a point, as `as_of` takes them."""
    size = queries.head(ledger.db).size
    if point.isascii() and point.isdigit():
        if not 0 < len(point) < 20 or not 0 < int(point) <= size:
            raise UnknownRecord(
                f"There is no point {point:.20}: the log has {size} entries.", hint=f"Give 1 to {size}."
            )
        return int(point)
    moment = _instant(point)
    found = bisect_right(range(size), moment, key=lambda seq: queries.instant_of(ledger.db, seq))
    if found == 0:
        raise UnknownRecord(f"The ledger began after {point}.", hint="Give a later point.")
    return found


def _instant(point: str) -> str:
    """Return an instant, or the end of a day, as entries spell theirs: RFC 3339 in UTC."""
    try:
        moment = datetime.fromisoformat(point)
        if "T" not in point:
            moment = datetime.combine(moment, time.max)
        return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise InputError(
            f"{point[:40]!r} is no point in the log.",
            hint="Give a number of entries, or an instant such as 2026-11-23T12:00:00Z.",
        ) from None


def _about(db: Any, handle: str, size: int) -> list[int]:
    kept = queries.by_handle(db, handle)
    if kept is None:
        raise unknown(handle, queries.handles(db).values())
    if kept.first_seq >= size:
        raise UnknownRecord(
            f"There is no record {handle!r} among the first {size} entries.", hint="Give a later point."
        )
    return around(db, kept.record, size)


def _replay(ledger: Ledger, size: int, db: sqlite3.Connection, chosen: list[int] | None) -> None:
    """Fill an empty ledger database with the first entries, or those chosen of them, and all that follows from them.

    What is withheld now was not different then: it is read as it is today.
    """
    db.execute("BEGIN")
    if chosen is not None:
        db.execute("DROP TRIGGER ledger_entry_next")
    for table, rows in _rows(ledger.db, size, chosen):
        for row in rows:
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    Projector(db).apply_all(queries.entries(db))
    root = StoredTree(ledger.db).root(size)
    db.execute("INSERT OR REPLACE INTO ledger_head VALUES (1, ?, ?, zeroblob(0))", (size, root))
    db.execute("COMMIT")


def _rows(db: Any, size: int, chosen: list[int] | None) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    """Yield what is copied: entries, their stand-ins, and of the whole the hashes and checkpoints of its tree."""
    if chosen is None:
        yield "ledger_entry", queries.stored(db, upto=size)
        yield "ledger_withheld", queries.stand_ins(db, range(size))
        yield "ledger_node", queries.nodes(db, size)
        yield "ledger_checkpoint", queries.checkpoints_upto(db, size)
    else:
        yield "ledger_entry", (row for seq in chosen for row in queries.stored(db, start=seq, upto=seq + 1))
        yield "ledger_withheld", queries.stand_ins(db, set(chosen))
