"""event-order: what claims say of the order of events can all be so."""

from __future__ import annotations

from factledger_checkers.event_order import EventOrder

from ledger import Finding, Outcome
from ledger.model import Order, Review, Verdict
from ledger.testing import Case


def said(case: Case) -> list[Finding]:
    return [one for one in case.findings(EventOrder()) if one.outcome is Outcome.FAIL]


def circle() -> Case:
    case = Case("The strike came before the vote.", id="a", order=Order("strike", "vote"))
    case.another_claim("The vote came before the speech.", id="b", order=Order("Vote", "speech"))
    case.another_claim("The speech came before the strike.", id="c", order=Order("speech", " strike"))
    case.another_claim("The strike came before the storm.", id="d", order=Order("strike", "storm"))
    return case


def test_orders_both_ways_are_a_problem_that_names_both_claims() -> None:
    """The strike cannot have come both before and after the vote."""
    case = Case("The strike came before the vote.", id="a", order=Order("strike", "vote"))
    case.another_claim("The vote came before the strike.", id="b", order=Order("vote", "strike"))
    (finding,) = said(case)
    assert finding.code == "both_ways"
    assert finding.reason == "These cannot all be so: A: strike came before vote; b: vote came before strike."
    assert finding.cites == ("claim:a", "claim:b")


def test_a_longer_circle_names_its_claims_and_no_other() -> None:
    """Three claims that lead round to the first; what is beside them is not named."""
    (finding,) = said(circle())
    assert (finding.code, sorted(finding.cites)) == ("circle", ["claim:a", "claim:b", "claim:c"])


def test_a_refuted_claim_does_not_count() -> None:
    """What a person refuted contradicts nothing any more."""
    case = circle()
    case.add(Review, claim="claim:b", verdict=Verdict.REFUTED, reasons="The minutes show another order.")
    assert said(case) == []


def test_an_order_against_the_dates_of_its_events_is_a_problem() -> None:
    """Events that are claims bring their dates."""
    case = Case("The strike came before the vote.", id="order", order=Order("strike", "vote"))
    case.another_claim("The dockers struck.", id="strike", occurred="2031-05-06")
    case.another_claim("The council voted.", id="vote", occurred="2031-05-04")
    (finding,) = said(case)
    assert (finding.code, sorted(finding.cites)) == ("against_dates", ["claim:order", "claim:strike", "claim:vote"])


def test_days_between_are_held_to_the_dates() -> None:
    """At most two days between the 4th and the 9th cannot be; five can."""
    for most, wrong in ((2, 1), (5, 0)):
        case = Case("The vote came soon after.", id="order", order=Order("strike", "vote", most_days=most))
        case.another_claim("The dockers struck.", id="strike", occurred="2031-05-04")
        case.another_claim("The council voted.", id="vote", occurred="2031-05-09")
        assert len(said(case)) == wrong


def test_what_is_not_contradicted_is_not_thereby_shown() -> None:
    """An order that nothing speaks against is "cannot tell", never a pass."""
    case = Case("The strike came before the vote.", id="a", order=Order("strike", "vote"))
    (finding,) = case.findings(EventOrder())
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "not_contradicted")


def test_a_claims_own_event_is_ordered_by_its_own_date() -> None:
    """Without a name for one of the events, it is the claim's own."""
    case = Case("The pier burned down.", id="fire", occurred="2031-05-09", order=Order(later="vote"))
    case.another_claim("The council voted.", id="vote", occurred="2031-05-04")
    assert len(said(case)) == 1
