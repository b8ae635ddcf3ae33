"""What a run remembers to save work; nothing is lost with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import wire
from ..model import Claim
from .file import Ledger
from .in_list import select_in
from .project import KEPT_COLUMNS, kept_from
from .steady import steady


def claims(db: Any, handles: Sequence[str]) -> list[Claim]:
    """Return the claims of these handles, in their order."""
    holes = ", ".join("?" * len(handles))
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle IN ({holes})", handles)
    records = {record.handle: record for record in (kept_from(row).record for row in found)}
    return [record for handle in handles if isinstance(record := records.get(handle), Claim)]


def keep_keys(ledger: Ledger, checker: str, made: str, keys: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Remember a group checker's keys of (claim's handle, keys); those that were made otherwise are forgotten."""
    with steady(ledger):
        ledger.db.execute("DELETE FROM ledger_key WHERE checker = ? AND made <> ?", (checker, made))
        ledger.db.executemany(
            "INSERT INTO ledger_key (checker, claim, made, keys) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (checker, claim) DO UPDATE SET made = excluded.made, keys = excluded.keys",
            ((checker, claim, made, wire.dumps(list(given))) for claim, given in keys),
        )


COMMON = 30
"""Sources that share a mark before it counts as common wording, which tells nothing of any of them."""


LOOKED_UP = 64
"""Marks of a text by which others are looked up: the least, which are as good as drawn by lot."""


def worded(db: Any, made: Mapping[str, str]) -> list[str]:
    """Return those of the sources (handle -> what their marks would be made of) whose marks are not on record."""
    known = dict(select_in(db, "SELECT source, made FROM ledger_wording WHERE source IN ({})", made))
    return [handle for handle in made if known.get(handle) != made[handle]]


def keep_marks(ledger: Ledger, marks: Iterable[tuple[str, str, Iterable[int]]]) -> None:
    """Remember (source's handle, what they were made of, marks) of its words, in place of what was remembered."""
    with steady(ledger):
        for source, made, numbers in marks:
            # The old number stays taken: its marks are of no source any more, and so of no account.
            ledger.db.execute("UPDATE ledger_wording SET source = NULL WHERE source = ?", (source,))
            number = ledger.db.execute(
                "INSERT INTO ledger_wording (source, made) VALUES (?, ?)", (source, made)
            ).lastrowid
            ledger.db.executemany("INSERT INTO ledger_mark VALUES (?, ?)", [(mark, number) for mark in set(numbers)])


def alike(db: Any, marks: Iterable[int], most: int) -> list[tuple[str, int]]:
    """Return (source's handle, marks in common), most first, of at most so many sources that share some."""
    shared = Counter[int]()
    for mark in sorted(marks)[:LOOKED_UP]:
        found = db.execute("SELECT wording FROM ledger_mark WHERE mark = ? LIMIT ?", (mark, COMMON)).fetchall()
        if len(found) < COMMON:
            shared.update(number for (number,) in found)
    named = []
    for number, count in shared.most_common():
        row = db.execute(
            "SELECT source FROM ledger_wording WHERE number = ? AND source IS NOT NULL", (number,)
        ).fetchone()
        if row is not None:
            named.append((row[0], count))
        if len(named) == most:
            break
    return named
