"""The Merkle tree of RFC 6962 section 2.1: hashes of leaves and nodes, and the root of a growing list.

A *frontier* is the list of roots of the perfect subtrees that make up the first
n leaves, largest first; it is all that is needed to append the next leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

HASH_BYTES = 32

STORED_LEVELS = 8
"""Perfect subtrees are handed to `keep` at every eighth level (256, 65,536 ... leaves)."""

WHOLE = 1 << STORED_LEVELS
"""Leaves of the smallest subtree whose hash is kept."""

Keep = Callable[[int, int, bytes], None]
"""Takes (level, index, hash) of a finished perfect subtree of 2**level leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def push(frontier: list[bytes], size: int, top: bytes, keep: Keep | None = None, *, level: int = 0) -> None:
    """Append to the frontier of the first `size` leaves, in place: a leaf's hash, or the root of 2**level leaves."""
    index = size >> level
    if level and keep is not None:
        keep(level, index, top)
    while index & 1:
        top = sha256(b"\x01" + frontier.pop() + top).digest()  # node_hash, without a call for each leaf
        index >>= 1
        level += 1
        if keep is not None and level % STORED_LEVELS == 0:
            keep(level, index, top)
    frontier.append(top)


def grow(frontier: list[bytes], size: int, leaves: Sequence[bytes], keep: Keep | None = None) -> None:
    """Append the hashes of many leaves: what `push` does one by one, in half the time."""
    start = 0
    while start < len(leaves):
        if size % WHOLE == 0 and len(leaves) - start >= WHOLE:
            top = _perfect(leaves[start : start + WHOLE])
            push(frontier, size, top, keep, level=STORED_LEVELS)
            step = WHOLE
        else:
            push(frontier, size, leaves[start], keep)
            step = 1
        start += step
        size += step


def _perfect(leaves: Sequence[bytes]) -> bytes:
    """Return the root of 2**n leaves' hashes, made level by level."""
    level = leaves
    while len(level) > 1:
        one_by_one = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(one_by_one, one_by_one, strict=True)]
    return level[0]


def root(frontier: Iterable[bytes]) -> bytes:
    """Return the tree's root; of nothing it is SHA-256 of the empty string."""
    peaks = list(frontier)
    if not peaks:
        return EMPTY_ROOT
    value = peaks.pop()
    while peaks:
        value = node_hash(peaks.pop(), value)
    return value


def pack(frontier: list[bytes]) -> bytes:
    """Return the frontier as one byte string, 32 bytes a hash."""
    return b"".join(frontier)


def unpack(data: bytes) -> list[bytes]:
    """Return the frontier that `pack` wrote."""
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]
