"""The order in which the pieces of a PDF page are read: columns down to the foot, the cells of a table along its rows.

A page is parted where a gap runs down it that nothing crosses and that has lines of prose on both sides; what runs
across, such as a heading, parts it into what stands above and below. Short pieces beside each other are a table.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import attrs

FEWEST_LINES = 3
"""Lines of prose that a column has."""

PROSE = 16
"""Characters of a column's line, in the middle of them, from which on it is prose and no cell; half of wide ones."""

MOST_EDGES, DEEPEST = 40, 8
MOST_PIECES = 20_000
"""Pieces of a page from which on their order is not looked for."""

PARAGRAPH = 1.6
"""How many times the usual distance of lines is that of paragraphs."""


@attrs.frozen
class PagePiece:
    """Characters that follow each other on a line, and where they stand: points from the lower left of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = attrs.field(repr=False)

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


Line = tuple[PagePiece, ...]


def page_text(pieces: Sequence[PagePiece]) -> tuple[str, bool]:
    """Return the words of a page in the order in which they are read, and whether it was read in columns."""
    kept = _single(pieces)
    if len(kept) > MOST_PIECES:
        return "\n".join(one.text for one in kept), False
    blocks = _blocks(sorted(kept, key=lambda one: -one.top), DEEPEST)
    return "\n\n".join(filter(None, map(_written, blocks))), len(blocks) > 1


def _single(pieces: Sequence[PagePiece]) -> list[PagePiece]:
    """Return the pieces without those that are drawn again at the same place, as some make letters bold."""
    at: dict[str, list[PagePiece]] = {}
    kept = []
    for one in pieces:
        again = at.setdefault(one.text, [])
        near = 0.25 * max(1.0, one.top - one.bottom)
        if not any(abs(one.left - it.left) < near and abs(one.bottom - it.bottom) < near for it in again[-50:]):
            again.append(one)
            kept.append(one)
    return kept


def _blocks(pieces: list[PagePiece], depth: int) -> list[list[PagePiece]]:
    """Return the pieces in blocks that are read one after the other; they come from the top down."""
    edge = _edge(pieces) if depth and len(pieces) >= 2 * FEWEST_LINES else None
    if edge is None:
        return [pieces] if pieces else []
    found: list[list[PagePiece]] = []
    for across, band in _bands(pieces, edge):
        sides = [[one for one in band if one.left < edge], [one for one in band if one.left >= edge]]
        if across or not _columns(*sides):
            found.append(band)
        else:
            below = _below(*sides)
            under = {id(one) for one in below}
            for side in reversed(sides) if _from_the_right(band) else sides:
                found += _blocks([one for one in side if id(one) not in under], depth - 1)
            found += [below] if below else []
    return found


def _edge(pieces: Sequence[PagePiece]) -> float | None:
    """Return where the second of two columns begins; None if there is none."""
    starts = Counter(round(one.left) for one in pieces)
    best, most = None, 0
    for start, _ in starts.most_common(MOST_EDGES):
        edge = start - 1.0
        lines = 0
        for across, band in _bands(pieces, edge):
            left = [one for one in band if one.left < edge]
            right = [one for one in band if one.left >= edge]
            if not across and _columns(left, right):
                lines += min(len(left), len(right))
        if lines > most or (lines == most and best is not None and lines and edge < best):
            best, most = edge, lines
    return best


def _bands(pieces: Sequence[PagePiece], edge: float) -> list[tuple[bool, list[PagePiece]]]:
    """Return the pieces, from the top down, in bands that cross an edge or do not."""
    bands: list[tuple[bool, list[PagePiece]]] = []
    for one in pieces:
        across = one.left < edge - 1 and one.right > edge + 1
        if not bands or bands[-1][0] != across:
            bands.append((across, []))
        bands[-1][1].append(one)
    return bands


def _columns(left: Sequence[PagePiece], right: Sequence[PagePiece]) -> bool:
    """Return whether two sides are columns of prose beside each other."""
    if min(len(left), len(right)) < FEWEST_LINES:
        return False
    if min(_length(left), _length(right)) < PROSE:
        return False
    low, high = max(_foot(left), _foot(right)), min(_head(left), _head(right))
    return high - low > 0


def _below(left: Sequence[PagePiece], right: Sequence[PagePiece]) -> list[PagePiece]:
    """Return what stands under both columns, behind an empty line: a footnote on one side, what comes after."""
    longer, foot = (left, _foot(right)) if _foot(left) < _foot(right) else (right, _foot(left))
    for above, under in pairwise(longer):
        if under.top < foot and above.bottom - under.top > under.top - under.bottom:
            return [one for one in longer if one.top <= under.top]
    return []


def _length(side: Sequence[PagePiece]) -> float:
    """Return how many characters the middle line of a side has; letters that are as wide as high count twice."""
    return median(
        sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in one.text[:200]) for one in side
    )


def _foot(side: Sequence[PagePiece]) -> float:
    return min(one.bottom for one in side)


def _head(side: Sequence[PagePiece]) -> float:
    return max(one.top for one in side)


def _from_the_right(pieces: Sequence[PagePiece]) -> bool:
    """Return whether most letters are of a script that is written from the right."""
    count = Counter(unicodedata.bidirectional(letter) for one in pieces for letter in one.text[:50])
    return count["R"] + count["AL"] > count["L"]


def _written(block: Sequence[PagePiece]) -> str:
    """Return a block line by line, a tab between pieces of one line, an empty line between paragraphs."""
    lines = _lines(block)
    steps = [above[0].middle - below[0].middle for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    written = ""
    for at, line in enumerate(lines):
        if at:
            written += "\n\n" if steps[at - 1] > PARAGRAPH * usual else "\n"
        written += "\t".join(one.text for one in line)
    return written


def _lines(block: Sequence[PagePiece]) -> list[Line]:
    lines: list[list[PagePiece]] = []
    for one in sorted(block, key=lambda one: (-one.middle, one.left)):
        last = lines[-1][0] if lines else None
        if last and min(last.top, one.top) - max(last.bottom, one.bottom) > 0.5 * min(
            last.top - last.bottom, one.top - one.bottom
        ):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [tuple(sorted(line, key=lambda one: -one.right if _from_the_right(line) else one.left)) for line in lines]
