"""Whether two numbers of texts cannot both be so of one thing. Exact arithmetic; in doubt they can."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .numbers import Hedge, Quantity, QuantityKind
from .numbers.units import convert, same_unit

ABOUT = Fraction(15, 100)
"""Share of a figure that "about", "nearly" and fractions in words ("a third") leave open on either side."""

CONVERTED = Fraction(5, 100)
"""Share of a figure that writers round away when they give it in another unit."""

ROUND = 1000
"""From here on, the noughts at the end of a whole figure may be rounding: 5,000 may be 5,200, 40 is not 41."""

REMEMBERED = 1 << 12
"""Figures of which the bounds are remembered: one is held against many."""

Bounds = tuple[Fraction | None, Fraction | None]

_SAME_KIND = frozenset({QuantityKind.ORDINAL, QuantityKind.MULTIPLE, QuantityKind.PAIR})
_LEAST = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST})
_MOST = frozenset({Hedge.LESS_THAN, Hedge.UP_TO})


def apart(one: Quantity, other: Quantity) -> bool | None:
    """Return True when two numbers surely differ, False when they may be one; None when they are of different sorts.

    "At least 5" and 7 may be one, and so may 4.2 million and 4,187,000, or 10 km and 6.2 miles.
    """
    if one.kind is QuantityKind.AMOUNT and other.kind is QuantityKind.AMOUNT:
        if same_unit(one.unit, other.unit):
            return _disjoint(_bounds(one), _bounds(other))
        low, high = (convert(value, other.unit, one.unit) for value in (other.low, other.high))
        if low is None or high is None:
            return None
        scale = abs(low / other.low) if other.low and low else Fraction(1)
        slack = _slack(other) * scale + CONVERTED * max(abs(low), abs(high))
        return _disjoint(_bounds(one), _within(other.hedge, low - slack, high + slack))
    if one.kind is not other.kind:
        return None
    if one.kind in _SAME_KIND:
        return (one.low, one.high, one.unit) != (other.low, other.high, other.unit)
    return _times_apart(one.key, other.key) if one.kind is QuantityKind.TIME else None


@lru_cache(REMEMBERED)
def _bounds(quantity: Quantity) -> Bounds:
    """Return what a figure may be, as it is written."""
    slack = _slack(quantity)
    return _within(quantity.hedge, quantity.low - slack, quantity.high + slack)


def _within(hedge: Hedge, least: Fraction, most: Fraction) -> Bounds:
    return None if hedge in _MOST else least, None if hedge in _LEAST else most


def _slack(quantity: Quantity) -> Fraction:
    """Return by how much a figure may be off as it is written."""
    largest = max(abs(quantity.low), abs(quantity.high))
    if quantity.hedge in (Hedge.ABOUT, Hedge.NEARLY) or quantity.parts:
        return ABOUT * largest
    if quantity.is_bound or quantity.is_range or (largest < ROUND and not quantity.scaled):
        return Fraction(0)
    step = quantity.step
    steps = largest / step
    if not quantity.scaled and largest and steps.denominator == 1:
        whole = str(steps.numerator)
        step *= 10 ** (len(whole) - len(whole.rstrip("0")))  # the noughts at its end may be rounding
    return step / 2


def _disjoint(one: Bounds, other: Bounds) -> bool:
    (low, high), (least, most) = one, other
    return (high is not None and least is not None and high < least) or (
        most is not None and low is not None and most < low
    )


def _times_apart(one: str, other: str) -> bool:
    """Return whether two times of day differ; "4:15" may be in the morning or in the afternoon."""
    (hour, minute), (hour2, minute2) = (key.rstrip("!").split(":")[:2] for key in (one, other))
    halves = one.endswith("!") and other.endswith("!")
    return minute != minute2 or (int(hour) - int(hour2)) % (24 if halves else 12) != 0
