"""Words kept from publication: what stands in for the bodies that hold them, and how those bodies go.

A withholding entry names every entry whose body holds the words, and gives for each the body that
stands in for it, without them. Everything that reads the log reads the stand-in: so the tables of the
private file, of a published copy that lacks the bodies, and of a ledger as it was before are made from
the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from .. import wire
from ..errors import DamagedLedger, EnvironmentFault, InputError
from ..sqlite import sqlite3
from . import queries, schema
from .append import Draft, insert
from .copy import write_compact
from .durable import settle
from .file import Ledger, fault
from .project import Projector
from .scratch import scratch_folder
from .steady import steady

PATIENCE = 2000
"""Milliseconds that clearing the WAL waits for a reader to finish."""

KEEP = "ledger_entry_keep"
"""The guard that has to stand aside while bodies are dropped."""


class StandIn(NamedTuple):
    """The body that is read in the place of entry `seq`; entry `by_seq` says so."""

    seq: int
    rid: str
    by_seq: int
    body: str


def stand_ins(withholdings: Sequence[tuple[int, str | None]]) -> list[StandIn]:
    """Return what (number, body) of all withholding entries, in order, give; the last word on an entry counts.

    The body of a withholding entry may itself be withheld by a later one. Raises DamagedLedger if one
    does not say what stands in for what.
    """
    found: dict[int, StandIn] = {}
    for by_seq, stored in reversed(withholdings):
        said = found[by_seq].body if by_seq in found else stored
        try:
            for item in json.loads(said or "{}")["entries"]:
                one = _stand_in(item["seq"], item["rid"], by_seq, item["body"])
                found.setdefault(one.seq, one)
        except (ValueError, KeyError, TypeError, RecursionError, InputError):
            raise DamagedLedger(f"Entry {by_seq} does not say what it withholds.") from None
    return [found[seq] for seq in sorted(found)]


def _stand_in(seq: object, rid: object, by_seq: int, body: object) -> StandIn:
    if type(seq) is not int or not 0 <= seq < by_seq or not isinstance(rid, str) or not rid.isascii():
        raise ValueError("This names no entry.")
    return StandIn(seq, rid, by_seq, wire.dumps(body))


def put_stand_ins(db: sqlite3.Connection, found: Iterable[StandIn]) -> None:
    """Fill the table of stand-ins, which everything that reads the log looks into."""
    db.executemany("INSERT INTO ledger_withheld VALUES (?, ?, ?, ?)", found)


def replay_all(db: sqlite3.Connection) -> None:
    """Make every projection anew from the log; the caller holds the transaction."""
    schema.drop_projections(db)
    schema.create_projections(db)
    put_stand_ins(db, stand_ins(queries.withholdings(db)))
    Projector(db).apply_all(queries.entries(db))


def withhold(ledger: Ledger, draft: Draft, *, actor: str, looked_at: int) -> int:
    """Append a withholding entry, make every table anew without the words, and return the entry's number.

    `looked_at` is the size of the log in which the words were searched: if it has grown, nothing is
    recorded.
    """
    body = wire.dumps(draft.body)
    with steady(ledger):
        if queries.head(ledger.db).size != looked_at:
            raise InputError("Somebody wrote to the ledger in the meantime.", hint="Nothing was recorded. Try again.")
        (entry,) = insert(ledger, [draft], [body], actor)
        replay_all(ledger.db)
    return entry.seq


def drop_bodies(db: sqlite3.Connection) -> None:
    """Empty salt and body of every withheld entry; what was freed is overwritten (secure_delete)."""
    db.execute(f"DROP TRIGGER {KEEP}")
    db.execute("UPDATE ledger_entry SET salt = NULL, body = NULL WHERE seq IN (SELECT seq FROM ledger_withheld)")
    db.execute(schema.GUARDS[KEEP])


def clear_wal(ledger: Ledger) -> None:
    """Move everything out of the WAL and empty it; raise EnvironmentFault if a reader is in the way."""
    ledger.db.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    busy, *_ = ledger.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise EnvironmentFault(
            f"Another program is reading {ledger.path.name}: the words are out of the tables, but still in the file.",
            hint="Close it (factledger serve, for one), then: factledger erase",
        )


def write_published(ledger: Ledger, target: Path) -> None:
    """Write a copy for others: read-only, in one file, without the bodies that were withheld.

    No page of it was ever written with them, and it has no free pages. It appears when it is complete.
    """
    try:
        with scratch_folder(target.parent) as folder:
            whole, without = folder / "whole", folder / "without"
            write_compact(ledger.db, whole)
            with closing(sqlite3.connect(whole, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.execute("BEGIN")
                drop_bodies(copy)
                for memo in schema.MEMOS:
                    copy.execute(f"DELETE FROM {memo}")
                copy.execute("UPDATE ledger_role SET role = 'published'")
                copy.execute("COMMIT")
                write_compact(copy, without)
            settle(without, target)
    except sqlite3.Error as error:
        raise fault(error, target) from None
