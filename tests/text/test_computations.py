"""Computations: figures that make one another in one sentence, reckoned exactly and told in words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import computations

RULES = tomllib.loads(Path(__file__).with_name("computations.toml").read_text(encoding="utf-8"))["rule"]
SAID = {"right": [True], "wrong": [False], "open": [None], "none": []}


def cases() -> list[ParameterSet]:
    return [pytest.param(said, SAID[kind], id=said) for rule in RULES for kind in SAID for said in rule[kind]]


@pytest.mark.parametrize(("said", "expected"), cases())
def test_whether_figures_come_out(said: str, expected: list[bool | None]) -> None:
    """One computation that comes out, does not, or is left open; or none that is plain."""
    assert [one.holds for one in computations(said)] == expected


def test_each_rule_has_cases_on_both_sides() -> None:
    """A rule that only finds fault, or never does, is no rule."""
    assert all(rule["right"] and rule["wrong"] and rule["none"] for rule in RULES)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Visitors fell from 200 to 100, a drop of 75 percent.", "from 200 to 100 is a drop of 50 percent"),
        (
            "Turnout rose from 40 percent to 50 percent, up 10 percent.",
            "from 40 percent to 50 percent is a rise of 10 percentage points, or 25 percent",
        ),
        ("12 boats and 30 cars, a total of 45, were sold.", "12 and 30 make 42"),
        ("15 of the 60 boats, or 30 percent, sank.", "15 of 60 is 25 percent"),
        ("They sold 300 tickets at $20 each, for a total of $9,000.", "$20 each times 300 is 6,000 dollars"),
    ],
)
def test_the_computation_is_told_in_words(said: str, words: str) -> None:
    """With the figures as the text writes them, and what they make."""
    (one,) = computations(said)
    assert one.words == words


def test_places_are_of_the_whole_text() -> None:
    """Of the words that give the computation, and of the figure that they state."""
    text = "It rained. In all, visitors fell from 200 to 100, a drop of 75 percent. It rained."
    (one,) = computations(text)
    assert one.span.of(text) == "from 200 to 100, a drop of 75 percent"
    assert one.stated.span.of(text) == "75 percent"


@given(st.integers(101, 999), st.integers(101, 999))
def test_a_change_that_is_computed_comes_out(first: int, last: int) -> None:
    """Rounded to a whole percentage; and one that is off by half as much again does not."""
    share = abs(last - first) * 100 / first
    way = "drop" if last < first else "rise"
    stated = [one.holds for one in computations(f"Sales went from {first} to {last}, a {way} of {share:.0f} percent.")]
    assert stated == ([True] if round(share) else stated)
    if 20 < share < 1_000:
        off = f"Sales went from {first} to {last}, a {way} of {share * 1.5:.0f} percent."
        assert [one.holds for one in computations(off)] == [False]


@given(st.text(alphabet="0123456789.,% ()fromtdaunsl\ue000\n", max_size=120))
def test_no_text_raises(text: str) -> None:
    """Whatever stands in it, each computation stands in the text."""
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in computations(text))
