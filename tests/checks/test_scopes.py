"""Groups, the whole ledger, and sources: what is found does not depend on how the work is split."""

from __future__ import annotations

from random import Random

import pytest

from ledger import checks
from ledger.book import Book
from ledger.checks import WorkerPool
from ledger.model import Claim, Link, LinkState, Source
from ledger.store import queries

Rows = list[tuple[object, ...]]


def findings(book: Book, *checkers: str) -> Rows:
    """What is on record, of some checkers or of all, without what differs from run to run."""
    return sorted(
        (one.subject, one.checker, one.finding.outcome.value, one.finding.reason, one.handles)
        for one in queries.findings(book.ledger.db)
        if not checkers or one.checker in checkers
    )


@pytest.fixture
def crowd(book: Book, four_kinds: str) -> Book:
    """Eighty claims on eight topics, some without one."""
    random = Random(4)
    with book.together():
        sources = [book.source(f"Minutes of day {day % 5}", id=f"minutes-{day}") for day in range(12)]
        for number in range(80):
            topic = random.choice([None, *(f"pier {pier}" for pier in range(8))])
            claim = book.claim(f"{random.randrange(3)} boats were late.", id=f"late-{number}", topic=topic)
            book.evidence(claim, random.choice(sources))
    return book


@pytest.mark.parametrize(("size", "workers"), [(80, 1), (10, 2), (2, 2)], ids=["1 partition", "8", "40"])
def test_however_the_work_is_split_the_findings_are_the_same(
    crowd: Book, size: int, workers: int, pool: WorkerPool
) -> None:
    """Pairs that share a topic meet, in whatever partitions they are; each pair stands under both of its claims."""
    outcomes = checks.check(crowd, plugins="four_kinds", pool=pool, size=size, workers=workers)
    assert outcomes.run is not None and outcomes.called == 80
    claims = [row for row in queries.rows(crowd.ledger.db, "claims") if row["topic"]]
    due = {
        (one["id"], other["id"])
        for one in claims
        for other in claims
        if one["topic"] == other["topic"] and one["text"] != other["text"]
    }
    pairs = [
        (one.subject, other)
        for one in queries.findings(crowd.ledger.db)
        if one.checker == "same-value" and len(one.handles) == 2
        for other in one.handles
        if other != one.subject
    ]
    assert len(pairs) == len(set(pairs)) and set(pairs) == due and due
    again = checks.check(crowd, plugins="four_kinds", pool=pool, everything=True)
    assert again.changed == ()
    assert again.run is not None and again.run.digest == outcomes.run.digest


def test_a_claim_that_meets_others_in_silence_is_not_passed(book: Book, four_kinds: str, pool: WorkerPool) -> None:
    """Where a group checker says nothing of a claim that it was shown, that is "cannot tell"; alone, it is nothing."""
    for name in ("a", "b"):
        book.claim("Two boats were late.", id=name, topic="boats")
    book.claim("It rained.", id="c", topic="weather")
    checks.check(book, plugins=four_kinds, pool=pool)
    said = {(subject, outcome) for subject, _, outcome, *_ in findings(book, "same-value")}
    assert said == {("a", "abstain"), ("b", "abstain")}


def test_a_group_is_looked_at_again_when_one_of_it_changes(book: Book, four_kinds: str, pool: WorkerPool) -> None:
    """The other claim's finding changes with it, and goes when they no longer share a key."""
    book.claim("Two boats were late.", id="a", topic="boats")
    book.claim("Three boats were late.", id="b", topic="boats")
    checks.check(book, plugins=four_kinds, pool=pool)
    assert {row[0] for row in findings(book, "same-value")} == {"a", "b"}
    book.correct("b", {"topic": "weather"}, "It was about the weather.")
    outcomes = checks.check(book, plugins=four_kinds, pool=pool)
    assert outcomes.plan.claims == ("b",)
    assert set(outcomes.changed) == {"a", "b"}
    assert findings(book, "same-value") == []


def test_what_concerns_everything_is_filed_where_it_belongs(book: Book, four_kinds: str, pool: WorkerPool) -> None:
    """A finding of the whole ledger stands under the claims it cites; one that cites none, under the ledger."""
    for name in ("a", "b"):
        book.claim("Two boats were late.", id=name)
    book.claim("It rained.", id="c")
    checks.check(book, plugins=four_kinds, pool=pool)
    assert [(row[0], row[3]) for row in findings(book, "twice")] == [
        ("a", "2 times: Two boats were late."),
        ("b", "2 times: Two boats were late."),
        ("ledger", "3 claims were read."),
    ]
    book.retract("b", "Entered twice.")
    checks.check(book, plugins=four_kinds, pool=pool)
    assert [(row[0], row[3]) for row in findings(book, "twice")] == [("ledger", "2 claims were read.")]


def test_a_detected_link_is_recorded_and_changes_what_stands_on_it(
    book: Book, four_kinds: str, pool: WorkerPool
) -> None:
    """A proposal becomes a link marked as detected, before the claims are checked in the same run."""
    with book.together():
        first, later = (book.source("Ferry late again", id=name) for name in ("first", "later"))
        book.evidence(book.claim("The ferry was late.", id="ferry"), later)
    outcomes = checks.check(book, plugins=four_kinds, pool=pool)
    (handle,) = outcomes.links
    link = book.kept(handle).record
    assert isinstance(link, Link) and link.state is LinkState.DETECTED
    assert {link.source, link.comes_from} == {first.uid, later.uid}
    assert "the same title" in str(link.measure)
    (reason,) = [row[3] for row in findings(book, "fresh")]
    assert str(reason).count("Ferry late again") == (2 if link.source == later.uid else 1)
    assert checks.check(book, plugins=four_kinds, pool=pool, everything=True).links == ()


def test_a_rejected_proposal_is_not_made_again(book: Book, four_kinds: str, pool: WorkerPool) -> None:
    """A person said no: the detector may propose it again, it is not recorded."""
    for name in ("first", "later"):
        book.source("Ferry late again", id=name)
    book.claim("The ferry was late.", id="ferry")
    (handle,) = checks.check(book, plugins=four_kinds, pool=pool).links
    book.settle(handle, LinkState.REJECTED, "They only share the headline.")
    assert checks.check(book, plugins=four_kinds, pool=pool, everything=True).links == ()


def test_claims_are_found_by_their_own_name_everywhere(crowd: Book, pool: WorkerPool) -> None:
    """Named claims are checked alone, and nothing is said to be covered by it."""
    outcomes = checks.check(crowd, ["late-3"], plugins="four_kinds", pool=pool)
    assert outcomes.run is not None and not outcomes.run.covers and outcomes.called == 1
    assert queries.basis(crowd.ledger.db) is None
    assert isinstance(crowd.find(Claim, "late-3"), Claim) and isinstance(crowd.find(Source, "minutes-1"), Source)
