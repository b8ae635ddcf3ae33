"""What is on record twice is found, and nothing else."""

from factledger_said_twice import NamesTwice, SaidTwice, SameAddress

from ledger.testing import Case, assert_checker_contract


def test_two_claims_of_the_same_words_are_told():
    """Capitals, a full stop and white space make no difference."""
    case = Case("The bridge was closed.")
    case.another_claim("the bridge  was closed")
    (finding,) = case.findings(SaidTwice())
    assert finding.code == "same_words"


def test_names_that_stand_once_pass():
    """Two people of two names are nothing to look at."""
    case = Case("The bridge was closed.")
    case.agent("Marta Quell")
    case.agent("Ana Roa")
    assert [finding.outcome for finding in case.findings(NamesTwice())] == ["pass"]


def test_they_keep_the_contract():
    """Each answers to whatever a ledger may hold, the same every time."""
    for checker in (SaidTwice(), NamesTwice(), SameAddress()):
        assert_checker_contract(checker)
