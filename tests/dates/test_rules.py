"""The rules of the reader of dates, one by one: what each reads, and what it leaves alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.dates import DateExpression, ExpressionKind, expressions

RULES = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))["rule"]
DATES = (ExpressionKind.DATE, ExpressionKind.RANGE)


def values(text: str, reference: str | None) -> list[str]:
    """Return the values of a text's expressions; of those that name two days, each."""
    found = expressions(text, reference=reference)
    apart = (part for one in found for part in (one.parts if one.edtf is None and one.parts else (one,)))
    return [value(one) for one in apart]


def value(one: DateExpression) -> str:
    """Return the value of an expression: a date with its time of day, or the number and unit of a length."""
    if one.kind in DATES:
        return " ".join(filter(None, (one.edtf and one.edtf.text, one.clock)))
    if one.length is None:
        return f"{one.kind} {one.clock}".strip()
    return f"{one.kind} {one.length.count or 'some'} {one.length.unit}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
@pytest.mark.parametrize("side", ["reads", "leaves"])
def test_a_rule_reads_its_words_and_leaves_those_that_look_alike(rule: dict[str, Any], side: str) -> None:
    """Each rule of the data file has a positive and a negative case."""
    text, expected = rule[side]
    assert values(text, rule.get("reference")) == expected


def test_a_year_that_a_clock_gives_is_said_to_be_assumed() -> None:
    """Whatever year was not written is named as a convention, with the words that it is taken from."""
    text = (
        "The war of 1881 began with the blockade of 1880. In 1882 the fleet sailed. On 12 November 1883 it fell. "
        "On 14 November it burned."
    )
    *_, carried = expressions(text, reference="2031-05-08")
    assert carried.assumed == "the year is not written: that of “12 November 1883”, before it, is taken"
    (near,) = expressions("It burned on 14 November.", reference="2031-05-08")
    assert near.assumed == "the year is not written: the nearest is taken"


def test_where_no_year_is_given_the_reason_is() -> None:
    """The reason names the year that stands in the way."""
    *_, open_ = expressions("The strike of 1980 began. On 12 November it ended.", reference="2031-05-08")
    assert open_.unknown == "no year is given: it may be that of “1980”, or that of the text"
