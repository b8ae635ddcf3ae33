"""What a reader is not shown, and why: fields that were withheld or sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from ..store import queries

FIELD = {"anchor": "quotation", "url": "address", "part_of": "owner"}
"""What a field is called where its own name would puzzle."""


@attrs.frozen
class Hidden:
    """A field of a record whose words are not shown; `how` is "withheld" or "sealed"."""

    kind: str
    handle: str
    field: str
    how: str
    because: str

    def __str__(self) -> str:
        what = f"the {FIELD.get(self.field, self.field)} of the {self.kind} {self.handle}"
        return f"{what}: {self.how}, because: {self.because}"


def hidden(db: Any, uids: Iterable[str | None]) -> tuple[Hidden, ...]:
    """Return what is hidden of these records, each once, in their order."""
    found: dict[Hidden, None] = {}
    for uid in uids:
        kept = queries.kept(db, uid) if uid else None
        if kept is None:
            continue
        record = kept.record
        for field, because in kept.withheld:
            found[Hidden(record.KIND, record.handle, field, "withheld", because)] = None
        for seal in getattr(record, "seals", ()):
            found[Hidden(record.KIND, record.handle, seal.field, "sealed", seal.because)] = None
    return tuple(found)
