"""two-values: claims about one thing that cannot both hold are shown side by side; nobody is said to be wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from factledger_checkers.standard import TwoValues

from ledger import Finding, Outcome
from ledger.model import Value
from ledger.testing import Case

BRIDGE = "The bridge at Arden was closed for 40 days."


PAIRS = tomllib.loads((Path(__file__).parent / "two_values.toml").read_text(encoding="utf-8"))


def pairs(answer: str) -> list[list[str]]:
    """Return the pairs that the rules were made with; the others are measured in benchmarks/claims.py."""
    return [pair for kind in PAIRS.values() for pair in kind[answer][::2]]


def said(case: Case) -> list[Finding]:
    """What is said of claims that speak of the same."""
    found = dict.fromkeys(case.findings(TwoValues()))
    return [one for one in found if one.outcome is not Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("The bridge at Arden was closed for 41 days.", "another_number"),
        ("For twelve days the bridge at Arden was closed.", "another_number"),
        ("The bridge at Arden was not closed for 40 days.", "one_denies_it"),
        ("The bridge at Arden wasn’t closed for 40 days.", "one_denies_it"),
    ],
)
def test_the_same_words_with_something_else(other: str, code: str) -> None:
    """Both claims are cited, once, whichever came first."""
    case = Case(BRIDGE)
    beside = case.another_claim(other, id="other")
    (finding,) = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, code)
    assert set(finding.cites) == {case.claim.uid, beside.uid}
    assert BRIDGE in finding.reason and other in finding.reason


def test_both_passages_stand_side_by_side() -> None:
    """The words that each stands on are in the details, with where they were seen."""
    case = Case(BRIDGE)
    paper = case.source("Arden Post")
    case.evidence(paper, quote="closed for 40 days")
    other = case.another_claim("The bridge at Arden was closed for 14 days.", id="other")
    case.evidence(paper, quote="closed for 14 days", claim=other)
    (finding,) = said(case)
    assert [line.split("“")[1] for line in finding.details] == ["closed for 40 days”", "closed for 14 days”"]


def test_two_values_of_one_property() -> None:
    """The subject and the property are the same, in whatever words the claims are; of other units nothing is told."""
    dead = Value("Ferry Norvik", "people drowned", "12", "people")
    for other, expected in (
        (Value("ferry norvik", "People drowned", "14", "people"), ["another_value"]),
        (Value("ferry norvik", "People drowned", "12.0", "people"), ["agree", "agree"]),
        (Value("ferry norvik", "People drowned", "3", "crew"), []),
    ):
        case = Case("Twelve drowned when the ferry sank.", value=dead)
        case.another_claim("The toll of the sinking is known.", id="other", value=other)
        assert [finding.code for finding in said(case)] == expected


def test_other_dates() -> None:
    """The same thing on two days is said; on one day, given more and less exactly, it is not."""
    for day, expected in (("2031-05-09", ["another_date"]), ("2031-05", ["agree", "agree"])):
        case = Case("The bridge at Arden was closed.", occurred="2031-05-02")
        case.another_claim("The bridge at Arden was closed.", id="other", occurred=day)
        assert [finding.code for finding in said(case)] == expected


def test_numbers_of_different_times_may_both_hold() -> None:
    """What was so in May need not be so in June: nothing is told."""
    case = Case("The council of Arden employs 40 people.", occurred="2031-05")
    case.another_claim("The council of Arden employs 41 people.", id="other", occurred="2031-06")
    assert said(case) == []


@pytest.mark.parametrize(("one", "other"), pairs("apart"))
def test_what_cannot_both_be_so_is_shown(one: str, other: str) -> None:
    """Both ways round, and in one finding."""
    for first, second in ((one, other), (other, one)):
        case = Case(first)
        case.another_claim(second, id="other")
        assert [finding.outcome for finding in said(case)] == [Outcome.WARN]


@pytest.mark.parametrize(("one", "other"), pairs("both"))
def test_what_can_both_be_so_is_not(one: str, other: str) -> None:
    """Claims that agree, or speak of different things or times, are not set against each other."""
    case = Case(one)
    case.another_claim(other, id="other")
    assert Outcome.WARN not in {finding.outcome for finding in said(case)}


def test_who_we_are_is_known_by_who_speaks() -> None:
    """ "We" of two speakers, or of nobody knows whom, are not compared; of one speaker they are."""
    for mine, theirs, expected in (("roa", "roa", [Outcome.WARN]), ("roa", "berg", []), ("", "", [])):
        case = Case("We built 40 schools in the valley.")
        people = {id: case.agent(name, id=id) for id, name in (("roa", "Ana Roa"), ("berg", "Jon Berg"))} | {"": None}
        for id, text, who in (
            ("one", "We built 30 schools there.", mine),
            ("two", "We built 25 schools there.", theirs),
        ):
            case.another_claim(text, id=id, claimant=people[who])
        assert [finding.outcome for finding in said(case)] == expected


def test_a_claim_that_meets_another_of_something_else_says_so() -> None:
    """Words in common do not make one subject: that nothing else speaks of it is no pass."""
    case = Case("The council of Arden employs 40 people.", occurred="2031-05")
    case.another_claim("The council of Arden employs 41 people.", id="other", occurred="2031-06")
    assert {finding.code for finding in case.findings(TwoValues())} == {"alone"}


def test_claims_in_other_words_do_not_meet() -> None:
    """Nothing is guessed."""
    case = Case(BRIDGE)
    case.another_claim("A ferry sank off Norvik with 14 people.", id="other")
    assert said(case) == []
