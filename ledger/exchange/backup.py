"""A verified backup: the ledger as it is at one moment, and its archived copies beside it."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

import attrs

from .. import audit, store
from ..capture import Archive
from ..errors import DamagedLedger, EnvironmentFault, InputError
from ..model import WITHHELD, Capture
from ..store import Ledger
from ..store.durable import settle


@attrs.frozen
class Backup:
    """What a backup holds.

    `copies` counts the archived copies beside it, `fresh` those that this backup put there, and `absent`
    those that the ledger names and that are not there, because they are not beside the ledger either.
    """

    path: Path
    archive: Path
    report: audit.AuditReport
    copies: int
    fresh: int
    absent: int


def back_up(ledger: Ledger, target: Path) -> Backup:
    """Copy an open ledger and its archive to a new file; others may go on writing.

    The file appears under its name only once all of it was verified. Raises InputError if the name is
    taken, DamagedLedger if the ledger or an archived copy is not intact; then no file is there.
    """
    if target.resolve() == ledger.path.resolve():
        raise InputError("This is the ledger itself.", where=str(target), hint="Name another file for the backup.")
    store.require_free(target)
    beside = target.with_name(target.name + ".part")
    archive = target.with_suffix(".archive")
    try:
        report = write_verified(ledger.path, beside)
        with store.open_ledger(beside) as copy:
            named, texts = _digests(copy)
        fresh = copy_archive(Archive.of(ledger), Archive(archive, ledger.id), named | texts)
        store.require_free(target)
        settle(beside, target)
    finally:
        store.discard(beside)
    there = set(Archive(archive).digests())
    return Backup(target, archive, report, len(there - (texts - named)), fresh, len(named - there))


def _digests(ledger: Ledger) -> tuple[set[str], set[str]]:
    """Return the hashes of the archived copies that a ledger names, and those of the texts that were read in them."""
    named, texts = set[str](), set[str]()
    for kept in store.known_here(ledger.db, store.all_kept(ledger.db, Capture.KIND)):
        one = kept.record
        if isinstance(one, Capture):
            named |= {one.sha256} - {WITHHELD}
            texts |= {one.text_sha256} if one.text_sha256 else set()
    return named, texts


def write_verified(path: Path, beside: Path) -> audit.AuditReport:
    """Write a ledger's file as it is, in whatever format, to one that is not there yet; verify that; return the report.

    Raises DamagedLedger if it is not intact, EnvironmentFault if it is in a format that this program does not know.
    """
    store.discard(beside)
    with store.open_file(path) as ledger:
        store.write_twin(ledger, beside)
    report = audit.verify(beside, archive=False)
    if report.beyond:
        raise store.other_format(path, ledger.format)
    if not report.sound:
        first = report.problems[0]
        raise DamagedLedger(
            f"It is not intact ({first.code}: {first.where}: {first.message})",
            where=str(path),
            hint="Run: factledger verify",
        )
    return report


def copy_archive(source: Archive, target: Archive, named: Collection[str]) -> int:
    """Copy the archived copies that are missing, each hashed on the way, and return how many there were.

    Of a place that others use too only what is `named` is copied.
    """
    fresh = 0
    for digest in sorted(named) if source.elsewhere else source.digests():
        if target.has(digest):
            continue
        data = _bytes(source, digest)
        if data is None:
            continue
        if sha256(data).hexdigest() != digest:
            raise DamagedLedger(
                "The bytes of this archived copy are not those that were archived.",
                where=f"{source.place}/{digest[:2]}/{digest}",
                hint="Restore it from an earlier backup.",
            )
        target.put(data)
        fresh += 1
    target.claim()
    return fresh


def _bytes(archive: Archive, digest: str) -> bytes | None:
    try:
        return archive.get(digest)
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot read {archive.path(digest)}: {error.strerror}.", hint="No copy was made. Check its permissions."
        ) from None
