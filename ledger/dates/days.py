"""Counts days, and says which days a year, month, season or day can mean.

Days are counted as `datetime.date.toordinal` counts them: 1 is 1 January of
year 1 in the Gregorian calendar, carried back before its introduction.
"""

from __future__ import annotations

from calendar import isleap

Bounds = tuple[int | None, int | None]
"""First and last day number, inclusive; None is unbounded."""

# Not `calendar.month_name`, which follows the machine's language.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
QUARTERS = {33: "first quarter", 34: "second quarter", 35: "third quarter", 36: "fourth quarter"}

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of a day that exists, in any year; before 0001 it is 0 or less."""
    # `datetime.date` has no year 0000, which ISO 8601 has, hence our own count.
    past = year - 1
    leap_day = month > 2 and isleap(year)
    days = past * 365 + past // 4 - past // 100 + past // 400
    return days + _DAYS_BEFORE[month - 1] + leap_day + day


def year_before_christ(number: int) -> str:
    """Return a year before Christ as EDTF writes it: 44 is -0043, for the year before 0001 is 0000; of 0, no year."""
    return "0000" if number == 1 else f"-{max(number - 1, 0):04}"


def month_length(year: int | None, month: int) -> int:
    """Return how many days a month has, at most when the year is None."""
    if month == 2 and year is not None and not isleap(year):
        return 28
    return _LENGTHS[month - 1]


def years(written: str) -> range:
    """Return the years that four digits can mean of which the last one or two may be X, with a sign before 0000."""
    sign = -1 if written.startswith("-") else 1
    ends = sorted(sign * int(written.removeprefix("-").replace("X", digit)) for digit in "09")
    return range(ends[0], ends[1] + 1)


def bounds(written: str | None, month: int | None, day: int | None) -> Bounds:
    """Return the days that a date with these parts can mean.

    `written` is the year as `years` reads it. A day of an open year is the first and the last such day of it.
    """
    if written is None:
        return None, None
    possible = years(written)
    first, last = possible[0], possible[-1]
    if month is None:
        return day_number(first, 1, 1), day_number(last, 12, 31)
    # EDTF seasons 21-24 say nothing of the hemisphere, nor which winter a year's
    # winter is. The bounds hold every reading, so that none is called impossible.
    if month in (21, 23):
        return day_number(first, 3, 1), day_number(last, 12, 31)
    if month in (22, 24):
        return day_number(first - 1, 12, 1), day_number(last + 1, 3, 31)
    if month in QUARTERS:
        begins = 3 * (month - 33) + 1
        return day_number(first, begins, 1), day_number(last, begins + 2, month_length(last, begins + 2))
    if (month, day) == (2, 29):
        leap = [one for one in possible if isleap(one)]
        first, last = leap[0], leap[-1]
    final = month_length(last, month) if day is None else day
    return day_number(first, month, day or 1), day_number(last, month, final)
