"""A ledger file made of entries that there are already, as an exported log holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import DamagedLedger, LedgerError
from ..log import Checkpoint, Entry, Note, VerifierKey, pack, push, root
from ..sqlite import sqlite3
from . import queries
from .bodies import as_stored
from .checkpoints import keep_checkpoint
from .durable import settle
from .file import Role, create_file, discard, require_free
from .project import Projector
from .queries import Head
from .steady import steady
from .tree import StoredTree
from .withheld import put_stand_ins, stand_ins


class CannotFollow(DamagedLedger):
    """The entry of this number does not go with the others."""

    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(f"This entry does not go with the others: {reason.removesuffix('.')}.")
        self.seq = seq


def restore(path: Path, entries: Iterable[Entry], checkpoints: Iterable[Note] = (), *, role: Role, head: Head) -> None:
    """Make a ledger of these entries; `head` is what they must come to.

    The entries are taken in order, then the checkpoints, all in one transaction. Raises DamagedLedger if a
    size or root is another, CannotFollow if an entry does not go with the others; then no file is there.
    """
    require_free(path)
    beside = path.with_name(path.name + ".part")
    discard(beside)
    try:
        with create_file(beside, role=role, wal=False) as ledger, steady(ledger):
            _enter(ledger.db, entries, head)
            for note in checkpoints:
                _require_own(note, ledger.db, head)
                keep_checkpoint(ledger.db, note)
            put_stand_ins(ledger.db, stand_ins(queries.withholdings(ledger.db)))
            _require_bodies(ledger.db)
            _replay(ledger.db)
        settle(beside, path)
    finally:
        discard(beside)


def _enter(db: sqlite3.Connection, entries: Iterable[Entry], head: Head) -> None:
    """Store the entries and their tree; raise DamagedLedger unless they come to the head that was due."""
    frontier: list[bytes] = []
    nodes: list[tuple[int, int, bytes]] = []
    size = 0

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal size
        for entry in entries:
            leaf = entry.leaf
            push(frontier, size, leaf, lambda *node: nodes.append(node))
            size += 1
            yield entry.seq, leaf, entry.envelope, entry.signature, entry.salt, as_stored(entry.kind, entry.body)

    db.executemany("INSERT INTO ledger_entry (seq, hash, env, sig, salt, body) VALUES (?, ?, ?, ?, ?, ?)", rows())
    found = Head(size, root(frontier))
    if found != head:
        raise DamagedLedger(
            f"The {found.size} entries come to the root {found.root.hex()}, not to {head.root.hex()} of {head.size}."
        )
    db.executemany("INSERT INTO ledger_node VALUES (?, ?, ?)", nodes)
    db.execute("UPDATE ledger_head SET size = ?, root = ?, frontier = ?", (size, found.root, pack(frontier)))


def _require_own(note: Note, db: sqlite3.Connection, head: Head) -> None:
    found = Checkpoint.read(note.text)
    if found.origin != queries.origin(db) or not note.signed_by(VerifierKey.read(queries.log_key(db))):
        raise DamagedLedger("This checkpoint is not signed by the key of this log.")
    if found.size > head.size or StoredTree(db).root(found.size) != found.root:
        raise DamagedLedger(f"This checkpoint of {found.size} entries is of another log.")


def _require_bodies(db: sqlite3.Connection) -> None:
    found = db.execute(
        "SELECT seq FROM ledger_entry WHERE body IS NULL AND seq NOT IN (SELECT seq FROM ledger_withheld)"
    ).fetchone()
    if found is not None:
        raise CannotFollow(found[0], "its body is missing, and no entry says that it was withheld")


def _replay(db: sqlite3.Connection) -> None:
    """Make the tables of the entries stored."""
    seq = 0

    def watched() -> Iterator[Entry]:
        nonlocal seq
        for entry in queries.entries(db):
            seq = entry.seq
            yield entry

    try:
        Projector(db).apply_all(watched())
    except LedgerError as error:
        raise CannotFollow(seq, error.message) from None
    except (sqlite3.IntegrityError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise CannotFollow(seq, str(error)) from None
