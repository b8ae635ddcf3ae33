"""Is this claim in the ledger already? Asked for itself, and by the way when one is entered."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture
def desk(factledger: Any, once: Any) -> Any:
    """A ledger with three claims, one of which was taken back."""

    @once
    def tell() -> None:
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("add", "The bridge at Arden was closed for 40 days in May.", "--id", "bridge")
        factledger("add", "The mayor of Arden paid for the repairs himself.", "--id", "mayor")
        factledger("add", "The bridge at Arden was closed for 12 days in May.", "--id", "twelve")
        factledger("retract", "twelve", "--because", "Misread.")

    return factledger


def found(done: Any) -> list[tuple[str, str]]:
    assert done.returncode == 0, done.stderr
    return [(row["claim"], row["alike"]) for row in json.loads(done.stdout)]


def test_the_most_alike_comes_first(desk: Any) -> None:
    """In whatever order and form the words stand; what was taken back is not shown."""
    assert found(desk("match", "In May the Arden bridge was CLOSED: forty days", "--json")) == [
        ("bridge", "100%"),
        ("mayor", "12%"),
    ]
    assert found(desk("match", "In May the Arden bridge was closed for 41 days", "--most", "1", "--json")) == [
        ("bridge", "67%")
    ]


@pytest.mark.parametrize("text", ["", "   ", '"', "NEAR(", "a AND (b", "text:*", "€", "-x", "nothing like it"])
def test_any_text_can_be_asked(desk: Any, text: str) -> None:
    """Nothing in a text is an instruction to the search."""
    assert found(desk("match", "--json", "--", text)) == []


def test_entering_a_claim_says_which_are_like_it(desk: Any) -> None:
    """It is recorded all the same: only a person knows whether it is the same."""
    done = desk("add", "For 40 days in May the bridge at Arden was closed.", "--id", "again")
    assert done.returncode == 0
    assert "Like it   bridge: The bridge at Arden was closed for 40 days in May. (100% of the words" in done.stderr
    assert "Like it" not in desk("add", "A ferry sank off Norvik.").stderr
