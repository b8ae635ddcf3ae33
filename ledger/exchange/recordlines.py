"""Records as lines of JSON (NDJSON), out and in: what stands now, in the fields that the ledger has for it.

    {"factledger": "records/1", "origin": "desk.example", "ledger": "...", "size": 120, "root": "..."}
    {"record": "agent", "uid": "...", "handle": "quell", "name": "Marta Quell", ...}

A field that is not there has nothing in it. A record names another by its `uid`, and comes after it. The log itself,
with its entries and their hashes, is another file: `factledger export log`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .. import wire
from ..errors import InputError
from ..format import Document, Exchange, Extract, ImportItem
from ..model import KINDS
from .entering import ENTERED
from .foreign import short

FORM = "records/1"
HEAD = "factledger"
KIND = "record"


class RecordLines(Exchange):
    """NDJSON of records, out and in."""

    name = "records"
    title = "records as they stand, as lines of JSON (NDJSON)"
    carries = "every field of agents, sources, claims, links, evidence, exclusions, inquiries and reviews"
    loses = "archived copies, the log and its history, what was taken back, what checks found"
    media_type = "application/x-ndjson"
    suffixes = (".ndjson", ".jsonl")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield a head, and a line for each record, those that are named before those that name them."""
        head = {HEAD: FORM, "origin": extract.origin, "ledger": extract.ledger, "size": extract.size}
        yield _line({**head, "root": extract.root})
        for cls in ENTERED:
            for record in extract.of(cls):
                yield _line({KIND: cls.KIND, **wire.unstructure(record)})

    def recognises(self, document: Document) -> bool:
        return f'"{FORM}"'.encode() in document.data[:500]

    def read(self, document: Document) -> Iterator[ImportItem]:
        """Yield an item for each line."""
        lines = document.text().split("\n")
        head = _loaded(lines[0])
        if not isinstance(head, dict) or head.get(HEAD) != FORM:
            hint = f'Its first line should say: {{"{HEAD}": "{FORM}"}}'
            raise InputError("These are no records of factledger.", where=f"{document.name}:1", hint=hint)
        for number, line in enumerate(lines[1:], 2):
            if line.strip():
                yield _item(number, _loaded(line))


def _item(number: int, told: Any) -> ImportItem:
    name = f"line {number}"
    if not isinstance(told, dict):
        return ImportItem(name=name, refused="It is not one line of JSON with the fields of a record.")
    name = f"{name} {short(told.get('handle', ''), 80)}".strip()
    cls = KINDS.get(str(told.get(KIND)))
    if cls not in ENTERED:
        return ImportItem(name=name, refused=f"It says no kind of record that comes in: {short(told.get(KIND))}.")
    try:
        record = wire.structure({key: value for key, value in told.items() if key != KIND}, cls)
    except InputError as error:
        return ImportItem(name=name, refused=str(error))
    return ImportItem(name=name, records=(record,))


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
