"""How each record is written in a file: its keys, and the texts that stand under them.

What may be written for a record follows from the record's own class in
`ledger.model`: a field there is a key here. `FORMS` lists the few that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

import attrs

from ..model import Agent, Claim, Evidence, Exclusion, Inquiry, Link, Record, Review, Source
from .lines import Fields, Items, Scalar, did_you_mean


@attrs.frozen
class RecordForm:
    """How a record is written: its own fields, without those that are `implied`, and with some `more`."""

    cls: type[Record]
    implied: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @cached_property
    def own(self) -> tuple[str, ...]:
        names = [field.name for field in attrs.fields(self.cls) if not field.metadata.keys() & {"unlisted", "grade"}]
        return tuple(name for name in names if name not in ("uid", "handle", *self.implied))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return ("id", *self.own, *self.more)

    @cached_property
    def correctable(self) -> tuple[str, ...]:
        return (*self.own, *(key for key in self.more if key in ("quote", "at", "language")))

    @cached_property
    def required(self) -> tuple[str, ...]:
        own = [field.name for field in attrs.fields(self.cls) if field.default is attrs.NOTHING]
        return tuple(key for key in (*own, *self.needs) if key in self.keys)


FORMS: Mapping[str, RecordForm] = MappingProxyType(
    {
        "agents": RecordForm(Agent, needs=("id",)),
        "sources": RecordForm(Source, more=("file",), needs=("id",)),
        "links": RecordForm(
            Link, implied=("source", "relation", "comes_from", "state", "measure"), more=("link",), needs=("link",)
        ),
        "claims": RecordForm(Claim, implied=("story",), more=("evidence", "inquiries", "reviews"), needs=("id",)),
        "evidence": RecordForm(Evidence, implied=("claim", "anchor"), more=("quote", "at", "language")),
        "exclusions": RecordForm(Exclusion, implied=("anchor",), more=("quote", "at", "language"), needs=("quote",)),
        "inquiries": RecordForm(Inquiry),
        "reviews": RecordForm(Review, implied=("claim", "seconds"), more=("second",), needs=("reviewer",)),
        "second": RecordForm(Review, implied=("claim", "seconds", "verdict", "label"), needs=("reviewer",)),
    }
)
"""By the key under which records of this form stand."""


def text(fields: Fields, key: str) -> str:
    """Return the text of a key that was given; raise InputError if it has none, or is a list."""
    return scalar(fields, key).text


def scalar(fields: Fields, key: str) -> Scalar:
    """Return the text of a key that was given, and its line."""
    node = fields.values[key]
    if not isinstance(node, Scalar):
        found = "a list" if isinstance(node, Items) else "a mapping"
        raise fields.at(key).error(f"This is {found}, not a text.", f"Write: {key}: some words", field=key)
    if not node.text:
        raise fields.at(key).error("This is empty.", "Give it some words, or leave it out.", field=key)
    return node


def require_keys(fields: Fields, allowed: tuple[str, ...], required: Iterable[str] = ()) -> None:
    """Raise InputError for the first key that is not allowed, or that is missing."""
    for key in fields.values:
        if key not in allowed:
            hint = did_you_mean(key, allowed) or f"Possible here: {', '.join(allowed)}."
            raise fields.at(key).error(f"There is no key {key!r} here.", hint)
    for key in required:
        if key not in fields.values:
            raise fields.place.error("This is missing.", f"Add: {key}: ...", field=key)
