"""What gap and tense object to, beside what is sound and looks alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from factledger_checkers.gap import Gap
from factledger_checkers.tense import Tense

from ledger import Finding, Outcome
from ledger.testing import Case

CASES = tomllib.loads((Path(__file__).parent / "times.toml").read_text(encoding="utf-8"))["case"]
CHECKERS = {"gap": Gap(), "tense": Tense()}


def objections(case: dict[str, str], words: str) -> list[Finding]:
    """Return what the checker of a case objects to in words quoted from a source of 2 May 2031."""
    made = Case("The bridge is old.")
    made.evidence(made.source("Harbour Post", published="2031-05-02", language="en"), quote=words)
    return [one for one in made.findings(CHECKERS[case["checker"]]) if one.outcome in (Outcome.FAIL, Outcome.WARN)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['checker']}: {case['name']}")
def test_what_is_wrong_is_told_from_what_looks_alike(case: dict[str, str]) -> None:
    """Each way of writing it has words that are objected to, and sound words beside them."""
    assert len(objections(case, case["objects"])) == 1
    assert objections(case, case["leaves"]) == []
