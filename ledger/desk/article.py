"""An article's archived text: taken in, found again, and quoted from."""

from __future__ import annotations

from pathlib import Path

import attrs

from ..book import Book, Custody
from ..capture import Archive, Reader, Reading, read_file
from ..errors import InputError
from ..model import Agent, Anchor, Capture, Source, SourceKind
from ..store import Ledger, queries
from ..text import context, find, nearest, sentence_of, sentences

LONGEST_TITLE = 200

UNSAID = Custody()
"""Nothing is known of a copy but that it was read from a file, now, by who enters it."""


@attrs.frozen
class Text:
    """The visible text of an archived copy, with the hash that anchors name."""

    words: str = attrs.field(repr=False)
    sha256: str


@attrs.frozen
class Article:
    """A source with its archived text; `new` says whether this call recorded it."""

    source: Source
    text: Text
    new: bool


def take_in(
    book: Book,
    path: Path,
    *,
    id: str | None = None,
    title: str | None = None,
    publisher: Agent | None = None,
    author: Agent | None = None,
    published: str | None = None,
    reference_date: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """Record a text file as an article with its archived copy; the same text again is the same article."""
    reading = read_file(path)
    known = _source_of(book, reading.text_sha256)
    if known is not None:
        return Article(known, Text(reading.text, reading.text_sha256), new=False)
    with book.together():
        source = book.source(
            title or _headline(reading.text) or path.stem,
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
    return Article(source, Text(reading.text, reading.text_sha256), new=True)


def archive(
    book: Book, source: Source, reading: Reading, custody: Custody = UNSAID, *, note: str | None = None
) -> Capture:
    """Keep a reading's bytes and its visible text beside the ledger, and record the copy."""
    kept = Archive(book.ledger.archive)
    kept.put(reading.data)
    kept.put(reading.text.encode())
    return book.capture(source, reading, custody, note=note)


def text_of(ledger: Ledger, source: Source) -> Text | None:
    """Return a source's archived text, or None if none was archived or its bytes are not here.

    Raises InputError if the bytes beside the ledger are not those that were recorded.
    """
    reader = Reader(Archive(ledger.archive))
    for row in reversed(queries.rows(ledger.db, "captures", source=source.handle)):
        kept = queries.by_handle(ledger.db, row["id"])
        if kept is None or not isinstance(kept.record, Capture) or not kept.standing.stands:
            continue
        words = reader.text(kept.record)
        if words is not None and row["text_sha256"]:
            return Text(words, row["text_sha256"])
        if reader.holds(kept.record):
            raise InputError(
                "The archived copy is not what was recorded.", where=row["id"], hint="Run: factledger verify"
            )
    return None


def anchor(quote: str, text: Text, *, language: str | None = None) -> Anchor:
    """Return a quotation's place in a text.

    The words must stand there exactly, quotation marks, dashes and white space
    aside, and only once: raises InputError with a similar passage, or with the
    sentences in which they stand.
    """
    places = find(quote, text.words)
    spans = sentences(text.words)
    if not places:
        near = nearest(quote, text.words)
        hint = (
            f"Nearest, in sentence {sentence_of(spans, near)}: “{near.of(text.words)}”" if near else "Check the words."
        )
        raise InputError("These words are not in the text.", where="quotation", hint=hint)
    if len(places) > 1:
        numbers = ", ".join(str(sentence_of(spans, place)) for place in places)
        raise InputError(
            f"These words stand in the text {len(places)} times (sentences {numbers}).",
            where="quotation",
            hint="Quote a few words more.",
        )
    (place,) = places
    prefix, suffix = context(text.words, place)
    return Anchor(
        exact=place.of(text.words),
        prefix=prefix,
        suffix=suffix,
        start=place.start,
        end=place.end,
        text=text.sha256,
        language=language,
    )


def anchor_in(ledger: Ledger, source: Source, quote: str, *, language: str | None = None) -> Anchor:
    """Return a quotation's place in a source's archived text, or the bare words where none is archived."""
    text = text_of(ledger, source)
    return anchor(quote, text, language=language) if text else Anchor(exact=quote.strip(), language=language)


def sentence_number(text: Text, at: Anchor) -> int:
    """Return the 1-based number of the sentence in which an anchor begins."""
    places = find(at.exact, text.words)
    here = next((place for place in places if place.start == at.start), places[0])
    return sentence_of(sentences(text.words), here)


def _source_of(book: Book, text_sha256: str) -> Source | None:
    for row in queries.rows(book.ledger.db, "captures", text_sha256=text_sha256):
        return book.find(Source, row["source"])
    waiting = {record.uid: record for record in book.waiting}
    for record in book.waiting:
        if isinstance(record, Capture) and record.text_sha256 == text_sha256:
            source = waiting.get(record.source)
            return source if isinstance(source, Source) else None
    return None


def _headline(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= LONGEST_TITLE else ""
