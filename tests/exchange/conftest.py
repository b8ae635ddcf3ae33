"""What the tests of importing share: writing a file, and holding an error to its promise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import InputError
from ledger.store import queries

Write = Callable[[str | bytes], Path]
Refused = Callable[..., str]


@pytest.fixture
def story(tmp_path: Path) -> Write:
    """Writes a story file, and returns its path."""
    return lambda content: _write(tmp_path / "bridge.story.yaml", content)


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Writes a table, and returns its path."""
    return lambda content: _write(tmp_path / "bridge.csv", content)


@pytest.fixture
def refused(book: Book) -> Refused:
    """Imports what must be refused, in one line that names file and line, with nothing written; returns the error."""

    def check(importer: Callable[[Book, Path], object], path: Path, *, at: int | None) -> str:
        before = queries.head(book.ledger.db)
        with pytest.raises(InputError) as caught:
            importer(book, path)
        told = str(caught.value)
        assert "\n" not in told
        assert told.startswith(f"{path}:" if at is None else f"{path}:{at}"), told
        assert queries.head(book.ledger.db) == before
        assert not list(book.ledger.archive.rglob("*"))
        return told.removeprefix(f"{path}:")

    return check


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
