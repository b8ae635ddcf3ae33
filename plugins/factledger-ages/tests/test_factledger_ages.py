"""ages: its cases, by themselves and in real runs, and the contract that every checker keeps."""

from __future__ import annotations

from pathlib import Path

import factledger_ages
import pytest

from ledger.testing import Case, assert_checker_contract, assert_found_when_installed, load_cases

CHECKER = factledger_ages.Ages()
CASES = load_cases(Path(factledger_ages.__file__).with_name("cases.toml"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_says_what_the_case_expects(case: Case) -> None:
    """The checker finds in each case what the file says, and nothing else."""
    case.assert_expected(CHECKER)


def test_it_keeps_the_contract() -> None:
    """The checker answers to whatever a ledger may hold, the same every time."""
    assert_checker_contract(CHECKER, CASES)


def test_real_runs_of_the_installed_plugin_find_the_same() -> None:
    """Each case, as a ledger of its own, is found to be what it is by the plugin that the entry point names."""
    assert_found_when_installed(CHECKER, CASES)
