"""Canonical JSON: one value, one spelling (RFC 8785 within this ledger's limits)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import wire
from ledger.wire import NotCanonical

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_round_trip(value: Any) -> None:
    """What has a canonical form comes back from it, and json reads it too."""
    text = wire.dumps(value)
    assert wire.loads(text) == value
    assert json.loads(text) == value


@given(st.dictionaries(keys, values, max_size=5))
def test_order_of_entry_does_not_matter(value: dict[str, Any]) -> None:
    """Two dicts that are equal have the same spelling."""
    turned = dict(reversed(value.items()))
    assert wire.dumps(turned) == wire.dumps(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"B": 1, "a": 2, "A": 3, "": 4}, '{"":4,"A":3,"B":1,"a":2}'),
        ("cerró", '"cerró"'),
        ('\u20ac$\u000f\nA\'B"\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"'),
        ("\b\t\f\r\x7f\u2028", '"\\b\\t\\f\\r\x7f\u2028"'),
        (2**53 - 1, "9007199254740991"),
        (0, "0"),
    ],
)
def test_spelling(value: Any, text: str) -> None:
    """Keys sorted, no white space, only what must be escaped is, in its shortest form (RFC 8785, 3.2)."""
    assert wire.dumps(value) == text


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (0.5, "A float has no canonical form"),
        (float("nan"), "A float has no canonical form"),
        (2**53, "too large"),
        (-(2**53), "too large"),
        ({"clé": 1}, "not ASCII"),
        ({1: "one"}, "not ASCII text"),
        ((1, 2), "A tuple has no canonical form"),
        (b"bytes", "A bytes has no canonical form"),
        ("\ud800", "half of a surrogate pair"),
        ({"deep": [{"\udfff": "x"}]}, "not ASCII"),
    ],
)
def test_values_without_a_canonical_form(value: Any, says: str) -> None:
    """Floats, large integers, other keys, other types and halves of surrogate pairs are refused."""
    with pytest.raises(NotCanonical, match=says):
        wire.dumps(value)


def test_depth() -> None:
    """Nesting beyond the limit is refused before Python's own limit is met."""
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(NotCanonical, match="Nested"):
        wire.dumps(deep)


@pytest.mark.parametrize(
    "text",
    [
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1,"a":1}',
        '{"a":1.0}',
        '{"a":-0}',
        '{"a":1e3}',
        '"\\u00e9"',
        '"\\/"',
        "[1,2] ",
        "NaN",
        '{"a":9007199254740993}',
        '"\\ud800"',
        "",
        "{",
        "[" * 100_000,
        "1" * 5000,
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    """A text that says a value in another way than the canonical one, or says none, is refused."""
    with pytest.raises(NotCanonical):
        wire.loads(text)
