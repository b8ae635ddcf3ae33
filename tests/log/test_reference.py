"""Roots and proofs that others have published for the reference tree of Certificate Transparency.

The same leaves, roots and proofs are in the tests of google/certificate-transparency and of
transparency-dev/merkle. The latter also publishes 196 probes, most of them proofs that were tampered with: the same
kinds of tampering are done here to every proof of the tree, and `benchmarks/transparency.py` reads the published ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import log
from ledger.log import proof

LEAVES = [
    log.leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    size: bytes.fromhex(root)
    for size, root in enumerate(
        (
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        )
    )
}

EMPTY = ROOTS[0]

LEAF_0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAF_6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
LEAVES_01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
LEAVES_23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_0123 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
LEAVES_4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"


def grown(leaves: Sequence[bytes]) -> bytes:
    """The root of some leaves, grown leaf by leaf."""
    frontier: list[bytes] = []
    for number, leaf in enumerate(leaves):
        log.push(frontier, number, leaf)
    return log.root(frontier)


def subtree(level: int, index: int) -> bytes:
    """The root of a perfect subtree of the reference leaves."""
    return grown(LEAVES[index << level : (index + 1) << level])


def test_reference_hashes() -> None:
    """A leaf and a node hash as in the reference implementations."""
    assert log.leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert log.node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize("size", ROOTS)
def test_reference_roots(size: int) -> None:
    """The root of the first leaves, grown one by one or out of perfect subtrees, is the published one."""
    assert grown(LEAVES[:size]) == ROOTS[size]
    assert proof.root_of(size, subtree) == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "published"),
    [
        (0, 1, []),
        (0, 8, [LEAF_1, LEAVES_23, LEAVES_4567]),
        (5, 8, [LEAF_4, LEAVES_67, LEAVES_0123]),
        (2, 3, [LEAVES_01]),
        (1, 5, [LEAF_0, LEAVES_23, LEAF_4]),
    ],
)
def test_reference_inclusion_proofs(index: int, size: int, published: list[str]) -> None:
    """The proof of a reference leaf is the published one, and holds against the published root."""
    hashes = proof.inclusion(index, size, subtree)
    assert [value.hex() for value in hashes] == published
    assert proof.includes(LEAVES[index], index, size, hashes, ROOTS[size])


@pytest.mark.parametrize(
    ("old", "new", "published"),
    [
        (1, 1, []),
        (1, 8, [LEAF_1, LEAVES_23, LEAVES_4567]),
        (6, 8, [LEAVES_45, LEAVES_67, LEAVES_0123]),
        (2, 5, [LEAVES_23, LEAF_4]),
        (6, 7, [LEAVES_45, LEAF_6, LEAVES_0123]),
    ],
)
def test_reference_consistency_proofs(old: int, new: int, published: list[str]) -> None:
    """The proof that the reference tree grew is the published one, and holds between the published roots."""
    hashes = proof.consistency(old, new, subtree)
    assert [value.hex() for value in hashes] == published
    assert proof.consistent(old, new, ROOTS[old], ROOTS[new], hashes)


# -- what was tampered with ----------------------------------------------------

Proof = tuple[bytes, ...]
STRANGER = sha256(b"of another tree").digest()
PAIRS = [(one, other) for other in range(1, 9) for one in range(other)]


def tampered(hashes: Proof, *roots: bytes) -> Iterator[tuple[str, Proof]]:
    """Yield a proof with each of the published kinds of tampering, named."""
    for place, value in enumerate(hashes):
        flipped = bytes([value[0] ^ 1 << 4]) + value[1:]
        yield f"bit of hash {place}", (*hashes[:place], flipped, *hashes[place + 1 :])
        yield f"without hash {place}", (*hashes[:place], *hashes[place + 1 :])
        yield f"hash {place} twice", (*hashes[:place], value, *hashes[place:])
    for name, more in (("garbage", STRANGER), ("nothing", b""), *(("a root", root) for root in roots)):
        yield f"{name} before", (more, *hashes)
        yield f"{name} behind", (*hashes, more)
    if hashes:
        yield "no proof", ()


@pytest.mark.parametrize(("index", "size"), PAIRS)
def test_tampered_inclusion_proofs(index: int, size: int) -> None:
    """No tampered proof shows a reference leaf, nor does the true one show another leaf, place, size or root."""
    leaf, root, hashes = LEAVES[index], ROOTS[size], proof.inclusion(index, size, subtree)
    assert proof.includes(leaf, index, size, hashes, root)
    assert [name for name, forged in tampered(hashes, root) if proof.includes(leaf, index, size, forged, root)] == []
    places = [(index - 1, size), (index + 1, size), (index ^ 2, size)]
    assert [place for place in places if proof.includes(leaf, *place, hashes, root)] == []
    assert not proof.includes(leaf, index, size * 2, hashes, root) and not proof.includes(STRANGER, index, 0, (), root)
    for other in (STRANGER, b"", leaf[:-1], EMPTY):
        assert not proof.includes(other, index, size, hashes, root)
        assert not proof.includes(leaf, index, size, hashes, other)
        assert not proof.includes(other, index, size, hashes, other) or (size, other) in ((1, STRANGER), (1, EMPTY))


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if pair[0]])
def test_tampered_consistency_proofs(old: int, new: int) -> None:
    """No tampered proof shows that the reference tree grew, nor does the true one show other sizes or roots."""
    was, now, hashes = ROOTS[old], ROOTS[new], proof.consistency(old, new, subtree)
    assert proof.consistent(old, new, was, now, hashes)
    forged = [name for name, one in tampered(hashes, was, now) if proof.consistent(old, new, was, now, one)]
    assert forged == []
    for sizes in ((old - 1, new), (old + 1, new), (old ^ 2, new), (old, new * 2), (old, new // 2), (0, new), (0, 0)):
        assert not proof.consistent(*sizes, was, now, hashes)
    for other in (STRANGER, b"", was[:-1], EMPTY):
        assert not proof.consistent(old, new, other, now, hashes)
        assert not proof.consistent(old, new, was, other, hashes)
    assert not proof.consistent(old, new, now, was, hashes)


lengths = st.binary(max_size=80).filter(lambda value: len(value) != log.HASH_BYTES)


@given(st.sampled_from(PAIRS), lengths, st.data())
def test_what_is_no_hash_proves_nothing(pair: tuple[int, int], odd: bytes, data: st.DataObject) -> None:
    """A value that is shorter or longer than 32 bytes, or empty, is refused wherever it stands in a proof."""
    index, size = pair
    hashes = proof.inclusion(index, size, subtree)
    parts = [LEAVES[index], ROOTS[size], *hashes]
    parts[data.draw(st.integers(0, len(parts) - 1))] = odd
    assert not proof.includes(parts[0], index, size, parts[2:], parts[1])
    assert not proof.includes(odd, index, size, hashes, odd)
    if index:
        parts = [ROOTS[index], ROOTS[size], *proof.consistency(index, size, subtree)]
        parts[data.draw(st.integers(0, len(parts) - 1))] = odd
        assert not proof.consistent(index, size, parts[0], parts[1], parts[2:])
