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
    round = _Gathering()
    asked = round.take(_records(db, "handle", claims))
    round.take(_records(db, "uid", round.wanted("claim")))
    round.take(_pointing(db, "claims", "reports", asked))
    for table in ("evidence", "inquiries"):
        round.take(_pointing(db, table, "claim", asked))
    sources = fresh = round.take(_records(db, "uid", round.wanted("source")))
    while fresh:
        round.take(_pointing(db, "links", "source", fresh))
        fresh = round.take(_records(db, "uid", round.wanted("source")))
        sources = sources + fresh
    round.take(_pointing(db, "captures", "source", sources))
    while agents := round.wanted("agent"):  # each round brings the owners of the last
        round.take(_records(db, "uid", agents))
    return dict(sorted(round.found.items(), key=lambda item: item[1].first_seq))


class _Gathering:
    """Records found so far, and by kind the uids that they name and that nobody looked for yet."""

    def __init__(self) -> None:
        self.found: dict[str, Kept] = {}
        self._named: dict[str, dict[str, None]] = {}

    def take(self, more: Iterable[Kept]) -> list[str]:
        """Add what is new and return its handles."""
        new = []
        for kept in more:
            record = kept.record
            if record.uid not in self.found:
                self.found[record.uid] = kept
                new.append(record.handle)
                for _, kind, uid in references(record):
                    self._named.setdefault(kind, {})[uid] = None
        return new

    def wanted(self, kind: str) -> list[str]:
        """Return the uids of this kind that are named and not there; each is given once."""
        return [uid for uid in self._named.pop(kind, ()) if uid not in self.found]


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
