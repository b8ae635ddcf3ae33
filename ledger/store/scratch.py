"""Folders that do not last: gone with whoever made them, or with the next who makes one if that was killed.

Its maker holds a lock on each (flock, as systemd-tmpfiles knows it too), and the kernel drops the lock of a process
that dies: a folder that can be locked is nobody's any more. And databases that do not: lists too long for memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from ..errors import EnvironmentFault
from ..sqlite import sqlite3

try:
    import fcntl
except ImportError:  # Windows: nothing is locked, and nothing of others removed
    fcntl = None  # type: ignore[assignment]

CACHE = 8_192
"""Kibibytes of its pages that a scratch database keeps in memory, at most; the others are in a file."""

ROOM = "Name a folder that has room in TMPDIR."

PREFIX, SUFFIX = "factledger-", ".part"
"""How the names of these folders begin and end, wherever they are."""


@contextmanager
def scratch_folder(within: Path | None = None) -> Iterator[Path]:
    """Make a folder, in `within` or where the system has its temporary ones, and remove it after the block.

    What dead processes of the same user left there is removed as well. Raises OSError if none can be made.
    """
    parent = Path(gettempdir()) if within is None else within
    _sweep(parent)
    folder, lock = _make(parent)
    try:
        yield folder
    finally:
        if lock is not None:
            os.close(lock)  # first: where descriptors are few, removing needs it
        rmtree(folder, ignore_errors=True)


def scratch_database(tables: str = "") -> sqlite3.Connection:
    """Return a database for what may be larger than memory; its file has no name, and is gone with it.

    With `tables` (SQL), these are in it and a transaction has begun. A database that is given no name at all would do,
    were there no SQLite libraries that keep those in memory (SQLITE_TEMP_STORE=3). Raises EnvironmentFault where no
    file can be made.
    """
    try:
        with scratch_folder() as folder:
            place = folder / "scratch.db"
            db = sqlite3.connect(place, isolation_level=None)
            db.execute(f"PRAGMA cache_size=-{CACHE}")
            db.execute("PRAGMA journal_mode=MEMORY")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA user_version = 1")  # which opens the file
            place.unlink()  # here, as to remove a folder takes descriptors, of which there may be none
    except (OSError, sqlite3.Error) as error:
        raise EnvironmentFault(f"No temporary file can be made in {gettempdir()}: {error}.", hint=ROOM) from None
    if tables:
        db.executescript(f"{tables}; BEGIN")
    return db


def _make(parent: Path) -> tuple[Path, int | None]:
    """Return a new folder and the handle that locks it, None where the disk has no such locks."""
    while True:
        folder = Path(mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=parent))
        try:
            lock = _lock(folder)
        except (FileNotFoundError, BlockingIOError):
            continue  # somebody who swept took it for a dead one's before it was locked
        except OSError:
            return folder, None
        if lock is None or folder.exists():
            return folder, lock
        os.close(lock)


def _sweep(parent: Path) -> None:
    """Remove the folders of dead processes of this user."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(parent) as found:
        left = [one.path for one in found if one.name.startswith(PREFIX) and one.name.endswith(SUFFIX)]
        for path in left:
            _remove_if_dead(Path(path))


def _remove_if_dead(folder: Path) -> None:
    try:
        lock = _lock(folder)
    except OSError:  # a living one's, a link, or no folder
        return
    if lock is not None:
        if os.fstat(lock).st_uid == os.geteuid():
            rmtree(folder, ignore_errors=True)
        os.close(lock)


def _lock(folder: Path) -> int | None:
    """Lock a folder for this process; raises BlockingIOError if another has it, another OSError if it cannot be."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
