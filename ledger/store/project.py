"""The projections: what each entry changes in the readable tables.

Runs in the transaction that appends the entry, and again, over all entries,
in `rebuild`, in `verify` and for the ledger as of an earlier point. However
the entries are divided, the tables end up the same: a claim's own columns
follow its own entries, and its axes are derived from what the tables then hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

import attrs

from .. import wire
from ..axes import CORROBORATION, axes
from ..errors import DamagedLedger
from ..log import Entry
from ..model import KINDS, Claim, Evidence, Finding, Outcome, Result, Review, Standing, Verdict, references
from ..sqlite import sqlite3
from . import rows
from .fold import StoredRecord, fold
from .found import FindingTables
from .rows import Row

INIT = "ledger.init"
UPGRADE = "ledger.upgrade"
"""The tables were made anew in a later format; the entry says from which to which."""

OF_THE_FILE = (INIT, UPGRADE)
"""Kinds of entries that are about the ledger itself and change no record."""

OUTCOMES = {outcome.value: outcome for outcome in Outcome}

STANDS = tuple(standing.value for standing in Standing if standing.stands)


DUE = 1_000
"""Claims whose axes wait to be derived anew, at most: each once, not after every entry that bears on it."""

NAMES = 10_000
"""Records whose names are kept in memory, at most."""

LEDGER = "ledger", 0
"""Name and first entry of the ledger itself, which alone is mentioned without being a record."""


class Projector:
    """Applies entries, in order, to the projections of one database.

    Results stand in `ledger_record` without their findings, which have tables of their own; `whole`: with them, as
    formats before the third had them.
    """

    def __init__(self, db: sqlite3.Connection, *, whole: bool = False) -> None:
        self._db = db
        self._whole = whole
        self._names: dict[str, tuple[str, int]] = {}
        self._findings = FindingTables(db, self._handle)
        self._due: dict[str, tuple[Entry, Row]] = {}

    def apply_all(self, entries: Iterable[Entry]) -> None:
        """Bring every table up to the last of these entries."""
        for _, step in self.steps(entries):
            step()

    def steps(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Callable[[], None]]]:
        """Yield what has to be done, each with the entry it is done for; the caller may let one fail and go on."""
        for entry in entries:
            yield entry, partial(self._apply, entry)
            if len(self._due) >= DUE:
                yield from self._refreshes()
        yield from self._refreshes()

    def _refreshes(self) -> Iterator[tuple[Entry, Callable[[], None]]]:
        due, self._due = self._due, {}
        for uid, (entry, own) in due.items():
            yield entry, partial(self._refresh, uid, own)

    def _apply(self, entry: Entry) -> None:
        """Bring every table but the axes up to this entry; one whose body was withheld changes nothing."""
        if entry.kind in OF_THE_FILE or entry.body is None:
            return
        before = self._held(entry.subject)
        kept = fold(before, entry)
        record = kept.record
        body = entry.body if before is None else wire.dumps(body_of(record))
        if isinstance(record, Result) and not self._whole:
            body = wire.dumps(body_of(attrs.evolve(record, sets=())))
        self._put("ledger_record", "uid", _record_row(kept, body))
        self._keep(record.uid, (record.handle, kept.first_seq))
        self._mention(entry, before, kept)
        if isinstance(record, Result):
            self._findings.put(record, kept)
        elif not isinstance(record, Claim):
            self._put(rows.TABLE_OF[record.KIND], "id", rows.row(kept, self._handle))
        seen = attrs.evolve(entry, body=None)  # what waits is held in memory: bodies of results are long
        for uid in {*_concerned(record), *(_concerned(before.record) if before else ())}:
            _, own = self._due.get(uid, (seen, {}))
            self._due[uid] = seen, rows.row(kept, self._handle) if uid == record.uid else own

    def _held(self, uid: str) -> StoredRecord | None:
        found = self._db.execute(f"SELECT {KEPT_COLUMNS} FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
        return None if found is None else kept_from(found)

    def _handle(self, uid: str) -> str:
        return self._name(uid)[0]

    def _name(self, uid: str) -> tuple[str, int]:
        """Return a record's handle and the number of its first entry."""
        if uid not in self._names:
            found = self._db.execute("SELECT handle, first_seq FROM ledger_record WHERE uid = ?", (uid,)).fetchone()
            if found is None:
                return LEDGER
            self._keep(uid, found)
        return self._names[uid]

    def _keep(self, uid: str, name: tuple[str, int]) -> None:
        if len(self._names) >= NAMES:
            self._names.clear()
        self._names[uid] = name

    def _put(self, table: str, key: str, row: Row) -> None:
        self._db.execute(_upsert(table, key, tuple(row)), tuple(row.values()))

    def _mention(self, entry: Entry, before: StoredRecord | None, kept: StoredRecord) -> None:
        """Note what the entry names, and what the record named before it."""
        records = [kept.record, *([before.record] if before else [])]
        targets = {entry.subject, *(uid for record in records for _, _, uid in references(record))}
        if kept.superseded_by:
            targets.add(kept.superseded_by)
        self._db.executemany(
            "INSERT INTO ledger_naming VALUES (?, ?, ?)",
            [(entry.seq, number, kept.first_seq) for number in sorted({self._name(uid)[1] for uid in targets})],
        )

    def _claim(self, uid: str) -> tuple[str, str] | None:
        """Return a claim's handle and standing; None if the uid is not a claim's."""
        found: tuple[str, str] | None = self._db.execute(
            "SELECT handle, standing FROM ledger_record WHERE uid = ? AND kind = 'claim'", (uid,)
        ).fetchone()
        return found

    def _refresh(self, uid: str, own: Row) -> None:
        """Derive a claim's axes anew, and write its own columns if entries of its own changed them."""
        found = self._claim(uid)
        if found is None:
            return
        handle, standing = found
        derived = self._axes(handle, Standing(standing))
        if own:
            self._put("claims", "id", own | derived)
        else:
            self._db.execute(_update("claims", "id", tuple(derived)), (*derived.values(), handle))

    def _axes(self, claim: str, standing: Standing) -> Row:
        reviews = self._db.execute(
            "SELECT v.verdict, v.seconds, v.added FROM reviews v JOIN ledger_record r ON r.handle = v.id "
            "WHERE v.claim = ? AND v.standing IN (?, ?) ORDER BY r.first_seq",
            (claim, *STANDS),
        ).fetchall()
        findings = self._db.execute(
            "SELECT checker, outcome, code, measures, added FROM findings WHERE subject = ? ORDER BY checker, number",
            (claim,),
        ).fetchall()
        (sources,) = self._db.execute(
            "SELECT count(DISTINCT source) FROM evidence "
            "WHERE claim = ? AND stance = 'supports' AND standing IN (?, ?)",
            (claim, *STANDS),
        ).fetchone()
        found = axes(
            standing,
            [
                Review(uid="", handle="", claim="", verdict=Verdict(verdict), reasons="", seconds=seconds)
                for verdict, seconds, _ in reviews
            ],
            [OUTCOMES[outcome] for _, outcome, *_ in findings],
            [
                Finding(OUTCOMES[outcome], "", code, measures=_measures(measures))
                for checker, outcome, code, measures, _ in findings
                if checker == CORROBORATION
            ],
            sources,
        )
        return rows.axes_row(
            found,
            decided=reviews[-1][-1] if reviews else None,
            checked=max((added for *_, added in findings), default=None),
        )


def _measures(text: str) -> tuple[tuple[str, int], ...]:
    return () if text == "{}" else tuple(wire.json_of(text).items())


@cache
def _upsert(table: str, key: str, columns: tuple[str, ...]) -> str:
    names, holes = ", ".join(columns), ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return f"INSERT INTO {table} ({names}) VALUES ({holes}) ON CONFLICT ({key}) DO UPDATE SET {updates}"


@cache
def _update(table: str, key: str, columns: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns)} WHERE {key} = ?"


def _concerned(record: object) -> tuple[str, ...]:
    """Return the uid whose axes this record bears on; a correction can move evidence to another claim."""
    if isinstance(record, Claim):
        return (record.uid,)
    if isinstance(record, (Evidence, Review)):
        return (record.claim,)
    return (record.subject,) if isinstance(record, Result) else ()


KEPT_COLUMNS = (
    "uid, kind, standing, first_seq, last_seq, added, changed, rid, commitment, reason, superseded_by, withheld, body"
)


def kept_from(found: tuple[str, ...]) -> StoredRecord:
    """Return a record from a row of `KEPT_COLUMNS`."""
    try:
        return _kept(found)
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedLedger(
            f"The table ledger_record is damaged at {found[0]!s:.40} ({error}).", hint="Run: factledger verify"
        ) from None


def _kept(found: tuple[str, ...]) -> StoredRecord:
    uid, kind, standing, first_seq, last_seq, added, changed, rid, commitment, reason, by, withheld, body = found
    record = wire.structure({**wire.json_of(body), "uid": uid}, KINDS[kind])
    return StoredRecord(
        record,
        Standing(standing),
        int(first_seq),
        int(last_seq),
        added,
        changed,
        rid,
        commitment,
        reason,
        by,
        tuple((field, why) for field, why in wire.json_of(withheld)) if withheld else (),
    )


def _record_row(kept: StoredRecord, body: str) -> Row:
    record = kept.record
    return {
        "uid": record.uid,
        "kind": record.KIND,
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
        "withheld": wire.dumps([list(one) for one in kept.withheld]) if kept.withheld else None,
        "body": body,
    }


def body_of(record: object) -> dict[str, object]:
    """Return a record as the JSON data that an entry's body holds: all but its uid."""
    data = wire.unstructure(record)
    del data["uid"]
    return dict(data)
