"""Whole copies of a ledger file, and whether two files hold the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ..errors import DamagedLedger, EnvironmentFault, LedgerError
from ..sqlite import sqlite3
from . import schema
from .durable import settle
from .file import Ledger, Role, fault
from .scratch import scratch_folder

PASSING = 1_024
"""Kibibytes of pages to keep while a whole file passes by."""


def write_copy(ledger: Ledger, target: Path, *, role: Role) -> None:
    """Write a compact copy of a ledger, in one file without a WAL, in the role given.

    The copy appears under its name only when it is complete.
    """
    try:
        with scratch_folder(target.parent) as folder:
            beside = folder / "copy"
            write_compact(ledger.db, beside)
            with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.execute("UPDATE ledger_role SET role = ?", (role,))
                copy.execute("VACUUM")
            settle(beside, target)
    except sqlite3.Error as error:
        raise _fault(error, ledger.path, target) from None


def write_compact(db: sqlite3.Connection, target: Path) -> None:
    """Write what a database holds into a new file, without free pages and without filling memory.

    SQLite keeps as many pages as it may, of both files, though each of them is read and written once.
    """
    (kept,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute(f"PRAGMA cache_size = -{PASSING}")
    try:
        db.execute("VACUUM INTO ?", (str(target),))
    finally:
        db.execute(f"PRAGMA cache_size = {kept}")


def write_twin(ledger: Ledger, target: Path) -> None:
    """Write a ledger as it is at one moment, page by page, in one file without a WAL.

    Whoever writes to the ledger can go on, and whatever is wrong with it is wrong with the twin:
    unlike a compact copy it mends no index.
    """
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as twin:
            ledger.db.backup(twin)
            twin.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise _fault(error, ledger.path, target) from None


def _fault(error: Exception, ledger: Path, target: Path) -> LedgerError:
    """Return what went wrong with the ledger if it is damaged, else with what was being written."""
    found = fault(error, ledger)
    if isinstance(found, DamagedLedger):
        return found
    return EnvironmentFault(f"SQLite could not write {target}: {error}.", hint="No copy was made.")


def same_content(one: Path, other: Path) -> bool:
    """Return whether two ledgers hold the same rows in every table; SQLite versions may differ in their bytes."""
    return one.exists() and other.exists() and _dump(one) == _dump(other)


def _dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        tables = [*schema.LOG, *schema.PROJECTIONS]
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
    except sqlite3.Error:
        return {}
    finally:
        db.close()
