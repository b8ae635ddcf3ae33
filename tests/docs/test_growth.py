"""docs/growth.md: its exponents are those of the figures, what is reckoned says so, and its plot can be read."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SIZES = (300, 1_000, 3_000)


@pytest.fixture(scope="module")
def growth() -> Any:
    """benchmarks/growth.py: a program beside its parts, no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        import growth

        return growth


def grown(growth: Any, figure: Any) -> Any:
    """Something that costs so much at each size, and one second at none."""
    line = growth.Line("a ledger", "walk", growth.Cost(1, 0), tuple(growth.Cost(figure(size), 0) for size in SIZES))
    return growth.Growth(line, SIZES, (1_000_000,))


@given(st.floats(0.3, 3), st.floats(0.1, 10))
def test_the_exponent_is_that_of_the_growth(growth: Any, exponent: float, factor: float) -> None:
    """What costs a start and so much a claim to a power has that power, and is reckoned by it."""
    of = grown(growth, lambda size: 1 + factor * size**exponent)
    assert of.exponent(growth.SECONDS) == pytest.approx(exponent, abs=1e-6)
    ((size, figure),) = of.reckoned(growth.SECONDS)
    assert figure == pytest.approx(1 + factor * size**exponent, rel=1e-4)


@pytest.mark.parametrize("figure", [lambda size: 1.2, lambda size: 9 - size / 1_000, lambda size: 1 + size / 10_000])
def test_what_does_not_grow_is_not_reckoned(growth: Any, figure: Any) -> None:
    """What costs as little as a start, or less at a larger size, has no exponent and nothing further on."""
    of = grown(growth, figure)
    assert of.exponent(growth.SECONDS) is None and of.reckoned(growth.SECONDS) == []


@given(st.lists(st.floats(1e-3, 1e4), min_size=1, max_size=12))
def test_every_curve_has_its_name_on_a_line_of_its_own(growth: Any, figures: list[float]) -> None:
    """However close curves end, no two names are on one line; and a picture has a title and says what it shows."""
    lines = [
        growth.Line("a ledger", f"<walk & {number}>", growth.Cost(0, 0), (growth.Cost(1, 0), growth.Cost(figure, 0)))
        for number, figure in enumerate(figures)
    ]
    rows = [growth.Growth(line, SIZES[:2], (1_000_000,)) for line in lines]
    drawn = growth.svg("How", "What", [growth.Section("It", growth.SECONDS, rows).panel()])
    root = ElementTree.fromstring(drawn)
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == ["How", "What"]
    names = [one for one in root.iter(f"{SVG}text") if one.get("class") == "name"]
    assert {one.text for one in names} == {line.asked for line in lines}
    heights = sorted(float(one.get("y", "nan")) for one in names)
    assert all(lower - upper > 13 for upper, lower in pairwise(heights))
    assert heights[0] > 24  # below the title


def test_the_page_shows_the_plot_and_names_what_was_not_measured() -> None:
    """The plot lies beside the page, is well formed, and each figure in slanted digits stands behind an exponent."""
    page = (ROOT / "docs" / "growth.md").read_text("utf-8")
    assert "](growth.svg)" in page
    ElementTree.parse(ROOT / "docs" / "growth.svg")
    rows = [line.split("|")[2:-1] for line in page.splitlines() if line.startswith("| ") and "*" in line]
    assert len(rows) > 20
    for cells in rows:
        reckoned = [cell.strip().startswith("*") for cell in cells]
        assert reckoned == sorted(reckoned) and reckoned.count(True) in (1, 2)
