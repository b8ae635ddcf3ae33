"""A claim as its page shows it: what the decision stands on."""

from __future__ import annotations

from ledger import views
from ledger.book import Book
from ledger.model import Verdict


def test_a_decision_is_older_than_what_was_entered_after_it_alone(book: Book) -> None:
    """What came in one piece with it, as a story does, changed nothing after it; whatever is entered later did."""
    with book.together():
        claim, source = book.claim("The harbour is shut.", id="harbour"), book.source("Notice", id="notice")
        book.review(claim, Verdict.SUPPORTED, "The notice says so.")
        book.evidence(claim, source)
    (decision,) = views.claim_view(book.ledger.db, "harbour").decisions
    assert not decision.before_last_change
    book.correct("notice", {"title": "Notice of the port"}, "Its full title.")
    (decision,) = views.claim_view(book.ledger.db, "harbour").decisions
    assert decision.before_last_change
