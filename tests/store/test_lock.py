"""The lock: whoever waits for it is told so, and can give up."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ledger import store
from ledger.book import Book
from ledger.store import queries

WAITING = "Waiting for another factledger that is writing to ledger.db ...\n"

HOLDS = """
import sys
from pathlib import Path
from ledger.store.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let another process hold a ledger's lock for the block."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.communicate("")


def entering(path: Path) -> subprocess.Popen[str]:
    """Begin to enter an agent, in a process of its own; it hears Ctrl-C even where the tests run in the background."""
    script = str(Path(sys.executable).with_name("factledger"))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen([script, "-d", str(path), "agent", "Marta Quell"], stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)


def test_whoever_waits_is_told_once(book: Book) -> None:
    """A command that waits for the lock says so, goes on when it is free, and says it only once."""
    book.ledger.close()
    with held(book.ledger.path):
        writer = entering(book.ledger.path)
        assert writer.stderr is not None
        assert writer.stderr.readline() == WAITING
    _, rest = writer.communicate(timeout=60)
    assert rest == "Recorded agent marta-quell: Marta Quell\n"
    assert writer.returncode == 0


def test_a_free_lock_is_nothing_to_tell(book: Book) -> None:
    """A command that need not wait says nothing of a lock."""
    book.ledger.close()
    _, said = entering(book.ledger.path).communicate(timeout=60)
    assert said == "Recorded agent marta-quell: Marta Quell\n"


def test_waiting_can_be_given_up(book: Book) -> None:
    """Ctrl-C while waiting ends the command at once in one line, with nothing written."""
    book.ledger.close()
    with held(book.ledger.path):
        writer = entering(book.ledger.path)
        assert writer.stderr is not None
        assert writer.stderr.readline() == WAITING
        writer.send_signal(signal.SIGINT)
        _, rest = writer.communicate(timeout=60)
        assert writer.returncode == 130
    assert rest.strip() == "Stopped. Nothing was recorded of what was being entered."
    with store.open_ledger(book.ledger.path) as ledger:
        assert queries.head(ledger.db).size == 2


def test_closing_waits_for_nobody(book: Book) -> None:
    """A ledger can be closed while another process holds the lock."""
    book.agent("Marta Quell")
    with held(book.ledger.path):
        book.ledger.close()
    with store.open_ledger(book.ledger.path) as ledger:
        assert queries.head(ledger.db).size == 3


def test_doctor_says_whether_somebody_is_writing(factledger: Any, book: Book) -> None:
    """`doctor` looks at the lock without waiting for it and without taking it from anybody."""
    assert "ledger.db.lock is free" in factledger("doctor").stdout
    with held(book.ledger.path):
        assert "ledger.db.lock is held: somebody is writing" in factledger("doctor").stdout
        assert store.is_held(book.ledger.path)
    assert not store.is_held(book.ledger.path)


def test_a_ledger_that_nobody_locked_yet(tmp_path: Path) -> None:
    """Asking for the lock of a ledger that has none makes no file."""
    assert not store.is_held(tmp_path / "ledger.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.table
@pytest.mark.parametrize("name", ["journal_mode=wal", "synchronous=3", "secure_delete=1", "trusted_schema="])
def test_doctor_names_the_settings(factledger: Any, book: Book, name: str) -> None:
    """`doctor` says how the file is set, and what a writer sets."""
    assert name in factledger("doctor").stdout
