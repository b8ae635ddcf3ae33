"""The words that nobody else shall read, as far as this machine knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import sealing
from ..store import Ledger, queries
from .redact import Words, taken_out


def hidden_words(ledger: Ledger) -> Words | None:
    """Return the words that were withheld or sealed; None if there are none, or none are known here any more.

    Unknown are those whose bodies were dropped, and those that somebody else sealed.
    """
    texts = [*_withheld(ledger.db), *sealing.words(queries.first(ledger.db).subject)]
    known = [text for text in texts if any(map(str.isalnum, text))]
    return Words.of(known) if known else None


def _withheld(db: Any) -> Iterator[str]:
    for seq in queries.withheld(db):
        recorded, (shown,) = queries.as_recorded(db, seq), queries.entries(db, start=seq, upto=seq + 1)
        if recorded.body is not None and recorded.act != "withhold":
            yield from taken_out(recorded.content(), shown.content())
