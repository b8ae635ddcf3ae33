"""The folder that a site is written into: which files in it are ours, and how they change all but at once.

Everything is written beside first, in a folder of its own; then each file takes its place in one step, and the
manifest comes last. A run that is killed leaves old files or new ones. The manifest says what was written, so that
nothing else is ever touched.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Self

import attrs

from ...errors import EnvironmentFault, InputError, LedgerError
from ...store import Head
from ...store.durable import settle

MANIFEST, WRITING, PART = ".factledger-site.json", ".factledger-site.writing", ".factledger-site.part"
FORM = "site/1"

DOWNLOADS = "data"
"""The folder of the data, in that of the site."""


@attrs.frozen
class SiteFile:
    """A file of a site: the address that it was made of ("" of none), the SHA-256 of its bytes, and their number."""

    address: str
    digest: str
    size: int


@attrs.frozen
class Manifest:
    """What a site was made of, and its files by their names.

    `ledger` is the id of the ledger, `made_by` a digest of programs and options, `size` and `root` the head of the
    published copy, `state` what tells whether anything was entered or signed since.
    """

    ledger: str
    made_by: str
    size: int
    root: str
    state: str
    files: Mapping[str, SiteFile]

    def write(self, path: Path) -> None:
        """Put it in the place of the one before, in one step."""
        told = {"factledger": FORM, **attrs.asdict(self, recurse=False)}
        told["files"] = {name: attrs.astuple(file) for name, file in sorted(self.files.items())}
        _replace(path, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the manifest in a file; raise InputError if it is none."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told.pop("factledger") != FORM:
                raise ValueError
            told["files"] = {_inside(name): SiteFile(*file) for name, file in told["files"].items()}
            return cls(**told)
        except (ValueError, KeyError, TypeError, AttributeError):
            hint = "Publish into a new folder, or remove this one."
            raise InputError("This is no manifest of a site.", where=str(path), hint=hint) from None


@attrs.define
class SiteFolder:
    """A folder that is being written; `before` is the manifest that it had, None in a new one.

    `ours` are the files that may be replaced or removed. `trusted` is whether they are known to be as
    `before` says. `head` is that of the copy which they are made of now.
    """

    path: Path
    before: Manifest | None
    ours: frozenset[str]
    trusted: bool
    head: Head | None = None
    files: dict[str, SiteFile] = attrs.field(factory=dict)
    fresh: list[str] = attrs.field(factory=list)

    @property
    def beside(self) -> Path:
        """Where new files wait."""
        return self.path / PART

    def is_whole(self) -> bool:
        """Return whether every file of the manifest is there, as long as it says."""
        return self.trusted and self.before is not None and all(map(self._stands, self.before.files))

    def put(self, name: str, data: bytes, *, address: str = "") -> None:
        """Let the site have a file with these bytes; one that is there already stays untouched."""
        digest = sha256(data).hexdigest()
        if not self._same(name, digest):
            waiting = self.beside / name
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(data)
        self._note(name, SiteFile(address, digest, len(data)))

    def take(self, name: str, made: Path) -> None:
        """Let the site have a file that lies elsewhere in its waiting folder, however large."""
        with made.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        size = made.stat().st_size
        if self._same(name, digest):
            made.unlink()
        else:
            (self.beside / name).parent.mkdir(parents=True, exist_ok=True)
            made.replace(self.beside / name)
        self._note(name, SiteFile("", digest, size))

    def keep(self, address: str, names: Mapping[str, list[str]]) -> bool:
        """Keep all files of an address as they are, if they are there; `names` has those of each address."""
        assert self.before is not None
        kept = names.get(address, [])
        if not kept or not all(map(self._stands, kept)):
            return False
        self.files.update((name, self.before.files[name]) for name in kept)
        return True

    def finish(self, manifest: Manifest) -> int:
        """Move what waits to its place, remove what is no longer part, and return how many files were removed."""
        gone = self.ours - self.files.keys()
        _replace(self.path / WRITING, json.dumps(sorted(self.ours | self.files.keys())))
        for name in self.fresh:
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.beside / name).replace(target)
        for name in gone:
            (self.path / name).unlink(missing_ok=True)
            _remove_empty((self.path / name).parent, self.path)
        manifest.write(self.path / MANIFEST)
        (self.path / WRITING).unlink()
        return len(gone)

    def _note(self, name: str, file: SiteFile) -> None:
        if (self.beside / name).exists():
            blocking = self._in_the_way(name)
            if blocking:
                hint = "Move it away, or publish into a new folder; nothing was changed."
                raise InputError("This was not written by publish, and is in the way.", where=blocking, hint=hint)
            self.fresh.append(name)
        self.files[name] = file

    def _in_the_way(self, name: str) -> str:
        """Return what somebody else put where a file, or one of its folders, is to be; empty if nothing is there."""
        if os.path.lexists(self.path / name):
            return "" if name in self.ours else name
        above = next((one for one in PurePosixPath(name).parents if os.path.lexists(self.path / one)), None)
        return "" if above is None or (self.path / above).is_dir() else str(above)

    def _same(self, name: str, digest: str) -> bool:
        known = self.before.files.get(name) if self.before and self.trusted else None
        return known is not None and known.digest == digest and self._stands(name)

    def _stands(self, name: str) -> bool:
        assert self.before is not None
        try:
            return (self.path / name).stat().st_size == self.before.files[name].size
        except OSError:
            return False


@contextmanager
def site_folder(path: Path) -> Iterator[SiteFolder]:
    """Open the folder of a site, for this run alone; a new one is made, and nothing of it is left if the run fails.

    Raises InputError for a folder that holds other things, EnvironmentFault if it cannot be written.
    """
    new = _made(path)
    try:
        with _alone(path):
            folder = _opened(path)
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


def _opened(path: Path) -> SiteFolder:
    manifest, writing = path / MANIFEST, path / WRITING
    ours = set[str]()
    if writing.exists():
        with suppress(ValueError, TypeError):
            ours |= {_inside(name) for name in json.loads(writing.read_text(encoding="utf-8"))}
    elif not manifest.exists() and any(one.name != PART for one in path.iterdir()):
        hint = "Publish into a new folder, or an empty one; nothing was written."
        raise InputError(f"{path} holds other things.", hint=hint)
    before = Manifest.read(manifest) if manifest.exists() else None
    return SiteFolder(path, before, frozenset(ours.union(before.files if before else ())), not writing.exists())


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


def _inside(name: str) -> str:
    """Return a file's name if it leads nowhere but below the folder; raise ValueError."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or parts[0] in (MANIFEST, WRITING):
        raise ValueError(name)
    return name


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    settle(beside, path)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
