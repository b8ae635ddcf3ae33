"""All that some claims stand on, in a handful of queries however many claims there are, as the holder knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from ..model import Capture, Record, Source, references
from ..sqlite import sqlite3
from .fold import StoredRecord
from .held import known_here
from .in_list import select_in
from .project import KEPT_COLUMNS, kept_from
from .queries import all_kept

R = TypeVar("R", bound=Record)


def gather(db: sqlite3.Connection, claims: Iterable[str]) -> dict[str, StoredRecord]:
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


ABOUT = (("captures", "source"), ("links", "source"), ("links", "comes_from"), ("evidence", "source"),
         ("evidence", "seen_in"))  # fmt: skip
"""Where a source is named: its copies, its links in either direction, and the evidence found in it."""


def about_sources(db: sqlite3.Connection, handles: Sequence[str]) -> list[StoredRecord]:
    """Return these sources and what names them, in the order added."""
    found = {kept.record.uid: kept for kept in _records(db, "handle", handles)}
    for table, column in ABOUT:
        found |= {kept.record.uid: kept for kept in _pointing(db, table, column, handles)}
    return sorted(found.values(), key=lambda kept: kept.first_seq)


def newest_copies(db: sqlite3.Connection, sources: Iterable[str]) -> dict[str, Capture]:
    """Return handle -> the newest copy that stands, of those of the sources (handles) that have one."""
    names = list(sources)
    handle_of = {kept.record.uid: kept.record.handle for kept in _records(db, "handle", names)}
    copies = sorted(_pointing(db, "captures", "source", names), key=lambda kept: kept.first_seq)
    return {
        handle_of[kept.record.source]: kept.record
        for kept in copies
        if isinstance(kept.record, Capture) and kept.standing.stands
    }


def beside(db: sqlite3.Connection, handles: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return handle -> other sources (handles) that bear on a claim that it bears on, the first of them in order."""
    mine: dict[str, list[str]] = {}
    borne_on = "SELECT DISTINCT source, claim FROM evidence WHERE source IN ({}) AND claim IS NOT NULL"
    for source, claim in select_in(db, borne_on, handles):
        mine.setdefault(claim, []).append(source)
    found: dict[str, list[str]] = {}
    bearing = "SELECT DISTINCT claim, source FROM evidence WHERE claim IN ({}) ORDER BY claim, source"
    for claim, rows in groupby(select_in(db, bearing, mine), itemgetter(0)):
        others = [source for _, source in islice(rows, most + 1)]
        for source in mine[claim]:
            found[source] = sorted({*found.get(source, ()), *others} - {source})[:most]
    return found


def graded(db: sqlite3.Connection) -> Iterator[StoredRecord]:
    """Yield the evidence that a person graded on both scales."""
    return map(
        kept_from,
        db.execute(
            f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle IN "
            "(SELECT id FROM evidence WHERE credibility > '' AND reliability IS NOT NULL)"  # > '': by its index
        ),
    )


def sources(db: sqlite3.Connection, handles: Sequence[str]) -> list[Source]:
    """Return those of these sources that stand, in the order of handles."""
    found = [kept.record for kept in _records(db, "handle", handles) if kept.standing.stands]
    return sorted((one for one in found if isinstance(one, Source)), key=lambda one: one.handle)


def passages(db: sqlite3.Connection, handles: Iterable[str]) -> dict[str, str]:
    """Return handle -> the passages, a line each, that evidence quotes as a source's own words, of those that have any.

    What somebody is recorded to have said there is theirs: whoever heard it has the same words.
    """
    lines: dict[str, dict[str, None]] = {}
    mine = "quote IS NOT NULL AND speaker IS NULL AND quoting IS NULL AND standing IN ('current', 'corrected')"
    listed = list(handles)
    for where, column in (
        ("seen_in IN ({})", "seen_in"),
        ("source IN ({}) AND +seen_in IS NULL", "source"),  # by its source: most is seen there
    ):
        sql = f"SELECT {column}, quote FROM evidence WHERE {where} AND {mine} ORDER BY id"
        for handle, quote in select_in(db, sql, listed):
            lines.setdefault(handle, {})[quote] = None
    return {handle: "\n".join(quotes) for handle, quotes in lines.items()}


class CurrentRecords(Mapping[str, R]):
    """The records of one kind that count, by uid; read when asked for."""

    def __init__(self, db: sqlite3.Connection, kind: type[R]) -> None:
        self._db = db
        self._kind = kind
        self._read: dict[str, R] = {}

    def __getitem__(self, uid: str) -> R:
        if uid not in self._read:
            for kept in _records(self._db, "uid", [uid]):
                if isinstance(kept.record, self._kind) and kept.standing.stands:
                    self._read[uid] = kept.record
        return self._read[uid]

    def __iter__(self) -> Iterator[str]:
        return (kept.record.uid for kept in self._all())

    def __len__(self) -> int:
        return sum(1 for _ in self._all())

    def _all(self) -> Iterator[StoredRecord]:
        for kept in all_kept(self._db, self._kind.KIND):
            if kept.standing.stands:
                yield kept


class _Gathering:
    """Records found so far, and by kind the uids that they name and that nobody looked for yet."""

    def __init__(self) -> None:
        self.found: dict[str, StoredRecord] = {}
        self._named: dict[str, dict[str, None]] = {}

    def take(self, more: Iterable[StoredRecord]) -> list[str]:
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


def _records(db: sqlite3.Connection, column: str, names: Iterable[str]) -> Iterator[StoredRecord]:
    found = select_in(db, f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE {column} IN ({{}})", names)
    return known_here(db, map(kept_from, found))


def _pointing(db: sqlite3.Connection, table: str, column: str, handles: Iterable[str]) -> Iterator[StoredRecord]:
    named = f"SELECT id FROM {table} WHERE {column} IN ({{}})"
    found = select_in(db, f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle IN ({named})", handles)
    return known_here(db, map(kept_from, found))
