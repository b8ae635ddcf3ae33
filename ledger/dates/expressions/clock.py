"""The clock of a text: which year it is in where a date is written without one, or why that cannot be told.

News tells of the days around the one on which it was written: a date without a year is the nearest, on the side of
that day on which its verb puts it. A history tells of another time: there a year carries on until the next, and the
day on which the text was written says nothing. Which of the two a text is, its own words say: years long gone,
against "yesterday", "Tuesday", "last week" and years near at hand. Where they do not say, no year is given.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from attrs import define, frozen

from .reckon import Reference, year
from .tense import VerbTime, sentence_start, tense
from .value import DateExpression

Tense = Callable[[str, int, int], VerbTime]
"""Says of a text and the place of a date in it on which side of the day of its words the date lies."""

NEAREST = "the year is not written: the nearest is taken"

_LONG_GONE = 2
"""Years before that of the reference from which on a year is of another time."""

_ALONE, _FOR_EACH = 4, 8
"""Years long gone that make a history, and so many more for each word of a text's own time, as in its quotations."""

_CARRIES = 1_500
"""Characters over which a year carries on in a history."""

_BESIDE = 600
"""Characters behind a year long gone, in one paragraph, in which a date may be of that year or of the text's own."""

_CLOSE = 100
"""Days within which a date whose verb does not tell is taken for the nearest."""

_PLAIN = 30
"""Days by which the nearest has to be nearer than the next, for its year to be given."""

_FAR_SIDE = 180
_FAR_SIDE_OF_MONTHS = 240
"""Days that a day, and a month, count as farther off on the side on which its verb does not put it."""

_BEFORE = 12
_BY = re.compile(r"\bby (?:early |late |mid-?)?$")
"""Before a date up to which something is to be, rather than was."""

_FORWARD = (VerbTime.AHEAD, VerbTime.PERHAPS)

_BACK = 3
"""Months by which one has to lie before the month told of last for a new year to have begun between."""

# What must not stand before it is looked for once its first figure is found: so the text is passed over quickly.
_YEAR = re.compile(r"[12](?<![\w$£€#.,:/-].)(?:(?<=1)[0-9]|0)[0-9]{2}(?![\w%]|[,.:][0-9]|-[a-z])")
_SPOKEN = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this) (?:week|month|year|night|weekend)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|ago)\b"
)


class NarrativeTime(StrEnum):
    """Of what time a text tells."""

    NEWS = "its own"
    HISTORY = "another"
    OPEN = "not plain"


@frozen
class Written:
    """A year that a text writes, and where."""

    at: int
    year: int


@frozen
class CarriedYear:
    """The year and month last told of, where they end, and in which words."""

    year: int
    month: int | None
    at: int
    words: str


@define
class TextClock:
    """The clock of a text that is read from left to right.

    `years` are those that it writes, but for `asides`: single looks back or ahead, out of line with those around them.
    """

    text: str
    reference: Reference
    tense: Tense = tense
    telling: NarrativeTime = NarrativeTime.NEWS
    years: tuple[Written, ...] = ()
    asides: frozenset[int] = frozenset()
    hand: CarriedYear | None = None

    @classmethod
    def of(
        cls, text: str, reference: Reference, *, tense: Tense = tense, spoken: re.Pattern[str] = _SPOKEN
    ) -> TextClock:
        """Return the clock of a text, which tells of its own time unless it writes years long gone.

        `tense` says on which side of its day a date lies, `spoken` finds words that count from that day.
        """
        if reference.first is None:
            return cls(text, reference, tense)
        now = reference.first.year - _LONG_GONE
        years = [Written(found.start(), int(found[0])) for found in _YEAR.finditer(text)]
        gone = sum(one.year <= now for one in years)
        if not gone:
            return cls(text, reference, tense)
        own = sum(1 for _ in spoken.finditer(text))
        if gone <= max(own, len(years) - gone):
            return cls(text, reference, tense)
        telling = NarrativeTime.HISTORY if gone >= _ALONE + _FOR_EACH * own else NarrativeTime.OPEN
        asides = _asides(years)
        return cls(text, reference, tense, telling, tuple(one for one in years if one.at not in asides), asides)

    @property
    def elsewhere(self) -> bool:
        """Whether the text tells of another time, of which the day of its writing says nothing."""
        return self.telling is NarrativeTime.HISTORY

    def read(self, one: DateExpression) -> None:
        """Take note of a date that has been read: with its year, it is where the story now stands."""
        edtf = one.edtf
        if self.telling is NarrativeTime.NEWS or edtf is None or not edtf.points or one.offset is not None:
            return
        point = edtf.points[0]
        if point.year is None or not point.year.isdigit():
            return
        if point.year not in one.words and not one.assumed.startswith("the year"):
            return
        aside = any(one.span.start <= at < one.span.end for at in self.asides)
        number, month = int(point.year), point.month if point.month is not None and point.month <= 12 else None
        onward = self.hand is not None and number > self.hand.year
        if not aside and not (onward and self.tense(self.text, one.span.start, one.span.end) in _FORWARD):
            self.hand = CarriedYear(number, month, one.span.end, one.words)

    def year(self, start: int, end: int, month: int, day: int | None) -> tuple[str, str]:
        """Return the year of a month, or a day of it, that is written without one, and the convention by which.

        The year is "" where it cannot be told; the second then says why.
        """
        if self.elsewhere:
            return self._told(start, month)
        told, hand = self.tense(self.text, start, end), self.hand
        if told is not VerbTime.AHEAD and _BY.search(self.text, max(0, start - _BEFORE), start):
            told = VerbTime.PERHAPS
        beside = hand is not None and start - hand.at < _BESIDE and "\n\n" not in self.text[hand.at : start]
        if hand is not None and beside and told not in _FORWARD:
            return "", f"no year is given: it may be that of “{hand.words}”, or that of the text"
        return self._near(told, month, day)

    def _told(self, start: int, month: int) -> tuple[str, str]:
        """Return the year that a history carries on."""
        hand = self.hand
        if hand is None or start - hand.at > _CARRIES:
            return "", "no year is given, and the text tells of another time than its own"
        first = sentence_start(self.text, start)
        if any(first <= at < start for at in self.asides):
            return "", "no year is given, and its sentence speaks of two times"
        place = bisect(self.years, start, key=lambda one: one.at)
        then = self.years[place].year if place < len(self.years) else hand.year
        if then < hand.year:
            return "", f"no year is given: “{hand.words}” and {then} are around it, in no order"
        turned = hand.month is not None and hand.month - month > _BACK and then > hand.year
        return year(hand.year + turned), f"the year is not written: that of “{hand.words}”, before it, is taken"

    def _near(self, told: VerbTime, month: int, day: int | None) -> tuple[str, str]:
        """Return the year of a date near the day on which news was written."""
        far = _FAR_SIDE_OF_MONTHS if day is None else _FAR_SIDE

        def reckon(on: date) -> str:
            away = {n: (date(n, month, min(day or 15, 28)) - on).days for n in range(on.year - 1, on.year + 2)}

            def distance(n: int) -> int:
                other_side = (told is VerbTime.PAST and away[n] > 15) or (told in _FORWARD and away[n] < -15)
                return abs(away[n]) + (far if other_side else 0)

            nearest, other, _ = sorted(away, key=distance)
            plain = distance(other) - distance(nearest) >= _PLAIN
            return year(nearest) if (plain if told is not VerbTime.OPEN else abs(away[nearest]) <= _CLOSE) else ""

        written = self.reference.ask(reckon)
        return (written, NEAREST) if written else ("", "no year is given")


def _asides(years: Sequence[Written]) -> frozenset[int]:
    """Return where years stand that are out of line with those before and behind them: looks back and ahead."""
    found = set()
    for before, one, behind in zip(years, years[1:], years[2:], strict=False):
        jump = min(abs(one.year - before.year), abs(behind.year - one.year))
        if jump > 2 and abs(behind.year - before.year) < jump:
            found.add(one.at)
    return frozenset(found)
