"""The numbers of a text: amounts with units and bounds, dates, times, scores, ordinals, and names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from ..languages.dating import date_at
from ..normal import Normal, normalise
from ..once import read_once
from ..spans import Span
from .amounts import amount, is_pronoun
from .joining import joined, share_of_ordinal
from .languages import ENGLISH, Language, language
from .languages import start as starts_of
from .quantity import Hedge, Quantity, QuantityKind
from .spelling import HEDGE_ENDS, HEDGES, MULTIPLES, VAGUE
from .starts import START, date_key, made, special
from .ways import way
from .years import as_year, may_be_year

_NOUN = re.compile(r"(?: |-)([^\W\d_]+)")
_AFTER = re.compile(
    r"\+| (?:or|and) (?:more|less|fewer|so|over|above|below|under|thereabouts)\b| plus\b| at (?:least|most)\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(r"(?:\b(?:a total of|a|the|another|US|only|just)\s+)$")


def quantities(text: str, tag: str | None = None) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order: amounts, dates, times, scores, ordinals, names with numbers.

    `tag` is the language of the text ("de", "es-MX"), English where it is not given; of a language whose table has no
    words for numbers only what is in digits is read, with its marks. Footnote marks, telephone numbers and web
    addresses are none. What can be read in two ways is `UNCLEAR` and is compared as it is written, and so is a number
    of more than forty digits. Linear in the length of the text.
    """
    return read_quantities(text, language(tag))


@read_once
def read_quantities(text: str, spoken: Language) -> tuple[Quantity, ...]:
    """Return the same, of the language whose figures are set so."""
    return tuple(evolve(found, span=span, text=span.of(text)) for found, span in _placed(normalise(text), spoken))


def _placed(normal: Normal, spoken: Language) -> Iterator[tuple[Quantity, Span]]:
    at = 0
    text = normal.text
    pattern, reader = (START, _read) if spoken.spelt else (starts_of(spoken.tag or ""), _read_elsewhere)
    while start := pattern.search(text, at):
        if start["skip"] is not None:
            at = start.end()
            continue
        found, end = reader(text, start, spoken)
        at = max(end, start.start() + 1)
        if found is not None:
            yield found, normal.span(found.span.start, end)


def _read(text: str, start: re.Match[str], spoken: Language) -> tuple[Quantity | None, int]:
    """Return what begins at `start`, if anything, and where it ends."""
    found = special(start, spoken.tag)
    if found is not None:
        return found, start.end()
    word = (start["word"] or "").lower()
    if word in MULTIPLES and word != "halves":
        times = made(start, QuantityKind.MULTIPLE, MULTIPLES[word], unit="times")
        return evolve(times, hedge=_hedge(text, start.start(), start.end())[0]), start.end()
    if word in VAGUE:
        return made(start, QuantityKind.VAGUE, Fraction(VAGUE[word]), key=word), start.end()
    return _amount(text, start, spoken)


def _read_elsewhere(text: str, start: re.Match[str], spoken: Language) -> tuple[Quantity | None, int]:
    """Return the same of what begins in another language than English: a date of its forms, or what `_read` returns."""
    date = date_at(text, start.start(), spoken.tag) if start["code"] is None else None
    if date is not None:
        span = Span(start.start(), date.end)
        key = date_key(date)
        return Quantity(span, span.of(text), QuantityKind.DATE, key=key), date.end
    if start["dated"]:
        return _amount(text, start, spoken)  # "sept" is seven, too
    if start["clock"]:
        minute = start["minute"] or start["after"] or "00"
        key = f"{int(start['hour'])}:{minute}{start['secs'] or ''}"
        return made(start, QuantityKind.TIME, Fraction(0), key=key), start.end()
    if start["nth"]:
        return made(start, QuantityKind.ORDINAL, Fraction(start["nth"]), unit="ordinal"), start.end()
    if start["glued"]:
        return made(
            start, QuantityKind.NAME, Fraction(0), key=re.sub(r"[\W_]", "", start["glued"]).lower()
        ), start.end()
    word = (start["word"] or "").lower()
    words = spoken.table.numbers
    if word in words.vague:
        name = words.vague[word]
        return made(start, QuantityKind.VAGUE, Fraction(VAGUE.get(name, 10)), key=name), start.end()
    if word in words.multiples:
        return made(start, QuantityKind.MULTIPLE, words.multiples[word], unit="times"), start.end()
    return _amount(text, start, spoken)


def _amount(text: str, start: re.Match[str], spoken: Language) -> tuple[Quantity | None, int]:
    """Return the amount that begins at `start`, with all that is said of it."""
    begin = start.start()
    if spoken.spelt and is_pronoun(text, begin):
        return None, start.end()
    first, end = amount(text, begin, start["code"], language=spoken)
    if first is None:
        return None, start.end()
    before = text[max(0, begin - 80) : begin].lower().split()
    if first.kind is QuantityKind.AMOUNT:
        first, end = joined(text, first, end, before, spoken) or (first, end)
    hedge, end = _hedge(text, begin, end, spoken)
    first = evolve(
        first,
        hedge=hedge,
        span=Span(begin, end),
        noun="" if before[-1:] in (["aged"], ["age"]) else _noun(text, end),
        way=way(text, begin, end, first.unit) if spoken.spelt and first.kind is QuantityKind.AMOUNT else first.way,
    )
    if first.kind is QuantityKind.ORDINAL:
        return share_of_ordinal(first, before), end
    if first.kind is not QuantityKind.AMOUNT:
        return first, end
    if not spoken.spelt:
        year = not first.noun and may_be_year(first, text[begin:end])
        return evolve(first, kind=QuantityKind.YEAR if year else first.kind), end
    return as_year(text, first, before), end


def _hedge(text: str, begin: int, end: int, spoken: Language = ENGLISH) -> tuple[Hedge, int]:
    """Return what is said of the number beside it, before or after, and where that ends."""
    hedges, pattern = spoken.hedges, _AFTER if spoken.spelt else spoken.after
    after = pattern.match(text, end) if pattern else None
    if after and after[0].strip().lower() in hedges:
        return hedges[after[0].strip().lower()], after.end()
    before = text[max(0, begin - 48) : begin].rstrip(" -" if text[begin - 1 : begin] != "-" else " ").lower() + " "
    for shorter in (_FILLERS.sub("", before), ""):
        words = before.split()
        likely = words and (not spoken.spelt or words[-1] in HEDGE_ENDS)
        for size in range(min(spoken.longest_hedge, len(words)) if likely else 0, 0, -1):
            hedge = hedges.get(" ".join(words[-size:]))
            if hedge is not None:
                return hedge, end
        if before.rstrip()[-1:] in ("~", "≈", "<", ">", "≤", "≥"):
            return HEDGES[before.rstrip()[-1]], end
        if shorter == before:
            break
        before = shorter
    return Hedge.EXACT, end


def _noun(text: str, end: int) -> str:
    noun = _NOUN.match(text, end)
    return noun[1].lower() if noun else ""
