"""A verified backup: the ledger as it is at one moment, and its archived copies beside it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import attrs

from .. import audit, store
from ..capture import Archive
from ..durable import settle
from ..errors import DamagedLedger, EnvironmentFault, InputError
from ..store import Ledger, queries

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@attrs.frozen
class Backup:
    """What a backup holds.

    `copies` counts the archived copies beside it, `fresh` those that this backup put there, and `absent`
    those that the ledger names and that are not there, because they are not beside the ledger either.
    """

    path: Path
    archive: Path
    report: audit.Report
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
        store.discard(beside)
        store.write_twin(ledger, beside)
        report = audit.verify(beside)
        if not report.sound:
            first = report.problems[0]
            raise DamagedLedger(
                f"It is not intact ({first.code}: {first.where}: {first.message})",
                where=str(ledger.path),
                hint="Run: factledger verify",
            )
        fresh = _copy_archive(ledger.archive, archive)
        store.require_free(target)
        settle(beside, target)
    finally:
        store.discard(beside)
    there = {file.name for file in _files(archive)}
    named = {row["sha256"] for row in queries.rows(ledger.db, "captures")}
    return Backup(target, archive, report, len(there), fresh, len(named - there))


def _copy_archive(source: Path, target: Path) -> int:
    """Copy the archived copies that are missing, each hashed on the way, and return how many there were."""
    fresh = 0
    for file in _files(source):
        if (target / file.parent.name / file.name).exists():
            continue
        data = _bytes(file)
        if sha256(data).hexdigest() != file.name:
            raise DamagedLedger(
                "The bytes of this archived copy are not those that were archived.",
                where=str(file),
                hint="Restore it from an earlier backup.",
            )
        Archive(target).put(data)
        fresh += 1
    return fresh


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot read {file}: {error.strerror}.", hint="No copy was made. Check its permissions."
        ) from None


def _files(archive: Path) -> list[Path]:
    """Return the files of an archive in the order of their names; what else lies there is none of it."""
    return sorted(file for file in archive.glob("??/*") if DIGEST.fullmatch(file.name) and file.is_file())
