"""Where recorded words stand in another version of their text, and whether they are the same passage.

A page changes after it was quoted. The words are looked for exactly, never by likeness, and a place where they stand
is theirs only if what is around it says so: more than it says of any other place, in the old text or the new. Where
that cannot be told the answer is *ambiguous*, and a person decides. So a look-alike is never taken for the passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import frozen

from ..model import Anchor
from .normal import normalise
from .quotations import find, nearest
from .spans import Span

AROUND = 160
"""Characters on either side of a passage that are compared."""

NEAR = 32
"""Characters on both sides that make two passages twins, whatever stands farther off."""

ENOUGH = 8
"""Characters next to a passage that must be as they were for it to be known again."""


class State(StrEnum):
    """What became of recorded words in another version of their text."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@frozen
class Place:
    """What became of an anchor: its words' span in the new text if they are surely the same passage.

    `places` are all spans at which the words stand; `nearest` is a passage like them where they stand nowhere.
    """

    state: State
    span: Span | None = None
    places: tuple[Span, ...] = ()
    nearest: Span | None = None


def locate(anchor: Anchor, text: str, *, before: str | None = None) -> Place:
    """Return where an anchor's words stand in `text`, a version of the text they were taken from.

    Give that earlier text as `before` where it is archived: without it, only the anchor's own prefix and suffix tell
    the passage from others.
    """
    places = find(anchor.exact, text)
    if not places:
        return Place(State.MISSING, nearest=nearest(anchor.exact, text))
    here, others = _surroundings(anchor, before)
    around = [_around(text, place) for place in places]
    ours = [_alike(here, one) for one in around]
    best = max(ours)
    at = ours.index(best)
    rivals = [_alike(other, around[at]) for other in others]
    twins = sum(_same(here[0][::-1], left[::-1]) >= NEAR <= _same(here[1], right) for left, right in around)
    if best < _needed(here) or ours.count(best) > 1 or twins > 1 or any(rival >= best for rival in rivals):
        return Place(State.AMBIGUOUS, places=places)
    span = places[at]
    state = State.EXACT if span.start == anchor.start else State.MOVED
    return Place(state, span, places)


def _surroundings(anchor: Anchor, before: str | None) -> tuple[tuple[str, str], Sequence[tuple[str, str]]]:
    """Return what stood around the words, and around the other places where the same words stood."""
    if before is None or anchor.start is None or anchor.end is None:
        return (_start(anchor.start) + normalise(anchor.prefix).text, normalise(anchor.suffix).text), ()
    here = Span(anchor.start, anchor.end)
    others = [place for place in find(anchor.exact, before) if place.start != anchor.start]
    return _around(before, here), [_around(before, other) for other in others]


def _around(text: str, place: Span) -> tuple[str, str]:
    left, right = text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]
    ending = "\x03" * ENOUGH if place.end + AROUND >= len(text) else ""
    return _start(place.start - len(left)) + normalise(left).text, normalise(right).text.rstrip() + ending


def _start(at: int | None) -> str:
    """Return what stands for the beginning of a text: words that open it are known by that."""
    return "\x02" * ENOUGH if at == 0 else ""


def _alike(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return how many characters next to a passage are the same, counted outwards from it on both sides."""
    return _same(one[0][::-1], other[0][::-1]) + _same(one[1], other[1])


def _same(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _needed(around: tuple[str, str]) -> int:
    return min(ENOUGH, len(around[0]) + len(around[1]))
