"""What the tests of the store share."""

from __future__ import annotations

from typing import Any

from ledger import store
from ledger.book import Book
from ledger.store import queries
from ledger.store.schema import LOG, PROJECTIONS

Dump = dict[str, list[tuple[Any, ...]]]


def tables(ledger: store.Ledger) -> Dump:
    """Every row of every table made from the entries, in an order of their own."""
    return {name: sorted(ledger.db.execute(f"SELECT * FROM {name}"), key=repr) for name in PROJECTIONS}


def everything(ledger: store.Ledger) -> Dump:
    """Every row of the file, the log's own tables too."""
    return tables(ledger) | {name: ledger.db.execute(f"SELECT * FROM {name}").fetchall() for name in LOG}


def size(book: Book) -> int:
    """How many entries the log has."""
    return queries.head(book.ledger.db).size
