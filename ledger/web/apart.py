"""Answer one query in a process of its own, which ends with it: a script that `database.py` starts, no module.

It reads a question as JSON from its input, and writes the rows, or what went
wrong. SQLite's heap is bounded for the whole process, which is why it is not
the one that serves pages; the time is bounded by who started it.
"""

import base64
import json
import sys
from typing import Any

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:  # no wheel for this machine; this process opens no file with another
    import sqlite3  # noqa: TID251

HEAP = 16_000_000
"""Bytes that SQLite may hold at once: its pages, its sorting, and each value."""

ANSWER = 2_000_000
"""Bytes of all the values of an answer."""


def escape_fts(query: str) -> str:
    """Return words as a full-text query in which nothing is an operator, as Datasette's own function does."""
    balanced = query + '"' if query.count('"') % 2 else query
    pieces = balanced.split('"')
    quoted = (f'"{word}"' for index, piece in enumerate(pieces) for word in ([piece] if index % 2 else piece.split()))
    return " ".join(word for word in quoted if word != '""') or '""'


def allowed(action: int, name: str | None, *_: str | None) -> int:
    """Return whether a step of a query may be taken: no other file is opened, and none says where it lies."""
    told = action == sqlite3.SQLITE_PRAGMA and name == "database_list"
    return int(sqlite3.SQLITE_DENY if told or action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK)


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Return the columns and at most `most` rows; raise sqlite3.Error if the query cannot be answered."""
    connection = sqlite3.connect(question["uri"], uri=True)
    connection.text_factory = lambda value: str(value, "utf-8", "replace")
    connection.create_function("escape_fts", 1, escape_fts)
    connection.execute(f"PRAGMA hard_heap_limit={HEAP}")
    connection.set_authorizer(allowed)
    cursor = connection.execute(question["sql"], question["params"])
    rows: list[list[Any]] = []
    size = 0
    for row in cursor:
        if len(rows) == question["most"]:
            break
        size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if size > ANSWER:
            raise sqlite3.OperationalError(f"the answer has more than {ANSWER:,} bytes: ask for fewer rows or columns")
        rows.append([{"b": base64.b64encode(value).decode()} if isinstance(value, bytes) else value for value in row])
    return {"columns": [column[0] for column in cursor.description or ()], "rows": rows}


if __name__ == "__main__":
    try:
        told = answer(json.load(sys.stdin))
    except (sqlite3.Error, sqlite3.Warning) as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": f"it takes more than {HEAP:,} bytes of memory"}
    json.dump(told, sys.stdout)
