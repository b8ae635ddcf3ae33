"""stale: copies that are recent enough, copies that are not, and when they will not be."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest
from factledger_checkers.stale import Stale

from ledger import Finding, Outcome, Relation, SourceKind
from ledger.testing import NOW, Case


def said(case: Case, *, now: datetime = NOW) -> Finding:
    """Return the one finding of the checker; the time is 1 July 2031."""
    (finding,) = case.findings(Stale(), now=now)
    return finding


@pytest.fixture
def case() -> Case:
    return Case("The ferry will run at night.")


def test_an_old_copy_is_looked_at(case: Case) -> None:
    """A copy older than the days of its kind is named, with the day and the days; neither changes with the clock."""
    post = case.source("Night ferry", kind=SourceKind.POST, id="post")
    case.capture(post, taken_at="2031-04-01T10:00:00Z")
    case.evidence(post)
    finding = said(case)
    assert (finding.outcome, finding.code) == (Outcome.WARN, "stale")
    assert finding.reason == "“Night ferry” was last archived on 1 April 2031; for a post, 90 days is old."
    assert finding.fix.endswith("factledger link NEW updates post")
    assert finding.valid_until is None


def test_a_recent_copy_passes_until_it_is_old(case: Case) -> None:
    """A pass says when it ends, and at that very moment it is old."""
    post = case.source("Night ferry", kind=SourceKind.POST)
    case.capture(post, taken_at="2031-01-01T10:00:00Z")
    case.capture(post, taken_at="2031-06-01T10:00:00Z")
    case.evidence(post)
    finding = said(case)
    assert (finding.outcome, finding.reason) == (Outcome.PASS, "The archived copies are recent until 30 August 2031.")
    assert finding.valid_until == "2031-08-30T10:00:00.000000Z"
    assert said(case, now=datetime(2031, 8, 30, 9, 59, tzinfo=UTC)).outcome is Outcome.PASS
    assert said(case, now=datetime(2031, 8, 30, 10, tzinfo=UTC)).outcome is Outcome.WARN


def test_the_first_to_grow_old_ends_the_pass(case: Case) -> None:
    """Of several sources the one that grows old first says when to look again."""
    for number, (kind, day) in enumerate([(SourceKind.ARTICLE, "2031-06-30"), (SourceKind.LAW, "2031-06-01")]):
        source = case.source(f"Source {number}", kind=kind)
        case.capture(source, taken_at=f"{day}T00:00:00Z")
        case.evidence(source)
    assert said(case).valid_until == "2031-11-28T00:00:00.000000Z"


def test_one_old_copy_does_not_hide_when_the_next_grows_old(case: Case) -> None:
    """A warning is made again when another copy grows old."""
    for number, day in enumerate(["2031-06-01", "2029-06-01"]):
        source = case.source(f"Source {number}")
        case.capture(source, taken_at=f"{day}T00:00:00Z")
        case.evidence(source)
    finding = said(case)
    assert finding.reason.startswith("“Source 1” was last archived on 1 June 2029; for a document, 365 days")
    assert finding.valid_until == "2032-05-31T00:00:00.000000Z"


@pytest.mark.parametrize("kind", [SourceKind.SPEECH, SourceKind.STATEMENT, SourceKind.INTERVIEW, SourceKind.RECORDING])
def test_what_was_said_once_does_not_grow_old(case: Case, kind: SourceKind) -> None:
    """Words once spoken do not change."""
    source = case.source("Speech", kind=kind)
    case.capture(source, taken_at="1931-04-01T10:00:00Z")
    case.evidence(source)
    assert (said(case).outcome, said(case).reason) == (
        Outcome.NOT_APPLICABLE,
        "Its kinds of source do not grow old.",
    )


@pytest.mark.parametrize("taken_at", [None, "", "yesterday", "2031-04-01T10:00:00"])
def test_a_copy_of_unknown_age_cannot_be_told(case: Case, taken_at: str | None) -> None:
    """Where no copy says when it was taken, nothing is passed."""
    source = case.source("Night ferry")
    case.capture(source, taken_at=taken_at)
    case.evidence(source)
    assert (said(case).outcome, said(case).reason) == (
        Outcome.ABSTAIN,
        "When “Night ferry” was archived is not recorded.",
    )


def test_a_copy_of_unknown_age_may_be_newer(case: Case) -> None:
    """Beside an old copy, one of unknown age leaves it open; beside a recent one it changes nothing."""
    source = case.source("Night ferry")
    case.capture(source, taken_at=None)
    case.capture(source, taken_at="2001-04-01T10:00:00Z")
    case.evidence(source)
    assert said(case).outcome is Outcome.ABSTAIN
    case.capture(source, taken_at="2031-06-01T10:00:00Z")
    assert said(case).outcome is Outcome.PASS


def test_what_was_seen_through_another_is_as_old_as_that(case: Case) -> None:
    """A report known from an article was not read itself; the article's copy is what counts."""
    report, article = case.source("Report"), case.source("Night ferry", kind=SourceKind.ARTICLE)
    case.capture(report, taken_at="2001-04-01T10:00:00Z")
    case.capture(article, taken_at="2031-06-01T10:00:00Z")
    case.evidence(report, seen_in=article)
    assert said(case).outcome is Outcome.PASS


def test_a_copy_of_what_updates_it_counts(case: Case) -> None:
    """Who looked again and archived the new version as a source of its own has looked again."""
    old, new = case.source("Night ferry"), case.source("Night ferry, updated")
    case.capture(old, taken_at="2021-04-01T10:00:00Z")
    case.capture(new, taken_at="2031-06-01T10:00:00Z")
    case.link(new, Relation.UPDATES, old)
    case.evidence(old)
    assert said(case).outcome is Outcome.PASS


def test_without_a_copy_nothing_can_grow_old(case: Case) -> None:
    """A source that was never archived is the concern of another checker."""
    case.evidence(case.source("Night ferry"))
    assert (said(case).outcome, said(case).code) == (Outcome.ABSTAIN, "no_copy")


def test_the_policy_says_what_is_old(case: Case) -> None:
    """A house that sets no limit has no old copies; the end of time is no overflow."""
    source = case.source("Night ferry")
    case.capture(source, taken_at="9999-12-31T23:00:00Z")
    case.evidence(source)
    assert said(case).outcome is Outcome.PASS
    case.policy = attrs.evolve(case.policy, stale={"default": 0})
    assert said(case).code == "never"
