"""What people answer in their own words, as it is recorded."""

from __future__ import annotations

import pytest

from ledger.book import Book
from ledger.desk import NewAgent, agent_of, date_of, is_description, likely_kind
from ledger.errors import InputError
from ledger.model import AgentKind


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2 May 2025", "2025-05-02"),
        ("on Friday, May 2, 2025", "2025-05-02"),
        ("May 2025", "2025-05"),
        ("in May 2025", "2025-05"),
        ("2025", "2025"),
        ("about 1990", "1990~"),
        ("2 May", "XXXX-05-02"),
        ("between 2 and 4 May 2025", "2025-05-02/2025-05-04"),
        ("spring 2024", "2024-21"),
        ("2025-05-02", "2025-05-02"),
        ("XXXX-05-02", "XXXX-05-02"),
        ("02.05.2025", "[2025-02-05,2025-05-02]"),  # which is the day is open
    ],
)
def test_dates_are_taken_as_people_write_them(words: str, edtf: str) -> None:
    """What they leave open stays open."""
    assert date_of(words) == edtf


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("30 February 2025", "no day 30"),
        ("yesterday", "reference date"),
        ("soon", "2 May 2025"),
        ("the day it rained", "2 May 2025"),
        ("2 May 2025 or 3 June 2024", "2 May 2025"),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(words: str, why: str) -> None:
    """Neither is a day made up, nor part of an answer left out."""
    with pytest.raises(InputError, match=why):
        date_of(words)


@pytest.mark.parametrize(
    ("words", "described"),
    [
        ("two people with knowledge of the contract", True),
        ("Two people familiar with it", True),
        ("three Mexican officials", True),
        ("a White House official", True),
        ("officials at the Pentagon", True),
        ("sources", True),
        ("someone close to the minister", True),
        ("Marta Quell", False),
        ("bell hooks", False),
        ("the port council", False),
        ("Five Guys", False),
        ("A Tribe Called Quest", False),
        ("One America News", False),
        ("Two", False),
        ("", False),
    ],
)
def test_descriptions_are_told_from_names(words: str, described: bool) -> None:
    """A number or a plural before small letters names nobody; a name that begins with one is a name."""
    assert is_description(words) is described


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the port council", "organisation"), ("Ministry of Sound", "organisation"),
        ("The Wall Street Journal", "organisation"),
        ("NATO", "organisation"), ("Dock Workers Union", "organisation"), ("Marta Quell", "person"),
        ("bell hooks", "person"), ("Pelé", "person"), ("J. Edgar Hoover", "person"),
    ],
)  # fmt: skip
def test_what_a_name_most_likely_is_of(name: str, kind: str) -> None:
    """By the word of a body in it, or by its capitals."""
    assert likely_kind(name) is AgentKind(kind)


def test_a_description_makes_nobody_a_person(book: Book) -> None:
    """Given as a name it is refused, with the option that takes it; somebody asked for by name and kind is made."""
    with pytest.raises(InputError, match="--unnamed"):
        agent_of(book, "two people with knowledge of the contract")
    assert agent_of(book, "Harbour Council").kind is AgentKind.ORGANISATION
    assert agent_of(book, NewAgent("Harbour Counsel", AgentKind.PERSON)).kind is AgentKind.PERSON
