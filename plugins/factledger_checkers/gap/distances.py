"""Stated distances in time, and whether two dates can be so far apart on every reading, on some, or on none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import attrs

from ledger import InputError, Outcome
from ledger.dates import DateExpression, Edtf, Length, parse, words

from ..common import plain

_MONTH = 30.44
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|circa|an estimated|close to|just)[ \n]$", re.IGNORECASE
)
_MORE = re.compile(
    r"\b(?:over|more than|at least|no fewer than|no less than|not less than|just over)[ \n]$", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:under|less than|fewer than|up to|at most|no more than|not more than|within|just under)[ \n]$",
    re.IGNORECASE,
)
_LEAP, _COMMON = 2024, 2025
_WITHIN_A_YEAR = 300
"""The most days that can be told between two dates of which one has no year."""

_LONG = 730
"""Days from which a distance is told in years."""


@attrs.frozen
class Allowed:
    """How many days may lie between two dates; None is no limit.

    `exact` is a number of days, `counted` one of a stretch, whose first day may count or not.
    """

    least: int
    most: int | None
    exact: bool = False
    counted: bool = False

    def off(self, shortest: int | None, longest: int | None) -> int:
        """Return by how many days a distance that lies between these bounds is outside at best; 0 where it may fit."""
        if longest is not None and longest < self.least:
            return self.least - longest
        if self.most is not None and shortest is not None and shortest > self.most:
            return shortest - self.most
        return 0

    def holds(self, shortest: int | None, longest: int | None) -> bool:
        """Return whether every distance between these bounds is inside."""
        if shortest is None or shortest < self.least:
            return False
        return self.most is None or (longest is not None and longest <= self.most)


@attrs.frozen
class Stated:
    """What comes of one stated distance: it cannot be, may be meant otherwise, is so, or cannot be told; and why."""

    outcome: Outcome
    reason: str
    code: str = "apart"


def allowed(length: Length, before: str, *, counted: bool = False) -> Allowed | None:
    """Return the days that a stated length allows; None where it gives no number.

    `before` are the words in front of it, of which "about" and "more than" widen it. Weeks and longer units are
    counted from the day, or by the calendar: what is more than one less and less than one more is "two weeks".
    `counted` is a stretch of days whose first day may count or not.
    """
    count, days, months = length.count, length.days, length.months
    if not count or (days is None and months is None) or count > 100_000:
        return None
    if days == count:
        least, most = (count - 1 if counted else count), count
    else:
        unit = 7 if days is not None else (months or 0) / count * _MONTH
        slack = 0 if days is not None else 2
        least, most = int((count - 1) * unit) + 1 - slack, int((count + 1) * unit) - 1 + slack
    more, less = _MORE.search(before), _LESS.search(before)
    if _ABOUT.search(before):
        wide = max(2, most // 3)
        return Allowed(max(0, least - wide), most + wide)
    if more or less:
        return Allowed(0 if less else least, None if more else most)
    return Allowed(max(0, least), most, exact=days == count and not counted, counted=counted and days == count)


def dated(one: DateExpression | None) -> Edtf | None:
    """Return the date that words give: without its year where a convention supplied that, None where more is so."""
    if one is None or one.edtf is None or one.offset is not None or one.part:
        return None
    edtf = one.edtf
    if not one.assumed:
        return edtf
    if "year" not in one.assumed or len(edtf.points) != 1 or edtf.points[0].month is None:
        return None
    try:
        return parse(f"XXXX{edtf.text[4:]}")
    except InputError:
        return None


def judged(shown: str, limits: Allowed, start: Edtf, end: Edtf, *, sure: bool = True, upper: bool = False) -> Stated:
    """Return whether two dates can be as far apart as the words have it.

    `upper` is a stretch that need not fill the time between the dates: it may be shorter.
    """
    spreads = list(_spreads(start, end))
    if not (start.year_known and end.year_known) and (limits.most is None or limits.most > _WITHIN_A_YEAR):
        spreads = []
    if not spreads:
        return Stated(Outcome.ABSTAIN, f"{shown}: {_why(start, end)}.", "open")
    offs = [_longer(limits, spread) if upper else limits.off(*spread) for spread in spreads]
    if min(offs) > 0:
        near = limits.exact and min(offs) == 1
        spread = min(spreads, key=lambda spread: abs(spread[0] or 0))
        reason = f"{shown}, but {_days(spread, limits)} between {told(start)} and {told(end)}"
        if spread[1] is not None and spread[1] < 0:
            reason = f"{shown}, but {told(end)} is before {told(start)}"
        if near:
            return Stated(Outcome.WARN, f"{reason}: a day apart, if both were counted.", "a_day")
        return Stated(Outcome.FAIL if sure else Outcome.WARN, f"{reason}.")
    if upper or any(limits.holds(*spread) for spread in spreads):
        return Stated(Outcome.PASS, f"{shown} fits.", "fits")
    return Stated(Outcome.ABSTAIN, f"{shown}: {_why(start, end)}.", "open")


def _longer(limits: Allowed, spread: tuple[int | None, int | None]) -> int:
    longest = spread[1]
    return 0 if longest is None else max(0, limits.least - longest)


def _spreads(start: Edtf, end: Edtf) -> Iterator[tuple[int | None, int | None]]:
    """Yield the least and the most days from one date to a later one, for each year that is left open."""
    if start.year_known and end.year_known:
        (first, last), (then, final) = start.reach, end.reach
        yield (
            None if then is None or last is None else then - last,
            None if final is None or first is None else final - first,
        )
        return
    for one, other in _with_years(start, end):
        if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
            continue
        if other.latest >= one.earliest:
            yield other.earliest - one.latest, other.latest - one.earliest


def _with_years(start: Edtf, end: Edtf) -> Iterator[tuple[Edtf, Edtf]]:
    known = next((edtf for edtf in (start, end) if edtf.year_known), None)
    if known is None:
        years = [(year, year + more) for year in (_LEAP - 1, _LEAP, _COMMON) for more in (0, 1)]
    else:
        if known.earliest is None or not 366 < known.earliest < date.max.toordinal() - 366:
            return
        year = date.fromordinal(known.earliest).year
        years = [(year + a, year + b) for a, b in ((-1, 0), (0, 0), (0, 1))]
    for first, then in years:
        one, other = _in_year(start, first), _in_year(end, then)
        if one is not None and other is not None:
            yield one, other


def _in_year(edtf: Edtf, year: int) -> Edtf | None:
    if edtf.year_known:
        return edtf
    if len(edtf.points) != 1:
        return None
    try:
        return parse(edtf.text.replace("XXXX", f"{year:04}"))
    except InputError:
        return None


def _days(spread: tuple[int | None, int | None], limits: Allowed) -> str:
    """Return a distance as a phrase: "9 days lie", "9 days lie (10 with the first)", "11 to 13 years lie"."""
    shortest, longest = spread
    if shortest is None or longest is None:
        return f"at least {shortest} days lie" if shortest is not None else f"at most {longest} days lie"
    if shortest >= _LONG:
        first, last = (round(days / 365.25) for days in (shortest, longest))
        return f"{first} years lie" if first == last else f"{first} to {last} years lie"
    days = f"{shortest}" if shortest == longest else f"{shortest} to {longest}"
    both = f" ({shortest + 1} with the first)" if limits.counted and shortest == longest else ""
    return f"{days} day{' lies' if days == '1' else 's lie'}{both}"


def told(edtf: Edtf) -> str:
    """Return a date in words, as one says it who has just named it."""
    return words(edtf).replace(", year not given", "")


def _why(start: Edtf, end: Edtf) -> str:
    for edtf in (start, end):
        if not edtf.year_known:
            return f"no year is given for {told(edtf)}"
    for edtf in (start, end):
        if edtf.earliest is None or edtf.latest is None or edtf.earliest != edtf.latest or edtf.approximate:
            return f"{words(edtf)} is no one day, and leaves it open"
    return "the dates leave it open"


def quoted(one_words: str, where: str) -> str:
    """Return words and where they stand, to begin a reason with."""
    return f"“{plain(one_words)}” in {where}"
