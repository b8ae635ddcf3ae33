"""Whether what was captured still stands at its address: what is due to be looked at, and what a look found.

Looking goes online, and only where a person says so. What was found enters the ledger as a search: who looked where,
when, and what came of it. A page that changed is told, and not archived: that is another decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import attrs

from ..book import Book
from ..capture.fetch import AddressState, Fetched, Probe
from ..errors import LedgerError
from ..model import Capture, Inquiry, InquiryState, Source
from ..store import Ledger, queries
from .copies import copies_of
from .pages import is_rendered, page_of

QUESTION = "Does the source still stand at its address?"
"""What such a search asks: by this, and the address, it is found again."""

ANSWER = {
    AddressState.UNCHANGED: InquiryState.ANSWERED,
    AddressState.CHANGED: InquiryState.ANSWERED,
    AddressState.ALIVE: InquiryState.ANSWERED,
    AddressState.MOVED: InquiryState.ANSWERED,
    AddressState.GONE: InquiryState.NOT_FOUND,
    AddressState.SOFT_404: InquiryState.NOT_FOUND,
    AddressState.REFUSED: InquiryState.DECLINED,
    AddressState.ROBOTS: InquiryState.DECLINED,
    AddressState.UNREACHABLE: InquiryState.NO_ANSWER,
    AddressState.NOT_FETCHED: InquiryState.NO_ANSWER,
}

SAID = {
    AddressState.UNCHANGED: "It stands there, with the same words.",
    AddressState.CHANGED: "A page stands there, and its words are others than in the copy.",
    AddressState.ALIVE: "A page stands there; no copy is archived of what its server sends, to compare it with.",
    AddressState.MOVED: "It stands at another address now.",
    AddressState.GONE: "The server says that there is no such page.",
    AddressState.SOFT_404: "The server shows a page that says “not found”, or its front page.",
    AddressState.REFUSED: "The server answers, and does not show the page.",
    AddressState.UNREACHABLE: "No whole answer came; it may be back tomorrow.",
    AddressState.ROBOTS: "robots.txt asks not to look, so nothing is known.",
    AddressState.NOT_FETCHED: "The address is none of the public web, or leads off it.",
}


@attrs.frozen
class WatchedSource:
    """A source with an address: its newest copy, when somebody last looked or archived, and what was found."""

    source: Source
    copy: Capture | None
    looked: str | None
    found: str
    due: bool

    @property
    def url(self) -> str:
        """The address that the newest copy was fetched from, or that of the source."""
        return (self.copy.url if self.copy else None) or self.source.url or ""


@attrs.frozen
class AddressCheck:
    """What a look at an address found, and the search that was recorded of it."""

    watched: WatchedSource
    probe: Probe
    record: Inquiry


def watched(ledger: Ledger, *, every: Callable[[Source], timedelta | None]) -> Iterator[WatchedSource]:
    """Yield every standing source that has an address; due is one that nobody looked at for so long (None: never)."""
    now = ledger.environment.clock()
    for handle in queries.source_handles(ledger.db):
        kept = queries.by_handle(ledger.db, handle)
        if kept is None or not kept.standing.stands or not isinstance(kept.record, Source):
            continue
        source, copies = kept.record, copies_of(ledger, kept.record)
        copy = copies[-1] if copies else None
        url = (copy.url if copy else None) or source.url
        if not url:
            continue
        looks = [row for row in queries.rows(ledger.db, "inquiries", searched=url) if row["question"] == QUESTION]
        times = [row["added"] for row in looks] + ([_added(ledger, copy)] if copy else [])
        looked = max(times, default=None)
        after = every(source)
        due = after is not None and (looked is None or datetime.fromisoformat(looked) < now - after)
        yield WatchedSource(source, copy, looked, looks[-1]["note"] or "" if looks else "", due)


def look(book: Book, items: Sequence[WatchedSource], *, probe: Callable[..., Probe]) -> Iterator[AddressCheck]:
    """Look at each address with `probe` and record what was found; yield one by one, as they come in."""
    for item in items:
        copy = None if item.copy and is_rendered(item.copy) else item.copy
        found = probe(item.url, sha256=copy.sha256, same_text=same_text(copy)) if copy else probe(item.url)
        yield AddressCheck(item, found, record_look(book, item, found))


def record_look(book: Book, item: WatchedSource, found: Probe) -> Inquiry:
    """Record a look as the search that it is, and return that."""
    said = SAID[found.state] + (f" {found.final_url}" if found.state is AddressState.MOVED else "")
    return book.inquiry(
        QUESTION,
        searched=item.url,
        asked_on=found.probed_at.strftime("%Y-%m-%d"),
        state=ANSWER[found.state],
        seen_in=item.source,
        note=f"{said} ({found.message})" if found.message else said,
    )


def same_text(copy: Capture) -> Callable[[Fetched], bool]:
    """Return what says whether a page shows the words of a copy."""

    def same(page: Fetched) -> bool:
        try:
            return page_of(page).reading.text_sha256 == copy.text_sha256
        except LedgerError:
            return False

    return same


def _added(ledger: Ledger, copy: Capture) -> str:
    kept = queries.by_handle(ledger.db, copy.handle)
    return kept.added if kept else ""
