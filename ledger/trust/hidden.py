"""The words that nobody else shall read, as far as this machine knows them, and the archived copies that hold them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..book import sealing
from ..capture import Archive, ArchiveReader, read
from ..errors import LedgerError
from ..model import WITHHELD, Capture
from ..store import WITHHOLD, Ledger, queries
from .redact import Words, taken_out

BLACK = "\u2588"
"""What stands for each letter of a hidden word in a text that checkers read."""

WITHHELD_COPY = "it holds words that are withheld"
HIDDEN_WORDS = "it holds words that are withheld or sealed"
UNSEARCHABLE = "it cannot be searched for words that are withheld or sealed"


def hidden_words(ledger: Ledger) -> Words | None:
    """Return the words that were withheld or sealed; None if there are none, or none are known here any more.

    Unknown are those whose bodies were dropped, and those that somebody else sealed.
    """
    return _words([*_withheld(ledger.db), *sealing.words(queries.first(ledger.db).subject)])


def withheld_words(ledger: Ledger) -> Words | None:
    """Return the words that were withheld, as far as they are still in the file; None if there are none."""
    return _words(_withheld(ledger.db))


def _words(texts: Iterable[str]) -> Words | None:
    known = [text for text in texts if any(map(str.isalnum, text))]
    return Words.of(known) if known else None


def veil(ledger: Ledger) -> Callable[[str], str]:
    """Return what makes of an archived text one without hidden words, place by place, for checkers to read.

    What a checker quotes in a finding is recorded, and so published.
    """
    words = hidden_words(ledger)
    return str if words is None else lambda text: words.replaced(text, _blackened)


def _blackened(words: str) -> str:
    return re.sub(r"\S", BLACK, words)


def kept_back(archive: Archive, capture: Capture, words: Words | None, *, strict: bool) -> str:
    """Return why an archived copy may not go out; empty if it may, or is not here.

    One that cannot be searched, such as an image, may go out unless `strict`.
    """
    if capture.sha256 == WITHHELD:
        return WITHHELD_COPY
    if words is not None and any(map(words.found, legible(archive, capture))):
        return HIDDEN_WORDS
    searched = capture.media_type.startswith("text/") or not archive.has(capture.sha256)
    return UNSEARCHABLE if strict and not searched else ""


def legible(archive: Archive, capture: Capture) -> tuple[str, ...]:
    """Return all that can be read in an archived copy: its text, and its bytes or what it says of itself.

    Nothing, if it cannot be searched, such as an image, or is not here.
    """
    data, said = archive.get(capture.sha256), [ArchiveReader(archive).text(capture) or ""]
    if data is not None and capture.media_type.startswith("text/"):
        said.append(data.decode("utf-8", "replace"))
    elif data is not None:
        try:
            reading = read(data, name=capture.file_name, media_type=capture.media_type, where=capture.handle)
            said += [reading.text, *(one.value for one in reading.suggestions)]
        except LedgerError:
            pass  # its kept text, if there is one, is all there is to search
    return tuple(text for text in said if text.strip())


def _withheld(db: Any) -> Iterator[str]:
    for seq in queries.withheld(db):
        recorded, (shown,) = queries.as_recorded(db, seq), queries.entries(db, start=seq, upto=seq + 1)
        if recorded.body is not None and recorded.act != WITHHOLD:
            yield from taken_out(recorded.content(), shown.content())
