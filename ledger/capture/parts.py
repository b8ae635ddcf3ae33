"""The XML parts of a zipped document (Word, OpenDocument), read element by element, within bounds.

No part may declare a type or an entity; none is followed out of the file.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from ..errors import InputError
from .metadata import Suggestion, suggestion

MOST_BYTES = 32_000_000
"""Bytes that a part of a document may have, unpacked."""
DEEPEST = 512
"""Elements within elements."""

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    StopIteration,
    ValueError,
)
"""What a damaged file makes the library raise; RuntimeError for a part that is locked or packed in an unknown way."""


class PartReader(Protocol):
    """Takes notice of what a part holds; names come without their vocabulary."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def put(self, characters: str) -> None: ...


class DocumentProperties:
    """Collects what a document says of itself; `names` gives the field that each of its properties suggests."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.found: list[Suggestion] = []
        self._names = names
        self._field = ""
        self._pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of a property that begins."""
        self._field, self._pieces = self._names.get(name, ""), []

    def end(self, name: str) -> None:
        """Take notice of a property that ends."""
        if self._field:
            self.found += suggestion(self._field, "".join(self._pieces), f"document property {name}")
        self._field = ""

    def put(self, characters: str) -> None:
        """Take the characters of a property."""
        if self._field:
            self._pieces.append(characters)


def read_part(packed: zipfile.ZipFile, part: str, reader: PartReader, *, where: str) -> None:
    """Have a part of a document read, element by element; raise InputError if it declares entities or is endless."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _refused("is nested without end", where)
        reader.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name))

    def declared(*_: object) -> None:
        raise _refused("declares a type or entities, which no such document does", where)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.put
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    with packed.open(part) as unpacked:
        written = unpacked.read(MOST_BYTES + 1)
    if len(written) > MOST_BYTES:
        raise _refused("unpacks to more than can be read", where)
    parser.Parse(written, True)  # in one piece: in several, expat begins an endless comment anew with each


def _local(name: str) -> str:
    """Return the name of an element or attribute, without that of its vocabulary, whichever edition of it that is."""
    return name.rpartition(" ")[2]


def _refused(why: str, where: str) -> InputError:
    return InputError(f"The document {why}.", where=where, hint="Save it again from a word processor.")
