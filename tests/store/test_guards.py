"""The guards in the file: seat belts against statements that would change the log."""

from __future__ import annotations

import pytest
from sqlite_utils.utils import sqlite3

from ledger.book import Book
from ledger.store import schema

ROW = "zeroblob(32), '{}', NULL, zeroblob(16), '{}'"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET body = 'accepted' WHERE seq = 1",
        "UPDATE ledger_entry SET seq = seq + 10",
        "DELETE FROM ledger_entry WHERE seq = 1",
        "DELETE FROM ledger_entry",
        f"INSERT OR REPLACE INTO ledger_entry VALUES (1, {ROW})",
        f"REPLACE INTO ledger_entry VALUES (0, {ROW})",
        f"INSERT INTO ledger_entry VALUES (1, {ROW}) ON CONFLICT (seq) DO UPDATE SET body = excluded.body",
        f"INSERT INTO ledger_entry VALUES (7, {ROW})",
        f"INSERT INTO ledger_entry VALUES (-1, {ROW})",
        "INSERT INTO ledger_entry VALUES (2, zeroblob(31), '{}', NULL, zeroblob(16), '{}')",
        "INSERT INTO ledger_entry VALUES (2, zeroblob(32), '{}', NULL, zeroblob(15), '{}')",
        "INSERT INTO ledger_entry VALUES (2, zeroblob(32), x'00', NULL, zeroblob(16), '{}')",
    ],
)
def test_the_log_takes_only_the_next_entry(book: Book, statement: str) -> None:
    """Changing, deleting, replacing, upserting, leaving a gap and misshapen rows are all refused."""
    before = book.ledger.db.execute("SELECT * FROM ledger_entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        book.ledger.db.execute(statement)
    assert book.ledger.db.execute("SELECT * FROM ledger_entry").fetchall() == before


@pytest.mark.parametrize("statement", ["UPDATE ledger_checkpoint SET size = 1", "DELETE FROM ledger_checkpoint"])
def test_checkpoints_are_kept(book: Book, statement: str) -> None:
    """A kept checkpoint is neither changed nor deleted."""
    book.ledger.db.execute("INSERT INTO ledger_checkpoint (size, note) VALUES (2, 'desk.example')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        book.ledger.db.execute(statement)


def test_a_role_is_one_of_three(book: Book) -> None:
    """The file cannot be given a role that nobody knows, nor two roles."""
    for statement in ("UPDATE ledger_role SET role = 'draft'", "INSERT INTO ledger_role VALUES (2, 'example')"):
        with pytest.raises(sqlite3.IntegrityError):
            book.ledger.db.execute(statement)


def test_a_fresh_file_defines_what_is_expected(book: Book) -> None:
    """The definitions in a ledger file are those that verify compares with."""
    assert schema.definitions(book.ledger.db) == schema.expected()


@pytest.mark.parametrize("cache", schema.CACHES)
def test_search_triggers_are_as_ever(cache: str) -> None:
    """sqlite-utils still writes the search triggers that ledgers in the world have; another text is a migration."""
    table, columns = schema.CACHES[cache]
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("new", "old"))
    names = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT INTO "{cache}" (rowid, {names}) VALUES (new.rowid, {new});'
    delete = f'INSERT INTO "{cache}" ("{cache}", rowid, {names}) VALUES(\'delete\', old.rowid, {old});'
    assert {one.sql for one in schema.expected() if one.kind == "trigger" and one.table == table} == {
        f'CREATE TRIGGER "{table}_ai" AFTER INSERT ON "{table}" BEGIN {insert} END',
        f'CREATE TRIGGER "{table}_ad" AFTER DELETE ON "{table}" BEGIN {delete} END',
        f'CREATE TRIGGER "{table}_au" AFTER UPDATE ON "{table}" BEGIN {delete} {insert} END',
    }


def test_a_trigger_cannot_hide_behind_a_table(book: Book) -> None:
    """A trigger that bears the name of a table is seen beside the table."""
    book.ledger.db.execute("CREATE TRIGGER claims AFTER INSERT ON sources BEGIN SELECT 1; END")
    kinds = {one.kind for one in schema.definitions(book.ledger.db) if one.name == "claims"}
    assert kinds == {"table", "trigger"}
