"""awaiting: answers that are overdue, answers that are not, and what cannot be told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from factledger_checkers.awaiting import Awaiting

from ledger import Finding, InquiryState, Outcome
from ledger.testing import NOW, Case

ASKED = "Will the ferry run at night?"


def said(case: Case, *, now: datetime = NOW, **options: object) -> Finding:
    """Return the one finding of the checker; the time is 1 July 2031."""
    (finding,) = case.findings(Awaiting(), now=now, **options)
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.", id="night-ferry")


def test_a_deadline_that_is_past_is_looked_at(case: Case) -> None:
    """Who did not answer in time is named, with the deadline and what to type."""
    inquiry = case.inquiry(ASKED, id="asked-port", asked=case.agent("Port office"), deadline="2031-06-30")
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "overdue")
    assert finding.reason == "No answer from Port office; the deadline was 30 June 2031."
    assert finding.fix == 'Ask again, or: factledger settle asked-port no_answer --because "..."'
    assert finding.cites == (inquiry.uid,)


def test_a_deadline_ends_with_its_day(case: Case) -> None:
    """There is time until the end of the deadline's day, and then it is looked at again."""
    case.inquiry(ASKED, asked=case.agent("Port office"), deadline="2031-07-01")
    finding = said(case)
    assert (finding.outcome, finding.reason) == (
        Outcome.PASS,
        "There is time until 1 July 2031 to answer, for Port office.",
    )
    assert finding.valid_until == "2031-07-02T00:00:00.000000Z"
    assert said(case, now=datetime(2031, 7, 2, tzinfo=UTC)).outcome is Outcome.WARN


@pytest.mark.parametrize("deadline", ["2031-06~", "2031-07", "2031", "203X", "2031-06/2031-07", "2031-21"])
def test_a_deadline_that_may_be_ahead_is_not_past(case: Case, deadline: str) -> None:
    """A deadline in part is past only when the last day that it can mean is."""
    case.inquiry(ASKED, deadline=deadline)
    assert said(case).outcome is Outcome.PASS
    assert said(case, now=datetime(2050, 1, 1, tzinfo=UTC)).outcome is Outcome.WARN


@pytest.mark.parametrize(
    ("deadline", "why"),
    [
        ("XXXX-05-02", "no year is given for 2 May"),
        ("2031-05/..", "no last day is given: from May 2031 on"),
        ("soon", "the deadline cannot be read"),
        ("2031-02-30", "the deadline cannot be read"),
    ],
)
def test_a_deadline_without_an_end_cannot_be_told(case: Case, deadline: str, why: str) -> None:
    """Where no last day is known, nothing is called overdue."""
    case.inquiry(ASKED, asked=case.agent("Port office"), deadline=deadline)
    finding = said(case)
    assert finding.outcome is Outcome.ABSTAIN
    assert finding.reason == f"Whether an answer from Port office is overdue cannot be told: {why}."


def test_a_question_without_a_deadline_waits_some_days(case: Case) -> None:
    """Without a deadline an answer is overdue after 14 days, or as many as the house says."""
    case.inquiry(ASKED, asked=case.agent("Port office"), asked_on="2031-06-16")
    assert said(case).reason == "No answer from Port office, who was asked on 16 June 2031."
    assert said(case, days=15).outcome is Outcome.PASS
    assert said(case, days=15).valid_until == "2031-07-02T00:00:00.000000Z"
    assert said(case, days=0).outcome is Outcome.WARN


def test_a_question_of_no_day_cannot_be_told(case: Case) -> None:
    """Neither a deadline nor a day leaves nothing to count from."""
    case.inquiry(ASKED, asked=case.agent("Port office"))
    assert "neither a deadline nor the day it was asked is recorded" in said(case).reason


@pytest.mark.parametrize("state", [state for state in InquiryState if state is not InquiryState.AWAITING])
def test_what_is_settled_is_not_awaited(case: Case, state: InquiryState) -> None:
    """An answer, a refusal, silence and a vain search are all outcomes."""
    case.inquiry(ASKED, deadline="2031-05-01", state=state)
    assert (said(case).outcome, said(case).reason) == (Outcome.PASS, "No answer is awaited.")


def test_nobody_was_asked(case: Case) -> None:
    """Where nobody was asked, that is no pass, and the fix says how to record it."""
    finding = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.ABSTAIN, "Nobody was asked, as far as recorded.")
    assert finding.fix == 'Ask, and record it: factledger inquiry "..." --claim night-ferry --asked AGENT'


def test_several_overdue_answers_are_one_finding(case: Case) -> None:
    """Those who owe an answer are named together; a search is named by where it was made."""
    case.inquiry(ASKED, id="a", asked=case.agent("Port office"), deadline="2031-05-01")
    case.inquiry(ASKED, id="b", searched="the port register", deadline="2031-05-01")
    case.inquiry(ASKED, id="c", deadline="2031-08-01")
    finding = said(case)
    assert finding.reason == "Two answers are overdue, from Port office and the search of “the port register”."
    assert finding.valid_until == "2031-08-02T00:00:00.000000Z"


@pytest.mark.parametrize("days", [-1, 36_501, True, "14", 1.5, None])
def test_a_setting_that_is_no_number_of_days(case: Case, days: object) -> None:
    """A setting that cannot be used is said, and nothing is passed."""
    case.inquiry(ASKED, deadline="2031-05-01")
    assert said(case, days=days).code == "bad_setting"


@pytest.mark.parametrize("deadline", ["0000-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(case: Case, deadline: str) -> None:
    """The first and the last day that can be written are compared like any other."""
    case.inquiry(ASKED, deadline=deadline)
    assert said(case).outcome is (Outcome.WARN if deadline < "2031" else Outcome.PASS)
