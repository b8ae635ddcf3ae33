"""A place in a text."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..errors import InputError


@frozen(order=True)
class Span:
    """A stretch of a text: 0-based code point offsets, `end` exclusive.

    These are the offsets of a `TextPositionSelector` (W3C Web Annotation Data
    Model, 4.2.5). An empty span marks a position. Raises `InputError` unless
    `0 <= start <= end`.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InputError(
                f"No text runs from offset {self.start} to {self.end}.",
                hint="Offsets count from 0, and the end is not before the start.",
            )

    def of(self, text: str) -> str:
        """Return the stretch of `text` that this span covers.

        Raises `InputError` when the text is too short to hold the span, which
        means that it is not the text the span was taken from.
        """
        if self.end > len(text):
            raise InputError(
                f"The text has {len(text)} characters; the span ends at {self.end}.",
                hint="Read the span from the text it was taken from.",
            )
        return text[self.start : self.end]


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with spaces in the place of these stretches, so that every other place stays what it is."""
    pieces: list[str] = []
    at = 0
    for span in sorted(spans):
        pieces += text[at : span.start], " " * (span.end - max(at, span.start))
        at = max(at, span.end)
    return "".join([*pieces, text[at:]])
