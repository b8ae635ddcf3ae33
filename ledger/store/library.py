"""Which SQLite library this process uses, and whether it has the WAL-reset bug."""

from __future__ import annotations

import attrs
from sqlite_utils.utils import sqlite3

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
