"""The Merkle tree, grown again from the entries' hashes and compared with what the file keeps of it."""

from __future__ import annotations

from ..log import grow, pack, root
from ..log.tree import STORED_LEVELS, WHOLE
from ..sqlite import sqlite3
from . import bare
from .codes import ProblemCode
from .report import Notebook

LEVELS = range(STORED_LEVELS, 57, STORED_LEVELS)
"""Levels at which a log of fewer than 2**63 entries keeps hashes."""


class TreeCheck:
    """Takes the leaves in order; `size` counts them."""

    def __init__(self, db: sqlite3.Connection, notebook: Notebook) -> None:
        self._db = db
        self._notebook = notebook
        self._frontier: list[bytes] = []
        self._waiting: list[bytes] = []  # leaves that do not make up a whole subtree yet
        self.size = 0

    @property
    def root(self) -> bytes:
        """The recomputed root, 32 bytes."""
        return root(self._peaks())

    def add(self, leaf: bytes) -> None:
        """Append a leaf's hash, and compare the stored hash of each subtree that it completes."""
        self._waiting.append(leaf)
        self.size += 1
        if self.size % WHOLE == 0:
            grow(self._frontier, self.size - WHOLE, self._waiting, self._compare)
            self._waiting.clear()

    def _peaks(self) -> list[bytes]:
        """Return the frontier of all leaves so far."""
        frontier = self._frontier.copy()
        grow(frontier, self.size - len(self._waiting), self._waiting)
        return frontier

    def _compare(self, level: int, index: int, value: bytes) -> None:
        with self._notebook.reading("ledger_node"):
            if bare.node(self._db, level, index) != value:
                first, last = index << level, ((index + 1) << level) - 1
                self._notebook.add(
                    ProblemCode.NODE,
                    f"The stored hash of entries {first} to {last} is not what they give.",
                    table="ledger_node",
                )

    def finish(self) -> None:
        """Compare the head, and look for stored hashes of entries that are not there."""
        self._compare_head()
        self._find_strangers()
        self._notebook.covered.append("the tree: size, root, frontier and stored hashes")

    def _compare_head(self) -> None:
        due = {"id": 1, "size": self.size, "root": self.root, "frontier": pack(self._peaks())}
        with self._notebook.reading("ledger_head"):
            heads = list(bare.rows(self._db, "ledger_head", tuple(due)))
            if len(heads) != 1:
                self._notebook.add(
                    ProblemCode.HEAD, f"There are {len(heads)} heads in place of one.", table="ledger_head"
                )
                return
            for (field, value), stored in zip(due.items(), heads[0], strict=True):
                if stored != value:
                    self._notebook.add(
                        ProblemCode.HEAD,
                        f"The head says {_plain(stored)}, the entries give {_plain(value)}.",
                        table="ledger_head",
                        field=field,
                    )

    def _find_strangers(self) -> None:
        with self._notebook.reading("ledger_node"):
            for level, index in bare.rows(self._db, "ledger_node", ("level", "idx")):
                if level not in LEVELS or not isinstance(index, int) or not 0 <= index < self.size >> level:
                    self._notebook.add(
                        ProblemCode.NODE,
                        f"The hash at level {level}, index {index} is of entries that are not there.",
                        table="ledger_node",
                    )


def _plain(value: object) -> str:
    words = value.hex() if isinstance(value, bytes) else str(value)
    return words if len(words) <= 64 else f"{words[:64]}…"
