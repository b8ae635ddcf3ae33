"""Inclusion and consistency proofs, against the formulas of RFC 6962 (2.1, 2.1.1, 2.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log import EMPTY_ROOT, proof

Proof = tuple[bytes, ...]
Leaves = range
"""The RFC's D[n]: leaf d is its number as text. A slice of a range is a range, and it can be remembered."""

STRANGER = sha256(b"of no log").digest()
EVERY = 130
FORGED = 40


# -- the RFC's formulas --------------------------------------------------------


def split(n: int) -> int:
    """k: the largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@cache
def mth(d: Leaves) -> bytes:
    """MTH(D[n])."""
    if len(d) == 0:
        return sha256().digest()
    if len(d) == 1:
        return sha256(b"\x00" + str(d[0]).encode()).digest()
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: Leaves) -> Proof:
    """PATH(m, D[n])."""
    if len(d) == 1:
        return ()
    k = split(len(d))
    return (*path(m, d[:k]), mth(d[k:])) if m < k else (*path(m - k, d[k:]), mth(d[:k]))


def subproof(m: int, d: Leaves, b: bool) -> Proof:
    """SUBPROOF(m, D[n], b)."""
    if m == len(d):
        return () if b else (mth(d),)
    k = split(len(d))
    return (*subproof(m, d[:k], b), mth(d[k:])) if m <= k else (*subproof(m - k, d[k:], False), mth(d[:k]))


def way(m: int, n: int) -> str:
    """On which side of its neighbours leaf m of n stands, from the leaf up to the root."""
    if n == 1:
        return ""
    k = split(n)
    return way(m, k) + "l" if m < k else way(m - k, n - k) + "r"


def growth(m: int, n: int, b: bool = True) -> str:
    """How a consistency proof is put together: what it begins with, then what is added and to which root."""
    if m == n:
        return "old root" if b else "hash"
    k = split(n)
    return growth(m, k, b) + " new" if m <= k else growth(m - k, n - k, False) + " both"


def subtree(level: int, index: int) -> bytes:
    return mth(range(index << level, (index + 1) << level))


# -- all small trees -----------------------------------------------------------


def test_every_root_equals_the_definition() -> None:
    """The root put together from perfect subtrees is MTH of the RFC, for every size up to 130."""
    assert [proof.root_of(n, subtree) for n in range(EVERY + 1)] == [mth(range(n)) for n in range(EVERY + 1)]
    assert proof.root_of(0, subtree) == EMPTY_ROOT


def test_every_inclusion_proof_equals_the_definition() -> None:
    """Each leaf of each tree up to 130 leaves has the proof PATH, and it shows the leaf."""
    for n in range(1, EVERY + 1):
        for m in range(n):
            hashes = proof.inclusion(m, n, subtree)
            assert hashes == path(m, range(n))
            assert proof.includes(mth(range(m, m + 1)), m, n, hashes, mth(range(n)))


def test_every_consistency_proof_equals_the_definition() -> None:
    """Each two sizes up to 130 have the proof PROOF, and it shows the growth."""
    for n in range(1, EVERY + 1):
        for m in range(1, n + 1):
            hashes = proof.consistency(m, n, subtree)
            assert hashes == subproof(m, range(n), True)
            assert proof.consistent(m, n, mth(range(m)), mth(range(n)), hashes)


@pytest.mark.parametrize(("m", "n"), [(0, 0), (-1, 3), (3, 3), (4, 3)])
def test_no_such_leaf(m: int, n: int) -> None:
    """A leaf that the tree does not have has no proof, and nothing proves it."""
    with pytest.raises(ValueError, match="no such leaf"):
        proof.inclusion(m, n, subtree)
    assert not proof.includes(mth(range(1)), m, n, (), mth(range(1)))


@pytest.mark.parametrize(("m", "n"), [(0, 0), (0, 3), (-1, 3), (4, 3)])
def test_no_such_growth(m: int, n: int) -> None:
    """A log does not grow from nothing, nor backwards: no proof is made of it, and none is believed."""
    with pytest.raises(ValueError, match="nothing to prove"):
        proof.consistency(m, n, subtree)
    assert not proof.consistent(m, n, mth(range(max(m, 0))), mth(range(n)), ())


# -- forged proofs -------------------------------------------------------------


def flipped(value: bytes, bit: int) -> bytes:
    return (int.from_bytes(value, "big") ^ 1 << bit).to_bytes(len(value), "big")


def forgeries(hashes: Proof) -> Iterator[Proof]:
    """Yield the proof with one hash damaged, dropped, added or exchanged, at every place."""
    for place, value in enumerate(hashes):
        for bit in {0, 255, (29 * place + 41 * len(hashes)) % 256}:
            yield (*hashes[:place], flipped(value, bit), *hashes[place + 1 :])
        yield (*hashes[:place], *hashes[place + 1 :])
    for place in range(len(hashes) + 1):
        for more in (STRANGER, b"", *hashes[place - 1 : place + 1]):
            yield (*hashes[:place], more, *hashes[place:])
    for one, other in combinations(range(len(hashes)), 2):
        swapped = list(hashes)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        yield tuple(swapped)


def test_forged_inclusion_proofs() -> None:
    """No proof of a leaf survives a change in any hash, or tells of another leaf, place or root."""
    for n in range(1, FORGED + 1):
        root = mth(range(n))
        for m in range(n):
            leaf, hashes = mth(range(m, m + 1)), path(m, range(n))
            assert not any(proof.includes(leaf, m, n, forged, root) for forged in forgeries(hashes))
            assert not any(proof.includes(leaf, place, n, hashes, root) for place in range(-1, n + 2) if place != m)
            others = [mth(range(size)) for size in range(FORGED + 2) if size != n]
            assert not any(proof.includes(leaf, m, n, hashes, other) for other in (*others, flipped(root, n)))
            assert not any(
                proof.includes(other, m, n, hashes, root)
                for other in (STRANGER, root, flipped(leaf, m))
                if other != leaf
            )


def test_forged_consistency_proofs() -> None:
    """No proof of growth survives a change in any hash, or tells of another old or new root."""
    for n in range(1, FORGED + 1):
        new = mth(range(n))
        for m in range(1, n + 1):
            old, hashes = mth(range(m)), subproof(m, range(n), True)
            assert not any(proof.consistent(m, n, old, new, forged) for forged in forgeries(hashes))
            for size in range(FORGED + 2):
                if size != m:
                    assert not proof.consistent(m, n, mth(range(size)), new, hashes)
                    assert not proof.consistent(size, n, mth(range(size)), new, hashes)
                if size != n:
                    assert not proof.consistent(m, n, old, mth(range(size)), hashes)
                    assert not proof.consistent(m, size, old, mth(range(size)), hashes)
            assert not proof.consistent(m, n, flipped(old, m), new, hashes)
            assert not proof.consistent(m, n, old, flipped(new, m), hashes)
            assert m == n or not proof.consistent(m, n, new, old, hashes)
            assert m == n or not proof.consistent(n, m, new, old, hashes)
            assert m == n or not proof.consistent(n, m, old, new, hashes)


def test_every_bit_of_a_proof() -> None:
    """A flip of any single bit of any hash of a proof is noticed."""
    hashes, growing, root = path(4, range(13)), subproof(5, range(13), True), mth(range(13))
    assert (len(hashes), len(growing)) == (4, 5)
    for bit in range(256):
        for place in range(4):
            forged = (*hashes[:place], flipped(hashes[place], bit), *hashes[place + 1 :])
            assert not proof.includes(mth(range(4, 5)), 4, 13, forged, root)
        for place in range(5):
            forged = (*growing[:place], flipped(growing[place], bit), *growing[place + 1 :])
            assert not proof.consistent(5, 13, mth(range(5)), root, forged)


def test_a_root_alone_does_not_say_its_size() -> None:
    """With the same root a proof holds for another size only where the way up from the leaf is the same.

    So a size has to be signed together with its root, as a checkpoint does.
    """
    places = [(m, n) for n in range(1, 25) for m in range(n)]
    ways = {place: way(*place) for place in places}
    for m, n in places:
        leaf, hashes, root = mth(range(m, m + 1)), path(m, range(n)), mth(range(n))
        for place in places:
            assert proof.includes(leaf, *place, hashes, root) == (ways[place] == ways[m, n])
    assert ways[0, 3] == ways[0, 4]


def test_two_roots_alone_do_not_say_their_sizes() -> None:
    """With the same roots a proof of growth holds for other sizes only where it is put together the same way."""
    sizes = [(m, n) for n in range(1, 22) for m in range(1, n + 1)]
    grown = {pair: growth(*pair) for pair in sizes}
    for m, n in sizes:
        old, new, hashes = mth(range(m)), mth(range(n)), subproof(m, range(n), True)
        for pair in sizes:
            assert proof.consistent(*pair, old, new, hashes) == (grown[pair] == grown[m, n])
    for n in range(1, 22):
        assert len({grown[m, n] for m in range(1, n + 1)}) == n  # where the new size is known, so is the old one


# -- larger trees ---------------------------------------------------------------

sizes = st.integers(2, 5000)


@settings(derandomize=True)
@given(n=sizes, data=st.data())
def test_larger_inclusion_proofs(n: int, data: st.DataObject) -> None:
    """In larger trees too, a proof is PATH and holds, and a forged one does not."""
    m = data.draw(st.integers(0, n - 1))
    leaf, root, hashes = mth(range(m, m + 1)), mth(range(n)), path(m, range(n))
    assert proof.inclusion(m, n, subtree) == hashes
    assert proof.includes(leaf, m, n, hashes, root)
    assert not any(proof.includes(leaf, m, n, forged, root) for forged in forgeries(hashes))
    other = data.draw(st.integers(-5, n + 5).filter(lambda place: place != m))
    assert not proof.includes(leaf, other, n, hashes, root)
    size = data.draw(sizes.filter(lambda size: size != n))
    assert not proof.includes(leaf, m, size, hashes, mth(range(size)))


@settings(derandomize=True)
@given(n=sizes, data=st.data())
def test_larger_consistency_proofs(n: int, data: st.DataObject) -> None:
    """In larger trees too, a proof of growth is PROOF and holds, and a forged one does not."""
    m = data.draw(st.integers(1, n))
    old, new, hashes = mth(range(m)), mth(range(n)), subproof(m, range(n), True)
    assert proof.consistency(m, n, subtree) == hashes
    assert proof.consistent(m, n, old, new, hashes)
    assert not any(proof.consistent(m, n, old, new, forged) for forged in forgeries(hashes))
    size = data.draw(st.integers(1, 5000).filter(lambda size: size not in (m, n)))
    assert not proof.consistent(size, n, mth(range(size)), new, hashes)
    assert not proof.consistent(size, n, old, new, hashes)
    assert not proof.consistent(m, size, old, mth(range(size)), hashes)


@cache
def uniform(n: int) -> bytes:
    """MTH of n leaves that are all the same: it depends on their number alone."""
    if n == 1:
        return sha256(b"\x00toll").digest()
    k = split(n)
    return sha256(b"\x01" + uniform(k) + uniform(n - k)).digest()


@settings(derandomize=True)
@given(n=st.integers(2, 2**62), data=st.data())
def test_sizes_that_nobody_can_store(n: int, data: st.DataObject) -> None:
    """The arithmetic of both proofs holds for logs of any size that a checkpoint can say."""

    def perfect(level: int, index: int) -> bytes:
        return uniform(1 << level)

    m = data.draw(st.integers(1, n))
    assert proof.root_of(n, perfect) == uniform(n)
    shown = proof.inclusion(m - 1, n, perfect)
    assert len(shown) == len(way(m - 1, n))
    assert proof.includes(uniform(1), m - 1, n, shown, uniform(n))
    assert not proof.includes(uniform(2), m - 1, n, shown, uniform(n))
    hashes = proof.consistency(m, n, perfect)
    assert proof.consistent(m, n, uniform(m), uniform(n), hashes)
    assert not proof.consistent(m, n, uniform(m + 1), uniform(n), hashes)
