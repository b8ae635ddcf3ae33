"""A claim with very much evidence is answered: the lists of a finding end, and say how many more there are."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from factledger_checkers.corroboration import Corroborated
from factledger_checkers.no_capture import NoCapture
from factledger_checkers.only_secondary import OnlySecondary
from factledger_checkers.quote import MOST_FOUND, Quote

from ledger import Checker, Outcome, Relation
from ledger.finder import MOST_LISTED
from ledger.findings import problem_of
from ledger.testing import Case

MANY = 1_300
"""Pieces of evidence of which the ids alone are more than a finding may hold."""


@pytest.fixture(scope="module")
def case() -> Case:
    """A claim that many letters quote, of which one lies in the archive with other words in it."""
    case = Case("The harbour cost 4.2 million.")
    for number in range(MANY):
        letter = case.source(f"Letter {number}", id=f"letter-{number}", language="en")
        case.evidence(letter, quote=f"They wrote that it had cost 4.2 million, as letter {number} of the mayor says")
        if number == MANY - 1:
            case.capture(letter, "They wrote that it had cost 5.2 million, as the letters of the mayor say.")
    return case


@pytest.mark.parametrize("checker", [Corroborated(), NoCapture(), OnlySecondary(), Quote()], ids=lambda one: one.name)
def test_every_checker_gives_findings_that_can_be_recorded(case: Case, checker: Checker) -> None:
    """However much there is, what is found is a proper finding, and not too many of them."""
    found = case.findings(checker)
    everything = AnyRecord()
    assert 0 < len(found) <= MOST_FOUND + 3
    assert [problem_of(one, everything) for one in found] == [""] * len(found)


def test_a_list_that_ends_says_how_many_more_there_are(case: Case) -> None:
    """The first records are kept, and the last lines of the details count the others."""
    (finding,) = case.findings(OnlySecondary())
    assert len(finding.missing) == MOST_LISTED
    assert f"And {MANY - MOST_LISTED:,} more records that lack the same." in finding.details


def test_a_very_long_trail_is_answered() -> None:
    """Where every trail passes more sources than a finding may cite, the finding says so."""
    case = Case("The harbour cost 4.2 million.")
    steps = [case.source(f"Step {number}", id=f"step-{number}") for number in range(MANY)]
    case.evidence(steps[0])
    for later, earlier in pairwise(steps):
        case.link(later, Relation.BASED_ON, earlier)
    (finding,) = case.findings(Corroborated())
    assert problem_of(finding, AnyRecord()) == ""
    assert len(finding.cites) == MOST_LISTED
    assert finding.details[-1] == f"And {MANY - MOST_LISTED:,} more records that this stands on."


def test_the_gravest_of_very_many_quotations_comes_first(case: Case) -> None:
    """The one altered quotation is told by itself, though it was entered last; those left out are counted."""
    found = case.findings(Quote())
    assert (found[0].outcome, found[0].code) == (Outcome.FAIL, "altered")
    assert f"in “Letter {MANY - 1}”" in found[0].reason
    assert Counter(one.code for one in found)["no_text"] == MOST_FOUND - 1
    assert (found[-1].code, found[-1].measures) == ("more", (("more", MANY - MOST_FOUND),))
    assert found[-1].reason.startswith(f"{MANY - MOST_FOUND:,} more, such as: No text of “Letter ")


class AnyRecord:
    """Holds every id."""

    def __contains__(self, uid: object) -> bool:
        return isinstance(uid, str)
