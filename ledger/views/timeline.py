"""Moments in the order of time, drawn in lanes: a lane for each clock, a bar for a date that is not exact.

What has no year or no date stands apart, in the order that evidence and links give it. The world's time is read up to
a day: what surely came later is left out, what may have is marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

import attrs

from ..dates import parse
from ..errors import InputError
from ..model import HIDDEN, Workflow
from ..store import queries
from ..timeline import Constraint
from . import words
from .clocks import Clock, Moment, moments

MOST_BESIDE = 3
"""Bars of one clock that are drawn side by side; more share the last of these lanes."""

MOST_NAMED = 3


@attrs.frozen
class Row:
    """A moment at its place: what each lane shows beside it, and how long after everything before it.

    A lane shows "point" for a day, "span" for a longer time that no other row falls into, and "from", "through" and
    "to" for one that others fall into; "open" for one that no date places; "" where there is nothing.
    """

    moment: Moment
    lanes: tuple[str, ...] = ()
    gap: str = ""
    note: str = ""


@attrs.frozen
class Timeline:
    """Rows with dates, in order; apart from them those of which only an order or a day of the year is known."""

    lanes: tuple[Clock, ...]
    apart: tuple[Row, ...]
    dated: tuple[Row, ...]
    undated: tuple[Row, ...] = ()
    later: int = 0
    upto: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.apart, *self.dated, *self.undated)

    @property
    def heads(self) -> tuple[tuple[Clock, int], ...]:
        """Each clock, and how many lanes it takes."""
        return tuple((clock, self.lanes.count(clock)) for clock in dict.fromkeys(self.lanes))

    @property
    def unplaced(self) -> int:
        """How many moments no date places."""
        return len(self.apart) + len(self.undated)


def timeline(db: Any, handles: Sequence[str], *, upto: str | None = None) -> Timeline:
    """Return the timeline of some claims; `upto` is an EDTF date, at whose end the world is looked at.

    Raises InputError where `upto` is no date that ends.
    """
    found, orders = moments(db, handles)
    day = None if upto is None else _last_day(upto)
    dated = sorted((moment for moment in found if moment.placed), key=_place)
    shown = [one for one in dated if day is None or one.first is None or one.first <= day]
    unplaced = _in_known_order([moment for moment in found if not moment.placed], found, orders)
    apart = [row for row in unplaced if row.moment.when is not None or row.moment.clock is Clock.PUBLISHED]
    lanes, cells = _drawn(shown, [row.moment.clock for row in apart])
    return Timeline(
        tuple(clock for clock, _ in lanes),
        tuple(attrs.evolve(row, lanes=tuple(_alone(lane, row.moment) for lane in lanes)) for row in apart),
        tuple(Row(one, cell, gap, _note(one, day)) for one, cell, gap in zip(shown, cells, _gaps(shown), strict=True)),
        tuple(row for row in unplaced if row not in apart),
        later=len(dated) - len(shown),
        upto="" if upto is None else words.date(upto),
    )


def story_claims(db: Any, story: str | None = None) -> list[str]:
    """Return the handles of the claims of a story, or of all, that were not replaced or retracted."""
    rows = queries.rows(db, "claims") if story is None else queries.rows(db, "claims", story=story)
    return [row["id"] for row in rows if row["workflow"] not in (Workflow.SUPERSEDED, Workflow.RETRACTED)]


def stories(db: Any) -> dict[str, int]:
    """Return each story with how many claims it has, those replaced or retracted too."""
    return dict(Counter(row["story"] for row in queries.rows(db, "claims") if row["story"]).most_common())


def _last_day(upto: str) -> int:
    day = parse(upto).latest
    if day is None:
        raise InputError(
            f"{upto!r} is no day that the world can be looked at.", hint="Give a date with its year: 2025-05-02."
        )
    return day


def _place(moment: Moment) -> tuple[Any, ...]:
    first = moment.first if moment.first is not None else moment.last
    instant = moment.when if moment.instant else ""
    return first, moment.last or 0, list(Clock).index(moment.clock), instant, moment.what, moment.handle


def _note(moment: Moment, day: int | None) -> str:
    later = "" if day is None or (moment.last is not None and moment.last <= day) else "may have been later"
    return "; ".join(filter(None, (moment.note, later)))


Lane = tuple[Clock, int]
"""A clock, and which of its lanes."""


def _drawn(shown: Sequence[Moment], also: Iterable[Clock]) -> tuple[tuple[Lane, ...], list[tuple[str, ...]]]:
    """Return the lanes, one at least for each clock that there `also` is, and what each shows beside each moment."""
    bars = [(0 if one.first is None else row, _end(shown, row)) for row, one in enumerate(shown)]
    busy = defaultdict[Clock, list[int]](list, {clock: [-1] for clock in also})  # until which row each lane is taken
    put = list[Lane]()
    for moment, (start, end) in zip(shown, bars, strict=True):
        taken = busy[moment.clock]
        free = next((at for at, until in enumerate(taken) if until < start), min(len(taken), MOST_BESIDE - 1))
        if free == len(taken):
            taken.append(end)
        taken[free] = max(end, taken[free])
        put.append((moment.clock, free))
    lanes = tuple((clock, at) for clock in Clock for at in range(len(busy[clock])))
    column = {lane: number for number, lane in enumerate(lanes)}
    cells = [[""] * len(lanes) for _ in shown]
    for moment, lane, (start, end) in zip(shown, put, bars, strict=True):
        for row, shape in _shapes(moment, start, end):
            cells[row][column[lane]] = shape
    return lanes, [tuple(cell) for cell in cells]


def _alone(lane: Lane, moment: Moment) -> str:
    return "open" if lane == (moment.clock, 0) else ""


def _end(shown: Sequence[Moment], number: int) -> int:
    """Return the last row whose moment may still come before this one does."""
    moment = shown[number]
    if moment.first == moment.last:
        return number
    reached = (
        row
        for row in range(len(shown) - 1, number, -1)
        if moment.last is None or (shown[row].first or 0) <= moment.last
    )
    return next(reached, number)


def _shapes(moment: Moment, start: int, end: int) -> Iterable[tuple[int, str]]:
    if start == end:
        yield start, "point" if moment.first == moment.last else "span"
        return
    yield start, "from" if moment.first is not None else "through"
    yield from ((row, "through") for row in range(start + 1, end))
    yield end, "to" if moment.last is not None else "through"


def _gaps(shown: Sequence[Moment]) -> list[str]:
    """Return how long each moment is after the latest day that anything before it can be."""
    gaps, latest, exact = list[str](), 10**9, False
    for moment in shown:
        first = moment.first if moment.first is not None else -(10**9)
        sure = moment.first == moment.last
        gap = "" if first <= latest + 1 else f"{_length(first - latest)} later"
        gaps.append(f"at least {gap}" if gap and not (exact and sure) else gap)
        last = moment.last if moment.last is not None else 10**9
        if len(gaps) == 1 or last >= latest:
            latest, exact = last, sure
    return gaps


def _length(days: int) -> str:
    if days < 60:
        return words.count(days, "day")
    if days < 730:
        return f"about {words.count(round(days / 30.44), 'month')}"
    return f"about {words.count(round(days / 365.25), 'year')}"


def _in_known_order(apart: Sequence[Moment], every: Sequence[Moment], orders: Sequence[Constraint]) -> tuple[Row, ...]:
    """Return moments without a year or date so that none comes before what it is known to follow.

    Where nothing is known, the day of the year decides. Each is told with what it follows.
    """
    by_name = {moment.name: moment for moment in apart}
    told = {moment.name: moment for moment in every if moment.when is not None or moment.clock is Clock.PUBLISHED}
    before, after = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for order in orders:
        if order.earlier in told and order.later in by_name:
            before[order.later].add(order.earlier)
            after[order.earlier].add(order.later)
    waits = {name: len(before[name] & by_name.keys()) for name in by_name}
    ready = [(_day_of_year(by_name[name]), name) for name, count in waits.items() if not count]
    heapify(ready)
    rows, long_before = list[Row](), dict[str, set[str]]()
    while ready:
        _, name = heappop(ready)
        implied = {other for one in before[name] for other in long_before.get(one, ())}
        long_before[name] = implied | before[name]
        rows.append(_follows(by_name[name], [told[one] for one in before[name] - implied]))
        for later in after[name]:
            waits[later] -= 1
            if not waits[later]:
                heappush(ready, (_day_of_year(by_name[later]), later))
    circling = (name for name in by_name if name not in long_before)  # date-order and event-order speak of those
    return (*rows, *(Row(by_name[name], note=by_name[name].note) for name in circling))


def _follows(moment: Moment, before: Sequence[Moment]) -> Row:
    called = words.some(sorted(map(_called, before)), MOST_NAMED)
    return Row(moment, note="; ".join(filter(None, (moment.note, called and f"not before {called}"))))


def _called(moment: Moment) -> str:
    title = moment.what if moment.what in HIDDEN else f"“{moment.what}”"
    if moment.clock is Clock.PUBLISHED:
        return title
    return f"what {'was said' if moment.clock is Clock.SAID else 'happened'} on {moment.shown}"


def _day_of_year(moment: Moment) -> tuple[str, str, str]:
    """Return what sorts a moment without a year: its month and day as written, then its clock and words."""
    written = (moment.when or "").removeprefix("XXXX-")
    return written or "~", str(list(Clock).index(moment.clock)), moment.what
