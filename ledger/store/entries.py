"""Entries of the log, as pages tell of them: those about a record, and those that people made last."""

from __future__ import annotations

from collections.abc import Iterator

from ..log import Entry
from .paging import EACH, Db, ListPage, nearest
from .queries import AS_READ, entries, entry_of, head


class NamesByUid:
    """How records are called, by uid: each is looked up when it is asked for, and once."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._handles: dict[str, str | None] = {}
        self._agents: dict[str, str | None] = {}

    def handle(self, uid: str, otherwise: str = "") -> str:
        """Return the handle of a record that people name; `otherwise` where there is none."""
        sql = "SELECT handle FROM ledger_record WHERE uid = ? AND kind <> 'result'"
        return self._found(self._handles, sql, uid) or otherwise

    def agent(self, uid: str, otherwise: str = "") -> str:
        """Return the name of an agent; `otherwise` where there is none."""
        sql = "SELECT a.name FROM ledger_record r JOIN agents a ON a.id = r.handle WHERE r.uid = ?"
        return self._found(self._agents, sql, uid) or otherwise

    def _found(self, known: dict[str, str | None], sql: str, uid: str) -> str | None:
        if uid not in known:
            row = self._db.execute(sql, (uid,)).fetchone()
            known[uid] = row[0] if row else None
        return known[uid]


def entries_of(db: Db, uid: str) -> list[Entry]:
    """Return the entries whose subject is this record, in order."""
    found = db.execute(
        f"SELECT {AS_READ} JOIN ledger_mention m ON m.seq = e.seq WHERE m.target = ? AND m.subject = m.target "
        "ORDER BY m.seq",
        (uid,),
    )
    return [entry_of(row) for row in found]


def entries_about(db: Db, uid: str, number: int = 1) -> ListPage[Entry]:
    """Return a page of the entries whose subject is this record, or that mention it, newest first."""
    (total,) = db.execute("SELECT count(*) FROM ledger_mention WHERE target = ?", (uid,)).fetchone()
    number = nearest(number, total)
    found = db.execute(
        f"SELECT {AS_READ} JOIN ledger_mention m ON m.seq = e.seq WHERE m.target = ? "
        "ORDER BY m.seq DESC LIMIT ? OFFSET ?",
        (uid, EACH, (number - 1) * EACH),
    )
    return ListPage(tuple(map(entry_of, found)), number, total)


OF_PROGRAMS = ("run", "result", "checker", "ledger")
"""Kinds of entries that no person makes."""

STRETCH = 40
"""Entries that are read at a time, back from the end of the log."""

MOST_PASSED = 50
"""Runs of the checks that are passed over in search of what people entered."""


def latest_of_people(db: Db, most: int) -> list[Entry]:
    """Return the last entries that people made, newest first; what a run of the checks entered is passed over."""
    found: list[Entry] = []
    for start, end in _between_runs(db):
        while end > start and len(found) < most:
            begin = max(start, end - STRETCH)
            people = [one for one in entries(db, start=begin, upto=end) if one.record_kind not in OF_PROGRAMS]
            found += reversed(people)
            end = begin
    return found[:most]


def _between_runs(db: Db) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the log (start, end) that no run of the checks filled with results, newest first."""
    end = head(db).size
    runs = db.execute(
        "SELECT r.first_seq + 1, r.first_seq + 1 + u.recorded "
        "FROM ledger_record r JOIN runs u ON u.id = r.handle WHERE r.kind = 'run' ORDER BY r.rowid DESC LIMIT ?",
        (MOST_PASSED,),
    ).fetchall()
    for first, after in runs:
        own = "SELECT count(*) FROM ledger_naming WHERE target = ? AND seq >= ? AND seq < ?"
        if (
            db.execute(own, (first - 1, first, after)).fetchone()[0] == after - first
        ):  # nobody entered anything in between
            yield min(after, end), end
            end = first - 1
    yield 1, end
