"""The tree is RFC 6962's: held to the definition written out a second time, and to known roots."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ledger import log
from ledger.log.tree import STORED_LEVELS

LEAVES = [bytes([number, number * 7 % 256]) for number in range(131)]


def defined(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word: split at the largest power of two smaller than n."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    """An empty tree's root is SHA-256 of the empty string."""
    assert log.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert log.root([]) == log.EMPTY_ROOT


def test_every_root_up_to_130_leaves_is_as_defined() -> None:
    """Appending leaf by leaf gives the root of the recursive definition at every size."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(LEAVES):
        assert log.root(frontier) == defined(LEAVES[:size])
        log.push(frontier, size, log.leaf_hash(leaf))
    assert log.root(frontier) == defined(LEAVES)


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_roots_of_the_reference_leaves(size: int, root: str) -> None:
    """The leaves that Certificate Transparency's own implementations are tested with give their known roots."""
    leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]  # fmt: skip
    frontier: list[bytes] = []
    for number, leaf in enumerate(leaves[:size]):
        log.push(frontier, number, log.leaf_hash(bytes.fromhex(leaf)))
    assert log.root(frontier).hex() == root


def test_a_frontier_survives_packing() -> None:
    """What is stored of the frontier is enough to go on from."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(LEAVES):
        frontier = log.unpack(log.pack(frontier))
        log.push(frontier, size, log.leaf_hash(leaf))
    assert log.root(frontier) == defined(LEAVES)


def test_subtrees_are_kept_at_every_eighth_level() -> None:
    """A perfect subtree of 256 leaves is handed over once, with its own root."""
    kept: list[tuple[int, int, bytes]] = []
    frontier: list[bytes] = []
    leaves = [number.to_bytes(2) for number in range(520)]
    for size, leaf in enumerate(leaves):
        log.push(frontier, size, log.leaf_hash(leaf), lambda *node: kept.append(node))
    assert [(level, index) for level, index, _ in kept] == [(STORED_LEVELS, 0), (STORED_LEVELS, 1)]
    assert kept[1][2] == defined(leaves[256:512])
