"""A disk of which the power can fail: what was synced is there, what was not may be lost, torn or garbage.

After the crash tests of SQLite (sqlite.org/testing.html, 3.3). A file's bytes and its
name are two things: a new, removed or renamed file is so for good only once its folder was synced. Two kinds of disk
differ in that: on an ordered one (ext4, xfs) syncing a file also settles what
was done to the folder before, on a strict one (POSIX promises no more) only syncing the folder does.

A write that is torn or garbage touches nothing beside its own bytes, which SQLite calls powersafe overwrite.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import NamedTuple

SECTOR = 512

UNRECORDED = (".lock", "-shm")
"""How the names end of files that carry nothing across a power failure: a lock is the kernel's, the WAL's index is
made anew."""


class Write(NamedTuple):
    file: str
    offset: int
    data: bytes


class Truncate(NamedTuple):
    file: str
    size: int


class Sync(NamedTuple):
    file: str


class Create(NamedTuple):
    file: str


class Delete(NamedTuple):
    file: str


class Rename(NamedTuple):
    file: str
    new: str


class SyncFolder(NamedTuple):
    pass


class Acknowledge(NamedTuple):
    """Not the disk's: from here on these subjects were promised to be recorded."""

    subjects: tuple[str, ...]


FolderChange = Create | Delete | Rename
Operation = Write | Truncate | Sync | FolderChange | SyncFolder | Acknowledge

Image = dict[str, bytes]
"""The files that are found when the power is back."""


class Inode:
    """A file without its name: what is certain of its bytes, and what was done since."""

    def __init__(self) -> None:
        self.certain = bytearray()
        self.pending: list[Write | Truncate] = []

    def settle(self) -> None:
        for change in self.pending:
            _apply(self.certain, change)
        self.pending.clear()


class Disk:
    """Takes operations one by one; at any moment `image` says what a power failure may leave."""

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._names: dict[str, Inode] = {}  # as programs see them
        self._certain: dict[str, Inode] = {}
        self._pending: list[tuple[FolderChange, Inode]] = []

    def apply(self, operation: Operation) -> None:
        match operation:
            case Write(file) | Truncate(file):
                self._names[file].pending.append(operation)
            case Sync(file):
                self._names[file].settle()
                if self._ordered:
                    self._settle_folder()
            case SyncFolder():
                self._settle_folder()
            case Create() | Delete() | Rename():
                inode = Inode() if isinstance(operation, Create) else self._names[operation.file]
                self._pending.append((operation, inode))
                _change(self._names, operation, inode)

    def _settle_folder(self) -> None:
        for change, inode in self._pending:
            _change(self._certain, change, inode)
        self._pending.clear()

    def image(self, chance: float, random: Random) -> Image:
        """Return the files after a power failure, each change that was not synced surviving with this chance."""
        names = dict(self._certain)
        for change, inode in self._pending:
            if random.random() < chance:
                _change(names, change, inode)
            elif self._ordered:
                break
        return {name: _bytes(inode, chance, random) for name, inode in names.items()}


def _change(names: dict[str, Inode], change: FolderChange, inode: Inode) -> None:
    """Do to a folder what was done; where an earlier change was lost, as much of it as still makes sense."""
    match change:
        case Create(file):
            names[file] = inode
        case Delete(file):
            names.pop(file, None)
        case Rename(file, new):
            names.pop(file, None)
            names[new] = inode


def _bytes(inode: Inode, chance: float, random: Random) -> bytes:
    found = bytearray(inode.certain)
    for change in inode.pending:
        if random.random() < chance:
            _apply(found, change)
        elif isinstance(change, Write) and chance > 0:
            for part in random.choice((_nothing, _torn, _garbage))(change, random):
                _apply(found, part)
    return bytes(found)


def _nothing(write: Write, random: Random) -> list[Write]:
    return []


def _torn(write: Write, random: Random) -> list[Write]:
    """Return some of the sectors that were written."""
    return [part for part in _sectors(write) if random.random() < 0.5]


def _garbage(write: Write, random: Random) -> list[Write]:
    """Return the sectors that were written, one of them of random bytes."""
    parts = _sectors(write)
    spoilt = random.randrange(len(parts))
    parts[spoilt] = parts[spoilt]._replace(data=random.randbytes(len(parts[spoilt].data)))
    return parts


def _sectors(write: Write) -> list[Write]:
    """Cut a write where it crosses from one sector to the next."""
    end = write.offset + len(write.data)
    inner = range((write.offset // SECTOR + 1) * SECTOR, end, SECTOR)
    edges = [write.offset, *inner, end]
    return [
        Write(write.file, one, write.data[one - write.offset : other - write.offset]) for one, other in pairwise(edges)
    ]


def _apply(data: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        del data[change.size :]
        return
    if len(data) < change.offset:
        data.extend(bytes(change.offset - len(data)))
    data[change.offset : change.offset + len(change.data)] = change.data
