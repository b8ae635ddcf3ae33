"""The numbers of a claim held against a passage: which agree, which disagree with which, which are not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from ..languages import table
from ..once import read_once
from .agreeing import Agreement, agreement, comparable, read_as
from .languages import Language, language
from .quantity import Quantity, QuantityKind
from .rates import SPOKEN
from .reading import read_quantities

LONGEST_COMPARED = 240
"""Words of a claim, and of a passage, that are laid side by side; of longer ones the words near each number tell."""

MOST_HELD = 200
"""Numbers of a passage that each number of a claim is held against; of more, only equal ones are looked up."""

MOST_EQUAL = 5

NEAR = 3
"""Words on each side of a number that tell what it is of."""

CLEARLY = 2.0
"""By how much the words around another number must fit better for an equal number to be of something else."""

LIKELY = 1.0
"""The same where the number that agrees is only rounded, or a bound that holds."""

AT_ALL = 1.2
"""What the same word right after two numbers counts, or a little less."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r",? (?:to|until|through|of|out of) | ?[-–] ?")
"""What stands between the ends of a range, and the parts of a share."""


@frozen
class Compared:
    """A number of a claim, how it stands to a passage, and the number there that it was held against, if any."""

    number: Quantity
    agreement: Agreement
    counterpart: Quantity | None = None

    @property
    def unclear(self) -> Quantity | None:
        """The number of the two that can be read in two ways, that of the passage first; None where neither can."""
        both = (one for one in (self.counterpart, self.number) if one is not None)
        return next((one for one in both if len(read_as(one)) > 1), None)

    @property
    def readings(self) -> tuple[str, ...]:
        """What the unclear one can be read as, in words; nothing where neither is unclear."""
        return tuple(map(_spelt, read_as(self.unclear))) if self.unclear is not None else ()


@frozen
class NumberComparison:
    """The numbers of a claim, in their order, each held against a passage."""

    numbers: tuple[Compared, ...]

    @property
    def agrees(self) -> bool:
        """Whether every number of the claim stands in the passage; true where the claim has none."""
        return all(one.agreement.holds for one in self.numbers)

    @property
    def agreeing(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.numbers if one.agreement.holds)

    @property
    def disagreeing(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.numbers if one.agreement is Agreement.DIFFERENT)

    @property
    def vaguer(self) -> tuple[Compared, ...]:
        """The numbers that are more exact than the passage: "412" where it says "more than 400"."""
        return tuple(one for one in self.numbers if one.agreement is Agreement.VAGUER)

    @property
    def missing(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.numbers if one.agreement is Agreement.MISSING)


@frozen
class _Placed:
    """A number with the words before it, nearest first, and after it."""

    number: Quantity
    before: tuple[str, ...]
    after: tuple[str, ...]


def compare_numbers(
    claim: str, passage: str, tag: str | None = None, *, claim_tag: str | None = None
) -> NumberComparison:
    """Return how each number of a claim stands to the numbers of a passage of its source.

    `tag` is the language of the passage, `claim_tag` that of the claim; both are English where they are not given.

    A number is held against the one that stands among the same words; only where no number clearly does, one that is
    equal is enough wherever it stands, so that two numbers that changed places are not taken for the same. See
    `agreement` for what agrees. A claim's "one" or "first" that has no counterpart is left out: it may be no count.
    """
    read, others = _placed(claim, language(claim_tag)), _placed(passage, language(tag))
    mine = _as_spoken(read, others, passage)
    theirs = _as_spoken(others, mine, claim)
    beside = _beside(claim, passage, mine, theirs)
    near = [theirs] * len(mine) if len(theirs) <= MOST_HELD else _equal_ones(mine, theirs)
    fits = [
        [_fit(one, other) + beside.get((at, n), 0.0) for n, other in enumerate(near[at])] for at, one in enumerate(mine)
    ]
    found = [_held(one.number, near[at], fits[at]) for at, one in enumerate(mine)]
    taken = {id(one.counterpart) for one in found if one is not None}
    compared = [
        _otherwise(one.number, near[at], fits[at], taken) if found[at] is None else found[at]
        for at, one in enumerate(mine)
    ]
    return NumberComparison(tuple(_not_turned(claim, [one for one in compared if one is not None])))


def _spelt(number: Quantity) -> str:
    """Return a reading of a number as it is written in English: 12,000, or 2 May 2024."""
    if number.kind is not QuantityKind.DATE:
        return f"{float(number.low):,g}" if number.low.denominator > 1 else f"{int(number.low):,}"
    year, month, day = number.key.split("-")
    return " ".join(filter(None, (day, table("en").months[int(month) - 1], year)))


def _not_turned(claim: str, compared: list[Compared]) -> list[Compared]:
    """Return the same, but for the ends of a range, and the parts of a share, that changed places: "28 of 23"."""
    for at, (one, other) in enumerate(pairwise(compared)):
        there = one.counterpart
        if there is None or other.counterpart is not there or not (one.agreement.holds and other.agreement.holds):
            continue
        first = (there.parts or (there.low,))[0]
        if first == other.number.low != one.number.low and _JOINED.fullmatch(
            claim, one.number.span.end, other.number.span.start
        ):
            compared[at : at + 2] = (evolve(each, agreement=Agreement.DIFFERENT) for each in (one, other))
    return compared


def _equal_ones(mine: Sequence[_Placed], theirs: Sequence[_Placed]) -> list[list[_Placed]]:
    """Return, for each number of a claim, the numbers of a long passage that are equal as they stand, a few at most."""
    index: dict[object, list[_Placed]] = {}
    for other in theirs:
        alike = index.setdefault(_figures(other.number), [])
        if len(alike) < MOST_EQUAL:
            alike.append(other)
    return [index.get(_figures(one.number), []) for one in mine]


def _figures(number: Quantity) -> tuple[Fraction, Fraction, str]:
    return number.low, number.high, number.key


def _held(number: Quantity, theirs: Sequence[_Placed], fits: Sequence[float]) -> Compared | None:
    """Return the number that agrees and fits best, unless another number stands clearly more in the same words."""
    answers = [_answer(number, other.number) for other in theirs]
    best = max((n for n, answer in enumerate(answers) if answer.holds), key=lambda n: fits[n], default=None)
    if best is None:
        return None
    rivals = (fits[n] for n, other in enumerate(theirs) if not answers[n].holds and _rivals(number, other.number))
    surely = answers[best] in (Agreement.SAME, Agreement.CONVERTED)
    if max(rivals, default=0.0) >= fits[best] + (CLEARLY if surely else LIKELY):
        return None
    return Compared(number, answers[best], theirs[best].number)


def _otherwise(number: Quantity, theirs: Sequence[_Placed], fits: Sequence[float], taken: set[int]) -> Compared | None:
    """Return the number that stands in the place of one that agrees with none, if any does."""
    rival, best = None, (-1.0, False)
    for n, other in enumerate(theirs):
        close = fits[n] >= CLEARLY
        free = comparable(number, other.number) and id(other.number) not in taken
        if _rivals(number, other.number) and (close or free) and (fits[n], free) > best:
            rival, best = other.number, (fits[n], free)
    if number.loose and best[0] < AT_ALL:
        return None
    if rival is None:
        return Compared(number, Agreement.MISSING)
    answer = _answer(number, rival)
    return Compared(number, Agreement.DIFFERENT if answer.holds else answer, rival)


def _answer(number: Quantity, other: Quantity) -> Agreement:
    """Return how two numbers agree; the N and the M of "N of M" may be meant alone."""
    answer = agreement(number, other)
    if other.kind is QuantityKind.YEAR and other.is_range and number.kind is other.kind and not number.is_range:
        return Agreement.SAME if number.low in (other.low, other.high) else answer
    if not answer.holds and (aged := _of_age(number, other)):
        return agreement(*aged)
    if answer.holds or len(other.parts) != 2 or number.parts or number.unit:
        return answer
    if " of " not in f" {other.text} ":
        return answer
    alone = (evolve(other, low=part, high=part, parts=(), unit="", step=part * 0 + 1) for part in other.parts)
    return next((one for one in (agreement(number, part) for part in alone) if one.holds), answer)


def _of_age(number: Quantity, other: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return two numbers in years where one is an age and the other may be: "a girl, 11," and "11-year-old"."""
    old, bare = (number, other) if number.noun == "old" else (other, number)
    if old.noun != "old" or old.unit != "year" or bare.unit or bare.noun or bare.kind is not QuantityKind.AMOUNT:
        return None
    bare = evolve(bare, unit="year")
    return (old, bare) if old is number else (bare, old)


def _rivals(number: Quantity, other: Quantity) -> bool:
    """Return whether a number could stand where the other does: figures for figures, dates for dates."""
    plain = (
        QuantityKind.AMOUNT,
        QuantityKind.YEAR,
        QuantityKind.VAGUE,
        QuantityKind.UNCLEAR,
        QuantityKind.NAME,
        QuantityKind.PAIR,
        QuantityKind.MULTIPLE,
    )
    return number.kind is other.kind or (number.kind in plain and other.kind in plain)


def _as_spoken(placed: Sequence[_Placed], others: Sequence[_Placed], text: str) -> Sequence[_Placed]:
    """Return numbers without what they are for, where another text says that of its numbers in some other place."""
    if not any(one.number.per in SPOKEN for one in placed):
        return placed
    placed, told = list(placed), {other.number.per for other in others}
    for other in others:
        text = text[: other.number.span.start] + " " * len(other.number.text) + text[other.number.span.end :]
    for at, one in enumerate(placed):
        spoken = SPOKEN.get(one.number.per)
        if spoken is not None and others and one.number.per not in told:
            said = (_nearest(others, word.start()) for word in spoken.finditer(text))
            if any(len(others) == 1 or other.number.low == one.number.low for other in said):
                placed[at] = evolve(one, number=evolve(one.number, per=""))
    return placed


def _nearest(numbers: Sequence[_Placed], place: int) -> _Placed:
    return min(numbers, key=lambda one: max(one.number.span.start - place, place - one.number.span.end))


@read_once
def _placed(text: str, spoken: Language) -> tuple[_Placed, ...]:
    found = read_quantities(text, spoken)
    placed = []
    for at, number in enumerate(found):
        left = found[at - 1].span.end if at else 0
        right = found[at + 1].span.start if at + 1 < len(found) else len(text)
        before = [
            _singular(word) for word in _WORD.findall(text[max(left, number.span.start - 60) : number.span.start])
        ]
        after = [_singular(word) for word in _WORD.findall(text[number.span.end : min(right, number.span.end + 60)])]
        placed.append(_Placed(number, tuple(reversed(before[-NEAR:])), tuple(after[:NEAR])))
    return tuple(placed)


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")


def _fit(one: _Placed, other: _Placed) -> float:
    """Return how many words two numbers have around them in common, the nearest counting most; at most 4."""
    fit = 0.0
    for mine, theirs, weight in ((one.before, other.before, 0.5), (one.after, other.after, 1.0)):
        for n, word in enumerate(mine):
            if word in theirs:
                fit += weight * 1.3 / (1 + max(n, theirs.index(word)))
    return fit


def _beside(
    claim: str, passage: str, mine: Sequence[_Placed], theirs: Sequence[_Placed]
) -> dict[tuple[int, int], float]:
    """Return which numbers lie side by side when a claim is laid along a passage, and how firmly."""
    left, right = _laid(claim, mine), _laid(passage, theirs)
    if not mine or not theirs or max(len(left), len(right)) > LONGEST_COMPARED:
        return {}
    one, other = ([word if isinstance(word, str) else "#" for word in words] for words in (left, right))
    firm: dict[tuple[int, int], float] = {}
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for n in range(block.size):
            a, b = left[block.a + n], right[block.b + n]
            if isinstance(a, int) and isinstance(b, int):
                firm[a, b] = min(6.0, block.size - 1.0)
    return firm


def _laid(text: str, numbers: Sequence[_Placed]) -> list[str | int]:
    """Return a text's words in lower case, with the place of a number in `numbers` instead of its words."""
    laid: list[str | int] = []
    done = 0
    for at, placed in enumerate(numbers):
        laid += [word.lower() for word in _WORD.findall(text[done : placed.number.span.start])]
        laid.append(at)
        done = placed.number.span.end
    return laid + [word.lower() for word in _WORD.findall(text[done:])]
