"""Pages of archived PDFs: of copies that were archived before pages were marked, and words that run over a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import audit, desk
from ledger.book import Book, Custody
from ledger.capture import Extraction, read
from ledger.errors import InputError
from ledger.exchange import import_story
from ledger.model import Anchor, Capture, Evidence, Source
from ledger.text import locate, page_of
from ledger.text.pages import PAGE_BREAK

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")

Pdf = Callable[..., bytes]

PAGES = ("The pier is", "open by day.\nIt is closed at night.", "", "It is closed at night.")

STORY = """factledger: story/1
story: pier
title: The pier
sources: [{id: notice, title: Notice, file: notice.pdf}]
claims:
  - id: open
    text: The pier is open.
    evidence: [{source: notice, quote: open by day, id: words}]
"""


@pytest.fixture
def notice(pdf: Pdf) -> Extraction:
    """A PDF whose first sentence goes on over the page."""
    return read(pdf(*PAGES), name="notice.pdf", where="notice.pdf")


def earlier(reading: Extraction) -> Extraction:
    """The same bytes as they were read before pages were marked."""
    text = "\n\n".join(filter(None, PAGES))
    return attrs.evolve(reading, text=text, extractor="pdf/1+pypdf-6.0")


@pytest.fixture
def older(book: Book, notice: Extraction) -> Source:
    """A source whose copy was archived before pages were marked."""
    source = book.source("Notice", id="notice")
    desk.capture(book, source, earlier(notice), Custody())
    return source


def test_words_that_run_over_a_page_are_on_the_page_where_they_begin(book: Book, notice: Extraction) -> None:
    """Their place is the page that a reader turns to; they stand in the ledger and can be found again."""
    source = book.source("Notice", id="notice")
    desk.capture(book, source, notice, Custody())
    anchor = desk.anchor_in(book.ledger, source, "The pier is open by day.", at="page 1")
    assert (anchor.exact, anchor.fragment) == ("The pier is\n\n\fopen by day.", "page=1")
    item = book.evidence(book.claim("The pier is open."), source, anchor=anchor)
    assert book.find(Evidence, item.handle).anchor == anchor
    assert locate(anchor, notice.text).span is not None
    assert audit.verify(book.ledger.path).sound


WORDS = st.sampled_from("pier quay ferry tower bridge lock basin".split())


@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=5), st.data())
def test_words_are_on_the_page_they_were_written_on(pages: list[list[str]], data: st.DataObject) -> None:
    """The page that is found is the one that has them; with the page given, one place of several is found."""
    text = desk.Text(PAGE_BREAK.join(" ".join(page) for page in pages), "0" * 64, "pdf/2+pypdf-6.0")
    word = data.draw(WORDS)
    having = [(number, page.count(word)) for number, page in enumerate(pages, 1) if word in page]
    if [count for _, count in having] == [1]:
        assert desk.anchor(word, text).fragment == f"page={having[0][0]}"
    else:
        with pytest.raises(InputError):
            desk.anchor(word, text)
    for number in range(1, len(pages) + 2):
        if (number, 1) in having:
            anchor = desk.anchor(word, text, at=f"page {number}")
            assert anchor.start is not None and page_of(text.pages, anchor.start) == number
        else:
            with pytest.raises(InputError):
                desk.anchor(word, text, at=f"page {number}")


def test_the_page_of_an_older_copy_is_not_known(book: Book, older: Source) -> None:
    """No page is made up for its words; one that a person gives is kept, and not held against it."""
    assert desk.anchor_in(book.ledger, older, "open by day").fragment is None
    assert desk.anchor_in(book.ledger, older, "open by day", at="page=3").fragment == "page=3"


def test_a_story_told_before_pages_were_marked_is_known_again(
    book: Book, older: Source, notice: Extraction, tmp_path: Path
) -> None:
    """The same bytes are the copy that is there, whatever is read in them today; nothing is recorded otherwise."""
    words = desk.anchor_in(book.ledger, older, "open by day")
    claim = book.claim("The pier is open.", id="open", story="pier")
    book.evidence(claim, older, id="words", anchor=words)
    (tmp_path / "notice.pdf").write_bytes(notice.data)
    (tmp_path / "pier.story.yaml").write_text(STORY)
    told = import_story(book, tmp_path / "pier.story.yaml")
    assert (told.added, told.corrected) == ((), ())
    assert {record.handle for record in told.unchanged} >= {"notice", "open", "words"}


def test_an_article_taken_in_before_is_the_same_article(
    book: Book, older: Source, notice: Extraction, tmp_path: Path
) -> None:
    """The bytes are known by their hash, though another text is read in them; positions are those of the kept text."""
    (tmp_path / "notice.pdf").write_bytes(notice.data)
    article = desk.take_in(book, tmp_path / "notice.pdf")
    assert (article.source, article.new) == (older, False)
    assert article.text.words == earlier(notice).text
    assert not [record for record in book.waiting if isinstance(record, Capture)]


def test_a_place_without_words_is_found_nowhere() -> None:
    """There is nothing to look for: neither missing nor found."""
    place = locate(Anchor("", fragment="page=2"), "The pier is open.")
    assert (place.state.value, place.span, place.places) == ("ambiguous", None, ())
