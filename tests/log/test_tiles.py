"""A log as tiles (c2sp.org/tlog-tiles), read back by a client that knows nothing but the specification."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import log
from ledger.log.tiles import LARGEST


def leaves(size: int) -> list[bytes]:
    return [f"The ferry was late {number} times.".encode() for number in range(size)]


# -- a client, from the text of the specification --------------------------------


def mth(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962 over leaves that are hashed already."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def due(size: int) -> dict[tuple[int, int], int]:
    """Which tiles a tree has, and how wide: floor(s / 256**l) hashes at level l, 256 a tile."""
    found, level = {}, 0
    while hashes := size >> 8 * level:
        for index in range(hashes // 256 + 1):
            if width := min(256, hashes - index * 256):
                found[level, index] = width
        level += 1
    return found


def place(path: str) -> tuple[str, int, int]:
    """The level, index and width in a path."""
    match = re.fullmatch(r"tile/(entries|[0-9]+)((?:/x[0-9]{3})*/[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", path)
    assert match
    return match[1], int(match[2].replace("/", "").replace("x", "")), int(match[3] or 256)


def entries(bundle: bytes) -> list[bytes]:
    """The leaves in a bundle of entries."""
    found = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        found.append(bundle[2 : 2 + length])
        assert len(found[-1]) == length
        bundle = bundle[2 + length :]
    return found


# -- what is written -------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 999, 256, "tile/0/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (2, 1234067, 256, "tile/2/x001/x234/067"),
        (63, 273, 112, "tile/63/273.p/112"),
        ("entries", 7, 1, "tile/entries/007.p/1"),
    ],
)
def test_paths(level: int | str, index: int, width: int, path: str) -> None:
    """Indexes go by threes, all but the last with an x; a partial tile says its width."""
    assert log.tile_path(level, index, width) == path


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 600, 65_535, 65_536, 70_000])
def test_every_tile_is_there_and_holds_what_it_says(size: int) -> None:
    """Each tile of a tree of this size, none beside them, each hash the root of a full tile below or of a leaf."""
    data = leaves(size)
    written = {place(path): content for path, content in log.tiles(iter(data))}
    levels = due(size)
    assert set(written) == {(str(level), index, width) for (level, index), width in levels.items()} | {
        ("entries", index, width) for (level, index), width in levels.items() if level == 0
    }
    hashed = [sha256(b"\x00" + one).digest() for one in data]
    for (level, index), width in levels.items():
        content = written[str(level), index, width]
        span = 256**level
        first = index * 256 * span
        assert content == b"".join(mth(hashed[first + at * span : first + (at + 1) * span]) for at in range(width))
        if level == 0:
            assert entries(written["entries", index, width]) == data[first : first + width]


def test_the_example_of_the_specification() -> None:
    """A tree of 70,000 has 273 full tiles and one of 112, then a full one and one of 17, then one of 1."""
    found = [place(path)[:3] for path, _ in log.tiles(leaves(70_000)) if not path.startswith("tile/entries")]
    partial = [one for one in found if one[2] < 256]
    assert partial == [("0", 273, 112), ("1", 1, 17), ("2", 0, 1)]
    assert len(found) == 273 + 1 + 1 + 1 + 1


@settings(max_examples=30)
@given(st.integers(0, 1500), st.integers(0, 1500))
def test_a_longer_log_changes_no_full_tile(one: int, other: int) -> None:
    """What a shorter log has written full is in a longer one too, byte for byte."""
    small, large = (dict(log.tiles(leaves(size))) for size in sorted((one, other)))
    full = {path: content for path, content in small.items() if ".p/" not in path}
    assert full.items() <= large.items()


def test_a_leaf_that_no_bundle_holds() -> None:
    """The length of a leaf has two bytes."""
    assert len(dict(log.tiles([b"x" * LARGEST]))) == 2
    with pytest.raises(ValueError, match="too long"):
        list(log.tiles([b"x" * (LARGEST + 1)]))
