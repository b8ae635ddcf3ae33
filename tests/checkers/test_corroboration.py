"""corroboration: what it says of the cases that others get wrong."""

from __future__ import annotations

import pytest
from factledger_checkers.corroboration import Corroborated

from ledger import Basis, Finding, Outcome, Relation, Source, Stake, Stance
from ledger.testing import Case


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(Corroborated())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def outlet(case: Case, name: str, title: str) -> Source:
    return case.source(title, publisher=case.agent(name))


def test_no_source_is_a_problem(case: Case) -> None:
    """A claim without any source fails, and the finding says what to do."""
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "none")
    assert finding.reason == "No source on record supports this claim."
    assert "factledger evidence" in finding.fix


def test_one_speaker_is_one_origin(case: Case) -> None:
    """One speaker is named, with their part in it."""
    speech = case.source("Speech at the harbour", author=case.agent("Marta Quell"))
    case.evidence(speech, basis=Basis.WITNESS, stake=Stake.PARTICIPANT)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "single_origin")
    assert finding.reason == "One origin: Marta Quell, who took part."


def test_one_source_that_does_not_say_how_it_knows(case: Case) -> None:
    """A single source whose basis is not recorded is not called first-hand."""
    case.evidence(outlet(case, "Harbour Post", "Ferry by night"))
    assert said(case).reason == "One origin: Harbour Post; how it knows is not stated."


def test_one_wire_paragraph_at_two_outlets_is_one_origin(case: Case) -> None:
    """Two outlets that reprint one wire report are one origin, and the wire is named as the point all pass."""
    wire = outlet(case, "Coast Wire", "Ferry to run at night")
    for name in ("Harbour Post", "Island Gazette"):
        paper = outlet(case, name, f"Ferry, by {name}")
        case.link(paper, Relation.REPRINTS, wire)
        case.evidence(paper)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "same_origin")
    assert finding.reason == "Two sources, one origin: both pass through Coast Wire."
    assert dict(finding.measures)["at_most"] == 1


def test_a_report_and_what_it_cites_are_one_origin(case: Case) -> None:
    """A report that cites another does not confirm it."""
    first = outlet(case, "Harbour Post", "Ferry by night")
    second = outlet(case, "Island Gazette", "Night ferry, says the Post")
    case.link(second, Relation.CITES, first)
    case.evidence(first)
    case.evidence(second)
    finding = said(case)
    assert finding.code == "same_origin"
    assert "Harbour Post" in finding.reason


def test_two_outlets_of_one_owner_are_one_origin(case: Case) -> None:
    """Outlets that belong to one owner do not confirm each other."""
    owner = case.agent("Coastal Media")
    for name in ("Harbour Post", "Island Gazette"):
        case.evidence(case.source(name, publisher=case.agent(name, part_of=owner)))
    finding = said(case)
    assert finding.code == "same_origin"
    assert any("Coastal Media" in line for line in finding.details)


def test_an_unknown_relation_stays_unknown(case: Case) -> None:
    """Two sources of which nobody said where they have it from are never called independent."""
    for name in ("Harbour Post", "Island Gazette"):
        case.evidence(outlet(case, name, f"Ferry, by {name}"))
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "independence_unknown")
    assert dict(finding.measures) == {"at_most": 2, "contradicting": 0, "shown": 1, "supporting": 2}


def test_an_answer_to_a_report_is_not_shown_independent_of_it(case: Case) -> None:
    """Two first-hand voices of which one answers the other: unknown, and the reply is the reason."""
    speech = case.source("Speech", author=case.agent("Marta Quell"))
    report = outlet(case, "Harbour Post", "Ferry by night")
    case.link(speech, Relation.REPLIES_TO, report)
    case.evidence(speech, basis=Basis.WITNESS)
    case.evidence(report, basis=Basis.WITNESS)
    finding = said(case)
    assert finding.code == "independence_unknown"
    assert any("answers the other" in line for line in finding.details)


def test_a_declared_independence_counts_with_its_reason(case: Case) -> None:
    """Two sources that a person declared independent, with a reason, pass."""
    one, other = outlet(case, "Harbour Post", "Ferry"), outlet(case, "Island Gazette", "Night ferry")
    case.link(one, Relation.INDEPENDENT_OF, other, note="Two reporters, both on the pier, neither knew of the other.")
    case.evidence(one, basis=Basis.WITNESS)
    case.evidence(other, basis=Basis.WITNESS)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.PASS, "independent")


def test_a_declaration_does_not_undo_a_common_origin(case: Case) -> None:
    """Whatever was declared, two sources that come from one wire report are one origin."""
    wire = outlet(case, "Coast Wire", "Ferry to run at night")
    one, other = outlet(case, "Harbour Post", "Ferry"), outlet(case, "Island Gazette", "Night ferry")
    case.link(one, Relation.INDEPENDENT_OF, other, note="They say so.")
    for paper in (one, other):
        case.link(paper, Relation.REPRINTS, wire)
        case.evidence(paper)
    assert said(case).code == "same_origin"


def test_a_contradiction_comes_first(case: Case) -> None:
    """One source against a claim outweighs any number for it: a person must decide."""
    for name in ("Harbour Post", "Island Gazette"):
        case.evidence(outlet(case, name, f"Ferry, by {name}"))
    case.evidence(case.source("Timetable", author=case.agent("Port office")), stance=Stance.CONTRADICTS)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "contradicted")
    assert finding.reason == "Contradicted by Port office; two sources support it."


def test_a_withdrawn_source_does_not_count(case: Case) -> None:
    """A source that was retracted supports nothing, and the finding says so."""
    paper = outlet(case, "Harbour Post", "Ferry by night")
    case.evidence(paper)
    case.withdraw(paper, "The paper took it back.")
    finding = said(case)
    assert finding.code == "none"
    assert any("The paper took it back." in line for line in finding.details)


def test_what_was_not_seen_itself_is_said(case: Case) -> None:
    """A source known only through another is named as such."""
    paper = outlet(case, "Harbour Post", "Ferry by night")
    speech = case.source("Speech", author=case.agent("Marta Quell"))
    case.evidence(speech, seen_in=paper)
    assert "“Speech” was not seen itself, only as told in “Ferry by night”." in said(case).details


def test_sources_that_only_cite_each_other_have_no_known_origin(case: Case) -> None:
    """A circle of citations is one origin at most, and nothing hangs."""
    one, other = outlet(case, "Harbour Post", "Ferry"), outlet(case, "Island Gazette", "Night ferry")
    case.link(one, Relation.CITES, other)
    case.link(other, Relation.CITES, one)
    case.evidence(one)
    case.evidence(other)
    assert said(case).code == "same_origin"
