"""A ledger's log as static files, so that ordinary tile clients and mirrors can read it (c2sp.org/tlog-tiles).

What is written are the leaves: envelopes and signatures, which name nobody. The words stay in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import DamagedLedger, EnvironmentFault
from ..log import Checkpoint, Note, leaf_bytes, leaf_hash, push, root, tiles
from ..store import Ledger, checkpoints, queries
from ..store.durable import settle
from .checkpoints import log_key, read_checkpoint
from .proving import covering

CHECKPOINT = "checkpoint"


def write_tiles(ledger: Ledger, folder: Path) -> Checkpoint:
    """Write the log up to its newest checkpoint below a folder, and return that checkpoint; sign one if need be.

    The folder can be served as it is. A longer log is written over a shorter one: full tiles are never touched, partial
    ones stay, and the checkpoint comes last. Raises DamagedLedger if the folder holds tiles of another history.
    """
    note = _with_all_signatures(ledger, covering(ledger, queries.head(ledger.db).size))
    said = Checkpoint.read(note.text)
    frontier: list[bytes] = []
    try:
        _require_shorter(ledger, folder, said)
        for path, content in tiles(_leaves(ledger, said.size, frontier)):
            _put(folder / path, content)
        if root(frontier) != said.root:
            raise DamagedLedger(
                "The log is not what its checkpoint says.",
                where=str(ledger.path),
                hint="The folder is of no use. Run: factledger verify",
            )
        _write(folder / CHECKPOINT, str(note).encode())
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot write below {folder}: {error.strerror}.", hint="What is there is whole; try again."
        ) from None
    return said


def _leaves(ledger: Ledger, size: int, frontier: list[bytes]) -> Iterator[bytes]:
    """Yield the data of the first leaves, and grow their frontier."""
    for seq, _, envelope, signature, *_ in queries.stored(ledger.db, upto=size):
        data = leaf_bytes(envelope, signature)
        push(frontier, seq, leaf_hash(data))
        yield data


def _with_all_signatures(ledger: Ledger, note: Note) -> Note:
    """Return a checkpoint with the signatures of every copy of it that the ledger keeps."""
    for kept in checkpoints(ledger.db):
        if kept.text == note.text:
            note = note.plus(kept.signatures)
    return note


def _require_shorter(ledger: Ledger, folder: Path, said: Checkpoint) -> None:
    """Raise DamagedLedger if the checkpoint that lies in the folder is of another log, or of more entries."""
    if not (folder / CHECKPOINT).exists():
        return
    before = read_checkpoint(folder / CHECKPOINT)
    there = Checkpoint.read(before.text)
    if not before.signed_by(log_key(ledger)) or there.size > said.size:
        raise DamagedLedger(
            f"The folder holds {there.size:,} entries of {there.origin}; this would be {said.size:,} of {said.origin}.",
            where=str(folder),
            hint="Nothing was written. Choose an empty folder, or look for the ledger that went on.",
        )


def _put(path: Path, content: bytes) -> None:
    """Write a tile unless it is there; raise DamagedLedger if another one is."""
    if not path.exists():
        _write(path, content)
    elif path.read_bytes() != content:
        raise DamagedLedger(
            "This tile is of other entries than the ledger's.",
            where=str(path),
            hint="This is another history. Run: factledger verify",
        )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    settle(beside, path)
