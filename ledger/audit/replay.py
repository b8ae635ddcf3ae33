"""The ledger as its entries tell it, made again beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import LedgerError
from ..log import Entry
from ..sqlite import sqlite3
from ..store import Format, Ledger
from ..store.file import on_scratch
from ..store.project import Projector
from ..store.withheld import StandIn, put_stand_ins
from .codes import ProblemCode
from .report import Notebook, require_room


def replay(
    path: Path, entries: Iterable[Entry], notebook: Notebook, withheld: Iterable[StandIn], due: Format
) -> Ledger:
    """Return the ledger that the entries give, in a format; note those that cannot follow and go on with the next."""
    ledger = Ledger(path, on_scratch(), "working")
    ledger.db.execute("BEGIN")
    put_stand_ins(ledger.db, withheld)
    for entry, step in Projector(ledger.db, whole=due.whole).steps(entries):
        try:
            step()
        except LedgerError as error:
            _cannot_follow(notebook, entry, error.message)
        except (sqlite3.Error, ValueError, OverflowError, RecursionError) as error:
            require_room(error)
            _cannot_follow(notebook, entry, str(error))
    ledger.db.execute("COMMIT")
    return ledger


def _cannot_follow(notebook: Notebook, entry: Entry, reason: str) -> None:
    notebook.add(
        ProblemCode.CANNOT_FOLLOW, f"Entry {entry.seq}, {entry.kind}, cannot be replayed: {reason}", entry=entry.seq
    )
