"""arithmetic: figures that the words give as making one another do so."""

from __future__ import annotations

import pytest
from factledger_checkers.arithmetic import Arithmetic

from ledger import Finding, Outcome
from ledger.testing import Case

WRONG = "Visitors fell from 200 to 100, a drop of 75 percent."


def said(case: Case) -> Finding:
    (finding,) = case.findings(Arithmetic())
    return finding


@pytest.mark.parametrize(
    ("claim", "outcome", "code"),
    [
        (WRONG, Outcome.FAIL, "change"),
        ("12 boats and 30 cars, a total of 45, were sold.", Outcome.FAIL, "total"),
        ("15 of the 60 boats, or 30 percent, sank.", Outcome.FAIL, "share"),
        ("They sold 300 tickets at $20 each, for a total of $9,000.", Outcome.FAIL, "each"),
        ("Visitors fell from 200 to 100, a drop of 50 percent.", Outcome.PASS, "comes_out"),
        ("Visitors fell from more than 200 to 100, a drop of 75 percent.", Outcome.ABSTAIN, "open"),
        ("Visitors fell by 75 percent.", Outcome.NOT_APPLICABLE, "no_computation"),
        ("[withheld]", Outcome.NOT_APPLICABLE, "no_computation"),
    ],
)
def test_what_is_said_of_a_claim(claim: str, outcome: Outcome, code: str) -> None:
    """Wrong, right, open, or nothing to compute."""
    finding = said(Case(claim))
    assert (finding.outcome, finding.code) == (outcome, code)


def test_the_computation_is_told_in_words() -> None:
    """With the figure that does not come out."""
    assert said(Case(WRONG)).reason == (
        "“from 200 to 100, a drop of 75 percent” in the claim: from 200 to 100 is a drop of 50 percent, not 75 percent."
    )


def test_a_source_that_is_wrong_is_to_be_looked_at() -> None:
    """Its words may be rightly quoted: the fault is theirs."""
    case = Case("Fewer people came.")
    case.evidence(case.source("Arden Post"), quote=WRONG)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "change")
    assert "“Arden Post”" in finding.reason


def test_the_whole_sentence_of_quoted_words_is_read() -> None:
    """Where the text is archived."""
    case = Case("Fewer people came.")
    post = case.source("Arden Post")
    case.capture(post, text=f"It rained. {WRONG} Then it stopped.")
    case.evidence(post, quote="Visitors fell from 200 to 100")
    assert said(case).code == "change"


def test_words_of_another_language_are_not_read() -> None:
    """They may say anything of their figures, and that nobody read them is said."""
    case = Case("Fewer people came than last year, the mayor said.")
    case.evidence(case.source("Arden Post"), quote=WRONG, language="de")
    finding = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "Not read: German, in “Arden Post”.")
