"""Writing to a ledger while nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..sqlite import sqlite3
from .file import Ledger, fault, unfinished
from .lock import exclusive


@contextmanager
def steady(ledger: Ledger) -> Iterator[None]:
    """Hold the ledger for writing: nothing is appended inside the block; what it writes is committed at its end."""
    db = ledger.db
    with exclusive(ledger.path):
        try:
            db.execute("BEGIN IMMEDIATE")
            yield
            _commit(ledger)
        except sqlite3.Error as error:
            raise fault(error, ledger.path) from None
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _commit(ledger: Ledger) -> None:
    try:
        ledger.db.execute("COMMIT")
    except sqlite3.Error as error:
        raise unfinished(error, ledger.path) from None
