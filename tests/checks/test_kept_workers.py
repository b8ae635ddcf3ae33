"""The workers that tests keep are used: without them each check starts its own, which costs more than most tests do."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger import checks
from ledger.book import Book


def ended() -> int:
    """Return a measure of all the processes that this one has started and seen the end of; it grows by each."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


def test_a_check_ends_no_process(book: Book, tmp_path: Path) -> None:
    """Whether by factledger's own rules or a house's, it leaves its workers to the next."""
    house = tmp_path / "house.toml"
    house.write_text("[checkers.awaiting]\ndays = 9\n", encoding="utf-8")
    book.claim("The bridge was closed in May.")
    checks.check(book, policy=house)  # workers of another house end with the first
    before = ended()
    for policy in (None, house):
        assert checks.check(book, everything=True, policy=policy).run
    assert ended() == before


def test_a_reading_ends_no_process(factledger: Callable[..., Any], tmp_path: Path) -> None:
    """`read` asks a worker that stays."""
    (tmp_path / "story.txt").write_text("The pier was opened on Monday 4 March 2031.\n", encoding="utf-8")
    before = ended()
    assert "is a Tuesday" in factledger("read", "story.txt").stdout
    assert ended() == before
