"""Where a worker is at this moment: a few bytes that it shares with whoever watches it.

A line written before every call would cost more than most calls. Shared memory
costs a tenth of a microsecond, and survives the worker's death.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from struct import Struct

import attrs

LAYOUT = Struct("<QqI")
NOWHERE = 0
"""The number of the checker while none is being called; they count from 1."""

WHOLE_BATCH = -1
"""The number of the subject while a checker looks at a batch at once."""


@attrs.frozen
class CallPosition:
    """A call: how many there were before it, the number of its subject in the job, the number of its checker."""

    count: int
    subject: int
    checker: int


class Cursor:
    """A worker writes its place, a watcher reads it; both name the same file."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(LAYOUT.pack(0, 0, NOWHERE))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), LAYOUT.size)
        self._count = self.place.count

    @property
    def place(self) -> CallPosition:
        return CallPosition(*LAYOUT.unpack_from(self._shared))

    def at(self, subject: int, checker: int) -> None:
        """Say which call begins."""
        self._count += 1
        LAYOUT.pack_into(self._shared, 0, self._count, subject, checker)

    def away(self) -> None:
        """Say that no checker is being called."""
        self.at(0, NOWHERE)
