"""A real ledger for the length of a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from .. import book
from ..book import Book
from ..log import Environment
from ..opened import WritableLedger
from ..store import scratch_folder
from .case import NOW

KEYS = "FACTLEDGER_KEYS"
"""Environment: the folder of log keys. Set for the length of the block, for programs started in it as well."""


@contextmanager
def temporary_ledger(
    *, origin: str = "desk.example", person: str = "Ana Roa", now: datetime = NOW
) -> Iterator[WritableLedger]:
    """Begin a ledger in a folder of its own, and remove both when the block ends.

    Its file is its `path`; its keys lie beside it, not in the user's
    configuration. The clock stands at `now` and randomness is the same each
    time, so that the same entries make the same ledger. Its `check` is a real run, with the plugins that are installed.
    """
    with temporary_book(origin=origin, person=person, now=now) as book:
        yield WritableLedger(book)


@contextmanager
def temporary_book(*, origin: str = "desk.example", person: str = "Ana Roa", now: datetime = NOW) -> Iterator[Book]:
    """Begin such a ledger for what is not public."""
    environment = Environment(lambda: now, Random(origin).randbytes)  # keys made of this protect nothing, and need not
    with scratch_folder() as folder, _keys_in(folder / "keys"):
        begun = book.start(folder / "ledger.db", origin=origin, person=person, environment=environment)
        try:
            yield begun
        finally:
            begun.ledger.close()


@contextmanager
def _keys_in(folder: Path) -> Iterator[None]:
    before = os.environ.get(KEYS)
    os.environ[KEYS] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[KEYS]
        else:
            os.environ[KEYS] = before
