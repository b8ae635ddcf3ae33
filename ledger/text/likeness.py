"""The passage of a text that is most like some words, and where the two differ. It locates, and accepts nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nsmallest

from .tokens import Tokens

LEAST_ALIKE = 0.5
"""Least share of words in the passage that is shown beside them."""

MOST_LOOKED_AT = 600
"""Places of words that vote for a passage."""

MOST_COMPARED = 250
"""Words that are compared one by one; of more, the middle that differs is one difference."""

_SLOT = 6


@lru_cache(maxsize=8)
def likest(words: tuple[str, ...], source: Tokens) -> tuple[int, int] | None:
    """Return the stretch of tokens that has most of these words near one another; None where none has half of them.

    The rarer words of the text say where to look.
    """
    rare = sorted(range(len(words)), key=lambda at: len(source.places.get(words[at], ())))
    votes: dict[int, int] = {}
    seen = 0
    for at in rare:
        where = source.places.get(words[at], ())
        seen += len(where)
        if seen > MOST_LOOKED_AT and votes:
            break
        weight = 360360 // (1 + len(where))
        for place in where[:MOST_LOOKED_AT]:
            slot = (place - at) // _SLOT
            votes[slot] = votes.get(slot, 0) + weight
    wanted = Counter(words)
    best: tuple[int, int, int] | None = None
    for _, slot in nsmallest(4, [(-(voted + votes.get(slot + 1, 0)), slot) for slot, voted in votes.items()]):
        low = max(0, slot * _SLOT - _SLOT)
        high = min(len(source), max(slot * _SLOT, 0) + len(words) + 2 * _SLOT)
        shared = (wanted & Counter(source.keys[low:high])).total()
        if best is None or shared > best[0]:
            best = (shared, low, high)
    if best is None or best[0] < max(min(2, len(words)), LEAST_ALIKE * len(words)):
        return None
    return best[1:]


Code = tuple[str, int, int, int, int]
"""How words and tokens belong together: equal, replace, insert or delete, and (from, to) of either."""


@lru_cache(maxsize=8)
def aligned(words: tuple[str, ...], source: Tokens, window: tuple[int, int]) -> tuple[int, list[Code]]:
    """Return words set beside a window of the text, or the part of it they fit best: where it begins, and the codes."""
    return min(
        ((low, list(_codes(words, source.keys[low:high]))) for low, high in (_tight(words, source, window), window)),
        key=lambda one: _cost(one[1]),
    )


def differences(words: tuple[str, ...], source: Tokens, window: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield rows of words and of tokens that belong together, alike or not, in order: (from, to, from, to).

    What the window has before the first and after the last word in common is left out.
    """
    low, codes = aligned(words, source, window)
    for number, (kind, a, b, c, d) in enumerate(codes):
        outer = number in (0, len(codes) - 1)
        if kind == "insert" and outer:
            continue
        # At either end the text goes on: no more of it is set beside the words than there are of them.
        if kind == "replace" and outer:
            c, d = (max(c, d - (b - a)), d) if number == 0 and len(codes) > 1 else (c, min(d, c + (b - a)))
        yield a, b, low + c, low + d


def _tight(words: Sequence[str], source: Tokens, window: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a window that has about as many tokens as there are words, set where most of them agree."""
    low, high = window
    starts: Counter[int] = Counter()
    first: dict[str, int] = {}
    for at, word in enumerate(words):
        first.setdefault(word, at)
    for at in range(low, high):
        if source.keys[at] in first:
            starts[at - first[source.keys[at]]] += 1
    start = min(starts, key=lambda one: (-starts[one], one), default=low)
    return max(low, start - 2), min(high, start + len(words) + 2)


def _cost(codes: Sequence[Code]) -> int:
    """Return how many words and tokens are not alike, what only the text has at either end apart."""
    return sum(
        (b - a) + (d - c)
        for number, (kind, a, b, c, d) in enumerate(codes)
        if kind != "equal" and not (kind == "insert" and number in (0, len(codes) - 1))
    )


def _codes(words: Sequence[str], theirs: Sequence[str]) -> Iterator[Code]:
    if len(words) <= MOST_COMPARED:
        yield from SequenceMatcher(None, words, theirs, autojunk=False).get_opcodes()
        return
    same = [words[at] == theirs[at] for at in range(min(len(words), len(theirs)))]
    head = same.index(False) if False in same else len(same)
    tail = 0
    while tail < min(len(words), len(theirs)) - head and words[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    if head:
        yield "equal", 0, head, 0, head
    yield "replace", head, len(words) - tail, head, len(theirs) - tail
    if tail:
        yield "equal", len(words) - tail, len(words), len(theirs) - tail, len(theirs)
