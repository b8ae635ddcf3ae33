"""A scratch database is for what may be larger than memory."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger.store import scratch_database

FILLED = """
import resource
from ledger.store import scratch_database
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
db, before = scratch_database("CREATE TABLE it (a)"), peak()
for _ in range(100):
    db.execute("INSERT INTO it VALUES (randomblob(1000000))")
assert db.execute("SELECT sum(length(a)) FROM it").fetchone() == (100_000_000,)
print((peak() - before) // 1024)
"""


def test_it_is_not_in_memory() -> None:
    """A hundred megabytes in it take a few of memory, whichever SQLite library keeps it."""
    told = subprocess.run([sys.executable, "-c", FILLED], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 30


def test_it_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file has no name while it is used, and no folder is left."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(scratch_database("CREATE TABLE it (a)")) as db:
        db.execute("INSERT INTO it VALUES (1)")
        assert list(tmp_path.iterdir()) == []
        assert db.execute("SELECT a FROM it").fetchall() == [(1,)]
