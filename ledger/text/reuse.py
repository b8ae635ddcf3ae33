"""Whether one text takes its words, or what it tells and how, from another.

Two looks. *Copied*: passages stand in both word for word, too many or too long for
chance. *Rewritten*: the words were changed, but what is left of them follows one
another as in the other, more often than with two who report one event on their own.

It says nothing of who took from whom, nor that what two texts share is true. What
both quote, what web pages put around a text, and a last paragraph that both end
with and nothing else ("about the company") do not count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import partial

from attrs import frozen

from .sentences import sentences
from .spans import Span
from .wording import RUN, Wording

COPIED_SHARE = 0.15
"""Of the shorter text's own words, in passages of both."""

COPIED_WORDS = 16
"""Own words in a row that nobody writes twice; and in all, the fewest that show copying."""

COPIED_SHORT = 0.6
"""Of a text that is not much longer than that, what shows it."""

TAIL = 0.6
"""Where in a text its end begins: there stands what has nothing to do with the report ("about the company")."""

TAIL_SHARE = 0.3
"""Of the shorter text, what both may have in common at the end and still be no sign of copying."""

ALIKE = 0.5
"""Of what the shorter of two sentences says, what the other says in the same words, to be shown as a passage."""

MUCH = 0.4
"""Of the shorter text, what is copying whatever the texts name."""

MUCH_WORDS = 40
"""Fewest words of that: forms are short."""

NAMED = 0.6
"""Of the names and numerals of the text that has fewer, those in both: a form is filled with others each time."""

NOTICE = 14
"""Fewest own words in a row of what a house prints under everything."""

FEW_NAMES = 3
"""Fewest that tell anything; so many in one passage make up for the rest, where each text goes on to others."""

TRACED = 0.14
"""Of the shorter text's traces, those in both: of two who write on their own, few share so many."""

TRACES = 10
"""Fewest traces in common that tell anything."""


SPREAD = 3
"""Fewest sentences over which they are spread: one in common is a form of words."""


class Kind(StrEnum):
    """How one text hangs together with another."""

    COPIED = "copied"
    REWRITTEN = "rewritten"
    NONE = "none"


@frozen
class Reuse:
    """How two texts hang together.

    `share` is between 0 and 1: of the first text's own words, those in `passages`
    (copied), or of its runs of three words, those in the second (rewritten). A
    passage is (span in the first text, span in the second): the longest first, or
    the sentences most alike.
    """

    kind: Kind
    share: float
    passages: tuple[tuple[Span, Span], ...]

    def __bool__(self) -> bool:
        return self.kind is not Kind.NONE

    @property
    def measure(self) -> str:
        """What was measured, in words: "83% of its words, in 12 passages"."""
        count = len(self.passages)
        if self.kind is Kind.COPIED:
            return f"{self.share:.0%} of its own words, in {count} {'passage' if count == 1 else 'passages'}"
        if self.kind is Kind.REWRITTEN:
            return f"{self.share:.0%} of its three-word runs, the rest in other words"
        return "no passage in common"


NOTHING = Reuse(Kind.NONE, 0.0, ())


def reuse(one: Wording, other: Wording) -> Reuse:
    """Return what the first text shares with the second."""
    named = related(one, other)
    copied = _copied(one, other, named=named)
    return copied if copied or not named else _rewritten(one, other)


def related(one: Wording, other: Wording) -> bool:
    """Return whether two texts tell of the same people, places and numbers, as far as they name any."""
    fewer = min(len(one.names), len(other.names))
    return len(one.names & other.names) >= max(int(NAMED * fewer), min(FEW_NAMES, fewer) - 1)


def notices(one: Wording, others: Iterable[Wording]) -> frozenset[int]:
    """Return the runs of passages that also stand in two others which tell of something else, and are little of it.

    That is what a house prints under everything; it says nothing of where a report is from.
    """
    found = Counter[int | None]()
    for other in others:
        if not related(one, other):
            long = [(start, length) for start, _, length in _common(one, other) if length >= NOTICE]
            if sum(length for _, length in long) < TAIL_SHARE * len(one.words):
                found.update({run for start, length in long for run in one.runs[start : start + length - RUN + 1]})
    return frozenset(run for run, count in found.items() if run is not None and count > 1)


def _copied(one: Wording, other: Wording, *, named: bool) -> Reuse:
    found = _without_tail(one, other, [run for run in _common(one, other) if _tells(one, run)])
    words = sum(length for _, _, length in found)
    shorter = min(len(one.whole.words), len(other.whole.words))
    longest = max((length for _, _, length in found), default=0)
    if not found or words < min(COPIED_WORDS, COPIED_SHORT * shorter):
        return NOTHING
    if words < COPIED_SHARE * shorter and longest < COPIED_WORDS:
        return NOTHING
    much = words >= MUCH_WORDS and words >= MUCH * shorter
    if not named and not much and max(map(partial(_names, one), found)) < FEW_NAMES:
        return NOTHING
    ordered = sorted(found, key=lambda run: -run[2])
    passages = tuple((one.span(start, start + size), other.span(there, there + size)) for start, there, size in ordered)
    return Reuse(Kind.COPIED, words / len(one.whole.words), passages)


Run = tuple[int, int, int]
"""Words in common: where in the one, where in the other, how many."""


def _common(one: Wording, other: Wording) -> Iterator[Run]:
    """Yield the longest runs of words in common, in the order of the first text; no word of it is in two."""
    places = defaultdict[int, list[int]](list)
    for at, run in enumerate(other.runs):
        if run is not None:
            places[run].append(at)
    start = 0
    while start < len(one.runs):
        run = one.runs[start]
        there = places.get(run, ()) if run is not None else ()
        length, where = max(((_length(one, start, other, at), -at) for at in there), default=(0, 0))
        if length:
            yield start, -where, length
        start += length or 1


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


def _names(one: Wording, run: Run) -> int:
    """Return how many names and numerals are in a run."""
    start, _, length = run
    return len({word.number for word in one.words[start : start + length]} & one.names)


def _tells(one: Wording, run: Run) -> bool:
    """Return whether a run says something besides names, dates and little words."""
    start, _, length = run
    return sum(word.says for word in one.words[start : start + length]) >= 2


def _without_tail(one: Wording, other: Wording, runs: list[Run]) -> list[Run]:
    """Return the runs; none if all that both have in common is a little near the end of both."""
    words = sum(length for _, _, length in runs)
    late = all(start >= TAIL * len(one.words) and there >= TAIL * len(other.words) for start, there, _ in runs)
    return [] if late and words < TAIL_SHARE * min(len(one.words), len(other.words)) else runs


def _rewritten(one: Wording, other: Wording) -> Reuse:
    shared = one.traces & other.traces
    fewer = min(len(one.whole.traces), len(other.whole.traces))
    if len(shared) < max(TRACES, TRACED * fewer) or min(_spread(one, shared), _spread(other, shared)) < SPREAD:
        return NOTHING
    return Reuse(Kind.REWRITTEN, len(shared) / len(one.whole.traces), tuple(_alike(one, other)))


def _spread(one: Wording, shared: Collection[int]) -> int:
    """Return how many sentences of a text hold more than one of these traces."""
    ends = [span.end for span in sentences(one.text)]
    held = Counter(bisect_left(ends, one.places[at][1]) for at, trace in enumerate(one.threes) if trace in shared)
    return sum(count > 1 for count in held.values())


def _alike(one: Wording, other: Wording) -> Iterator[tuple[Span, Span]]:
    """Yield sentences of the one and of the other that share most, each at most once."""
    here, there = _sentences(one), _sentences(other)
    pairs = [(len(a & b) / min(len(a), len(b)), x, y) for x, a in here.items() for y, b in there.items() if a and b]
    left, right = set(here), set(there)
    for alike, x, y in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= ALIKE and x in left and y in right:
            left.remove(x)
            right.remove(y)
            yield x, y


def _sentences(words: Wording) -> dict[Span, frozenset[int]]:
    """Return the sentences of a text with the stems that say something in them."""
    found, at = {}, 0
    for span in sentences(words.text):
        start = at
        while at < len(words.places) and words.places[at][0] < span.end:
            at += 1
        found[span] = frozenset(word.stem for word in words.words[start:at] if word.says)
    return found
