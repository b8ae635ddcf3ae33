"""The ledger as its entries tell it, made again in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlite_utils.utils import sqlite3

from ..errors import LedgerError
from ..log import Entry
from ..store import Ledger
from ..store.file import in_memory
from ..store.project import Projector
from ..store.withheld import StandIn, put_stand_ins
from .codes import Code
from .report import Notebook


def replay(path: Path, entries: Iterable[Entry], notebook: Notebook, withheld: Iterable[StandIn] = ()) -> Ledger:
    """Return the ledger that the entries give; note those that cannot follow and go on with the next."""
    ledger = Ledger(path, in_memory(path), "working")
    ledger.db.execute("BEGIN")
    put_stand_ins(ledger.db, withheld)
    for entry, step in Projector(ledger.db).steps(entries):
        try:
            step()
        except LedgerError as error:
            _cannot_follow(notebook, entry, error.message)
        except (sqlite3.Error, ValueError, OverflowError, RecursionError) as error:
            _cannot_follow(notebook, entry, str(error))
    ledger.db.execute("COMMIT")
    return ledger


def _cannot_follow(notebook: Notebook, entry: Entry, reason: str) -> None:
    notebook.add(Code.CANNOT_FOLLOW, f"Entry {entry.seq}, {entry.kind}, cannot be replayed: {reason}", entry=entry.seq)
