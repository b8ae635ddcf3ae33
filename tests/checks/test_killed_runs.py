"""A run that was killed at some moment: the next one finds the same, nothing twice, and the ledger is sound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ledger import store
from ledger.book import Book
from ledger.store import queries

COMMAND = [sys.executable, "-c", "from ledger.cli import main; main()"]
CLAIMS = 300
MOMENTS = 15


@pytest.fixture
def many(book: Book, ledger_path: Path) -> Path:
    """A ledger of some hundred claims, closed."""
    with book.together():
        paper = book.agent("Harbour Post")
        for number in range(CLAIMS):
            if number % 10 == 0:
                source = book.source(f"Sitting {number}", publisher=paper, published="2031-05-03")
            claim = book.claim(f"Pier {number} was closed in May.", id=f"pier-{number}", occurred="2031-05-02")
            book.evidence(claim, source)
    book.ledger.close()
    return ledger_path


def started(path: Path) -> subprocess.Popen[bytes]:
    """Begin to check everything, in a process that can be killed."""
    command = [*COMMAND, "-d", str(path), "check", "--json", "--fail-on", "never"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))


def copied(path: Path, name: str) -> Path:
    """Return a copy of a closed ledger, in a folder of its own."""
    folder = path.parent / name
    folder.mkdir()
    shutil.copy(path, folder / path.name)
    return folder / path.name


def found(path: Path) -> Counter[tuple[Any, ...]]:
    """Return every finding on record, without the entry and the instant at which it was recorded."""
    with store.open_ledger(path, write=False) as ledger:
        rows = queries.rows(ledger.db, "findings")
    return Counter(tuple(value for name, value in row.items() if name not in ("run", "seq", "added")) for row in rows)


@pytest.mark.long
def test_a_killed_run_is_made_good_by_the_next(many: Path, factledger: Any) -> None:
    """Killed at many moments from start to end: the run after it ends with what an unbroken run finds."""
    whole = copied(many, "whole")
    began = time.monotonic()
    assert started(whole).wait(120) == 0
    lasted = time.monotonic() - began
    expected = found(whole)
    assert len(expected) > CLAIMS
    for moment in range(MOMENTS):
        path = copied(many, f"killed-{moment}")
        run = started(path)
        time.sleep(lasted * (moment + 1) / (MOMENTS + 1))
        run.kill()
        run.wait(60)
        with store.open_ledger(path, write=False) as ledger:
            basis, kept = queries.basis(ledger.db), queries.count(ledger.db, "findings")
        assert basis is None or kept == expected.total()
        assert factledger("-d", str(path), "check", "--fail-on", "never").returncode == 0
        after = found(path)
        assert after == expected
        assert set(after.values()) == {1}
        verified = factledger("-d", str(path), "verify")
        assert verified.returncode == 0, verified.stdout
