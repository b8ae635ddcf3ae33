"""What the example story leaves open in time, and what one reference date settles."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import checks
from ledger.book import Book
from ledger.exchange import import_story
from ledger.model import Outcome
from ledger.store import queries
from ledger.views import timeline

STORY = Path(__file__).parents[2] / "seeds" / "troop-offer.story.yaml"


@pytest.fixture
def told(book: Book) -> Book:
    """A ledger that holds the example story."""
    import_story(book, STORY)
    return book


def found(book: Book, claim: str, checker: str) -> list[tuple[Outcome, str]]:
    """Return what a checker says of a claim."""
    checks.check(book, [claim])
    told = queries.findings(book.ledger.db, claim)
    return [(one.finding.outcome, one.finding.reason) for one in told if one.checker == checker]


def test_former_is_open_without_a_date_and_fails_with_one(told: Book) -> None:
    """Of which day the article speaks is not recorded, so nobody can tell who was president; then it can be told."""
    ((outcome, reason),) = found(told, "former-president", "office")
    assert outcome is Outcome.ABSTAIN and "has no date" in reason
    told.correct("article", {"reference_date": "2025-05"}, "A reader kept the day's paper.")
    ((outcome, reason),) = found(told, "former-president", "office")
    assert outcome is Outcome.FAIL
    assert "“former U.S. President Donald Trump”" in reason
    assert "Donald Trump was president of the United States" in reason


def test_in_other_years_former_is_right(told: Book) -> None:
    """The same words in May 2023 are no problem: the date decides, and not the name."""
    told.correct("article", {"reference_date": "2023-05"}, "A reader kept the day's paper.")
    assert all(outcome is not Outcome.FAIL for outcome, _ in found(told, "former-president", "office"))


def test_the_order_of_call_report_and_speech_is_known_without_a_year(told: Book) -> None:
    """16 April, the report of 2 May, the speech that answers it, the article: no year is needed for that."""
    whole = timeline(told.ledger.db, ["april-call-tense", "troop-offer"])
    shown = [row.moment.handle for row in whole.apart]
    wanted = ["april-call-tense", "wsj-report", "speech", "article"]
    assert [handle for handle in shown if handle in wanted] == wanted
    for outcome, reason in found(told, "april-call-tense", "date-order"):
        assert outcome is Outcome.ABSTAIN, reason


@pytest.mark.parametrize("checker", ["date-valid", "gap", "tense"])
def test_recent_months_are_nothing_to_compare(told: Book, checker: str) -> None:
    """With a reference date or without, "recent months" says neither how many nor which."""
    assert {outcome for outcome, _ in found(told, "several-calls", checker)} == {Outcome.ABSTAIN}
    told.correct("article", {"reference_date": "2025-05-05"}, "A reader kept the day's paper.")
    assert {outcome for outcome, _ in found(told, "several-calls", checker)} == {Outcome.ABSTAIN}
