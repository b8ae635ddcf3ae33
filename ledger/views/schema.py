"""The form of a claim's document as JSON Schema (draft 2020-12): of records from their classes, else from here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from ..axes import Axes
from ..model import KINDS, Anchor, Code, Finding, FindingSet, Missing, Order, Record, Seal, Standing, Value, Verdict
from .document import FORM
from .hidden import Hidden

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Json = dict[str, Any]

PARTS = (Anchor, Value, Order, Seal, Missing, Finding, FindingSet, Code, Axes, Hidden)
"""Values that documents hold beside records."""

TEXT, NUMBER, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
MAYBE = {"type": ["string", "null"]}


def claim_schema() -> Json:
    """Return the schema of `document.claim_document`; whoever reads it must let fields pass that it does not name."""
    return {
        "$schema": DIALECT,
        "title": "A claim of a factledger ledger",
        "description": "Where it stands, what was decided, its chain, its history, what checks found, every record.",
        **_object(
            factledger={"const": FORM},
            ledger=_object(origin=TEXT, id=TEXT, key=TEXT),
            version=_object(entries=NUMBER, root={"type": "string", "pattern": "^[0-9a-f]{64}$"}, changed=TEXT),
            claim=TEXT,
            text=TEXT,
            verdict=TEXT,
            axes=_ref("Axes"),
            stale=TRUTH,
            decisions=_list(_decision()),
            chain=_chain(),
            hidden=_list(_ref("Hidden")),
            history=_list(
                _object(entry=NUMBER, at=TEXT, by=TEXT, act=TEXT, kind=TEXT, record=TEXT, what=TEXT, reason=TEXT)
            ),
            findings=_list(_finding()),
            records={
                "type": "object",
                "properties": {kind: _list(_kept(cls)) for kind, cls in KINDS.items()},
                "required": ["claim"],
            },
        ),
        "$defs": {cls.__name__: _class(cls) for cls in (*KINDS.values(), *PARTS)},
    }


def _decision() -> Json:
    return _object(
        review=TEXT,
        verdict=_words(Verdict),
        label=MAYBE,
        reasons=TEXT,
        by=TEXT,
        at=TEXT,
        seconds=MAYBE,
        standing=_words(Standing),
        decides=TRUTH,
        before_last_change=TRUTH,
    )


def _chain() -> Json:
    node = _object(
        source=TEXT, title=TEXT, voice=TEXT, origin=TRUTH, first_hand=TRUTH, choke=TRUTH, withdrawn=TRUTH, context=TRUTH
    )
    edge = _object(**{"from": MAYBE}, to=MAYBE, how=TEXT, against=TRUTH, carries=TRUTH)
    return _object(nodes=_list(node), edges=_list(edge), families=_list(_list(TEXT)))


def _finding() -> Json:
    said = _object(checker=TEXT, entry=NUMBER, run=TEXT, cites=_list(TEXT))
    return {"allOf": [_ref("Finding"), said]}


def _kept(cls: type[Record]) -> Json:
    told = _object(
        record=_ref(cls.__name__),
        standing=_words(Standing),
        because=MAYBE,
        superseded_by=MAYBE,
        added=TEXT,
        changed=TEXT,
        entries=_list(NUMBER),
        withheld=_list(_object(field=TEXT, because=TEXT)),
    )
    told["properties"]["selector"] = {
        "type": "object",
        "description": "A selector of the W3C Web Annotation Data Model",
    }
    return told


def _class(cls: type[Any]) -> Json:
    """Return the form of an attrs value: what has a default may be left out, and then has that."""
    hints = get_type_hints(cls)
    fields = attrs.fields(cls)
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n\n")[0].replace("\n    ", " ").strip(),
        "properties": {one.name: _type(hints[one.name]) for one in fields},
        "required": [one.name for one in fields if one.default is attrs.NOTHING],
    }


def _type(hint: Any) -> Json:
    """Return the form of a field from its annotation."""
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _words(hint)
    if isinstance(hint, type) and attrs.has(hint):
        return _ref(hint.__name__)
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        return (
            _list(_type(parts[0]))
            if parts[-1] is Ellipsis
            else {"type": "array", "prefixItems": list(map(_type, parts))}
        )
    return {"anyOf": [_type(part) for part in parts]}


_PLAIN: Mapping[Any, str] = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def _object(**fields: Json) -> Json:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _words(vocabulary: type[StrEnum]) -> Json:
    return {"enum": [word.value for word in vocabulary]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}
