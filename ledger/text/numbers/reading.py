"""The numbers of a text: amounts with units and bounds, dates, times, scores, ordinals, and names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from ..normal import Normal, normalise
from ..spans import Span
from .amounts import amount, is_pronoun
from .joining import joined, share_of_ordinal
from .languages import Language, language
from .quantity import Hedge, Quantity, QuantityKind
from .spelling import HEDGES, LONGEST_HEDGE, MULTIPLES, VAGUE
from .starts import START, made, special
from .ways import way

_NOUN = re.compile(r"(?: |-)([^\W\d_]+)")
_AFTER = re.compile(
    r"\+| (?:or|and) (?:more|less|fewer|so|over|above|below|under|thereabouts)\b| plus\b", re.IGNORECASE
)
_YEAR_BEFORE = frozenset(
    "in since by from until till before after during of early late mid to and year summer winter spring autumn".split()
)
_NOT_COUNTED = frozenset(
    "the a an this that these those its their his her our my your of no page room flight route".split()
)
_NO_NOUN = frozenset(
    "a an the of in on at by to for from and or but nor with as is was were are has had have will would can could may "
    "when while where who which that than then he she it they we i not after before during until since into over under "
    "through between without within because if so".split()
)
_FILLERS = re.compile(r"(?:\b(?:a total of|a|the|another|US|only|just)\s+)$")


def quantities(text: str, tag: str | None = None) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order: amounts, dates, times, scores, ordinals, names with numbers.

    `tag` is the language of the text ("de", "es-MX"), English where it is not given; of another language only what is
    in digits is read, with its marks. Footnote marks, telephone numbers and web addresses are none. What can be read in
    two ways is `UNCLEAR` and is compared as it is written, and so is a number of more than forty digits. Linear in the
    length of the text.
    """
    normal = normalise(text)
    return tuple(evolve(found, span=span, text=span.of(text)) for found, span in _placed(normal, language(tag)))


def _placed(normal: Normal, spoken: Language) -> Iterator[tuple[Quantity, Span]]:
    at = 0
    text = normal.text
    while start := START.search(text, at):
        if start["skip"] is not None or (start["word"] is not None and not spoken.spelt):
            at = start.end()
            continue
        found, end = _read(text, start, spoken)
        at = max(end, start.start() + 1)
        if found is not None:
            yield found, normal.span(found.span.start, end)


def _read(text: str, start: re.Match[str], spoken: Language) -> tuple[Quantity | None, int]:
    """Return what begins at `start`, if anything, and where it ends."""
    found = special(start)
    if found is not None:
        return found, start.end()
    word = (start["word"] or "").lower()
    if word in MULTIPLES and word != "halves":
        return made(start, QuantityKind.MULTIPLE, MULTIPLES[word], unit="times"), start.end()
    if word in VAGUE:
        return made(start, QuantityKind.VAGUE, Fraction(VAGUE[word]), key=word), start.end()
    return _amount(text, start, spoken)


def _amount(text: str, start: re.Match[str], spoken: Language) -> tuple[Quantity | None, int]:
    """Return the amount that begins at `start`, with all that is said of it."""
    begin = start.start()
    if is_pronoun(text, begin) and spoken.spelt:
        return None, start.end()
    first, end = amount(text, begin, start["code"], language=spoken)
    if first is None:
        return None, start.end()
    before = text[max(0, begin - 40) : begin].lower().split()
    if first.kind is QuantityKind.AMOUNT:
        first, end = joined(text, first, end, before, spoken) or (first, end)
    hedge, end = _hedge(text, begin, end)
    first = evolve(first, hedge=hedge, span=Span(begin, end), noun=_noun(text, end))
    if first.kind is QuantityKind.ORDINAL:
        return share_of_ordinal(first, before), end
    if first.kind is not QuantityKind.AMOUNT:
        return first, end
    if _may_be_year(text, first):
        led = text[max(0, begin - 24) : begin].split()
        if _is_year(first, before):
            return evolve(first, kind=QuantityKind.YEAR), end
        return evolve(first, counted=_counts(first, led)), end
    return evolve(first, way=way(text, begin, end)), end


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


def _may_be_year(text: str, found: Quantity) -> bool:
    if found.unit or found.scaled or found.per or found.is_range or found.hedge is not Hedge.EXACT:
        return False
    return 1000 <= found.low <= 2199 and bool(re.fullmatch(r"[0-9]{4}", text[found.span.start : found.span.end]))


def _is_year(found: Quantity, before: Sequence[str]) -> bool:
    return not found.noun or before[-1:] == [] or before[-1] in _YEAR_BEFORE


def _counts(found: Quantity, led: Sequence[str]) -> bool:
    """Return whether a figure of four digits is plainly a count of what follows it, not a year."""
    last = led[-1] if led else ""
    named = last[:1].isupper() and len(led) > 1
    possessive = last.endswith(("'s", "s'"))
    return found.noun not in _NO_NOUN and last.lower() not in _NOT_COUNTED and not named and not possessive
