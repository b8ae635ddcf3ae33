"""all-diagonal: says when one scale looks like a copy of the other; never that a grade is wrong."""

from __future__ import annotations

import pytest
from factledger_checkers.standard import AllDiagonal

from ledger import Credibility, Finding, Outcome, Reliability
from ledger.testing import Case


def found(*pairs: str, **options: int) -> list[Finding]:
    case = Case("The bridge at Arden was closed.")
    case.options = options
    for number, (letter, figure) in enumerate(pairs):
        source = case.source(f"Paper {number}")
        case.evidence(source, reliability=Reliability(letter), credibility=Credibility(figure))
    return case.findings(AllDiagonal())


def test_all_on_the_diagonal() -> None:
    """The pairs are counted for the reader."""
    (finding,) = found("A1", "B2", "B2", "C3", "E5")
    assert (finding.outcome, finding.code) == (Outcome.WARN, "same_rank")
    assert "5 of 5" in finding.reason
    assert finding.details == ("A1: 1", "B2: 2", "C3: 1", "E5: 1")


@pytest.mark.parametrize(
    ("pairs", "outcome"),
    [
        (["B2"] * 4 + ["B3"], Outcome.WARN),
        (["B2"] * 7 + ["B3"] * 2, Outcome.PASS),
        (["B3", "C2", "A2", "B1", "D4"], Outcome.PASS),
    ],
)
def test_from_four_in_five_on(pairs: list[str], outcome: Outcome) -> None:
    """Grades are whatever a person gave; only how often both have one rank is looked at."""
    (finding,) = found(*pairs)
    assert finding.outcome is outcome


def test_too_few_to_tell() -> None:
    """Fewer than five pairs say nothing, and F6 is no grade of anything."""
    assert found("A1", "B2", "C3", "D4") == []
    assert found("A1", "B2", "C3", "D4", *["F6"] * 9) == []
    assert [one.code for one in found("A1", "B2", "C3", least=3)] == ["same_rank"]
    assert [one.outcome for one in found(*["A1"] * 9, "A2", share=95)] == [Outcome.PASS]
