"""The tree of a ledger file, for proofs: hashes of subtrees from the few that are stored."""

from __future__ import annotations

from typing import Any

from .. import log
from ..errors import DamagedLedger
from ..log import proof
from ..log.tree import STORED_LEVELS

Db = Any


class StoredTree:
    """Answers for the first `size` entries; reads at most a few thousand hashes for any proof.

    It believes the hashes that the file stores: `verify` is what does not.
    """

    def __init__(self, db: Db) -> None:
        self._db = db

    def root(self, size: int) -> bytes:
        """Return the root of the first `size` entries, 32 bytes."""
        return proof.root_of(size, self._subtree)

    def inclusion(self, seq: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that entry `seq` is among the first `size`."""
        return proof.inclusion(seq, size, self._subtree)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return the proof that the first `new` entries begin with the first `old`."""
        return proof.consistency(old, new, self._subtree)

    def _subtree(self, level: int, index: int) -> bytes:
        stored = level - level % STORED_LEVELS
        width = 1 << (level - stored)
        hashes = self._hashes(stored, index * width, width)
        if len(hashes) != width:
            raise DamagedLedger("The ledger lacks hashes of its tree.", hint="Run: factledger verify")
        while len(hashes) > 1:
            hashes = [log.node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _hashes(self, level: int, start: int, count: int) -> list[bytes]:
        table, number, where = ("ledger_node", "idx", f"level = {level} AND ") if level else ("ledger_entry", "seq", "")
        found = self._db.execute(
            f"SELECT hash FROM {table} WHERE {where}{number} >= ? AND {number} < ? ORDER BY {number}",
            (start, start + count),
        )
        return [row[0] for row in found]
