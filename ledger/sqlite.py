"""The SQLite library that everything here uses, `sqlite3`: the one that sqlite-utils and Datasette choose.

    from .sqlite import sqlite3

Chosen as they choose, and without loading them: two libraries on one file drop each other's locks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3  # noqa: TID251
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3  # noqa: TID251

__all__ = ["sqlite3"]
