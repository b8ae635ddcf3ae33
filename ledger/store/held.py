"""What the holder of a file knows of records whose text holds withheld words, and nobody else.

Everybody reads stand-ins (`withheld`): of a copy that holds the words no hash, of a quotation from it no place. While
the recorded bodies are in the file, copies can still be verified and quotations checked with what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from .. import wire
from ..model import WITHHELD, Capture, Evidence, Record
from ..sqlite import sqlite3
from .fold import StoredRecord

OF_A_COPY = ("sha256", "text_sha256", "text_length")
OF_WORDS = ("text", "start", "end", "fragment")
"""What goes with a copy, or a quotation near by, that holds withheld words: hashes and places, themselves no words."""


def known_here(db: sqlite3.Connection, found: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
    """Yield records with the hashes and places put back that only others may not see, as far as the file has them.

    No words come back.
    """
    (any_withheld,) = db.execute("SELECT EXISTS (SELECT 1 FROM ledger_withheld)").fetchone()
    for kept in found:
        yield _put_back(db, kept) if any_withheld and lacks_hashes(kept.record) else kept


_TOLD_OF_A_COPY = ("c.file_name", "c.url", "c.note", "s.title", "s.url", "s.note")


def withheld_copies(db: sqlite3.Connection) -> frozenset[str]:
    """Return the handles of the copies that hold withheld words, or whose source does: nobody is given their bytes."""
    told = " || ".join(f"coalesce({one}, '')" for one in _TOLD_OF_A_COPY)
    found = db.execute(
        f"SELECT c.id FROM captures c JOIN sources s ON s.id = c.source WHERE c.sha256 = ?1 OR instr({told}, ?1)",
        (WITHHELD,),
    )
    return frozenset(handle for (handle,) in found)


def lacks_hashes(record: Record) -> bool:
    """Return whether a record may once have had a hash or place that is not told now."""
    if isinstance(record, Evidence):
        return record.anchor is not None and record.anchor.text is None
    return isinstance(record, Capture) and record.sha256 == WITHHELD


def with_hashes(record: Record, said: Mapping[str, Any]) -> Record:
    """Return a record that lacks the hashes and places of its text with those that a recorded body of it has."""
    if isinstance(record, Capture) and "sha256" in said:
        return attrs.evolve(record, **{name: said[name] for name in OF_A_COPY if name in said})
    if isinstance(record, Evidence) and record.anchor is not None:
        before = said.get("anchor") or {}
        if before.get("exact") == record.anchor.exact:
            places = {name: before[name] for name in OF_WORDS if name in before}
            return attrs.evolve(record, anchor=attrs.evolve(record.anchor, **places))
    return record


def _put_back(db: sqlite3.Connection, kept: StoredRecord) -> StoredRecord:
    for seq in dict.fromkeys((kept.last_seq, kept.first_seq)):
        found = db.execute(
            "SELECT e.body FROM ledger_entry e JOIN ledger_withheld w USING (seq) WHERE seq = ?", (seq,)
        ).fetchone()
        said = wire.json_of(found[0]) if found is not None and found[0] else {}
        whole = with_hashes(kept.record, {**said, **said.get("changes", {})})
        if not lacks_hashes(whole):
            return attrs.evolve(kept, record=whole)
    return kept
