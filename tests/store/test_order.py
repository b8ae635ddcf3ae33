"""Lists as long as the ledger come in the order in which they lie there, with nothing sorted on the way."""

from __future__ import annotations

from ledger import checks
from ledger.book import Book
from ledger.model import Basis
from ledger.store import all_kept, queries


def test_records_come_in_the_order_they_were_added(book: Book) -> None:
    """Whatever their kinds, and also when an earlier one was corrected later."""
    for number in range(3):
        report = book.source(f"Report {number}", id=f"report-{number}")
        book.evidence(book.claim(f"{number} boats were late.", id=f"late-{number}"), report, basis=Basis.DOCUMENT)
    book.correct("report-0", {"title": "The report"}, "That is its title.")
    found = [kept.record.handle for kept in all_kept(book.ledger.db, "claim", "source")]
    assert found == ["report-0", "late-0", "report-1", "late-1", "report-2", "late-2"]


def test_what_is_open_comes_gravest_first_and_then_by_claim(book: Book) -> None:
    """Each once, with its claim; of a claim that was taken back nothing is open."""
    with book.together():
        for name in ("c", "a", "b"):
            claim = book.claim(f"The bridge {name} was closed in 1823 and cost 14 million.", id=name)
            book.evidence(claim, book.source(f"The bridge {name}", id=f"on-{name}"))
    checks.check(book)
    book.retract("b", "Entered twice.")
    found = [(queries.OPEN.index(one.outcome), one.claim, one.checker) for one in queries.open_findings(book.ledger.db)]
    assert len({rank for rank, _, _ in found}) > 1
    assert found == sorted(found)
    due = [
        one for one in queries.findings(book.ledger.db) if one.finding.outcome in queries.OPEN and one.subject != "b"
    ]
    assert sorted((one.subject, one.checker) for one in due) == sorted((claim, checker) for _, claim, checker in found)
