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


def test_a_source_before_its_event_is_left_to_its_own_checker() -> None:
    """One fault is one problem: published-before-event reports it, and here nothing passes for it."""
    case = Case("The bridge was closed.", occurred="2031-05-02")
    case.evidence(case.source("Bridge shut", published="2031-05-01"))
    (finding,) = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert "see published-before-event" in finding.reason


def test_dates_that_do_not_fit_through_an_undated_source_fail() -> None:
    """An article of 3 May cannot tell of an event of 5 May, by way of a leaflet of whatever day."""
    case = Case("The bridge was closed.", occurred="2031-05-05")
    leaflet, paper = case.source("A leaflet"), case.source("Bridge shut", published="2031-05-03")
    case.evidence(leaflet, seen_in=paper)
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "cannot_hold")
    assert finding.reason == (
        "These cannot all be right: the event is dated 5 May 2031; “A leaflet” tells of the event; "
        "“Bridge shut” tells of “A leaflet”; “Bridge shut” is dated 3 May 2031."
    )


def test_a_day_of_no_year_between_two_dates_is_looked_for() -> None:
    """Between June and December of one year there is no 2 May, whatever its year."""
    case = Case("The bridge was closed.", occurred="2031-06-01")
    note, paper = case.source("A notice", published="XXXX-05-02"), case.source("Bridge shut", published="2031-12-01")
    case.evidence(note, seen_in=paper)
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "cannot_hold")
    assert len(finding.cites) == 4


def test_days_of_no_year_are_in_order_as_far_as_can_be_told() -> None:
    """A call of 16 April, a report of 2 May and a speech in answer to it: no year, and nothing against it."""
    case = Case("The harbour master called the mayor.", occurred="XXXX-04-16")
    report, speech = case.source("Harbour report", published="XXXX-05-02"), case.source("Mayor's speech")
    case.evidence(report)
    case.link(speech, Relation.REPLIES_TO, report)
    (finding,) = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.details[-1] == "As far as it can be told, the dates are in order."


def test_every_record_of_an_explanation_is_needed() -> None:
    """Without any one of the records that are named, nothing is wrong."""
    chain = ["2031-05-06", None, None, "2031-05-02"]
    for without in range(3):
        case = Case("The bridge was closed.", occurred=None if without == 0 else chain[0])
        sources = [case.source(f"Paper {number}", published=date) for number, date in enumerate(chain[1:])]
        case.evidence(sources[0])
        if without != 1:
            case.link(sources[1], Relation.CITES, sources[0])
        if without != 2:
            case.link(sources[2], Relation.CITES, sources[1])
        assert Outcome.FAIL not in [finding.outcome for finding in said(case)]


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
    early, late = case.source("Early news", published="2031-05-03"), case.source("Late news", published="2031-05-05")
    case.link(early, Relation.CITES, late)
    case.evidence(early)
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
