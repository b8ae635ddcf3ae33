"""The store of archived bytes: in a folder, packed, or elsewhere."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import Archive
from ledger.errors import EnvironmentFault, InputError

PAGE = b"The bridge was closed in May. Nobody was hurt.\n" * 500


@pytest.fixture(params=["folder", "fsspec"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """An empty archive in a folder, and one at a URL."""
    return Archive(tmp_path / "a") if request.param == "folder" else Archive(f"file://{tmp_path}/b")


def test_what_is_put_is_got_under_its_hash(archive: Archive) -> None:
    """Small or large, the bytes come back, and are listed once however often they are put."""
    for data in (b"", b"Minutes.", PAGE):
        assert archive.put(data) == archive.put(data) == sha256(data).hexdigest()
        assert archive.get(sha256(data).hexdigest()) == data
    assert archive.digests() == sorted(sha256(data).hexdigest() for data in (b"", b"Minutes.", PAGE))


def test_what_was_never_put_is_not_there(archive: Archive) -> None:
    """An unknown hash gives nothing; removing it is no fault."""
    digest = sha256(b"other").hexdigest()
    assert archive.get(digest) is None and not archive.has(digest) and archive.digests() == []
    archive.remove(digest)


def test_what_is_removed_is_gone(archive: Archive) -> None:
    """Packed or not."""
    for data in (b"Minutes.", PAGE):
        digest = archive.put(data)
        archive.remove(digest)
        assert not archive.has(digest)


def test_a_large_page_is_packed_so_that_any_program_can_unpack_it(tmp_path: Path) -> None:
    """The file is plain gzip, smaller than the page, and the same every time."""
    one, other = Archive(tmp_path / "one"), Archive(tmp_path / "other")
    file = one.path(one.put(PAGE))
    assert file.suffix == ".gz" and file.stat().st_size < len(PAGE) / 10
    assert gzip.decompress(file.read_bytes()) == PAGE
    assert other.path(other.put(PAGE)).read_bytes() == file.read_bytes()


@given(st.integers(0, 100_000), st.integers(1, 255))
def test_no_changed_byte_of_a_packed_file_passes(at: int, flip: int) -> None:
    """Whatever byte is changed, what is read has another hash, or differs in the header alone and reads the same."""
    packed = bytearray(gzip.compress(PAGE, mtime=0))
    packed[at % len(packed)] ^= flip
    store = Memory()
    digest = sha256(PAGE).hexdigest()
    store.files[f"{digest[:2]}/{digest}.gz"] = bytes(packed)
    archive = Archive("memory://unused")
    archive.__dict__["_shelf"] = store
    data = archive.get(digest)
    assert data is not None and (sha256(data).hexdigest() != digest or data == PAGE)


class Memory:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)


def test_a_url_of_no_file_system_is_refused() -> None:
    """It is said which one, and what to do."""
    with pytest.raises(InputError, match="no place for an archive"):
        Archive("nosuch://place").put(b"x")


def test_a_place_that_cannot_be_written_is_the_surroundings_fault(tmp_path: Path) -> None:
    """A file where the folder should be: nothing is archived, and it says so."""
    (tmp_path / "a").write_text("no folder")
    with pytest.raises(EnvironmentFault, match="Cannot archive into"):
        Archive(tmp_path / "a").put(b"x")
