"""Reading the log again: rebuilt projections, and a file of another format."""

from __future__ import annotations

from pathlib import Path

from .. import wire
from ..errors import DamagedLedger
from ..log import Environment
from ..sqlite import sqlite3
from . import queries, schema
from .append import Draft, insert
from .bodies import as_stored
from .file import Ledger, in_memory, open_file, other_format
from .formats import LEAN, MIGRATIONS
from .project import UPGRADE, Projector
from .steady import steady
from .withheld import put_stand_ins, replay_all, stand_ins


def open_ledger(path: Path, *, write: bool = False, environment: Environment | None = None) -> Ledger:
    """Open an existing ledger, read-only unless `write`.

    A file in another format is read by what its entries say, in memory. Raises DamagedLedger if there is none, or it
    is no ledger; ReadOnly if it takes no entries; EnvironmentFault if its format is not the one that is written
    here, or is a newer one that cannot be read.
    """
    ledger = open_file(path, write=write, environment=environment, current=write)
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
        if table == "ledger_words":  # which is there, and is not in earlier formats
            continue
        columns = ", ".join(column for _, column, *_ in db.execute(f"PRAGMA table_info({table})"))
        holes = ", ".join("?" * (columns.count(",") + 1))
        rows = ledger.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
        db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", rows)
    put_stand_ins(db, stand_ins(queries.withholdings(db)))
    Projector(db, whole=ledger.format < LEAN).apply_all(queries.entries(db))
    db.execute("COMMIT")
    return Ledger(ledger.path, db, ledger.role, ledger.environment, format=ledger.format)


def upgrade(ledger: Ledger, *, actor: str) -> None:
    """Make every table of a file anew in the format that this program writes, and enter that; all of it or nothing.

    A copy that takes no entries gets its tables, and its log stays as it is.
    """
    with steady(ledger):
        db, before = ledger.db, ledger.format
        db.create_function("as_stored", 2, as_stored, deterministic=True)
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
