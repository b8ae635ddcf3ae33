"""What the ledger already holds of what a file brings, and the words of either held to archived texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from ..book import Book
from ..desk import Text, anchor, text_of
from ..model import Anchor, Record, Source
from ..rules import differences
from ..store import Kept, queries
from ..store.fold import fold


@attrs.frozen
class Imported:
    """What a file brought: the records that are new, those that were there already, and those it corrected."""

    added: tuple[Record, ...]
    unchanged: tuple[Record, ...] = ()
    corrected: tuple[Record, ...] = ()
    title: str = ""


def by_kind(records: Iterable[Record]) -> tuple[tuple[str, int], ...]:
    """Return how many there are of each kind, as (kind, number) in the order of their first."""
    return tuple(Counter(record.KIND for record in records).items())


def versions(book: Book, record: Record) -> tuple[Record, ...]:
    """Return every state that a record has had in the ledger, the present one last; none if it is not there yet."""
    states: list[Kept] = []
    for entry in queries.entries_about(book.ledger.db, record.uid):
        if entry.subject == record.uid and entry.body is not None:
            states.append(fold(states[-1] if states else None, entry))
    return tuple(state.record for state in states)


def differing(recorded: Record, given: Record) -> str:
    """Return a sentence that names the fields in which two states of a record differ, and how."""
    parts = []
    for name, (old, new) in differences(recorded, given).items():
        said = "quote" if name == "anchor" else name.replace("_", " ")
        if all(value is None or isinstance(value, str) for value in (old, new)) and not _is_reference(recorded, name):
            parts.append(f"{said} ({_shown(old)} in the ledger, {_shown(new)} here)")
        else:
            parts.append(said)
    return f"{recorded.handle} is recorded otherwise: {', '.join(parts)}."


def quotation(book: Book, quote: str, seen: Source, language: str | None, text: Text | None = None) -> Anchor:
    """Return exact words as they stand in the archived text of where they were seen.

    `text` is that text where it is at hand. The words must stand there exactly
    once, or InputError says what does; with no text archived, the words stand alone.
    """
    found = text or text_of(book.ledger, seen)
    return Anchor(exact=quote, language=language) if found is None else anchor(quote, found, language=language)


def _is_reference(record: Record, name: str) -> bool:
    return "refers_to" in attrs.fields_dict(type(record))[name].metadata


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    words = " ".join(str(value).split())
    return f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"
