"""Files that last: a finished file gets its name only when its bytes are on the disk, and the name lasts too."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def settle(beside: Path, path: Path) -> None:
    """Give a finished file its name, so that both are there after a power failure; raises OSError.

    Nobody in this process may have it open as a database: closing it here would drop their locks.
    """
    sync(beside)
    beside.replace(path)
    with suppress(OSError):  # not every system has this for folders
        sync(path.absolute().parent)


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
