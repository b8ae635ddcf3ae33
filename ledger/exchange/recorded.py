"""What a file brought to a ledger, and how to tell what the ledger held before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from ..book import Book
from ..model import Anchor, Record, ungraded
from ..rules import differences
from ..store import StoredRecord, queries
from ..store.fold import fold

NAMES = {
    "evidence": ("piece of evidence", "pieces of evidence"),
    "exclusion": ("passage left out", "passages left out"),
    "inquiry": ("inquiry", "inquiries"),
}
"""How one record of a kind is called, and several, where an s does not do."""


@attrs.frozen
class Imported:
    """What a file brought: the records that are new, those that were there already, and those it corrected.

    `left_out` are the columns of a table that were not read. Of a file that is read item by item, `kept` counts those
    that came in, `refused` are (item, reason) of those that did not, `notes` (item, what was left out of it).
    """

    added: tuple[Record, ...]
    unchanged: tuple[Record, ...] = ()
    corrected: tuple[Record, ...] = ()
    left_out: tuple[str, ...] = ()
    kept: int | None = None
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        tally = Tally()
        tally.count(self)
        return str(tally)


@attrs.define
class Tally:
    """What the parts of a file brought, counted: of a long table nobody can hold every record in memory."""

    added: Counter[str] = attrs.field(factory=Counter)
    unchanged: int = 0
    corrected: int = 0
    left_out: tuple[str, ...] = ()
    kept: int | None = None
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def count(self, part: Imported) -> None:
        """Add what a part brought."""
        self.added.update(record.KIND for record in part.added)
        self.unchanged += len(part.unchanged)
        self.corrected += len(part.corrected)
        self.left_out, self.kept = part.left_out, part.kept
        self.refused += part.refused
        self.notes += part.notes

    def __str__(self) -> str:
        kinds = [f"{n:,} {_kind(kind, n)}" for kind, n in self.added.items()]
        parts = [f"added {', '.join(kinds)}"] if kinds else []
        parts += [f"corrected {self.corrected:,}"] if self.corrected else []
        parts += [f"{self.unchanged:,} there already"] if self.unchanged else []
        return ", ".join(parts) or "nothing to record"


def by_kind(records: Iterable[Record]) -> tuple[tuple[str, int], ...]:
    """Return how many there are of each kind, as (kind, number) in the order of their first."""
    return tuple(Counter(record.KIND for record in records).items())


def versions(book: Book, record: Record) -> tuple[Record, ...]:
    """Return every state that a record has had in the ledger, grades aside, the present one last; none if it is new."""
    states: list[StoredRecord] = []
    for entry in queries.entries_about(book.ledger.db, record.uid):
        if entry.subject == record.uid and entry.body is not None:
            states.append(fold(states[-1] if states else None, entry))
    return tuple(ungraded(state.record) for state in states)


def differing(recorded: Record, given: Record) -> str:
    """Return a sentence that names the fields in which two states of a record differ, and how."""
    parts = []
    for name, (old, new) in differences(recorded, given).items():
        said = name.replace("_", " ")
        if name == "anchor":
            said, old, new = _of_anchors(old, new)
        if all(value is None or isinstance(value, str) for value in (old, new)) and not _is_reference(recorded, name):
            parts.append(f"{said} ({_shown(old)} in the ledger, {_shown(new)} here)")
        else:
            parts.append(said)
    return f"{recorded.handle} is recorded otherwise: {', '.join(parts)}."


def _of_anchors(old: Any, new: Any) -> tuple[str, Any, Any]:
    """Return what to call the difference of two anchors, and its two sides where they are a few words."""
    if isinstance(old, Anchor) and isinstance(new, Anchor) and old == attrs.evolve(new, fragment=old.fragment):
        return "at", old.fragment, new.fragment
    return "quote", old, new


def _kind(kind: str, number: int) -> str:
    one, more = NAMES.get(kind, (kind, f"{kind}s"))
    return one if number == 1 else more


def _is_reference(record: Record, name: str) -> bool:
    return "refers_to" in attrs.fields_dict(type(record))[name].metadata


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    words = " ".join(str(value).split())
    return f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"
