"""By which words sources are found again: fingerprints of their archived texts, remembered where they changed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from ..capture import Archive, Reader
from ..model import Capture
from ..store import Ledger, memo
from ..store.gather import newest_copies
from ..text import fingerprints, wording

METHOD = f"1 {sys.implementation.cache_tag}"
"""Changes when the same text would be given other marks."""

TOGETHER = 200
"""Sources whose marks are written at once."""


def marks_of(text: str) -> Collection[int]:
    """Return the marks of a text."""
    return fingerprints(wording(text))


def remember(ledger: Ledger, sources: Sequence[str]) -> None:
    """See to it that the marks of these sources (handles) are on record and of their newest copies."""
    rest = iter(sources)
    reader = Reader(Archive(ledger.archive))
    while some := list(islice(rest, TOGETHER)):
        copies = newest_copies(ledger.db, some)
        made = {handle: f"{METHOD} {copy.text_sha256}" for handle, copy in copies.items()}
        stale = memo.worded(ledger.db, made)
        if stale:
            memo.keep_marks(ledger, [(one, made[one], marks) for one, marks in _marks(reader, copies, stale)])


def _marks(reader: Reader, copies: dict[str, Capture], handles: Sequence[str]) -> Iterator[tuple[str, Collection[int]]]:
    for handle in handles:
        text = reader.text(copies[handle])
        if text is not None:
            yield handle, marks_of(text)
