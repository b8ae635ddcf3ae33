"""Where a text may have come out wrong: a letter that a reader of print took for another, an "uh" that was typed.

Neither is the speaker's, and neither can be known for sure: a quotation without them is *probably* the same. No
figure and no negation is ever taken for a slip, nor a word of the text that is an English word.
"""

from __future__ import annotations

from collections.abc import Sequence

from .operators import limits
from .short_words import COMMON

FILLERS = frozenset("uh um er erm uhm umm uhh mm mmm hm hmm ah eh".split())

LONG = 5
"""Letters of a word that hardly differs from another one by a letter's shape alone."""

RARER = 4
"""How many times as often as what it was misread for a text must have a word."""

SHAPES = frozenset(
    tuple(one.split("/"))
    for one in """
    rn/m m/rn m/nn nn/m vv/w w/vv cl/d d/cl li/h h/li ii/u u/ii ri/n n/ri in/m m/in fi/h tl/d lc/k ln/h l/1 1/l
    i/1 1/i o/0 0/o s/5 5/s b/8 8/b g/9 9/g z/2 2/z b/6 l/i i/l i/j j/i l/t t/l f/t t/f f/s s/f i/t t/i r/t r/f
    e/c c/e o/c c/o o/e e/o a/o o/a a/e e/a a/s s/a h/b b/h h/n n/h h/k k/h u/n n/u n/r r/n m/n n/m u/v v/u v/y
    y/v g/q q/g p/q d/o o/d b/o b/p s/z x/k k/x a/u u/a l/f l/r r/l
    """.split()
)
"""Letters, and those that they are taken for."""


def misread(mine: str, theirs: str, times: int, others: int) -> bool:
    """Return whether a word of a text is probably another one that was misread; how often has the text either?"""
    if theirs in COMMON or others > max(1, times // RARER):
        return False
    if limits(mine) or limits(theirs) or not mine.replace("'", "").isalpha() or theirs.isdecimal():
        return False
    if len(mine) < 3 or _inflected(mine, theirs):
        return False
    known = mine in COMMON or times > 0 or len(mine) >= LONG or not theirs.isalpha()
    return known and _one_shape(mine, theirs)


def _one_shape(mine: str, theirs: str) -> bool:
    """Return whether one or, of long words, two letters or groups of them were taken for others."""
    head = 0
    while head < min(len(mine), len(theirs)) and mine[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(mine), len(theirs)) - head and mine[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    middle, other = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    for before in range(min(head, 1) + 1):
        for after in range(min(tail, 1) + 1):
            pair = (mine[head - before : len(mine) - tail + after], theirs[head - before : len(theirs) - tail + after])
            if pair in SHAPES:
                return True
    return len(mine) > LONG and len(middle) == len(other) == 1 and head > 0 and tail > 0 and theirs.isalpha()


def _inflected(mine: str, theirs: str) -> bool:
    """Return whether two words have one stem, or one is the other's end: ship and ships, legal and illegal."""
    if mine.startswith(theirs) or theirs.startswith(mine) or mine.endswith(theirs) or theirs.endswith(mine):
        return True
    ends = ("s", "d", "r", "n", "y", "ed", "er", "en", "es", "ing", "ion")
    return any(
        mine.removesuffix(one) == theirs.removesuffix(other)
        for one in ends
        for other in ends
        if one != other and mine.endswith(one) and theirs.endswith(other)
    )


def parted(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether one word came out as two, or two as one: "har bour"."""
    whole, pieces = (mine, theirs) if len(mine) == 1 else (theirs, mine)
    if len(whole) != 1 or len(pieces) != 2 or len(whole[0]) < 5 or any(map(limits, (*mine, *theirs))):
        return False
    return whole[0].isalpha() and "".join(pieces) == whole[0] and not all(one in COMMON for one in pieces)
