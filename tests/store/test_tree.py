"""The tree of a ledger file: roots and proofs out of the few hashes that it stores."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import book as use_cases
from ledger import log, store
from ledger.errors import DamagedLedger
from ledger.log import proof
from ledger.store import Draft, Ledger, StoredTree, queries, schema
from ledger.store.file import in_memory

SIZES = (1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 640)
LONG = 70_000


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of 640 entries, which stores the hashes of its first and second 256."""
    folder = tmp_path_factory.mktemp("tree")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        book = use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa")
    room = SIZES[-1] - queries.head(book.ledger.db).size
    drafts = [
        Draft("source.add", f"{number:032x}", {"handle": f"letter-{number}", "title": "A letter to the council"})
        for number in range(room)
    ]
    store.append(book.ledger, drafts[:400], actor=book.actor)
    store.append(book.ledger, drafts[400:], actor=book.actor)
    yield book.ledger
    book.ledger.close()


def definition(leaves: list[bytes]) -> Any:
    """MTH of RFC 6962, over the leaves from one number up to another."""

    @cache
    def mth(low: int, high: int) -> bytes:
        if high - low == 1:
            return leaves[low]
        split = 1
        while split * 2 < high - low:
            split *= 2
        return sha256(b"\x01" + mth(low, low + split) + mth(low + split, high)).digest()

    return mth


def test_roots_of_a_file(ledger: Ledger) -> None:
    """At any size the root is that of the entries themselves, and at the end the one in the head."""
    mth = definition([entry.leaf for entry in queries.entries(ledger.db)])
    tree = StoredTree(ledger.db)
    for size in range(1, SIZES[-1] + 1):
        assert tree.root(size) == mth(0, size)
    assert tree.root(0) == log.EMPTY_ROOT
    assert tree.root(SIZES[-1]) == queries.head(ledger.db).root


def test_inclusion_proofs_of_a_file(ledger: Ledger) -> None:
    """Entries are shown to be in the log at several of its sizes, by the entries' own bytes."""
    entries = list(queries.entries(ledger.db))
    mth = definition([entry.leaf for entry in entries])
    tree = StoredTree(ledger.db)
    for size in SIZES:
        for seq in {0, 1, 254, 255, 256, 400, 511, 512, size // 2, size - 1}:
            if seq < size:
                hashes = tree.inclusion(seq, size)
                assert hashes == proof.inclusion(seq, size, lambda level, at: mth(at << level, (at + 1) << level))
                assert proof.includes(entries[seq].leaf, seq, size, hashes, mth(0, size))


def test_consistency_proofs_of_a_file(ledger: Ledger) -> None:
    """The log is shown to have only grown between any two of its sizes."""
    mth = definition([entry.leaf for entry in queries.entries(ledger.db)])
    tree = StoredTree(ledger.db)
    for new in SIZES:
        for old in (size for size in SIZES if size <= new):
            hashes = tree.consistency(old, new)
            assert hashes == proof.consistency(old, new, lambda level, at: mth(at << level, (at + 1) << level))
            assert proof.consistent(old, new, mth(0, old), mth(0, new), hashes)


def test_sizes_beyond_the_log(ledger: Ledger) -> None:
    """Of entries that are not there the file says so, and makes up no hash."""
    tree = StoredTree(ledger.db)
    for ask in (lambda: tree.root(641), lambda: tree.inclusion(3, 641), lambda: tree.consistency(640, 900)):
        with pytest.raises(DamagedLedger, match="lacks hashes"):
            ask()


# -- stored hashes -------------------------------------------------------------


@pytest.fixture
def copy(ledger: Ledger, tmp_path: Path) -> Iterator[Any]:
    """A copy of the ledger without guards."""
    db = sqlite3.connect(tmp_path / "copy.db", isolation_level=None)
    ledger.db.backup(db)
    for name in schema.GUARDS:
        db.execute(f"DROP TRIGGER {name}")
    yield db
    db.close()


def test_stored_hashes_stand_for_their_entries(ledger: Ledger, copy: Any) -> None:
    """Where the hash of 256 entries is stored, those entries are not read for a root or for a proof beside them."""
    copy.execute("UPDATE ledger_entry SET hash = zeroblob(32) WHERE seq < 512")
    sound, blind = StoredTree(ledger.db), StoredTree(copy)
    assert blind.root(640) == sound.root(640)
    assert blind.inclusion(600, 640) == sound.inclusion(600, 640)
    assert blind.consistency(512, 640) == sound.consistency(512, 640)
    assert blind.inclusion(300, 640) != sound.inclusion(300, 640)


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM ledger_node WHERE idx = 1", "DELETE FROM ledger_entry WHERE seq = 639"],
    ids=["node", "entry"],
)
def test_a_hash_that_is_not_there(copy: Any, damage: str) -> None:
    """A tree with a hole gives no root; that the ledger is damaged is said."""
    copy.execute(damage)
    with pytest.raises(DamagedLedger, match="lacks hashes"):
        StoredTree(copy).root(640)


def test_a_long_log(tmp_path: Path) -> None:
    """Of more than 65,536 entries the second stored level is used, and few hashes are read."""
    db = in_memory(tmp_path / "long.db")
    db.execute("DROP TRIGGER ledger_entry_next")  # it would look up the last number at each of them
    leaves = [log.leaf_hash(number.to_bytes(4, "big")) for number in range(LONG)]
    nodes: list[tuple[int, int, bytes]] = []
    frontier: list[bytes] = []
    for number, leaf in enumerate(leaves):
        log.push(frontier, number, leaf, lambda level, at, value: nodes.append((level, at, value)))
    db.executemany("INSERT INTO ledger_node VALUES (?, ?, ?)", nodes)
    rows = ((number, leaf, "{}") for number, leaf in enumerate(leaves))
    db.executemany("INSERT INTO ledger_entry (seq, hash, env) VALUES (?, ?, ?)", rows)
    assert sorted({level for level, _, _ in nodes}) == [8, 16]
    read = Counted(db)
    tree = StoredTree(read)
    assert tree.root(LONG) == log.root(frontier)
    assert proof.includes(leaves[66_000], 66_000, LONG, tree.inclusion(66_000, LONG), log.root(frontier))
    assert proof.includes(leaves[7], 7, LONG, tree.inclusion(7, LONG), log.root(frontier))
    assert proof.consistent(65_537, LONG, tree.root(65_537), log.root(frontier), tree.consistency(65_537, LONG))
    assert 0 < read.most <= 256
    assert read.rows < 4_000
    db.close()


class Counted:
    """A database that counts the rows it gave, and the most at once."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self.rows = self.most = 0

    def execute(self, sql: str, values: tuple[int, ...]) -> list[Any]:
        found: list[Any] = self._db.execute(sql, values).fetchall()
        self.rows += len(found)
        self.most = max(self.most, len(found))
        return found
