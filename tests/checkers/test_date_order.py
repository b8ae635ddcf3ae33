"""date-order: problems found, orders that hold, and what cannot be told."""

from __future__ import annotations

from factledger_checkers.date_order import DateOrder

from ledger import Finding, Outcome, Relation
from ledger.testing import Case


def said(case: Case) -> list[Finding]:
    return case.findings(DateOrder())


def test_a_claim_without_dates_cannot_be_told() -> None:
    """No date at all is no pass."""
    (finding,) = said(Case("The bridge was closed."))
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason == "The claim has no date."


def test_a_source_after_its_event_passes() -> None:
    """A report published after the event is in order."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-03"))
    (finding,) = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.PASS, "The dates are in order (1 compared).")


def test_a_source_before_its_event_fails() -> None:
    """A report older than its event is a problem that names both dates."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-01"))
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "source_before_event")
    assert finding.reason == "“Bridge shut” is older than the event it is cited for (1 May 2031 is before 2 May 2031)."


def test_a_source_that_cites_a_later_one_fails() -> None:
    """Nothing can cite what was not out yet."""
    case = Case("The bridge was closed.", occurred="2031-05-01")
    early, late = case.source("Early news", published="2031-05-03"), case.source("Late news", published="2031-05-05")
    case.link(early, Relation.CITES, late)
    case.evidence(early)
    assert [finding.code for finding in said(case)] == ["cited_before"]


def test_a_missing_year_cannot_be_told() -> None:
    """2 May without a year is compared with nothing, and that is the reason given."""
    case = Case("The bridge was closed.", occurred="XXXX-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-03"))
    (finding,) = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason == "The event and “Bridge shut”: no year is given for 2 May."


def test_dates_that_overlap_cannot_be_told() -> None:
    """An event in May and a report of 2 May may have come in either order."""
    case = Case("The bridge was closed.", occurred="2031-05")
    case.evidence(case.source("Bridge shut", published="2031-05-02"))
    (finding,) = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert "overlap" in finding.reason


def test_the_same_day_is_in_order() -> None:
    """A report of the day of the event is in order."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-02"))
    assert said(case)[0].outcome is Outcome.PASS


def test_an_impossible_date_is_a_problem() -> None:
    """A day that no calendar has is named, with the record that says so."""
    case = Case("The bridge was closed.", occurred="2031-02-30")
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "impossible")
    assert finding.cites == (case.claim.uid,)


def test_a_reversed_interval_is_a_problem() -> None:
    """An interval that ends before it begins is named."""
    case = Case("The bridge was closed.")
    case.evidence(case.source("Bridge shut", published="2031-05/2031-02"))
    assert [finding.code for finding in said(case)] == ["reversed"]


def test_one_problem_is_not_hidden_by_what_is_missing() -> None:
    """Where one order fails and another cannot be told, the problem is reported."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-01"))
    case.evidence(case.source("An undated leaflet"))
    assert [finding.outcome for finding in said(case)] == [Outcome.FAIL]


def test_of_a_saying_the_event_is_the_saying() -> None:
    """A claim that something was said is dated by when it was said, not by what was said to happen."""
    case = Case(
        "Marta Quell said that the bridge was closed.", reports="another", said="2031-05-04", occurred="2031-05-09"
    )
    case.evidence(case.source("Bridge shut", published="2031-05-05"))
    assert [finding.outcome for finding in said(case)] == [Outcome.PASS]


def test_undated_sources_behind_a_source_are_no_noise() -> None:
    """Two undated sources that cite each other add nothing to what cannot be told."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    paper, leaflet = case.source("Bridge shut", published="2031-05-03"), case.source("A leaflet")
    case.link(paper, Relation.CITES, leaflet)
    case.evidence(paper)
    assert [finding.outcome for finding in said(case)] == [Outcome.PASS]
