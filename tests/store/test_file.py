"""The file: opening what is a ledger, refusing what is none, and leaving other connections alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from ledger import store
from ledger.book import Book, start
from ledger.errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, ReadOnly
from ledger.store import queries, schema
from ledger.store.append import insert


def foreign(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE people (name)").connection.close()


def headless(path: Path) -> None:
    """A file that calls itself a ledger and holds nothing of one."""
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute("CREATE TABLE people (name)")
    db.close()


@pytest.mark.parametrize("write", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "There is no ledger here"),
        (Path.mkdir, "This is a folder"),
        (Path.touch, "The file is empty"),
        (lambda path: path.write_text("claims"), "This is no SQLite file"),
        (lambda path: path.write_text("The bridge was closed in May.\n" * 500), "This is no SQLite file"),
        (foreign, "no ledger"),
        (headless, "damaged"),
    ],
    ids=["missing", "folder", "empty", "short", "text", "foreign", "headless"],
)
def test_what_is_no_ledger(ledger_path: Path, make: Callable[[Path], object], says: str, write: bool) -> None:
    """Whatever lies at the path, opening it names the fault and leaves it as it is."""
    make(ledger_path)
    before = ledger_path.read_bytes() if ledger_path.is_file() else None
    with pytest.raises(DamagedLedger, match=says):
        store.open_ledger(ledger_path, write=write)
    assert (ledger_path.read_bytes() if ledger_path.is_file() else None) == before


def test_broken_text_in_the_definitions(book: Book) -> None:
    """SQLite quotes a broken definition in its message; that is a damaged ledger too."""
    book.ledger.close()
    path = book.ledger.path
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE ledger_role", b"CRE\xffTE TABLE ledger_role"))
    with pytest.raises(LedgerError):
        store.open_ledger(path)


def test_a_newer_format_takes_no_entries_here(book: Book) -> None:
    """A ledger of a later version is not written to, with the remedy, and is read as far as its entries are known."""
    book.ledger.db.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")
    with pytest.raises(EnvironmentFault, match="Update it"):
        store.open_ledger(book.ledger.path, write=True)
    with store.open_ledger(book.ledger.path) as ledger:
        assert ledger.format == schema.FORMAT + 1
        assert queries.head(ledger.db) == queries.head(book.ledger.db)


def test_a_newer_format_whose_entries_are_unknown_is_not_guessed_at(book: Book) -> None:
    """What a later version entered may mean anything: one line says so, and nothing is shown."""
    with store.steady(book.ledger):
        insert(book.ledger, [store.Draft("wager.add", "0" * 32, {})], ["{}"], queries.first(book.ledger.db).actor)
    book.ledger.db.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")
    with pytest.raises(EnvironmentFault, match="Update it"):
        store.open_ledger(book.ledger.path)


@pytest.mark.parametrize("role", ["example", "published"])
def test_roles_that_take_no_entries(book: Book, role: str) -> None:
    """The example and published copies open for reading only."""
    book.ledger.db.execute("UPDATE ledger_role SET role = ?", (role,))
    with pytest.raises(ReadOnly, match="takes no entries"):
        store.open_ledger(book.ledger.path, write=True)
    with store.open_ledger(book.ledger.path) as ledger:
        assert ledger.role == role


def test_a_refused_writer_leaves_the_example_as_it_is(book: Book) -> None:
    """Whoever asks to write to the example changes no byte of it, not even its journal mode."""
    book.ledger.db.execute("UPDATE ledger_role SET role = 'example'")
    book.ledger.db.execute("PRAGMA journal_mode=DELETE")
    book.ledger.close()
    before = book.ledger.path.read_bytes()
    with pytest.raises(ReadOnly, match="the example"):
        store.open_ledger(book.ledger.path, write=True)
    assert book.ledger.path.read_bytes() == before


def test_a_reader_cannot_write(book: Book) -> None:
    """What was opened for reading refuses an append and stays as it is."""
    with store.open_ledger(book.ledger.path) as ledger, pytest.raises(LedgerError):
        Book(ledger).claim("The bridge was closed in May.")
    assert queries.head(book.ledger.db).size == 2


def test_a_path_that_is_taken(book: Book) -> None:
    """Starting a ledger where a file lies changes nothing."""
    with pytest.raises(EnvironmentFault, match="already exists"):
        start(book.ledger.path, origin="other.example", person="Marta Quell")
    assert queries.head(book.ledger.db).size == 2


def test_a_start_that_cannot_keep_its_key(ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the log key cannot be kept, no half-made ledger is left in the way."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path / "taken"))
    (tmp_path / "taken").touch()
    with pytest.raises(EnvironmentFault, match="FACTLEDGER_KEYS"):
        start(ledger_path, origin="desk.example", person="Ana Roa")
    assert not ledger_path.exists()


@pytest.mark.parametrize("origin", ["", "two words", "desk+example", "desk\nexample", "x" * 201])
def test_origins_that_cannot_be_signed(ledger_path: Path, origin: str) -> None:
    """An origin that a signed note cannot carry is refused before a file is made."""
    with pytest.raises(InputError, match="cannot name a ledger"):
        start(ledger_path, origin=origin, person="Ana Roa")
    assert not ledger_path.exists()


def test_the_key_is_the_owner_s_alone(book: Book) -> None:
    """The log key lies in the key folder, readable by its owner only, and not in the ledger."""
    (file,) = Path(os.environ["FACTLEDGER_KEYS"]).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    secret = file.read_text().strip().split("+", 4)[4]  # PRIVATE, KEY, name, hash: base64 has a "+" of its own
    book.ledger.close()
    assert secret.encode() not in book.ledger.path.read_bytes()


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="lists POSIX locks as Linux does")
def test_opening_again_keeps_the_first_connection_s_locks(book: Book) -> None:
    """Opening a ledger that this process has open already drops none of its locks on the file."""

    def held() -> set[str]:
        lines = Path("/proc/locks").read_text().splitlines()
        inode = f":{book.ledger.path.stat().st_ino} "
        return {line.partition(":")[2] for line in lines if f" {os.getpid()} " in line and inode in line}

    before = held()
    store.open_ledger(book.ledger.path).close()
    assert held() == before != set()


def test_the_pragmas_of_a_writer(book: Book) -> None:
    """A writer syncs what it must and wipes what it deletes."""
    trusts = int(sqlite3.sqlite_version_info < (3, 44))  # full-text triggers are refused there without
    names = {"synchronous": 3, "secure_delete": 1, "trusted_schema": trusts, "journal_mode": "wal"}
    assert {name: book.ledger.db.execute(f"PRAGMA {name}").fetchone()[0] for name in names} == names


HOLDS = """
import sys
from pathlib import Path
from ledger.store.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_is_waited_for_and_dies_with_its_holder(book: Book) -> None:
    """While another process holds the lock nothing is written; when it is killed the next writer goes on."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(book.ledger.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    script = (
        "import sys; from pathlib import Path; from ledger import store; from ledger.book import Book\n"
        "with store.open_ledger(Path(sys.argv[1]), write=True) as ledger:\n"
        "    print('open', flush=True); Book(ledger).agent('Marta Quell')\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, str(book.ledger.path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    assert queries.head(book.ledger.db).size == 2
    assert writer.poll() is None
    holder.kill()
    holder.communicate()
    assert writer.wait(timeout=60) == 0
    writer.stdout.close()
    assert queries.head(book.ledger.db).size == 3
