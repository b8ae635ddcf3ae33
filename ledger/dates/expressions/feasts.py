"""Feasts and holidays, and on which day of a year they fall."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from .lexicon import END, YEAR_GROUP, S
from .rule import DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind

DayOf = Callable[[int], date]


def easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    cycle, century, rest = year % 19, year // 100, year % 100
    moon = (19 * cycle + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (cycle + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> DayOf:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> DayOf:
    return lambda year: easter(year) + timedelta(days)


def _weekday_of(month: int, weekday: int, number: int) -> DayOf:
    """The so-manyth weekday, Monday 0, of a month; -1 is its last."""

    def day(year: int) -> date:
        if number < 0:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
            return last - timedelta((last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))

    return day


FEASTS: dict[str, DayOf] = {
    "ash wednesday": _from_easter(-46), "palm sunday": _from_easter(-7), "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2), "easter sunday": _from_easter(0), "easter monday": _from_easter(1),
    "easter day": _from_easter(0), "easter": _from_easter(0), "ascension day": _from_easter(39),
    "whit sunday": _from_easter(49), "whit monday": _from_easter(50), "pentecost": _from_easter(49),
    "christmas day": _fixed(12, 25), "christmas eve": _fixed(12, 24), "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26), "new year's day": _fixed(1, 1), "new year's eve": _fixed(12, 31),
    "halloween": _fixed(10, 31), "valentine's day": _fixed(2, 14), "st patrick's day": _fixed(3, 17),
    "st. patrick's day": _fixed(3, 17), "fourth of july": _fixed(7, 4), "independence day": _fixed(7, 4),
    "labor day": _weekday_of(9, 0, 1), "memorial day": _weekday_of(5, 0, -1), "columbus day": _weekday_of(10, 0, 2),
    "thanksgiving day": _weekday_of(11, 3, 4), "thanksgiving": _weekday_of(11, 3, 4),
}  # fmt: skip
"""The feast, and its day in a year; Thanksgiving, Labor, Memorial and Columbus Day as the United States keep them."""

_AMERICAN = frozenset(name for name in FEASTS if "thanksgiving" in name or name.split()[0] in
                      ("labor", "memorial", "columbus", "independence"))  # fmt: skip
_FEAST = "|".join(
    re.escape(name).replace(r"\ ", r"\s").replace("'", "['’]") for name in sorted(FEASTS, key=len, reverse=True)
)


def _feast(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A feast: of the year written with it, else of that which the clock gives; no part of a name."""
    name = re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))
    if not match["feast"][0].isupper() or re.search(r"\b[A-Z]\w+\s$", scene.before(match.start(), 12)):
        return None
    day_of = FEASTS[name]
    american = "as the United States keep it" if name in _AMERICAN else ""
    if match["year"]:
        return scene.valued(*match.span(), day_of(int(match["year"])).isoformat(), assumed=american)
    if re.match(r"[ -][A-Z]|'s\b|’s\b| (?:tree|card|gift|present|dinner|shopping|season|party|carol|holiday|egg|week)",
                scene.after(match.end(), 10)):  # fmt: skip
        return None
    here = day_of(scene.reference.first.year if scene.reference.first else 2000)
    written, why = scene.clock.year(*match.span(), here.month, here.day)
    if written:
        return scene.valued(*match.span(), day_of(int(written)).isoformat(), assumed=why)
    if (here.month, here.day) == day_of(2001).timetuple()[1:3] == day_of(2002).timetuple()[1:3]:
        return scene.valued(*match.span(), f"XXXX-{here.month:02}-{here.day:02}", unknown=why)
    return scene.made(*match.span(), ExpressionKind.DATE, unknown=why)


RULES: tuple[DateRule, ...] = (
    rule({name.split()[0].split("'")[0].rstrip(".") for name in FEASTS},
         rf"(?P<feast>{_FEAST}) (?:,?{S}{YEAR_GROUP})? {END}", _feast),
)  # fmt: skip
