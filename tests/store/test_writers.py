"""Several processes that write at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ledger import audit, store
from ledger.book import Book
from ledger.store import queries

WRITERS, EACH = 4, 50

WRITES = """
import sys
from pathlib import Path
from ledger import store
from ledger.book import Book

path, name, each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with store.open_ledger(path, write=True) as ledger:
    book = Book(ledger)
    sys.stdin.readline()
    for number in range(each):
        print(book.claim(f"The ferry made trip {number} with {name} aboard.", id=f"{name}-{number}").handle)
"""


def test_writers_lose_nothing(book: Book) -> None:
    """Four processes append fifty claims each at the same time: all that was acknowledged is there, once."""
    book.ledger.close()
    path = book.ledger.path
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITES, str(path), f"writer-{number}", str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    said = []
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        said += out.split()
        assert writer.returncode == 0
    with store.open_ledger(path) as ledger:
        recorded = [row["id"] for row in queries.rows(ledger.db, "claims")]
        assert queries.head(ledger.db).size == 2 + WRITERS * EACH
    assert sorted(said) == sorted(recorded)
    assert len(recorded) == WRITERS * EACH
    assert audit.verify(Path(path)).sound
