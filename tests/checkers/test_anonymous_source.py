"""anonymous-source: who is named, who is not, and whether the reason is on record."""

from __future__ import annotations

import pytest
from factledger_checkers.anonymous_source import AnonymousSource

from ledger import Basis, Finding, Outcome
from ledger.testing import Case

WHY = "She could lose her post."


def said(case: Case) -> Finding:
    """Return the one finding of the checker."""
    (finding,) = case.findings(AnonymousSource())
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def test_an_unnamed_source_alone_is_a_problem(case: Case) -> None:
    """A claim that only an unnamed source supports fails, even where the reason is recorded."""
    case.evidence(case.source("Ferry by night"), named=False, unnamed_because=WHY)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.FAIL, "only_anonymous")
    assert finding.reason == "Only an unnamed source says so, in “Ferry by night”; the reason is recorded."


def test_a_missing_reason_is_said(case: Case) -> None:
    """Where nobody recorded why a source is unnamed, the finding says so and how to add it."""
    evidence = case.evidence(case.source("Ferry by night"), named=False, unnamed_because=" ")
    finding = said(case)
    assert finding.reason.endswith("no reason is recorded.")
    assert finding.fix == f'Say why: factledger correct {evidence.handle} unnamed_because="..." --because "..."'


def test_an_unnamed_source_beside_a_named_one_is_looked_at(case: Case) -> None:
    """Beside a named speaker an unnamed source is a warning."""
    case.evidence(case.source("Ferry by night"), named=False, unnamed_because=WHY)
    case.evidence(case.source("Interview"), speaker=case.agent("Marta Quell"))
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "anonymous")
    assert finding.reason == "An unnamed source says so, in “Ferry by night”; the reason is recorded."


def test_a_withdrawn_source_names_nobody(case: Case) -> None:
    """Once the named source is withdrawn, the unnamed one stands alone."""
    case.evidence(case.source("Ferry by night"), named=False)
    interview = case.source("Interview")
    case.evidence(interview, named=True)
    case.withdraw(interview, "It was made up.")
    assert said(case).code == "only_anonymous"


def test_an_unnamed_source_against_it_is_looked_at(case: Case) -> None:
    """Somebody unnamed who denies the claim is a warning as well."""
    case.evidence(case.source("Interview"), named=True)
    case.evidence(case.source("No ferry"), contradicts=True, named=False, unnamed_because=WHY)
    assert said(case).reason == "An unnamed source denies it, in “No ferry”; the reason is recorded."


@pytest.mark.parametrize("basis", list(Basis))
def test_a_recorded_speaker_is_named(case: Case, basis: Basis) -> None:
    """Whoever is on record as the speaker is named, however it was filled in."""
    case.evidence(case.source("Interview"), speaker=case.agent("Marta Quell"), basis=basis)
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "No unnamed source is on record.")


@pytest.mark.parametrize("name", ["[withheld]", "[sealed]"])
def test_a_name_that_is_kept_back_cannot_be_told(case: Case, name: str) -> None:
    """A speaker whose name is hidden here may be named in the source, or not."""
    case.evidence(case.source("Interview"), speaker=case.agent(name))
    assert (said(case).outcome, said(case).code) == (Outcome.ABSTAIN, "not_recorded")


def test_testimony_of_nobody_recorded_cannot_be_told(case: Case) -> None:
    """What a source was told, it was told by somebody, and whether it names them is not recorded."""
    evidence = case.evidence(case.source("Ferry by night"), basis=Basis.TOLD)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "not_recorded")
    assert finding.reason == "Whether “Ferry by night” names who says so is not recorded."
    assert f"factledger correct {evidence.handle} named=yes" in finding.fix


def test_a_witness_who_signs_is_named(case: Case) -> None:
    """The author of a witness's account is the witness; without an author nobody is named."""
    case.evidence(case.source("What I saw", author=case.agent("Marta Quell")), basis=Basis.WITNESS)
    assert said(case).outcome is Outcome.PASS
    case.evidence(case.source("What was seen"), basis=Basis.WITNESS)
    assert said(case).outcome is Outcome.ABSTAIN


def test_a_document_needs_no_name(case: Case) -> None:
    """Nobody stands behind a timetable."""
    case.evidence(case.source("Timetable"), basis=Basis.DOCUMENT)
    assert said(case).outcome is Outcome.PASS


def test_without_evidence_nothing_can_be_told(case: Case) -> None:
    """A claim without evidence has nobody to name."""
    assert said(case).reason == "Nothing speaks for or against it."
