"""Proofs: that an entry is in a log, and that a log only grew (RFC 6962, 2.1.1 and 2.1.2; checks: RFC 9162).

Making a proof asks for the hashes of perfect subtrees, through `Subtree`; checking one needs the
proof alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .tree import EMPTY_ROOT, HASH_BYTES, node_hash, root

Subtree = Callable[[int, int], bytes]
"""Takes (level, index), returns the hash of the perfect subtree of the 2**level leaves from index * 2**level."""

Span = tuple[int, int]
"""The leaves from the first number up to the second."""


def root_of(size: int, subtree: Subtree) -> bytes:
    """Return the root of the first `size` leaves."""
    return _hash(0, size, subtree)


def inclusion(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """Return the proof that leaf `index` is among the first `size` leaves, lowest hash first."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf.")
    beside: list[Span] = []
    low, high = 0, size
    while high - low > 1:
        split = low + _largest_power_below(high - low)
        if index < split:
            beside.append((split, high))
            high = split
        else:
            beside.append((low, split))
            low = split
    return tuple(_hash(*span, subtree) for span in reversed(beside))


def consistency(old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """Return the proof that the first `new` leaves begin with the first `old` ones."""
    if not 0 < old <= new:
        raise ValueError("There is nothing to prove.")
    beside: list[Span] = []
    low, high = 0, new
    while high > old:
        split = low + _largest_power_below(high - low)
        if old <= split:
            beside.append((split, high))
            high = split
        else:
            beside.append((low, split))
            low = split
    if low > 0:  # the old tree is no subtree of its own: its last part is the first hash
        beside.append((low, high))
    return tuple(_hash(*span, subtree) for span in reversed(beside))


def includes(leaf: bytes, index: int, size: int, hashes: Sequence[bytes], expected: bytes) -> bool:
    """Return whether a proof shows that a leaf's hash is number `index` of the `size` with this root."""
    if not 0 <= index < size or not _are_hashes(leaf, expected, *hashes):
        return False
    value, position, last = leaf, index, size - 1
    for beside in hashes:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(beside, value)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, beside)
        position, last = position >> 1, last >> 1
    return last == 0 and value == expected


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, hashes: Sequence[bytes]) -> bool:
    """Return whether a proof shows that the tree of `new` leaves begins with that of `old` leaves.

    Of an empty old tree nothing can be shown: False.
    """
    if not 0 < old <= new:
        return False
    if old == new:  # nothing is hashed: two values are the same or not, whatever they are
        return not hashes and old_root == new_root
    if not _are_hashes(old_root, new_root, *hashes):
        return False
    path = [old_root, *hashes] if old & (old - 1) == 0 else list(hashes)
    if not path:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    was = now = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            was, now = node_hash(beside, was), node_hash(beside, now)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            now = node_hash(now, beside)
        position, last = position >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def _are_hashes(*values: bytes) -> bool:
    """Return whether each value is as long as a hash: what is shorter or longer would be hashed all the same."""
    return all(len(value) == HASH_BYTES for value in values)


def _largest_power_below(number: int) -> int:
    """Return the largest power of two that is smaller than a number of at least 2."""
    return 1 << ((number - 1).bit_length() - 1)


def _hash(low: int, high: int, subtree: Subtree) -> bytes:
    """Return the hash of the leaves from `low` up to `high`, out of perfect subtrees, largest first."""
    if low == high:
        return EMPTY_ROOT
    peaks = []
    while low < high:
        level = (high - low).bit_length() - 1
        peaks.append(subtree(level, low >> level))
        low += 1 << level
    return root(peaks)
