"""A further copy of a source, and what became of the words that were quoted from the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import attrs

from ..book import Book, Custody
from ..capture import ArchiveReader, Extraction
from ..model import Anchor, Capture, Evidence, Exclusion, Source
from ..store import Ledger, known_here, queries
from ..text import AnchorMatch, AnchorState, Span, locate, page_in, page_of
from .article import Text, archive


@attrs.frozen
class Drift:
    """Words that were recorded from an earlier copy, and what became of them in this one.

    `page` is the one on which they stand now, of a PDF, where that is not the one that was recorded.
    """

    evidence: Evidence
    claim: str
    place: AnchorMatch
    passage: str = ""
    """What stands where the words were found, or is most like them; empty where nothing is."""
    page: int | None = None

    @property
    def lost(self) -> bool:
        """Whether the words are no longer surely there."""
        return self.place.state in (AnchorState.AMBIGUOUS, AnchorState.MISSING)


R = TypeVar("R", Evidence, Exclusion)


@attrs.frozen
class PlacedPassage(Generic[R]):
    """A record with words of a source, and where they stand in one of its texts.

    `match` is None where nobody looked. `before` is the archived text that they were taken from, where that is another
    one and at hand.
    """

    record: R
    match: AnchorMatch | None
    before: str | None = attrs.field(default=None, repr=False)

    @property
    def anchor(self) -> Anchor:
        assert self.record.anchor is not None
        return self.record.anchor


@attrs.frozen
class NewCopy:
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
        return tuple(one for one in self.drift if one.lost)


def capture(book: Book, source: Source, reading: Extraction, custody: Custody, *, note: str | None = None) -> NewCopy:
    """Archive a copy of a source, and compare it with what was quoted from the copies before.

    No evidence is changed: recorded words stay anchored in the text they were taken from. The same bytes as the last
    copy's are not recorded again, unless they could not be read then and can be now.
    """
    earlier = copies_of(book.ledger, source)
    last = earlier[-1] if earlier else None
    read_now = reading.extractor is not None and last is not None and last.extractor is None
    if last is not None and last.sha256 == reading.sha256 and not read_now:
        return NewCopy(last, earlier[-2] if len(earlier) > 1 else None, new=False)
    found = tuple(drift(book.ledger, source, Text.of(reading, source))) if reading.extractor else ()
    return NewCopy(archive(book, source, reading, custody, note=note), last, found)


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
    reader = ArchiveReader.of(ledger)
    for copy in copies_of(ledger, seen.record) if isinstance(seen.record, Source) else ():
        if copy.text_sha256 == anchor.text and (found := reader.in_bytes(copy, anchor.start, anchor.end)):
            return copy, *found
    return None


def drift(ledger: Ledger, source: Source, text: Text) -> Iterator[Drift]:
    """Yield what became, in a text of this source, of every quotation taken from another text of it."""
    others = (item for item in quoted_from(ledger, source) if item.anchor and item.anchor.text != text.sha256)
    for one in placed(ledger, source, text, others):
        assert one.match is not None
        where = one.match.span or one.match.nearest
        passage = where.of(text.words) if where else ""
        page = another_page(one.anchor, one.match, text.pages)
        yield Drift(one.record, queries.handle(ledger.db, one.record.claim), one.match, passage, page)


def placed(
    ledger: Ledger, source: Source, text: Text, records: Iterable[R], *, most: int | None = None
) -> Iterator[PlacedPassage[R]]:
    """Yield where the words of records that were taken from a source stand in a text of it.

    `most` bounds the characters that are looked through for words of other texts: once it is reached, their match is
    None.
    """
    reader = ArchiveReader.of(ledger)
    copies = {copy.text_sha256: copy for copy in copies_of(ledger, source)}
    for record in records:
        anchor = record.anchor
        if anchor is None:
            continue
        if anchor.text == text.sha256:
            yield PlacedPassage(record, match_in(text, anchor))
            continue
        if most is not None:
            most -= len(text.words)
            if most < 0:
                yield PlacedPassage(record, None)
                continue
        earlier = copies.get(anchor.text) if anchor.text else None
        before = reader.text(earlier) if earlier else None
        yield PlacedPassage(record, match_in(text, anchor, before), before)


def match_in(text: Text, anchor: Anchor, before: str | None = None) -> AnchorMatch:
    """Return where an anchor's words stand in a text: where they were recorded, if they were taken from this one."""
    if anchor.text == text.sha256 and anchor.start is not None and anchor.end is not None:
        span = Span(anchor.start, anchor.end)
        if text.words[anchor.start : anchor.end] == anchor.exact:
            return AnchorMatch(AnchorState.EXACT, span, (span,))
    return locate(anchor, text.words, before=before, tag=text.language)


def another_page(anchor: Anchor, place: AnchorMatch, pages: Sequence[Span]) -> int | None:
    """Return the page on which words surely stand in a PDF with these pages, if another was recorded for them."""
    stated = page_in(anchor.fragment)
    if place.span is None or stated is None or not pages:
        return None
    now = page_of(pages, place.span.start)
    return now if now != stated else None


def quoted_from(ledger: Ledger, source: Source) -> Iterator[Evidence]:
    """Yield the standing evidence whose exact words were seen in a source."""
    seen = queries.rows(ledger.db, "evidence", seen_in=source.handle)
    carried = [row for row in queries.rows(ledger.db, "evidence", source=source.handle) if not row["seen_in"]]
    for row in (*seen, *carried):
        kept = queries.by_handle(ledger.db, row["id"]) if row["quote"] else None
        if kept is not None and kept.standing.stands and isinstance(kept.record, Evidence) and kept.record.anchor:
            yield kept.record


def excluded_from(db: Any, source: Source) -> tuple[Exclusion, ...]:
    """Return what a person said of passages of a source that need no claim, as far as it stands."""
    found = (queries.by_handle(db, row["id"]) for row in queries.rows(db, "exclusions", source=source.handle))
    return tuple(kept.record for kept in found if kept and kept.standing.stands and isinstance(kept.record, Exclusion))
