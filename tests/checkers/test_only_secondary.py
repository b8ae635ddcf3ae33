"""only-secondary: who knows first-hand, who was told, and what was seen itself."""

from __future__ import annotations

import pytest
from factledger_checkers.only_secondary import OnlySecondary

from ledger import Basis, Finding, Outcome, Relation, Source
from ledger.testing import Case


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(OnlySecondary())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.", id="night-ferry")


def outlet(case: Case, name: str) -> Source:
    return case.source(f"Ferry, by {name}", publisher=case.agent(name))


@pytest.mark.parametrize("basis", [Basis.WITNESS, Basis.DOCUMENT])
def test_a_first_hand_source_that_was_seen_passes(case: Case, basis: Basis) -> None:
    """A witness or a document, seen itself, is named."""
    case.evidence(outlet(case, "Harbour Post"), basis=basis)
    case.evidence(outlet(case, "Island Gazette"), basis=Basis.TOLD)
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "First-hand: Harbour Post.")


def test_what_was_only_told_is_looked_at(case: Case) -> None:
    """Sources that were all told make a warning that names them."""
    case.evidence(outlet(case, "Harbour Post"), basis=Basis.TOLD)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "told")
    assert finding.reason == "Nothing first-hand: Harbour Post was told."
    assert finding.fix == "Ask who was there: factledger evidence night-ferry SOURCE --basis witness"


def test_the_end_of_the_trail_is_named(case: Case) -> None:
    """Where the chain of a source that was told leads on, its end is named: there somebody may know."""
    paper, wire = outlet(case, "Harbour Post"), outlet(case, "Coast Wire")
    case.link(paper, Relation.CITES, wire)
    case.evidence(paper, basis=Basis.TOLD)
    finding = said(case)
    assert finding.reason == "Nothing first-hand: Harbour Post was told; the trail ends at Coast Wire."
    assert wire.uid in finding.cites


def test_a_trail_that_ends_off_the_record_cites_what_is_on_it(case: Case) -> None:
    """Of a person who is known from an article alone there is no source to cite; the name is in the reason."""
    told = case.evidence(outlet(case, "Harbour Post"), basis=Basis.TOLD, speaker=case.agent("Marta Quell"))
    finding = said(case)
    assert finding.reason == "Nothing first-hand: Harbour Post was told; the trail ends at Marta Quell."
    assert set(finding.cites) == {told.uid, told.source}


def test_an_unknown_basis_cannot_be_told(case: Case) -> None:
    """Where it is not recorded how a source knows, it is called neither first-hand nor told."""
    evidence = case.evidence(outlet(case, "Harbour Post"))
    case.evidence(outlet(case, "Island Gazette"), basis=Basis.TOLD)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "basis_unknown")
    assert finding.reason == "How Harbour Post knows it is not recorded."
    assert f"factledger correct {evidence.handle} basis=witness" in finding.fix


def test_a_first_hand_source_known_through_another_was_not_seen(case: Case) -> None:
    """A speech that was only read of is first-hand, but nobody here heard it."""
    speech, paper = case.source("Speech at the harbour", id="speech"), outlet(case, "Harbour Post")
    case.evidence(speech, seen_in=paper, basis=Basis.WITNESS)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "seen_through")
    assert finding.reason == "First-hand, but not seen itself: “Speech at the harbour”."
    assert finding.details == ("“Speech at the harbour” is known from “Ferry, by Harbour Post”.",)
    assert finding.fix.endswith("factledger evidence night-ferry speech --basis witness")


def test_a_first_hand_source_seen_once_itself_passes(case: Case) -> None:
    """The same speech, read of in one paper and heard by the desk, was seen."""
    speech = case.source("Speech at the harbour")
    case.evidence(speech, seen_in=outlet(case, "Harbour Post"), basis=Basis.WITNESS)
    case.evidence(speech, basis=Basis.WITNESS)
    assert said(case).outcome is Outcome.PASS


def test_a_source_that_was_seen_and_may_be_first_hand_cannot_be_told(case: Case) -> None:
    """Beside a first-hand source that was not seen, one that was, of unknown basis, leaves it open."""
    case.evidence(case.source("Speech"), seen_in=outlet(case, "Harbour Post"), basis=Basis.WITNESS)
    case.evidence(outlet(case, "Island Gazette"))
    assert said(case).reason == "How Island Gazette knows it is not recorded."


def test_a_reprint_knows_what_its_original_knows(case: Case) -> None:
    """A paper that reprints a witness's report is no witness."""
    paper, wire = outlet(case, "Harbour Post"), outlet(case, "Coast Wire")
    case.link(paper, Relation.REPRINTS, wire)
    case.evidence(paper, basis=Basis.WITNESS)
    assert said(case).reason == "Nothing first-hand: Harbour Post was told; the trail ends at Coast Wire."


def test_a_withdrawn_witness_does_not_count(case: Case) -> None:
    """What is left when a witness was withdrawn is what was told."""
    witness = case.source("What I saw")
    case.evidence(witness, basis=Basis.WITNESS)
    case.withdraw(witness, "He was not there.")
    case.evidence(outlet(case, "Harbour Post"), basis=Basis.TOLD)
    assert said(case).code == "told"


def test_without_a_source_nothing_can_be_told(case: Case) -> None:
    """A claim that nothing supports is the concern of another checker."""
    case.evidence(case.source("Timetable"), contradicts=True, basis=Basis.DOCUMENT)
    assert (said(case).outcome, said(case).reason) == (Outcome.ABSTAIN, "No source supports it.")
