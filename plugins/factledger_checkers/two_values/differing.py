"""Where two statements cannot both be so. In doubt they can: what is not the same thing is not compared."""

from __future__ import annotations

import re
from functools import lru_cache

from ledger.dates import DateExpression, before
from ledger.text import QuantityKind, apart

from .lexicon import AGAIN, EVENTS, LIGHT, RECURRING, ROLES, meaning
from .names import NameInContext
from .statement import CountedNumber, Statement

FEWEST = 2
"""Words, names among them, that two claims on one thing share."""

MOST_ODD = 2
"""Words that say something and that one of two claims on one thing may have alone: one for each they share beyond."""

PAIRS = 1 << 13
"""Pairs of claims that are remembered: two that share several keys meet in as many groups, one after the other."""


@lru_cache(PAIRS)
def differs(one: Statement, other: Statement) -> str:
    """Return what two claims give otherwise of one thing, in two or three words; "" where both can be so."""
    if one.numbered != other.numbered or one.unsure or other.unsure:
        return ""
    mine, theirs = _unmatched(one, other)
    shared, odd = _compared(one, other)
    if mine and theirs:
        swapped = not odd and one.turned == other.turned and _is_one_role(one, other, mine, theirs)
        return "Another name" if swapped and not (_numbers_apart(one, other) or _dates_apart(one, other)) else ""
    if mine or theirs or shared < FEWEST or odd > min(MOST_ODD, shared - FEWEST):
        return ""
    numbers, dates = _numbers_apart(one, other), _dates_apart(one, other)
    if one.turned != other.turned:
        return "" if numbers or dates else _denial(one, other)
    if numbers:
        return "" if dates or _times_unknown(one, other) or _whose_unknown(one, other) else "Another number"
    return "Another date" if dates and not odd and _is_one_event(one, other) else ""


@lru_cache(PAIRS)
def agrees(one: Statement, other: Statement) -> bool:
    """Return whether two claims say the same in the same words: every name and number of either is the other's."""
    if not one.words ^ other.words <= LIGHT or one.numbered != other.numbered or one.turned != other.turned:
        return False
    held = all(_has(mine, other) for mine in one.numbers) and all(_has(theirs, one) for theirs in other.numbers)
    return held and not any(_unmatched(one, other)) and not _dates_apart(one, other)


def _has(number: CountedNumber, other: Statement) -> bool:
    both = other.words | {number.of}
    return any(
        _is_of_same(number, them, both) and apart(number.quantity, them.quantity) is False for them in other.numbers
    )


def _denial(one: Statement, other: Statement) -> str:
    if one.open or other.open or not one.opposed | other.opposed <= one.words & other.words:
        return ""
    return "One denies it" if one.denies != other.denies else "One says the opposite"


def _unmatched(one: Statement, other: Statement) -> tuple[list[NameInContext], list[NameInContext]]:
    """Return the names of either that are not the other's, nor words of it; "Roa" is "Ana Roa"."""
    return _missing(one, other), _missing(other, one)


def _all_words(one: Statement) -> frozenset[str]:
    return one.words.union(*map(_as_words, one.names))


def _missing(one: Statement, other: Statement) -> list[NameInContext]:
    """Return the names of one that the other has neither as a name nor, at the start of a sentence, as a word."""
    return [name for name in one.names if not name.is_among(other.names) and not _as_words(name) <= other.words]


def _as_words(name: NameInContext) -> frozenset[str]:
    return frozenset(map(meaning, name.words))


def _compared(one: Statement, other: Statement) -> tuple[int, int]:
    """Return how many words two claims share, names among them, and how many that say something only one has.

    Where each has such a word, they speak of two things: of the north bridge and the south bridge.
    """
    named = frozenset[str]().union(*map(_as_words, (*one.names, *other.names)))
    mine, theirs = one.words - other.words - LIGHT - named, other.words - one.words - LIGHT - named
    shared = len(one.words & other.words) + min(len(one.names), len(other.names))
    return shared, MOST_ODD + 1 if mine and theirs else len(mine | theirs)


def _numbers_apart(one: Statement, other: Statement) -> bool:
    """Return whether a number of the same surely differs; where one claim gives several of a sort, none is held."""
    both = one.words & other.words
    for mine in one.numbers:
        same = [theirs for theirs in other.numbers if _is_of_same(mine, theirs, both)]
        ours = [number for number in one.numbers if same and _is_of_same(number, same[0], both)]
        if len(same) == len(ours) == 1 and apart(mine.quantity, same[0].quantity):
            return True
    ranked = [{number.quantity.kind for number in said.numbers} == {QuantityKind.ORDINAL} for said in (one, other)]
    bare = not (one.numbers and other.numbers)
    return bare and any(ranked) and any(word.endswith("est") for word in both)  # "largest", "second largest"


def _is_of_same(one: CountedNumber, other: CountedNumber, both: frozenset[str]) -> bool:
    """Return whether two numbers count one thing, named in both claims: "cases of measles" are "measles cases"."""
    if one.per != other.per or (one.way and other.way and one.way != other.way):
        return False
    named = one.of == other.of or not (one.of and other.of) or {one.of, other.of} <= both
    return named or bool(one.quantity.unit and other.quantity.unit)


def _dates_apart(one: Statement, other: Statement) -> bool:
    return bool(one.dates and other.dates) and all(_days_apart(a, b) for a in one.dates for b in other.dates)


def _times_unknown(one: Statement, other: Statement) -> bool:
    """Return whether only one gives a time, or it cannot be told whether theirs are one: 2029, and "today"."""
    said = [{date.words.lower() for date in dates} for dates in (one.dates, other.dates)]
    unread = any(date.edtf is None for date in (*one.dates, *other.dates))
    return bool(said[0]) != bool(said[1]) or (unread and said[0] != said[1])


def _days_apart(one: DateExpression, other: DateExpression) -> bool:
    if one.edtf is None or other.edtf is None:
        weekdays = [re.fullmatch(r"(?i)\w+day", date.words) for date in (one, other)]
        return all(weekdays) and one.words.lower() != other.words.lower()
    if one.edtf == other.edtf:
        return False
    if before(one.edtf, other.edtf) is True or before(other.edtf, one.edtf) is True:
        return True
    mine, theirs = str(one.edtf).split("-"), str(other.edtf).split("-")
    return "XXXX" in (mine[0], theirs[0]) and any(a != b for a, b in zip(mine[1:], theirs[1:], strict=False))


def _whose_unknown(one: Statement, other: Statement) -> bool:
    """Return whether it is not said whose the figure is that moved: "sales rose to 3 million"."""
    named = one.names and other.names
    return not named and any(number.way for number in (*one.numbers, *other.numbers))


def _is_one_event(one: Statement, other: Statement) -> bool:
    """Return whether both tell of one thing that happens once; how much something was may differ by the day."""
    both = one.words & other.words
    once = not both.isdisjoint(EVENTS | one.done) and both.isdisjoint(AGAIN)
    measured = any(number.quantity.kind is QuantityKind.AMOUNT for number in (*one.numbers, *other.numbers))
    return once and one.definite and other.definite and not (measured or one.open or other.open)


def _is_one_role(one: Statement, other: Statement, mine: list[NameInContext], theirs: list[NameInContext]) -> bool:
    """Return whether two names stand in one place that one alone can have."""
    if len(mine) != 1 or len(theirs) != 1 or not _all_words(one).isdisjoint(RECURRING):
        return False
    before, after = {mine[0].before, theirs[0].before}, {mine[0].after, theirs[0].after}
    done = mine[0].by and theirs[0].by and before.isdisjoint(AGAIN)
    placed = (done and len(before) == 1) or any(len(beside) == 1 and beside <= ROLES for beside in (before, after))
    return placed and one.definite and other.definite and not (one.open or other.open)
