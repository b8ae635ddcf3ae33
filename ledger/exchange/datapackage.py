"""Tables of records as a data package (Frictionless): CSV files, and a `datapackage.json` that says what they hold.

A record names another by its id. Cells that a spreadsheet would run as a formula begin with an apostrophe.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from enum import Enum
from io import StringIO
from typing import Any, get_args

import attrs

from ..format import Exchange, Extract
from ..model import (
    Agent,
    Anchor,
    Capture,
    Claim,
    Evidence,
    Exclusion,
    Inquiry,
    Link,
    Order,
    Record,
    Review,
    Source,
    Value,
)
from ..store.rows import TABLE_OF
from .cells import inert

TABLES: tuple[type[Record], ...] = (Agent, Source, Capture, Claim, Link, Evidence, Exclusion, Inquiry, Review)
NESTED: dict[type[Any], str] = {Anchor: "", Value: "value_", Order: "order_"}
"""Values that are several columns: what each column begins with."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the same records make the same package."""

PIECE = 64_000
PROFILE = "tabular-data-package"
Json = dict[str, Any]


class DataPackage(Exchange):
    """CSV with datapackage.json, out."""

    name = "datapackage"
    title = "all records as CSV tables with a datapackage.json (Frictionless), zipped"
    carries = "every record that stands, field by field: agents, sources, copies, claims, links, evidence, decisions"
    loses = "archived bytes, the log and its history, what was taken back, what checks found"
    media_type = "application/zip"
    suffixes = (".zip",)

    def write(self, extract: Extract) -> Iterator[bytes]:
        """Yield the archive: a table for each kind of record that there is any of."""
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
            ids = {one.uid: one.handle for cls in TABLES for one in extract.of(cls)}
            resources = []
            for cls in TABLES:
                table = _Table(cls, ids)
                if next(extract.of(cls), None) is not None:
                    with archive.open(_file(table.path), "w") as file:
                        for piece in table.pieces(extract):
                            file.write(piece)
                            yield from sink.taken()
                    resources.append(table.resource())
            with archive.open(_file("datapackage.json"), "w") as file:
                file.write((json.dumps(_package(extract, resources), ensure_ascii=False, indent=1) + "\n").encode())
        yield from sink.taken()


class _Sink:
    """Where an archive is written to: what it has, is taken from it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        yield from filter(None, held)


class _Table:
    """One kind of record as a table; `dangling` are the columns that name records which are not in the package."""

    def __init__(self, cls: type[Record], ids: dict[str, str]) -> None:
        self.path = f"{TABLE_OF[cls.KIND]}.csv"
        self._cls = cls
        self._ids = ids
        fields = attrs.fields(attrs.resolve_types(cls))
        self._fields = [one for one in fields if one.name != "uid" and not one.metadata.get("unlisted")]
        self._dangling: set[str] = set()

    def pieces(self, extract: Extract) -> Iterator[bytes]:
        text = StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([name for name, _, _ in self._columns()])
        for record in extract.of(self._cls):
            writer.writerow([inert(cell) for cell in self._cells(record)])
            if text.tell() > PIECE:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()

    def _columns(self) -> Iterator[tuple[str, str, str]]:
        """Yield (column, type, kind of record that it names)."""
        for field in self._fields:
            kind = _kind(field.type)
            if kind in NESTED:
                yield from ((f"{NESTED[kind]}{one.name}", _type(one.type), "") for one in attrs.fields(kind))
            else:
                name = "id" if field.name == "handle" else field.name
                yield name, _type(field.type), field.metadata.get("refers_to", "")

    def _cells(self, record: Record) -> Iterator[Any]:
        for field in self._fields:
            value, kind = getattr(record, field.name), _kind(field.type)
            if kind in NESTED:
                yield from (_cell(getattr(value, one.name, None)) for one in attrs.fields(kind))
            elif field.metadata.get("refers_to") and value is not None:
                if value not in self._ids:
                    self._dangling.add(field.name)
                yield self._ids.get(value, value)
            else:
                yield _cell(value)

    def _named(self, kind: str) -> str:
        return "" if kind == self._cls.KIND else TABLE_OF[kind]

    def resource(self) -> Json:
        """Return what datapackage.json says of this table."""
        columns = list(self._columns())
        keys = [
            {
                "fields": name,
                "reference": {"resource": self._named(kind), "fields": "id"},
            }
            for name, _, kind in columns
            if kind and name not in self._dangling
        ]
        return {
            "name": TABLE_OF[self._cls.KIND],
            "path": self.path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "description": (self._cls.__doc__ or "").partition("\n")[0],
            "schema": {
                "fields": [{"name": name, "type": kind} for name, kind, _ in columns],
                "primaryKey": "id",
                **({"foreignKeys": keys} if keys else {}),
            },
        }


def _package(extract: Extract, resources: list[Json]) -> Json:
    return {
        "profile": PROFILE,
        "name": "-".join("".join(c if c.isalnum() else " " for c in extract.origin.lower()).split()) or "ledger",
        "title": f"Records of the ledger {extract.origin}",
        "id": f"urn:factledger:{extract.ledger}:{extract.size}",
        "description": f"As of entry {extract.size} of the log, whose root is {extract.root}. Dates are EDTF. "
        "A text that a spreadsheet would run as a formula begins with an apostrophe.",
        "resources": resources,
    }


def _kind(annotation: Any) -> Any:
    """Return the type of a field, None aside."""
    return next((one for one in get_args(annotation) if one is not type(None)), annotation)


def _type(annotation: Any) -> str:
    return {bool: "boolean", int: "integer"}.get(_kind(annotation), "string")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, Enum) else value


def _file(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
