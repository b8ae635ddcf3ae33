"""The ledger file as it lies there: opened read-only, text as bytes, in one snapshot.

`verify` reads with its own few queries. A fault in those that the rest of the
ledger uses cannot hide from it, and broken UTF-8 comes out as bytes to
compare, not as an exception.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..sqlite import sqlite3
from ..store import formats, schema
from ..store.formats import Format
from .codes import ProblemCode
from .report import FAULTS, Notebook

Row = tuple[Any, ...]

FALSE_ALARM = "NULL value in ledger_mention."
"""SQLite 3.40.1 says this of every row of a sound table whose primary key is not in the order of its
columns. The rows are compared with the log in any case."""

SMALLEST = 100
"""Bytes of SQLite's file header (sqlite.org/fileformat2.html, 1.3)."""


def connect(path: Path, notebook: Notebook) -> sqlite3.Connection | None:
    """Return the file opened for reading, or None once the notebook says why not."""
    fault = _unfit(path)
    if fault is not None:
        notebook.add(*fault)
        return None
    try:
        return _snapshot(path, "mode=ro")
    except FAULTS as error:
        return _reopen(path, notebook, str(error))


def _unfit(path: Path) -> tuple[ProblemCode, str] | None:
    if not path.exists():
        return ProblemCode.NO_FILE, "There is no ledger here."
    if not path.is_file():
        return ProblemCode.NO_FILE, "This is a folder, not a ledger."
    if path.stat().st_size == 0:
        return ProblemCode.EMPTY_FILE, "The file is empty."
    if path.stat().st_size < SMALLEST:
        return ProblemCode.NOT_A_LEDGER, "This is no SQLite file: it is too short."
    if not os.access(path, os.R_OK):
        return ProblemCode.UNREADABLE, "You may not read this file."
    return None


def _reopen(path: Path, notebook: Notebook, said: str) -> sqlite3.Connection | None:
    """Try again without the index of the WAL, which SQLite cannot make in a folder it cannot write to."""
    wal = path.with_name(path.name + "-wal")
    if "not a database" in said:
        notebook.add(ProblemCode.NOT_A_LEDGER, "This is no SQLite file, or its first page is damaged.")
    elif "unable to open" not in said and "readonly" not in said:
        notebook.add(ProblemCode.UNREADABLE, f"SQLite cannot open it: {said}.")
    elif wal.exists() and wal.stat().st_size:
        notebook.add(
            ProblemCode.UNREADABLE,
            f"The newest entries lie in {wal.name}, which SQLite can read only where it may write beside it. "
            "Copy both files to a folder of yours and verify there.",
        )
    else:
        try:
            db = _snapshot(path, "mode=ro&immutable=1")
        except FAULTS as error:
            notebook.add(ProblemCode.UNREADABLE, f"SQLite cannot open it: {error}.")
            return None
        notebook.open.append("That nobody wrote to the file while it was read: its folder allows no lock.")
        return db
    return None


def _snapshot(path: Path, how: str) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{how}", uri=True, isolation_level=None, timeout=30)
    try:
        db.text_factory = bytes
        db.execute("PRAGMA trusted_schema=OFF")
        db.execute("PRAGMA cell_size_check=ON")
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only a read begins the snapshot
        _hide_views(db)
    except FAULTS:
        db.close()
        raise
    return db


def _hide_views(db: sqlite3.Connection) -> None:
    """Put one that cannot be read before each view: what a view says may be false, or never end.

    No authorizer: SQLite drops what Python raises in one, and with it a Ctrl-C that comes there.
    """
    for (name,) in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'view'").fetchall():
        shown = name.decode(errors="replace").replace('"', '""')
        db.execute(f'CREATE TEMP VIEW "{shown}" AS SELECT * FROM temp."a view, not read"')


def format_of(db: sqlite3.Connection, notebook: Notebook) -> Format | None:
    """Return the format that the file says it is in, or None once the notebook says why it cannot be verified."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != schema.APPLICATION_ID:
        notebook.add(ProblemCode.NOT_A_LEDGER, "This is an SQLite file, but it does not call itself a ledger.")
        return None
    number = formats.number_of(db)
    defined = schema.definitions(db)
    found = formats.format_of(number, defined)
    if found is None:
        known = formats.exactly(defined)
        told = f", and has the tables of {known}" if known else f"; this program knows 1 to {schema.FORMAT}"
        code = ProblemCode.FORMAT_CHANGED if known or number < 1 else ProblemCode.OTHER_FORMAT
        notebook.add(code, f"The file says it is in format {number}{told}.")
    return found


def entries(db: sqlite3.Connection) -> Iterator[Row]:
    """Yield (seq, hash, envelope, signature, salt, body, whether it is a BLOB) as stored, in the order of seq."""
    sql = "SELECT seq, hash, env, sig, salt, body, typeof(body) = 'blob' FROM ledger_entry NOT INDEXED ORDER BY seq"
    return iter(db.execute(sql))


def length(db: sqlite3.Connection) -> int:
    """Return how many entries there are by the number of the last; to count them would read them all."""
    last = db.execute("SELECT seq FROM ledger_entry NOT INDEXED ORDER BY seq DESC LIMIT 1").fetchone()
    return 0 if last is None else int(last[0]) + 1


def withholdings(db: sqlite3.Connection) -> list[tuple[int, str | None]]:
    """Return (number, body) of every withholding entry, in order."""
    found = db.execute(
        """SELECT seq, body FROM ledger_entry NOT INDEXED WHERE instr(env, '.withhold","rid":"') ORDER BY seq"""
    )
    return [(seq, body.decode() if isinstance(body, bytes) else None) for seq, body in found]


def rows(db: sqlite3.Connection, table: str, columns: tuple[str, ...], order: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the rows of a table from the table itself, not from an index of it.

    Of one WITHOUT ROWID that takes its primary key as `order`: SQLite counts an index with all columns as the table.
    """
    by = f" ORDER BY {', '.join(order)}" if order else ""
    return iter(db.execute(f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED{by}"))


def node(db: sqlite3.Connection, level: int, index: int) -> bytes | None:
    """Return the stored hash of a subtree of the log."""
    found = db.execute("SELECT hash FROM ledger_node WHERE level = ? AND idx = ?", (level, index)).fetchone()
    return None if found is None else found[0]


def enter(db: sqlite3.Connection, index: schema.Definition) -> None:
    """Read through an index; SQLite's own check does not see every fault in the page of an empty one."""
    _, where, holds = index.sql.partition(" WHERE ")
    db.execute(f"SELECT 1 FROM {index.table} INDEXED BY {index.name}{where}{holds} LIMIT 1").fetchone()


def misfiled(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the names of definitions that are stored as anything but text; SQLite itself takes them as text."""
    found = db.execute(
        "SELECT name FROM sqlite_master WHERE typeof(type) <> 'text' OR typeof(name) <> 'text' "
        "OR typeof(tbl_name) <> 'text' OR typeof(sql) NOT IN ('text', 'null')"
    )
    for (name,) in found:
        yield name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)


def faults(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite's own check finds wrong with pages, indexes and columns."""
    for (said,) in db.execute("PRAGMA integrity_check"):
        for line in said.decode("utf-8", "replace").splitlines():
            if line != "ok" and not line.startswith(("***", FALSE_ALARM)):
                yield line
