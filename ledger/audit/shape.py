"""The file's tables, guards, indexes and triggers, compared one by one with those a ledger has."""

from __future__ import annotations

import re
from functools import cache

from sqlite_utils.utils import sqlite3

from ..store import schema
from ..store.schema import Definition
from . import bare
from .codes import Code
from .report import Notebook

SHADOWS = ("data", "idx", "content", "docsize", "config")
"""Tables that SQLite's full-text search keeps for itself (sqlite.org/fts5.html, 9); caches."""

STATISTICS = re.compile(r"sqlite_stat[1-4]|sqlite_sequence")

ROLES = (b"working", b"example", b"published")


def check_structure(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note what SQLite's own check finds; it alone sees an index whose pages were exchanged."""
    with notebook.reading("pages"):
        for said in bare.faults(db):
            notebook.add(Code.STRUCTURE, f"{said}.")
        notebook.covered.append("pages, indexes and columns, by SQLite's integrity check")


def check_definitions(db: sqlite3.Connection, notebook: Notebook) -> set[str]:
    """Note every difference in what the file defines, and return the tables that are true tables.

    A view or virtual table in the place of a table computes its rows: it is not read.
    """
    found: set[Definition] = set()
    with notebook.reading("sqlite_master"):
        found = {one for one in schema.definitions(db) if not _is_cache(one)}
        for name in bare.misfiled(db):
            notebook.add(Code.DEFINITION_CHANGED, f"The definition of {name} is not stored as text.", table=name)
    places = {(one.kind, one.name) for one in found}
    expected = _expected()
    known = {(one.kind, one.name) for one in expected}
    for one in sorted(expected - found):
        if (one.kind, one.name) in places:
            notebook.add(
                Code.DEFINITION_CHANGED, f"The {one.kind} {one.name} is not defined as in a ledger.", table=one.table
            )
        else:
            notebook.add(Code.DEFINITION_MISSING, f"The {one.kind} {one.name} is gone.", table=one.table)
    for one in sorted(found - expected):
        if (one.kind, one.name) not in known:
            notebook.add(Code.DEFINITION_UNKNOWN, f"A ledger has no {one.kind} {one.name}.", table=one.table)
    for one in sorted(expected & found):
        if one.kind == "index":
            with notebook.reading(one.table):
                bare.enter(db, one.name, one.table)
    notebook.checked(len(expected), "definitions of tables, indexes, guards and triggers")
    return {one.name for one in found if one.kind == "table" and one.sql.upper().startswith("CREATE TABLE")}


def check_role(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note it if the file does not say in exactly one row which role it has."""
    with notebook.reading("ledger_role"):
        found = list(bare.rows(db, "ledger_role", ("id", "role")))
        if len(found) != 1 or found[0][0] != 1 or found[0][1] not in ROLES:
            notebook.add(Code.ROLE, "The file does not say in one row which role it has.", table="ledger_role")


def _is_cache(one: Definition) -> bool:
    shadows = {f"{cache}_{suffix}" for cache in schema.CACHES for suffix in SHADOWS}
    return one.kind == "table" and (one.name in shadows or STATISTICS.fullmatch(one.name) is not None)


@cache
def _expected() -> frozenset[Definition]:
    return frozenset(one for one in schema.expected() if not _is_cache(one))
