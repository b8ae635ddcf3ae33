"""The checkpoints that a ledger file keeps of itself, oldest first."""

from __future__ import annotations

from typing import Any

from .. import log
from ..errors import DamagedLedger
from ..log import Checkpoint, Malformed, Note
from . import queries
from .file import Ledger
from .paging import EACH, ListPage, paged
from .tree import StoredTree


def checkpoints(db: Any) -> list[Note]:
    """Return the notes kept in the file, by size, then as they came."""
    return [_read(note) for (note,) in db.execute("SELECT note FROM ledger_checkpoint ORDER BY size, id")]


def newest_checkpoints(db: Any, number: int = 1, each: int = EACH) -> ListPage[Note]:
    """Return a page of the notes kept in the file, the one of most entries first."""
    found = paged(db, "note", "ledger_checkpoint", (), "size DESC, id DESC", number, each=each)
    return found.each_as(lambda row: _read(row["note"]))


def _read(text: str) -> Note:
    try:
        note = Note.read(text)
        Checkpoint.read(note.text)
    except Malformed:
        raise DamagedLedger("A checkpoint kept in the ledger is none.", hint="Run: factledger verify") from None
    return note


def keep_checkpoint(db: Any, note: Note) -> None:
    """Add a note to those kept; the caller holds the ledger."""
    db.execute("INSERT INTO ledger_checkpoint (size, note) VALUES (?, ?)", (Checkpoint.read(note.text).size, str(note)))


def present(ledger: Ledger) -> Checkpoint:
    """Return what a checkpoint of the log as it stands would say.

    Raises DamagedLedger if the head does not fit the hashes that the file stores.
    """
    head = queries.head(ledger.db)
    if StoredTree(ledger.db).root(head.size) != head.root:
        raise DamagedLedger("The head does not fit the log.", where=str(ledger.path), hint="Run: factledger verify")
    return Checkpoint(queries.origin(ledger.db), head.size, head.root)


def require_hashed(ledger: Ledger, *, start: int) -> None:
    """Raise DamagedLedger unless every entry from `start` gives the hash that is stored with it."""
    for seq, stored, envelope, signature, *_ in queries.stored(ledger.db, start=start):
        if log.leaf_hash(log.leaf_bytes(envelope, signature)) != stored:
            raise DamagedLedger(f"Entry {seq} was changed.", where=str(ledger.path), hint="Run: factledger verify")
