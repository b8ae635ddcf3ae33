"""One amount at a place of a text: its figure, its unit, what is added in a smaller unit, and what it is for."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import evolve

from ..spans import Span
from .figures import Figure, figure
from .languages import ENGLISH, Language
from .quantity import Quantity, QuantityKind
from .rates import rate
from .starts import CODES
from .units import FACTORS, UNITS, convert

_NAMES = sorted(UNITS, key=len, reverse=True)
_CASED = [name for name in _NAMES if (name != name.lower() or len(name) <= 2) and name not in ("%", "$")]
_ANY_PATTERN = "|".join(
    re.escape(name).replace(r"\ ", "[ -]") for name in _NAMES if name not in _CASED and name.upper() not in CODES
)
_CASED_PATTERN = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in [*_CASED, *CODES])
_UNIT = re.compile(
    rf"(?: d(?:e |i |')| |-)?(?P<unit>(?i:{_ANY_PATTERN})|{_CASED_PATTERN})"
    r"(?:(?![^\W_])|(?<=ft)(?=[0-9]{1,2}in\b))(?!²|³)"
)
_TIMES = re.compile(r"(?: |-)(?:times|fold)(?![^\W_])", re.IGNORECASE)
_MONEY = re.compile(r"((?:US|AU?|CA?|NZ|HK|S|R)?\$|CN¥|[€£¥₹₽₩₴₺₪₦₱])(?= ?[0-9.])")
_SPAN = "minute|hour|day|week|fortnight|month|year|decade|century"
_A_UNIT = re.compile(
    rf"an? ({_SPAN}|dollar|euro|mile|kilometre|kilometer|tonne|litre)\b(?!-|[ ](?:old|ago)\b)", re.IGNORECASE
)
_OF_UNIT = re.compile(rf"(?: of)? (?:an?|one) ({_SPAN}|mile|kilometre|percentage point|percent|point|tonne|ton)\b")
_UNIT_AND = re.compile(r" and (?:a (half|quarter)|three (quarters))\b(?! (?:of|million|billion|hours?|minutes?)\b)")
_FURTHER = re.compile(r",? (?:and )?(?=[0-9a-z])")
_NO_ONE = frozenset("no any some every each this that the which another number".split())
_PRONOUN = re.compile(
    r" (?:another|of|who|that|which|is|was|can|could|must|should|would|has|may|day|thing|more)\b|'|[.,;]"
)
_INCHES = re.compile(r"(?: and(?= [0-9]{1,2}in\b))? ?([0-9]{1,2})(?: ?in(?:ches)?\b|\")")
_ONE_IN = re.compile(r" (?:out )?(?:of|in|per) ")


def amount(
    text: str, begin: int, code: str | None = None, *, language: Language = ENGLISH, alone: bool = True
) -> tuple[Quantity | None, int]:
    """Return the amount that begins at `begin`, or None, and where it ends.

    `code` is the sign or code of a currency that stands there; `alone` is false where only a figure with its unit is
    wanted, as for the second part of "two hours and ten minutes".
    """
    if code is None and (money := _MONEY.match(text, begin)):
        code = money[1]
    at = begin
    if code is not None:
        at += len(code)
        at += text[at : at + 1] == " "
    found = figure(text, at, money=code is not None, language=language)
    if found is None:
        found = _one(text, begin) if language.spelt else None
    if found is None:
        return None, at
    negative = _is_negative(text, begin)
    if found.ordinal:
        return _figured(text, begin, found, QuantityKind.ORDINAL, "ordinal"), found.end
    if found.key:
        unclear = _figured(text, begin, found, QuantityKind.UNCLEAR, "")
        return evolve(unclear, key="-" * negative + found.key), found.end
    unit, end = _unit(text, found, code, language)
    if unit == "times":
        return _for(text, _figured(text, begin, evolve(found, end=end), QuantityKind.MULTIPLE, unit), language)
    if unit and found.parts:
        found = evolve(found, parts=())
    unit = unit or ("share" if found.parts else "")
    made = _figured(text, begin, found if end == found.end else evolve(found, end=end), QuantityKind.AMOUNT, unit)
    if alone and unit in FACTORS and not negative:
        made = _added(text, made, language)
    if negative:
        made = evolve(made, low=-made.low, high=-made.high)
    return _for(text, made, language) if alone else (made, end)


def _unit(text: str, found: Figure, code: str | None, language: Language) -> tuple[str, int]:
    """Return the unit of a figure, "times" for a multiple, "" for none, and where it ends."""
    end = found.end
    elsewhere = language.named_units.match(text, end) if language.named_units and code is None else None
    if elsewhere:
        unit = language.units[elsewhere["unit"].lower()]
        return (unit, elsewhere.end()) if not (found.parts and unit == "share") else ("", end)
    named = _UNIT.match(text, end)
    if code is not None:
        unit = UNITS.get(code.lower().rstrip("."), "")
        if unit == "dollar" and named and named["unit"] in ("USD", "AUD", "CAD", "NZD"):
            return named["unit"], named.end()
        return unit, end
    if times := _TIMES.match(text, end):
        return "times", times.end()
    if named:
        unit = UNITS.get(named["unit"]) or UNITS[named["unit"].lower().replace("-", " ")]
        if not (found.parts and unit == "share"):
            return unit, named.end()
        end = named.end()
    of = _OF_UNIT.match(text, end) if found.parts else None
    return (UNITS[of[1].lower()], of.end()) if of else ("", end)


def _one(text: str, begin: int) -> Figure | None:
    """Return the one of "a year" or "a dollar", of which the unit is to follow."""
    return Figure(Fraction(1), begin + text[begin:].index(" ")) if _A_UNIT.match(text, begin) else None


def _added(text: str, made: Quantity, language: Language) -> Quantity:
    """Return an amount with what follows in parts of its unit: "a year and a half", "6 feet 2 inches"."""
    half = _UNIT_AND.match(text, made.span.end)
    value, step, end = made.low, made.step, made.span.end
    if half:
        value += {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}.get(half[1], Fraction(3, 4))
        step, end = Fraction(1, 4), half.end()
    elif made.unit == "foot" and (inches := _INCHES.match(text, end)):
        value, step, end = value + Fraction(int(inches[1]), 12), Fraction(1, 12), inches.end()
    elif further := _FURTHER.match(text, end):
        second, after = amount(text, further.end(), language=language, alone=False)
        size = None if second is None or not second.unit else convert(Fraction(1), second.unit, made.unit)
        if second is None or size is None or made.unit == "share" or not _is_part(size) or second.low * size >= 1:
            return made
        value, step, end = value + second.low * size, min(step, second.step * size), after
    else:
        return made
    return evolve(made, low=value, high=value, step=step, span=Span(made.span.start, end), loose=False)


def _is_part(size: Fraction) -> bool:
    """Return whether units of this size make one whole: inches a foot; not metres a mile, nor °F a °C."""
    return 0 < size < 1 and size.numerator == 1


def _for(text: str, made: Quantity, language: Language) -> tuple[Quantity, int]:
    """Return an amount with what it is for, and where that ends."""
    if language.spelt:
        per, end = rate(text, made.span.end, counted=not made.unit or made.unit == "share")
    else:
        found = language.per.match(text, made.span.end) if language.per else None
        per, end = (language.units[found["unit"].lower()], found.end()) if found else ("", made.span.end)
    if not per or (made.unit == per):
        return made, made.span.end
    return evolve(made, per=per, span=Span(made.span.start, end), loose=False), end


def _figured(text: str, begin: int, found: Figure, kind: QuantityKind, unit: str) -> Quantity:
    written = text[begin : found.end]
    return Quantity(
        Span(begin, found.end), written, kind, found.value, found.value, found.step, unit=unit,
        parts=found.parts, scaled=found.scaled or (not found.digits and found.step > 1),
        loose=written.lower() in ("one", "first", "half") or (written[:2].lower() in ("a ", "an") and found.value == 1),
    )  # fmt: skip


def is_pronoun(text: str, begin: int) -> bool:
    """Return whether "one" at a place stands for a thing, not for a number."""
    if text[begin : begin + 3].lower() != "one" or text[begin + 3 : begin + 4].isalnum():
        return False
    end = begin + 3
    if ENGLISH.scale.match(text, end):
        return False
    before = text[max(0, begin - 12) : begin].lower().split()
    in_five = _ONE_IN.match(text, end)
    if in_five and figure(text, in_five.end()):
        return False
    return bool(before and before[-1] in _NO_ONE) or _PRONOUN.match(text, end) is not None


def _is_negative(text: str, begin: int) -> bool:
    if text[max(0, begin - 6) : begin].lower() == "minus ":
        return True
    return text[max(0, begin - 1) : begin] == "-" and (begin == 1 or text[begin - 2] in " (\"'$€£")
