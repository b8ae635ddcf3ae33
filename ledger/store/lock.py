"""One writer at a time: an advisory lock on `<ledger>.lock`.

SQLite alone would starve writers (its busy handler polls), and versions
3.7.0 to 3.51.2 can corrupt a WAL file that one process checkpoints while
another writes; under this lock both are shut out. The kernel queues waiters
in order and drops the lock of a process that dies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import EnvironmentFault

try:
    import fcntl
except ImportError:  # Windows: see docs/limits.md
    fcntl = None  # type: ignore[assignment]


@contextmanager
def exclusive(ledger: Path) -> Iterator[None]:
    """Hold the ledger's lock for the block; wait for whoever holds it."""
    if fcntl is None:
        raise EnvironmentFault(
            "This system has no file locks that factledger can use.", hint="Write from Linux or macOS; reading works."
        )
    beside = f"{ledger}.lock"
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot make the lock file {beside}: {error.strerror}.", hint="A ledger's folder must be writable."
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
