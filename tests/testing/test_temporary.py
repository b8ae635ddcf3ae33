"""A real ledger for the length of a test."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from ledger import Agent, Claim
from ledger.audit import verify
from ledger.book import keys
from ledger.testing import NOW, temporary_ledger


def test_a_temporary_ledger_takes_entries_and_verifies() -> None:
    """It is a ledger like any other, on a file of its own, with the time standing still."""
    with temporary_ledger(person="Marta Quell") as desk:
        claim = desk.claim("The ferry runs at night.", id="ferry")
        assert desk.find(Claim, "ferry") == claim
        (checked,) = desk.claims()
        assert datetime.fromisoformat(checked.added[claim.uid]) == NOW
        assert [agent.name for agent in desk.records(Agent)] == ["Marta Quell"]
        assert verify(desk.path).sound
        path = desk.path
        assert path.is_file()
    assert not path.parent.exists()


@pytest.mark.parametrize("before", ["somewhere", None])
def test_its_keys_do_not_go_to_the_users_folder(
    before: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its log key lies beside it, and the environment is afterwards as it was, also after an error."""
    monkeypatch.delenv("FACTLEDGER_KEYS")
    if before:
        monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path / before))
    with pytest.raises(ZeroDivisionError), temporary_ledger() as desk:
        key = keys.path_of(desk.extract().ledger)
        assert key.is_file()
        assert key.is_relative_to(desk.path.parent)
        1 / 0  # noqa: B018
    assert os.environ.get("FACTLEDGER_KEYS") == (str(tmp_path / before) if before else None)
    assert not list(tmp_path.iterdir())


def test_the_same_entries_make_the_same_ledger() -> None:
    """Time and randomness are the same each time, so that two ledgers with the same entries have one root."""
    roots = []
    for _ in range(2):
        with temporary_ledger() as desk:
            desk.claim("The ferry runs at night.")
            roots.append(desk.extract().root)
    assert roots[0] == roots[1]


def test_two_can_be_open_at_once() -> None:
    """One inside another keeps its own keys, and gives the outer one its folder back."""
    with temporary_ledger() as outer:
        before = os.environ["FACTLEDGER_KEYS"]
        with temporary_ledger(origin="other.example") as inner:
            assert inner.path != outer.path
            assert os.environ["FACTLEDGER_KEYS"] != before
        assert os.environ["FACTLEDGER_KEYS"] == before
        outer.claim("The ferry runs at night.")
