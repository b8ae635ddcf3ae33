"""Sources that a house watches: which are due for a further copy, and what a visit to each came to.

A copy is archived only where the words changed. Any other visit is recorded as a search, as `link-rot` does, so that
each visit, by whichever command, counts for both. What a visit found is recorded before the next begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum

import attrs

from ..book import Book
from ..capture.fetch import AddressRefused, AddressState, NotFetched, Probe, not_there
from ..errors import InputError, LedgerError, did_you_mean
from ..model import Agent, Source
from ..policy import QUOTED, Policy
from ..store import Ledger, queries
from .article import text_of
from .copies import Drift, NewCopy, capture, drift, quoted_from
from .pages import FetchedPage, is_rendered, page_of
from .rot import WatchedSource, record_look, same_text, watched

EARLY = 0.05
"""The part of its time by which a look may come early: what is started daily is not skipped every other day."""

THERE = (AddressState.ALIVE, AddressState.CHANGED, AddressState.MOVED)
"""What may stand at an address that is worth a copy."""

LOST = (AddressState.GONE, AddressState.SOFT_404)


class WatchOutcome(IntEnum):
    """What a visit came to, the gravest first."""

    DRIFTED = 0
    """Words that were quoted are no longer surely there."""
    GONE = 1
    """The page is no longer there."""
    CHANGED = 2
    """Other words, and all that was quoted stands."""
    FIRST = 3
    """There was no copy before."""
    UNCHANGED = 4
    NOT_REACHED = 5
    """Nothing is known: no answer, a refusal, or it may not be asked."""


@attrs.frozen
class WatchVisit:
    """A visit to a watched source: what it came to, the copy if one was taken, and why nothing is known."""

    watched: WatchedSource
    outcome: WatchOutcome
    taken: NewCopy | None = None
    why: str = ""


@attrs.frozen
class Brought:
    """What came of a visit before anything of it is recorded: `page` only where it may be another than the copy."""

    probe: Probe
    page: FetchedPage | None = None


def due(ledger: Ledger, policy: Policy) -> Iterator[WatchedSource]:
    """Yield what a house's policy wants looked at again now; raise InputError if it names what the ledger has not."""
    return _watched(ledger, policy)


def drifted(ledger: Ledger, policy: Policy) -> Iterator[tuple[Source, Drift]]:
    """Yield words of watched sources that the newest copy no longer surely has, unless the claim was decided since."""
    for one in _watched(ledger, policy, every=True):
        text = text_of(ledger, one.source)
        copy = queries.by_handle(ledger.db, one.copy.handle) if one.copy else None
        for lost in drift(ledger, one.source, text) if text else ():
            (claim,) = queries.rows(ledger.db, "claims", id=lost.claim)
            if copy and lost.lost and (claim["decided"] or "") < copy.added:
                yield one.source, lost


def visit(
    book: Book,
    items: Sequence[WatchedSource],
    *,
    probe: Callable[..., Probe],
    render: Callable[[str], FetchedPage],
) -> Iterator[WatchVisit]:
    """Visit sources one after the other and record what each visit found; yield each as it is recorded.

    `probe` looks at an address, `render` has a browser draw the page of one, for sources whose newest copy was made so.
    """
    for item in items:
        try:
            rendered = item.copy is not None and is_rendered(item.copy)
            brought = _rendered(item, render) if rendered else _fetched(item, probe)
        except LedgerError as error:  # of this machine: it says nothing of the page, which stays due
            yield WatchVisit(item, WatchOutcome.NOT_REACHED, why=str(error))
            continue
        yield _recorded(book, item, brought)


def _watched(ledger: Ledger, policy: Policy, *, every: bool = False) -> Iterator[WatchedSource]:
    """Yield the sources that a policy has rules for; with `every`, also those that are not due."""
    rules = policy.watch
    _require_known(ledger, policy)
    if not any(rules.values()):
        return

    def after(source: Source) -> timedelta | None:
        publisher = queries.handle(ledger.db, source.publisher) if source.publisher else ""
        named = next((name for name in (source.handle, publisher) if name in rules), None)
        if named is None and rules.get(QUOTED) and next(quoted_from(ledger, source), None) is not None:
            named = QUOTED
        time = rules[named] if named else None
        return None if time is None else time * (1 - EARLY)

    yield from (one for one in watched(ledger, every=after) if one.due or (every and after(one.source)))


def _require_known(ledger: Ledger, policy: Policy) -> None:
    for name in policy.watch:
        kept = None if name == QUOTED else queries.by_handle(ledger.db, name)
        if name != QUOTED and (kept is None or not isinstance(kept.record, Source | Agent)):
            known = [*queries.names(ledger.db, "source"), *queries.names(ledger.db, "agent")]
            raise InputError(
                f"The policy watches {name!r}, and no source or publisher is called so.",
                where="[watch]",
                hint=did_you_mean(name, dict.fromkeys(known, "")) or "See: factledger list sources",
            )


def _fetched(item: WatchedSource, probe: Callable[..., Probe]) -> Brought:
    copy = item.copy
    found = probe(item.url, sha256=copy.sha256, same_text=same_text(copy)) if copy else probe(item.url)
    if found.page is None or found.state not in THERE or found.same_bytes or found.same_text:
        return Brought(found)
    try:
        return Brought(found, page_of(found.page))
    except InputError as error:  # a page that shows no words is none that can be compared
        return Brought(attrs.evolve(found, state=AddressState.UNREACHABLE, message=str(error)))


def _rendered(item: WatchedSource, render: Callable[[str], FetchedPage]) -> Brought:
    try:
        page = render(item.url)
    except (AddressRefused, NotFetched) as error:
        return Brought(not_there(item.url, error))
    assert item.copy is not None
    same = page.reading.text_sha256 == item.copy.text_sha256
    state = AddressState.UNCHANGED if same else AddressState.CHANGED
    found = Probe(item.url, state, datetime.now(UTC), page.custody.url or item.url, same_text=same)
    return Brought(found, None if same else page)


def _recorded(book: Book, item: WatchedSource, brought: Brought) -> WatchVisit:
    if brought.page is not None:
        taken = capture(book, item.source, brought.page.reading, brought.page.custody)
        outcome = WatchOutcome.FIRST if item.copy is None else WatchOutcome.CHANGED
        return WatchVisit(item, WatchOutcome.DRIFTED if taken.lost else outcome, taken)
    found = brought.probe
    record = record_look(book, item, found)
    if found.state in LOST:
        return WatchVisit(item, WatchOutcome.GONE, why=record.note or "")
    if found.state in (AddressState.UNCHANGED, AddressState.MOVED):
        return WatchVisit(item, WatchOutcome.UNCHANGED)
    return WatchVisit(item, WatchOutcome.NOT_REACHED, why=record.note or "")
