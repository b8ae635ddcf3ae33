"""All that some claims stand on, in a handful of queries however many claims there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlite_utils.utils import sqlite3

from ..model import references
from .fold import Kept
from .project import KEPT_COLUMNS, kept_from

CHUNK = 900
"""Names in one IN list."""


def gather(db: sqlite3.Connection, claims: Iterable[str]) -> dict[str, Kept]:
    """Return uid -> record of the claims of these handles and of all they stand on, in the order added.

    That is: the claims they report or are reported by, their evidence and
    inquiries, the sources of these and every source those come
    from, archived copies, and the agents named anywhere with their owners.
    """
    found: dict[str, Kept] = {}
    asked = _take(found, _records(db, "handle", claims))
    handles = [kept.record.handle for kept in asked]
    told = _take(found, _records(db, "uid", _named(found, asked, "claim")))
    told += _take(found, _pointing(db, "claims", "reports", handles))
    for table in ("evidence", "inquiries"):
        told += _take(found, _pointing(db, table, "claim", handles))
    fresh = _take(found, _records(db, "uid", _named(found, told, "source")))
    sources = list(fresh)
    while fresh:
        links = _take(found, _pointing(db, "links", "source", [kept.record.handle for kept in fresh]))
        fresh = _take(found, _records(db, "uid", _named(found, links, "source")))
        sources += fresh
    told += _take(found, _pointing(db, "captures", "source", [kept.record.handle for kept in sources]))
    fresh = [*asked, *told, *sources]
    while fresh:  # each round brings the owners of the last
        fresh = _take(found, _records(db, "uid", _named(found, fresh, "agent")))
    return dict(sorted(found.items(), key=lambda item: item[1].first_seq))


def _take(found: dict[str, Kept], more: Iterable[Kept]) -> list[Kept]:
    """Add what is new and return it."""
    new = [kept for kept in more if kept.record.uid not in found]
    found.update((kept.record.uid, kept) for kept in new)
    return new


def _named(found: dict[str, Kept], among: Iterable[Kept], kind: str) -> list[str]:
    """Return the uids of this kind that some records name and that are not there yet."""
    return list(
        dict.fromkeys(
            uid for kept in among for _, of, uid in references(kept.record) if of == kind and uid not in found
        )
    )


def _records(db: sqlite3.Connection, column: str, names: Iterable[str]) -> Iterator[Kept]:
    for chunk in _chunks(names):
        holes = ", ".join("?" * len(chunk))
        yield from map(
            kept_from, db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE {column} IN ({holes})", chunk)
        )


def _pointing(db: sqlite3.Connection, table: str, column: str, handles: Iterable[str]) -> Iterator[Kept]:
    for chunk in _chunks(handles):
        holes = ", ".join("?" * len(chunk))
        yield from map(
            kept_from,
            db.execute(
                f"SELECT {KEPT_COLUMNS} FROM ledger_record "
                f"WHERE handle IN (SELECT id FROM {table} WHERE {column} IN ({holes}))",
                chunk,
            ),
        )


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
