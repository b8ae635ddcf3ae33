"""The passage of a source that a claim's numbers are to be held against, and the comparison with it."""

from __future__ import annotations

import math
import re
from collections import Counter

from attrs import evolve, frozen

from ..sentences import sentences
from ..spans import Span
from .comparing import NumberComparison, compare_numbers
from .reading import quantities
from .spelling import SCALES, SMALL, TENS

MOST_COMPARED = 5
"""Sentences that fit a claim equally well and are all compared."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_WORDS = frozenset((*SMALL, *TENS, *SCALES, "percent", "per", "cent", "about", "more", "than", "and", "point"))


@frozen
class Located:
    """A claim's numbers, the passage of the source that they were held against, and how they stand to it."""

    passage: Span
    comparison: NumberComparison


def check_numbers(
    claim: str, source: str, tag: str | None = None, *, claim_tag: str | None = None
) -> tuple[Located, ...]:
    """Return, for each sentence of a claim with a number, how its numbers stand to the best-matching sentence.

    Empty when the claim has no numbers, or the source no sentence that shares a word with it. Sentences are matched by
    their words alone, never by their numbers: an altered number does not choose its own passage.
    """
    spans = sentences(source, tag)
    bags = [_words(span.of(source)) for span in spans]
    seen = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + len(bags) / count) for word, count in seen.items()}
    found = []
    for part in sentences(claim, claim_tag):
        words = part.of(claim)
        if quantities(words, claim_tag):
            located = _located(words, source, spans, bags, weight, (tag, claim_tag))
            found += [_shifted(located, part.start)] if located else []
    return tuple(found)


def _located(
    claim: str,
    source: str,
    spans: tuple[Span, ...],
    bags: list[frozenset[str]],
    weight: dict[str, float],
    tags: tuple[str | None, str | None],
) -> Located | None:
    words = _words(claim)
    most = sum(weight.get(word, 1.0) for word in words)
    scores = []
    for bag in bags:
        shared = sum(weight[word] for word in sorted(words & bag))
        scores.append(round(shared / (1 + most + sum(weight[word] for word in sorted(bag - words))), 9))
    best = max(scores, default=0.0)
    if not best:
        return None
    equal = [span for span, score in zip(spans, scores, strict=True) if score == best][:MOST_COMPARED]
    compared = [Located(span, compare_numbers(claim, span.of(source), tags[0], claim_tag=tags[1])) for span in equal]
    return min(compared, key=lambda one: _faults(one.comparison))


def _shifted(located: Located, by: int) -> Located:
    """Return a comparison with the places of its numbers in the whole claim, of which one sentence was read."""
    return Located(
        located.passage,
        NumberComparison(
            tuple(
                evolve(one, number=evolve(one.number, span=Span(one.number.span.start + by, one.number.span.end + by)))
                for one in located.comparison.numbers
            )
        ),
    )


def _faults(comparison: NumberComparison) -> int:
    return sum(not one.agreement.holds for one in comparison.numbers)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text)) - _NUMBER_WORDS
