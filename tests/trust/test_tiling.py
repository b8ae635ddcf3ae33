"""A ledger's log as a folder that tile clients and mirrors read (c2sp.org/tlog-tiles)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger import store, trust
from ledger.book import Book, keys
from ledger.errors import DamagedLedger, InputError
from ledger.log import Checkpoint, Environment, Note
from ledger.store import queries


def told(book: Book, more: int) -> None:
    """Make the log longer."""
    with book.together():
        for number in range(more):
            book.claim(f"Zoë Kepler was late {queries.head(book.ledger.db).size} and {number} times.")


def mirrored(folder: Path, key: object) -> list[bytes]:
    """What a mirror reads: the checkpoint, then every leaf, each in its place under the root that was signed."""
    note = Note.read((folder / "checkpoint").read_text("utf-8"))
    assert note.signed_by(key)  # type: ignore[arg-type]
    _, size, root = note.text.splitlines()
    leaves = list(bundled(folder, int(size)))
    hashes = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    assert b64encode(mth(hashes)).decode() == root
    for index in range(0, len(hashes), 256):
        width = min(256, len(hashes) - index)
        tile = folder / "tile/0" / (f"{index // 256:03}" + ("" if width == 256 else f".p/{width}"))
        assert tile.read_bytes() == b"".join(hashes[index : index + width])
    return leaves


def bundled(folder: Path, size: int) -> Iterator[bytes]:
    for index in range(0, size, 256):
        width = min(256, size - index)
        name = f"{index // 256:03}" + ("" if width == 256 else f".p/{width}")
        data = (folder / "tile/entries" / name).read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            yield data[2 : 2 + length]
            data = data[2 + length :]


def mth(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_mirror_reads_the_whole_log(book: Book, tmp_path: Path) -> None:
    """Every leaf is there, under the signed root; none of the words are."""
    told(book, 600)
    said = trust.write_tiles(book.ledger, tmp_path / "tiles")
    leaves = mirrored(tmp_path / "tiles", trust.log_key(book.ledger))
    assert said.size == len(leaves) == queries.head(book.ledger.db).size
    assert not any(re.search("Zo|Kepler|late|Roa", content.decode("latin-1")) for content in leaves)


def test_a_longer_log_is_written_beside_the_shorter(book: Book, tmp_path: Path) -> None:
    """Full tiles and earlier partial ones stay as they are; a second run without new entries changes nothing."""
    folder = tmp_path / "tiles"
    told(book, 300)
    trust.write_tiles(book.ledger, folder)
    before = files(folder)
    told(book, 300)
    trust.write_tiles(book.ledger, folder)
    after = files(folder)
    mirrored(folder, trust.log_key(book.ledger))
    assert {name for name in before if before[name] != after[name]} == {"checkpoint"}
    trust.write_tiles(book.ledger, folder)
    assert files(folder) == after


def test_witnesses_go_along(book: Book, tmp_path: Path) -> None:
    """The checkpoint in the folder has the signatures of everybody who signed it."""
    key = trust.witness.begin("w.example", Environment())
    note = trust.checkpoint(book.ledger)
    seen = trust.witness.cosign("w.example", str(note), Environment(), log_key=trust.log_key(book.ledger))
    trust.add_cosigned(book.ledger, seen)
    trust.write_tiles(book.ledger, tmp_path / "tiles")
    assert Note.read((tmp_path / "tiles/checkpoint").read_text("utf-8")).cosigned_at(key)


def test_another_history(book: Book, tmp_path: Path) -> None:
    """A fork of the log, or another log, is not written over the tiles of the first."""
    folder, fork = tmp_path / "tiles", tmp_path / "fork.db"
    store.write_twin(book.ledger, fork)
    told(book, 300)
    trust.write_tiles(book.ledger, folder)
    before = files(folder)
    memory = next(keys.folder().glob("*.checkpoint"))
    memory.unlink()  # the owner of the key, who forgets what was signed
    with store.open_ledger(fork, write=True) as ledger:
        for number in range(350):
            Book(ledger).claim(f"The ferry was early {number} times.")
        with pytest.raises(DamagedLedger, match="other entries"):
            trust.write_tiles(ledger, folder)
    assert files(folder) == before


def test_a_shorter_log(book: Book, tmp_path: Path) -> None:
    """An old backup does not take the place of what was published since."""
    folder, old = tmp_path / "tiles", tmp_path / "old.db"
    trust.checkpoint(book.ledger)
    store.write_twin(book.ledger, old)
    told(book, 5)
    trust.write_tiles(book.ledger, folder)
    before = files(folder)
    with store.open_ledger(old, write=True) as ledger, pytest.raises(DamagedLedger, match="The folder holds 7 entries"):
        trust.write_tiles(ledger, folder)
    assert files(folder) == before


def test_a_damaged_ledger_is_not_announced(book: Book, tmp_path: Path) -> None:
    """Where the entries do not give the root that was signed, no checkpoint is put beside the tiles."""
    told(book, 3)
    trust.checkpoint(book.ledger)
    book.ledger.db.execute("DROP TRIGGER ledger_entry_keep")
    book.ledger.db.execute("UPDATE ledger_entry SET env = replace(env, '\"seq\":2', '\"seq\":3') WHERE seq = 2")
    with pytest.raises(DamagedLedger, match="not what its checkpoint says"):
        trust.write_tiles(book.ledger, tmp_path / "tiles")
    assert not (tmp_path / "tiles/checkpoint").exists()


def test_by_command(factledger: Callable[..., Any], book: Book, tmp_path: Path) -> None:
    """`checkpoint --tiles DIR` signs and writes; a folder that holds something else's checkpoint is left alone."""
    done = factledger("-d", str(book.ledger.path), "checkpoint", "--tiles", "tiles")
    assert (done.returncode, "Tiles     of 2 entries" in done.stderr) == (0, True)
    assert Checkpoint.read(Note.read(done.stdout).text).size == len(
        mirrored(tmp_path / "tiles", trust.log_key(book.ledger))
    )
    (tmp_path / "tiles/checkpoint").write_text("something else", encoding="utf-8")
    with pytest.raises(InputError):
        trust.write_tiles(book.ledger, tmp_path / "tiles")
