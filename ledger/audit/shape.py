"""The file's tables, guards, indexes and triggers, compared one by one with those a ledger has."""

from __future__ import annotations

from ..sqlite import sqlite3
from ..store import schema
from ..store.bodies import WORDS, WORDS_ID
from ..store.formats import Format, key_of
from ..store.schema import Definition
from . import bare
from .codes import ProblemCode
from .report import Notebook

ROLES = (b"working", b"example", b"published")


def check_structure(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note what SQLite's own check finds; it alone sees an index whose pages were exchanged."""
    with notebook.reading("pages"):
        for said in bare.faults(db):
            notebook.add(ProblemCode.STRUCTURE, f"{said}.")
        notebook.covered.append("pages, indexes and columns, by SQLite's integrity check")


def check_definitions(db: sqlite3.Connection, notebook: Notebook, due: Format) -> set[str]:
    """Note every difference between what the file and its format define, and return the tables that are true tables.

    A view or virtual table in the place of a table computes its rows: it is not read.
    """
    found: set[Definition] = set()
    with notebook.reading("sqlite_master"):
        found = {one for one in schema.definitions(db) if not schema.is_shadow(one)}
        for name in bare.misfiled(db):
            notebook.add(ProblemCode.DEFINITION_CHANGED, f"The definition of {name} is not stored as text.", table=name)
    sound = {key_of(one) for one in found if due.definitions.get(key_of(one)) == one.digest}
    places = {(one.kind, one.name) for one in found}
    known = {tuple(key.split(" ")[:2]) for key in due.definitions}
    for key in sorted(due.definitions.keys() - sound):
        kind, name, table = key.split(" ")
        if (kind, name) in places:
            notebook.add(
                ProblemCode.DEFINITION_CHANGED, f"The {kind} {name} is not defined as in a ledger.", table=table
            )
        else:
            notebook.add(ProblemCode.DEFINITION_MISSING, f"The {kind} {name} is gone.", table=table)
    for one in sorted(found):
        if (one.kind, one.name) not in known:
            notebook.add(ProblemCode.DEFINITION_UNKNOWN, f"A ledger has no {one.kind} {one.name}.", table=one.table)
        elif one.kind == "index" and key_of(one) in sound:
            with notebook.reading(one.table):
                bare.enter(db, one)
    notebook.checked(len(due.definitions), f"definitions of tables, indexes, guards and triggers, as {due} has them")
    return {one.name for one in found if one.kind == "table" and one.sql.upper().startswith("CREATE TABLE")}


def check_words(db: sqlite3.Connection, notebook: Notebook, due: Format) -> None:
    """Note it if the file does not hold the words that bodies are deflated against: nobody else could read it all."""
    if "table ledger_words ledger_words" in due.definitions:
        with notebook.reading("ledger_words"):
            if list(bare.rows(db, "ledger_words", ("id", "words"))) != [(WORDS_ID, WORDS)]:
                notebook.add(ProblemCode.WORDS, "The words to read results by are not these.", table="ledger_words")


def check_role(db: sqlite3.Connection, notebook: Notebook) -> None:
    """Note it if the file does not say in exactly one row which role it has."""
    with notebook.reading("ledger_role"):
        found = list(bare.rows(db, "ledger_role", ("id", "role")))
        if len(found) != 1 or found[0][0] != 1 or found[0][1] not in ROLES:
            notebook.add(ProblemCode.ROLE, "The file does not say in one row which role it has.", table="ledger_role")
