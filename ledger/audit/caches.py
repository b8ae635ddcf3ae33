"""Full-text search, made again from the rows that it is over and compared: it decides what a reader finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import zip_longest
from typing import Any

from ..sqlite import sqlite3
from ..store import scratch_database
from ..store.schema import CACHES, TOKENIZER
from .codes import ProblemCode
from .report import Notebook

SUM = (1 << 64) - 1
"""Numbers are added up to this size, so that the order of words in an index does not matter."""


Word = tuple[Any, ...]
"""By what a row is found: its number, a word, the column, and the place in it."""


def check_search(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note every row of which full-text search would find other words than the row has.

    Sound indexes give the same words in the same order: only where they do not is each row looked at.
    """
    rows = 0
    for name, (table, columns) in CACHES.items():
        with notebook.reading(name), closing(scratch_database()) as fresh:
            rows += _make(fresh, db, name, table, columns)
            for one in (db, fresh):
                one.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab('main', '{name}', 'instance')")
            if _same(_words(db, name), _words(fresh, name)):
                continue
            there, due = _sums(_words(db, name)), _sums(_words(fresh, name))
            for place in sorted(place for place in there.keys() | due.keys() if there[place] != due[place]):
                record = _handle(db, table, place)
                notebook.add(
                    ProblemCode.CACHE_CHANGED,
                    f"Search finds {record} by other words than it has.",
                    table=name,
                    record=record,
                )
    notebook.checked(rows, "rows as full-text search finds them")


def _make(fresh: sqlite3.Connection, db: sqlite3.Connection, name: str, table: str, columns: list[str]) -> int:
    """Make the index now of the rows that it is over, and return how many there are."""
    listed, holes = ", ".join(columns), ", ".join("CAST(? AS TEXT)" for _ in columns)
    fresh.text_factory = bytes
    fresh.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='', tokenize='{TOKENIZER}')")
    fresh.execute("BEGIN")
    rows = db.execute(f"SELECT rowid, {listed} FROM {table} NOT INDEXED")
    made = fresh.executemany(f"INSERT INTO {name} (rowid, {listed}) VALUES (?, {holes})", rows).rowcount
    fresh.execute("COMMIT")
    return made


def _words(db: sqlite3.Connection, name: str) -> Iterator[Word]:
    """Yield all by which search finds rows, in the order of the words and then of the rows."""
    return iter(db.execute(f"SELECT doc, term, col, offset FROM temp.{name}_words"))


def _same(there: Iterable[Word], due: Iterable[Word]) -> bool:
    return all(one == other for one, other in zip_longest(there, due))


def _sums(words: Iterable[Word]) -> defaultdict[int, int]:
    """Return for each row, by its number, a sum over all words by which search finds it and the places of these."""
    found = defaultdict[int, int](int)
    for row, *word in words:
        found[row] = (found[row] + hash(tuple(word))) & SUM
    return found


def _handle(db: sqlite3.Connection, table: str, row: int) -> str:
    (name,) = db.execute(f"SELECT id FROM {table} NOT INDEXED WHERE rowid = ?", (row,)).fetchone() or (None,)
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else f"row {row}"
