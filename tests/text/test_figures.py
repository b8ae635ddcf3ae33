"""Figures: each rule of comparing them, with what it accepts and what it must not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from ledger.text import compare_numbers

RULES = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))["rule"]


def pairs(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(claim, passage, rule.get("language"), id=f"{claim} | {passage}")
        for rule in RULES
        for claim, passage in rule[kind]
    ]


@pytest.mark.parametrize(("claim", "passage", "language"), pairs("same"))
def test_a_passage_bears_a_claim_out(claim: str, passage: str, language: str | None) -> None:
    """Its figures are read, and each stands there in one form or another."""
    found = compare_numbers(claim, passage, language)
    assert found.numbers
    assert found.agrees, found


@pytest.mark.parametrize(("claim", "passage", "language"), pairs("other"))
def test_a_passage_does_not_bear_a_claim_out(claim: str, passage: str, language: str | None) -> None:
    """Some figure of it is another, or of another thing."""
    assert not compare_numbers(claim, passage, language).agrees


def test_each_rule_has_both_cases() -> None:
    """A rule that only accepts, or only refuses, is no rule."""
    assert all(rule["same"] and rule["other"] for rule in RULES)
