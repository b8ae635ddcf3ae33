"""Whole copies of a ledger file, and whether two files hold the same."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils.utils import sqlite3

from . import schema
from .file import Ledger, Role, fault


def write_copy(ledger: Ledger, target: Path, *, role: Role) -> None:
    """Write a compact copy of a ledger, in one file without a WAL, in the role given.

    The copy appears under its name only when it is complete.
    """
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        ledger.db.execute("VACUUM INTO ?", (str(beside),))
        copy = sqlite3.connect(beside, isolation_level=None)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("UPDATE ledger_role SET role = ?", (role,))
        copy.execute("VACUUM")
        copy.close()
    except sqlite3.Error as error:
        beside.unlink(missing_ok=True)
        raise fault(error, target) from None
    beside.replace(target)


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
