"""What can be asked of a ledger, by name. No SQL is written above this folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from heapq import merge
from operator import attrgetter
from typing import Any

import attrs

from .. import log, wire
from ..errors import DamagedLedger
from ..log import Entry
from ..model import Code, Finding, Missing, Outcome, Run
from ..sqlite import sqlite3
from ..text.scripts import dense
from .bodies import as_text
from .fold import StoredRecord
from .in_list import select_in
from .project import KEPT_COLUMNS, kept_from
from .rows import lacked

Db = sqlite3.Connection
Row = dict[str, Any]

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
class RecordedFinding:
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
    missing: tuple[Missing, ...] = ()


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
        yield entry_of(row)


def as_recorded(db: Db, seq: int) -> Entry:
    """Return an entry with the body that was recorded, withheld or not; None if it was dropped."""
    found = db.execute("SELECT seq, env, sig, salt, body FROM ledger_entry WHERE seq = ?", (seq,)).fetchone()
    if found is None:
        raise LookupError(seq)
    return entry_of(found)


def withheld(db: Db) -> dict[int, int]:
    """Return the number of every entry whose body is withheld, with that of the entry that says so."""
    return dict(db.execute("SELECT seq, by_seq FROM ledger_withheld"))


def holds_withheld(db: Db) -> bool:
    """Return whether the file still holds the recorded words of anything that is withheld."""
    found = db.execute(
        "SELECT 1 FROM ledger_withheld w CROSS JOIN ledger_entry e ON e.seq = w.seq WHERE e.body IS NOT NULL LIMIT 1"
    )
    return found.fetchone() is not None


def has_withheld(db: Db) -> bool:
    """Return whether anything is withheld, whether or not its words are still here."""
    return db.execute("SELECT 1 FROM ledger_withheld LIMIT 1").fetchone() is not None


def withheld_handles(db: Db) -> frozenset[str]:
    """Return the handles that withheld records had; of those whose words were dropped, nobody knows."""
    found = db.execute(
        "SELECT json_extract(e.body, '$.handle') FROM ledger_withheld w CROSS JOIN ledger_entry e ON e.seq = w.seq "
        "WHERE typeof(e.body) = 'text' AND json_extract(e.body, '$.handle') IS NOT json_extract(w.body, '$.handle')"
    )
    return frozenset(handle for (handle,) in found if handle)


def withholdings(db: Db) -> list[tuple[int, str | None]]:
    """Return (number, body) of every withholding entry as stored, in order."""
    return db.execute(
        """SELECT seq, body FROM ledger_entry WHERE instr(env, '.withhold","rid":"') ORDER BY seq"""
    ).fetchall()


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return an entry from a row of `AS_READ`."""
    seq, envelope, signature, salt, body = row
    try:
        return log.read(seq, envelope, signature, salt, as_text(body))
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
    return [entry_of(row) for row in found]


def end(db: Db) -> tuple[int, str]:
    """Return how many entries there are by their numbers, and the last one's instant; count(*) would read them all."""
    found: tuple[int, str] | None = db.execute(
        "SELECT seq + 1, json_extract(env, '$.at') FROM ledger_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return found or (0, "")


def entries_of(db: Db, uid: str) -> list[Entry]:
    """Return the entries whose subject is this record, in order."""
    found = db.execute(
        f"SELECT {AS_READ} JOIN ledger_mention m ON m.seq = e.seq WHERE m.target = ? AND m.subject = ? ORDER BY e.seq",
        (uid, uid),
    )
    return [entry_of(row) for row in found]


def instant_of(db: Db, seq: int) -> str:
    """Return when an entry was made (RFC 3339, UTC); raises LookupError if there is none of this number."""
    found = db.execute("SELECT json_extract(env, '$.at') FROM ledger_entry WHERE seq = ?", (seq,)).fetchone()
    if found is None:
        raise LookupError(seq)
    return str(found[0])


def stand_ins(db: Db, seqs: Container[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `ledger_withheld` for these entries."""
    return (row for row in db.execute("SELECT seq, rid, by_seq, body FROM ledger_withheld") if row[0] in seqs)


def nodes(db: Db, size: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `ledger_node` of the tree of the first entries."""
    return iter(db.execute("SELECT level, idx, hash FROM ledger_node WHERE (idx + 1) << level <= ?", (size,)))


def checkpoints_upto(db: Db, size: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `ledger_checkpoint` of at most so many entries."""
    return iter(db.execute("SELECT id, size, note FROM ledger_checkpoint WHERE size <= ? ORDER BY id", (size,)))


def kept(db: Db, uid: str) -> StoredRecord | None:
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
    return None if found is None else kept_from(found)


def by_handle(db: Db, handle: str) -> StoredRecord | None:
    found = db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE handle = ?", (handle,)).fetchone()
    return None if found is None else kept_from(found)


def all_kept(db: Db, *kinds: str) -> Iterator[StoredRecord]:
    """Yield every record of these kinds in the order they were added, in which they are stored: nothing is sorted."""
    sql = f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE kind = ? ORDER BY rowid"
    return merge(*(map(kept_from, db.execute(sql, (kind,))) for kind in kinds), key=attrgetter("first_seq"))


def newest(db: Db, kind: str, most: int) -> list[str]:
    """Return the uids of the records of a kind that were entered last, newest first."""
    found = db.execute("SELECT uid FROM ledger_record WHERE kind = ? ORDER BY rowid DESC LIMIT ?", (kind, most))
    return [uid for (uid,) in found]


def newest_claims(db: Db, most: int, *, corrected: bool = False, **where: str) -> list[str]:
    """Return the handles of claims that changed or were decided last, of those whose cells equal `where`.

    With `corrected`, of those that were corrected, replaced or retracted, or whose verdict changed.
    """
    tests = [f"{column} = ?" for column in where]
    tests += ["workflow IN ('corrected', 'superseded', 'retracted')"] if corrected else []
    found = db.execute(
        f"SELECT id FROM claims WHERE {' AND '.join(tests) or '1'} "
        "ORDER BY max(changed, coalesce(decided, '')) DESC, id LIMIT ?",
        (*where.values(), most),
    )
    return [handle for (handle,) in found]


def handle(db: Db, uid: str) -> str:
    """Return the handle of a record; raises LookupError if there is none of this uid."""
    found = db.execute("SELECT handle FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
    if found is None:
        raise LookupError(uid)
    return str(found[0])


def handles(db: Db) -> dict[str, str]:
    """Return uid -> handle of every record that people name: not of results."""
    return dict(db.execute("SELECT uid, handle FROM ledger_record WHERE kind <> 'result'"))


def kind_of(db: Db, handle: str) -> str:
    """Return the kind of a record; empty if there is none of this handle."""
    found = db.execute("SELECT kind FROM ledger_record WHERE handle = ?", (handle,)).fetchone()
    return str(found[0]) if found else ""


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


def names(db: Db, kind: str, handles: Iterable[str | None] | None = None) -> dict[str, str]:
    """Return handle -> name, title or text of every record of a kind, or of these handles alone."""
    table, column = {
        "agent": ("agents", "name"),
        "source": ("sources", "title"),
        "claim": ("claims", "text"),
    }[kind]
    if handles is None:
        return dict(db.execute(f"SELECT id, {column} FROM {table}"))
    wanted = sorted({handle for handle in handles if handle})
    return dict(select_in(db, f"SELECT id, {column} FROM {table} WHERE id IN ({{}})", wanted))


NEWEST_FIRST = "rowid DESC"
"""The order of what was entered last; with cells that have an index, no other row is read."""


ENTERED = {"findings": "seq, checker, number"}
"""The order in which the rows of a view came; those of tables are in it."""


def rows(db: Db, table: str, *, order: str = "", **where: Any) -> list[Row]:
    """Return the rows of a readable table whose cells equal `where`, in an order or that in which they were entered."""
    return list(each_row(db, table, order=order, **where))


def each_row(db: Db, table: str, *, order: str = "", **where: Any) -> Iterator[Row]:
    """Yield the same rows one by one, where there may be many."""
    order = order or ENTERED.get(table, "rowid")
    test = " AND ".join(f"{column} = ?" for column in where) or "1"
    return _as_rows(db.execute(f"SELECT * FROM {table} WHERE {test} ORDER BY {order}", tuple(where.values())))


def newest_rows(db: Db, table: str, most: int) -> list[Row]:
    """Return the rows of a readable table that were added last, at most so many."""
    return as_rows(db.execute(f"SELECT * FROM {table} ORDER BY {NEWEST_FIRST} LIMIT ?", (most,)))


def as_rows(cursor: sqlite3.Cursor) -> list[Row]:
    """Return what a query found, each row as column -> cell."""
    return list(_as_rows(cursor))


def _as_rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    columns = [column[0] for column in cursor.description]
    return (dict(zip(columns, row, strict=True)) for row in cursor)


@attrs.frozen
class OpenFinding:
    """A finding that asks something of somebody; `claim` is a handle, "" of what is about the ledger as a whole.

    `missing` names records by their handles; `decided` says whether a person decided the claim.
    """

    claim: str
    checker: str
    outcome: Outcome
    reason: str
    fix: str
    missing: tuple[Missing, ...]
    decided: bool


OPEN = (Outcome.FAIL, Outcome.ERROR, Outcome.WARN, Outcome.ABSTAIN)
"""What asks something of somebody, the gravest first."""


def open_findings(db: Db) -> Iterator[OpenFinding]:
    """Yield the findings that ask something of somebody, of the ledger and of claims that stand, gravest first.

    An outcome at a time, and in the order in which claims are indexed: sorted at once, all would be in memory.
    """
    of_none = "findings f LEFT JOIN claims c ON 0 WHERE f.claim IS NULL AND f.outcome = ?"
    of_claims = (
        "claims c CROSS JOIN findings f ON f.subject = c.id "
        "WHERE +f.outcome = ? AND c.workflow NOT IN ('superseded', 'retracted')"
    )
    for outcome in OPEN:
        for of in (of_none, of_claims):
            found = db.execute(
                "SELECT coalesce(c.id, ''), f.checker, f.reason, f.fix, f.missing, c.decided IS NOT NULL "
                f"FROM {of} ORDER BY c.id, f.checker, f.number",
                (outcome,),
            )
            for claim, checker, reason, fix, missing, decided in found:
                yield OpenFinding(claim, checker, outcome, reason, fix, lacked(missing), bool(decided))


def idle(found: Iterable[RecordedFinding], part: Container[str]) -> dict[str, str]:
    """Return checker -> when it last ran, of findings whose checkers had no part in a run."""
    return {
        one.checker: one.at for one in found if one.checker not in part and one.finding.outcome is not Outcome.ERROR
    }


def findings(db: Db, subject: str | None = None) -> list[RecordedFinding]:
    """Return the recorded findings on one subject (its handle), or all, in order."""
    return list(each_finding(db, subject))


def each_finding(db: Db, subject: str | None = None) -> Iterator[RecordedFinding]:
    """Yield the same findings one by one, where there may be many."""
    wanted: dict[str, Any] = {} if subject is None else {"subject": subject}
    for row in each_row(db, "findings", order="seq, checker, number", **wanted):
        yield RecordedFinding(
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
            missing=lacked(row["missing"]),
            run=row["run"],
            input=row["input"],
            seq=row["seq"],
            at=row["added"],
        )


@attrs.frozen
class LastFullRun:
    """The last run after which every claim was checked: how long the log was, with which checkers and rules."""

    run: str
    looked_at: int
    checkers: tuple[str, ...]
    plugins: tuple[str, ...]
    policy: str
    at: str
    code: tuple[Code, ...] = ()


def basis(db: Db) -> LastFullRun | None:
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
    return LastFullRun(run, looked_at, _words(checkers), _words(plugins), policy, at, code_of_run(db, run))


def code_of_run(db: Db, run: str) -> tuple[Code, ...]:
    """Return by what the findings of a run (its handle) were made; () where it does not say."""
    kept = by_handle(db, run)
    return kept.record.code if kept is not None and isinstance(kept.record, Run) else ()


def only_checked_since(db: Db, size: int) -> bool:
    """Return whether nothing was entered from entry number `size` on but runs of checkers and what they found."""
    found = db.execute(
        "SELECT 1 FROM ledger_entry WHERE seq >= ? AND json_extract(env, '$.kind') NOT IN "
        "('run.add', 'result.add', 'checker.add') LIMIT 1",
        (size,),
    )
    return found.fetchone() is None


def last_checkers(db: Db) -> frozenset[str]:
    """Return the names of the checkers that had a part in the last recorded run."""
    found = db.execute(
        "SELECT u.checkers FROM runs u JOIN ledger_record r ON r.handle = u.id ORDER BY +r.first_seq DESC LIMIT 1"
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
    inside = [one for one in wanted[:MOST_WORDS] if dense(one)]
    phrases = [f'"{one}"' for one in wanted[:MOST_WORDS] if '"' not in one and not dense(one)]
    if inside:
        return _having(db, inside, phrases, most)
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


def _having(db: Db, inside: Sequence[str], phrases: Sequence[str], most: int) -> list[dict[str, Any]]:
    """Return the same of what also stands inside of words, as in scripts without spaces: those first that have most."""
    having = " + ".join(["(instr(text, ?) > 0)"] * len(inside))
    matching = "(rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?))"
    found = db.execute(
        f"SELECT id, text, topic, verdict, {having} + {matching} AS had FROM claims "
        "WHERE had > 0 AND workflow NOT IN ('superseded', 'retracted') ORDER BY had DESC, rowid LIMIT ?",
        (*inside, " OR ".join(phrases) or '""', most),
    )
    return [dict(zip(("id", "text", "topic", "verdict"), row, strict=False)) for row in found]


def claim_handles(db: Db) -> list[str]:
    """Return the handle of every claim, in the order of handles."""
    return [handle for (handle,) in db.execute("SELECT id FROM claims ORDER BY id")]


def carriers(db: Db, claims: Sequence[str]) -> list[str]:
    """Return the handles of the sources that carry evidence of these claims, in order."""
    return sorted({one for (one,) in select_in(db, "SELECT source FROM evidence WHERE claim IN ({})", claims)})


def added_since(db: Db, kind: str, size: int) -> list[str]:
    """Return the handles of records of a kind that were entered from this entry on."""
    return [
        h for (h,) in db.execute("SELECT handle FROM ledger_record WHERE kind = ? AND first_seq >= ?", (kind, size))
    ]


def run_out(db: Db, now: str) -> dict[str, str]:
    """Return claim -> checker of findings that only held until now."""
    found = db.execute("SELECT claim, checker FROM findings WHERE valid_until <= ? AND claim IS NOT NULL", (now,))
    return dict(found.fetchall())


def citing_copies_of(db: Db, checkers: Sequence[str], sources: Sequence[str]) -> dict[str, str]:
    """Return claim -> source of the claims on which one of these checkers has a finding that cites a copy of it."""
    copies = dict(select_in(db, "SELECT id, source FROM captures WHERE source IN ({})", sources)) if checkers else {}
    if not copies:
        return {}
    told = select_in(db, "SELECT claim, cites FROM findings WHERE checker IN ({}) AND claim IS NOT NULL", checkers)
    return {claim: copies[one] for claim, cites in told for one in cites.split() if one in copies}


def not_run(db: Db) -> dict[str, str]:
    """Return claim -> checker that did not run when it should have."""
    found = db.execute(
        "SELECT claim, checker FROM findings WHERE outcome = ? AND claim IS NOT NULL", (Outcome.ERROR.value,)
    )
    return dict(found.fetchall())


def broken(db: Db) -> list[tuple[str, str, str]]:
    """Return (subject, checker, version) of each finding that says that a check did not run."""
    found = db.execute("SELECT DISTINCT subject, checker, version FROM findings WHERE outcome = ?", (Outcome.ERROR,))
    return [tuple(row) for row in found]


def checked(db: Db, uids: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
    """Return subject -> checker -> [version, input, digest of its findings, valid until or "", whether it ran]."""
    handles = dict(select_in(db, "SELECT uid, handle FROM ledger_record WHERE uid IN ({})", uids))
    subjects = {handles.get(uid, "ledger"): uid for uid in uids}
    found: dict[str, dict[str, list[Any]]] = {}
    told = select_in(
        db,
        "SELECT f.subject, s.checker, s.version, json_extract(r.inputs, '$[' || f.input || ']'), lower(hex(f.digest)), "
        "coalesce(s.valid_until, ''), s.outcome <> 'error' FROM ledger_finding f "
        "CROSS JOIN ledger_said s ON s.number = f.said CROSS JOIN ledger_result r ON r.seq = f.seq "
        "WHERE f.subject IN ({})",
        sorted(subjects),
    )
    for subject, checker, version, seen, digest, until, ran in told:
        of = found.setdefault(subjects[subject], {})
        before = of.get(checker, ["", "", "", "", 1])
        earliest = min(filter(None, (before[3], until)), default="")
        of[checker] = [version, seen, before[2] or digest, earliest, min(before[4], ran)]
    return found


def outcomes_of(db: Db, subjects: Sequence[str] | None = None) -> dict[Outcome, int]:
    """Return how many findings of each outcome are recorded on these subjects (handles), or on all."""
    if subjects is None:
        pairs = db.execute("SELECT outcome, count(*) FROM findings GROUP BY outcome").fetchall()
        return {Outcome(outcome): count for outcome, count in pairs}
    counts = Counter[Outcome]()
    for outcome, count in select_in(
        db, "SELECT outcome, count(*) FROM findings WHERE subject IN ({}) GROUP BY outcome", subjects
    ):
        counts[Outcome(outcome)] += count
    return counts


def count(db: Db, table: str) -> int:
    """Return how many rows a readable table has."""
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def counted(db: Db, table: str, column: str) -> dict[str, int]:
    """Return how many rows of a readable table have each value of an indexed column, most first."""
    return dict(db.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY {column} ORDER BY 2 DESC, 1"))


def source_handles(db: Db) -> list[str]:
    """Return the handle of every source that stands, in the order of handles."""
    found = db.execute("SELECT id FROM sources WHERE standing IN ('current', 'corrected') ORDER BY id")
    return [handle for (handle,) in found]


def unsigned(db: Db, verdicts: Sequence[str]) -> list[str]:
    """Return the handles of claims whose standing decision is one of these verdicts and has no second signature."""
    holes = ", ".join("?" * len(verdicts))
    stands = "standing IN ('current', 'corrected')"
    found = db.execute(
        f"WITH decision AS (SELECT claim, MAX(rowid) AS newest FROM reviews WHERE seconds IS NULL AND {stands} "
        "GROUP BY claim) "
        "SELECT claims.id FROM claims LEFT JOIN decision ON decision.claim = claims.id "
        "LEFT JOIN reviews ON reviews.rowid = decision.newest "
        f"WHERE claims.verdict IN ({holes}) AND claims.workflow IN ('decided', 'corrected') AND (reviews.id IS NULL OR "
        f"reviews.id NOT IN (SELECT seconds FROM reviews WHERE seconds IS NOT NULL AND {stands})) ORDER BY claims.id",
        verdicts,
    )
    return [handle for (handle,) in found]


def ids_by(db: Db, table: str, column: str, cells: Iterable[str]) -> dict[str, str]:
    """Return cell -> handle of the rows of a readable table that hold one of these cells, of equal ones the last."""
    found = db.execute(
        f"SELECT {column}, id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(list(cells)),),
    )
    return dict(found.fetchall())


def addresses_at(db: Db, host: str) -> list[tuple[str, str]]:
    """Return handle and address of the sources whose address has this host in it, or a longer one."""
    return db.execute("SELECT id, url FROM sources WHERE instr(lower(url), ?) ORDER BY rowid", (host,)).fetchall()


def recorded_before(db: Db, size: int, uids: Iterable[str]) -> set[str]:
    """Return those of some uids whose records are among the first so many entries."""
    found = select_in(db, f"SELECT uid FROM ledger_record WHERE uid IN ({{}}) AND first_seq < {size:d}", uids)
    return {uid for (uid,) in found}


def uids_of(db: Db, handles: Sequence[str]) -> dict[str, str]:
    """Return handle -> uid."""
    return dict(select_in(db, "SELECT handle, uid FROM ledger_record WHERE handle IN ({})", handles))


def subjects_of(db: Db, checker: str, subjects: Sequence[str] | None = None) -> list[str]:
    """Return the handles of subjects on which findings of a checker are on record, of all or of these."""
    found = [row[0] for row in db.execute("SELECT DISTINCT subject FROM findings WHERE checker = ?", (checker,))]
    if subjects is None:
        return found
    wanted = set(subjects)
    return [handle for handle in found if handle in wanted]


def subjects_with(db: Db, checker: str, code: str) -> list[str]:
    """Return the handles of subjects on which a checker's finding of this code is on record."""
    return [
        row[0] for row in db.execute("SELECT subject FROM findings WHERE code = ? AND checker = ?", (code, checker))
    ]


def linked(db: Db) -> set[tuple[str, str, str]]:
    """Return (source, relation, comes from) of every link ever entered, in whatever state, as uids."""
    found = db.execute(
        "SELECT json_extract(body, '$.source'), json_extract(body, '$.relation'), json_extract(body, '$.comes_from') "
        "FROM ledger_record WHERE kind = 'link'"
    )
    return set(found)


def keys_of(db: Db, checker: str, made: str, claims: Sequence[str] | None = None) -> dict[str, list[str]]:
    """Return claim (handle) -> its keys, of all that a group checker of this making was asked for, or of these."""
    sql, given = "SELECT claim, keys FROM ledger_key WHERE checker = ? AND made = ?", [checker, made]
    if claims is not None:
        sql, given = f"{sql} AND claim IN (SELECT value FROM json_each(?))", [*given, json.dumps(claims)]
    return {claim: wire.json_of(keys) for claim, keys in db.execute(sql, given)}


def keyed(db: Db, checker: str, made: str) -> set[str]:
    """Return the claims (handles) of which a group checker of this making was asked for the keys."""
    return {
        claim for (claim,) in db.execute("SELECT claim FROM ledger_key WHERE checker = ? AND made = ?", (checker, made))
    }
