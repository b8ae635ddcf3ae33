"""Asking for many names at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..sqlite import sqlite3

CHUNK = 900
"""Names in one IN list."""


def select_in(db: sqlite3.Connection, sql: str, names: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement whose `{}` is a list of these names, asked so many at a time."""
    listed = list(names)
    for start in range(0, len(listed), CHUNK):
        chunk = listed[start : start + CHUNK]
        yield from db.execute(
            sql.format(", ".join("?" * len(chunk))), chunk
        ).fetchall()  # whoever stops leaves none open
