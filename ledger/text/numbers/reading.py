"""The numbers of a text: amounts with units and bounds, dates, times, scores, ordinals, and names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from ..normal import Normal, normalise
from ..spans import Span
from .figures import Figure, figure
from .quantity import Hedge, Quantity, QuantityKind
from .spelling import HEDGES, LONGEST_HEDGE, MULTIPLES, NAMED, ORDINALS, SMALL, TENS, VAGUE, VULGAR
from .units import CURRENCIES, UNITS

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?-i:(?=[A-Z]))(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_CODES = sorted({name.upper() for name in UNITS if len(name) == 3 and UNITS[name] in CURRENCIES and name.isalpha()})
_AMPM = r"(?:[ap]\.m\.|[ap]m\b|[AP]\.?M\b\.?)"
_WORDS = "|".join(sorted({*SMALL, *TENS, *ORDINALS, *MULTIPLES, *VAGUE, "a", "an", "half"}, key=len, reverse=True))
_DAYS = "|".join(sorted({*SMALL, *TENS, *ORDINALS} - {"zero"}, key=len, reverse=True))
_NAMES = "|".join(sorted({name.capitalize() for name in NAMED} | {"No", "Nos", "COVID", "PlayStation", "iPhone"}))

_START = re.compile(
    rf"""
      (?P<skip>\[[0-9]{{1,3}}\] | \b(?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w.-]+
        | \+[0-9][0-9 ()-]{{6,20}}[0-9] | \([0-9]{{3}}\)\ ?[0-9]{{3}}-[0-9]{{4}}
        | (?<![\w-])[0-9]{{3}}[-.][0-9]{{3}}[-.][0-9]{{4}}(?![\w-]) | (?<![\w-])[0-9]{{3}}-0[0-9]{{3}}(?![\w-]))
    | (?<![\w.-])(?P<day1>[0-9]{{1,2}}(?:st|nd|rd|th)?(?=\ )|(?:{_DAYS})(?:-(?:{_DAYS}))?(?=\ of\ {_MONTH}))
        (?:\ of)?\ (?P<month1>{_MONTH})
        (?:,?\ (?P<year1>[0-9]{{4}})(?![\w,]\w))?
    | (?<!\w)(?P<month2>{_MONTH})\ (?P<day2>[0-9]{{1,2}}|(?:the\ )?(?:{_DAYS})(?:-(?:{_DAYS}))?)(?:st|nd|rd|th)?
        (?![\w:%]|[.,][0-9]|\ ?million)
        (?:,?\ (?P<year2>[0-9]{{4}})(?![\w,]\w))?
    | (?<!\w)(?P<month3>{_MONTH}),?\ (?:of\ )?(?P<year3>[12][0-9]{{3}})(?![\w,.]\w|\w)
    | (?<![\w-])(?P<year4>[12][0-9]{{3}})-(?P<month4>[01][0-9])-(?P<day4>[0-3][0-9])(?![\w-])
    | (?<![\w/])(?P<slashed>[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}})(?![\w/])
    | (?<![\w.:])(?P<clock>(?P<hour>[0-9]{{1,2}})(?:
        (?::|\.(?=[0-9]{{2}}\ ?{_AMPM}))(?P<minute>[0-5][0-9])
        (?P<secs>:[0-5][0-9])?(?![0-9])
        (?:\ ?(?P<half>{_AMPM}))?|\ ?(?P<half2>{_AMPM})))
    | (?<![\w])'?(?P<decade>[0-9]{{1,3}}0)'?s(?!\w)
    | (?<!\w)(?P<named>(?-i:{_NAMES})\.?(?:[ ]|-|[ ]No\.?[ ]|[ ]?\#)
        [0-9]{{1,9}}(?![,.]?[0-9]|[ ]?%|[ ]per[ ]?cent)(?:-[0-9]+)?(?:[A-Za-z]\b)?)
    | (?<!\w)(?P<nth>[0-9]{{1,9}})(?:st|nd|rd|th)(?![^\W_])
    | (?<![^\W_])(?P<code>(?-i:{"|".join(_CODES)})|(?:US|AU?|CA?|NZ|HK|S|R)?\$|[€£¥₹₽₩₴₺₪₦₱]|Rs\.?)\ ?(?=[0-9.])
    | (?<![^\W_])(?P<fold>[0-9]{{1,4}})(?:-?fold|[x×])(?![^\W_])
    | (?<!\w)(?P<glued>(?!(?:{_WORDS})-)(?-i:[A-Z])[A-Za-z]{{0,9}}-?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[A-Za-z]{{0,3}}(?!\w)
        |[A-Za-z][0-9][A-Za-z0-9]{{1,4}}(?!\w))
    | (?<![^\W_])(?P<digit>[0-9]|\.(?=[0-9])|[{"".join(VULGAR)}])
    | (?<![^\W_])(?P<word>{_WORDS})(?![^\W_])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COUNTED_UNITS = sorted(UNITS, key=len, reverse=True)
_CASED = [name for name in _COUNTED_UNITS if (name != name.lower() or len(name) <= 2) and name not in ("%", "$")]
_ANY = [name for name in _COUNTED_UNITS if name not in _CASED]
_ANY_PATTERN = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in _ANY if name.upper() not in _CODES)
_CASED_PATTERN = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in [*_CASED, *_CODES])
_UNIT = re.compile(rf"(?: |-)?(?P<unit>(?i:{_ANY_PATTERN})|{_CASED_PATTERN})(?![^\W_])(?!²|³)")
_NOUN = re.compile(r"(?: |-)([^\W\d_]+)")
_TIMES = re.compile(r"(?: |-)(?:times|fold)(?![^\W_])")
_JOIN = re.compile(r" ?- ?(?=[\w$€£¥.])| (?:to|or|and) (?=[\w$€£¥.])")
_OF = re.compile(r" (?:(?P<out>out )?of|(?P<per>in))(?: the| its| their| every| all)? ")
_AFTER = re.compile(
    r"\+| (?:or|and) (?:more|less|fewer|so|over|above|below|under|thereabouts)\b| plus\b", re.IGNORECASE
)
_YEAR_BEFORE = frozenset(
    "in since by from until till before after during of early late mid to and year summer winter spring autumn".split()
)
_NO_ONE = frozenset("no any some every each this that the which another number".split())
_PRONOUN = re.compile(
    r" (?:another|of|who|that|which|is|was|can|could|must|should|would|has|may|day|thing|more)\b|'|[.,;]"
)
_FILLERS = re.compile(r"(?:\b(?:a total of|a|the|another|US|only|just)\s+)$")


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of an English text in order: amounts, dates, times, scores, ordinals, names with numbers.

    Footnote marks, telephone numbers and web addresses are none. What can be read in two ways ("1.234,5") is `UNCLEAR`
    and is compared as it is written, and so is a number of more than forty digits. Linear in the length of the text.
    """
    normal = normalise(text)
    return tuple(evolve(found, span=span, text=span.of(text)) for found, span in _placed(normal))


def _placed(normal: Normal) -> Iterator[tuple[Quantity, Span]]:
    at = 0
    text = normal.text
    while start := _START.search(text, at):
        if start["skip"] is not None:
            at = start.end()
            continue
        found, end = _read(text, start)
        at = max(end, start.start() + 1)
        if found is not None:
            yield found, normal.span(found.span.start, end)


def _read(text: str, start: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return what begins at `start`, if anything, and where it ends."""
    special = _special(start)
    if special is not None:
        return special, start.end()
    word = (start["word"] or "").lower()
    if word in MULTIPLES and word != "halves":
        return _made(start, QuantityKind.MULTIPLE, MULTIPLES[word], unit="times"), start.end()
    if word in VAGUE:
        size = Fraction(VAGUE[word])
        return _made(start, QuantityKind.VAGUE, size, key=word), start.end()
    return _amount(text, start)


def _special(start: re.Match[str]) -> Quantity | None:
    """Return a date, a time, a decade, an ordinal or a name, which its form alone tells."""
    for n in "1234":
        if start["month" + n] is not None:
            month = start["month" + n]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            day = "" if n == "3" else _day(start["day" + n])
            key = f"{start['year' + n] or ''}-{number}-{day}"
            return _made(start, QuantityKind.DATE, Fraction(0), key=key)
    if start["slashed"]:
        return _made(start, QuantityKind.DATE, Fraction(0), key=start["slashed"])
    if start["clock"]:
        half = (start["half"] or start["half2"] or "")[:1].lower()
        hour = int(start["hour"])
        hour = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
        return _made(
            start,
            QuantityKind.TIME,
            Fraction(0),
            key=f"{hour}:{start['minute'] or '00'}{start['secs'] or ''}{half and '!'}",
        )
    if start["decade"]:
        return _made(start, QuantityKind.DECADE, Fraction(start["decade"]), key=start["decade"])
    if start["nth"]:
        return _made(start, QuantityKind.ORDINAL, Fraction(start["nth"]), unit="ordinal")
    if start["fold"]:
        return _made(start, QuantityKind.MULTIPLE, Fraction(start["fold"]), unit="times")
    name = start["named"] or start["glued"]
    if name:
        digits = re.sub(r"[^0-9]", "", name)
        simple = re.fullmatch(r"[^0-9]+[0-9]+", name) and start["named"]
        return _made(
            start, QuantityKind.NAME, Fraction(digits if simple else 0), key=re.sub(r"[\W_]", "", name).lower()
        )
    return None


def _day(written: str) -> str:
    """Return a day of the month in digits, as it is or in words: "23rd", "the fourth", "twenty-three"."""
    plain = written.lower().removeprefix("the ")
    if plain[:1].isdigit():
        return str(int(re.sub(r"[^0-9]", "", plain)))
    found = figure(plain, 0)
    return str(found.value) if found else plain


def _made(start: re.Match[str], kind: QuantityKind, value: Fraction, *, key: str = "", unit: str = "") -> Quantity:
    return Quantity(Span(*start.span()), start[0], kind, value, value, key=key, unit=unit)


def _amount(text: str, start: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return the amount that begins at `start`, with what is joined to it: a range, a score, "N of M"."""
    begin = start.start()
    first, end = _single(text, begin, start["code"])
    if first is None:
        return None, start.end()
    before = text[max(0, begin - 40) : begin].lower().split()
    joined = None if first.kind is not QuantityKind.AMOUNT else _joined(text, first, end, before)
    if joined is not None:
        first, end = joined
    hedge, end = _hedge(text, begin, end)
    first = evolve(first, hedge=hedge, span=Span(begin, end), noun=_noun(text, end))
    if first.kind is QuantityKind.AMOUNT and not first.is_range and _is_year(text, first, before):
        first = evolve(first, kind=QuantityKind.YEAR)
    return first, end


def _single(text: str, begin: int, code: str | None = None) -> tuple[Quantity | None, int]:
    """Return one figure with its unit."""
    if code is None and (money := _MONEY.match(text, begin)):
        code = money[1]
    at = begin
    if code is not None:
        at += len(code)
        at += text[at : at + 1] == " "
    found = figure(text, at, money=code is not None)
    if found is None or _is_pronoun(text, begin, found):
        return None, at
    sign = -1 if _is_negative(text, begin) else 1
    unit = "" if code is None else UNITS.get(code.lower().rstrip("."), "")
    end = found.end
    if found.ordinal:
        return _figured(text, begin, found, QuantityKind.ORDINAL, "ordinal"), end
    if found.key:
        return evolve(
            _figured(text, begin, found, QuantityKind.UNCLEAR, ""), key=("-" if sign < 0 else "") + found.key
        ), end
    if not unit:
        times, named = _TIMES.match(text, end), _UNIT.match(text, end)
        if times:
            return _figured(text, begin, evolve(found, end=times.end()), QuantityKind.MULTIPLE, "times"), times.end()
        if named:
            unit = UNITS.get(named["unit"]) or UNITS[named["unit"].lower().replace("-", " ")]
            unit = "" if found.parts and unit == "share" else unit
            end = named.end()
    elif unit == "dollar" and (named := _UNIT.match(text, end)) and named["unit"] in ("USD", "AUD", "CAD", "NZD"):
        unit, end = named["unit"], named.end()
    of_unit = _OF_UNIT.match(text, end) if found.parts and not unit else None
    if of_unit:
        unit, end = UNITS[of_unit[1].lower()], of_unit.end()
    quantity = _figured(
        text, begin, evolve(found, end=end), QuantityKind.AMOUNT, unit or ("share" if found.parts else "")
    )
    return evolve(quantity, low=sign * found.value, high=sign * found.value), end


_MONEY = re.compile(r"((?:US|AU?|CA?|NZ|HK|S|R)?\$|[€£¥₹₽₩₴₺₪₦₱])(?= ?[0-9.])")
_OF_UNIT = re.compile(
    r"(?: of)? an? (hour|minute|day|mile|year|century|decade|kilometre|percentage point|point|tonne|ton)\b"
)


def _figured(text: str, begin: int, found: Figure, kind: QuantityKind, unit: str) -> Quantity:
    written = text[begin : found.end]
    return Quantity(
        Span(begin, found.end), written, kind, found.value, found.value, found.step, unit=unit,
        parts=found.parts, scaled=found.scaled or (not found.digits and found.step > 1),
        loose=written.lower() in ("one", "first", "half"),
    )  # fmt: skip


def _is_pronoun(text: str, begin: int, found: Figure) -> bool:
    if text[begin : found.end].lower() != "one":
        return False
    before = text[max(0, begin - 12) : begin].lower().split()
    in_five = _OF.match(text, found.end)
    if in_five and figure(text, in_five.end()):
        return False
    return bool(before and before[-1] in _NO_ONE) or _PRONOUN.match(text, found.end) is not None


def _is_negative(text: str, begin: int) -> bool:
    if text[max(0, begin - 6) : begin].lower() == "minus ":
        return True
    return text[max(0, begin - 1) : begin] == "-" and (begin == 1 or text[begin - 2] in " (\"'$€£")


def _joined(text: str, first: Quantity, end: int, before: list[str]) -> tuple[Quantity, int] | None:
    """Return a range, a score or "N of M" that begins with `first`, or None; "from 10 to 20" is two numbers."""
    of = _OF.match(text, end)
    if of and not first.unit:
        second, after = _single(text, of.end())
        if second and _is_share(first, second, of):
            value = first.low / second.low
            loose = evolve(second, low=value, high=value, unit="share", parts=(first.low, second.low), scaled=False)
            return evolve(loose, loose=False), after
    join = _JOIN.match(text, end)
    if join is None or (join[0].strip() == "and" and "between" not in before[-2:]):
        return None
    second, after = _single(text, join.end())
    if second is None or second.kind is not QuantityKind.AMOUNT or first.parts or second.parts or second.loose:
        return None
    low, step = first.low, first.step
    unit = first.unit or second.unit
    if first.unit and second.unit and first.unit != second.unit:
        return None
    factor = _scale_of(second)
    if second.scaled and not first.scaled and abs(low) < 1000 and low * factor <= second.low:
        low, step = low * factor, step * factor
    if (
        1000 <= low <= 2199
        and 10 <= second.low <= 99
        and re.fullmatch(r"[0-9]{4}-[0-9]{2}", text[first.span.start : after])
    ):
        second = evolve(second, low=low // 100 * 100 + second.low)
    changed = "from" in before[-3:] or ("by" in before[-2:] and first.unit)
    if (changed and join[0].strip() == "to") or (join[0].strip() == "or" and second.low != low + 1):
        return (evolve(first, low=low, high=low, step=step, unit=unit, scaled=second.scaled or first.scaled), end)
    kind = QuantityKind.AMOUNT if low < second.low else QuantityKind.PAIR
    return (
        evolve(
            first, kind=kind, low=low, high=second.low, step=min(step, second.step), unit=unit, scaled=second.scaled
        ),
        after,
    )


def _scale_of(second: Quantity) -> Fraction:
    return Fraction(next((size for size in (10**12, 10**9, 10**6, 10**3) if abs(second.low) >= size), 1))


def _is_share(first: Quantity, second: Quantity, of: re.Match[str]) -> bool:
    if second.kind is not QuantityKind.AMOUNT or second.unit or first.scaled or not 0 < first.low <= second.low:
        return False
    if of["per"]:
        return second.low <= 1000 and first.low < second.low and not second.scaled
    return not (1900 <= second.low <= 2100 and not of["out"])


def _hedge(text: str, begin: int, end: int) -> tuple[Hedge, int]:
    """Return what is said of the number beside it, before or after, and where that ends."""
    after = _AFTER.match(text, end)
    if after and after[0].strip().lower() in HEDGES:
        return HEDGES[after[0].strip().lower()], after.end()
    before = text[max(0, begin - 48) : begin].rstrip(" -" if text[begin - 1 : begin] != "-" else " ").lower() + " "
    for _ in range(2):
        words = before.split()
        for size in range(LONGEST_HEDGE, 0, -1):
            hedge = HEDGES.get(" ".join(words[-size:])) if len(words) >= size else None
            if hedge is not None:
                return hedge, end
        if before.rstrip()[-1:] in ("~", "≈", "<", ">", "≤", "≥"):
            return HEDGES[before.rstrip()[-1]], end
        before = _FILLERS.sub("", before)
    return Hedge.EXACT, end


def _noun(text: str, end: int) -> str:
    noun = _NOUN.match(text, end)
    return noun[1].lower() if noun else ""


def _is_year(text: str, found: Quantity, before: list[str]) -> bool:
    if found.unit or found.scaled or not 1000 <= found.low <= 2199 or found.hedge is not Hedge.EXACT:
        return False
    if not re.fullmatch(r"[0-9]{4}", text[found.span.start : found.span.end]):
        return False
    return not found.noun or before[-1:] == [] or before[-1] in _YEAR_BEFORE
