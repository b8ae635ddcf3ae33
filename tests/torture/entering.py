"""A small program that enters several things in one connection and prints the id of each once it was recorded."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger import store
from ledger.book import Book
from ledger.errors import LedgerError

IDS = tuple(f"trip-{number}" for number in range(6))

PAGES = 30
"""Pages of WAL after which SQLite moves them to the file: few, so that it happens between two entries."""


def main() -> None:
    try:
        with store.open_ledger(Path(sys.argv[1]), write=True) as ledger:
            ledger.db.execute(f"PRAGMA wal_autocheckpoint={PAGES}")
            book = Book(ledger)
            for handle in IDS:
                with book.together():
                    source = book.source(f"Log book of {handle}")
                    book.evidence(book.claim(f"The ferry made {handle}.", id=handle), source)
                print(handle, flush=True)
    except LedgerError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
