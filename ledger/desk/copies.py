"""A further copy of a source, and what became of the words that were quoted from the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ..book import Book, Custody
from ..capture import Reader, Reading
from ..model import Anchor, Capture, Evidence, Source
from ..store import Kept, Ledger, known_here, queries
from ..text import Place, Span, State, locate, page_in, page_of
from .article import Text, archive


@attrs.frozen
class Drift:
    """Words that were recorded from an earlier copy, and what became of them in this one.

    `page` is the one on which they stand now, of a PDF, where that is not the one that was recorded.
    """

    evidence: Evidence
    claim: str
    place: Place
    passage: str = ""
    """What stands where the words were found, or is most like them; empty where nothing is."""
    page: int | None = None


@attrs.frozen
class Taken:
    """A copy that was taken: its record, the earlier copy, and what became of each quotation.

    `new` is False where the same bytes were archived before.
    """

    capture: Capture
    before: Capture | None
    drift: tuple[Drift, ...] = ()
    new: bool = True

    @property
    def same_text(self) -> bool:
        """Whether the visible text is that of the copy before."""
        return self.before is not None and self.before.text_sha256 == self.capture.text_sha256

    @property
    def lost(self) -> tuple[Drift, ...]:
        """Quotations that are no longer surely there."""
        return tuple(one for one in self.drift if one.place.state in (State.AMBIGUOUS, State.MISSING))


def capture(book: Book, source: Source, reading: Reading, custody: Custody, *, note: str | None = None) -> Taken:
    """Archive a copy of a source, and compare it with what was quoted from the copies before.

    No evidence is changed: recorded words stay anchored in the text they were taken from. The same bytes as the last
    copy's are not recorded again.
    """
    earlier = copies_of(book.ledger, source)
    last = earlier[-1] if earlier else None
    if last is not None and last.sha256 == reading.sha256:
        return Taken(last, earlier[-2] if len(earlier) > 1 else None, new=False)
    found = tuple(drift(book.ledger, source, Text.of(reading)))
    return Taken(archive(book, source, reading, custody, note=note), last, found)


def copies_of(ledger: Ledger, source: Source) -> list[Capture]:
    """Return the archived copies of a source that stand, oldest first."""
    rows = queries.rows(ledger.db, "captures", source=source.handle)
    found = known_here(ledger.db, filter(None, (queries.by_handle(ledger.db, row["id"]) for row in rows)))
    return [kept.record for kept in found if kept.standing.stands and isinstance(kept.record, Capture)]


def bytes_of(ledger: Ledger, evidence: Evidence) -> tuple[Capture, int, int] | None:
    """Return the copy that a quotation was taken from, and the (start, end) of its bytes that hold the words.

    None where the words stand in no archived text, or where the way back to the bytes is not known (PDF).
    """
    anchor, seen = evidence.anchor, queries.kept(ledger.db, evidence.seen_in or evidence.source)
    if anchor is None or anchor.start is None or anchor.end is None or seen is None:
        return None
    reader = Reader.of(ledger)
    for copy in copies_of(ledger, seen.record) if isinstance(seen.record, Source) else ():
        if copy.text_sha256 == anchor.text and (found := reader.in_bytes(copy, anchor.start, anchor.end)):
            return copy, *found
    return None


def drift(ledger: Ledger, source: Source, text: Text) -> Iterator[Drift]:
    """Yield what became, in a text of this source, of every quotation taken from another text of it."""
    reader = Reader.of(ledger)
    before = {copy.text_sha256: copy for copy in copies_of(ledger, source)}
    for kept in quoted_from(ledger, source):
        item = kept.record
        assert isinstance(item, Evidence) and item.anchor is not None
        if item.anchor.text == text.sha256:
            continue
        earlier = before.get(item.anchor.text) if item.anchor.text else None
        place = locate(item.anchor, text.words, before=reader.text(earlier) if earlier else None)
        where = place.span or place.nearest
        passage = where.of(text.words) if where else ""
        page = another_page(item.anchor, place, text.pages)
        yield Drift(item, queries.handle(ledger.db, item.claim), place, passage, page)


def another_page(anchor: Anchor, place: Place, pages: Sequence[Span]) -> int | None:
    """Return the page on which words surely stand in a PDF with these pages, if another was recorded for them."""
    stated = page_in(anchor.fragment)
    if place.span is None or stated is None or not pages:
        return None
    now = page_of(pages, place.span.start)
    return now if now != stated else None


def quoted_from(ledger: Ledger, source: Source) -> Iterator[Kept]:
    """Yield the standing evidence whose exact words were seen in a source."""
    seen = queries.rows(ledger.db, "evidence", seen_in=source.handle)
    carried = [row for row in queries.rows(ledger.db, "evidence", source=source.handle) if not row["seen_in"]]
    for row in (*seen, *carried):
        kept = queries.by_handle(ledger.db, row["id"]) if row["quote"] else None
        if kept is not None and kept.standing.stands and isinstance(kept.record, Evidence) and kept.record.anchor:
            yield kept
