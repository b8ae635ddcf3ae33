"""Spans: places in a text."""

from __future__ import annotations

import pytest

import ledger.text
from ledger.errors import InputError
from ledger.text import Span


def test_of_reads_the_stretch() -> None:
    """A span counts code points from 0 and leaves its end out."""
    assert Span(4, 10).of("The bridge opened.") == "bridge"


def test_code_points() -> None:
    """A character outside the basic plane counts as one."""
    assert Span(2, 6).of("🌉 Brig") == "Brig"


def test_empty_span_is_a_position() -> None:
    """An empty span covers nothing and is allowed anywhere in the text."""
    assert Span(3, 3).of("The") == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 4)])
def test_impossible_spans(start: int, end: int) -> None:
    """A span neither begins before the text nor ends before it begins."""
    with pytest.raises(InputError, match="No text runs from offset"):
        Span(start, end)


def test_of_another_text() -> None:
    """A text too short for the span is another text, and says so."""
    with pytest.raises(InputError, match="The text has 3 characters"):
        Span(0, 4).of("The")


def test_order() -> None:
    """Spans sort by where they begin."""
    assert sorted([Span(9, 12), Span(2, 5)]) == [Span(2, 5), Span(9, 12)]


def test_public_names_are_sorted() -> None:
    """The public names are listed in order, and all of them exist."""
    assert ledger.text.__all__ == sorted(ledger.text.__all__)
    assert all(hasattr(ledger.text, name) for name in ledger.text.__all__)
