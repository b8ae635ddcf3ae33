"""Writers that are killed at any moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ledger.book import Book

from . import programs
from .promise import goes_on, judge
from .writer import acknowledged

ENTRIES = 50_000


def test_no_acknowledged_entry_is_lost_to_kill(book: Book, tmp_path: Path, tell: Callable[[str], None]) -> None:
    """Four writers are killed and replaced until 50,000 entries are acknowledged: each is there, and the log sound."""
    book.ledger.close()
    path = book.ledger.path
    done = json.loads(programs.run("killing", path, tmp_path, "--entries", ENTRIES))
    subjects = acknowledged(tmp_path / "acknowledged")
    found = judge(path, subjects)
    tell(
        f"kill -9: {done['killed']} writers killed in {done['seconds']} s, {len(subjects):,} entries acknowledged, "
        f"{len(found.lost)} lost, {found.size:,} in the log, {len(found.problems)} problems, "
        f"{done['looks']:,} looks by a reader"
    )
    assert found.kept, found.problems
    assert len(set(subjects)) == len(subjects) >= ENTRIES
    assert done["looks"] > 0
    assert goes_on(path) == ()


def test_an_entry_acknowledged_too_early_is_seen_to_be_lost(
    book: Book, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Writers that acknowledge before they record lose entries, and this harness sees it."""
    book.ledger.close()
    programs.run("killing", book.ledger.path, tmp_path, "--entries", 4_000, "--early")
    found = judge(book.ledger.path, acknowledged(tmp_path / "acknowledged"))
    tell(f"kill -9, sabotaged (acknowledged too early): {len(found.lost)} lost, as it must be")
    assert found.lost
    assert not found.problems
