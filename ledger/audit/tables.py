"""The readable tables, compared row by row with those that the entries give."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator
from itertools import islice

import attrs

from ..sqlite import sqlite3
from ..store import Format, Ledger
from ..store.formats import EARLIER, make_earlier
from ..store.schema import PROJECTIONS
from . import bare
from .bare import Row
from .codes import ProblemCode
from .report import MOST, Notebook

SHOWN = 60
"""Characters of a value that a message shows."""

TOGETHER = 100
"""Rows that are compared at once."""


@attrs.frozen
class TableShape:
    """A table's columns and, for its primary key, their positions and how SQL compares them with a value.

    `order` is the key of a table that is read in its order.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]
    where: str
    order: tuple[str, ...] = ()

    def key_of(self, row: Row) -> Row:
        return tuple(row[position] for position in self.key)


def compare_tables(
    db: sqlite3.Connection, replayed: Ledger, readable: Collection[str], due: Format, ledger: str, notebook: Notebook
) -> None:
    """Note every row and field in which the file's tables differ from the replayed ones.

    Only tables named in `readable` are read: the others were already found to be missing or no tables. Of an earlier
    format what it has is compared. `ledger` is the uid of the ledger itself.
    """
    if not due.current:
        make_earlier(replayed.db, ledger)
    replayed.db.text_factory = bytes
    compared, tables = 0, [name for name in (*PROJECTIONS, *EARLIER) if f"table {name} {name}" in due.definitions]
    for name in tables:
        if name in readable:
            with notebook.reading(name):
                compared += _TableComparison(db, replayed.db, _table(db, replayed.db, name, due), notebook).run()
    notebook.checked(compared, f"rows in {len(tables)} tables made from the entries")


def _table(db: sqlite3.Connection, replayed: sqlite3.Connection, name: str, due: Format) -> TableShape:
    order, _ = EARLIER.get(name, ((), ""))
    there = {column for _, column, *_ in db.execute(f"PRAGMA table_info({name})")}
    columns: list[str] = []
    keys: list[tuple[int, str]] = []
    for _, column, kind, _, _, key in replayed.execute(f"PRAGMA table_info({name})"):
        if not due.current and (column not in there or f"{name}.{column.decode()}" in due.reckoned):
            continue
        if key or column.decode() in order:
            hole = "CAST(? AS TEXT)" if kind == b"TEXT" else "?"  # text is read as bytes
            keys.append((len(columns), f"{column.decode()} = {hole}"))
        columns.append(column.decode())
    if "WITHOUT ROWID" in PROJECTIONS.get(name, ""):
        found = replayed.execute(f"SELECT name FROM pragma_table_info('{name}') WHERE pk ORDER BY pk").fetchall()
        order = tuple(column.decode() for (column,) in found)
    where = " AND ".join(test for _, test in keys)
    return TableShape(name, tuple(columns), tuple(position for position, _ in keys), where, order)


class _TableComparison:
    """One table, in the file and as replayed."""

    def __init__(
        self, db: sqlite3.Connection, replayed: sqlite3.Connection, table: TableShape, notebook: Notebook
    ) -> None:
        self._db = db
        self._replayed = replayed
        self._table = table
        self._notebook = notebook

    def run(self) -> int:
        """Return how many rows the file's table has.

        Sound tables hold the same rows in the same order: only where they do not is each row looked up.
        """
        same = self._same()
        return self._compare_each() if same is None else same

    def _same(self) -> int | None:
        """Return how many rows both tables have if all are the same, else None."""
        count, there, given = 0, self._rows(self._db), self._rows(self._replayed)
        while rows := list(islice(there, TOGETHER)):
            if _spelt(rows) != _spelt(list(islice(given, TOGETHER))):
                return None
            count += len(rows)
        return count if next(given, None) is None else None

    def _compare_each(self) -> int:
        seen: set[Row] = set()
        strangers = 0
        for row in self._rows(self._db):
            key = self._table.key_of(row)
            due = None if key in seen else self._due(key)
            seen.add(key)
            if due is not None:
                self._compare(row, due)
                continue
            strangers += 1
            self._say(ProblemCode.ROW_UNKNOWN, "No entry gives this row, or it stands there twice.", row)
            if strangers > MOST and self._notebook.count(ProblemCode.STRUCTURE):
                break  # a damaged table can lead in circles
        for due in self._rows(self._replayed):
            if self._table.key_of(due) not in seen:
                self._say(ProblemCode.ROW_MISSING, "The entries give this row; the table lacks it.", due)
        return len(seen)

    def _rows(self, db: sqlite3.Connection) -> Iterator[Row]:
        return bare.rows(db, self._table.name, self._table.columns, self._table.order)

    def _due(self, key: Row) -> Row | None:
        columns = ", ".join(self._table.columns)
        found = self._replayed.execute(f"SELECT {columns} FROM {self._table.name} WHERE {self._table.where}", key)
        row: Row | None = found.fetchone()
        return row

    def _compare(self, row: Row, due: Row) -> None:
        for column, stored, given in zip(self._table.columns, row, due, strict=True):
            if stored != given or type(stored) is not type(given):
                says, gives = _shown(stored, given)
                self._say(
                    ProblemCode.ROW_CHANGED, f"The table says {says}, the entries say {gives}.", due, field=column
                )

    def _say(self, code: ProblemCode, message: str, row: Row, *, field: str | None = None) -> None:
        if self._notebook.count(code) > MOST:
            self._notebook.add(code, message)  # counted only
            return
        record, entry = self._place(dict(zip(self._table.columns, row, strict=True)))
        self._notebook.add(code, message, table=self._table.name, record=record, field=field, entry=entry)

    def _place(self, cells: dict[str, object]) -> tuple[str | None, int | None]:
        """Return a row's record, by its handle, and the last entry that touched it."""
        if self._table.name == "ledger_said":  # of whom it is said
            used = "SELECT subject, seq FROM ledger_finding WHERE said = ?"
            cells = dict(
                zip(("id", "seq"), self._replayed.execute(used, (cells["number"],)).fetchone() or (), strict=False)
            )
        name = cells.get("handle") or cells.get("id") or cells.get("target") or cells.get("subject")
        where = "first_seq = ?" if self._table.name == "ledger_naming" else f"{_column(cells)} = CAST(? AS TEXT)"
        found = self._replayed.execute(f"SELECT handle, last_seq FROM ledger_record WHERE {where}", (name,)).fetchone()
        handle, last = found or (name, None)
        seq = cells.get("seq", last)
        return _text(handle), seq if isinstance(seq, int) else None


def _spelt(rows: list[Row]) -> bytes:
    """Return rows as bytes, the same for the same values of the same types: 1 is spelt otherwise than 1.0."""
    return marshal.dumps(rows, 2)  # later versions also tell whether two values are one object


def _column(cells: dict[str, object]) -> str:
    return "uid" if "target" in cells else "handle"


def _shown(stored: object, given: object) -> tuple[str, str]:
    """Return both values as text, cut to where they begin to differ."""
    one, other = _text(stored), _text(given)
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = same - SHOWN // 3 if max(len(one), len(other)) > SHOWN and same > SHOWN // 2 else 0
    return _cut(one, start, stored), _cut(other, start, given)


def _cut(text: str, start: int, value: object) -> str:
    part = text[start : start + SHOWN]
    part = ("…" if start else "") + part + ("…" if start + SHOWN < len(text) else "")
    return f'"{part}"' if isinstance(value, bytes) else part


def _text(value: object) -> str:
    if value is None:
        return "nothing"
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
