"""Whatever lies at the path, there is a report: never an exception, and never sound about nothing."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from ledger import store
from ledger.audit import ProblemCode, verify
from ledger.book import Book
from ledger.store import schema

SHADOWS = [f"{cache}_{part}" for cache in schema.CACHES for part in ("data", "idx", "content", "docsize", "config")]


def foreign(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE people (name)").connection.close()


def headless(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {schema.FORMAT}")
    db.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, ProblemCode.NO_FILE),
        (Path.mkdir, ProblemCode.NO_FILE),
        (Path.touch, ProblemCode.EMPTY_FILE),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), ProblemCode.NOT_A_LEDGER),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)), ProblemCode.NOT_A_LEDGER),
        (lambda path: path.write_text("The bridge was closed in May.\n" * 500), ProblemCode.NOT_A_LEDGER),
        (foreign, ProblemCode.NOT_A_LEDGER),
        (headless, ProblemCode.NO_ENTRIES),
        (lambda path: store.create_file(path).close(), ProblemCode.NO_ENTRIES),
    ],
    ids=["missing", "folder", "empty", "short", "zeros", "text", "foreign", "headless", "no-entries"],
)
def test_what_is_no_ledger(ledger_path: Path, make: Callable[[Path], object], code: ProblemCode) -> None:
    """A missing, empty, foreign or entry-less file has its own code, and nothing about it is called verified."""
    make(ledger_path)
    report = verify(ledger_path)
    assert code in {problem.code for problem in report.problems}
    assert not report.sound
    assert (report.size, report.root, report.origin, report.covered) == (0, "", "", ())
    assert report.not_established == ("Nothing was verified.",)


def test_an_open_ledger(book: Book) -> None:
    """A ledger is verified while its writer works: entries still in the WAL are read, later ones wait."""
    book.claim("The bridge was closed in May.")
    seen: list[tuple[int, int]] = []

    def write(done: int, total: int) -> None:
        book.claim("The ferry sank.")
        seen.append((done, total))

    report = verify(book.ledger.path, progress=write)
    assert report.sound
    assert (report.size, seen) == (3, [(3, 3)])
    assert verify(book.ledger.path).size == 4


def test_a_copy_without_its_wal(book: Book, tmp_path: Path) -> None:
    """The main file alone, copied from under a writer, lacks what waits in its WAL: the report does not hide that."""
    book.claim("The bridge was closed in May.")
    report = verify(Path(shutil.copy(book.ledger.path, tmp_path / "alone.db")))
    assert report.size == 2
    assert any("cut off the end" in line for line in report.not_established)


def test_progress(long_story: Path) -> None:
    """Progress counts up to the number of entries."""
    seen: list[tuple[int, int]] = []
    report = verify(long_story, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (report.size, report.size)


@contextmanager
def read_only(*files: Path) -> Iterator[Path]:
    """A folder with copies of these files that neither this user nor, for the block, an administrator can write to."""
    folder = Path(tempfile.mkdtemp())
    for file in files:
        Path(shutil.copy(file, folder)).chmod(0o444)
    folder.chmod(0o555)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(me)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_to(story: Path) -> None:
    """A ledger whose WAL is empty is read as it lies, where SQLite can lock nothing; that is said."""
    with read_only(story) as folder:
        report = verify(folder / story.name, archive=False)
    assert report.sound
    assert any("while it was read" in line for line in report.not_established)


def test_a_wal_that_cannot_be_read(book: Book) -> None:
    """Where entries wait in a WAL that SQLite cannot read, the report says why and what to do."""
    book.claim("The bridge was closed in May.")
    path = book.ledger.path
    with read_only(path, path.with_name(f"{path.name}-wal")) as folder:
        (problem,) = verify(folder / path.name).problems
    assert problem.code is ProblemCode.UNREADABLE
    assert f"{path.name}-wal" in problem.message
    assert "Copy both files" in problem.message


def test_the_example_s_kind_of_file(story: Path) -> None:
    """A ledger without a WAL, as the committed example is, leaves no file beside it."""
    db = sqlite3.connect(story)
    db.execute("PRAGMA journal_mode=DELETE")
    db.close()
    before = sorted(path.name for path in story.parent.iterdir())
    assert verify(story).sound
    assert sorted(path.name for path in story.parent.iterdir()) == before


def test_what_is_kept_as_a_checkpoint_and_is_none(story: Path) -> None:
    """A row that holds no checkpoint is a problem with a code of its own."""
    db = sqlite3.connect(story)
    db.execute("INSERT INTO ledger_checkpoint (size, note) VALUES (2, 'desk.example')")
    db.commit()
    db.close()
    (problem,) = verify(story).problems
    assert (problem.code, problem.table) == (ProblemCode.CHECKPOINT_FORM, "ledger_checkpoint")


# -- archived copies ---------------------------------------------------------


def _copy_of(story: Path) -> Path:
    (file,) = story.with_suffix(".archive").glob("??/*")
    return file


def test_an_archived_copy_altered(story: Path) -> None:
    """A changed byte in an archived copy is a problem of its capture."""
    _copy_of(story).write_bytes(_copy_of(story).read_bytes().replace(b"refused", b"granted"))
    (problem,) = verify(story).problems
    assert problem.code is ProblemCode.COPY_CHANGED
    assert (problem.table, problem.field) == ("captures", "sha256")
    assert "speech-at-the-harbour-copy" in (problem.record or "")


@pytest.mark.parametrize("lose", [Path.unlink, lambda file: (file.unlink(), file.mkdir())], ids=["gone", "folder"])
def test_an_archived_copy_that_is_not_here(story: Path, lose: Callable[[Path], object]) -> None:
    """A copy that the entries name and that is nowhere is a problem, told with the claims that quote from it."""
    lose(_copy_of(story))
    (problem,) = verify(story).problems
    assert problem.code is ProblemCode.COPY_MISSING
    assert (problem.table, problem.field) == ("captures", "sha256")
    assert problem.message.endswith("Words were quoted from it for: bridge.")


# -- damage by chance ----------------------------------------------------------


def _content(path: Path) -> list[Any]:
    """All that a file says outside its caches, read by plain SQL: tables by themselves and through each index."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = bytes
    hidden = ", ".join(f"'{name}'" for name in SHADOWS)
    said: list[Any] = [db.execute(f"PRAGMA {name}").fetchall() for name in ("application_id", "user_version")]
    said.append(
        db.execute(
            f"SELECT type, name, tbl_name, sql FROM sqlite_master WHERE lower(tbl_name) NOT IN ({hidden})"
        ).fetchall()
    )
    for table in (*schema.LOG, *schema.PROJECTIONS):
        said.append(db.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall())
    for name, sql in schema.INDEXES.items():
        table, _, rest = sql.partition(" ON ")[2].partition(" (")
        column, _, where = rest.partition(")")
        said.append(db.execute(f"SELECT {column} FROM {table} INDEXED BY {name}{where} ORDER BY 1").fetchall())
    db.close()
    return said


def test_the_page_of_an_empty_index(story: Path) -> None:
    """A page of another type under an index without rows passes SQLite's own check; verify still sees it."""
    db = sqlite3.connect(story)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'links_comes_from'").fetchone()
    db.close()
    data = bytearray(story.read_bytes())
    data[(page - 1) * 4096] = 5
    story.write_bytes(data)
    assert (ProblemCode.UNREADABLE, "links") in [(problem.code, problem.table) for problem in verify(story).problems]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 4))])
def test_flipped_bits(story: Path, seed: int) -> None:
    """A flipped bit is reported, or the file still says in every row what it said before."""
    draw = random.Random(seed)
    good = story.read_bytes()
    due = _content(story)
    used = [place for place, byte in enumerate(good) if byte]
    missed, seen = [], 0
    for _ in range(100):
        place = draw.choice(used) if draw.random() < 0.8 else draw.randrange(len(good))
        data = bytearray(good)
        data[place] ^= 1 << draw.randrange(8)
        story.write_bytes(data)
        for end in ("-wal", "-shm"):
            story.with_name(story.name + end).unlink(missing_ok=True)
        report = verify(story)
        seen += not report.sound
        if report.sound and _content(story) != due:
            missed.append(place)
    assert missed == []
    assert seen > 50


@pytest.mark.long
def test_the_header_of_the_file(story: Path) -> None:
    """A flipped bit in the file's header gives a report, whatever SQLite makes of it."""
    good = story.read_bytes()
    due = _content(story)
    for place in range(100):
        data = bytearray(good)
        data[place] ^= 1 << place % 8
        story.write_bytes(data)
        for end in ("-wal", "-shm", "-journal"):
            story.with_name(story.name + end).unlink(missing_ok=True)
        report = verify(story)
        assert not report.sound or _content(story) == due


def test_truncated_files(story: Path) -> None:
    """A file cut anywhere is never sound."""
    good = story.read_bytes()
    draw = random.Random(7)
    pages = range(0, len(good), 4096)
    cuts = {0, 1, 15, 16, 99, 100, 101, *pages, *(page + 1 for page in pages), *(page - 1 for page in pages if page)}
    for size in sorted(cuts | {draw.randrange(len(good)) for _ in range(100)}):
        story.write_bytes(good[:size])
        for end in ("-wal", "-shm"):
            story.with_name(story.name + end).unlink(missing_ok=True)
        report = verify(story)
        assert report.problems, size
        assert not report.sound
