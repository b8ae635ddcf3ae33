"""What pages tell of the log: the last that people entered, and the history of one record a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import book as books
from ledger import checks
from ledger.book import Book
from ledger.model import SourceKind, Verdict
from ledger.store import entries
from ledger.views.history import history, history_page, latest


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path / "keys"))
    begun = books.start(tmp_path / "ledger.db", origin="desk.example.org", person="Ana López")
    yield begun
    begun.ledger.close()


def test_what_people_entered_last_is_told_however_much_the_checks_found_since(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run over many claims is passed over as a whole; a correction before and a claim after it are both told."""
    monkeypatch.setattr(entries, "STRETCH", 5)
    with book.together():
        for number in range(30):
            book.claim(f"Pier {number} was shut.", id=f"pier-{number}")
    book.correct("pier-3", {"occurred": "2031-05"}, "A reader wrote to us.")
    checks.check(book)
    checks.check(book, everything=True)
    book.claim("Pier 99 was shut.", id="pier-99")
    told = latest(book.ledger.db, 4)
    assert [(event.act, event.record) for event in told] == [
        ("recorded", "pier-99"),
        ("corrected", "pier-3"),
        ("recorded", "pier-29"),
        ("recorded", "pier-28"),
    ]


def test_a_decision_is_told_as_whose_it_is(book: Book) -> None:
    """Who entered another's decision is not taken for the one who decided."""
    claim = book.claim("The pier was shut.", id="pier")
    other = book.agent("Lea Sand", id="lea")
    book.review(claim, Verdict.REFUTED, "It was open.")
    book.review(claim, Verdict.SUPPORTED, "It was shut.", reviewer=other)
    told = latest(book.ledger.db, 2)
    assert [(event.by, event.what) for event in told] == [
        ("Ana López", "supported, by Lea Sand"),
        ("Ana López", "refuted"),
    ]


def test_a_history_comes_a_page_at_a_time_newest_first(book: Book) -> None:
    """All pages together are the whole history, turned round."""
    source = book.source("The file", id="file", kind=SourceKind.DOCUMENT)
    with book.together():
        for number in range(40):
            book.evidence(book.claim(f"Pier {number} was shut.", id=f"pier-{number}"), source)
    db = book.ledger.db
    pages = [history_page(db, source.uid, number) for number in (1, 2)]
    assert [(page.first, page.last, page.total, page.pages) for page in pages] == [(1, 25, 41, 2), (26, 41, 41, 2)]
    assert tuple(event for page in pages for event in page.items) == history(db, source.uid)[::-1]
