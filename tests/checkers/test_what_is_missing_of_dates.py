"""What the checkers of dates say is missing: the one thing that a person can add, so that it is told what to do."""

from __future__ import annotations

import pytest
from factledger_checkers.date_valid import DateValid
from factledger_checkers.gap import Gap
from factledger_checkers.tense import Tense
from factledger_checkers.two_values import TwoValues

from ledger import Checker, Outcome
from ledger.testing import Case

Needed = tuple[str, str, str]


def needed(checker: Checker, words: str, published: str | None, *, own: bool, **claim: str) -> list[Needed]:
    """Return what is missing, as (kind, record, field), of words of a claim's own or of its evidence."""
    case = Case(words if own else "The bridge is old.", **claim)
    case.evidence(case.source("Harbour Post", published=published), quote=None if own else words)
    (finding,) = case.findings(checker)
    assert finding.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return [(one.kind.value, one.record or "", one.field) for one in finding.missing]


@pytest.mark.parametrize(
    ("checker", "words", "published", "own", "missing"),
    [
        (Tense(), "The bridge was closed on 5 May 2031.", None, False, ("field", "source-1", "published")),
        (Tense(), "The bridge was closed on 5 May 2031.", None, True, ("field", "source-1", "published")),
        (Tense(), "It was so in recent months.", "2031-05-02", True, ("field", "claim:claim", "text")),
        (Tense(), "The bridge was closed on 5 May 2031.", "2031-05-02", True, ("field", "claim:claim", "text")),
        (Tense(), "The bridge was closed on 5 May 2031.", "2031-05-02", False, ("field", "evidence-2", "anchor")),
        (Tense(), "The bridge was closed on 3 May 2031.", "2031-05-02", False, ("review", "claim:claim", "")),
        (DateValid(), "It closed on Wednesday, 2 May.", None, False, ("field", "source-1", "published")),
        (DateValid(), "It closed in recent months.", None, True, ("field", "claim:claim", "text")),
        (DateValid(), "It closed on 31 June 2031.", "2031-07-02", True, ("field", "claim:claim", "text")),
        (DateValid(), "It closed on 31 June 2031.", "2031-07-02", False, ("field", "evidence-2", "anchor")),
        (Gap(), "It closed ten days after 2 May 2031.", "2031-06-02", True, ("field", "claim:claim", "occurred")),
        (Gap(), "It closed on 14 May 2031, ten days after 1 May 2031.", "2031-06-02", True,
         ("field", "claim:claim", "text")),
        (Gap(), "It closed on 14 May 2031, ten days after 1 May 2031.", "2031-06-02", False,
         ("field", "evidence-2", "anchor")),
    ],
)  # fmt: skip
def test_what_would_settle_it(checker: Checker, words: str, published: str | None, own: bool, missing: Needed) -> None:
    """The date of the source where that would help; else the words, to be corrected or quoted anew; else a decision."""
    assert needed(checker, words, published, own=own) == [missing]


def test_two_values_are_told_apart_by_when_each_holds() -> None:
    """Claims that differ lack the date of each that has none; where both have theirs, one is to be corrected."""
    for occurred, field in ((None, "occurred"), ("2031-05-02", "text")):
        case = Case("The bridge of Quell has 12 lamps.", occurred=occurred)
        other = case.another_claim("The bridge of Quell has 14 lamps.", occurred=occurred)
        found = [one for one in case.findings(TwoValues()) if one.outcome is Outcome.WARN]
        assert [(one.record, one.field) for one in found[0].missing] == [(case.claim.uid, field), (other.uid, field)]
