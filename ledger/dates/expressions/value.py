"""What a date expression is, once it has been read."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from ...text import Span
from ..edtf import Edtf


class ExpressionKind(StrEnum):
    """What sort of thing a date expression names."""

    DATE = "date"
    RANGE = "range"
    TIME = "time"
    DURATION = "duration"
    AGE = "age"
    SET = "set"


class Unit(StrEnum):
    """A unit of time, as durations and offsets count it."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}


@frozen
class Length:
    """A stretch of time: `count` is None where the words do not say how many."""

    count: int | None
    unit: Unit

    @property
    def days(self) -> int | None:
        """The length in days, where it is one: of days and weeks, not of months."""
        scale = _DAYS.get(self.unit)
        return None if self.count is None or scale is None else self.count * scale

    @property
    def months(self) -> int | None:
        """The length in calendar months, where it is one: of months, quarters, years and longer units."""
        scale = _MONTHS.get(self.unit)
        return None if self.count is None or scale is None else self.count * scale


@frozen
class Offset:
    """So long before or after something else in the text; `of` is where a date that it counts from stands.

    `of` is None where what it counts from is no date: "two days after the summit".
    """

    length: Length
    after: bool
    of: Span | None = None


@frozen(kw_only=True)
class DateExpression:
    """Words that name a date, a time, a length or an age, and what is known of their value.

    `edtf` is the value, None where there is none; `unknown` then says why, or what remains
    open about it. `assumed` names the convention by which the value was read where the words
    alone leave a choice ("the nearest such day"): such a value is no proof of anything.
    `fault` is "impossible" or "reversed" where the words name a day or order that cannot be.
    `weekday` counts from Monday, 0, where one is written with a date; it is not checked here.
    `part` is "early", "mid", "late", "start" or "end" of the value; `clock` a time of day as
    hh:mm with its offset (Z, +02:00) where one is written; `parts` the two ends of a range.
    `before_christ` is the year of "44 BC", 44; of English it has no value, and is compared with nothing.
    """

    span: Span
    words: str
    kind: ExpressionKind
    edtf: Edtf | None = None
    unknown: str = ""
    assumed: str = ""
    fault: str = ""
    length: Length | None = None
    offset: Offset | None = None
    weekday: int | None = None
    part: str = ""
    clock: str = ""
    before_christ: int | None = None
    parts: tuple[DateExpression, ...] = ()

    @property
    def days(self) -> int | None:
        """The length in days, of a duration of days or weeks."""
        return self.length.days if self.length else None
