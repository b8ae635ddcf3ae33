"""The version of the contract, and what a plugin says that it requires."""

from __future__ import annotations

import importlib

import pytest

import ledger
from ledger import promise

MAJOR, MINOR = map(int, ledger.API.split("."))


@pytest.mark.parametrize("required", [None, ledger.API, f"{MAJOR}.0"])
def test_what_is_there_is_met(required: str | None) -> None:
    """A plugin that says nothing, or asks for what this API has, is taken."""
    assert promise.why_unmet(required) == ""


@pytest.mark.parametrize(
    ("required", "words"),
    [
        (f"{MAJOR}.{MINOR + 1}", "update factledger"),
        (f"{MAJOR + 1}.0", "update factledger"),
        (f"{MAJOR - 1}.4", "ask its authors for a newer version"),
        (1.0, "write the API that it needs"),
        ("new", "write the API that it needs"),
        ("1", "write the API that it needs"),
        ("1.0\n", "write the API that it needs"),
    ],
)
def test_what_is_not_met_is_told_with_what_to_do(required: object, words: str) -> None:
    """Too new, too old, or no version at all: one sentence that says which to update."""
    assert words in promise.why_unmet(required)


def test_every_public_module_and_name_has_one_state() -> None:
    """Each public module is stable or provisional, and each name on trial is one of its module."""
    assert not set(promise.STABLE) & set(promise.PROVISIONAL)
    for name in (*promise.STABLE, *promise.PROVISIONAL):
        shown = importlib.import_module(name).__all__
        assert {promise.state_of(name, one) for one in shown} <= {"stable", "provisional"}
        assert set(promise.ON_TRIAL.get(name, ())) <= set(shown)
    assert promise.state_of("ledger", "Checker") == "stable"
    assert promise.state_of("ledger", "open") == "provisional"
