"""Passages that stand in two texts word for word; and the notices among them, which tell nothing of an origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from .spans import Span
from .wording import RUN, Wording

NAMED = 0.6
"""Of the names and numerals of the text that has fewer, those in both: a form is filled with others each time."""

FEW_NAMES = 3
"""Fewest that tell anything."""

NOTICE = 14
"""Fewest own words in a row of what a house prints under everything."""

LITTLE = 0.3
"""Of a text, the most that notices are."""

EDGE = 2
"""Words of a paragraph that may be other ones at either end of a notice: a date, a name."""


@frozen
class CommonPassage:
    """Words in common: where in the one text, where in the other (both by index), how many."""

    here: int
    there: int
    length: int

    def spans(self, one: Wording, other: Wording) -> tuple[Span, Span]:
        """Return where it stands in both texts."""
        return one.span(self.here, self.here + self.length), other.span(self.there, self.there + self.length)


def passages(one: Wording, other: Wording) -> Iterator[CommonPassage]:
    """Yield the longest passages of RUN words and more in common, in the order of the first; no word is in two."""
    if one.distinct.isdisjoint(other.distinct):
        return
    start = 0
    while start < len(one.runs):
        run = one.runs[start]
        there = other.begins.get(run) if run is not None else None
        if there is None:
            start += 1
            continue
        length, where = max((_length(one, start, other, at), -at) for at in there)
        yield CommonPassage(start, -where, length)
        start += length


def _length(one: Wording, start: int, other: Wording, there: int) -> int:
    """Return how many words run on in both."""
    length = RUN
    while (
        start + length < len(one.words)
        and there + length < len(other.words)
        and start + length not in one.cuts
        and there + length not in other.cuts
        and one.words[start + length].number == other.words[there + length].number
    ):
        length += 1
    return length


def related(one: Wording, other: Wording) -> bool:
    """Return whether two texts tell of the same people, places and numbers, as far as they name any."""
    fewer = min(len(one.names), len(other.names))
    return len(one.names & other.names) >= max(int(NAMED * fewer), min(FEW_NAMES, fewer) - 1)


def notices(one: Wording, others: Iterable[Wording]) -> frozenset[int]:
    """Return the runs of paragraphs that also stand in two others which tell of something else, and are little of it.

    That is what a house prints under everything; it says nothing of where a report is from. A sentence in the midst
    of a paragraph is none, wherever else it stands.
    """
    found = Counter[int | None]()
    for other in others:
        if not related(one, other):
            long = [each for each in passages(one, other) if each.length >= NOTICE and is_paragraph(one, each)]
            if sum(each.length for each in long) < LITTLE * len(one.words):
                found.update({run for each in long for run in one.runs[each.here : each.here + each.length - RUN + 1]})
    return frozenset(run for run, count in found.items() if run is not None and count > 1)


def is_paragraph(one: Wording, passage: CommonPassage) -> bool:
    """Return whether a passage is a paragraph of its own, or begins and ends within EDGE words of one."""
    first, last = passage.here, passage.here + passage.length - 1
    return _breaks(one, range(first - EDGE, first + 1)) and _breaks(one, range(last + 1, last + EDGE + 2))


def _breaks(one: Wording, before: range) -> bool:
    """Return whether a line breaks before one of these words, or the text begins or ends there."""
    places, size = one.places, len(one.places)
    return any(at <= 0 or at >= size or "\n" in one.text[places[at - 1][1] : places[at][0]] for at in before)
