"""What the entries make of a record: added, corrected, superseded, retracted, settled.

The one place that knows what each act does. Projections, `verify`, and the
ledger as of an earlier entry all fold the same way.
"""

from __future__ import annotations

from typing import Any

import attrs

from .. import wire
from ..errors import DamagedLedger
from ..log import Entry
from ..model import KINDS, Record, Standing

ADD = "add"
CORRECT = "correct"
SUPERSEDE = "supersede"
RETRACT = "retract"
REVOKE = "revoke"
SETTLE = "settle"
"""A link is confirmed or rejected, an inquiry gets its outcome, evidence a grade: a step forward, no correction."""
WITHHOLD = "withhold"
"""Words are kept from publication: the entry names the entries that hold them, and what stands in for each."""

STANDINGS = {
    CORRECT: Standing.CORRECTED,
    SUPERSEDE: Standing.SUPERSEDED,
    RETRACT: Standing.RETRACTED,
    REVOKE: Standing.RETRACTED,
}
"""What an act makes of a record's standing; the others leave it as it is."""

ACTS = (ADD, *STANDINGS, SETTLE, WITHHOLD)

FIXED = ("uid", "handle")
"""What no entry may change: others refer to a record by them."""


class Overtaken(DamagedLedger):
    """An entry follows another than the last one on its record: somebody else came in between."""


@attrs.frozen
class StoredRecord:
    """A record as the ledger holds it after the entries read so far.

    `rid` names the last entry that touched it, `commitment` is that of the last that changed what it says.
    """

    record: Record
    standing: Standing
    first_seq: int
    last_seq: int
    added: str
    changed: str
    rid: str
    commitment: str
    reason: str | None = None
    superseded_by: str | None = None
    withheld: tuple[tuple[str, str], ...] = ()
    """(field, reason) of what was withheld, in order."""


def fold(before: StoredRecord | None, entry: Entry) -> StoredRecord:
    """Return the record after this entry; raise DamagedLedger if the entry cannot follow."""
    content = entry.content()
    if not isinstance(content, dict):
        raise DamagedLedger(f"Entry {entry.seq}, {entry.kind}, holds no fields.")
    if entry.act == ADD and before is None:
        record = wire.structure({**content, "uid": entry.subject}, _class_of(entry))
        return StoredRecord(
            record, Standing.CURRENT, entry.seq, entry.seq, entry.at, entry.at, entry.rid, entry.commitment
        )
    if before is None or entry.act not in ACTS or entry.act == ADD:
        raise DamagedLedger(f"Entry {entry.seq}, {entry.kind}, has nothing to follow.")
    if content.get("replaces") != before.rid or not (before.standing.stands or entry.act == WITHHOLD):
        raise Overtaken(
            f"Entry {entry.seq}, {entry.kind}, follows an entry on {before.record.handle} that is not its last."
        )
    if entry.act == WITHHOLD:  # what the record says is what it said: nothing that stands on it is out of date
        return attrs.evolve(before, rid=entry.rid, withheld=_withheld(before.withheld, content))
    return attrs.evolve(
        before,
        last_seq=entry.seq,
        changed=entry.at,
        rid=entry.rid,
        commitment=entry.commitment,
        record=_changed(before.record, content.get("changes", {})),
        standing=STANDINGS.get(entry.act, before.standing),
        reason=_words(content, "reason", before.reason),
        superseded_by=_words(content, "by", before.superseded_by),
    )


def _class_of(entry: Entry) -> type[Record]:
    try:
        return KINDS[entry.record_kind]
    except KeyError:
        raise DamagedLedger(f"Entry {entry.seq} is of an unknown kind, {entry.kind}.") from None


def _changed(record: Record, changes: dict[str, Any]) -> Record:
    if not isinstance(changes, dict) or not changes.keys().isdisjoint(FIXED):
        raise DamagedLedger(f"What is said to change {record.handle} cannot change it.")
    return wire.structure({**wire.unstructure(record), **changes}, type(record)) if changes else record


def _words(content: dict[str, Any], name: str, before: str | None) -> str | None:
    said = content.get(name, before)
    if said is not None and not isinstance(said, str):
        raise DamagedLedger(f"{name} is no text.")
    return said


def _withheld(before: tuple[tuple[str, str], ...], content: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    fields, reason = content.get("fields"), content.get("reason")
    if not isinstance(reason, str) or not isinstance(fields, list) or not all(isinstance(f, str) for f in fields):
        raise DamagedLedger("What is withheld is not said.")
    return (*before, *((field, reason) for field in fields))
