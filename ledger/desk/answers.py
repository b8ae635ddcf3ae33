"""What people answer when they are asked, read and held to the ledger before anything is written."""

from __future__ import annotations

import re

from .. import dates
from ..book import Book
from ..capture import read_file
from ..dates import ExpressionKind
from ..errors import InputError
from ..model import Source
from .article import Text, anchor, text_of
from .drafts import file_of

DATES = (ExpressionKind.DATE, ExpressionKind.RANGE)

_ABOUT = re.compile(r"(?:about|around|circa|c\.|roughly|some time (?:in|around))\s+", re.IGNORECASE)
_BEFORE = re.compile(r"(?:on|in|at|since|the)\s+", re.IGNORECASE)


def date_of(words: str) -> str:
    """Return the date that people write, in EDTF: "2 May 2025", "May 2025", "about 1990", "2 May" of no known year.

    Raises InputError if it is no date, or one that depends on a day that is not given.
    """
    try:
        return str(dates.parse(words.strip()))
    except InputError:
        return _written_out(words.strip())


def _written_out(words: str) -> str:
    about = _ABOUT.match(words)
    rest = words[about.end() :] if about else _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words
    found = [one for one in dates.expressions(rest) if one.span.start == 0 and one.span.end == len(rest.rstrip(" ."))]
    read = found[0] if len(found) == 1 else None
    if read is None or read.edtf is None or read.assumed or read.kind not in DATES:
        why = f": {read.unknown}" if read is not None and read.unknown else ""
        raise InputError(f"{words!r} is not read as a date{why}.", hint="Write it as 2 May 2025, May 2025 or 2025.")
    return f"{read.edtf}~" if about else str(read.edtf)


def text_seen(book: Book, seen_in: str) -> Text | None:
    """Return the text of a file or of a source on record; None of a source without one. Archives nothing.

    Raises InputError if it names neither, or cannot be read.
    """
    known = book.look_up(Source, seen_in)
    return text_of(book.ledger, known) if known is not None else Text.of(read_file(file_of(seen_in)))


def require_quoted(words: str, text: Text) -> None:
    """Raise InputError, with what is near, unless these words stand once in a text."""
    anchor(words, text)
