"""Whether one number says the same as another: exactly, rounded, within a bound, in another unit. Exact arithmetic.

- A figure agrees when it is equal, in the same unit or converted.
- A *rounded* figure agrees when it is the correct rounding, at its own last place, of a more exact one. Its last place
  is the last digit written, or, of a figure with a scale word ("5.1 million"), of the part before it. The zeros of
  "5,100,000" count as written unless "about" or "nearly" stands before it. What rounding may move is a tenth.
- A *bound* ("more than 300") agrees with a figure that it holds for and that is not beyond twice it, and with the same
  bound; a figure does not agree with a bound, for it says more than the source.
- Years, dates, times, scores, ordinals and names agree only when they are the same.
- What can be read in two ways ("1.500" in a text whose language is not known, 2/5/2024) agrees in one of them, at most:
  that is said, and it holds for nothing.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import evolve

from .figures import readings
from .quantity import Direction, Hedge, Quantity, QuantityKind, last_place
from .rates import same_rate
from .units import convert, is_exact, same_unit

MOST_ROUNDED = Fraction(1, 10)
"""Share of a figure that rounding may move."""

MOST_CONVERTED = Fraction(1, 20)
"""Share of a figure by which a rounded figure in another unit may differ from it."""

FARTHEST_BOUND = 2
"""Times a bound that a figure may be beyond it, and the bound still tell of it."""

_LEAST = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST})
_MOST = frozenset({Hedge.LESS_THAN, Hedge.UP_TO})
_APPROXIMATE = frozenset({Hedge.ABOUT, Hedge.NEARLY})


class Agreement(StrEnum):
    """How a number of a claim stands to one of a source."""

    SAME = "the same"
    CONVERTED = "the same in another unit"
    ROUNDED = "rounded"
    WITHIN = "within the bound"
    EITHER = "the same in one of two readings"
    VAGUER = "less exact in the source"
    DIFFERENT = "different"
    MISSING = "not there"

    @property
    def holds(self) -> bool:
        return self not in (Agreement.EITHER, Agreement.VAGUER, Agreement.DIFFERENT, Agreement.MISSING)


def agreement(claimed: Quantity, found: Quantity) -> Agreement:
    """Return how a claim's number stands to one of a source; never `MISSING`."""
    mine, theirs = read_as(claimed), read_as(found)
    if len(mine) * len(theirs) > 1 and not _written_alike(claimed, found):
        either = any(agreement(one, other).holds for one in mine for other in theirs)
        return Agreement.EITHER if either else Agreement.DIFFERENT
    if len(mine) * len(theirs) > 1:
        return Agreement.SAME
    if not (same_rate(claimed.per, found.per) and _same_way(claimed, found)):
        return Agreement.DIFFERENT
    if (claimed.counted is False and _is_count(found)) or (found.counted is False and _is_count(claimed)):
        return Agreement.DIFFERENT
    times, others = _times(claimed), _times(found)
    if times is not None and others is not None and claimed.kind is not found.kind:
        return Agreement.CONVERTED if times == others else Agreement.DIFFERENT
    amounts = QuantityKind.AMOUNT in (claimed.kind, found.kind) and _is_figure(claimed) and _is_figure(found)
    if amounts or claimed.kind is found.kind is QuantityKind.MULTIPLE:
        answer = _amounts(claimed, found)
        vaguer = answer is Agreement.DIFFERENT and _amounts(found, claimed).holds
        return Agreement.VAGUER if vaguer else answer
    same = claimed.kind is found.kind and _same_named(claimed, found)
    return Agreement.SAME if same or _says_year(claimed, found) else Agreement.DIFFERENT


def _written_alike(claimed: Quantity, found: Quantity) -> bool:
    """Return whether two numbers, one of which is unclear, are written with the same figures and marks."""
    if claimed.kind is found.kind:
        return claimed.key == found.key
    one, other = (claimed, found) if claimed.kind is QuantityKind.UNCLEAR else (found, claimed)
    return one.kind is QuantityKind.UNCLEAR and one.key in other.text.split()


def read_as(quantity: Quantity) -> tuple[Quantity, ...]:
    """Return what a number is read as: of one that can be read in two ways both, of another itself."""
    if quantity.kind is QuantityKind.DATE and "|" in quantity.key:
        return tuple(evolve(quantity, key=key) for key in quantity.key.split("|"))
    if quantity.kind is not QuantityKind.UNCLEAR or len(values := readings(quantity.key)) < 2:
        return (quantity,)
    return tuple(evolve(quantity, kind=QuantityKind.AMOUNT, low=one, high=one, key="") for one in values)


def comparable(claimed: Quantity, found: Quantity) -> bool:
    """Return whether two numbers could be two values of one thing: of one kind, in units of one sort."""
    claimed, found = read_as(claimed)[0], read_as(found)[0]
    if not (_is_figure(claimed) and _is_figure(found)):
        return claimed.kind is found.kind
    return claimed.unit == found.unit or convert(found.low, found.unit, claimed.unit) is not None


def _is_figure(quantity: Quantity) -> bool:
    if quantity.kind is QuantityKind.NAME:
        return quantity.low != 0
    return quantity.kind in (QuantityKind.AMOUNT, QuantityKind.YEAR)


def _same_way(claimed: Quantity, found: Quantity) -> bool:
    return claimed.way is found.way or Direction.NONE in (claimed.way, found.way)


def _is_count(quantity: Quantity) -> bool:
    """Return whether an amount is written as no year is, or counts what follows it."""
    bare = len(quantity.text) == 4 and quantity.text.isdigit()
    return quantity.kind is QuantityKind.AMOUNT and not quantity.unit and (bool(quantity.counted) or not bare)


def _times(quantity: Quantity) -> Fraction | None:
    """Return by what something is multiplied: 2 for "doubled" and for "up 100 percent"; None where it is not said."""
    if quantity.is_range or quantity.is_bound:
        return None
    if quantity.kind is QuantityKind.MULTIPLE:
        return quantity.low
    if quantity.way not in (Direction.UP, Direction.DOWN):
        return None
    share = convert(quantity.low, quantity.unit, "share")
    return None if share is None else 1 + share * (1 if quantity.way is Direction.UP else -1)


def _same_named(claimed: Quantity, found: Quantity) -> bool:
    if claimed.kind in (QuantityKind.MULTIPLE, QuantityKind.ORDINAL, QuantityKind.PAIR, QuantityKind.YEAR):
        mine = (claimed.low, claimed.high, claimed.unit, _side(claimed))
        return mine == (found.low, found.high, found.unit, _side(found))
    if claimed.kind is QuantityKind.DATE:
        return _same_date(claimed.key, found.key)
    if claimed.kind is QuantityKind.TIME:
        return _same_time(claimed.key, found.key)
    return claimed.key == found.key and claimed.unit == found.unit


def _side(quantity: Quantity) -> Hedge:
    return Hedge.EXACT if quantity.hedge in _APPROXIMATE else quantity.hedge


def _says_year(claimed: Quantity, found: Quantity) -> bool:
    """Return whether a year of a claim is the year of a date in the source."""
    whole = claimed.kind in (QuantityKind.YEAR, QuantityKind.AMOUNT) and not claimed.unit and not claimed.is_range
    return whole and found.kind is QuantityKind.DATE and found.key.split("-")[0] == str(claimed.low)


def _same_date(claimed: str, found: str) -> bool:
    """Return whether all that a claim says of a date is what the source says."""
    mine, theirs = claimed.split("-"), found.split("-")
    if len(mine) != 3 or len(theirs) != 3:
        return claimed == found
    return all(part in ("", other) for part, other in zip(mine, theirs, strict=True))


def _same_time(claimed: str, found: str) -> bool:
    if claimed.endswith("!") == found.endswith("!"):
        return claimed == found
    mine, theirs = claimed.rstrip("!"), found.rstrip("!")
    hour, _, rest = mine.partition(":")
    other, _, others = theirs.partition(":")
    return rest == others and (
        mine == theirs or (int(hour) % 12 == int(other) % 12 and min(int(hour), int(other)) <= 12)
    )


def _amounts(claimed: Quantity, found: Quantity) -> Agreement:
    if (claimed.unit == "m") is not (found.unit == "m"):
        claimed, found = _as_millions(claimed), _as_millions(found)
    low, high = convert(found.low, found.unit, claimed.unit), convert(found.high, found.unit, claimed.unit)
    if low is None or high is None:
        return Agreement.DIFFERENT
    converted = not same_unit(claimed.unit, found.unit)
    if len(claimed.parts) == len(found.parts) == 2 and low == claimed.low and _counted(claimed, found):
        return Agreement.DIFFERENT
    if claimed.is_range or found.is_range:
        return _ranges(claimed, found, low, high, converted)
    if claimed.is_bound or found.is_bound:
        return _bounds(claimed, found, low, converted)
    if Hedge.NEARLY in (claimed.hedge, found.hedge) and not _is_nearly(claimed, found, low):
        return Agreement.DIFFERENT
    if claimed.low == low:
        return Agreement.CONVERTED if converted else Agreement.SAME
    return Agreement.ROUNDED if _rounds(claimed, found, low, converted) else Agreement.DIFFERENT


def _as_millions(quantity: Quantity) -> Quantity:
    """Return "5m", which may be metres, as millions; anything else as it is."""
    if quantity.unit != "m" or not quantity.text[-2:-1].isdigit():
        return quantity
    million = Fraction(10**6)
    low, high, step = (million * one for one in (quantity.low, quantity.high, quantity.step))
    return evolve(quantity, low=low, high=high, step=step, unit="", scaled=True)


def _counted(claimed: Quantity, found: Quantity) -> bool:
    """Return whether "N of M" has other numbers in it; "two fifths" and "4 of 10" are one share."""
    return " of " in claimed.text and " of " in found.text and claimed.parts != found.parts


def _is_nearly(claimed: Quantity, found: Quantity, low: Fraction) -> bool:
    if found.hedge is Hedge.NEARLY:
        return claimed.low == low
    return low < claimed.low or (found.hedge is Hedge.ABOUT and low == claimed.low)


def _ranges(claimed: Quantity, found: Quantity, low: Fraction, high: Fraction, converted: bool) -> Agreement:
    if (claimed.low, claimed.high) == (low, high) and _side(claimed) is _side(found):
        return Agreement.CONVERTED if converted else Agreement.SAME
    if found.is_range or claimed.is_bound or found.is_bound:
        return Agreement.DIFFERENT
    near = claimed.high - claimed.low <= claimed.high / 2 or claimed.low * FARTHEST_BOUND >= claimed.high
    return Agreement.WITHIN if near and claimed.low < low < claimed.high else Agreement.DIFFERENT


def _bounds(claimed: Quantity, found: Quantity, low: Fraction, converted: bool) -> Agreement:
    if found.is_bound:
        loosely = claimed.hedge in _APPROXIMATE or _side(claimed) is found.hedge
        same = claimed.low == low and loosely and not _against(claimed.hedge, found.hedge)
        if same:
            return Agreement.CONVERTED if converted else Agreement.SAME
        return Agreement.DIFFERENT
    if found.hedge in _APPROXIMATE and claimed.low == low:
        return Agreement.WITHIN if found.hedge is Hedge.NEARLY and claimed.hedge in _MOST else Agreement.DIFFERENT
    holds = {
        Hedge.MORE_THAN: claimed.low < low,
        Hedge.AT_LEAST: claimed.low <= low,
        Hedge.LESS_THAN: claimed.low > low,
        Hedge.UP_TO: claimed.low >= low,
    }[claimed.hedge]
    near = abs(low) <= FARTHEST_BOUND * abs(claimed.low) and abs(claimed.low) <= FARTHEST_BOUND * abs(low)
    return Agreement.WITHIN if holds and near else Agreement.DIFFERENT


def _against(one: Hedge, other: Hedge) -> bool:
    """Return whether one says less where the other says more."""
    return (one is Hedge.NEARLY and other in _LEAST) or (one in _MOST and other in _LEAST)


def _rounds(claimed: Quantity, found: Quantity, low: Fraction, converted: bool) -> bool:
    """Return whether a claim's figure is the correct rounding of a more exact one."""
    if (
        QuantityKind.YEAR in (claimed.kind, found.kind)
        or QuantityKind.NAME in (claimed.kind, found.kind)
        or found.hedge in _APPROXIMATE
    ):
        return False
    if claimed.parts or found.parts:
        return _is_rounded_share(claimed, found, low)
    if converted:
        back = convert(claimed.low, claimed.unit, found.unit)
        near = abs(claimed.low - low) <= MOST_CONVERTED * abs(low)
        plain = is_exact(claimed.unit) and claimed.hedge not in _APPROXIMATE
        place = claimed.step if plain else last_place(claimed.low, claimed.step)
        original = claimed.low % (5 * place) == 0 and not is_exact(claimed.unit) and back is not None
        return near and (
            _is_rounding(claimed.low, low, place) or (original and _is_rounding(found.low, back or low, found.step))
        )
    step = claimed.step
    if claimed.hedge in _APPROXIMATE:
        step = last_place(claimed.low, step)
    elif step <= found.step:
        return False
    return abs(claimed.low - low) <= MOST_ROUNDED * abs(low) and _is_rounding(claimed.low, low, step)


def _is_rounded_share(claimed: Quantity, found: Quantity, low: Fraction) -> bool:
    """Return whether a fraction and a percentage are one but for rounding: a third is 33%, 48% is nearly half."""
    if claimed.parts and found.parts:
        return False
    if claimed.hedge in _APPROXIMATE and abs(claimed.low - low) <= MOST_ROUNDED * abs(low):
        return True
    back = convert(claimed.low, claimed.unit, found.unit)
    if claimed.parts:
        return back is not None and _is_rounding(found.low, back, found.step)
    return _is_rounding(claimed.low, low, claimed.step)


def _is_rounding(rounded: Fraction, exact: Fraction, step: Fraction) -> bool:
    """Return whether `rounded` is the nearest multiple of `step`; a half goes away from zero."""
    off = (rounded - exact) * (1 if exact >= 0 else -1) * 2
    return -step < off <= step
