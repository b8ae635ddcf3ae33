"""Writes a date out for a reader."""

from __future__ import annotations

from .days import MONTHS, SEASONS, years
from .edtf import DateInterval, Edtf, OpenEnd
from .point import Point

_NO_YEAR = "year not given"


def words(edtf: Edtf) -> str:
    """Return the date in plain English: "2 May 2025", "about May 2025", "2 or 3 May 2025"."""
    readings = edtf.readings
    if len(readings) == 1:
        only = readings[0]
        return _span(only) if isinstance(only, DateInterval) else _alone(only)
    points = [reading for reading in readings if isinstance(reading, Point)]
    if len(points) == len(readings):
        parts = _series(points)
    else:
        parts = [_span(part) if isinstance(part, DateInterval) else _within(part) for part in readings]
    return f"{', '.join(parts[:-1])} or {parts[-1]}"


def name(point: Point) -> str:
    """Return a single date without its doubts: "2 May 2025", "2 May", "the 2020s"."""
    day, year = _day_and_month(point), _year(point)
    calendar = f"{day} {year}" if day and year else day or year
    if point.unit == "day" and point.day is None:
        calendar = f"a day in {calendar}"
    elif point.unit == "month" and point.month is None:
        calendar = f"a month in {calendar}"
    if not point.clock:
        return calendar
    clock = point.clock.removesuffix(":00")
    zone = "UTC" if point.zone == "Z" else f"UTC{point.zone}"
    return f"{calendar}, {clock} {zone}" if point.zone else f"{calendar}, {clock}"


def _alone(point: Point) -> str:
    return ", ".join([_about(point), *_doubts(point)])


def _within(point: Point) -> str:
    doubts = ", ".join(_doubts(point))
    return f"{_about(point)} ({doubts})" if doubts else _about(point)


def _about(point: Point) -> str:
    return f"about {name(point)}" if point.approximate else name(point)


def _doubts(point: Point) -> list[str]:
    doubts = ["uncertain"] if point.uncertain else []
    return doubts if point.year is not None else [*doubts, _NO_YEAR]


def _day_and_month(point: Point) -> str:
    if point.month is None:
        return ""
    month = SEASONS.get(point.month) or MONTHS[point.month - 1]
    return month if point.day is None else f"{point.day} {month}"


def _year(point: Point) -> str:
    if point.year is None:
        return ""
    if point.year.startswith("-") or point.year == "0000":
        return _before_christ(years(point.year))
    if "X" in point.year and point.month is not None:
        first, *_, last = years(point.year)
        return f"of one of the years {first:04} to {last:04}"
    if point.year.endswith("XX"):
        return f"the years {point.year[:2]}00 to {point.year[:2]}99"
    if point.year.endswith("X"):
        return f"the {point.year[:3]}0s"
    return point.year


def _before_christ(possible: range) -> str:
    """Return years of a calendar that has no year 0: -0043 is 44 BC."""
    first, last = 1 - possible[0], 1 - possible[-1]
    return f"{first} BC" if first == last else f"the years {first} to {last} BC"


def _span(span: DateInterval) -> str:
    start, end = span.start, span.end
    one_of = "/" not in span.text
    if isinstance(start, OpenEnd):
        last = _within(span.points[0])
        unknown = ", start unknown" if start is OpenEnd.UNKNOWN else ""
        return f"{last} or earlier" if one_of else f"until {last}{unknown}"
    if isinstance(end, OpenEnd):
        first = _within(start)
        unknown = ", end unknown" if end is OpenEnd.UNKNOWN else " on"
        return f"{first} or later" if one_of else f"from {first}{unknown}"
    return f"between {' and '.join(_series([start, end]))}"


def _series(points: list[Point]) -> list[str]:
    """Write dates that stand in one sentence, saying what they share only once."""
    last = points[-1]
    alike = all(
        not point.mark
        and point.unit == last.unit
        and point.year == last.year
        and point.month is not None
        and (point.day is None) == (last.unit == "month")
        for point in points
    )
    if not alike:
        return [_within(point) for point in points]
    same_month = last.day is not None and all(point.month == last.month for point in points)
    short = [str(p.day) if same_month else _day_and_month(p) for p in points[:-1]]
    return [*short, _alone(last)]
