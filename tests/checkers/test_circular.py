"""circular: sources that come from themselves, by one step or many."""

from __future__ import annotations

import pytest
from factledger_checkers.circular import Circular

from ledger import Finding, LinkState, Outcome, Relation, Source
from ledger.testing import Case


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def ring(case: Case, *names: str, state: LinkState = LinkState.DECLARED) -> list[Source]:
    """Add sources each of which cites the next, and the last the first; the claim stands on the first."""
    sources = [case.source(name) for name in names]
    for number, source in enumerate(sources):
        case.link(source, Relation.CITES, sources[(number + 1) % len(sources)], state=state)
    case.evidence(sources[0])
    return sources


def said(case: Case) -> list[Finding]:
    return case.findings(Circular())


def test_two_sources_that_cite_each_other(case: Case) -> None:
    """Two sources of which each comes from the other are a problem, and nobody knows where it began."""
    one, other = ring(case, "Harbour news", "Island news")
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "no_origin")
    assert finding.reason == "“Harbour news” and “Island news” come from each other; where it began is not known."
    assert {one.uid, other.uid} < set(finding.cites)
    assert finding.details[0].endswith("“Harbour news” cites “Island news”.")


def test_a_circle_with_a_way_out(case: Case) -> None:
    """A circle one of whose sources comes from elsewhere too has an origin, and is still a problem."""
    sources = ring(case, "Harbour news", "Island news", "Coast news")
    case.link(sources[1], Relation.QUOTES, case.source("Speech at the harbour"))
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "circle")
    assert finding.reason == "“Harbour news”, “Island news” and “Coast news” come from one another, in a circle."


def test_a_source_that_comes_from_itself(case: Case) -> None:
    """A source that is recorded as its own origin is named."""
    ring(case, "Harbour news")
    assert said(case)[0].reason == "“Harbour news” is recorded as coming from itself; where it began is not known."


def test_a_long_circle_is_counted(case: Case) -> None:
    """Of a long circle some sources are named and the rest counted."""
    ring(case, *(f"Paper {number}" for number in range(1_500)))
    (finding,) = said(case)
    assert "and 1498 more come from one another" in finding.reason
    assert len(finding.cites) < 100


def test_a_chain_passes(case: Case) -> None:
    """A chain that leads back to one source, by two ways, is no circle."""
    paper, other, wire = case.source("Paper"), case.source("Other"), case.source("Wire")
    for later, earlier in ((paper, other), (paper, wire), (other, wire)):
        case.link(later, Relation.CITES, earlier)
    assert (said(case)[0].outcome, said(case)[0].reason) == (Outcome.PASS, "No source comes from itself.")


def test_answers_are_no_circle(case: Case) -> None:
    """Two sources that answer each other do not come from each other."""
    one, other = case.source("Letter"), case.source("Answer")
    case.link(one, Relation.REPLIES_TO, other)
    case.link(other, Relation.QUOTES, one)
    assert said(case)[0].outcome is Outcome.PASS


def test_a_circle_that_a_detector_proposed_is_looked_at(case: Case) -> None:
    """A circle that stands on a link nobody has confirmed is a warning, with how to reject the link."""
    one, other = ring(case, "Harbour news", "Island news", state=LinkState.CONFIRMED)
    third = case.source("Coast news")
    case.link(third, Relation.CITES, other)
    assert [finding.outcome for finding in said(case)] == [Outcome.FAIL]

    case = Case("The ferry will run at night.")
    one, other = case.source("Harbour news"), case.source("Island news")
    case.link(one, Relation.CITES, other)
    link = case.link(other, Relation.REPRINTS, one, state=LinkState.DETECTED)
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "proposed")
    assert finding.reason.endswith("come from each other; not all of it is confirmed.")
    assert f"factledger settle {link.handle} rejected" in finding.fix


def test_two_circles_are_two_findings(case: Case) -> None:
    """Circles that have nothing in common are told apart."""
    ring(case, "Harbour news", "Island news")
    ring(case, "Coast news", "Ferry news")
    assert [finding.outcome for finding in said(case)] == [Outcome.FAIL] * 2


def test_a_withdrawn_source_closes_no_circle(case: Case) -> None:
    """A circle that a withdrawn source was part of is broken."""
    one, _ = ring(case, "Harbour news", "Island news")
    case.withdraw(one, "")
    assert said(case)[0].outcome is Outcome.PASS
