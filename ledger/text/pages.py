"""Where the pages of a document begin in its visible text: a blank line and a form feed stand between two pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .spans import Span

PAGE_BREAK = "\n\n\f"

MARKED = "pdf/"
PAGED = "+pages"
"""In the name of an extractor of plain text: it found form feeds, and they part pages."""
UNMARKED = "pdf/1+"
"""The first extractor of PDFs put a blank line between pages and nothing else: where they begin is not known."""


def has_pages(extractor: str | None) -> bool:
    """Return whether a text that was read by this extractor says where its pages begin."""
    name = extractor or ""
    return PAGED in name or (name.startswith(MARKED) and not name.startswith(UNMARKED))


def pages(text: str) -> tuple[Span, ...]:
    """Return the pages of such a text, in order; one that holds no words is empty."""
    found, start = [], 0
    for page in text.split(PAGE_BREAK):
        found.append(Span(start, start + len(page)))
        start += len(page) + len(PAGE_BREAK)
    return tuple(found)


def page_of(pages: Sequence[Span], at: int) -> int:
    """Return the number, from 1, of the page on which a place of the text stands."""
    return max(1, bisect_right(pages, at, key=lambda page: page.start))
