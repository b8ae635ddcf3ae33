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
SETTLE = "settle"
"""A link is confirmed or rejected, an inquiry gets its outcome: a step forward, not a correction."""

FIXED = ("uid", "handle")
"""What no entry may change: others refer to a record by them."""


class Overtaken(DamagedLedger):
    """An entry follows another than the last one on its record: somebody else came in between."""


@attrs.frozen
class Kept:
    """A record as the ledger holds it after the entries read so far.

    `rid` names the last entry that touched it, `commitment` is that entry's.
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


def fold(before: Kept | None, entry: Entry) -> Kept:
    """Return the record after this entry; raise DamagedLedger if the entry cannot follow."""
    content = entry.content()
    if not isinstance(content, dict):
        raise DamagedLedger(f"Entry {entry.seq}, {entry.kind}, holds no fields.")
    if entry.act == ADD and before is None:
        record = wire.structure({**content, "uid": entry.subject}, _class_of(entry))
        return Kept(record, Standing.CURRENT, entry.seq, entry.seq, entry.at, entry.at, entry.rid, entry.commitment)
    if before is None or entry.act not in (CORRECT, SUPERSEDE, RETRACT, SETTLE):
        raise DamagedLedger(f"Entry {entry.seq}, {entry.kind}, has nothing to follow.")
    if content.get("replaces") != before.rid or not before.standing.stands:
        raise Overtaken(
            f"Entry {entry.seq}, {entry.kind}, follows an entry on {before.record.handle} that is not its last."
        )
    return attrs.evolve(
        before,
        record=_changed(before.record, content.get("changes", {})),
        standing=_standing(before.standing, entry.act),
        last_seq=entry.seq,
        changed=entry.at,
        rid=entry.rid,
        commitment=entry.commitment,
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


def _standing(before: Standing, act: str) -> Standing:
    if act == SETTLE:
        return before
    return {CORRECT: Standing.CORRECTED, SUPERSEDE: Standing.SUPERSEDED, RETRACT: Standing.RETRACTED}[act]
