"""A file that is moved while it is open: SQLite goes on writing to the WAL of the old name.

Who opens the moved file looks for a WAL of its new name, and would miss the newest entries
(sqlite.org/howtocorrupt.html, 2.4).
"""

from __future__ import annotations

from pathlib import Path

from ..errors import EnvironmentFault


def identity(path: Path) -> tuple[int, int] | None:
    """Return (device, inode) of the file that has a name now; None if none has."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def wal_bytes(path: Path) -> int:
    """Return how long the WAL of a file of this name is."""
    wal = _wal(path)
    return wal.stat().st_size if wal.exists() else 0


def require_in_place(path: Path, opened: tuple[int, int] | None) -> None:
    """Raise EnvironmentFault if the file that was opened by this name has another one by now, or none."""
    if opened in (None, identity(path)):
        return
    behind = (
        f"Its newest entries may be in {_wal(path)}: move that along, to its new name with -wal, before it is opened."
    )
    raise EnvironmentFault(
        f"{path} was moved, removed or replaced while it was open.",
        hint=behind if wal_bytes(path) else "Nothing was recorded. Open it where it is now, and try again.",
    )


def _wal(path: Path) -> Path:
    real = path.resolve()  # as SQLite does
    return real.with_name(f"{real.name}-wal")
