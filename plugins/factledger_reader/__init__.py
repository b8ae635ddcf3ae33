"""The reader that comes with factledger, registered as a stranger's is."""

from __future__ import annotations

from ledger import hookimpl
from ledger.reader import Reader

from .reading import StandardReader


@hookimpl
def ledger_register_readers() -> list[Reader]:
    """Return the standard reader."""
    return [StandardReader()]
