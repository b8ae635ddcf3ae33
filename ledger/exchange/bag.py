"""BagIt bags (RFC 8493): a folder of files with the hash of each, which any program can check, and `sha256sum -c` too.

Only the tag files that the standard asks for are written, and one with what the bag is. No date of packing is
among it: the same files make the same bag, byte for byte, whenever they are packed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import attrs

from .. import store
from ..errors import EnvironmentFault, LedgerError
from ..store.durable import sync

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@attrs.frozen
class Packed:
    """A file in a bag: its path from the bag's folder, its size in bytes, and its SHA-256 in hex."""

    path: str
    size: int
    sha256: str


def write_bag(target: Path, files: Iterable[tuple[str, bytes]], info: Sequence[tuple[str, str]]) -> tuple[Packed, ...]:
    """Write a bag, a new folder, of (path below data/, bytes) and return its payload files in the order of their paths.

    `info` are (label, value) pairs for bag-info.txt. Paths are ASCII without white space. The folder has its
    name only once all of it is on the disk. Raises InputError if the name is taken, EnvironmentFault if it cannot
    be written; then nothing of it is there.
    """
    store.require_free(target)
    try:
        with store.scratch_folder(target.parent) as folder:
            beside = folder / "bag"
            beside.mkdir(mode=0o700)
            packed = sorted((_put(beside, f"data/{path}", data) for path, data in files), key=lambda one: one.path)
            _tag(beside, packed, info)
            _settle(beside, target)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {target}: {error.strerror}.", hint="Nothing was written.") from None
    return tuple(packed)


def _tag(folder: Path, packed: Sequence[Packed], info: Sequence[tuple[str, str]]) -> None:
    """Write the files that make a folder a bag."""
    oxum = f"{sum(one.size for one in packed)}.{len(packed)}"
    lines = [f"{label}: {' '.join(value.split())}\n" for label, value in (*info, ("Payload-Oxum", oxum))]
    tags = [
        _put(folder, "bag-info.txt", "".join(lines).encode()),
        _put(folder, "bagit.txt", DECLARATION.encode()),
        _put(folder, "manifest-sha256.txt", _manifest(packed)),
    ]
    _put(folder, "tagmanifest-sha256.txt", _manifest(tags))


def _manifest(packed: Iterable[Packed]) -> bytes:
    return "".join(f"{one.sha256}  {one.path}\n" for one in packed).encode()


def _put(folder: Path, path: str, data: bytes) -> Packed:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return Packed(path, len(data), sha256(data).hexdigest())


def _settle(beside: Path, target: Path) -> None:
    """Give a finished folder its name, all of it there after a power failure; only its owner may enter."""
    for folder, _, _ in os.walk(beside):
        sync(Path(folder))
    store.require_free(target)
    beside.rename(target)
    sync(target.absolute().parent)
