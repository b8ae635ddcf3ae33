"""Pages of a PDF in its visible text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Span, has_pages, page_of, pages
from ledger.text.pages import PAGE_BREAK

PAGE = st.text("ab \n", max_size=12).map(str.strip)


@given(st.lists(PAGE, min_size=1, max_size=6))
def test_pages_are_those_that_were_joined(texts: list[str]) -> None:
    """Each page is found again with its words, an empty one too, and every character is on its page."""
    text = PAGE_BREAK.join(texts)
    spans = pages(text)
    assert [span.of(text) for span in spans] == texts
    for number, span in enumerate(spans, 1):
        assert {page_of(spans, at) for at in range(span.start, span.end)} <= {number}


def test_the_break_belongs_to_the_page_before() -> None:
    """A place between two pages is on the first of them; the first character of a page is on that page."""
    spans = pages(f"one{PAGE_BREAK}two")
    assert spans == (Span(0, 3), Span(6, 9))
    assert [page_of(spans, at) for at in (0, 2, 3, 5, 6, 8, 9)] == [1, 1, 1, 1, 2, 2, 2]


def test_only_texts_of_later_extractors_of_pdfs_say_where_their_pages_begin() -> None:
    """The first one put blank lines between pages, which stand inside them too."""
    assert has_pages("pdf/2+pypdf-6.0")
    assert not any(map(has_pages, ("pdf/1+pypdf-6.0", "plain/1", "html/1", "", None)))
