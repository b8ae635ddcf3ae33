"""Numbers that cannot both be so of one thing, and those that may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Quantity, apart, quantities


def number(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("30,000 euros", "3,000 euros", True),
        ("4.2 percent", "4.6 percent", True),
        ("40 days", "41 days", True),
        ("at least 50 boats", "no more than 20 boats", True),
        ("11 km", "14 kilometres", True),
        ("$2.1 billion", "$2.1 million", True),
        ("at least 5 boats", "7 boats", False),
        ("about 5 million boats", "4,987,312 boats", False),
        ("5,000 boats", "5,200 boats", False),
        ("10 km", "6.2 miles", False),
        ("a third of boats", "33 percent", False),
        ("12 km", "12 kg", None),
        ("40 boats", "40 percent", None),
    ],
)
def test_two_numbers(one: str, other: str, answer: bool | None) -> None:
    """Bounds, rounding and units are looked through, both ways round; of different sorts nothing is told."""
    assert apart(number(one), number(other)) is apart(number(other), number(one)) is answer


@given(st.integers(0, 10**9))
def test_a_number_is_never_apart_from_itself(value: int) -> None:
    """However it is grouped."""
    assert apart(number(f"{value} boats"), number(f"{value:,} boats")) is not True
