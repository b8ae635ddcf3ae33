"""Copies for others: without what is withheld, signed where that is possible, and verified before they are there."""

from __future__ import annotations

from pathlib import Path

from .. import keys, store
from ..errors import InputError
from ..store import Ledger, queries
from .checkpoints import checkpoint


def publish(ledger: Ledger, target: Path) -> bool:
    """Write a published copy, and return whether a fresh checkpoint by the log key is in it.

    The ledger is open for writing. Archived copies do not go along: a published copy carries the passages
    that were quoted, not whole works. Raises InputError if the target is taken.
    """
    if target.exists():
        raise InputError(f"{target} already exists.", hint="Choose another name, or remove it; nothing was written.")
    if not target.parent.is_dir():
        raise InputError(f"There is no folder {target.parent}.", hint="Make it first; nothing was written.")
    signed = keys.held(queries.first(ledger.db).subject) is not None
    if signed:
        checkpoint(ledger)
    store.write_published(ledger, target)
    return signed
