"""Backups: the ledger as it is at one moment, verified, with its archived copies; or nothing."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from ledger import audit, store
from ledger.book import Book, Custody
from ledger.capture import Archive, plain_text
from ledger.capture.reading import PLAIN, Extraction
from ledger.errors import DamagedLedger, InputError
from ledger.exchange import back_up
from ledger.store import queries

SPEECH = b"The harbour bridge was refused a permit in May, said Marta Quell.\n"


@pytest.fixture
def told(book: Book) -> Book:
    """A ledger with a claim, a source and its archived copy."""
    book.claim("The bridge was refused a permit in May.", id="bridge")
    speech = book.source("Speech at the harbour")
    reading = Extraction(SPEECH, plain_text(SPEECH, where="speech.txt"), "text/plain", PLAIN, "speech.txt")
    Archive(book.ledger.archive).put(SPEECH)
    book.capture(speech, reading, Custody())
    return book


def tampered(book: Book, *statements: str) -> Path:
    """Close a ledger and change its file behind its back."""
    book.ledger.close()
    db = sqlite3.connect(book.ledger.path, isolation_level=None)
    for statement in statements:
        db.execute(statement)
    db.close()
    return book.ledger.path


def test_a_backup_is_the_same_ledger(told: Book, tmp_path: Path) -> None:
    """A backup has the same rows, role, root and archived copies, in a file without a WAL."""
    folder = tmp_path / "backup"
    folder.mkdir()
    made = back_up(told.ledger, folder / "desk.db")
    assert store.same_content(told.ledger.path, folder / "desk.db")
    assert made.report.root == queries.head(told.ledger.db).root.hex()
    assert (made.copies, made.fresh, made.absent) == (1, 1, 0)
    digest = sha256(SPEECH).hexdigest()
    assert (folder / "desk.archive" / digest[:2] / digest).read_bytes() == SPEECH
    assert sorted(path.name for path in folder.iterdir()) == ["desk.archive", "desk.db"]
    assert audit.verify(folder / "desk.db").problems == ()
    with store.open_ledger(folder / "desk.db", write=True) as ledger:
        Book(ledger).claim("The ferry sank.")


@pytest.mark.parametrize("role", ["example", "published"])
def test_a_backup_keeps_its_role(told: Book, tmp_path: Path, role: store.Role) -> None:
    """The backup of a ledger that takes no entries takes none either."""
    store.write_copy(told.ledger, tmp_path / "theirs.db", role=role)
    with store.open_ledger(tmp_path / "theirs.db") as ledger:
        back_up(ledger, tmp_path / "backup.db")
    with store.open_ledger(tmp_path / "backup.db") as ledger:
        assert ledger.role == role


WRITES = """
import sys
from pathlib import Path
from ledger import store
from ledger.book import Book, Custody
with store.open_ledger(Path(sys.argv[1]), write=True) as ledger:
    book, number = Book(ledger), 0
    print("begun", flush=True)
    while not Path(sys.argv[2]).exists():
        book.claim(f"The ferry made trip {number}.", id=f"trip-{number}")
        number += 1
"""


def test_backups_while_somebody_writes(told: Book, tmp_path: Path) -> None:
    """Each backup made while another process writes is sound, and holds all that was there when it began."""
    stop = tmp_path / "stop"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(told.ledger.path), str(stop)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    sizes = []
    with store.open_ledger(told.ledger.path) as ledger:
        for number in range(5):
            before = queries.head(ledger.db).size
            sizes.append(back_up(ledger, tmp_path / f"backup-{number}.db").report.size)
            assert before <= sizes[-1] <= queries.head(ledger.db).size
    stop.touch()
    writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_only_missing_copies_are_archived_again(told: Book, tmp_path: Path) -> None:
    """A second backup beside the first writes no archived copy twice."""
    (tmp_path / "backup").mkdir()
    back_up(told.ledger, tmp_path / "backup" / "desk.db")
    made = back_up(told.ledger, tmp_path / "backup" / "desk.sqlite")
    assert (made.copies, made.fresh) == (1, 0)


def test_a_copy_that_was_not_there(told: Book, tmp_path: Path) -> None:
    """An archived copy that is not beside the ledger is counted as absent; strange files are left out."""
    digest = sha256(SPEECH).hexdigest()
    (told.ledger.archive / digest[:2] / digest).rename(told.ledger.archive / digest[:2] / "half-written")
    made = back_up(told.ledger, tmp_path / "backup.db")
    assert (made.copies, made.fresh, made.absent) == (0, 0, 1)
    assert not (tmp_path / "backup.archive").exists()


SWAP = """
UPDATE sqlite_schema SET rootpage = -rootpage + (SELECT sum(rootpage) FROM sqlite_schema
  WHERE name IN ('claims_verdict', 'claims_changed')) WHERE name IN ('claims_verdict', 'claims_changed')"""
"""Two indexes exchange their pages: a compact copy would make both anew, and nobody would know."""


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE claims SET text = 'No.' WHERE id = 'bridge'", "row-changed: claims, bridge"),
        ("DROP TRIGGER ledger_entry_keep", "definition-missing"),
        ("UPDATE ledger_head SET size = 2", "head"),
        (SWAP, "structure"),
    ],
    ids=["row", "guard", "head", "index"],
)
def test_a_damaged_ledger_is_not_backed_up(told: Book, tmp_path: Path, statement: str, says: str) -> None:
    """Whatever verify finds, the backup is refused for it, and no file is left."""
    path = tampered(told, "PRAGMA writable_schema = ON", statement)
    with pytest.raises(DamagedLedger, match=says) as caught, store.open_ledger(path) as ledger:
        back_up(ledger, tmp_path / "backup.db")
    assert caught.value.where == str(path)
    assert not list(tmp_path.glob("backup*"))


def test_a_damaged_copy_is_not_backed_up(told: Book, tmp_path: Path) -> None:
    """An archived copy with other bytes stops the backup and is named."""
    digest = sha256(SPEECH).hexdigest()
    (told.ledger.archive / digest[:2] / digest).write_bytes(b"granted")
    with pytest.raises(DamagedLedger, match="not those that were archived") as caught:
        back_up(told.ledger, tmp_path / "backup.db")
    assert digest in caught.value.where
    assert not list(tmp_path.glob("backup*"))


@pytest.mark.parametrize("name", ["taken.db", "ledger.db", "folder", "left.db", "nowhere/backup.db"])
def test_names_that_are_refused(told: Book, tmp_path: Path, name: str) -> None:
    """A name that is taken, the ledger's own, one with a stray WAL beside it, or one in no folder is refused."""
    (tmp_path / "taken.db").write_text("something")
    (tmp_path / "folder").mkdir()
    (tmp_path / "left.db-wal").touch()
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(InputError):
        back_up(told.ledger, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "taken.db").read_text() == "something"


def test_what_an_interrupted_backup_left(told: Book, tmp_path: Path) -> None:
    """A half-written file of an earlier attempt, and its journal, do not stand in the way."""
    (tmp_path / "backup.db.part").write_bytes(b"half")
    (tmp_path / "backup.db.part-journal").write_bytes(b"half")
    assert back_up(told.ledger, tmp_path / "backup.db").report.sound
    assert not list(tmp_path.glob("*.part*"))
