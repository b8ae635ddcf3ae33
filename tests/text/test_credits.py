"""Whom a text credits: read from its form and from what is known of houses; the rules stand in `credits.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Manner, credits, house_key, name_key

RULES = tomllib.loads(Path(__file__).with_name("credits.toml").read_text(encoding="utf-8"))["rules"]


@pytest.mark.parametrize(("text", "name", "manner"), [case for rule in RULES for case in rule["credits"]])
def test_who_is_credited(text: str, name: str, manner: str) -> None:
    """The name, the manner, and the words that say so, at their place."""
    (credit,) = credits(text)
    assert (credit.name, str(credit.manner)) == (name, manner)
    assert name in credit.span.of(text)


@pytest.mark.parametrize("text", [text for rule in RULES for text in rule["silent"]] + ["A crane fell.", ""])
def test_nobody_is_credited(text: str) -> None:
    """What only looks like a credit is none."""
    assert credits(text) == ()


def test_each_name_once_in_its_strongest_manner() -> None:
    """A dateline says more than a mention further down."""
    found = credits("ORFORD (Coastwire) – It fell. Coastwire reported it first, and the Arden Post reported it later.")
    assert [(one.name, one.manner) for one in found] == [
        ("Coastwire", Manner.DATELINE),
        ("the Arden Post", Manner.MENTION),
    ]


def test_initials_and_full_name_are_one_house() -> None:
    """A text that names a house in both ways credits it once."""
    (credit,) = credits("ORFORD (AP) — It fell.\nThe Associated Press reported it first.")
    assert credit.manner is Manner.DATELINE


def test_all_of_a_row_are_credited() -> None:
    """Each house in a row of names."""
    assert [one.name for one in credits("A crane fell. — AFP/Reuters")] == ["AFP", "Reuters"]


def test_a_house_that_is_known_to_the_caller_counts() -> None:
    """A name that no list has and no form tells is a house's where the caller says so."""
    text = "Meridian reported on Monday that it fell."
    assert credits(text) == ()
    assert [one.name for one in credits(text, known=["The Meridian"])] == ["Meridian"]


@pytest.mark.parametrize("manner", Manner)
def test_only_datelines_and_credit_lines_are_of_the_whole_text(manner: Manner) -> None:
    """A mention, an interview and a picture leave open where the rest is from."""
    assert manner.whole == (manner.value in ("dateline", "credit line"))


def test_names_are_compared_without_their_dress() -> None:
    """Article, possessive and letter case do not count."""
    assert name_key("The Arden Post’s") == name_key("ARDEN POST") == "arden post"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AP", "The Associated Press"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("TASS", "Itar-Tass"),
        ("BBC Radio 4", "BBC News"),
        ("The Arden Post", "Arden Post"),
    ],
)
def test_names_of_one_house_compare_equal(one: str, other: str) -> None:
    """Initials, full names and parts of a house."""
    assert house_key(one) == house_key(other)


def test_names_of_two_houses_do_not_compare_equal() -> None:
    """The Arden Post is not the Norvik Post, nor is a part of a name the whole."""
    assert len({house_key(name) for name in ("Arden Post", "Norvik Post", "Post", "AP", "AFP", "dpa")}) == 6


@pytest.mark.long
@pytest.mark.parametrize(
    "text", ["A", "A.", "A ", "(A", "the A ", "A & ", "A/", "reported by ", "A, ", "\n", "told A ", "1 May "]
)
def test_a_text_of_one_word_over_and_over_is_read(text: str) -> None:
    """The time it takes grows with the text, and no faster: squared, these would take hours."""
    assert all(len(credit.name) < 400 for credit in credits(text * 20_000))


@given(st.text(alphabet="Aab (©)–—\n.\"'’@The told via by for 2/P:", max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """What is found lies in the text, and nothing is found twice."""
    found = credits(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert len({house_key(one.name) for one in found}) == len(found)
