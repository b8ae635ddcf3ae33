"""One value has one spelling; what has none is refused; and records survive the way there and back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import wire
from ledger.errors import InputError
from ledger.model import KINDS, Anchor, Finding, FindingSet, Outcome, Record, Value
from ledger.wire import NotCanonical

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefxyz_", max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_is_written_reads_back(value: Any) -> None:
    """Any plain value survives its canonical text, and writing it again gives the same bytes."""
    text = wire.dumps(value)
    assert wire.loads(text) == value
    assert wire.dumps(json.loads(text)) == text


@given(st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), st.integers(0, 9), max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    """Two dicts with the same items have the same text."""
    assert wire.dumps(dict(reversed(value.items()))) == wire.dumps(value)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, -(2**53), Decimal("1.5"), (1, 2), {1: 2}, {"é": 1}, {"a": {"b": 0.1}}, b"x", "\ud800"],
    ids=repr,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    """Floats, large integers, other types, other keys and halves of surrogate pairs are refused in one line."""
    with pytest.raises(NotCanonical) as error:
        wire.dumps(value)
    assert "\n" not in str(error.value)


def test_nesting_has_an_end() -> None:
    """A value nested without end is refused, not followed until the stack ends."""
    value: Any = "deep"
    for _ in range(100):
        value = [value]
    with pytest.raises(NotCanonical, match="deep"):
        wire.dumps(value)


@pytest.mark.parametrize("text", ['{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', "[1,]", "", '{"a":1,"a":1}', '"\\u0061"'])
def test_other_spellings_are_refused(text: str) -> None:
    """A text that is JSON but not spelt canonically, or no JSON, is refused."""
    with pytest.raises(NotCanonical):
        wire.loads(text)


def example(cls: type[Record]) -> Record:
    """Return a record of this class with every field filled."""
    findings = (Finding(Outcome.WARN, "Look.", "x", ("u",), "fix", ("why",), (("n", 1),), "2031"),)
    special: dict[str, Any] = {
        "anchor": Anchor("words", "pre", "suf", 1, 6, "hash", "en"),
        "value": Value("bridge", "length", "12.5", "m"),
        "sets": (FindingSet("order", "1", findings, "digest"),),
        "counts": (("pass", 2),),
        "checkers": ("order@1",),
    }
    values: dict[str, Any] = {}
    for field in attrs.fields(attrs.resolve_types(cls)):
        kind = field.type
        if field.name in special:
            values[field.name] = special[field.name]
        elif isinstance(kind, type) and issubclass(kind, str) and kind is not str:
            values[field.name] = next(iter(kind))  # type: ignore[call-overload]
        elif kind is int or kind == int | None:
            values[field.name] = 7
        elif kind == bool | None:
            values[field.name] = True
        else:
            values[field.name] = f"{field.name} of it"
    return cls(**values)


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_every_record_survives(cls: type[Record]) -> None:
    """A record of every kind, with every field filled, is the same after the way into a body and out of it."""
    record = example(cls)
    text = wire.dumps(wire.unstructure(record))
    assert wire.structure(wire.loads(text), cls) == record


def test_a_field_of_a_newer_version_is_ignored() -> None:
    """A record written by a later version can still be read."""
    anchor = wire.structure({"exact": "words", "colour": "red"}, Anchor)
    assert anchor == Anchor("words")


@pytest.mark.parametrize("data", [{}, {"exact": None}, {"exact": 7}, {"exact": "x", "start": "1"}, [], "x", None])
def test_data_that_does_not_fit_is_an_input_error(data: Any) -> None:
    """Data of the wrong shape is refused in words, never coerced."""
    with pytest.raises(InputError):
        wire.structure(data, Anchor)
