"""An article's archived text: taken in, found again, and quoted from."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import attrs

from ..book import Book, Custody
from ..capture import Archive, ArchiveReader, Extraction, asides, read_file, text_hash
from ..errors import InputError
from ..model import Agent, Anchor, Capture, Source, SourceKind
from ..store import Ledger, known_here, queries
from ..text import (
    Comparison,
    Fragment,
    Span,
    Tokens,
    compare,
    context,
    fragment,
    has_pages,
    page_of,
    pages,
    sentence_of,
    sentences,
)
from ..text.languages import tag_of

UNSAID = Custody()
"""Nothing is known of a copy but that it was read from a file, now, by who enters it."""


@attrs.frozen
class Text:
    """The visible text of an archived copy, the hash that anchors name, and its language, if anything tells."""

    words: str = attrs.field(repr=False)
    sha256: str
    extractor: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, reading: Extraction, source: Source | None = None) -> Text:
        """Return what was read just now, of this source if it is on record."""
        recorded = source.language if source else None
        tag = tag_of(reading.text, recorded=recorded, declared=reading.language)
        return cls(reading.text, text_hash(reading.text), reading.extractor, tag)

    @cached_property
    def pages(self) -> tuple[Span, ...]:
        """The pages of a PDF; none of any other document, nor where it is not known where they begin."""
        return pages(self.words) if has_pages(self.extractor) else ()


@attrs.frozen
class ArchivedArticle:
    """A source with its archived text; `new` says whether this call recorded it."""

    source: Source
    text: Text
    new: bool


def take_in(
    book: Book,
    path: Path | Extraction,
    *,
    id: str | None = None,
    title: str | None = None,
    publisher: Agent | None = None,
    author: Agent | None = None,
    published: str | None = None,
    reference_date: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> ArchivedArticle:
    """Record a text file, or what was read from one, as an article with its copy; the same text is the same article."""
    reading = read_file(path) if isinstance(path, Path) else path
    known = taken_in(book, reading)
    if known is not None:
        return known
    with book.together():
        source = book.source(
            title or reading.title or Path(reading.file_name or "article").stem,
            id=id,
            kind=SourceKind.ARTICLE,
            publisher=publisher,
            author=author,
            published=published,
            reference_date=reference_date,
            url=url,
            language=language,
        )
        archive(book, source, reading)
    return ArchivedArticle(source, Text.of(reading, source), new=True)


def taken_in(book: Book, reading: Extraction) -> ArchivedArticle | None:
    """Return the article that was recorded of this text, or of these bytes; None if none was."""
    known = _source_of(book, "text_sha256", text_hash(reading.text)) if reading.extractor else None
    if known is not None:
        return ArchivedArticle(known, Text.of(reading, known), new=False)
    known = _source_of(book, "sha256", reading.sha256)  # whatever another extractor read in it
    if known is not None:
        return ArchivedArticle(known, text_of(book.ledger, known) or Text.of(reading, known), new=False)
    return None


def archive(
    book: Book, source: Source, reading: Extraction, custody: Custody = UNSAID, *, note: str | None = None
) -> Capture:
    """Keep a reading's bytes and its visible text beside the ledger, and record the copy."""
    if not book.rehearsing:
        kept = Archive.of(book.ledger)
        kept.put(reading.data)
        if reading.extractor is not None:
            kept.put(reading.text.encode())
    return book.capture(source, reading, custody, note=note)


def text_of(ledger: Ledger, source: Source) -> Text | None:
    """Return a source's archived text, or None if none was archived or its bytes are not here.

    Raises InputError if the bytes beside the ledger are not those that were recorded.
    """
    rows = queries.rows(ledger.db, "captures", source=source.handle)
    if not rows:
        return None  # the archive need not be looked for
    reader = ArchiveReader.of(ledger)
    found = (queries.by_handle(ledger.db, row["id"]) for row in reversed(rows))
    for kept in known_here(ledger.db, filter(None, found)):
        copy = kept.record
        if not isinstance(copy, Capture) or not kept.standing.stands or copy.extractor is None:
            continue
        words = reader.text(copy)
        if words is not None and copy.text_sha256:
            return Text(words, copy.text_sha256, copy.extractor, reader.language(source, copy, words))
        if reader.holds(copy):
            raise InputError(
                "The archived copy is not what was recorded.", where=copy.handle, hint="Run: factledger verify"
            )
    return None


def asides_in(reading: Extraction) -> tuple[Span, ...] | None:
    """Return the lines of what was read just now that are none of its article (see `capture.asides`)."""
    return asides(reading.data, reading.extractor, charset=reading.encoding, where=reading.file_name or "page")


def asides_of(ledger: Ledger, source: Source) -> tuple[Span, ...] | None:
    """Return the lines of a source's archived text that are none of its article (see `capture.asides`)."""
    text = text_of(ledger, source)
    for row in queries.rows(ledger.db, "captures", source=source.handle) if text else ():
        kept = queries.by_handle(ledger.db, row["id"])
        if kept and isinstance(kept.record, Capture) and text and kept.record.text_sha256 == text.sha256:
            return ArchiveReader.of(ledger).asides(kept.record)
    return ()


def anchor(quote: str | None, text: Text, *, language: str | None = None, at: str | None = None) -> Anchor:
    """Return a quotation's place in a text, or a place alone; `at` is a page or another place, as people write it.

    The words must stand there as `compare` understands it, and only once, or once
    on the page that is given: raises InputError with a similar passage, with the
    sentences in which they stand, or with the page that they are on. The text's
    own words are recorded; where those given have marks, or another spelling, they
    are kept as given, and `start` and `end` lead to the passage that they stand
    for. In a PDF, words that are quoted get their page.
    """
    stated = fragment(at) if at is not None else None
    if stated is not None:
        _require_held(stated, text)
    if quote is None or not quote.strip():
        return unarchived(None, at=at)
    place = _with_stop(quote, _found(quote, text, stated.page if stated else None), text)
    found = anchor_at(place, text, language=language)
    exact = _recorded(quote, found.exact)
    return attrs.evolve(found, exact=exact, fragment=str(stated) if stated else found.fragment)


def anchor_at(place: Span, text: Text, *, language: str | None = None) -> Anchor:
    """Return the words that stand at a place of a text, with the page of a PDF."""
    prefix, suffix = context(text.words, place)
    return Anchor(
        exact=place.of(text.words),
        prefix=prefix,
        suffix=suffix,
        start=place.start,
        end=place.end,
        text=text.sha256,
        language=language,
        fragment=str(Fragment(page=page_of(text.pages, place.start))) if text.pages else None,
    )


def unarchived(quote: str | None, *, language: str | None = None, at: str | None = None) -> Anchor:
    """Return words that no archived text holds, with their place; or a place alone, which has no language."""
    place = str(fragment(at)) if at is not None else None
    if quote is None or not quote.strip():
        if place is None:
            raise InputError(
                "Neither words nor a place is given.", where="quotation", hint="Give one, or leave it out."
            )
        return Anchor("", fragment=place)
    return Anchor(exact=quote.strip(), language=language, fragment=place)


def anchor_in(
    ledger: Ledger, source: Source, quote: str | None, *, language: str | None = None, at: str | None = None
) -> Anchor:
    """Return a quotation's place in a source's archived text, or the bare words where none is archived."""
    text = text_of(ledger, source)
    return anchor(quote, text, language=language, at=at) if text else unarchived(quote, language=language, at=at)


def _require_held(place: Fragment, text: Text) -> None:
    """Raise InputError if a place cannot be in the archived copy: a page that it does not have, a time in a PDF."""
    if not text.pages:
        return
    if place.page is None:
        raise InputError("A PDF has pages and no such place.", where="at", hint="Write: page=1")
    if place.page > len(text.pages):
        count = f"{len(text.pages):,} pages" if len(text.pages) > 1 else "one page"
        raise InputError(
            f"The archived PDF has {count}, and no page {place.page}.",
            where="at",
            hint="Pages count from 1, the first of the file, whatever is printed on them.",
        )


def _with_stop(quote: str, place: Span, text: Text) -> Span:
    """Return a place with the stops that a quotation ends with, as far as they stand there as well."""
    end = place.end
    for mark in re.sub(r".*\w", "", quote.strip().strip('"”“'), flags=re.DOTALL):
        if text.words[end : end + 1] != mark:
            break
        end += 1
    return Span(place.start, end)


def _recorded(quote: str, passage: str) -> str:
    """Return the words to record: the text's own, if its passage has the words that were given and no others."""
    return passage if Tokens(passage).keys == Tokens(quote).keys else quote.strip()


def compared(text: Text, at: Anchor) -> Comparison:
    """Return how the words of an anchor stand to the text they were taken from."""
    return compare(at.exact, text.words, text.language)


def _found(quote: str, text: Text, page: int | None) -> Span:
    """Return where the words stand, on this page if one is given and the text says where its pages begin."""
    found, spans = compare(quote, text.words, text.language), sentences(text.words, text.language)
    places = found.places
    if not found.fidelity.stands:
        near = found.span
        hint = (
            f"Nearest, in sentence {sentence_of(spans, near)}: “{near.of(text.words)}”" if near else "Check the words."
        )
        raise InputError("These words are not in the text.", where="quotation", hint=hint)
    on = {place: page_of(text.pages, place.start) for place in places} if text.pages else {}
    if page is not None and on:
        if page not in on.values():
            there = ", ".join(map(str, sorted(set(on.values()))))
            raise InputError(
                f"These words are on page {there}, not on page {page}.",
                where="at",
                hint="Leave it out, or say on which of them." if "," in there else "Leave it out, or write that page.",
            )
        places = tuple(place for place in places if on[place] == page)
    if len(places) > 1:
        numbers = ", ".join(str(sentence_of(spans, place)) for place in places)
        raise InputError(
            f"These words stand in the text {len(places)} times (sentences {numbers}).",
            where="quotation",
            hint="Quote a few words more"
            + (", or give their page." if len(set(on.values())) > 1 and not page else "."),
        )
    return places[0]


def sentence_number(text: Text, at: Anchor) -> int:
    """Return the 1-based number of the sentence in which an anchor begins."""
    start = at.start or 0
    return sentence_of(sentences(text.words, text.language), Span(start, start))


def _source_of(book: Book, field: str, digest: str) -> Source | None:
    """Return the source of a copy with this hash, of its bytes or of its text."""
    for row in queries.rows(book.ledger.db, "captures", **{field: digest}):
        return book.find(Source, row["source"])
    waiting = {record.uid: record for record in book.waiting}
    for record in book.waiting:
        if isinstance(record, Capture) and getattr(record, field) == digest:
            source = waiting.get(record.source)
            return source if isinstance(source, Source) else None
    return None
