"""published-checks: its cases, and the contract that every checker keeps."""

from __future__ import annotations

from pathlib import Path

import factledger_published_checks
import pytest

from ledger.testing import Case, assert_checker_contract, load_cases

CHECKER = factledger_published_checks.PublishedChecks()
CASES = load_cases(Path(factledger_published_checks.__file__).with_name("cases.toml"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_says_what_the_case_expects(case: Case) -> None:
    """The checker finds in each case what the file says, and nothing else."""
    case.assert_expected(CHECKER)


def test_it_keeps_the_contract() -> None:
    """Whatever a feed answers, or does not, the checker says the same every time, and passes nothing unanswered."""
    assert_checker_contract(CHECKER, CASES)
