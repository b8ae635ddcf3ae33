"""Two figures that make one number: a range, a score, "three of the ten", "six in every hundred", "12 per 100,000"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ..spans import Span
from .amounts import amount
from .languages import ENGLISH, Language
from .quantity import Quantity, QuantityKind
from .units import CURRENCIES, same_unit
from .ways import changes

_JOIN = re.compile(r" ?- ?(?=[\w$€£¥.])| (?:to|or|and) (?=[\w$€£¥.])|:(?=[0-9]{1,2}(?![0-9:]))")
_OF = re.compile(r" (?:(?P<per>(?:out of|in|of|for) every|per|in)|(?P<out>out )?of)(?: the| its| their| every| all)? ")
_COUNTED = re.compile(
    r" (?!per )[a-z]+(?: (?!per )[a-z]+)? (?=(?:per|(?:in|for|of|out of) every|in) (?:[0-9]|an? hundred|ten\b|five\b))"
)
"""What is counted between the two figures: "350 cases per 100,000"."""

_PERIODS = frozenset("day week month year hour minute night time century decade".split())


def share_of_ordinal(ordinal: Quantity, before: Sequence[str]) -> Quantity:
    """Return the share that "every tenth" is; another ordinal as it is."""
    if before[-1:] != ["every"] or ordinal.noun in _PERIODS or ordinal.low < 2:
        return ordinal
    share = 1 / ordinal.low
    parts = (Fraction(1), ordinal.low)
    return evolve(ordinal, kind=QuantityKind.AMOUNT, low=share, high=share, unit="share", parts=parts)


def joined(
    text: str, first: Quantity, end: int, before: Sequence[str], language: Language
) -> tuple[Quantity, int] | None:
    """Return the number that an amount and the figure after it make, and where it ends; None where they are two."""
    if not language.spelt:
        return _joined_elsewhere(text, first, end, before, language)
    return _share(text, first, end, language) or _range(text, first, end, before, language)


def _joined_elsewhere(
    text: str, first: Quantity, end: int, before: Sequence[str], language: Language
) -> tuple[Quantity, int] | None:
    """Return a share or a range in another language: "3 de 10", "uno de cada tres", "10 bis 20", "entre 10 y 20".

    "de 10 a 20" are two numbers: it may be a change from one to the other.
    """
    of = language.of.match(text, end) if language.of and not (first.unit or first.parts or first.scaled) else None
    if of:
        second, after = amount(text, of.end(), language=language, alone=False)
        if second is None or second.kind is not QuantityKind.AMOUNT or second.unit or second.parts or second.scaled:
            return None
        if not 0 < first.low <= second.low or (1900 <= second.low <= 2100 and not of["every"]):
            return None
        value = first.low / second.low
        return evolve(second, low=value, high=value, unit="share", parts=(first.low, second.low), loose=False), after
    join = language.join.match(text, end) if language.join and not (first.parts or first.per) else None
    if join is None:
        return None
    words = language.table.numbers
    word = (join["word"] or "-").lower()
    between = words.between in [one.lower() for one in before[-3:]]
    if word != "-" and not between and word not in ("bis", "bis zu"):
        return None
    second, after = amount(text, join.end(), language=language)
    if second is None or second.kind is not QuantityKind.AMOUNT or second.parts:
        return None
    if first.unit and second.unit and not same_unit(first.unit, second.unit):
        return None
    first = evolve(_scaled_as(first, second), unit=first.unit or second.unit)
    if first.low >= second.low:
        return (evolve(first, kind=QuantityKind.PAIR, high=second.low), after) if word == "-" else None
    years = 1000 <= first.low < second.low <= 2199 and not first.unit and not second.scaled
    kind = QuantityKind.YEAR if years else QuantityKind.AMOUNT
    step = min(first.step, second.step)
    return evolve(
        first, kind=kind, high=second.low, step=step, scaled=second.scaled, per=second.per, loose=False
    ), after


def _share(text: str, first: Quantity, end: int, language: Language) -> tuple[Quantity, int] | None:
    between = None if first.unit else _COUNTED.match(text, end)
    of = _OF.match(text, between.end() - 1 if between else end)
    if of is None or first.unit or first.per or first.parts:
        return None
    second, after = _scale(text, of) if of["per"] else (None, 0)
    if second is None:
        second, after = amount(text, of.end(), language=language, alone=False)
    if second is None or second.kind is not QuantityKind.AMOUNT or second.unit or second.parts:
        return None
    if not _is_share(first, second, of, bool(between)):
        return None
    value = first.low / second.low
    return evolve(
        second, low=value, high=value, unit="share", parts=(first.low, second.low), scaled=False, loose=False
    ), after


def _scale(text: str, of: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return the million of "12 per million" and "one in every hundred"."""
    scale = ENGLISH.scale.match(text, of.end() - 1)
    if scale is None:
        return None, 0
    size = Fraction(ENGLISH.scales[scale[1].lower()])
    span = Span(of.end(), scale.end())
    return Quantity(span, span.of(text), QuantityKind.AMOUNT, size, size, scaled=True), scale.end()


def _is_share(first: Quantity, second: Quantity, of: re.Match[str], between: bool) -> bool:
    if of["per"] and of["per"] != "in":
        return second.low >= 10 and not first.scaled
    if first.scaled or not 0 < first.low <= second.low:
        return False
    if of["per"]:
        return second.low <= 1000 and first.low < second.low and not second.scaled and (not between or first.low == 1)
    return not between and not (1900 <= second.low <= 2100 and not of["out"])


def _range(
    text: str, first: Quantity, end: int, before: Sequence[str], language: Language
) -> tuple[Quantity, int] | None:
    """Return a range or a score; of "rose from 10 to 20" and of "10 or 20" the first figure alone, with its unit."""
    join = _JOIN.match(text, end)
    if join is None or first.parts or first.per or (join[0].strip() == "and" and "between" not in before[-2:]):
        return None
    second, after = amount(text, join.end(), language=language)
    if second is None or second.kind is not QuantityKind.AMOUNT or second.parts:
        return None
    if join[0] == " to " and first.unit and not second.unit and first.unit not in CURRENCIES:
        return None
    word, written = join[0].strip(), text[first.span.start : after]
    if (first.unit and second.unit and not same_unit(first.unit, second.unit)) or (
        word in ("or", "and") and second.loose
    ):
        return None
    year = is_year(first, text[first.span.start : end])
    first = evolve(_scaled_as(first, second), unit=first.unit or second.unit)
    if _is_short_year(first, second, written):
        second = evolve(second, low=first.low // 100 * 100 + second.low)
    low, high = first.low, second.low
    from_to = word == "to" and "from" in before[-3:] and changes(before, low, high)
    by_to = word == "to" and "by" in before[-2:] and bool(first.unit)
    if from_to and year and second.low > 2200:
        return None
    if from_to or by_to or (word == "or" and high != low + 1):
        return evolve(first, scaled=second.scaled or first.scaled), end
    if high <= low and first.unit:
        return None
    kind = QuantityKind.PAIR
    if low < high and word != ":":
        kind = QuantityKind.YEAR if _are_years(first, second, written, before) else QuantityKind.AMOUNT
    step = min(first.step, second.step)
    return evolve(first, kind=kind, high=high, step=step, scaled=second.scaled, per=second.per, loose=False), after


def is_year(one: Quantity, written: str) -> bool:
    return not one.unit and 1000 <= one.low <= 2199 and len(written) == 4


def _are_years(first: Quantity, second: Quantity, written: str, before: Sequence[str]) -> bool:
    led = before[-1:] in ([], ["from"], ["between"], ["in"], ["during"], ["the"])
    plain = re.fullmatch(r"[0-9]{4}\D+[0-9]{2,4}", written) is not None
    return led and plain and not first.unit and 1000 <= first.low < second.low <= 2199


def _scaled_as(first: Quantity, second: Quantity) -> Quantity:
    """Return the first figure with the scale word of the second: the 10 of "between 10 and 20 million"."""
    factor = Fraction(next((size for size in (10**12, 10**9, 10**6, 10**3) if abs(second.low) >= size), 1))
    if not second.scaled or first.scaled or abs(first.low) >= 1000 or first.low * factor > second.low:
        return first
    return evolve(first, low=first.low * factor, high=first.low * factor, step=first.step * factor)


def _is_short_year(first: Quantity, second: Quantity, written: str) -> bool:
    """Return whether the second figure is the end of a year alone: "1994-95"."""
    return 1000 <= first.low <= 2199 and 10 <= second.low <= 99 and bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}", written))
