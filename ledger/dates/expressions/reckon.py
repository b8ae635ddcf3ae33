"""Reckons with days: from a reference date to the date that relative words mean.

Every function takes one day and returns EDTF text. `Reference` then asks it of the first and
the last day that the reference date can be: where both give one answer, that is the value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from attrs import frozen

from ..edtf import Edtf, parse
from .value import Length, Unit

Reckoned = Callable[[date], str]


@frozen
class Reference:
    """The day from which relative words count, or the first and the last that it can be."""

    edtf: Edtf | None
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, given: Edtf | str | None) -> Reference:
        """Return the reference that a date gives; one without a year or an end gives no day."""
        edtf = parse(given) if isinstance(given, str) else given
        if edtf is None:
            return cls(None)
        first, last = edtf.reach
        if edtf.moment is not None:
            # The day that the writer's own clock showed, not the one in UTC.
            return cls(edtf, date.fromisoformat(edtf.text[:10]), date.fromisoformat(edtf.text[:10]))
        if first is None or last is None or not 0 < first <= last <= date.max.toordinal():
            return cls(edtf)
        return cls(edtf, date.fromordinal(first), date.fromordinal(last))

    def ask(self, reckon: Reckoned) -> str | None:
        """Return the one answer that every day of the reference gives; None where there is none."""
        if self.first is None or self.last is None:
            return None
        try:
            answer = reckon(self.first)
            return answer if self.first == self.last or reckon(self.last) == answer else None
        except (OverflowError, ValueError):
            return None

    @property
    def missing(self) -> str:
        """Why a word that needs a reference date has no value."""
        if self.edtf is None:
            return "it needs a reference date: the day on which the words were written"
        return f"the reference date {self.edtf.text} does not determine it"


def year(number: int) -> str:
    """Return a year as EDTF; raise ValueError for one that has no four digits."""
    if not 0 <= number <= 9999:
        raise ValueError(number)
    return f"{number:04}"


def shifted(day: date, length: Length, direction: int) -> str:
    """Return the day, month or year that lies so far from a day, as coarse as the unit of the length."""
    if length.count is None:
        raise ValueError("no count")
    if length.days is not None:
        there = day + timedelta(direction * length.days)
        return week(there) if length.unit is Unit.WEEK else there.isoformat()
    months = length.months
    if months is None:
        raise ValueError("too short for days")
    if length.unit in (Unit.MONTH, Unit.QUARTER):
        return month_text(day.year * 12 + day.month - 1 + direction * months)
    return year(day.year + direction * months // 12)


def month_text(months: int) -> str:
    """Return a month as EDTF from the count of months since year 0."""
    return f"{year(months // 12)}-{months % 12 + 1:02}"


def week(day: date) -> str:
    """Return the week of a day, Monday to Sunday (ISO 8601), as an interval."""
    monday = day - timedelta(day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def weekend(day: date) -> str:
    """Return the Saturday and Sunday of a day's week as an interval."""
    saturday = day - timedelta(day.weekday()) + timedelta(5)
    return f"{saturday.isoformat()}/{(saturday + timedelta(1)).isoformat()}"


def quarter(year_number: int, number: int) -> str:
    """Return a calendar quarter, 1 to 4, as an interval of months."""
    text = year(year_number)
    return f"{text}-{3 * number - 2:02}/{text}-{3 * number:02}"


def is_quarter(written: str) -> bool:
    """Return whether EDTF text is a calendar quarter of a known year."""
    first, _, last = written.partition("/")
    return (
        len(first) == len(last) == 7 and first[:4].isdigit() and written == quarter(int(first[:4]), int(last[5:]) // 3)
    )


def unit_at(day: date, unit: Unit, shift: int) -> str:
    """Return the day, week, month, quarter, year, decade or century so many before or after that of a day."""
    if unit is Unit.DAY:
        return (day + timedelta(shift)).isoformat()
    if unit is Unit.WEEK:
        return week(day + timedelta(7 * shift))
    if unit is Unit.MONTH:
        return month_text(day.year * 12 + day.month - 1 + shift)
    if unit is Unit.QUARTER:
        quarters = day.year * 4 + (day.month - 1) // 3 + shift
        return quarter(quarters // 4, quarters % 4 + 1)
    if unit is Unit.YEAR:
        return year(day.year + shift)
    if unit is Unit.DECADE:
        return f"{year(day.year + 10 * shift)[:3]}X"
    if unit is Unit.CENTURY:
        return f"{year(day.year + 100 * shift)[:2]}XX"
    raise ValueError(unit)


def nearest_weekday(day: date, number: int, *, future: bool) -> str:
    """Return the nearest such weekday, the day itself included: before it, or after it where the words look ahead."""
    away = (number - day.weekday()) % 7 if future else -((day.weekday() - number) % 7)
    return (day + timedelta(away)).isoformat()


def weekday_beside(day: date, number: int, *, after: bool) -> str:
    """Return the nearest such weekday strictly before or after a day."""
    away = (number - day.weekday() - 1) % 7 + 1 if after else -((day.weekday() - number - 1) % 7 + 1)
    return (day + timedelta(away)).isoformat()
