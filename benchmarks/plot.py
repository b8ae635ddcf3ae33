"""A plot of how cost grows, as SVG: panels with both axes logarithmic, each curve named where it ends.

What was measured is a solid line with points, what is only reckoned from it a dotted one. It is readable in light and
dark, and loads nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape

from attrs import frozen

WIDTH, HEIGHT, LEFT, TOP = 380, 190, 64, 44
"""Of the field of one panel, and where it begins."""

ACROSS, DOWN = 690, 280
"""What a panel takes with the names beside it and the sizes below."""

LINE = 15
"""Between the names of two curves."""

LIGHT = "#0b5394 #a84300 #17692f #8427c9 #b0123b #0b6477 #5c5200".split()
DARK = "#7fb8ee #f0a35e #7fce95 #c79bf2 #f58fa8 #6cc7d8 #cfc05a".split()
"""Colours of curves; a neighbour has another, and each has its name beside it."""

Point = tuple[float, float]


@frozen
class Curve:
    """A curve: its name, the points (size, figure) that were measured, and those that are reckoned from them."""

    name: str
    measured: Sequence[Point]
    reckoned: Sequence[Point] = ()


@frozen
class Panel:
    """Curves of one kind; `marks` are the figures that may stand at the axis, and `told` says one with its unit."""

    title: str
    curves: Sequence[Curve]
    marks: Sequence[float]
    told: Callable[[float], str]


def svg(title: str, description: str, panels: Sequence[Panel]) -> str:
    """Return the panels as one picture, one below the other."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ACROSS} {DOWN * len(panels)}" role="img"'
            ' aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">',
            f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>',
            f"<style>{_style()}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            *(
                "\n".join([f'<g transform="translate(0 {place * DOWN})">', *_drawn(panel), "</g>"])
                for place, panel in enumerate(panels)
            ),
            "</svg>\n",
        ]
    )


def _style() -> str:
    def colours(paper: str, ink: str, grid: str, hues: Sequence[str]) -> str:
        curves = "".join(f".c{place}{{--c:{hue}}}" for place, hue in enumerate(hues))
        return f".paper{{fill:{paper}}}text{{fill:{ink}}}.grid{{stroke:{grid}}}{curves}"

    return (
        colours("#fff", "#222", "#ddd", LIGHT)
        + ".grid,.curve{fill:none}.curve{stroke:var(--c);stroke-width:2}.reckoned{stroke-dasharray:1 5;"
        "stroke-linecap:round}.lead{stroke-width:1;opacity:.5}.point,.name{fill:var(--c)}.title{font-weight:600}"
        "@media (prefers-color-scheme:dark){" + colours("#16181b", "#ddd", "#3a3d42", DARK) + "}"
    )


def _drawn(panel: Panel) -> Iterator[str]:
    """Yield the elements of one panel, from the top left corner of its place."""
    points = [point for curve in panel.curves for point in (*curve.measured, *curve.reckoned)]
    across = _axis([x for x, _ in points], [10.0**power for power in range(10)])
    up = _axis([y for _, y in points], panel.marks)

    def place(point: Point) -> Point:
        return LEFT + WIDTH * across.part(point[0]), TOP + HEIGHT * (1 - up.part(point[1]))

    yield f'<text class="title" x="{LEFT}" y="24">{escape(panel.title)}</text>'
    for size in across.marks:
        x, _ = place((size, up.marks[0]))
        yield f'<path class="grid" d="M{x:.1f} {TOP}v{HEIGHT}"/>'
        yield f'<text x="{x:.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{size:,.0f}</text>'
    for figure in up.marks:
        _, y = place((across.marks[0], figure))
        yield f'<path class="grid" d="M{LEFT} {y:.1f}h{WIDTH}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(panel.told(figure))}</text>'
    ends = sorted(panel.curves, key=lambda curve: -[*curve.measured, *curve.reckoned][-1][1])
    names = _apart([place([*curve.measured, *curve.reckoned][-1])[1] for curve in ends])
    for number, (curve, name) in enumerate(zip(ends, names, strict=True)):
        yield f'<g class="c{number % len(LIGHT)}">'
        measured = [place(point) for point in curve.measured]
        reckoned = [place(point) for point in curve.reckoned]
        yield _line("curve", measured)
        if reckoned:
            yield _line("curve reckoned", [measured[-1], *reckoned])
        yield from (f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in measured)
        end = [*measured, *reckoned][-1]
        yield _line("curve lead", [(end[0] + 5, end[1]), (LEFT + WIDTH + 18, name)])
        yield f'<text class="name" x="{LEFT + WIDTH + 22}" y="{name + 4:.1f}">{escape(curve.name)}</text></g>'


@frozen
class Axis:
    """A logarithmic axis, from its first mark to its last."""

    marks: Sequence[float]

    def part(self, figure: float) -> float:
        """Return how far along a figure is, from 0 to 1; what is beyond an end is at it."""
        low, high = self.marks[0], self.marks[-1]
        return math.log(min(max(figure, low), high) / low) / math.log(high / low)


def _axis(figures: Sequence[float], marks: Sequence[float]) -> Axis:
    """Return the axis that these figures are on, with these marks at most."""
    below = max((place for place, mark in enumerate(marks) if mark <= min(figures)), default=0)
    above = min((place for place, mark in enumerate(marks) if mark >= max(figures)), default=len(marks) - 1)
    return Axis(marks[below : max(above, below + 1) + 1])


def _apart(heights: Sequence[float]) -> list[float]:
    """Return where names stand whose curves end at these heights, from the top: each a line apart, and in the panel."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + LINE) if found else height)
    last = TOP + HEIGHT + LINE
    for number in reversed(range(len(found))):
        found[number] = last = min(found[number], last - LINE)
    return found


def _line(classes: str, points: Sequence[Point]) -> str:
    return f'<polyline class="{classes}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
