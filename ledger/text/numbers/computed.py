"""Whether figures of one text make one another: a change and its ends, parts and their total, a share of a whole.

>>> from ledger.text import computations
>>> [(one.holds, one.words) for one in computations("Visitors fell from 200 to 100, a drop of 75 percent.")]
[(False, 'from 200 to 100 is a drop of 50 percent')]
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from ..spans import Span
from .quantity import Hedge, Quantity, QuantityKind, last_place
from .units import CURRENCIES, convert, same_unit

SLACK = Fraction(1, 40)
"""Share of a figure that ends in zeros by which it may at most be rounded without a word."""

LOOSE = Fraction(1, 10)
"""Share of a figure by which "about" and "nearly" may be off."""

FOLD = Fraction(1, 4)
"""Share by which what "doubled" may be off, as people use it."""


NEAR = Fraction(1, 8)
"""Share of a figure by which the parts behind it may be off, and still be meant to make it."""

LEAST_LISTED = 10
"""The least whole figure that figures behind it are taken for parts of: "3 schools: 2 and 2" are other things."""


class ComputationRule(StrEnum):
    """How figures make one another."""

    CHANGE = "a change and its ends"
    TOTAL = "parts and their total"
    SHARE = "a share of a whole"
    EACH = "so much each and the total"


@frozen
class Computation:
    """Figures of a text that make one of them: which, where, the computation in words, and whether it comes out.

    `holds` is None where the figures leave it open; `words` then say why.
    """

    rule: ComputationRule
    span: Span
    stated: Quantity
    words: str
    holds: bool | None


@frozen
class Between:
    """The least and the most that figures can make."""

    low: Fraction
    high: Fraction

    def times(self, other: Between) -> Between:
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Between(min(ends), max(ends))

    def over(self, other: Between) -> Between:
        return self.times(Between(1 / other.high, 1 / other.low))

    def less(self, other: Between) -> Between:
        return Between(self.low - other.high, self.high - other.low)

    def plus(self, other: Between) -> Between:
        return Between(self.low + other.low, self.high + other.high)


def reach(figure: Quantity) -> Between:
    """Return what a figure that a text gives as it is may stand for: it may be rounded at its last place."""
    width = figure.step / 2 if figure.step != 1 or figure.scaled else Fraction(0)
    width = max(width, _slack(figure.low, figure.step))
    if figure.hedge in (Hedge.ABOUT, Hedge.NEARLY):
        width = max(width, abs(figure.low) * LOOSE)
    return Between(figure.low - width, figure.high + width)


def comes_out(stated: Quantity, made: Between, unit: str = "") -> bool:
    """Return whether a figure is what the others make, rounded or cut off at its last place, or a bound that holds."""
    value = convert(stated.low, stated.unit, unit) if unit else stated.low
    step = convert(stated.step, stated.unit, unit) if unit else stated.step
    if value is None or step is None:
        return False
    slack = _slack(value, step)
    if stated.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST):
        return made.high >= value - slack
    if stated.hedge in (Hedge.LESS_THAN, Hedge.UP_TO):
        return made.low <= value + slack
    width = max(slack, step if stated.parts == () else value * LOOSE)
    if stated.hedge is not Hedge.EXACT:
        width = max(width, value * LOOSE)
    return made.low - width <= value <= made.high + width


def _slack(value: Fraction, step: Fraction) -> Fraction:
    """Return by how much a figure that ends in zeros may be rounded without a word: 5 for 200, 5,000 for 780,000."""
    place = last_place(value, step)
    return min(place / 2, abs(value) * SLACK) if place > step else Fraction(0)


def is_open(*figures: Quantity) -> str:
    """Return why figures cannot be computed with, "" where they can."""
    for figure in figures:
        if figure.kind not in (QuantityKind.AMOUNT, QuantityKind.MULTIPLE):
            return f"“{figure.text}” is no plain figure"
        if figure.is_bound:
            return f"“{figure.hedge.value} {figure.text}” leaves open how much it is"
        if figure.is_range or figure.low <= 0:
            return f"“{figure.text}” leaves open how much it is"
    return ""


def change(first: Quantity, last: Quantity, stated: Quantity, down: bool | None) -> tuple[bool | None, str]:
    """Return whether a change is that from `first` to `last`, and that in words; `down` says which way it is to go."""
    unit = first.unit or last.unit
    why = is_open(first, last) or ("" if _one_unit(first, last) else f"“{first.text}” and “{last.text}” differ in unit")
    if why or (first.per != last.per and first.per and last.per):
        return None, why or "they are not for the same"
    fell = last.low < first.low
    ends = f"from {first.text} to {last.text}"
    way = "drop" if fell else "rise"
    by = reach(first).less(reach(last)) if fell else reach(last).less(reach(first))
    if first.low == last.low:
        return (None, f"{ends} is no change")
    share = by.over(reach(first))
    percent = f"{ends} is a {way} of {shown(abs(last.low - first.low) / first.low * 100)} percent"
    turned = down is not None and down is not fell
    if stated.kind is QuantityKind.MULTIPLE:
        ratio = last.low / first.low
        holds = abs(ratio - stated.low) <= FOLD * stated.low or stated.is_bound
        return holds, f"{ends} is {shown(ratio)} times as much"
    if unit in ("percent", "share") and stated.unit in ("percentage point", "point", "percent"):
        points = f"{ends} is a {way} of {shown(abs(last.low - first.low))} percentage points"
        if stated.unit != "percent":
            return comes_out(stated, by) and not turned, points
        return comes_out(stated, share, "share") and not turned, f"{points}, or {percent.rpartition(' of ')[2]}"
    if stated.unit in ("percent", "share"):
        return comes_out(stated, share, "share") and not turned, percent
    if stated.unit == unit or (not stated.unit and not unit):
        return comes_out(
            stated, by
        ) and not turned, f"{ends} is a {way} of {amount_of(abs(last.low - first.low), unit)}"
    return None, f"“{stated.text}” is in another unit than {ends}"


def total(parts: tuple[Quantity, ...], stated: Quantity) -> tuple[bool | None, str]:
    """Return whether parts make a total, and that in words."""
    why = is_open(*parts, stated) or ("" if all(_one_unit(one, stated) for one in parts) else "they differ in unit")
    if why:
        return None, why
    made = sum((one.low for one in parts), Fraction(0))
    named = ", ".join(one.text for one in parts[:-1]) + f" and {parts[-1].text}"
    return _adds_up(parts, stated, made), f"{named} make {amount_of(made, stated.unit)}"


def _adds_up(parts: tuple[Quantity, ...], stated: Quantity, made: Fraction) -> bool:
    """Return whether parts make a total, each rounded at its last place; those given to the same place, no further."""
    figures = (*parts, stated)
    written = stated.step < 1 or all(one.scaled for one in figures)
    if written and len({one.step for one in figures}) == 1 and not any(one.hedge or one.parts for one in figures):
        return abs(made - stated.low) < len(figures) * stated.step / 2
    between = reach(parts[0])
    for one in parts[1:]:
        between = between.plus(reach(one))
    return comes_out(stated, between)


def listed(parts: tuple[Quantity, ...], stated: Quantity) -> tuple[bool | None, str] | None:
    """Return the same of parts that stand behind a figure; None where they need not be its parts, or not all."""
    made = sum((one.low for one in parts), Fraction(0))
    counted = stated.low >= LEAST_LISTED or stated.low.denominator > 1 or stated.scaled
    plain = counted and not is_open(*parts, stated) and all(one.low < stated.low for one in parts)
    return total(parts, stated) if plain and abs(made - stated.low) <= NEAR * stated.low else None


def share(part: Quantity, whole: Quantity, stated: Quantity) -> tuple[bool | None, str]:
    """Return whether a share is that of a part in a whole, and that in words."""
    why = is_open(part, whole) or ("" if _one_unit(part, whole) else "they differ in unit")
    if why or not whole.low or stated.unit not in ("percent", "share"):
        return None, why or f"“{stated.text}” is no share"
    words = f"{part.text} of {whole.text} is {shown(part.low / whole.low * 100)} percent"
    return comes_out(stated, reach(part).over(reach(whole)), "share"), words


def each(one: Quantity, count: Quantity, stated: Quantity) -> tuple[bool | None, str]:
    """Return whether so much each makes a total for so many, and that in words."""
    why = is_open(one, count, stated) or ("" if same_unit(one.unit, stated.unit) else "they differ in unit")
    if why:
        return None, why
    made = reach(one).times(reach(count))
    return comes_out(stated, made), f"{one.text} times {count.text} is {amount_of(one.low * count.low, stated.unit)}"


def shown(value: Fraction) -> str:
    """Return a number as people write it, with three digits that tell, all those before the point, and no more."""
    places = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 1 else 3
    return f"{float(value):,.{places}f}"


def amount_of(value: Fraction, unit: str) -> str:
    """Return an amount in words, with its unit where it has one."""
    size, scale = next(
        (
            (size, f" {name}")
            for name, size in (("billion", 10**9), ("million", 10**6))
            if abs(value) >= size and (value * 100 / size).denominator == 1
        ),
        (1, ""),
    )
    written = f"{float(value / size):,.2f}".rstrip("0").rstrip(".") + scale
    if not unit:
        return written
    return (
        f"{written} {unit}s"
        if unit in ("dollar", "pound") or (unit not in CURRENCIES and len(unit) > 3)
        else f"{written} {unit}"
    )


def _one_unit(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit or same_unit(one.unit, other.unit)
