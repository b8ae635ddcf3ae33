"""The search box of Datasette's own tables: words that stand inside of others, as in Chinese, and none at all."""

from __future__ import annotations

from typing import Any

from ..sqlite import sqlite3
from ..store.schema import CACHES
from ..text.scripts import dense

MOST_TERMS = 500
"""Words of the index that are asked for in the place of one that stands inside of them."""

NOTHING = '""'
"""A full-text query that finds nothing, and is one."""


def search_inside(connection: Any) -> None:
    """Have a connection to a ledger read what is searched for so that it also finds what stands inside of words."""
    from datasette.utils import escape_fts

    def phrases(words: str) -> str:
        if dense(words):
            return " ".join(_any(connection, word) for word in words.replace('"', " ").split())
        return escape_fts(words).replace('""', "").strip() or NOTHING

    connection.create_function("escape_fts", 1, phrases)


def _any(connection: Any, word: str) -> str:
    """Return the words of the index that hold a word, any of which may stand there."""
    found = dict.fromkeys(f'"{term}"' for name in CACHES for term in _terms(connection, name, word))
    return f"({' OR '.join(found)})" if found else NOTHING


def _terms(connection: Any, name: str, word: str) -> list[str]:
    words = f"temp.{name}_terms"
    try:
        connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5vocab('main', '{name}', 'row')")
        found = connection.execute(f"SELECT term FROM {words} WHERE instr(term, ?) LIMIT {MOST_TERMS}", [word])
        return [term for (term,) in found]
    except sqlite3.OperationalError:
        return []  # the index is damaged
