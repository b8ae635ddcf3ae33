"""Whom a text credits: read from its form, wherever the name may come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import Manner, credits, name_key


@pytest.mark.parametrize(
    ("text", "name", "manner"),
    [
        ("KESTREL BAY (Coastwire) – A crane fell.", "Coastwire", Manner.DATELINE),
        ("ORFORD, May 3 (AP) — A crane fell.", "AP", Manner.DATELINE),
        ("A crane fell. (Reporting by Lena Quist for Coastwire; editing by B. Ross)", "Coastwire", Manner.CREDIT),
        ("A crane fell.\n© 2031 Agence Norvik", "Agence Norvik", Manner.CREDIT),
        ("A crane fell.\nSource: Coastwire", "Coastwire", Manner.CREDIT),
        ("Coastwire contributed to this report.", "Coastwire", Manner.CREDIT),
        ("A crane fell, with reporting from The Arden Post.", "The Arden Post", Manner.CREDIT),
        ("A crane fell (via Radio Norvik).", "Radio Norvik", Manner.CREDIT),
        ("H/t Lena Quist for the picture.", "Lena Quist", Manner.CREDIT),
        ("Four were hurt, according to the Arden Post.", "the Arden Post", Manner.MENTION),
        ("The Arden Post first reported the fall.", "The Arden Post", Manner.MENTION),
        ("The fall was first reported by Coastwire on Monday.", "Coastwire", Manner.MENTION),
        ("“It fell,” Quist told Radio Norvik.", "Radio Norvik", Manner.MENTION),
    ],
)
def test_who_is_credited(text: str, name: str, manner: Manner) -> None:
    """The name, the manner, and the words that say so, at their place."""
    (credit,) = credits(text)
    assert (credit.name, credit.manner) == (name, manner)
    assert name in credit.span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "A crane fell on the quay at Kestrel Bay.",
        "according to plan, it fell.",
        "She reported to the police on Monday.",
        "The bridge (built in 1931) — a landmark — fell.",
        "The copyright of the picture is not known.",
        "",
    ],
)
def test_nobody_is_credited(text: str) -> None:
    assert credits(text) == ()


def test_each_name_once_in_its_strongest_manner() -> None:
    """A dateline says more than a mention further down."""
    found = credits("ORFORD (Coastwire) – It fell. Coastwire reported it first, and the Arden Post reported it later.")
    assert [(one.name, one.manner) for one in found] == [
        ("Coastwire", Manner.DATELINE),
        ("the Arden Post", Manner.MENTION),
    ]


def test_names_are_compared_without_their_dress() -> None:
    assert name_key("The Arden Post’s") == name_key("ARDEN POST") == "arden post"


@pytest.mark.parametrize("text", ["A", "A.", "A ", "(A", "the A ", "reported by "])
def test_a_text_of_one_word_over_and_over_is_read(text: str) -> None:
    """The time it takes grows with the text, and no faster: squared, these would take hours."""
    assert all(len(credit.name) < 400 for credit in credits(text * 60_000))


@given(st.text(alphabet="Aab (©)–—\n.\"'’@The told via by for 2", max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """What is found lies in the text, and nothing is found twice."""
    found = credits(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert len({name_key(one.name) for one in found}) == len(found)
