"""archived-before-published: no copy was taken of what was not out yet."""

from __future__ import annotations

import pytest
from factledger_checkers.archived_before_published import ArchivedBeforePublished

from ledger import Finding, Outcome
from ledger.testing import Case


def said(published: str | None, taken_at: str | None) -> Finding:
    case = Case("The bridge was closed.")
    source = case.source("Bridge shut", published=published)
    case.evidence(source)
    case.capture(source, "The bridge is shut.", taken_at=taken_at)
    (finding,) = case.findings(ArchivedBeforePublished())
    return finding


def test_a_copy_older_than_its_source_fails() -> None:
    """The copy of 1 May is not of a report of 4 May."""
    finding = said("2031-05-04", "2031-05-01T09:00:00Z")
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "archived_before")
    assert finding.reason == "A copy of “Bridge shut” was taken on 1 May 2031, before it was published (4 May 2031)."
    assert len(finding.cites) == 2


def test_a_day_may_have_begun_elsewhere() -> None:
    """What is dated 2 May where it came out may be archived late on 1 May in UTC: that is no problem, and no pass."""
    assert said("2031-05-02", "2031-05-01T20:00:00Z").outcome is Outcome.PASS
    assert said("2031-05-02", "2031-05-01T09:00:00Z").outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("published", "taken_at"),
    [
        (None, "2031-05-01T09:00:00Z"),
        ("2031-05", None),
        ("2031-05", "2031-05-04T09:00:00Z"),
        ("XXXX-05-02", "2031-05-01T09:00:00Z"),
    ],
)
def test_what_is_not_known_cannot_be_told(published: str | None, taken_at: str | None) -> None:
    """No date, no year, a month that contains the day: none of these passes."""
    assert said(published, taken_at).outcome is Outcome.ABSTAIN


def test_a_claim_without_a_copy_says_so() -> None:
    """Where nothing is archived there is nothing to compare."""
    (finding,) = Case("The bridge was closed.").findings(ArchivedBeforePublished())
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "no_copy")
