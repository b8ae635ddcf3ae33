"""Canonical JSON, and records to and from it.

The log hashes stored bytes, so one value must have one spelling: keys sorted,
no white space, ASCII keys, no floats (decimals are text), |integer| < 2**53.
Within these limits the standard library's output equals RFC 8785 (JCS).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import cattrs

from .errors import InputError

T = TypeVar("T")

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 32

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


class NotCanonical(InputError):
    """A value has no canonical spelling, or a text is not one."""


def dumps(value: Any) -> str:
    """Return the canonical JSON of dicts, lists, text, whole numbers, booleans and None.

    Raises NotCanonical for anything else, naming it.
    """
    _require_canonical(value, 0)
    text = _encode(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise NotCanonical("The text holds half of a surrogate pair.", hint="Save it as UTF-8.") from None
    return text


def loads(text: str) -> Any:
    """Return the value of a canonical JSON text; raise NotCanonical if it is spelt otherwise."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"Not JSON: {error}.") from None
    if dumps(value) != text:
        raise NotCanonical("JSON, but not in its canonical spelling.")
    return value


def json_of(text: str) -> Any:
    """Return the value of a JSON text that this ledger wrote itself."""
    return json.loads(text)


def _require_canonical(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if depth > DEEPEST:
        raise NotCanonical(f"Nested more than {DEEPEST} deep.")
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"The key {key!r} is not ASCII text.")
            if type(item) is not str:
                _require_canonical(item, depth + 1)
    elif kind is list:
        for item in value:
            if type(item) is not str:
                _require_canonical(item, depth + 1)
    elif kind is int:
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(f"{value} is too large for a JSON number.", hint="Write it as text.")
    else:
        raise NotCanonical(f"A {kind.__name__} has no canonical form.", hint="Write a decimal as text.")


_converter = cattrs.Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
# A word of a vocabulary is a text, and may stand where one is asked for.
_converter.register_unstructure_hook(str, lambda text: text.value if isinstance(text, StrEnum) else text)


def _exactly(kind: type[Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that takes a value of this type and no other: cattrs would make "None" of None."""

    def take(value: Any, wanted: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        if kind is str and not value.isascii():
            value.encode()  # raises ValueError for half of a surrogate pair, which an escape can make
        return value if wanted is kind else wanted(value)  # a word of a vocabulary, which is text too

    return take


def _texts(value: Any, _: Any) -> tuple[str, ...]:
    """Return a list of texts as a tuple: at once, where each would be a call."""
    if type(value) is not list or not all(type(text) is str for text in value):
        raise ValueError(f"{value!r} is no list of texts")
    "".join(value).encode()  # raises ValueError for half of a surrogate pair
    return tuple(value)


for _kind in (str, int, bool):
    _converter.register_structure_hook(_kind, _exactly(_kind))
_converter.register_structure_hook_func(lambda wanted: wanted == tuple[str, ...], _texts)
_converter.register_unstructure_hook_func(lambda given: given == tuple[str, ...], list)


def unstructure(value: Any) -> Any:
    """Return an attrs value as plain JSON data: fields at their default left out, tuples as lists, words as text."""
    return _converter.unstructure(value)


def structure(data: Any, cls: type[T]) -> T:
    """Return plain JSON data as a value of this attrs class; raise NotCanonical if it does not fit.

    Fields this version does not know are ignored, so that a newer ledger can still be read.
    """
    try:
        return _converter.structure(data, cls)
    except (cattrs.BaseValidationError, ValueError, TypeError, KeyError) as error:
        reasons = cattrs.transform_error(error) if isinstance(error, cattrs.BaseValidationError) else [str(error)]
        raise NotCanonical(f"Not a {cls.__name__.lower()}: {'; '.join(reasons)}.") from None
