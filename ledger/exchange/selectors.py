"""An anchor as a selector of the W3C's Web Annotation Data Model, as other programs read it."""

from __future__ import annotations

from typing import Any

from ..errors import InputError
from ..model import HIDDEN, Anchor
from ..text import fragment


def selector(anchor: Anchor) -> dict[str, Any] | None:
    """Return what selects the words, or the place, of an anchor as JSON data; None where neither is to be had.

    Words on a page, or in a stretch of a recording, are a FragmentSelector that a TextQuoteSelector refines.
    """
    words, place = _words(anchor), _place(anchor)
    if place is None:
        return words
    return place if words is None else {**place, "refinedBy": words}


def _words(anchor: Anchor) -> dict[str, Any] | None:
    if not anchor.exact or anchor.exact in HIDDEN:
        return None
    around = {"prefix": anchor.prefix, "suffix": anchor.suffix}
    return {"type": "TextQuoteSelector", "exact": anchor.exact, **{name: text for name, text in around.items() if text}}


def _place(anchor: Anchor) -> dict[str, Any] | None:
    if anchor.fragment is None:
        return None
    try:
        conforms_to = fragment(anchor.fragment).conforms_to
    except InputError:  # what another ledger recorded is not always to be read
        return None
    return {"type": "FragmentSelector", "conformsTo": conforms_to, "value": anchor.fragment}
