"""Where recorded words stand in another version of their text, and whether they are the same passage.

A page changes after it was quoted. The words are looked for as any quotation is (see `comparing`), never by likeness,
and a place where they stand is theirs only if what is around it says so: more than it says of any other place, in the
old text or the new. Where that cannot be told the answer is *ambiguous*, and a person decides. So a look-alike is
never taken for the passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from attrs import frozen

from ..model import Anchor
from .comparing import compare
from .fidelity import Fidelity
from .normal import normalise
from .spans import Span

AROUND = 160
"""Characters on either side of a passage that are compared."""

NEAR = 32
"""Characters next to a passage, on one side, that must be as they were for it to be known again.

On both sides they make two passages twins, whatever stands farther off.
"""


START, END = "\x02", "\x03"
"""Stand for the beginning and the end of a text, which are surroundings too."""


class AnchorState(StrEnum):
    """What became of recorded words in another version of their text."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@frozen
class AnchorMatch:
    """What became of an anchor: its words' span in the new text if they are surely the same passage.

    `places` are all spans at which the words stand; `nearest` is a passage like them where they stand nowhere.
    """

    state: AnchorState
    span: Span | None = None
    places: tuple[Span, ...] = ()
    nearest: Span | None = None


def locate(anchor: Anchor, text: str, *, before: str | None = None, tag: str | None = None) -> AnchorMatch:
    """Return where an anchor's words stand in `text`, a version of the text they were taken from.

    Give that earlier text as `before` where it is archived: without it, only the anchor's own prefix and suffix tell
    the passage from others. `tag` is the language of both, where it is known. An anchor without words, which is a
    place alone, is ambiguous in every text.
    """
    if not anchor.exact:
        return AnchorMatch(AnchorState.AMBIGUOUS)
    found = compare(anchor.exact, text, tag)
    places = found.places
    if not found.fidelity.stands or found.fidelity is Fidelity.LIKELY:
        return AnchorMatch(AnchorState.MISSING, nearest=found.span)
    here, others = _surroundings(anchor, before, tag)
    around = [_around(text, place) for place in places]
    shared = [_shared(here, one) for one in around]
    at = max(range(len(places)), key=lambda number: sum(shared[number]))
    rivals = [sum(one) for number, one in enumerate(shared) if number != at]
    rivals += [sum(_shared(other, around[at])) for other in others]
    known = any(_known(here, shared[at], [one for one in (text, before) if one]))
    twin = any(all(side >= NEAR for side in one) for number, one in enumerate(shared) if number != at)
    if not known or twin or any(2 * rival >= sum(shared[at]) for rival in rivals):
        return AnchorMatch(AnchorState.AMBIGUOUS, places=places)
    span = places[at]
    state = AnchorState.EXACT if span.start == anchor.start else AnchorState.MOVED
    return AnchorMatch(state, span, places)


def _surroundings(
    anchor: Anchor, before: str | None, tag: str | None
) -> tuple[tuple[str, str], Sequence[tuple[str, str]]]:
    """Return what stood around the words, and around the other places where the same words stood."""
    if before is None or anchor.start is None or anchor.end is None:
        return (_start(anchor.start) + normalise(anchor.prefix).text, normalise(anchor.suffix).text), ()
    recorded, places = Span(anchor.start, anchor.end), compare(anchor.exact, before, tag).places
    # A last full stop may be the quotation's own: what is compared is cut alike in both texts.
    here = next((place for place in places if place.start == recorded.start), recorded)
    return _around(before, here), [_around(before, other) for other in places if other != here]


def _around(text: str, place: Span) -> tuple[str, str]:
    left, right = text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]
    ending = END * NEAR if place.end + AROUND >= len(text) else ""
    return _start(place.start - len(left)) + normalise(left).text, normalise(right).text.rstrip() + ending


def _start(at: int | None) -> str:
    """Return what stands for the beginning of a text: words that open it are known by that."""
    return START * NEAR if at == 0 else ""


def _known(here: tuple[str, str], shared: tuple[int, int], texts: Sequence[str]) -> Iterator[bool]:
    """Yield, for either side and for both, whether it is as it was; one side counts if it is like no other place."""
    before, after = here[0][-NEAR:], here[1][:NEAR]
    enough = [side >= len(near) > 0 for side, near in zip(shared, (before, after), strict=True)]
    yield all(enough)
    for side, near in zip(enough, (before, after), strict=True):
        plain = near.strip(START + END)
        yield side and (plain != near or all(_plain(text).count(plain) == 1 for text in texts))


@lru_cache(maxsize=4)
def _plain(text: str) -> str:
    return normalise(text).text


def _shared(one: tuple[str, str], other: tuple[str, str]) -> tuple[int, int]:
    """Return how many characters next to a passage are the same, before it and after it."""
    return _same(one[0][::-1], other[0][::-1]), _same(one[1], other[1])


def _same(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
