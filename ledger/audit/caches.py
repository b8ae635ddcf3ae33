"""Full-text search, made again from the rows that it is over and compared: it decides what a reader finds."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing

from ..sqlite import sqlite3
from ..store.schema import CACHES, TOKENIZER
from .codes import ProblemCode
from .report import Notebook

SUM = (1 << 64) - 1
"""Numbers are added up to this size, so that the order of words in an index does not matter."""


def check_search(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note every row of which full-text search would find other words than the row has."""
    rows = 0
    for name, (table, columns) in CACHES.items():
        with notebook.reading(name):
            there, due = _found(db, name), _due(db, name, table, columns)
            rows += len(due)
            for place in sorted(place for place in there.keys() | due.keys() if there[place] != due[place]):
                record = _handle(db, table, place)
                notebook.add(
                    ProblemCode.CACHE_CHANGED,
                    f"Search finds {record} by other words than it has.",
                    table=name,
                    record=record,
                )
    notebook.checked(rows, "rows as full-text search finds them")


def _found(db: sqlite3.Connection, name: str) -> defaultdict[int, int]:
    """Return for each row, by its number, a sum over all words by which search finds it and the places of these."""
    found = defaultdict[int, int](int)
    db.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab('main', '{name}', 'instance')")
    for row, *word in db.execute(f"SELECT doc, term, col, offset FROM temp.{name}_words"):
        found[row] = (found[row] + hash(tuple(word))) & SUM
    return found


def _due(db: sqlite3.Connection, name: str, table: str, columns: list[str]) -> defaultdict[int, int]:
    """Return the same of an index that is made now."""
    listed, holes = ", ".join(columns), ", ".join("CAST(? AS TEXT)" for _ in columns)
    with closing(sqlite3.connect("", isolation_level=None)) as fresh:
        fresh.text_factory = bytes
        fresh.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='', tokenize='{TOKENIZER}')")
        rows = db.execute(f"SELECT rowid, {listed} FROM {table} NOT INDEXED")
        fresh.executemany(f"INSERT INTO {name} (rowid, {listed}) VALUES (?, {holes})", rows)
        return _found(fresh, name)


def _handle(db: sqlite3.Connection, table: str, row: int) -> str:
    (name,) = db.execute(f"SELECT id FROM {table} NOT INDEXED WHERE rowid = ?", (row,)).fetchone() or (None,)
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else f"row {row}"
