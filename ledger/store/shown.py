"""Which claims and sources are shown otherwise since: those whose pages a site makes anew.

It errs on the side of more. Where a name or a word may have changed anywhere,
it says so, and everything is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..sqlite import sqlite3
from .in_list import select_in
from .reach import DERIVES, ChangedRecords, standing_on

WHAT_IT_IS = ("source", "link", "capture")
"""Kinds of record that change a source itself; by others it is only used."""


@attrs.frozen
class AffectedPages:
    """The handles of the claims and sources of which a page may show something else."""

    claims: frozenset[str]
    sources: frozenset[str]


def affected_since(db: sqlite3.Connection, size: int) -> AffectedPages | None:
    """Return whose pages the entries from number `size` on may have changed; None: anybody's.

    A name that was corrected, words that were withheld, and checkers that have no part in the checks any more can
    stand on any page.
    """
    if _anywhere(db, size):
        return None
    told = db.execute(
        "SELECT m.subject = m.target, s.kind, t.handle, t.kind FROM ledger_mention m "
        "JOIN ledger_record s ON s.uid = m.subject JOIN ledger_record t ON t.uid = m.target "
        "WHERE m.seq >= ? AND t.kind IN ('claim', 'source')",
        (size,),
    ).fetchall()
    used = {handle for _, _, handle, kind in told if kind == "source"}
    changed = {handle for _, by, handle, kind in told if kind == "source" and by in WHAT_IT_IS}
    claims = {handle for _, _, handle, kind in told if kind == "claim"}
    named = ChangedRecords(claims=dict.fromkeys(claims, ""), sources=dict.fromkeys(changed, ""))
    affected = frozenset(standing_on(db, named))
    return AffectedPages(affected, frozenset(_around(db, used | changed, affected)))


def _anywhere(db: sqlite3.Connection, size: int) -> bool:
    if db.execute("SELECT 1 FROM ledger_withheld WHERE by_seq >= ? LIMIT 1", (size,)).fetchone():
        return True
    renamed = (
        "SELECT 1 FROM ledger_record WHERE kind IN ('agent', 'ledger') AND first_seq < ? AND last_seq >= ? LIMIT 1"
    )
    return bool(db.execute(renamed, (size, size)).fetchone()) or _part(db, size) != _part(db, None)


def _part(db: sqlite3.Connection, size: int | None) -> set[str]:
    """Return the checkers that had a part in the last run, of all or of those before an entry."""
    found = db.execute(
        "SELECT u.checkers FROM runs u JOIN ledger_record r ON r.handle = u.id "
        "WHERE ?1 IS NULL OR r.first_seq < ?1 ORDER BY r.first_seq DESC LIMIT 1",
        (size,),
    ).fetchone()
    return {name.partition("@")[0] for name in (found[0] or "").split()} if found else set()


def _around(db: sqlite3.Connection, sources: set[str], claims: Iterable[str]) -> set[str]:
    """Return the sources, those that claims stand on, those beside them, and those behind them all."""
    found = set(sources)
    for column in ("source", "seen_in"):
        found |= _others(db, f"SELECT {column} FROM evidence WHERE claim IN ({{}})", claims)
    for column, other in (("source", "comes_from"), ("comes_from", "source")):
        found |= _others(db, f"SELECT {other} FROM links WHERE {column} IN ({{}})", sources)
    fresh = found
    while fresh:
        behind = f"SELECT comes_from FROM links WHERE relation IN ({DERIVES}) AND source IN ({{}})"
        fresh = _others(db, behind, fresh) - found
        found |= fresh
    return found


def _others(db: sqlite3.Connection, sql: str, names: Iterable[str]) -> set[str]:
    return {name for (name,) in select_in(db, sql, sorted(names)) if name is not None}
