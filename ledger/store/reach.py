"""What stands on what: from records that changed to the claims that a checker may now see otherwise.

The reverse of `gather`. It errs on the side of more: a claim that is named
here and turns out to stand on nothing that changed is seen by the digest of
its records, and not checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from ..model import Relation
from ..sqlite import sqlite3
from .in_list import select_in

OF_NO_CONCERN = ("ledger", "result", "run", "checker", "review", "key", "exclusion", "publication")
"""Kinds of record that no checker sees."""

DERIVES = ", ".join(f"'{relation.value}'" for relation in Relation if relation.derives)


@attrs.define
class ChangedRecords:
    """Handles of what changed, by kind, each with the record by which it did; what nobody named is not there."""

    claims: dict[str, str] = attrs.field(factory=dict)
    sources: dict[str, str] = attrs.field(factory=dict)
    agents: dict[str, str] = attrs.field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.claims or self.sources or self.agents)


def changed_since(db: sqlite3.Connection, size: int) -> ChangedRecords:
    """Return what the entries from number `size` on changed, as a checker would see it.

    A new link changes the later source, a copy its source, new evidence its claim and its sources; also what
    the record named before a correction counts.
    """
    changed = ChangedRecords()
    told = db.execute(
        "SELECT m.seq, s.handle, s.kind, t.handle, t.kind FROM ledger_mention m "
        "JOIN ledger_record s ON s.uid = m.subject JOIN ledger_record t ON t.uid = m.target "
        f"WHERE m.seq >= ? AND s.kind NOT IN ({', '.join('?' * len(OF_NO_CONCERN))}) ORDER BY m.seq",
        (size, *OF_NO_CONCERN),
    )
    for _, subject, kind, target, target_kind in told:
        _note(changed, subject, kind, target, target_kind)
    for subject, kind in _redacted(db, size):
        _note(changed, subject, kind, subject, kind)
    return changed


def _note(changed: ChangedRecords, subject: str, kind: str, target: str, target_kind: str) -> None:
    if kind == target_kind == "agent" and subject == target:
        changed.agents.setdefault(target, subject)
    elif target_kind == "claim" and kind in ("claim", "evidence", "inquiry"):
        changed.claims.setdefault(target, subject)
    elif target_kind == "source" and (subject == target or kind in ("link", "capture", "evidence")):
        changed.sources.setdefault(target, subject)


def _redacted(db: sqlite3.Connection, size: int) -> list[tuple[str, str]]:
    """Return (handle, kind) of the records whose words were withheld by an entry from this number on."""
    return db.execute(
        "SELECT DISTINCT r.handle, r.kind FROM ledger_withheld w JOIN ledger_mention m ON m.seq = w.seq "
        "JOIN ledger_record r ON r.uid = m.subject WHERE w.by_seq >= ?",
        (size,),
    ).fetchall()


def standing_on(db: sqlite3.Connection, changed: ChangedRecords) -> dict[str, str]:
    """Return claim -> the record that changed, for every claim that may stand on one; handles throughout."""
    agents = dict(changed.agents)
    _spread(agents, lambda names: select_in(db, "SELECT id, part_of FROM agents WHERE part_of IN ({})", names))
    sources = dict(changed.sources)
    for column in ("author", "publisher"):
        _add(sources, agents, select_in(db, f"SELECT id, {column} FROM sources WHERE {column} IN ({{}})", agents))
    for column in ("taken_by", "made_by"):
        _add(sources, agents, select_in(db, f"SELECT source, {column} FROM captures WHERE {column} IN ({{}})", agents))
    _spread(
        sources,
        lambda names: select_in(
            db, f"SELECT source, comes_from FROM links WHERE relation IN ({DERIVES}) AND comes_from IN ({{}})", names
        ),
    )
    claims = dict(changed.claims)
    for column in ("source", "seen_in"):
        _add(claims, sources, select_in(db, f"SELECT claim, {column} FROM evidence WHERE {column} IN ({{}})", sources))
    _add(claims, sources, select_in(db, "SELECT claim, seen_in FROM inquiries WHERE seen_in IN ({})", sources))
    for column in ("speaker", "quoting"):
        _add(claims, agents, select_in(db, f"SELECT claim, {column} FROM evidence WHERE {column} IN ({{}})", agents))
    for column in ("asked", "asked_by"):
        _add(claims, agents, select_in(db, f"SELECT claim, {column} FROM inquiries WHERE {column} IN ({{}})", agents))
    _add(claims, agents, select_in(db, "SELECT id, claimant FROM claims WHERE claimant IN ({})", agents))
    told = dict(changed.claims)
    _add(claims, told, select_in(db, "SELECT id, reports FROM claims WHERE reports IN ({})", told))
    _add(claims, told, select_in(db, "SELECT reports, id FROM claims WHERE id IN ({}) AND +reports IS NOT NULL", told))
    return claims


def _spread(found: dict[str, str], onward: Callable[[list[str]], Iterable[tuple[str, str]]]) -> None:
    """Add what is reached from what was found, until nothing new is."""
    fresh = list(found)
    while fresh:
        reached = dict(onward(fresh))
        fresh = [name for name in reached if name not in found]
        found.update((name, found[reached[name]]) for name in fresh)


def _add(found: dict[str, str], because: dict[str, str], pairs: Iterable[tuple[str, str]]) -> None:
    for name, by in pairs:
        if name is not None:
            found.setdefault(name, because[by])
