"""What a correction makes of a record: which fields it may change, and to what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from .. import rules, wire
from ..errors import InputError, did_you_mean
from ..model import KINDS, Record, Review
from ..store import StoredRecord
from .catalogue import Catalogue

FIXED = ("uid", "handle")
"""What no correction may change: others refer to a record by them."""


def correction(catalogue: Catalogue, kept: StoredRecord, changes: Mapping[str, Any]) -> tuple[Record, dict[str, Any]]:
    """Return a record with new values in some fields, and these as JSON data; raise InputError if it may not be so.

    A field that names another record takes its handle, None empties a field.
    """
    record = kept.record
    hidden = {field for field, _ in kept.withheld} | {seal.field for seal in getattr(record, "seals", ())}
    if not hidden.isdisjoint(changes):
        raise InputError(
            f"What was withheld or sealed is not corrected: {', '.join(sorted(hidden & changes.keys()))}.",
            where=record.handle,
            hint="Retract the record, and enter another.",
        )
    data = {name: _data_of(catalogue, record, name, value) for name, value in changes.items()}
    corrected = wire.structure({**wire.unstructure(record), **data}, type(record))
    if not rules.differences(record, corrected):
        raise InputError("This changes nothing.", where=record.handle, hint="Give a new value.")
    rules.require_enterable(corrected)
    return corrected, data


def _data_of(catalogue: Catalogue, record: Record, name: str, value: Any) -> Any:
    """Return a corrected field's value as JSON data; raise InputError if the field cannot take it."""
    fields = {field.name: field for field in attrs.fields(attrs.resolve_types(type(record)))}
    # A decision is somebody's, and others may have signed it: only its words can be corrected.
    names = {"reasons", "label"} if isinstance(record, Review) else set(fields) - set(FIXED)
    names -= {one for one in names if fields[one].metadata.get("grade")}
    if name not in names:
        raise InputError(
            f"A {record.KIND} has no field {name!r} to correct.",
            where=record.handle,
            hint=did_you_mean(name, dict.fromkeys(names, "")) or f"It has: {', '.join(sorted(names))}.",
        )
    kind, place = fields[name].type, f"{record.handle} {name}"
    if value is None and fields[name].default is attrs.NOTHING:
        raise InputError(f"A {record.KIND} needs its {name}.", where=place, hint="Give a new value.")
    if value is None or not isinstance(value, str):
        return value
    if name in rules.DATES:
        rules.require_date(value, place)
        return rules.in_edtf(value)
    if fields[name].metadata.get("refers_to"):
        return catalogue.find(KINDS[fields[name].metadata["refers_to"]], value).uid
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _one_of(kind, value, place)
    if kind in (str, str | None):
        return value
    if kind == bool | None and value in ("yes", "no"):
        return value == "yes"
    raise InputError(f"{name} cannot be corrected to {value!r}.", where=place, hint="Retract it and record anew.")


def _one_of(vocabulary: type[Enum], value: str, place: str) -> str:
    allowed = [word.value for word in vocabulary]
    if value not in allowed:
        raise InputError(f"{value!r} is not one of its words.", where=place, hint=f"Use {', '.join(allowed)}.")
    return value
