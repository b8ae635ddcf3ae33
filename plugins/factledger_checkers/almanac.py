"""What the calendar says of a written date: whether it can be, and which weekday it is."""

from __future__ import annotations

import re
from datetime import date

from ledger.dates import DateExpression, ExpressionKind

from .passages import Passage

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_OF = "|".join(WEEKDAYS)

LAST_JULIAN = 1923
"""The year in which the last country, Greece, left the Julian calendar: an older date may be counted by it."""

_MOVED = re.compile(
    r"\b(?:brought|bring|moved?|moving|changed?|changing|shifted|rescheduled|pulled|pushed|switched|corrected|amended|"
    r"adjusted|revised|advanced|backdated|back|backwards?|forwards?|earlier|down|reverse\w*|count\w*)\b",
    re.IGNORECASE,
)
"""Words of a date that gives way to another one: "moved from 10 May to 1 May" runs in no order."""

_ON_A_DAY = re.compile(
    r"\b(?:on|by|until|till|since|before|after|from|to|of|dated|due|for)\s(?:the\s)?$", re.IGNORECASE
)
_WEEKDAY_AFTER = re.compile(rf"(?:\s?\((?P<bare>{_DAYS_OF})\)|,? (?:was|is|fell on|falls on) a (?P<verb>{_DAYS_OF})\b"
                            rf"|, a (?P<named>{_DAYS_OF})(?=[,.;)]|$))")  # fmt: skip
_YEAR_BEHIND = re.compile(
    r",? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: [AP]M)?(?: [A-Z+-][\w:+-]{0,5})?,? (?P<year>[12][0-9]{3})\b"
)
"""The way in which a computer writes it: "Fri Apr  7 17:27:24 BST 2006"."""

_PAPER = re.compile(r"\b(?:the|[A-Z][\w'’]*)\s$")
"""Before "Sun, May 2 2025": a newspaper's name."""


def surely_impossible(passage: Passage, one: DateExpression) -> bool | None:
    """Return whether an impossible day is surely meant as a date; None where it may be no date at all."""
    text = one.words
    years = re.findall(r"\b[12][0-9]{3}\b", text)
    if "W" in text and "-W" not in text:
        return None  # 1500W75 is a lamp
    if re.fullmatch(r"[0-9./-]+", text):
        numbers = [int(number) for number in re.split(r"[./-]", text)]
        if not years:
            return None
        year_first = len(str(numbers[0])) == 4
        months = numbers[1:2] if year_first else numbers[:2]
        return 0 < min(months) <= 12
    if years or one.weekday is not None:
        return True
    number = re.search(r"[0-9]{1,2}", text)
    if number is None or int(number[0]) > 31:
        return None  # "In May 45 men ..."
    return True if _ON_A_DAY.search(passage.text[max(0, one.span.start - 12) : one.span.start]) else None


def only_julian(one: DateExpression) -> bool:
    """Return whether a day that the Gregorian calendar lacks was one elsewhere: 29 February 1900 in Russia."""
    text = one.words
    years = re.findall(r"\b[12][0-9]{3}\b", text)
    if len(years) != 1 or "feb" not in text.lower():
        return False
    year = int(years[0])
    days = {int(number) for number in re.findall(r"\b[0-9]{1,2}(?![0-9])", text)}
    return (year <= LAST_JULIAN and year % 100 == 0 and 29 in days) or (year == 1712 and 30 in days)  # 1712: Sweden


def surely_backwards(passage: Passage, one: DateExpression) -> bool | None:
    """Return whether an interval surely has its later day first by mistake; None where that may be meant."""
    sentence = passage.sentence(one.span)
    if _MOVED.search(passage.text[sentence.start : one.span.start]):
        return None
    ends = [part.edtf for part in one.parts]
    if len(ends) != 2 or not all(end is not None and end.points and end.points[-1].unit == "day" for end in ends):
        return None  # "between 2023 and 2019", "fell from May to March 2024"
    # "From 28 to 3 January" may begin in the month before.
    whole = all(end is not None and end.year_known for end in ends) and not one.parts[0].words.isdigit()
    return whole and one.words.lower().startswith("from")


def written_weekday(passage: Passage, one: DateExpression) -> tuple[int, str] | None:
    """Return the weekday that is written with a date, before or after it, and the words of both."""
    after = _WEEKDAY_AFTER.match(passage.text, one.span.end) if one.kind is ExpressionKind.DATE else None
    if after is not None:
        name = next(name for name in after.groups() if name)
        return WEEKDAYS.index(name), one.words + after[0]
    if one.weekday is None or one.words[:1].islower():
        return None  # "they wed 2 May"
    before = passage.text[max(0, one.span.start - 24) : one.span.start]
    paper = re.match(r"Sun\b", one.words) and _PAPER.search(before)
    return None if paper else (one.weekday, one.words)


def year_behind(passage: Passage, one: DateExpression) -> str:
    """Return the year that stands behind a date and its time of day; "" where none does."""
    found = _YEAR_BEHIND.match(passage.text, one.span.end)
    return found["year"] if found else ""


def weekdays_of(number: int) -> tuple[int, ...]:
    """Return the weekday of a day number, and for old dates that which the same date has in the Julian calendar."""
    try:
        day = date.fromordinal(number)
    except (ValueError, OverflowError):
        return tuple(range(7))
    if day.year > LAST_JULIAN:
        return (day.weekday(),)
    # The count of days of a Julian date, by which 1 January 4713 BC, a Monday, is 0.
    year, month = day.year + 4800 - (day.month < 3), (day.month + 9) % 12
    julian = day.day + (153 * month + 2) // 5 + 365 * year + year // 4 - 32083
    return day.weekday(), julian % 7


def years_beside(number: int) -> range:
    year = date.fromordinal(max(1, min(number, date.max.toordinal()))).year
    return range(year - 1, year + 2)


def day_number(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
