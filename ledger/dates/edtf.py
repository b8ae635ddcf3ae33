"""Reads dates in a subset of EDTF, and gives their first and last possible day.

EDTF is ISO 8601-2:2019; the forms follow the Library of Congress EDTF
specification: level 0 and 1, and of level 2 the unknown year and the set.

    2025-05-02  2025-05  2025        a day, a month, a year
    2025-05-02T14:03:00Z             a moment; with +02:00 in another zone; without one, the time of some place
    2025-05-XX  2025-XX  202X  20XX  a day in May, a month in 2025, a decade, a century
    XXXX-05-02  XXXX-05              the year is unknown
    156X-12-25                       25 December of a year of the 1560s
    -0043-03-15  -0043  -08XX        15 March 44 BC, 44 BC (0000 is 1 BC), the 9th century BC
    2025-05~  2025?  2025%           approximate, uncertain, both
    2025-21 ... 2025-24              spring, summer, autumn, winter
    2025-33 ... 2025-36              the quarters of a year
    2025-02/2025-05                  an interval; ".." an open end, "" an unknown one
    [2025-05-02,2025-05-05..]        one of these: dates, and ranges of dates
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from attrs import field, frozen

from .days import Bounds, years
from .point import BadDate, Point, read_moment, read_point, shown

MAX_LENGTH = 400
"""The longest text read as a date, in characters."""

_HINT_INTERVAL = "Write 2025-02/2025-05, 2025-02/.. or ../2025-05."
_HINT_SET = "Write [2025-05-02,2025-05-03] or [2025-05-02..2025-05-09]."


class OpenEnd(Enum):
    """An end of an interval or range at which no date stands."""

    OPEN = "open"
    UNKNOWN = "unknown"


@frozen
class DateInterval:
    """From one date to another; one end at most is an Edge."""

    text: str
    start: Point | OpenEnd
    end: Point | OpenEnd

    @property
    def points(self) -> tuple[Point, ...]:
        """The dates written at its ends."""
        return tuple(end for end in (self.start, self.end) if isinstance(end, Point))

    @property
    def earliest(self) -> int | None:
        """The first day its start can mean; None when it has none."""
        return self.start.earliest if isinstance(self.start, Point) else None

    @property
    def latest(self) -> int | None:
        """The last day its end can mean; None when it has none."""
        return self.end.latest if isinstance(self.end, Point) else None

    @property
    def reach(self) -> Bounds:
        """The bounds, stretched at an end that is marked ~, ? or %."""
        first = self.start.reach[0] if isinstance(self.start, Point) else None
        last = self.end.reach[1] if isinstance(self.end, Point) else None
        return first, last


@frozen
class Edtf:
    """A date as a source gives it; made by `parse`, equal when its text is.

    `earliest` and `latest` are the first and last day it can mean as written,
    as `datetime.date.toordinal` counts them, inclusive; None is unbounded.
    Both are None when `year_known` is False: some year in it is XXXX.

    `reach` is the pair of bounds to compare by. It differs from them when the
    date is `approximate` (~) or `uncertain` (?): such bounds are not hard, and
    reach as far again on either side as the date is long. "about May 2025"
    reaches from 31 March to 1 July.

    `moment` is given with a time of day: seconds in UTC, 86,400 to a day number.
    `readings` holds what the set, interval or date is made of.
    """

    text: str
    readings: tuple[Point | DateInterval, ...] = field(eq=False, repr=False)
    year_known: bool = field(eq=False)
    earliest: int | None = field(eq=False)
    latest: int | None = field(eq=False)
    reach: Bounds = field(eq=False)
    approximate: bool = field(eq=False)
    uncertain: bool = field(eq=False)
    moment: int | None = field(eq=False, default=None)

    def __str__(self) -> str:
        return self.text

    @property
    def points(self) -> tuple[Point, ...]:
        """Every single date written in it, in order."""
        return tuple(point for reading in self.readings for point in reading.points)


def parse(text: str) -> Edtf:
    """Return the date that `text` writes in EDTF, such as "2025-05-02" or "2025-02/..".

    The result's own text is canonical: no spaces, a set sorted and without
    repeats, a zone of +00:00 written Z. An interval is refused as reversed
    when its last possible day lies before its first.

    Raises BadDate, with a `code` and a hint that shows a form that works.
    """
    if len(text) > MAX_LENGTH:
        raise BadDate(f"A text of {len(text)} characters is too long to be a date.")
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Edtf:
    text = text.strip(" ")
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text)
    if "/" in text:
        return _edtf(_interval(text))
    return _edtf(read_moment(text) if "T" in text else read_point(text))


def _interval(text: str) -> DateInterval:
    start, slash, end = text.partition("/")
    if "/" in end:
        raise BadDate(f"{shown(text)} is not a date: it has more than one slash.")
    return _span(start, slash, end, hint=_HINT_INTERVAL)


def _one_of(text: str) -> Edtf:
    members: dict[str, Point | DateInterval] = {}
    for part in text[1:-1].split(","):
        member = _member(part.strip(" "))
        members[member.text] = member
    readings = tuple(members[name] for name in sorted(members, key=_order))
    if len(readings) == 1 and isinstance(readings[0], Point):
        return _edtf(readings[0])
    return _edtf(*readings, text=f"[{','.join(reading.text for reading in readings)}]")


def _order(name: str) -> tuple[int, str]:
    """Return a key that puts dates in order by their text, and those before 0000 by their years."""
    return (years(name[:5])[0] if name.startswith("-") else 0, name)


def _member(text: str) -> Point | DateInterval:
    if not text:
        raise BadDate("A set of dates has an empty place.", hint=_HINT_SET)
    start, dots, end = text.partition("..")
    return _span(start, dots, end, hint=_HINT_SET) if dots else read_point(text)


def _span(start: str, joint: str, end: str, *, hint: str) -> DateInterval:
    span = DateInterval(f"{start}{joint}{end}", _end(start, joint), _end(end, joint))
    if not span.points:
        raise BadDate(f'"{span.text}" names no date.', hint=hint)
    if span.earliest is not None and span.latest is not None and span.latest < span.earliest:
        raise BadDate(
            f"{span.text} runs backwards: {end} is before {start}.",
            code="reversed",
            hint=f"Write the earlier date first: {end}{joint}{start}.",
        )
    return span


def _end(text: str, joint: str) -> Point | OpenEnd:
    # An interval writes an open end as two dots; a range, which has them, as nothing.
    if text == "":
        return OpenEnd.UNKNOWN if joint == "/" else OpenEnd.OPEN
    if text == ".." and joint == "/":
        return OpenEnd.OPEN
    return read_point(text)


def _edtf(*readings: Point | DateInterval, text: str = "") -> Edtf:
    points = [point for reading in readings for point in reading.points]
    marks = {point.mark for point in points}
    year_known = None not in [point.year for point in points]
    earliest, latest = _hull([(reading.earliest, reading.latest) for reading in readings])
    reach = _hull([reading.reach for reading in readings])
    if not year_known:
        # Half a bound would let a comparison pass on a guess about the other half.
        earliest, latest, reach = None, None, (None, None)
    return Edtf(
        text=text or readings[0].text,
        readings=readings,
        year_known=year_known,
        earliest=earliest,
        latest=latest,
        reach=reach,
        approximate=not marks.isdisjoint("~%"),
        uncertain=not marks.isdisjoint("?%"),
        moment=points[0].moment,
    )


def _hull(bounds: list[Bounds]) -> Bounds:
    """Return the least first and the greatest last day; None where any is unbounded."""
    firsts = [first for first, _ in bounds if first is not None]
    lasts = [last for _, last in bounds if last is not None]
    return (
        min(firsts) if len(firsts) == len(bounds) else None,
        max(lasts) if len(lasts) == len(bounds) else None,
    )
