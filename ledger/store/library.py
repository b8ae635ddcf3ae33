"""Which SQLite library this process uses, and whether it has the WAL-reset bug."""

from __future__ import annotations

import sys

import attrs

from ..sqlite import sqlite3

FIXED = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))
"""Versions 3.7.0 to 3.51.2 can corrupt a WAL file; fixed in 3.51.3 and these."""


@attrs.frozen
class SqliteFacts:
    """The library's version in words, and whether it is free of the WAL-reset bug."""

    words: str
    safe: bool


def sqlite_facts() -> SqliteFacts:
    """Return what is known of the SQLite library in use."""
    version = tuple(int(part) for part in sqlite3.sqlite_version.split("."))
    safe = version >= FIXED or any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)
    where = sqlite3.__name__
    if safe:
        return SqliteFacts(f"{sqlite3.sqlite_version} from {where}", True)
    return SqliteFacts(
        f"{sqlite3.sqlite_version} from {where} has the WAL-reset bug; the lock file covers factledger's own writers, "
        "not other programs that write to the ledger",
        False,
    )


@attrs.frozen
class SqliteLibrary:
    """An SQLite library that this process has loaded: the module it came with, and its version."""

    module: str
    version: str

    def __str__(self) -> str:
        return f"{self.module} {self.version}"


def loaded() -> tuple[SqliteLibrary, ...]:
    """Return the libraries of this process, the one in use first.

    Two are no harm by themselves. Two that open one file are: each drops the other's locks on it when it closes.
    """
    modules = [sqlite3, *(sys.modules.get(name) for name in ("pysqlite3", "sqlite3"))]
    return tuple(dict.fromkeys(SqliteLibrary(one.__name__, one.sqlite_version) for one in modules if one is not None))


def used_by_datasette() -> SqliteLibrary:
    """Return the library that Datasette opens a ledger with."""
    from datasette.utils.sqlite import sqlite3 as theirs

    return SqliteLibrary(theirs.__name__, theirs.sqlite_version)
