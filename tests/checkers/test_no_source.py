"""no-source: what a claim stands on, and the ways in which it stands on nothing."""

from __future__ import annotations

import pytest
from factledger_checkers.no_source import NoSource

from ledger import Finding, Outcome, Stance
from ledger.testing import Case


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(NoSource())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.", id="night-ferry")


def test_no_evidence_at_all_is_a_problem(case: Case) -> None:
    """A claim that nothing is recorded for fails, and the finding says what to type."""
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "no_evidence")
    assert finding.reason == "Nothing on record supports it."
    assert finding.fix == "Add what it stands on: factledger evidence night-ferry SOURCE"


def test_context_supports_nothing(case: Case) -> None:
    """Evidence that is only context is named, and is not taken for support."""
    case.evidence(case.source("Harbour news"), stance=Stance.CONTEXT)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "only_context")
    assert finding.reason == "Nothing on record supports it: “Harbour news” is only context."


def test_what_contradicts_supports_nothing(case: Case) -> None:
    """A claim that sources only speak against fails, and they are named."""
    for name in ("Port office", "Ferry company"):
        case.evidence(case.source(f"Statement of the {name}", author=case.agent(name)), contradicts=True)
    finding = said(case)
    assert finding.code == "contradicted"
    assert finding.reason == "Nothing on record supports it, and Port office and Ferry company speak against it."


def test_the_only_source_was_withdrawn(case: Case) -> None:
    """A withdrawn source supports nothing, and is named as the reason."""
    paper = case.source("Ferry by night")
    evidence = case.evidence(paper)
    case.withdraw(paper, "The paper took it back.")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "withdrawn")
    assert finding.reason == "The only source that supported it was withdrawn: “Ferry by night”."
    assert set(finding.cites) == {case.claim.uid, evidence.uid, paper.uid}


def test_many_withdrawn_sources_are_counted_and_some_named(case: Case) -> None:
    """Of many sources the first are named and the rest counted, so that the line stays short."""
    for number in range(5):
        paper = case.source(f"Paper {number}")
        case.evidence(paper, id=f"night-ferry-by-{number}")
        case.withdraw(paper, "")
    assert said(case).reason.endswith("were withdrawn: “Paper 0”, “Paper 1” and 3 more.")


@pytest.mark.parametrize(("count", "words"), [(1, "One source supports it."), (2, "Two sources support it.")])
def test_a_source_that_stands_passes(case: Case, count: int, words: str) -> None:
    """One source that supports the claim is enough here; how many are independent is another question."""
    for number in range(count):
        case.evidence(case.source(f"Paper {number}"))
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, words)


def test_a_withdrawn_source_beside_one_that_stands_does_not_count(case: Case) -> None:
    """Only the sources that stand are counted."""
    gone = case.source("Ferry by night")
    case.evidence(gone)
    case.withdraw(gone, "")
    case.evidence(case.source("Timetable"))
    assert said(case).reason == "One source supports it."


def test_that_it_was_said_is_another_claim(case: Case) -> None:
    """Who looks here for evidence that it was said is sent to the claim that says so."""
    case.reported_by("The port office said that the ferry will run at night.", id="night-ferry-said")
    (line,) = said(case).details
    assert line.startswith("That it was said is a claim of its own, night-ferry-said: “The port office said")
