"""The manifest of a site: what it was made of, and its files, read and written one by one.

    {"factledger": "site/1", "ledger": "...", ..., "files": {"index.html": ["/", "<SHA-256>", 2048], ...}}

The list of files that a run began to put in their places is JSON too: ["index.html", ...].
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Self, TextIO

import attrs

from ...errors import InputError
from ...store.durable import settle
from .files import SiteFile, SiteFiles

MANIFEST, WRITING = ".factledger-site.json", ".factledger-site.writing"
FORM = "site/1"

AT_ONCE = 65_536
"""Characters that are read at once; what a manifest says of the site itself is shorter."""

_BETWEEN = re.compile(r"[\s,:{]*")


@attrs.frozen
class Manifest:
    """What a site was made of.

    `ledger` is the id of the ledger, `made_by` a digest of programs and options, `size` and `root` the head of the
    published copy, `state` what tells whether anything was entered or signed since.
    """

    ledger: str
    made_by: str
    size: int
    root: str
    state: str

    def write(self, path: Path, files: Iterable[SiteFile]) -> None:
        """Put it in the place of the one before, in one step; files come in the order of their names."""
        told = _json({"factledger": FORM, **attrs.asdict(self)})
        members = (f"{_json(one.name)}:{_json((one.address, one.digest, one.size))}" for one in files)
        _replace(path, told[:-1] + ',"files":{', members, "}}")

    @classmethod
    def read(cls, path: Path, files: SiteFiles) -> Self:
        """Return the manifest in a file, and add what it lists to what a site had; raise InputError if it is none."""
        try:
            with path.open(encoding="utf-8") as file:
                values = _values(file)
                told: dict[str, Any] = dict(zip(iter(values.__next__, "files"), values, strict=False))
                if told.pop("factledger") != FORM:
                    raise ValueError
                made = cls(**told)
                files.remember(_listed(*each) for each in zip(values, values, strict=True))
                return made
        except (ValueError, KeyError, TypeError):
            hint = "Publish into a new folder, or remove this one."
            raise InputError("This is no manifest of a site.", where=str(path), hint=hint) from None


def write_names(path: Path, names: Iterable[str]) -> None:
    """Say which files a run puts in their places, or removes."""
    _replace(path, "[", map(_json, names), "]")


def read_names(path: Path, files: SiteFiles) -> None:
    """Add the files that a run which was cut off had named, as far as it got, to what a site had."""
    with suppress(ValueError, TypeError), path.open(encoding="utf-8") as file:
        file.read(len("["))
        files.remember(SiteFile(_inside(name), "", "", 0) for name in _values(file))


def _listed(name: str, told: Any) -> SiteFile:
    match told:
        case [str(address), str(digest), int(size)]:
            return SiteFile(_inside(name), address, digest, size)
    raise ValueError(name)


def _inside(name: str) -> str:
    """Return a file's name if it leads nowhere but below the folder; raise ValueError."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or parts[0] in (MANIFEST, WRITING):
        raise ValueError(name)
    return name


def _values(text: TextIO) -> Iterator[Any]:
    """Yield one by one the keys and values of an object and of the last one in it, or what a list that was begun holds.

    Raises ValueError where it is no JSON, or ends too soon.
    """
    decode, read, at = json.JSONDecoder().raw_decode, "", 0
    while True:
        begin = _BETWEEN.match(read, at).end()  # type: ignore[union-attr]
        if read[begin : begin + 1] in ("]", "}"):
            return
        try:
            value, at = decode(read, begin)
        except ValueError:
            more = text.read(AT_ONCE)
            if not more:
                raise
            read, at = read[begin:] + more, 0
        else:
            yield value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _replace(path: Path, begin: str, members: Iterable[str], end: str) -> None:
    """Write members one by one between a beginning and an end, and put the file in its place in one step."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(begin)
        for number, member in enumerate(members):
            file.write(f",{member}" if number else member)
        file.write(end)
    settle(beside, path)
