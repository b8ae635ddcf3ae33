"""An article as it is read: from a document, or from what is archived of a source on record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .. import desk
from ..dates import BadDate, parse
from ..errors import InputError
from ..model import Agent, Source
from ..reader import Article
from ..text import language

if TYPE_CHECKING:
    from ..capture import Extraction
    from ..store import Ledger

_LEADS = re.compile(r"\s*(?:[A-Z][A-Z.,'’ -]*|(?:Published|Posted|Updated|Date|On)\b:?)?\s*(?:\w+day,? )?")
_ENDS = re.compile(r"\s*(?:$|[-–—(|,])")
"""What stands before and after the date of a plain text in its line: "NORVIK, 3 May 2031 (Coastwire) -"."""


def article_of(extraction: Extraction, *, language: str | None = None, published: str | None = None) -> Article:
    """Return an article as it was read from a document, with what this says of itself; what is given counts more.

    Raises InputError for a date that is none.
    """
    said = {one.field: one.value for one in reversed(extraction.suggestions)}
    return attrs.evolve(
        _article(extraction.text, language or said.get("language"), published),
        title=extraction.title,
        published=published or _published(extraction),
        author=said.get("author"),
        publisher=said.get("publisher"),
        url=said.get("address"),
    )


def article_on_record(
    ledger: Ledger, source: Source, *, language: str | None = None, published: str | None = None
) -> Article:
    """Return an article as it is on record; raise InputError if no text of it is archived here."""
    from ..timeline import out_on

    text = desk.text_of(ledger, source)
    if text is None:
        raise InputError("No archived text is here.", where=source.handle, hint="Archive it: factledger article FILE")
    author, publisher = (_name(ledger, uid) for uid in (source.author, source.publisher))
    return attrs.evolve(
        _article(text.words, language or source.language, published),
        title=source.title,
        published=published or out_on(source),
        author=author,
        publisher=publisher,
        url=source.url,
    )


def _name(ledger: Ledger, uid: str | None) -> str | None:
    from ..store import queries

    kept = queries.kept(ledger.db, uid) if uid else None
    return kept.record.name if kept and isinstance(kept.record, Agent) else None


def _article(text: str, tag: str | None, published: str | None) -> Article:
    """Return a bare article in its language, which is guessed where it is not known."""
    if published is not None:
        parse(published)
    return Article(text=text, language=tag or _guessed(text))


def _guessed(text: str) -> str | None:
    found = language(text)
    return found if found and found.islower() else None


def _published(extraction: Extraction) -> str | None:
    """Return the day that a document gives for itself; of a plain text only where it stands in a line of its own."""
    for one in extraction.suggestions:
        if one.field == "published" and (not one.where.startswith("dateline") or _apart(extraction.text, one.where)):
            try:
                return parse(one.value.partition("T")[0]).text
            except BadDate:
                continue
    return None


def _apart(text: str, where: str) -> bool:
    """Return whether the words of a date stand in a line that gives the date of the text: of its own, or a dateline."""
    words = where.partition("“")[2].rstrip("”")
    before, _, after = next((line for line in text.split("\n") if words in line), "").partition(words)
    return bool(words) and _LEADS.fullmatch(before) is not None and _ENDS.match(after) is not None
