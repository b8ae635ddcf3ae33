"""A record's fields as written, read by the types that the record's class gives them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, get_args

import attrs

from ..model import KINDS, Order, Record, Value
from ..wire import unstructure
from .forms import require_keys, scalar, text
from .lines import Fields, did_you_mean

YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}


@attrs.frozen
class Named:
    """A record that is named by its id, and the class it must be of."""

    cls: type[Record]
    id: str


def read(cls: type[Record], fields: Fields) -> dict[str, Any]:
    """Return field name -> value for every field of a record's class that is written here.

    A value is a text, a word of a vocabulary, a truth value, a `Value`, an
    `Order`, or a `Named` record. Raises InputError, with the line, if it is none of its kind.
    """
    kinds = _kinds(cls)  # type: ignore[arg-type]  # attrs' classes hash, mypy cannot see it
    return {name: _value(fields, name, *kinds[name]) for name in kinds if name in fields.values}


@cache
def _kinds(cls: type[Record]) -> dict[str, tuple[type[Any], type[Record] | None]]:
    """Return, for each field of a record's class, the type of its values, and of which class it names a record."""
    return {
        field.name: (
            next((arg for arg in get_args(field.type) if arg is not type(None)), field.type),
            KINDS.get(field.metadata.get("refers_to", "")),
        )
        for field in attrs.fields(attrs.resolve_types(cls))
    }


def changes(cls: type[Record], fields: Fields) -> dict[str, Any]:
    """Return what `read` does, for a correction: a key with nothing after it empties the field."""
    own = attrs.fields_dict(cls)
    emptied = {
        name
        for name, node in fields.values.items()
        if name in own and own[name].default is None and getattr(node, "text", None) == ""
    }
    return {**dict.fromkeys(emptied), **read(cls, fields.only(*(fields.values.keys() - emptied)))}


def plain(value: Any) -> Any:
    """Return a value as `Book.correct` takes it: records by their handle, words as text."""
    if isinstance(value, Record):
        return value.handle
    if isinstance(value, Enum):
        return value.value
    return unstructure(value) if attrs.has(type(value)) else value


def uids(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as a record holds them: other records by their uid."""
    return {name: value.uid if isinstance(value, Record) else value for name, value in values.items()}


def _value(fields: Fields, name: str, kind: type[Any], named: type[Record] | None) -> Any:
    if kind is Value:
        return _figure(fields, name)
    if kind is Order:
        return _order(fields, name)
    written = text(fields, name)
    if named is not None:
        return Named(named, written)
    if kind is bool:
        return _one_of(YES_OR_NO, fields, name)
    if issubclass(kind, Enum):
        return _one_of(_vocabulary(kind), fields, name)
    return written


@cache
def _vocabulary(kind: type[Enum]) -> dict[str, Enum]:
    return {word.value: word for word in kind}


def _one_of(words: Mapping[str, Any], fields: Fields, name: str) -> Any:
    written = scalar(fields, name)
    if written.text not in words:
        hint = f"{did_you_mean(written.text, words)} Use one of: {', '.join(words)}.".strip()
        raise written.place.error(f"It cannot be {written.text!r}.", hint, field=name)
    return words[written.text]


def _figure(fields: Fields, name: str) -> Value:
    node = fields.values[name]
    if not isinstance(node, Fields):
        raise fields.at(name).error(
            "A value has parts.", "Write: {subject: ..., property: ..., amount: ...}", field=name
        )
    require_keys(node, ("subject", "property", "amount", "unit"), ("subject", "property", "amount"))
    return Value(**{key: text(node, key) for key in node.values})


def _order(fields: Fields, name: str) -> Order:
    node = fields.values[name]
    if not isinstance(node, Fields):
        raise fields.at(name).error("An order has parts.", "Write: {earlier: ..., later: ...}", field=name)
    require_keys(node, ("earlier", "later", "least_days", "most_days"))
    parts = {key: text(node, key) for key in node.values}
    days = {key: _whole(node, key) for key in ("least_days", "most_days") if key in parts}
    return Order(earlier=parts.get("earlier"), later=parts.get("later"), **days)


def _whole(fields: Fields, key: str) -> int:
    written = scalar(fields, key)
    if not (written.text.isascii() and written.text.isdigit() and len(written.text) < 10):
        raise written.place.error(f"{written.text!r} is no number of days.", "Write: 3", field=key)
    return int(written.text)
