"""The numbers of a text: amounts with units and bounds, dates, times, scores, ordinals, and names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

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
from .years import as_year

_NOUN = re.compile(r"(?: |-)([^\W\d_]+)")
_AFTER = re.compile(
    r"\+| (?:or|and) (?:more|less|fewer|so|over|above|below|under|thereabouts)\b| plus\b| at (?:least|most)\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(r"(?:\b(?:a total of|a|the|another|US|only|just)\s+)$")


KEPT = 2_000
"""Texts whose numbers are remembered: a claim and its passages are read by several checkers."""


@lru_cache(KEPT)
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
        times = made(start, QuantityKind.MULTIPLE, MULTIPLES[word], unit="times")
        return evolve(times, hedge=_hedge(text, start.start(), start.end())[0]), start.end()
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
    before = text[max(0, begin - 80) : begin].lower().split()
    if first.kind is QuantityKind.AMOUNT:
        first, end = joined(text, first, end, before, spoken) or (first, end)
    hedge, end = _hedge(text, begin, end)
    first = evolve(
        first, hedge=hedge, span=Span(begin, end), noun="" if before[-1:] in (["aged"], ["age"]) else _noun(text, end)
    )
    if first.kind is QuantityKind.ORDINAL:
        return share_of_ordinal(first, before), end
    if first.kind is not QuantityKind.AMOUNT:
        return first, end
    return as_year(text, evolve(first, way=way(text, begin, end, first.unit)), before), end


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
