"""The orders in which the lines of a page may have to be read.

Text that was taken from a printed page brings the page with it: running heads and page numbers stand in the middle of
sentences, and columns are read across, line by line. Here such lines are told from the text, and columns put one after
the other. Each order is a row of spans of the text as it was given; nothing is changed, and the text as it stands is
always read first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from . import marginalia
from .spans import Span

LONGEST_HEAD = 90
"""Characters of a line that may be a running head."""

FEWEST_HEADS = 3
"""Times that a line comes, with at most its number changed, that is a head wherever it stands."""

FEWEST_GAPS = 3
"""Lines with a gap that ends at one and the same place, which make that place the edge of a column."""

MOST_CROSSING = 0.15
"""Share of lines that may run across the gap between columns, such as headings."""

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\v\u2028\u2029]|\f|\Z)")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)|\A {4,}(?=\S)")
_NUMBER = re.compile(r"\d+")
_SPREAD = re.compile(r"\A\d{1,4}\s{3,}\S|\S\s{3,}\d{1,4}\Z")
_PAGE = re.compile(r"\W*(?:page|p\.|seite|column|col\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:not?|never|none|neither|nor|cannot|without|unless|except|only|\w+n['’]t)\b", re.IGNORECASE)


@frozen
class _LayoutLine:
    start: int
    end: int
    words: str
    breaks: bool
    """Whether a page ends with this line."""

    @property
    def blank(self) -> bool:
        return not self.words


def orders(text: str) -> tuple[tuple[Span, ...], ...]:
    """Return the other orders in which a text may have to be read: without what is the page's, down its columns.

    Each is a row of lines, or of pieces of lines, without the white space they end with. First what stands before and
    in the lines goes (see `marginalia`), then the heads of pages. Columns are read down to the end of the page, and
    down to the next empty line across the page. Empty where there is none of it: the text as it stands is all.
    """
    whole = _lines(text)
    margins = marginalia.margins([text[line.start : line.end] for line in whole])
    notes = marginalia.notes(text)
    lines = [_after(text, line, taken) for line, taken in zip(whole, margins, strict=True) if taken is not None]
    heads = _heads(lines)
    kept = [line for at, line in enumerate(lines) if at not in heads]
    found = []
    if any(margins) or None in margins or notes:
        found.append(tuple(_pieces(text, lines, notes)))
    if heads:
        found.append(tuple(_pieces(text, kept, notes)))
    if any(margins):
        return tuple(found)
    pages = [(_edges(text, page), page) for page in _parted(kept, lambda line: line.breaks)]
    if any(edges for edges, _ in pages):
        blocks = [(edges, block) for edges, page in pages for block in _parted(page, lambda line: line.blank)]
        found += dict.fromkeys((tuple(_down(text, pages)), tuple(_down(text, blocks))))
    return tuple(found)


def _after(text: str, line: _LayoutLine, margin: int) -> _LayoutLine:
    return (
        line
        if not margin
        else evolve(line, start=line.start + margin, words=text[line.start + margin : line.end].strip())
    )


def _pieces(text: str, lines: Iterable[_LayoutLine], notes: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield what stands on lines, without notes, in pieces."""
    starts = [start for start, _ in notes]
    for line in lines:
        start = line.start
        for at in range(bisect_left(starts, line.start), bisect_left(starts, line.end)):
            yield _piece(text, start, notes[at][0])
            start = notes[at][1]
        yield _piece(text, start, line.end)


def _piece(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _lines(text: str) -> list[_LayoutLine]:
    return [
        _LayoutLine(match.start(), match.end(), match[0].strip(), "\f" in match[0])
        for match in _LINE.finditer(text)
        if match[0]
    ]


def _heads(lines: Sequence[_LayoutLine]) -> set[int]:
    """Return which lines are running heads or page numbers, with the empty lines around them.

    A head stands beside the end of a page or an empty line, or comes again and again, and either comes again with at
    most its number changed, or stands right at the end of a page and has a number in it. A line that could turn a
    sentence round is none.
    """
    masks = Counter(_NUMBER.sub("0", line.words) for line in lines if len(line.words) <= LONGEST_HEAD)
    heads: set[int] = set()
    for at, line in enumerate(lines):
        if line.blank or len(line.words) > LONGEST_HEAD or _TURNS.search(line.words):
            continue
        near = [lines[other] for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        ends_page = line.breaks or any(one.breaks for one in near[: 1 if at else 0]) or len(near) < 2
        apart = ends_page or any(one.blank or one.breaks for one in near) or at - 1 in heads
        times = masks[_NUMBER.sub("0", line.words)]
        again = times > 1 and line.words[-1] not in ".,;:?!"
        apart = apart or (times >= FEWEST_HEADS and " " in line.words)
        numbered = _NUMBER.search(line.words) is not None and not line.words[0].islower()
        spread = _SPREAD.search(line.words) is not None
        at_end = ends_page and numbered and line.words[-1] not in ".,;"
        number = _PAGE.fullmatch(line.words) is not None
        if spread or (number and times >= FEWEST_HEADS) or (apart and (again or at_end or number)):
            heads.add(at)
    for at in sorted(heads):
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(lines) and lines[other].blank:
                heads.add(other)
                other += step
    return heads


def _down(text: str, blocks: Iterable[tuple[Sequence[int], Sequence[_LayoutLine]]]) -> Iterator[Span]:
    """Yield the pieces of lines, block by block, column by column; `blocks` come with the edges of their columns."""
    for edges, lines in blocks:
        columns: list[list[Span]] = [[] for _ in range(len(edges) + 1)]
        for line in lines:
            row = text[line.start : line.end].rstrip()
            cuts = [0, *(edge for edge in edges if edge < len(row) and _is_open(row, edge)), len(row)]
            for start, end in pairwise(cuts):
                if row[start:end].strip() or not row:
                    columns[bisect_right(edges, start)].append(_piece(text, line.start + start, line.start + end))
        for column in columns:
            yield from column


def _parted(lines: Sequence[_LayoutLine], ends: Callable[[_LayoutLine], bool]) -> list[list[_LayoutLine]]:
    parts: list[list[_LayoutLine]] = [[]]
    for line in lines:
        parts[-1].append(line)
        if ends(line):
            parts.append([])
    return parts


def _edges(text: str, page: Sequence[_LayoutLine]) -> list[int]:
    """Return at which characters of a line its further columns begin."""
    rows = [text[line.start : line.end].rstrip() for line in page if not line.blank]
    starts = Counter(match.end() for row in rows for match in _GAP.finditer(row))
    edges: list[int] = []
    for edge, count in sorted(starts.items()):
        if count >= FEWEST_GAPS and edge >= 12 and (not edges or edge - edges[-1] >= 12):
            reaching = [row for row in rows if len(row) > edge]
            crossing = sum(not _is_open(row, edge) for row in reaching)
            if crossing <= MOST_CROSSING * len(reaching):
                edges.append(edge)
    return edges[:8]


def _is_open(row: str, edge: int) -> bool:
    return row[edge - 2 : edge].isspace()
