"""One written date, from a moment to a century, and the days it can mean.

The forms are those of EDTF (ISO 8601-2:2019; Library of Congress EDTF
specification): level 0 dates, level 1 seasons, qualifiers, unspecified digits
and years before 0000, and of level 2 only the unknown year, `XXXX-05-02`, and
a month or day of an open one, `156X-12-25`.
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import evolve, frozen

from ..errors import InputError
from .days import MONTHS, QUARTERS, SEASONS, Bounds, bounds, day_number, month_length, years

Code = Literal["malformed", "impossible", "reversed"]
Unit = Literal["year", "month", "day"]

_HINT = "Write 2025-05-02, 2025-05, or XXXX-05-02 when the year is unknown."
_HINT_TIME = "Write 2025-05-02T14:03:00Z or 2025-05-02T14:03:00+02:00, or the day alone."

_DATE = re.compile(r"(-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)
_ALPHABET = frozenset("0123456789XTZ-+:~?%")
_PARTS_OF_YEARS = SEASONS | QUARTERS
_DAY_SECONDS = 86_400


class BadDate(InputError):
    """A text that is no date: `code` is "malformed", "impossible" or "reversed"."""

    def __init__(self, message: str, *, code: Code = "malformed", hint: str = _HINT) -> None:
        super().__init__(message, hint=hint)
        self.code: Code = code


@frozen
class Point:
    """One written date.

    `unit` is the finest part written; `month` and `day` are None when they are
    left out or written XX, `year` ("2025", "202X", "-0043") when it is written XXXX.
    `earliest` and `latest` are day numbers, inclusive, None without a year.
    """

    text: str
    unit: Unit
    year: str | None
    month: int | None
    day: int | None
    earliest: int | None
    latest: int | None
    mark: str = ""
    clock: str = ""
    zone: str = ""
    moment: int | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """Itself, as an interval has the dates at its ends."""
        return (self,)

    @property
    def approximate(self) -> bool:
        """True when the date is marked ~ or %."""
        return self.mark in ("~", "%")

    @property
    def uncertain(self) -> bool:
        """True when the date is marked ? or %."""
        return self.mark in ("?", "%")

    @property
    def reach(self) -> Bounds:
        """The bounds; with a mark, stretched by the date's own length on either side."""
        if not self.mark or self.earliest is None or self.latest is None:
            return self.earliest, self.latest
        length = self.latest - self.earliest + 1
        return self.earliest - length, self.latest + length


def read_point(text: str) -> Point:
    """Return the single date that `text` writes; raise BadDate when it writes none."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _not_a_date(text, _fault(text))
    written, month_text, day_text, mark = match.groups()
    unit: Unit = "day" if day_text else "month" if month_text else "year"
    month = _number(month_text)
    day = _number(day_text)
    year = None if written == "XXXX" else written
    if year is None and month is None:
        raise _not_a_date(text, "it gives neither a year nor a month")
    if written == "-0000":
        raise _impossible(text, "there is no year 0 before Christ: 0000 is 1 BC")
    if day is not None and month is None:
        raise _not_a_date(text, "a day needs its month")
    named = _PARTS_OF_YEARS.get(month or 0)
    if named and day_text:
        raise _not_a_date(text, f"{named} ({month}) takes no day")
    _refuse_impossible(text, year, month, day)
    earliest, latest = bounds(year, month, day)
    return Point(text, unit, year, month, day, earliest, latest, mark)


def read_moment(text: str) -> Point:
    """Return the moment that `text` writes, such as 2025-05-02T14:03:00+02:00; without a zone, the day with its clock.

    Its bounds hold both the day written and the day in UTC: a plain date that
    another source gives for the same moment may be either.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        reason = _stray(text) or "a time needs hours, minutes and seconds"
        raise _not_a_date(text, reason, hint=_HINT_TIME)
    date, *clock, said, sign, zone_hours, zone_minutes = match.groups()
    point = read_point(date)
    away = (zone_hours or "00", zone_minutes or "00")
    offset = _seconds(text, *away) * (-1 if sign == "-" else 1)
    wall = ":".join(clock)
    if said is None:  # the clock of a place that is not said: a day, and no moment
        _seconds(text, *clock)
        return evolve(point, text=f"{date}T{wall}", clock=wall)
    zone = f"{sign}{':'.join(away)}" if offset else "Z"
    local = day_number(int(date[:4]), int(date[5:7]), int(date[8:]))
    moment = local * _DAY_SECONDS + _seconds(text, *clock) - offset
    utc = moment // _DAY_SECONDS
    return Point(
        f"{date}T{wall}{zone}", "day", point.year, point.month, point.day,
        min(local, utc), max(local, utc), clock=wall, zone=zone, moment=moment,
    )  # fmt: skip


def shown(text: str) -> str:
    """Return `text` short and safe to print on one line."""
    cut = text if len(text) <= 40 else text[:39] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def _number(part: str | None) -> int | None:
    return None if part is None or part == "XX" else int(part)


def _seconds(text: str, hours: str, minutes: str, seconds: str = "00") -> int:
    for name, part, limit in (
        ("hour", hours, 24),
        ("minute", minutes, 60),
        ("second", seconds, 60),
    ):
        if int(part) >= limit:
            raise _impossible(text, f"there is no {name} {part}", hint=_HINT_TIME)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _refuse_impossible(text: str, year: str | None, month: int | None, day: int | None) -> None:
    if month is None or month in _PARTS_OF_YEARS:
        return
    if not 1 <= month <= 12:
        raise _impossible(text, f"there is no month {month}")
    if day is None:
        return
    if not 1 <= day <= 31:
        raise _impossible(text, f"there is no day {day}")
    name = MONTHS[month - 1]
    if day > month_length(None, month):
        raise _impossible(text, f"{name} has no day {day}")
    if year is not None and day > max(month_length(one, month) for one in years(year)):
        when = f"{1 - int(year)} BC" if year.startswith("-") and year[1:].isdigit() else year
        raise _impossible(text, f"{name} {when} has no day {day}")


def _impossible(text: str, reason: str, *, hint: str = _HINT) -> BadDate:
    return BadDate(f"{text} is not a date: {reason}.", code="impossible", hint=hint)


def _not_a_date(text: str, reason: str, *, hint: str = _HINT) -> BadDate:
    return BadDate(f"{shown(text) or 'An empty text'} is not a date: {reason}.", hint=hint)


def _stray(text: str) -> str:
    """Name the first character that no date holds; "" when there is none."""
    stray = next((c for c in text if c not in _ALPHABET), "")
    if stray.isdigit():
        return f"{stray} is a digit of another script, and only 0 to 9 are read"
    return f'"{shown(stray)}" has no place in one' if stray else ""


def _fault(text: str) -> str:
    """Name the first part of a malformed date that a reader would correct."""
    if not text:
        return "nothing is written"
    if stray := _stray(text):
        return stray
    if "T" in text:
        return "a time of day cannot stand in an interval or a set"
    year, *rest = text.removeprefix("-").rstrip("~?%").split("-")
    if not re.fullmatch(r"[0-9X]{4}", year):
        return f'the year "{shown(year)}" is not four digits'
    for name, part in zip(("month", "day"), rest, strict=False):
        if not re.fullmatch(r"[0-9]{2}|XX", part):
            return f'the {name} "{shown(part)}" is not two digits, or XX'
    return "its parts are not a year, a month and a day"
