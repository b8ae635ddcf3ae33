"""Reading the log again: rebuilt projections, a file of another format, the ledger as it was at an earlier entry."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from sqlite_utils.utils import sqlite3

from .. import wire
from ..errors import DamagedLedger, InputError
from ..log import World, instant
from . import queries, schema
from .append import Draft, insert
from .file import Ledger, in_memory, open_file, other_format
from .formats import MIGRATIONS
from .project import UPGRADE, Projector
from .steady import steady
from .withheld import put_stand_ins, replay_all, stand_ins


def open_ledger(path: Path, *, write: bool = False, world: World | None = None) -> Ledger:
    """Open an existing ledger, read-only unless `write`.

    A file in another format is read by what its entries say, in memory. Raises DamagedLedger if there is none, or it
    is no ledger; ReadOnly if it takes no entries; EnvironmentFault if its format is not the one that is written
    here, or is a newer one that cannot be read.
    """
    ledger = open_file(path, write=write, world=world, current=write)
    if ledger.format == schema.FORMAT:
        return ledger
    with ledger:
        try:
            return _in_this_format(ledger)
        except (sqlite3.Error, DamagedLedger):
            if ledger.format < schema.FORMAT:
                raise
            raise other_format(path, ledger.format) from None


def require_current(path: Path) -> None:
    """Raise EnvironmentFault unless a ledger is in the format that this program writes: then SQL may ask its tables."""
    open_file(path, current=True).close()


def _in_this_format(ledger: Ledger) -> Ledger:
    db = in_memory(ledger.path)
    db.execute("BEGIN")
    for table in schema.LOG:
        columns = ", ".join(column for _, column, *_ in db.execute(f"PRAGMA table_info({table})"))
        holes = ", ".join("?" * (columns.count(",") + 1))
        rows = ledger.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
        db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", rows)
    put_stand_ins(db, stand_ins(queries.withholdings(db)))
    Projector(db).apply_all(queries.entries(db))
    db.execute("COMMIT")
    return Ledger(ledger.path, db, ledger.role, ledger.world, format=ledger.format)


def upgrade(ledger: Ledger, *, actor: str) -> None:
    """Make every table of a file anew in the format that this program writes, and enter that; all of it or nothing.

    A copy that takes no entries gets its tables, and its log stays as it is.
    """
    with steady(ledger):
        db, before = ledger.db, ledger.format
        for number in range(before + 1, schema.FORMAT + 1):
            for statement in MIGRATIONS.get(number, ()):
                db.execute(statement)
        replay_all(db)
        db.execute(f"PRAGMA user_version = {schema.FORMAT}")
        if ledger.role == "working":
            draft = Draft(UPGRADE, queries.first(db).subject, {"from": before, "to": schema.FORMAT})
            insert(ledger, [draft], [wire.dumps(draft.body)], actor)
    ledger.format = schema.FORMAT


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
