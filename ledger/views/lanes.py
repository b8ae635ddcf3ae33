"""A timeline drawn in lanes: one or more for each clock, a bar for a date that is not exact."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from .clocks import RecordedTime, TimeKind
from .timeline import Row, Timeline

MOST_BESIDE = 3
"""Bars of one clock that are drawn side by side; more share the last of these lanes."""

Shapes = tuple[str, ...]
"""What each lane shows beside a row: "point" for a day, "span" for a longer time that no other row falls into, "from",
"through" and "to" for one that others fall into, "open" for one that no date places, "" where there is nothing."""


@attrs.frozen
class Lanes:
    """The rows of a timeline with what its lanes show; `lanes` has the clock of each, from left to right."""

    timeline: Timeline
    lanes: tuple[TimeKind, ...]
    apart: tuple[tuple[Row, Shapes], ...]
    dated: tuple[tuple[Row, Shapes], ...]

    @property
    def heads(self) -> tuple[tuple[TimeKind, int], ...]:
        """Each clock, and how many lanes it takes."""
        return tuple((clock, self.lanes.count(clock)) for clock in dict.fromkeys(self.lanes))


def lanes(timeline: Timeline) -> Lanes:
    """Return a timeline as it is drawn."""
    found, shapes = drawn([row.moment for row in timeline.dated], [row.moment.clock for row in timeline.apart])
    apart = tuple((row, tuple(_alone(lane, row.moment) for lane in found)) for row in timeline.apart)
    dated = tuple(zip(timeline.dated, shapes, strict=True))
    return Lanes(timeline, tuple(clock for clock, _ in found), apart, dated)


Lane = tuple[TimeKind, int]
"""A clock, and which of its lanes."""


def drawn(shown: Sequence[RecordedTime], also: Iterable[TimeKind]) -> tuple[tuple[Lane, ...], list[tuple[str, ...]]]:
    """Return the lanes, one at least for each clock that there `also` is, and what each shows beside each moment."""
    starts = [0 if one.first is None else row for row, one in enumerate(shown)]
    bars = list(zip(starts, _ends(shown), strict=True))
    busy = defaultdict[TimeKind, list[int]](list, {clock: [-1] for clock in also})  # until which row each lane is taken
    put = list[Lane]()
    for moment, (start, end) in zip(shown, bars, strict=True):
        taken = busy[moment.clock]
        free = next((at for at, until in enumerate(taken) if until < start), min(len(taken), MOST_BESIDE - 1))
        if free == len(taken):
            taken.append(end)
        taken[free] = max(end, taken[free])
        put.append((moment.clock, free))
    lanes = tuple((clock, at) for clock in TimeKind for at in range(len(busy[clock])))
    column = {lane: number for number, lane in enumerate(lanes)}
    cells = [[""] * len(lanes) for _ in shown]
    for moment, lane, (start, end) in zip(shown, put, bars, strict=True):
        for row, shape in _shapes(moment, start, end):
            cells[row][column[lane]] = shape
    return lanes, [tuple(cell) for cell in cells]


def _alone(lane: Lane, moment: RecordedTime) -> str:
    return "open" if lane == (moment.clock, 0) else ""


def _ends(shown: Sequence[RecordedTime]) -> list[int]:
    """Return, for each moment, the last row whose moment may still come before it does."""
    starts = [_start(one) for one in shown]
    open_ = max((row for row, one in enumerate(shown) if one.first is None), default=0)
    ends = []
    for row, one in enumerate(shown):
        reached = len(shown) if one.last is None else bisect_right(starts, one.last)
        ends.append(row if one.first == one.last else max(row, reached - 1, open_))
    return ends


def _start(moment: RecordedTime) -> int:
    """Return the day by which a moment has its row."""
    start = moment.first if moment.first is not None else moment.last
    assert start is not None, "it has a date"
    return start


def _shapes(moment: RecordedTime, start: int, end: int) -> Iterable[tuple[int, str]]:
    if start == end:
        yield start, "point" if moment.first == moment.last else "span"
        return
    yield start, "from" if moment.first is not None else "through"
    yield from ((row, "through") for row in range(start + 1, end))
    yield end, "to" if moment.last is not None else "through"
