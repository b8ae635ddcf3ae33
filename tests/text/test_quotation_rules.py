"""The rules for quotations, each with what it accepts and what it does not, in `quotations.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.text import Fidelity, compare

RULES = tomllib.loads(Path(__file__).with_name("quotations.toml").read_text(encoding="utf-8"))["rule"]


@pytest.mark.parametrize("rule", RULES, ids=[rule["name"] for rule in RULES])
def test_a_rule_accepts_the_one_and_not_the_other(rule: dict[str, Any]) -> None:
    """Two quotations of one text differ in what the rule is about, and in their grade."""
    found = {which: compare(rule[which], rule["text"]) for which in ("good", "bad")}
    assert (found["good"].fidelity, found["bad"].fidelity) == (rule["grade"], rule["worse"])
    assert found["bad"].notes or found["bad"].changes


@pytest.mark.parametrize("rule", RULES, ids=[rule["name"] for rule in RULES])
def test_what_is_not_as_written_says_so(rule: dict[str, Any]) -> None:
    """Words in another style, or in a text that came out wrong, are accepted or passed on with a note."""
    found = compare(rule["good"], rule["text"])
    if found.fidelity in (Fidelity.STYLED, Fidelity.LIKELY):
        assert found.notes


@pytest.mark.parametrize("rule", RULES, ids=[rule["name"] for rule in RULES])
def test_a_passage_is_where_it_stands(rule: dict[str, Any]) -> None:
    """The span leads into the text as it was given, and is among the places."""
    found = compare(rule["good"], rule["text"])
    assert found.span is not None and found.span in found.places
    assert found.span.of(rule["text"]).split()
