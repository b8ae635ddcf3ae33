"""Every explanation of a conflict in time is minimal: each record it names is dropped in turn."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import pytest
from factledger_checkers.date_order import DateOrder
from factledger_checkers.event_order import EventOrder
from factledger_checkers.published_before_event import PublishedBeforeEvent
from hypothesis import given
from hypothesis import strategies as st

from ledger import Outcome, Relation
from ledger.checker import Finder
from ledger.model import Claim, Evidence, Link, Order, Record, Source
from ledger.testing import Case

CHECKERS = (DateOrder(), PublishedBeforeEvent(), EventOrder())
DATES = [None, "2031-05-02", "2031-05-04", "2031-05", "2031-05-03~", "XXXX-05-02", "2031-05-01/2031-05-03", "2030"]
EVENTS = ["strike", "vote", "storm", "speech"]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A claim, sources that come from one another, and claims that order events, dated as it happens."""
    case = Case("The bridge was closed.", id="main", occurred=draw(st.sampled_from(DATES)))
    sources = [case.source(f"Paper {number}", published=draw(st.sampled_from(DATES))) for number in range(4)]
    pairs = st.tuples(st.integers(0, 3), st.integers(0, 3))
    for later, earlier in draw(st.lists(pairs, max_size=5)):
        if later != earlier:
            case.link(sources[later], Relation.CITES, sources[earlier])
    for carrier, seen in draw(st.lists(pairs, max_size=3)):
        case.evidence(sources[carrier], seen_in=sources[seen] if seen != carrier else None)
    for name in EVENTS:
        case.another_claim(f"There was a {name}.", id=name, occurred=draw(st.sampled_from(DATES)))
    for number, (first, then) in enumerate(draw(st.lists(pairs, max_size=5))):
        if first != then:
            order = Order(EVENTS[first], EVENTS[then], most_days=draw(st.sampled_from([None, 0, 400])))
            case.another_claim(f"Order {number}", id=f"order-{number}", order=order)
    return case


def only(case: Case, keep: Iterable[str]) -> Case:
    """Return the case with every other record silent: without its dates, its order, its step."""
    kept, silent = set(keep), Case("The bridge was closed.", id="main")
    silent._records = {uid: _silent(record) if uid not in kept else record for uid, record in case._records.items()}
    silent._records = {uid: record for uid, record in silent._records.items() if record is not None}
    return silent


def _silent(record: Record) -> Record | None:
    if isinstance(record, (Link, Evidence)):
        return None
    if isinstance(record, Source):
        return attrs.evolve(record, published=None)
    return attrs.evolve(record, occurred=None, order=None) if isinstance(record, Claim) else record


def fails(case: Case, checker: Finder) -> bool:
    return Outcome.FAIL in [finding.outcome for finding in case.findings(checker)]


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
@given(case=cases())
def test_without_any_one_record_the_rest_is_consistent(checker: Finder, case: Case) -> None:
    """What a finding names is a problem by itself; drop each record in turn, and none is left."""
    for finding in case.findings(checker):
        if finding.outcome is Outcome.FAIL:
            assert fails(only(case, finding.cites), checker), finding.reason
            for uid in finding.cites:
                assert not fails(only(case, set(finding.cites) - {uid}), checker), (finding.reason, uid)
