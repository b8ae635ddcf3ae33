"""What looks odd about a record and may be right: said in words, for a person to decide before it enters."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from .. import dates
from ..book import Book
from ..capture.spelling import same_address
from ..dates.days import day_number
from ..model import Agent, Source
from ..store import queries
from ..text.lookalikes import foreign_letters, letter_name, plain_letters


def doubts_of_name(book: Book, name: str) -> Iterator[str]:
    """Yield, in words, what somebody should look at before a name enters: who has it already, letters that deceive."""
    looks = plain_letters(name)
    for handle, known in queries.names(book.ledger.db, Agent.KIND).items():
        if known and plain_letters(known) == looks:
            alike = "of that name" if known.casefold() == name.casefold() else "whose name looks the same"
            yield f"There is already {handle} {alike}: {known}."
    for letter in foreign_letters(name):
        yield f"In {name!r}, {letter} is a {letter_name(letter)} among letters of another alphabet."


def same_page(book: Book, source: Source) -> tuple[str, ...]:
    """Return the handles of other sources whose address is this one's, however it is spelt."""
    host = (urlsplit(source.url or "").hostname or "").removeprefix("www.")
    found = queries.addresses_at(book.ledger.db, host) if host else []
    return tuple(handle for handle, url in found if handle != source.handle and same_address(url, source.url or ""))


def doubts_of_day(book: Book, published: str | None) -> Iterator[str]:
    """Yield, in words, that a work is said to have come out on a day that is still to come."""
    if published is None:
        return
    try:
        given = dates.parse(published)
    except dates.BadDate:
        return  # refused where it is entered
    now = book.ledger.environment.clock()
    if given.earliest is not None and given.earliest > day_number(now.year, now.month, now.day) + 1:
        yield f"It is said to have come out on {dates.words(given)}, which is still to come."
