"""Moments in the order of time, as far as it is known.

What has no year or no date stands apart, in the order that evidence and links give it. The world's time is read up to
a day: what surely came later is left out, what may have is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Any

import attrs

from ..dates import parse
from ..errors import InputError
from ..model import HIDDEN, Workflow
from ..store import queries
from ..timeline import Constraint
from . import words
from .clocks import RecordedTime, TimeKind, moments

MOST_NAMED = 3


@attrs.frozen
class Row:
    """A moment at its place, and how long after everything before it."""

    moment: RecordedTime
    gap: str = ""
    note: str = ""


@attrs.frozen
class Timeline:
    """Rows with dates, in order; apart from them those of which only an order or a day of the year is known."""

    apart: tuple[Row, ...]
    dated: tuple[Row, ...]
    undated: tuple[Row, ...]
    later: int = 0
    upto: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.apart, *self.dated, *self.undated)

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
    return Timeline(
        tuple(row for row in unplaced if _ordered(row.moment)),
        tuple(Row(one, gap, _note(one, day)) for one, gap in zip(shown, _gaps(shown), strict=True)),
        tuple(row for row in unplaced if not _ordered(row.moment)),
        later=len(dated) - len(shown),
        upto="" if upto is None else words.date(upto),
    )


def _ordered(moment: RecordedTime) -> bool:
    """Return whether something is known of when a moment without a year was: a day of the year, or an order."""
    return moment.when is not None or moment.clock is TimeKind.PUBLISHED


def stories(db: Any) -> dict[str, list[str]]:
    """Return the handles of each story's claims, but for those replaced or retracted; "" is no story."""
    found = dict[str, list[str]]()
    for row in queries.each_row(db, "claims"):
        if row["workflow"] not in (Workflow.SUPERSEDED, Workflow.RETRACTED):
            found.setdefault(row["story"] or "", []).append(row["id"])
    return found


def _last_day(upto: str) -> int:
    day = parse(upto).latest
    if day is None:
        raise InputError(
            f"{upto!r} is no day that the world can be looked at.", hint="Give a date with its year: 2025-05-02."
        )
    return day


def _place(moment: RecordedTime) -> tuple[Any, ...]:
    first = moment.first if moment.first is not None else moment.last
    instant = moment.when if moment.instant else ""
    return first, moment.last or 0, list(TimeKind).index(moment.clock), instant, moment.what, moment.handle


def _note(moment: RecordedTime, day: int | None) -> str:
    later = "" if day is None or (moment.last is not None and moment.last <= day) else "may have been later"
    return "; ".join(filter(None, (moment.note, later)))


def _gaps(shown: Sequence[RecordedTime]) -> list[str]:
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


def _in_known_order(
    apart: Sequence[RecordedTime], every: Sequence[RecordedTime], orders: Sequence[Constraint]
) -> tuple[Row, ...]:
    """Return moments without a year or date so that none comes before what it is known to follow.

    Where nothing is known, the day of the year decides. Each is told with what it follows.
    """
    by_name = {moment.name: moment for moment in apart}
    told = {moment.name: moment for moment in every if moment.when is not None or moment.clock is TimeKind.PUBLISHED}
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


def _follows(moment: RecordedTime, before: Sequence[RecordedTime]) -> Row:
    called = words.some(sorted(map(_called, before)), MOST_NAMED)
    return Row(moment, note="; ".join(filter(None, (moment.note, called and f"not before {called}"))))


def _called(moment: RecordedTime) -> str:
    title = moment.what if moment.what in HIDDEN else f"“{moment.what}”"
    if moment.clock is TimeKind.PUBLISHED:
        return title
    return f"what {'was said' if moment.clock is TimeKind.SAID else 'happened'} on {moment.shown}"


def _day_of_year(moment: RecordedTime) -> tuple[str, str, str]:
    """Return what sorts a moment without a year: its month and day as written, then its clock and words."""
    written = (moment.when or "").removeprefix("XXXX-")
    return written or "~", str(list(TimeKind).index(moment.clock)), moment.what
