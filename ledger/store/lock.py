"""One writer at a time: an advisory lock on `<ledger>.lock`.

SQLite alone would starve writers (its busy handler polls), and versions
3.7.0 to 3.51.2 can corrupt a WAL file that one process checkpoints while
another writes; under this lock both are shut out. The kernel queues waiters
in order and drops the lock of a process that dies.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from ..errors import EnvironmentFault
from .beside import lock_of

try:
    import fcntl
except ImportError:  # Windows: see docs/limits.md
    fcntl = None  # type: ignore[assignment]

PATIENCE = 1.0
"""Seconds after which a waiting writer says what it waits for."""

log = logging.getLogger(__name__)
"""Where that is said: on stderr, unless a program that uses this package sends it elsewhere."""


@contextmanager
def exclusive(ledger: Path) -> Iterator[None]:
    """Hold the ledger's lock for the block; wait for whoever holds it."""
    if fcntl is None:
        raise EnvironmentFault(
            "This system has no file locks that factledger can use.", hint="Write from Linux or macOS; reading works."
        )
    beside = lock_of(ledger)
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        refused = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        hint = "A ledger's folder must be writable." if refused else "See that the disk has room, then try again."
        raise EnvironmentFault(f"Cannot make the lock file {beside}: {error.strerror}.", hint=hint) from None
    try:
        _take(handle, ledger)
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(ledger: Path, task: str) -> Iterator[None]:
    """Hold the lock of one task on a ledger for the block; raise EnvironmentFault if another process is at it."""
    if fcntl is None:
        raise EnvironmentFault(
            "This system has no file locks that factledger can use.", hint="Write from Linux or macOS; reading works."
        )
    beside = lock_of(ledger).with_suffix(f".{task}.lock")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot make the lock file {beside}: {error.strerror}.", hint="A ledger's folder must be writable."
        ) from None
    try:
        if not _taken_at_once(handle):
            raise EnvironmentFault(
                f"Another factledger is at this already, for {ledger.name}.", hint="Nothing was done; it goes on."
            )
        yield
    finally:
        os.close(handle)


def is_held(ledger: Path) -> bool:
    """Return whether somebody is writing to the ledger at this moment."""
    try:
        handle = os.open(lock_of(ledger), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return fcntl is not None and not _taken_at_once(handle)
    except OSError:
        return False
    finally:
        os.close(handle)


def _take(handle: int, ledger: Path) -> None:
    try:
        if not _taken_at_once(handle):
            _wait(handle, ledger)
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot lock {lock_of(ledger)}: {error.strerror}.",
            hint="A ledger that is written to lies on a local disk.",
        ) from None


def _wait(handle: int, ledger: Path) -> None:
    """Queue in the kernel, so that nobody who came later goes first."""
    notice = Timer(PATIENCE, log.warning, ("Waiting for another factledger that is writing to %s ...", ledger.name))
    notice.daemon = True
    notice.start()
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    finally:
        notice.cancel()


def _taken_at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
