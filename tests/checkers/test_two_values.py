"""two-values: claims about one thing that cannot both hold are shown side by side; nobody is said to be wrong."""

from __future__ import annotations

import pytest
from factledger_checkers import TwoValues

from ledger import Finding, Outcome
from ledger.model import Value
from ledger.testing import Case

BRIDGE = "The bridge at Arden was closed for 40 days."


def said(case: Case) -> list[Finding]:
    return case.findings(TwoValues())


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
    """The subject and the property are the same, in whatever words the claims are; the unit has to be, too."""
    dead = Value("Ferry Norvik", "people drowned", "12", "people")
    for other, expected in (
        (Value("ferry norvik", "People drowned", "14", "people"), ["another_value"]),
        (Value("ferry norvik", "People drowned", "12.0", "people"), ["agree", "agree"]),
        (Value("ferry norvik", "People drowned", "3", "crew"), ["agree", "agree"]),
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
    """What was so in May need not be so in June."""
    case = Case("The council of Arden employs 40 people.", occurred="2031-05")
    case.another_claim("The council of Arden employs 41 people.", id="other", occurred="2031-06")
    assert [finding.code for finding in said(case)] == ["agree", "agree"]


def test_claims_in_other_words_do_not_meet() -> None:
    """Nothing is guessed."""
    case = Case(BRIDGE)
    case.another_claim("A ferry sank off Norvik with 14 people.", id="other")
    assert said(case) == []
