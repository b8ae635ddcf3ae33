"""What can be asked of a ledger, by name. No SQL is written above this folder."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

import attrs
from sqlite_utils.utils import sqlite3

from .. import log, wire
from ..errors import DamagedLedger
from ..log import Entry
from ..model import Finding, Outcome
from .fold import Kept
from .project import KEPT_COLUMNS, kept_from

Db = sqlite3.Connection
Row = dict[str, Any]

CHUNK = 900
"""Names in one IN list."""

AS_READ = (
    "e.seq, e.env, e.sig, e.salt, coalesce(w.body, e.body) "
    "FROM ledger_entry e LEFT JOIN ledger_withheld w ON w.seq = e.seq"
)
"""The columns of an entry, with what stands in for a withheld body."""


@attrs.frozen
class Head:
    """How long the log is, and its root (32 bytes)."""

    size: int
    root: bytes


@attrs.frozen
class Found:
    """A recorded finding with who made it and when; `handles` are those of the records it cites."""

    subject: str
    checker: str
    version: str
    finding: Finding
    handles: tuple[str, ...]
    run: str
    input: str
    seq: int
    at: str


def head(db: Db) -> Head:
    """Return the stored head; raise DamagedLedger if there is none."""
    found = db.execute("SELECT size, root FROM ledger_head").fetchone()
    if found is None:
        raise DamagedLedger("The ledger does not say how long it is.", hint="Run: factledger verify")
    return Head(*found)


def first(db: Db) -> Entry:
    """Return entry 0: its subject is the ledger's id, its actor the agent who began it."""
    for entry in entries(db, upto=1):
        return entry
    raise DamagedLedger("The log has no entries.", hint="Run: factledger verify")


def origin(db: Db) -> str:
    """Return the ledger's name."""
    return str((first(db).content() or {}).get("origin", ""))


def log_key(db: Db) -> str:
    """Return the text of the verifier key that entry 0 names."""
    return str((first(db).content() or {}).get("log_key", ""))


def entries(db: Db, *, start: int = 0, upto: int | None = None) -> Iterator[Entry]:
    """Yield entries in order from `start`, before `upto`; a withheld body as what stands in for it."""
    found = db.execute(
        f"SELECT {AS_READ} WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq", (start, 1 << 62 if upto is None else upto)
    )
    for row in found:
        yield _entry(row)


def as_recorded(db: Db, seq: int) -> Entry:
    """Return an entry with the body that was recorded, withheld or not; None if it was dropped."""
    found = db.execute("SELECT seq, env, sig, salt, body FROM ledger_entry WHERE seq = ?", (seq,)).fetchone()
    if found is None:
        raise LookupError(seq)
    return _entry(found)


def withheld(db: Db) -> dict[int, int]:
    """Return the number of every entry whose body is withheld, with that of the entry that says so."""
    return dict(db.execute("SELECT seq, by_seq FROM ledger_withheld"))


def holds_withheld(db: Db) -> bool:
    """Return whether the file still holds the recorded words of anything that is withheld."""
    found = db.execute(
        "SELECT 1 FROM ledger_withheld w JOIN ledger_entry e ON e.seq = w.seq WHERE e.body IS NOT NULL LIMIT 1"
    )
    return found.fetchone() is not None


def withheld_handles(db: Db) -> frozenset[str]:
    """Return the handles that withheld records had; of those whose words were dropped, nobody knows."""
    found = db.execute(
        "SELECT json_extract(e.body, '$.handle') FROM ledger_withheld w JOIN ledger_entry e ON e.seq = w.seq "
        "WHERE json_extract(e.body, '$.handle') IS NOT json_extract(w.body, '$.handle')"
    )
    return frozenset(handle for (handle,) in found if handle)


def withholdings(db: Db) -> list[tuple[int, str | None]]:
    """Return (number, body) of every withholding entry as stored, in order."""
    return db.execute(
        """SELECT seq, body FROM ledger_entry WHERE instr(env, '.withhold","rid":"') ORDER BY seq"""
    ).fetchall()


def _entry(row: tuple[Any, ...]) -> Entry:
    try:
        return log.read(*row)
    except (KeyError, ValueError, TypeError):
        raise DamagedLedger(f"Entry {row[0]} cannot be read.", hint="Run: factledger verify") from None


def stored(db: Db, *, start: int = 0, upto: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the log as they are stored, from `start`, before `upto`."""
    return iter(
        db.execute(
            "SELECT seq, hash, env, sig, salt, body FROM ledger_entry WHERE seq >= ? AND seq < ? ORDER BY seq",
            (start, 1 << 62 if upto is None else upto),
        )
    )


def entries_about(db: Db, uid: str) -> list[Entry]:
    """Return the entries whose subject is this record, or that mention it, in order."""
    found = db.execute(
        f"SELECT {AS_READ} JOIN ledger_mention m ON m.seq = e.seq WHERE m.target = ? ORDER BY e.seq",
        (uid,),
    )
    return [_entry(row) for row in found]


def size_at(db: Db, instant: str) -> int:
    """Return how many entries the log had at an instant (RFC 3339, UTC)."""
    found = db.execute("SELECT count(*) FROM ledger_entry WHERE json_extract(env, '$.at') <= ?", (instant,))
    return int(found.fetchone()[0])


def kept(db: Db, uid: str) -> Kept | None:
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
    return None if found is None else kept_from(found)


def by_handle(db: Db, handle: str) -> Kept | None:
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle = ?", (handle,)).fetchone()
    return None if found is None else kept_from(found)


def all_kept(db: Db, *kinds: str) -> Iterator[Kept]:
    """Yield every record of these kinds in the order they were added."""
    holes = ", ".join("?" * len(kinds))
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE kind IN ({holes}) ORDER BY first_seq", kinds)
    return map(kept_from, found)


def handle(db: Db, uid: str) -> str:
    """Return the handle of a record; raises LookupError if there is none of this uid."""
    found = db.execute("SELECT handle FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
    if found is None:
        raise LookupError(uid)
    return str(found[0])


def handles(db: Db) -> dict[str, str]:
    """Return uid -> handle of every record that people name: not of results."""
    return dict(db.execute("SELECT uid, handle FROM ledger_record WHERE kind <> 'result'"))


def handles_like(db: Db, prefix: str) -> set[str]:
    """Return the handles that begin so."""
    found = db.execute(
        "SELECT handle FROM ledger_record WHERE handle >= ? AND handle < ?", (prefix, prefix + "\U0010ffff")
    )
    return {row[0] for row in found}


def agents_named(db: Db, name: str) -> list[str]:
    """Return the uids of agents of this name, letter case aside."""
    return _uids(db, "agents", "name", name)


def sources_titled(db: Db, title: str) -> list[str]:
    """Return the uids of sources of this title, letter case aside."""
    return _uids(db, "sources", "title", title)


def _uids(db: Db, table: str, column: str, text: str) -> list[str]:
    found = db.execute(
        f"SELECT r.uid FROM {table} t JOIN ledger_record r ON r.handle = t.id "
        f"WHERE t.{column} = ? COLLATE NOCASE ORDER BY r.first_seq",
        (text,),
    )
    return [row[0] for row in found]


def names(db: Db, kind: str) -> dict[str, str]:
    """Return handle -> name, title or text of every record of a kind."""
    table, column = {
        "agent": ("agents", "name"),
        "source": ("sources", "title"),
        "claim": ("claims", "text"),
    }[kind]
    return dict(db.execute(f"SELECT id, {column} FROM {table}"))


def rows(db: Db, table: str, *, order: str = "rowid", **where: Any) -> list[Row]:
    """Return the rows of a readable table whose cells equal `where`."""
    test = " AND ".join(f"{column} = ?" for column in where) or "1"
    cursor = db.execute(f"SELECT * FROM {table} WHERE {test} ORDER BY {order}", tuple(where.values()))
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def idle(found: Iterable[Found], part: Container[str]) -> dict[str, str]:
    """Return checker -> when it last ran, of findings whose checkers had no part in a run."""
    return {
        one.checker: one.at for one in found if one.checker not in part and one.finding.outcome is not Outcome.ERROR
    }


def findings(db: Db, subject: str | None = None) -> list[Found]:
    """Return the recorded findings on one subject (its handle), or all, in order."""
    found = rows(db, "findings", order="seq, checker, number", **({} if subject is None else {"subject": subject}))
    return [
        Found(
            subject=row["subject"],
            checker=row["checker"],
            version=row["version"],
            finding=Finding(
                outcome=Outcome(row["outcome"]),
                reason=row["reason"],
                code=row["code"],
                fix=row["fix"],
                details=tuple(row["details"].splitlines()),
                measures=tuple(wire.json_of(row["measures"]).items()),
                valid_until=row["valid_until"],
            ),
            handles=tuple(row["cites"].split()),
            run=row["run"],
            input=row["input"],
            seq=row["seq"],
            at=row["added"],
        )
        for row in found
    ]


@attrs.frozen
class Basis:
    """The last run after which every claim was checked: how long the log was, with which checkers and rules."""

    run: str
    looked_at: int
    checkers: tuple[str, ...]
    plugins: tuple[str, ...]
    policy: str
    at: str


def basis(db: Db) -> Basis | None:
    """Return the last run that covered every claim and was recorded to its end; None if there was none."""
    found = db.execute(
        "SELECT u.id, u.looked_at, u.checkers, u.plugins, u.policy, u.added FROM runs u JOIN ledger_record r "
        "ON r.handle = u.id WHERE u.covers AND u.recorded = "
        "(SELECT count(*) FROM ledger_mention m WHERE m.target = r.uid AND m.subject <> r.uid) "
        "ORDER BY r.first_seq DESC LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    run, looked_at, checkers, plugins, policy, at = found
    return Basis(run, looked_at, _words(checkers), _words(plugins), policy, at)


def last_checkers(db: Db) -> frozenset[str]:
    """Return the names of the checkers that had a part in the last recorded run."""
    found = db.execute(
        "SELECT u.checkers FROM runs u JOIN ledger_record r ON r.handle = u.id ORDER BY r.first_seq DESC LIMIT 1"
    ).fetchone()
    return frozenset(name.split("@")[0] for name in _words(found[0] if found else ""))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


MOST_WORDS = 60
"""Words and phrases by which claims are ranked."""


def ranked_claims(db: Db, wanted: Sequence[str], most: int) -> list[dict[str, Any]]:
    """Return the rows of claims that have some of these words or phrases in their text or topic, best first.

    The order is that of SQLite's bm25 (sqlite.org/fts5.html), which comes sorted out of the index; equals stand in
    the order in which they were entered.
    """
    phrases = [f'"{one}"' for one in wanted[:MOST_WORDS] if '"' not in one]
    if not phrases:
        return []
    found = db.execute(
        "SELECT claims.id, claims.text, claims.topic, claims.verdict "
        "FROM claims_fts CROSS JOIN claims ON claims.rowid = claims_fts.rowid "
        "WHERE claims_fts MATCH ? AND claims.workflow NOT IN ('superseded', 'retracted') "
        "ORDER BY claims_fts.rank LIMIT ?",
        (" OR ".join(phrases), most),
    )
    return [dict(zip(("id", "text", "topic", "verdict"), row, strict=True)) for row in found]


def claim_handles(db: Db) -> list[str]:
    """Return the handle of every claim, in the order of handles."""
    return [handle for (handle,) in db.execute("SELECT id FROM claims ORDER BY id")]


def carriers(db: Db, claims: Sequence[str]) -> list[str]:
    """Return the handles of the sources that carry evidence of these claims, in order."""
    found = set[str]()
    for start in range(0, len(claims), CHUNK):
        chunk = claims[start : start + CHUNK]
        holes = ", ".join("?" * len(chunk))
        found.update(one for (one,) in db.execute(f"SELECT source FROM evidence WHERE claim IN ({holes})", chunk))
    return sorted(found)


def added_since(db: Db, kind: str, size: int) -> list[str]:
    """Return the handles of records of a kind that were entered from this entry on."""
    return [
        h for (h,) in db.execute("SELECT handle FROM ledger_record WHERE kind = ? AND first_seq >= ?", (kind, size))
    ]


def run_out(db: Db, now: str) -> dict[str, str]:
    """Return claim -> checker of findings that only held until now."""
    found = db.execute("SELECT claim, checker FROM findings WHERE valid_until <= ? AND claim IS NOT NULL", (now,))
    return dict(found.fetchall())


def not_run(db: Db) -> dict[str, str]:
    """Return claim -> checker that did not run when it should have."""
    found = db.execute(
        "SELECT claim, checker FROM findings WHERE outcome = ? AND claim IS NOT NULL", (Outcome.ERROR.value,)
    )
    return dict(found.fetchall())


def checked(db: Db, uids: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
    """Return subject -> checker -> [version, input, digest of its findings, valid until or "", whether it ran]."""
    found = {}
    for start in range(0, len(uids), CHUNK):
        chunk = uids[start : start + CHUNK]
        holes = ", ".join("?" * len(chunk))
        for uid, sets in db.execute(f"SELECT subject, sets FROM ledger_checked WHERE subject IN ({holes})", chunk):
            found[uid] = wire.json_of(sets)
    return found


def outcomes_of(db: Db, subjects: Sequence[str] | None = None) -> dict[Outcome, int]:
    """Return how many findings of each outcome are recorded on these subjects (handles), or on all."""
    counts: dict[Outcome, int] = {}
    if subjects is None:
        pairs = db.execute("SELECT outcome, count(*) FROM findings GROUP BY outcome").fetchall()
        return {Outcome(outcome): count for outcome, count in pairs}
    for start in range(0, len(subjects), CHUNK):
        chunk = subjects[start : start + CHUNK]
        holes = ", ".join("?" * len(chunk))
        sql = f"SELECT outcome, count(*) FROM findings WHERE subject IN ({holes}) GROUP BY outcome"
        for outcome, count in db.execute(sql, chunk):
            counts[Outcome(outcome)] = counts.get(Outcome(outcome), 0) + count
    return counts


def count(db: Db, table: str) -> int:
    """Return how many rows a readable table has."""
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def source_handles(db: Db) -> list[str]:
    """Return the handle of every source that stands, in the order of handles."""
    found = db.execute("SELECT id FROM sources WHERE standing IN ('current', 'corrected') ORDER BY id")
    return [handle for (handle,) in found]


def unsigned(db: Db, verdicts: Sequence[str]) -> list[str]:
    """Return the handles of claims whose standing decision is one of these verdicts and has no second signature."""
    holes = ", ".join("?" * len(verdicts))
    stands = "standing IN ('current', 'corrected')"
    found = db.execute(
        f"SELECT id FROM claims WHERE verdict IN ({holes}) AND workflow IN ('decided', 'corrected') "
        "AND NOT EXISTS (SELECT 1 FROM reviews s "
        f"WHERE s.{stands} AND s.seconds = (SELECT id FROM reviews d WHERE d.claim = claims.id AND d.seconds IS NULL "
        f"AND d.{stands} ORDER BY d.rowid DESC LIMIT 1)) ORDER BY id",
        verdicts,
    )
    return [handle for (handle,) in found]


def uids_of(db: Db, handles: Sequence[str]) -> dict[str, str]:
    """Return handle -> uid."""
    found: dict[str, str] = {}
    for start in range(0, len(handles), CHUNK):
        chunk = handles[start : start + CHUNK]
        holes = ", ".join("?" * len(chunk))
        found.update(db.execute(f"SELECT handle, uid FROM ledger_record WHERE handle IN ({holes})", chunk))
    return found


def subjects_of(db: Db, checker: str, subjects: Sequence[str] | None = None) -> list[str]:
    """Return the handles of subjects on which findings of a checker are on record, of all or of these."""
    found = [row[0] for row in db.execute("SELECT DISTINCT subject FROM findings WHERE checker = ?", (checker,))]
    if subjects is None:
        return found
    wanted = set(subjects)
    return [handle for handle in found if handle in wanted]


def linked(db: Db) -> set[tuple[str, str, str]]:
    """Return (source, relation, comes from) of every link ever entered, in whatever state, as uids."""
    found = db.execute(
        "SELECT json_extract(body, '$.source'), json_extract(body, '$.relation'), json_extract(body, '$.comes_from') "
        "FROM ledger_record WHERE kind = 'link'"
    )
    return set(found)


def keys_of(db: Db, checker: str, made: str) -> dict[str, list[str]]:
    """Return claim (handle) -> its keys, of those that a group checker of this making was asked for before."""
    found = db.execute("SELECT claim, keys FROM ledger_key WHERE checker = ? AND made = ?", (checker, made))
    return {claim: wire.json_of(keys) for claim, keys in found}
