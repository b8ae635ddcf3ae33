"""Checkpoints, those kept in the file and those kept elsewhere, against the log as it was recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs

from ..errors import LedgerError
from ..log import Checkpoint, Malformed, Note, VerifierKey
from ..sqlite import sqlite3
from ..store import Ledger, StoredTree, queries
from . import bare
from .codes import ProblemCode
from .report import Notebook
from .vouching import TrustAnchors, check_quorum, check_times, one_a_text

CUT_OPEN = (
    "No checkpoint kept elsewhere was given: that entries were cut off the end, or that the holder of the log key "
    "rewrote the history, is not excluded."
)


@attrs.frozen
class OutsideCheckpoint:
    """A checkpoint kept outside the ledger, and where."""

    where: str
    note: Note


def check_checkpoints(
    db: sqlite3.Connection,
    size: int,
    log_key: VerifierKey | None,
    given: Sequence[OutsideCheckpoint],
    trusted: TrustAnchors,
    notebook: Notebook,
) -> None:
    """Note every checkpoint that the log does not bear out, and say how far the good ones reach.

    What is trusted comes from outside too: the log's own key, to compare with entry 0, and whose word counts.
    """
    witnesses = [key for key in trusted.keys if key.algorithm.is_of_witness]
    for key in trusted.keys:
        if not key.algorithm.is_of_witness and key != log_key:
            notebook.add(ProblemCode.LOG_KEY, f"Entry 0 names another log key than {key}.", entry=0)
    kept = [(note, f"kept in the file, number {number}") for number, note in _kept(db, notebook)]
    outside = [(one.note, one.where) for one in given]
    good = one_a_text(note for note, where in kept + outside if _holds(db, size, log_key, note, where, notebook))
    notebook.checked(len(kept), "checkpoints kept in the file")
    if outside:
        notebook.checked(len(outside), "checkpoints kept elsewhere")
    texts = {note.text for note in good}
    reach = max((Checkpoint.read(note.text).size for note, _ in outside if note.text in texts), default=0)
    for witness in witnesses:
        seen, at = _cosigned(good, witness)
        if at is None:
            notebook.add(ProblemCode.WITNESS, f"No checkpoint here is signed by the witness {witness.name}.")
        else:
            notebook.covered.append(f"the first {seen:,} entries, seen by {witness.name} at {at:%Y-%m-%d %H:%M} UTC")
            reach = max(reach, seen)
    if trusted.quorum is not None:
        reach = max(reach, check_quorum(good, trusted.quorum, log_key, notebook))
    check_times(good, trusted.authorities, notebook)
    notebook.open.append(_open(reach, size))


def check_publications(db: sqlite3.Connection, replayed: Ledger, notebook: Notebook) -> None:
    """Note every publication on record whose root the log did not have at its size, and say how many were compared."""
    published = queries.rows(replayed.db, "publications")
    for row in published:
        try:
            true = StoredTree(db).root(row["size"]).hex() == row["root"]
        except (LedgerError, sqlite3.Error, TypeError):
            continue  # the fault in the stored tree is told elsewhere
        if not true:
            message = f"The first {row['size']} entries are not those that were published."
            notebook.add(ProblemCode.REWRITTEN, message, table="publications", record=row["id"])
    if published:
        last = published[-1]
        when = f"the last on {last['added'][:10]}, of {last['size']:,} entries"
        notebook.checked(len(published), f"publications, that each was the log as it was then; {when}")


def _open(reach: int, size: int) -> str:
    if reach == 0:
        return CUT_OPEN
    if reach < size:
        return (
            f"The checkpoints from elsewhere cover {reach:,} of {size:,} entries: that later ones were cut off, or "
            "rewritten by the holder of the log key, is not excluded."
        )
    return "That entries came after the newest checkpoint from elsewhere, and were cut off again, is not excluded."


def _kept(db: sqlite3.Connection, notebook: Notebook) -> list[tuple[int, Note]]:
    found = []
    with notebook.reading("ledger_checkpoint"):
        for number, size, said in bare.rows(db, "ledger_checkpoint", ("id", "size", "note")):
            try:
                note = Note.read(said.decode() if isinstance(said, bytes) else str(said))
                if Checkpoint.read(note.text).size != size:
                    raise Malformed("It says another size than the table.")
            except (Malformed, UnicodeDecodeError):
                notebook.add(
                    ProblemCode.CHECKPOINT_FORM,
                    f"The checkpoint kept as number {number} is none.",
                    table="ledger_checkpoint",
                )
                continue
            found.append((number, note))
    return found


def _holds(
    db: sqlite3.Connection, size: int, key: VerifierKey | None, note: Note, where: str, notebook: Notebook
) -> bool:
    said = Checkpoint.read(note.text)
    if key is None or said.origin != key.name or not note.signed_by(key):
        notebook.add(
            ProblemCode.CHECKPOINT_SIGNATURE, f"The checkpoint {where} is not signed by this ledger's log key."
        )
        return False
    if said.size > size:
        notebook.add(
            ProblemCode.CUT,
            f"The checkpoint {where} is of {said.size} entries; the log has {size}.",
            entry=said.size - 1,
        )
        return False
    try:
        root = StoredTree(db).root(said.size)
    except (LedgerError, sqlite3.Error, TypeError):
        return False  # the fault in the stored tree is told elsewhere
    if root != said.root:
        notebook.add(
            ProblemCode.REWRITTEN,
            f"The first {said.size} entries are not those that the checkpoint {where} was made of.",
        )
        return False
    return True


def _cosigned(notes: Sequence[Note], witness: VerifierKey) -> tuple[int, datetime | None]:
    """Return the size of the longest log that a witness signed, and when."""
    signed = [(Checkpoint.read(note.text).size, at) for note in notes if (at := note.cosigned_at(witness)) is not None]
    return max(signed, default=(0, None))
