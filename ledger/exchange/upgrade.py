"""From the format of an earlier version to that of this one, with a verified copy of what was there before."""

from __future__ import annotations

from pathlib import Path

import attrs

from .. import store
from ..book import beginner
from ..capture import Archive
from ..store.durable import settle
from .backup import write_verified


@attrs.frozen
class Upgraded:
    """The number of the format that a ledger was in, and where it is kept as it was."""

    before: int
    backup: Path


def upgrade_file(path: Path) -> Upgraded | None:
    """Bring a ledger to the format that this program writes; return None if it is in it already.

    Raises DamagedLedger if it is not intact, EnvironmentFault if it is in a newer format; then nothing is changed.
    """
    with store.open_ledger(path) as ledger:
        before, actor = ledger.format, beginner(ledger)
    if before == store.FORMAT:
        return None
    if before > store.FORMAT:
        raise store.other_format(path, before)
    backup = _keep(path, before)
    with store.open_file(path, write=True, writable=("working", "example", "published")) as ledger:
        store.upgrade(ledger, actor=actor)
    return Upgraded(before, backup)


def _keep(path: Path, number: int) -> Path:
    """Write a copy of a ledger as it is beside it, and return its path once it was verified."""
    names = (f"{path.stem}.format-{number}{again}{path.suffix}" for again in ("", *(f"-{n}" for n in range(2, 1000))))
    target = next(there for name in names if not (there := path.with_name(name)).exists())
    beside = target.with_name(target.name + ".part")
    try:
        write_verified(path, beside)
        with store.open_ledger(path) as ledger:
            Archive.of(ledger).claim()  # by which the copy finds it, too
        settle(beside, target)
    finally:
        store.discard(beside)
    return target
