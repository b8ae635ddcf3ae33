"""By which words sources are found again: fingerprints of their texts, remembered where they changed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from hashlib import sha256
from itertools import islice

from ..capture import ArchiveReader
from ..store import Ledger, memo
from ..store.gather import newest_copies, passages
from ..text import fingerprints, wording

METHOD = f"2 {sys.implementation.cache_tag}"
"""Changes when the same text would be given other marks."""

TOGETHER = 200
"""Sources whose marks are written at once."""


def marks_of(text: str) -> Collection[int]:
    """Return the marks of a text."""
    return fingerprints(wording(text))


def remember(ledger: Ledger, sources: Sequence[str]) -> None:
    """See to it that the marks of these sources (handles) are on record: of their texts, else of passages from them."""
    rest = iter(sources)
    reader = ArchiveReader.of(ledger)
    while some := list(islice(rest, TOGETHER)):
        copies = newest_copies(ledger.db, some)
        quoted = passages(ledger.db, (handle for handle in some if handle not in copies))
        made = {handle: f"{METHOD} {copy.text_sha256}" for handle, copy in copies.items()}
        made |= {handle: f"{METHOD} {sha256(text.encode()).hexdigest()}" for handle, text in quoted.items()}
        stale = memo.worded(ledger.db, made)
        if stale:
            texts = ((one, quoted.get(one) or reader.text(copies[one])) for one in stale)
            memo.keep_marks(ledger, [(one, made[one], marks_of(text)) for one, text in texts if text is not None])
