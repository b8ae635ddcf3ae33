"""A run: what is recorded, and what is not recorded twice."""

from __future__ import annotations

import pytest

from ledger import checks, store
from ledger.book import Book
from ledger.model import Claim, Outcome, Relation, Run, Source, Verdict
from ledger.store import queries
from ledger.views import claim_view


@pytest.fixture
def bridge(book: Book) -> str:
    """A claim that one speaker carries."""
    with book.together():
        speaker = book.agent("Marta Quell")
        speech = book.source("Speech at the harbour", author=speaker)
        claim = book.claim("The bridge was closed in May.", id="bridge", occurred="2031-05")
        book.evidence(claim, speech)
    return claim.handle


def test_a_run_is_an_entry(book: Book, bridge: str) -> None:
    """A run records which checkers looked, at how long a log, at how many claims, and what they found."""
    size = queries.head(book.ledger.db).size
    outcomes = checks.check(book)
    (row,) = queries.rows(book.ledger.db, "runs")
    named = {name: version for name, _, version in (part.partition("@") for part in row["checkers"].split(", "))}
    assert {"copied-text", "corroboration", "date-order"} <= named.keys()
    assert all(named.values())
    assert (row["looked_at"], row["subjects"], row["covers"], row["recorded"]) == (size, 1, 1, 1)
    counted = sum(row[name] for name in ("warned", "failed", "abstained", "passed", "not_applicable"))
    assert counted == len(outcomes.found) > 2
    assert isinstance(queries.by_handle(book.ledger.db, row["id"]).record, Run)  # type: ignore[union-attr]


def test_unchanged_results_write_nothing_new(book: Book, bridge: str) -> None:
    """Nothing changed: nothing is recorded. Everything again: the run, of the same digest, and no result."""
    first = checks.check(book)
    size = queries.head(book.ledger.db).size
    second = checks.check(book)
    assert (first.changed, second.changed, second.run) == ((bridge,), (), None)
    assert queries.head(book.ledger.db).size == size
    third = checks.check(book, everything=True)
    assert (third.called, third.changed) == (1, ())
    assert queries.head(book.ledger.db).size == size + 1
    assert third.run is not None and first.run is not None
    assert third.run.digest == first.run.digest


def test_a_changed_result_replaces_the_set(book: Book, bridge: str) -> None:
    """A checker's new findings take the place of its earlier ones; the log keeps both."""
    checks.check(book)
    claim = book.get(bridge)
    other = book.source("Minutes of the port council")
    book.evidence(claim, other)  # type: ignore[arg-type]
    checks.check(book)
    codes = [
        found.finding.code for found in queries.findings(book.ledger.db, bridge) if found.checker == "corroboration"
    ]
    assert codes == ["independence_unknown"]
    results = [entry for entry in queries.entries(book.ledger.db) if entry.kind == "result.add"]
    assert len(results) == 2


def test_a_checker_that_is_not_there_any_more_is_marked(book: Book, bridge: str) -> None:
    """What it found stays on record, said to be from an earlier run; what others found is not marked."""
    checks.check(book)
    assert claim_view(book.ledger.db, bridge).idle == {}
    without = checks.check(book, everything=True, plugins="")
    found = {one.checker: one.at for one in queries.findings(book.ledger.db, bridge)}
    assert "corroboration" in found
    assert claim_view(book.ledger.db, bridge).idle == without.idle == found
    assert checks.check(book, everything=True).idle == {}
    assert claim_view(book.ledger.db, bridge).idle == {}


def test_what_a_checker_says_of_itself_is_recorded_once(book: Book, bridge: str) -> None:
    """A checker's card enters with the first run of that version, and not again."""
    checks.check(book)
    checks.check(book, everything=True)
    cards = [entry for entry in queries.entries(book.ledger.db) if entry.kind == "checker.add"]
    assert len(cards) == len({(card.content() or {})["handle"] for card in cards}) > 2


def test_the_axis_follows_the_recorded_result(book: Book, bridge: str) -> None:
    """A claim's corroboration is what the last recorded check said, and "not checked" before."""

    def axis() -> str:
        return str(queries.rows(book.ledger.db, "claims", id=bridge)[0]["corroboration"])

    assert axis() == "not_checked"
    checks.check(book)
    assert axis() == "single_origin"


def test_with_no_plugin_nothing_passes(book: Book, bridge: str) -> None:
    """A run without any plugin finds nothing, and the claim stays "not checked"."""
    outcomes = checks.check(book, plugins="")
    assert outcomes.found == ()
    assert queries.rows(book.ledger.db, "claims", id=bridge)[0]["corroboration"] == "not_checked"


def test_rebuilding_keeps_what_checks_found(book: Book, bridge: str) -> None:
    """Findings replay from the log like everything else."""
    checks.check(book)
    before = queries.rows(book.ledger.db, "findings")
    store.rebuild(book.ledger)
    assert queries.rows(book.ledger.db, "findings") == before
    assert {row["outcome"] for row in before} <= {outcome.value for outcome in Outcome}


def test_a_check_of_a_changed_record_is_on_record(book: Book, bridge: str) -> None:
    """The same findings on corrected words are recorded again: that somebody looked since then can be seen."""
    checks.check(book)
    book.correct(bridge, {"topic": "harbour"}, "It had none.")
    assert claim_view(book.ledger.db, bridge).stale
    assert checks.check(book).changed == (bridge,)
    assert not claim_view(book.ledger.db, bridge).stale


def test_more_than_nine_findings_are_the_same_the_next_time(book: Book, bridge: str) -> None:
    """Findings keep their order, however many a checker has."""
    draft = book.find(Claim, bridge)
    for day in range(10, 22):
        source = book.source(f"Bulletin of {day} April", published=f"2031-04-{day}")
        book.evidence(draft, source)
    assert checks.check(book).changed == (bridge,)
    assert checks.check(book).changed == ()


def test_a_change_behind_the_claim_makes_its_findings_stale(book: Book, bridge: str) -> None:
    """A new link behind a claim's sources shows that the check is of another state; a review does not."""
    checks.check(book)
    book.review(book.find(Claim, bridge), Verdict.SUPPORTED, "Her words are on record.")
    assert not claim_view(book.ledger.db, bridge).stale
    speech, minutes = book.find(Source, "Speech at the harbour"), book.source("Minutes of the port council")
    book.link(speech, Relation.CITES, minutes)
    assert claim_view(book.ledger.db, bridge).stale


def test_a_withdrawn_source_behind_the_trail_is_said(book: Book, bridge: str) -> None:
    """When what a source comes from is retracted, the check of the claim says so."""
    speech, minutes = book.find(Source, "Speech at the harbour"), book.source("Minutes of the port council")
    book.link(speech, Relation.CITES, minutes)
    book.retract(minutes.handle, "They were forged.")
    outcomes = checks.check(book)
    reasons = [finding.reason for _, checker, finding in outcomes.found if checker == "corroboration"]
    assert reasons[0].startswith("Its sources were withdrawn, or rest on withdrawn ones.")
