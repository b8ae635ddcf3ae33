"""The projections: what each entry changes in the readable tables.

Runs in the transaction that appends the entry, and again, over all entries,
in `rebuild`, in `verify` and for the ledger as of an earlier point.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlite_utils.utils import sqlite3

from .. import wire
from ..axes import Axes, axes
from ..errors import DamagedLedger
from ..log import Entry
from ..model import KINDS, Claim, Evidence, Finding, Outcome, Result, Review, Standing, references
from . import rows
from .fold import Kept, fold
from .rows import Row

INIT = "ledger.init"


class Projector:
    """Applies entries, in order, to the projections of one database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._handles: dict[str, str] = {}

    def apply_all(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.apply(entry)

    def apply(self, entry: Entry) -> None:
        """Bring every table up to this entry; an entry whose body was withheld changes nothing."""
        if entry.kind == INIT or entry.body is None:
            if entry.kind == INIT:
                self._handles[entry.subject] = "ledger"
            return
        before = self._held(entry.subject)
        kept = fold(before, entry)
        self._put("ledger_record", "uid", _record_row(kept, entry.record_kind))
        self._mention(entry, before, kept)
        record = kept.record
        if isinstance(record, Result):
            self._findings(record, kept)
        elif not isinstance(record, Claim):
            self._put(rows.TABLE_OF[record.KIND], "id", rows.row(kept, self._handle))
        for uid in sorted({*_concerned(record), *(_concerned(before.record) if before else ())}):
            self._refresh(uid)

    def _held(self, uid: str) -> Kept | None:
        found = self._db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
        return None if found is None else kept_from(found)

    def _handle(self, uid: str) -> str:
        handle = self._handles.get(uid)
        if handle is None:
            found = self._db.execute("SELECT handle FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
            # Only the ledger itself is mentioned without being a record.
            handle = self._handles[uid] = found[0] if found else "ledger"
        return handle

    def _put(self, table: str, key: str, row: Row) -> None:
        self._db.execute(_upsert(table, key, tuple(row)), tuple(row.values()))

    def _mention(self, entry: Entry, before: Kept | None, kept: Kept) -> None:
        """Note what the entry names, and what the record named before it."""
        records = [kept.record, *([before.record] if before else [])]
        targets = {entry.subject, *(uid for record in records for _, _, uid in references(record))}
        if kept.superseded_by:
            targets.add(kept.superseded_by)
        self._db.executemany(
            "INSERT INTO ledger_mention VALUES (?, ?, ?)",
            [(entry.seq, entry.subject, target) for target in sorted(targets)],
        )

    def _findings(self, result: Result, kept: Kept) -> None:
        subject, run = self._handle(result.subject), self._handle(result.run)
        is_claim = self._db.execute("SELECT 1 FROM claims WHERE id = ?", (subject,)).fetchone() is not None
        for found in result.sets:
            self._db.execute("DELETE FROM findings WHERE subject = ? AND checker = ?", (subject, found.checker))
            for number, finding in enumerate(found.findings, 1):
                row = rows.finding_row(finding, self._handle) | {
                    "id": f"{subject}.{found.checker}.{number}",
                    "subject": subject,
                    "claim": subject if is_claim else None,
                    "checker": found.checker,
                    "number": number,
                    "version": found.version,
                    "input": found.input,
                    "run": run,
                    "seq": kept.last_seq,
                    "added": kept.added,
                }
                self._put("findings", "id", row)

    def _refresh(self, uid: str) -> None:
        """Derive a claim's axes anew; nothing happens if the uid is not a claim's."""
        kept = self._held(uid)
        if kept is None or not isinstance(kept.record, Claim):
            return
        claim = kept.record
        reviews = self._reviews(claim.handle)
        state, checked = self._axes(kept, claim, [review for _, review in reviews])
        decided = reviews[-1][0] if reviews else None
        self._put("claims", "id", rows.claim_row(kept, claim, state, self._handle, decided=decided, checked=checked))

    def _reviews(self, claim: str) -> list[tuple[str, Review]]:
        found = self._db.execute(
            "SELECT r.added, r.uid, r.body FROM reviews v JOIN ledger_record r ON r.handle = v.id "
            "WHERE v.claim = ? AND v.standing IN (?, ?) ORDER BY r.first_seq",
            (claim, Standing.CURRENT.value, Standing.CORRECTED.value),
        )
        return [(added, wire.structure({**wire.json_of(body), "uid": uid}, Review)) for added, uid, body in found]

    def _axes(self, kept: Kept, claim: Claim, reviews: list[Review]) -> tuple[Axes, str | None]:
        found = self._db.execute(
            "SELECT checker, outcome, code, measures, added FROM findings WHERE subject = ? ORDER BY checker, number",
            (claim.handle,),
        ).fetchall()
        findings = [
            (checker, Finding(Outcome(outcome), "", code, measures=tuple(wire.json_of(measures).items())))
            for checker, outcome, code, measures, _ in found
        ]
        sources = self._db.execute(
            "SELECT count(DISTINCT source) FROM evidence "
            "WHERE claim = ? AND stance = 'supports' AND standing IN (?, ?)",
            (claim.handle, Standing.CURRENT.value, Standing.CORRECTED.value),
        ).fetchone()[0]
        checked = max((added for *_, added in found), default=None)
        return axes(kept.standing, reviews, findings, sources), checked


@cache
def _upsert(table: str, key: str, columns: tuple[str, ...]) -> str:
    names, holes = ", ".join(columns), ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return f"INSERT INTO {table} ({names}) VALUES ({holes}) ON CONFLICT ({key}) DO UPDATE SET {updates}"


def _concerned(record: object) -> tuple[str, ...]:
    """Return the uid whose axes this record bears on; a correction can move evidence to another claim."""
    if isinstance(record, Claim):
        return (record.uid,)
    if isinstance(record, (Evidence, Review)):
        return (record.claim,)
    return (record.subject,) if isinstance(record, Result) else ()


KEPT_COLUMNS = "uid, kind, standing, first_seq, last_seq, added, changed, rid, commitment, reason, superseded_by, body"


def kept_from(found: tuple[str, ...]) -> Kept:
    """Return a record from a row of `KEPT_COLUMNS`."""
    try:
        return _kept(found)
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedLedger(
            f"The table ledger_record is damaged at {found[0]!s:.40} ({error}).", hint="Run: factledger verify"
        ) from None


def _kept(found: tuple[str, ...]) -> Kept:
    uid, kind, standing, first_seq, last_seq, added, changed, rid, commitment, reason, by, body = found
    record = wire.structure({**wire.json_of(body), "uid": uid}, KINDS[kind])
    return Kept(record, Standing(standing), int(first_seq), int(last_seq), added, changed, rid, commitment, reason, by)


def _record_row(kept: Kept, kind: str) -> Row:
    record = kept.record
    return {
        "uid": record.uid,
        "kind": kind,
        "handle": record.handle,
        "standing": kept.standing.value,
        "first_seq": kept.first_seq,
        "last_seq": kept.last_seq,
        "added": kept.added,
        "changed": kept.changed,
        "rid": kept.rid,
        "commitment": kept.commitment,
        "reason": kept.reason,
        "superseded_by": kept.superseded_by,
        "body": wire.dumps(body_of(record)),
    }


def body_of(record: object) -> dict[str, object]:
    """Return a record as the JSON data that an entry's body holds: all but its uid."""
    data = wire.unstructure(record)
    del data["uid"]
    return dict(data)
