"""The tree of RFC 6962, against its own recursive definition."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest

from ledger import log


def mth(data: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not data:
        return sha256().digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return sha256(b"\x01" + mth(data[:split]) + mth(data[split:])).digest()


def test_every_size_equals_the_recursive_definition() -> None:
    """The root grown leaf by leaf is MTH of the RFC for every size up to 130."""
    data = [f"claim {number}".encode() for number in range(130)]
    frontier: list[bytes] = []
    for size, leaf in enumerate(data):
        assert log.root(frontier) == mth(data[:size])
        log.push(frontier, size, log.leaf_hash(leaf))
    assert log.root(frontier) == mth(data)


def test_the_empty_tree() -> None:
    """Of no leaves the root is SHA-256 of nothing."""
    assert log.root([]) == log.EMPTY_ROOT
    assert log.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_frontier_is_one_hash_for_each_bit_of_the_size() -> None:
    """The frontier holds the roots of the perfect subtrees, largest first, and survives packing."""
    data = [bytes([number]) for number in range(100)]
    frontier: list[bytes] = []
    for number, leaf in enumerate(data):
        log.push(frontier, number, log.leaf_hash(leaf))
    assert frontier == [mth(data[:64]), mth(data[64:96]), mth(data[96:])]
    assert log.unpack(log.pack(frontier)) == frontier


def test_finished_subtrees_are_kept_at_every_eighth_level() -> None:
    """The root of each 256 leaves is handed over when the last of them arrives, and of each 65,536."""
    kept: dict[tuple[int, int], bytes] = {}
    data = [number.to_bytes(4) for number in range(65536)]
    frontier: list[bytes] = []
    for number, leaf in enumerate(data):
        log.push(
            frontier, number, log.leaf_hash(leaf), lambda level, index, value: kept.update({(level, index): value})
        )
    assert set(kept) == {(8, index) for index in range(256)} | {(16, 0)}
    assert kept[8, 3] == mth(data[768:1024])
    assert [kept[16, 0]] == frontier


@pytest.mark.parametrize("start", [0, 1, 255, 256, 300])
@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 700])
def test_many_leaves_at_once(start: int, count: int) -> None:
    """Growing by many leaves comes to the same frontier and the same kept hashes as leaf by leaf."""
    leaves = [log.leaf_hash(bytes([number % 256])) for number in range(start + count)]
    one_by_one: list[bytes] = []
    kept: list[tuple[int, int, bytes]] = []
    for number, leaf in enumerate(leaves):
        log.push(one_by_one, number, leaf, lambda *node: kept.append(node))
    at_once: list[bytes] = []
    found: list[tuple[int, int, bytes]] = []
    log.grow(at_once, 0, leaves[:start], lambda *node: found.append(node))
    log.grow(at_once, start, leaves[start:], lambda *node: found.append(node))
    assert (at_once, found) == (one_by_one, kept)
