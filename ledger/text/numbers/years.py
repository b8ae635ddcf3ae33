"""Whether a figure of four digits is a year or a count: "in 1994, patients" and "1994 patients"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from .quantity import Hedge, Quantity, QuantityKind

_PLAINLY = frozenset("in since until till before after during early late mid year summer winter spring autumn".split())
_LED = _PLAINLY | frozenset("by from of to and".split())
"""Words before a year, and those before which a year is more likely than a count."""

_DETERMINED = frozenset("the a an this that these those its their his her our my your of no page room flight".split())
"""Words after which either may stand: "the 1994 elections", "the 1994 patients"."""

_NO_NOUN = frozenset(
    "a an the of in on at by to for from and or but nor with as is was were are has had have will would can could may "
    "when while where who which that than then he she it they we not after before during until since into over under "
    "through between without within because if so his its this thus less plus "
    "approaches begins boasts brings closes comes draws ends gets gives goes looks makes marks proves saw sees shows "
    "starts takes turns seems remains offers promises opens".split()
)
_PLURALS = frozenset("people men women children sheep fish cattle police".split())
_WORDS = re.compile(r" ([a-z]+)(?: ([a-z]+))?")


def as_year(text: str, found: Quantity, before: Sequence[str]) -> Quantity:
    """Return an amount as a year where it is one, and as a count where it plainly counts what follows."""
    begin, end = found.span.start, found.span.end
    if not may_be_year(found, text[begin:end]):
        return found
    led = before[-1] if before else ""
    if not found.noun or led in _LED:
        return evolve(found, kind=QuantityKind.YEAR, counted=False if led in _PLAINLY else None)
    last = text[max(0, begin - 24) : begin].split()[-1:]
    free = all(word.lower() not in _DETERMINED and not word.endswith(("'s", "s'")) for word in last)
    named = len(before) > 1 and all(word[:1].isupper() and word.isalpha() for word in last)
    if free and not named and _counts(text, end):
        return evolve(found, counted=True)
    return found if led else evolve(found, kind=QuantityKind.YEAR)


def may_be_year(found: Quantity, written: str) -> bool:
    """Return whether an amount is written as years are: four digits, with nothing said of them."""
    if found.unit or found.scaled or found.per or found.is_range or found.hedge is not Hedge.EXACT:
        return False
    return 1000 <= found.low <= 2199 and len(written) == 4 and written.isdigit()


def _counts(text: str, end: int) -> bool:
    """Return whether a noun in the plural follows, with a word before it or none."""
    words = _WORDS.match(text, end)
    for word in words.groups() if words else ():
        if word is None or word in _NO_NOUN:
            return False
        if word in _PLURALS or (word.endswith("s") and not word.endswith("ss")):
            return True
    return False
