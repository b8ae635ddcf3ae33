"""What a text says in numbers: how much, how exactly, and of what."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from ..spans import Span


class QuantityKind(StrEnum):
    """What a number is: only amounts are rounded, converted or bounded; all others are compared exactly."""

    AMOUNT = "amount"
    VAGUE = "vague amount"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    PAIR = "score"
    YEAR = "year"
    DECADE = "decade"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    UNCLEAR = "unclear"


class Hedge(StrEnum):
    """What a text says of a number beside the number itself."""

    EXACT = ""
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    LESS_THAN = "less than"
    UP_TO = "up to"


class Direction(StrEnum):
    """Which way an amount is said to go: "rose by", "fell by", "rose to"."""

    NONE = ""
    UP = "up by"
    DOWN = "down by"
    TO = "to"


@frozen(cache_hash=True)
class Quantity:
    """A number in a text.

    `span` is where it stands, with its unit; `text` is how it is written there. `low` and `high` are the exact bounds
    of the figure in its unit, equal unless a range is given; what `hedge` adds ("more than") is in neither. `step` is
    the place of its last digit: 100,000 for "5.1 million", 1 for "5,100,000". `unit` is a canonical name ("percent",
    "percentage point", "USD", "km"), empty where none is known; `noun` is the word that follows. `parts` are N and M
    of "N of M" and "N per M". `per` is what the amount is for ("day", "person"), empty where it is for nothing; `way`
    is where it goes; `counted` says that it plainly counts what follows ("1994 patients") or is plainly a year.
    `key` is what a date, a time or a name is compared by; an unclear number ("1.234,5") has only that.
    """

    span: Span
    text: str
    kind: QuantityKind
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    unit: str = ""
    noun: str = ""
    hedge: Hedge = Hedge.EXACT
    parts: tuple[Fraction, ...] = ()
    key: str = ""
    scaled: bool = False
    per: str = ""
    way: Direction = Direction.NONE
    counted: bool | None = None
    loose: bool = False

    @property
    def is_bound(self) -> bool:
        """Whether it is only said to be more, or less, than the figure."""
        return self.hedge in _BOUNDS

    @property
    def is_range(self) -> bool:
        return self.low != self.high


_BOUNDS = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.LESS_THAN, Hedge.UP_TO})


def last_place(value: Fraction, step: Fraction) -> Fraction:
    """Return the place of the last digit of a value that is not 0: 100 for 300."""
    while value and (value / (step * 10)).denominator == 1:
        step *= 10
    return step
