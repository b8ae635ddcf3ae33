"""Where a ledger's archive and lock lie: they belong to the ledger, whatever name its file has or is reached by.

Symbolic links are followed first, as SQLite does for its `-wal`. The archive is the folder of the file's name beside
it; it says in one line whose it is, and by that it is found again once the file was renamed.
"""

from __future__ import annotations

import os
from pathlib import Path

ELSEWHERE = "FACTLEDGER_ARCHIVE"
"""The variable that names another place for archived bytes, as an fsspec URL: s3://desk/archive."""

MARK = "ledger-id"
"""The file in an archive that says whose it is."""


def lock_of(ledger: Path) -> Path:
    """Return the file on which writers of a ledger wait for each other."""
    real = ledger.resolve()
    return real.with_name(f"{real.name}.lock")


def archive_of(ledger: Path, ledger_id: str) -> Path | str:
    """Return where a ledger's archived bytes lie, or would: a folder, or the URL in FACTLEDGER_ARCHIVE.

    That is the folder of the file's name, unless it says that it is another ledger's; else the fullest one in the same
    place that says it is this ledger's; else a new one. A folder that does not say whose it is goes by its name.
    """
    elsewhere = os.environ.get(ELSEWHERE)
    if elsewhere:
        return elsewhere
    real = ledger.resolve()
    named = real.with_suffix(".archive")
    if named.is_dir() and owner_of(named) in (None, ledger_id):
        return named
    mine = [folder for folder in real.parent.glob("*.archive") if ledger_id and owner_of(folder) == ledger_id]
    if mine:
        return min(mine, key=lambda folder: (-sum(1 for _ in folder.glob("??/*")), len(folder.name), folder.name))
    return real.with_suffix(f".{ledger_id[:8]}.archive") if named.exists() else named


def owner_of(archive: Path) -> str | None:
    """Return the id of the ledger that an archive says it belongs to, if it does."""
    try:
        return (archive / MARK).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def claim_archive(archive: Path, ledger_id: str) -> None:
    """Have an archive say whose it is, unless it does, or is not there."""
    if ledger_id and archive.is_dir() and owner_of(archive) is None:
        (archive / MARK).write_text(f"{ledger_id}\n", encoding="ascii")
