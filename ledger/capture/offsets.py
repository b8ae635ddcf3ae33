"""Where each character of a visible text stands in the document it was read from."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

import attrs


@attrs.define(eq=True, repr=False)
class OffsetMap:
    """Runs of a visible text and where they stand in the decoded document; between runs lie breaks that were added.

    A run whose two lengths are equal goes character by character; another stands whole for what it was written as
    (`&amp;`). Kept in arrays, 16 bytes a run: a large page has a million.
    """

    visible: array[int] = attrs.field(factory=lambda: array("I"))
    shown: array[int] = attrs.field(factory=lambda: array("I"))
    source: array[int] = attrs.field(factory=lambda: array("I"))
    written: array[int] = attrs.field(factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.visible)

    def add(self, visible: int, shown: int, source: int, written: int) -> None:
        """Add a run behind the last."""
        for numbers, number in zip(attrs.astuple(self, recurse=False), (visible, shown, source, written), strict=True):
            numbers.append(number)

    def __iter__(self) -> Iterator[tuple[int, int, int, int]]:
        """Iterate over (start in the visible text, its length, start in the document, its length there)."""
        return zip(self.visible, self.shown, self.source, self.written, strict=True)

    def __repr__(self) -> str:
        return f"<offset map of {len(self)} runs>"

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the characters `start` to before `end` stand in the decoded document; None if all were added."""
        first = bisect_right(self.visible, start) - 1
        if first < 0 or start >= self.visible[first] + self.shown[first]:
            first += 1
        last = bisect_right(self.visible, end - 1) - 1
        if end <= start or last < first:
            return None
        return self._place(first, max(start, self.visible[first]))[0], self._place(last, end - 1)[1]

    def _place(self, run: int, at: int) -> tuple[int, int]:
        """Return the (start, end) in the document of one visible character that stands in, or behind, a run."""
        if self.shown[run] != self.written[run]:
            return self.source[run], self.source[run] + self.written[run]
        offset = min(at - self.visible[run], self.shown[run] - 1)
        return self.source[run] + offset, self.source[run] + offset + 1


def whole(length: int) -> OffsetMap:
    """Return the map of a text that is its document, character by character."""
    return OffsetMap(array("I", [0]), array("I", [length]), array("I", [0]), array("I", [length]))
