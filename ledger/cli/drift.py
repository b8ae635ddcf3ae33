"""What became of quoted words when a source was copied again, in a line."""

from __future__ import annotations

from ..desk import Drift
from ..text import AnchorState, place_words
from .frame import one_line


def drift_line(one: Drift) -> str:
    """Return what became of quoted words, for one line."""
    exact = one.evidence.anchor.exact if one.evidence.anchor else ""
    quote, place = f"“{one_line(exact)}”", one.place
    if one.page is not None and one.evidence.anchor:
        quote += f" now on page {one.page}, not {place_words(one.evidence.anchor.fragment)}"
    if place.state is AnchorState.AMBIGUOUS:
        number = len(place.places)
        where = "in one place, but what stood around them is gone" if number == 1 else f"in {number} places"
        return f"{quote}: these words stand {where}; which of them was meant cannot be told"
    if place.state is AnchorState.MISSING:
        return f"{quote}; now: “{one_line(one.passage)}”" if one.passage else f"{quote}; nothing like it is there"
    return quote
