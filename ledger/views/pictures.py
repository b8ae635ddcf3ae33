"""Archived pictures that findings cite, to be seen side by side by whoever may see whole archived copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

import attrs

from ..capture import ArchiveReader
from ..model import Capture, Finding, Source
from ..store import Ledger, RecordedFinding, queries
from ..store.held import withheld_copies
from .words import date

HEADS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""How files of pictures begin that every browser draws, and that can hold nothing that runs."""

MOST = 4
"""Pictures that are shown of one finding."""


@attrs.frozen
class CitedPicture:
    """A picture that a finding cites: the handles of its copy and its source, and what readers know that by."""

    handle: str
    source: str
    title: str
    published: str


def cited_pictures(db: Any, findings: Iterable[RecordedFinding]) -> Mapping[Finding, tuple[CitedPicture, ...]]:
    """Return the pictures that each finding cites, of those that ask for a look and cite several."""
    closed = withheld_copies(db)
    asking = [found for found in findings if not found.finding.outcome.quiet]
    shown = {
        found.finding: tuple(_cited(db, [handle for handle in found.handles if handle not in closed]))[:MOST]
        for found in asking
    }
    return {finding: pictures for finding, pictures in shown.items() if len(pictures) > 1}


def picture(ledger: Ledger, handle: str) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of an archived picture; None if it is none that may be shown."""
    kept = queries.by_handle(ledger.db, handle)
    if kept is None or not kept.standing.stands or not _is_picture(kept.record) or handle in withheld_copies(ledger.db):
        return None
    data = ArchiveReader.of(ledger).data(kept.record)
    kind = next((kind for head, kind in HEADS.items() if data and data.startswith(head)), None)
    return None if data is None or kind is None else (kind, data)


def _cited(db: Any, handles: Iterable[str]) -> Iterator[CitedPicture]:
    for handle in handles:
        kept = queries.by_handle(db, handle)
        if kept is not None and kept.standing.stands and _is_picture(kept.record):
            of = queries.kept(db, kept.record.source)
            if of is not None and isinstance(of.record, Source):
                source = of.record
                yield CitedPicture(kept.record.handle, source.handle, source.title, date(source.published))


def _is_picture(record: object) -> TypeGuard[Capture]:
    return isinstance(record, Capture) and record.media_type in HEADS.values()
