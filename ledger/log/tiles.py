"""A log as static files that tile clients and mirrors read (c2sp.org/tlog-tiles).

    tile/<level>/<index>[.p/<width>]     up to 256 hashes of 32 bytes; at level 0 those of leaves, above it those of
                                         full tiles
    tile/entries/<index>[.p/<width>]     the data of up to 256 leaves, each behind its length in two bytes

A full tile never changes. The last one of each level is partial: its name says how wide it is, so that a longer log
writes beside it and not over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .tree import leaf_hash, node_hash

WIDTH = 256
"""Hashes of a full tile."""

LARGEST = 2**16 - 1
"""Bytes of a leaf's data in a bundle of entries."""


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile below the log's prefix; `level` is a number or "entries"."""
    digits = f"{index:03}"
    groups = f"{digits:0>{-(-len(digits) // 3) * 3}}"
    parts = [groups[at : at + 3] for at in range(0, len(groups), 3)]
    name = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def tiles(leaves: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every tile and bundle of the log of these leaves' data, in one pass.

    Raises ValueError for a leaf that no bundle can hold.
    """
    bundle: list[bytes] = []
    waiting: list[list[bytes]] = []  # by level: the hashes of a tile that is not full yet
    done: list[int] = []  # by level: how many tiles are full
    for data in leaves:
        if len(data) > LARGEST:
            raise ValueError(f"A leaf of {len(data):,} bytes is too long for a tile.")
        bundle.append(len(data).to_bytes(2, "big") + data)
        level, value = 0, leaf_hash(data)
        while True:
            if level == len(waiting):
                waiting.append([])
                done.append(0)
            waiting[level].append(value)
            if len(waiting[level]) < WIDTH:
                break
            if level == 0:
                yield tile_path("entries", done[0]), b"".join(bundle)
                bundle.clear()
            yield tile_path(level, done[level]), b"".join(waiting[level])
            value = _root(waiting[level])
            waiting[level] = []
            done[level] += 1
            level += 1
    if bundle:
        yield tile_path("entries", done[0], len(bundle)), b"".join(bundle)
    for level, hashes in enumerate(waiting):
        if hashes:
            yield tile_path(level, done[level], len(hashes)), b"".join(hashes)


def _root(hashes: Sequence[bytes]) -> bytes:
    """Return the root above the hashes of a full tile."""
    while len(hashes) > 1:
        hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
