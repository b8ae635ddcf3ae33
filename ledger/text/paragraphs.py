"""Where the paragraphs of a plain text begin and end.

Plain text comes in three habits: blank lines between paragraphs, one paragraph
a line, and lines broken at a column. A blank line always ends a paragraph. A
single line break ends one too, unless it is a *wrap*, which it is when

- the next line begins with a lower-case letter, and this one ends with no stop, or
- the text is set in a column (its widest line has 40 to 120 characters) and the
  first word of the next line would not have fitted on this one. A tenth of the
  column is left as slack, for text taken from proportional typefaces.

The rule looks at the shape of the lines only. What it gets wrong: a heading as
wide as the column, without a blank line under it, runs into the next line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .once import read_once
from .spans import Span

COLUMN = range(40, 121)
"""Widths, in characters, of the widest line of a text that is set in a column."""

SLACK = 0.1
"""The part of the column that a full line may leave empty."""


@read_once
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text` in order, without the white space around them."""
    lines = tuple(_lines(text))
    widest = max((line.end - line.start for line in lines), default=0)
    found: list[Span] = []
    for before, line in pairwise((Span(0, 0), *lines)):
        if line.start == line.end:
            continue
        if before.start < before.end and _wraps(text, before, line, widest):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return tuple(found)


def _lines(text: str) -> Iterator[Span]:
    """Yield each line without the white space around it; a blank line is an empty span."""
    offset = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        start = offset + line.find(words)
        yield Span(start, start + len(words))
        offset += len(line)


def _wraps(text: str, before: Span, line: Span, widest: int) -> bool:
    """Return whether the break between two lines that are not blank is a wrap."""
    if text[line.start].islower() and text[before.end - 1] not in ".!?":
        return True
    if widest not in COLUMN:
        return False
    first_word = line.of(text).split(maxsplit=1)[0]
    needed = before.end - before.start + len(" ") + len(first_word)
    return needed > widest * (1 - SLACK)
