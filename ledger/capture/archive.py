"""Archived bytes, each stored once under its SHA-256: in a folder beside the ledger, or wherever fsspec reaches.

Under `<place>/<first two hex digits>/` lies the file `<sha256>`, or `<sha256>.gz` where gzip makes it smaller: any
program can find, unpack and hash it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Collection
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

import attrs

from ..errors import EnvironmentFault, InputError
from ..store import Ledger, claim_archive, scratch_folder
from ..store.durable import settle

WORTH_PACKING = 4_096
"""Bytes from which on it is tried whether gzip saves anything."""

LARGEST = 512_000_000
"""Bytes that one stored file may unpack to."""

PACKED = ".gz"

GOING = "going"
"""The file that names what is being removed, while it is."""

_NAME = re.compile(r"([0-9a-f]{64})(?:\.gz)?", re.ASCII)


class FileStore(Protocol):
    """Where files lie: named by their path under a root, read and written whole."""

    def read(self, name: str) -> bytes | None: ...
    def write(self, name: str, data: bytes) -> None: ...
    def remove(self, name: str) -> None: ...
    def names(self) -> list[str]: ...


@attrs.frozen(slots=False)
class Archive:
    """A content-addressed store in a folder, or at an fsspec URL such as s3://desk/archive."""

    place: Path | str
    owner: str = ""
    """The id of the ledger whose it is; a folder says so once something is put there."""

    @classmethod
    def of(cls, ledger: Ledger) -> Archive:
        """Return the archive of a ledger."""
        return cls(ledger.archive, ledger.id)

    @property
    def elsewhere(self) -> bool:
        """Whether it is no folder of this machine; others may keep their copies in it too."""
        return isinstance(self.place, str)

    @cached_property
    def _shelf(self) -> FileStore:
        return Remote(self.place) if isinstance(self.place, str) else Folder(self.place)

    def put(self, data: bytes) -> str:
        """Store bytes durably and return their hex SHA-256; storing them again changes nothing."""
        digest = sha256(data).hexdigest()
        if not self.has(digest):
            self._write(digest, data)
        self.claim()
        return digest

    def claim(self) -> None:
        """Have a folder say whose it is; places that others use too are nobody's."""
        if isinstance(self.place, Path):
            claim_archive(self.place, self.owner)

    def _write(self, digest: str, data: bytes) -> None:
        packed = gzip.compress(data, compresslevel=6, mtime=0) if len(data) >= WORTH_PACKING else data
        name = _under(digest)
        if len(packed) < 0.9 * len(data):
            self._shelf.write(name + PACKED, packed)
        else:
            self._shelf.write(name, data)

    def get(self, digest: str) -> bytes | None:
        """Return stored bytes, or None if they are not here. They may have been altered: compare the hash."""
        data = self._shelf.read(_under(digest))
        if data is not None:
            return data
        packed = self._shelf.read(_under(digest) + PACKED)
        return None if packed is None else _unpacked(packed)

    def has(self, digest: str) -> bool:
        """Return whether anything is stored under this hash, sound or not."""
        return self.get(digest) is not None

    def remove(self, digest: str) -> None:
        """Remove what is stored under this hash; nothing there is no fault."""
        for name in (_under(digest), _under(digest) + PACKED):
            self._shelf.remove(name)

    def note_going(self, digests: Collection[str]) -> None:
        """Note that what is stored under these hashes is to go, besides what was noted before."""
        noted = {*digests, *self._going()}
        if noted:
            self._shelf.write(GOING, "\n".join(sorted(noted)).encode())

    def remove_going(self) -> None:
        """Remove what was noted to go, however long ago."""
        for digest in self._going():
            self.remove(digest)
        self._shelf.remove(GOING)

    def _going(self) -> list[str]:
        found = (self._shelf.read(GOING) or b"").decode("ascii", "replace").split()
        return [digest for digest in found if _NAME.fullmatch(digest)]

    def digests(self) -> list[str]:
        """Return the hashes under which something is stored, in order; what else lies there is none of it."""
        found = (_NAME.fullmatch(name.rpartition("/")[2]) for name in self._shelf.names())
        return sorted({match[1] for match in found if match})

    def path(self, digest: str) -> Path:
        """Return the file in which bytes of this SHA-256 lie, or would; of a folder only."""
        plain = Path(self.place) / _under(digest)
        packed = plain.with_name(digest + PACKED)
        return packed if packed.exists() else plain


@attrs.frozen
class Folder:
    """Files in a folder of this machine."""

    root: Path

    def read(self, name: str) -> bytes | None:
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        path = self.root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with scratch_folder(self.root) as beside, NamedTemporaryFile(dir=beside, delete=False) as file:
                file.write(data)
                file.flush()
                settle(Path(file.name), path)
        except OSError as error:
            raise EnvironmentFault(
                f"Cannot archive into {self.root}: {error.strerror}.", hint="Nothing was recorded."
            ) from None

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        return [path.name for path in self.root.glob("??/*") if path.is_file()]


class Remote:
    """Files at an fsspec URL; what goes wrong there is one clear error."""

    def __init__(self, url: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise EnvironmentFault(
                f"The archive {url} needs fsspec.", hint="pip install 'factledger[store]', or keep it in a folder."
            ) from None
        self._url = url
        try:
            self._files, self._root = url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise InputError(f"This is no place for an archive: {error}", where=url, hint="Check the URL.") from None

    def read(self, name: str) -> bytes | None:
        try:
            data: bytes = self._files.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._fault("read from", error) from None
        return data

    def write(self, name: str, data: bytes) -> None:
        path = f"{self._root}/{name}"
        try:
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)
        except OSError as error:
            raise self._fault("archive into", error) from None

    def remove(self, name: str) -> None:
        try:
            self._files.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._fault("remove from", error) from None

    def names(self) -> list[str]:
        try:
            return [str(name) for name in self._files.find(self._root)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._fault("list", error) from None

    def _fault(self, doing: str, error: Any) -> EnvironmentFault:
        return EnvironmentFault(f"Cannot {doing} {self._url}: {error}.", hint="Is it reachable, and may you use it?")


def _under(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _unpacked(packed: bytes) -> bytes:
    """Return what was packed; of damaged bytes themselves, whose hash will tell."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        data = unpack.decompress(packed, LARGEST)
    except zlib.error:
        return packed
    return data if unpack.eof and not unpack.unused_data else packed
