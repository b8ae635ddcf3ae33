"""Terms: what a text is looked for by, and what two short texts have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import terms


def keys(text: str) -> list[str]:
    return [term.key for term in terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30,000 boats", "30000 boats"),
        ("30,000 boats", "30 thousand boats"),
        ("1.2 million boats", "1,200,000 boats"),
        ("forty boats", "40 boats"),
        ("two hundred and five boats", "205 boats"),
        ("the U.S. Navy", "the US Navy"),
        ("#ArdenBridge", "Arden bridge"),
        ("Arden’s bridge", "the bridge of Arden"),
        ("closed bridges", "closing bridge"),
    ],
)
def test_one_term_however_it_is_written(one: str, other: str) -> None:
    """Figures, abbreviations, hashtags, possessives and endings do not hide that two texts have words in common."""
    assert set(keys(one)) == set(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("30,000 boats", "3,000 boats"), ("4.2 percent", "4.6 percent"), ("Flight 370", "Flight 371"), ("40", "14")],
)
def test_other_figures_are_other_terms(one: str, other: str) -> None:
    """No digit of a figure is taken for an ending."""
    assert set(keys(one)) != set(keys(other))


@pytest.mark.parametrize(
    "around",
    ["{} https://example.org/a/b?c=d", "{} www.example.org/x", "{} — Ana Roa (@ana_roa) May 2, 2031"],
)
def test_what_stands_around_a_post_is_no_text(around: str) -> None:
    """An address and a handle with its date say nothing of what is claimed; who wrote it may."""
    assert set(keys(around.format("The bridge is closed"))) - {"ana", "roa"} == {"bridg", "clos"}


def test_a_figure_is_looked_for_in_every_way_it_may_be_written() -> None:
    """Digits with and without commas, and words."""
    (figure, _) = terms("30 thousand boats")
    assert set(figure.written) == {"30 thousand", "30000", "30,000"}
    assert {way for term in terms("forty boats") for way in term.written} == {"forty", "40", "boats"}


@given(st.text(max_size=300))
def test_any_text_has_terms(text: str) -> None:
    """Each is given once, and none is empty or in quotation marks."""
    found = terms(text)
    assert len({term.key for term in found}) == len(found)
    assert all(way and '"' not in way for term in found for way in term.written)
