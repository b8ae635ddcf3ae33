"""The folder that a site is written into: which files in it are ours, and how they change all but at once.

Everything is written beside first, in a folder of its own; then each file takes its place in one step, and the
manifest comes last. A run that is killed leaves old files or new ones. The manifest says what was written, so that
nothing else is ever touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

import attrs

from ...errors import EnvironmentFault, InputError, LedgerError
from ...store import Head
from .files import SiteFile, SiteFiles
from .manifest import MANIFEST, WRITING, Manifest, read_names, write_names

PART = ".factledger-site.part"

DOWNLOADS = "data"
"""The folder of the data, in that of the site."""


@attrs.define
class SiteFolder:
    """A folder that is being written; `before` is the manifest that it had, None in a new one.

    `trusted` is whether the files that it had are known to be as `before` says. `head` is that of the copy which
    they are made of now. What is put goes `below`, into a folder of it.
    """

    path: Path
    before: Manifest | None
    files: SiteFiles
    trusted: bool
    head: Head | None = None
    below: str = ""

    @property
    def beside(self) -> Path:
        """Where new files wait."""
        return self.path / PART

    def is_whole(self) -> bool:
        """Return whether every file of the manifest is there, as long as it says."""
        return self.trusted and self.before is not None and all(map(self._stands, self.files.before()))

    def put(self, name: str, data: bytes, *, address: str = "") -> None:
        """Let the site have a file with these bytes; one that is there already stays untouched."""
        name = self.below + name
        digest = sha256(data).hexdigest()
        if not self._same(name, digest):
            waiting = self.beside / name
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(data)
        self._note(SiteFile(name, address, digest, len(data)))

    def take_data(self, data: Path) -> None:
        """Let the site have what lies in a folder beside as its downloads."""
        for file in sorted(one for one in data.rglob("*") if one.is_file()):
            self._take(f"{self.below}{DOWNLOADS}/{file.relative_to(data).as_posix()}", file)

    def _take(self, name: str, made: Path) -> None:
        """Let the site have a file that lies elsewhere in its waiting folder, however large."""
        with made.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        size = made.stat().st_size
        if self._same(name, digest):
            made.unlink()
        else:
            (self.beside / name).parent.mkdir(parents=True, exist_ok=True)
            made.replace(self.beside / name)
        self._note(SiteFile(name, "", digest, size))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file that the site is to have."""
        waiting = self.beside / self.below / name
        return (waiting if waiting.exists() else self.path / self.below / name).read_bytes()

    def keep(self, address: str) -> bool:
        """Keep all files of an address as they are, if they are there."""
        kept = self.files.had_of(address)
        if not kept or not all(map(self._stands, kept)):
            return False
        for file in kept:
            self.files.add(file, fresh=False)
        return True

    def finish(self, manifest: Manifest) -> int:
        """Move what waits to its place, remove what is no longer part, and return how many files were removed."""
        write_names(self.path / WRITING, self.files.ours())
        for name in self.files.waiting():
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.beside / name).replace(target)
        for name in self.files.gone():
            (self.path / name).unlink(missing_ok=True)
            _remove_empty((self.path / name).parent, self.path)
        manifest.write(self.path / MANIFEST, self.files)
        (self.path / WRITING).unlink()
        return sum(1 for _ in self.files.gone())

    def _note(self, file: SiteFile) -> None:
        fresh = (self.beside / file.name).exists()
        if fresh and (blocking := self._in_the_way(file.name)):
            hint = "Move it away, or publish into a new folder; nothing was changed."
            raise InputError("This was not written by publish, and is in the way.", where=blocking, hint=hint)
        self.files.add(file, fresh=fresh)

    def _in_the_way(self, name: str) -> str:
        """Return what somebody else put where a file, or one of its folders, is to be; empty if nothing is there."""
        if os.path.lexists(self.path / name):
            return name if self.files.had(name) is None else ""
        above = next((one for one in PurePosixPath(name).parents if os.path.lexists(self.path / one)), None)
        return "" if above is None or (self.path / above).is_dir() else str(above)

    def _same(self, name: str, digest: str) -> bool:
        known = self.files.had(name) if self.trusted else None
        return known is not None and known.digest == digest and self._stands(known)

    def _stands(self, file: SiteFile) -> bool:
        try:
            return (self.path / file.name).stat().st_size == file.size
        except OSError:
            return False


@contextmanager
def site_folder(path: Path) -> Iterator[SiteFolder]:
    """Open the folder of a site, for this run alone; a new one is made, and nothing of it is left if the run fails.

    Raises InputError for a folder that holds other things, EnvironmentFault if it cannot be written.
    """
    new = _made(path)
    try:
        with _alone(path), closing(SiteFiles()) as files:
            folder = _opened(path, files)
            shutil.rmtree(folder.beside, ignore_errors=True)
            folder.beside.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder.beside, ignore_errors=True)
    except LedgerError:
        raise
    except OSError as error:
        said = f"Cannot write {path}: {error.strerror}."
        raise EnvironmentFault(said, hint="What was there is still there; publish again.") from None
    finally:
        if new:
            with suppress(OSError):
                path.rmdir()  # only an empty one


def _made(path: Path) -> bool:
    """Make the folder if it is not there, and return whether it was not."""
    try:
        path.mkdir()
    except FileExistsError:
        if path.is_dir():
            return False
        raise InputError(f"{path} is a file.", hint="Name a folder; nothing was written.") from None
    except FileNotFoundError:
        raise InputError(f"There is no folder {path.parent}.", hint="Make it first; nothing was written.") from None
    except OSError as error:
        raise EnvironmentFault(f"Cannot make {path}: {error.strerror}.", hint="Nothing was written.") from None
    return True


def _opened(path: Path, files: SiteFiles) -> SiteFolder:
    manifest, writing = path / MANIFEST, path / WRITING
    cut_off = writing.exists()
    if not cut_off and not manifest.exists() and any(one.name != PART for one in path.iterdir()):
        hint = "Publish into a new folder, or an empty one; nothing was written."
        raise InputError(f"{path} holds other things.", hint=hint)
    before = Manifest.read(manifest, files) if manifest.exists() else None
    if cut_off:
        read_names(writing, files)
    return SiteFolder(path, before, files, not cut_off)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the folder for this run."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            hint = "Wait until it has ended."
            raise EnvironmentFault(f"Another run is writing to {path}.", hint=hint) from None
        yield
    finally:
        os.close(handle)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
