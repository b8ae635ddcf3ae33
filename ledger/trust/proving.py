"""Making proof sheets from a ledger, and saying in words what a sheet shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from .. import store
from ..book import sealing
from ..errors import InputError, unknown
from ..log import Checkpoint, Entry, Note, VerifierKey
from ..log.sheet import ConsistencySheet, InclusionSheet, Opening, ProvenEntry
from ..store import Ledger, StoredTree, queries
from .checkpoints import checkpoint, log_key, signer


def prove(ledger: Ledger, entries: Sequence[Entry], *, sign: bool = True) -> InclusionSheet:
    """Return the sheet that shows these entries in the log of a checkpoint.

    The newest checkpoint that covers them is used. Where none does, the ledger is signed if that can be
    and `sign` allows it, else InputError says what to do.
    """
    note = covering(ledger, max(entry.seq for entry in entries) + 1, sign=sign)
    said, tree = Checkpoint.read(note.text), StoredTree(ledger.db)
    hidden = queries.withheld(ledger.db)
    shown = [attrs.evolve(entry, salt=None, body=None) if entry.seq in hidden else entry for entry in entries]
    return InclusionSheet(
        note, said, tuple(ProvenEntry(entry, tree.inclusion(entry.seq, said.size)) for entry in shown)
    )


def disclose(ledger: Ledger, handle: str) -> InclusionSheet:
    """Return the sheet that shows somebody what is withheld or sealed of a record: its words, and that they are these.

    Raises InputError if the words are not on this machine any more, or nothing of the record is hidden.
    """
    db = ledger.db
    kept, entries, hidden = queries.by_handle(db, handle), entries_of(db, handle), queries.withheld(db)
    if kept is None or not entries:
        raise unknown(handle, queries.handles(db).values())
    openings: tuple[Opening, ...] = ()
    if getattr(kept.record, "seals", ()):
        openings = sealing.kept(queries.first(db).subject, kept.record.uid)
        if not openings:
            raise InputError("What opens its seal is not on this machine.", where=handle, hint="Who sealed it has it.")
    elif hidden.keys().isdisjoint(entry.seq for entry in entries):
        raise InputError("Nothing of it is withheld or sealed.", where=handle, hint="See: factledger show")
    recorded = [queries.as_recorded(db, entry.seq) for entry in entries if entry.act != store.WITHHOLD]
    if any(entry.body is None for entry in recorded):
        raise InputError("Its words are not in this file any more.", where=handle, hint="A backup may hold them.")
    note = covering(ledger, max(entry.seq for entry in entries) + 1)
    said, tree = Checkpoint.read(note.text), StoredTree(db)
    proven = tuple(ProvenEntry(entry, tree.inclusion(entry.seq, said.size)) for entry in recorded)
    return InclusionSheet(note, said, proven, openings)


def prove_growth(ledger: Ledger, old: int, new: int | None = None) -> ConsistencySheet:
    """Return the sheet that shows that the log of a checkpoint begins with its first `old` entries.

    `new` names the checkpoint by its size; by default it is the newest.
    """
    ahead = min(old + 1, queries.head(ledger.db).size)
    note = covering(ledger, ahead) if new is None else _at(ledger, new)
    said, tree = Checkpoint.read(note.text), StoredTree(ledger.db)
    if not 0 < old <= said.size:
        raise InputError(f"A checkpoint of {said.size} entries cannot go on from {old}.", hint="Give a smaller size.")
    return ConsistencySheet(old, tree.root(old), note, said, tree.consistency(old, said.size))


def covering(ledger: Ledger, size: int, *, sign: bool = True) -> Note:
    """Return the newest checkpoint by the log key of at least this size; sign one if there is none."""
    key = log_key(ledger)
    kept = [note for note in store.checkpoints(ledger.db) if note.signed_by(key)]
    if kept and Checkpoint.read(kept[-1].text).size >= size:
        return kept[-1]
    if sign and ledger.role == "working" and signer(ledger) is not None:
        with store.open_ledger(ledger.path, write=True) as writable:
            return checkpoint(writable)
    newest = (
        f"The newest checkpoint is of {Checkpoint.read(kept[-1].text).size}"
        if kept
        else "The ledger keeps no checkpoint"
    )
    raise InputError(
        f"{newest}; one of {size} entries or more is needed.",
        hint="Whoever holds the log key can sign one: factledger checkpoint",
    )


def _at(ledger: Ledger, size: int) -> Note:
    sizes = {Checkpoint.read(note.text).size: note for note in store.checkpoints(ledger.db)}
    if size not in sizes:
        known = ", ".join(map(str, sorted(sizes))) or "none"
        raise InputError(f"There is no checkpoint of {size} entries.", hint=f"There are: {known}.")
    return sizes[size]


@attrs.frozen
class ProofCheck:
    """What came of checking a sheet: the faults (none: it holds), what it shows, and what it does not."""

    faults: tuple[str, ...]
    shows: tuple[str, ...]
    not_shown: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def check_sheet(
    sheet: InclusionSheet | ConsistencySheet, key: VerifierKey, *, earlier: Checkpoint | None = None
) -> ProofCheck:
    """Check a sheet with the log's verifier key and nothing else.

    `earlier` is a checkpoint that the checker kept: a consistency sheet must go on from it.
    """
    faults = list(sheet.faults(key))
    if (
        earlier is not None
        and isinstance(sheet, ConsistencySheet)
        and (sheet.size, sheet.root)
        != (
            earlier.size,
            earlier.root,
        )
    ):
        faults.append(f"It goes on from other entries than your checkpoint of {earlier.size}.")
    if faults:
        return ProofCheck(tuple(faults), (), ("Nothing that the file says was shown.",))
    said = sheet.checkpoint
    if isinstance(sheet, ConsistencySheet):
        shows = (f"The log of {said.size:,} entries begins with the {sheet.size:,} it had before, unchanged.",)
        return ProofCheck((), shows, ("That nobody was shown another log: compare checkpoints with others.",))
    lines = [
        f"Entry {one.entry.seq:,} of {said.size:,}, {one.entry.kind}, {one.entry.at}: "
        + ("its words were withheld" if one.entry.body is None else "its words are those that were recorded")
        for one in sheet.entries
    ]
    if isinstance(sheet, InclusionSheet):
        lines += [f"The {one.field} sealed there is: {one.words}" for one in sheet.openings]
    unsure = ["That no later entry corrects or retracts this: the proof ends with its checkpoint."]
    if any(one.entry.signature is not None for one in sheet.entries):
        unsure.append("Who signed the entries: signatures of agents were not checked.")
    unsure.append("Whether what was recorded is true.")
    return ProofCheck((), tuple(lines), tuple(unsure))


def entries_with(db: Any, handle: str) -> list[Entry]:
    """Return the entries about a record itself; of a claim also those about its evidence, inquiries and decisions.

    Those that withhold words are left out: they tell of other records too.
    """
    tables = ("evidence", "inquiries", "reviews")
    beside = [row["id"] for table in tables for row in queries.rows(db, table, claim=handle)]
    kept = [one for name in (handle, *beside) if (one := queries.by_handle(db, name)) is not None]
    found = {entry.seq: entry for one in kept for entry in queries.entries_of(db, one.record.uid)}
    return [found[seq] for seq in sorted(found) if found[seq].act != store.WITHHOLD]


def entries_of(db: Any, name: str) -> list[Entry]:
    """Return the entries that a person means by a record's handle or an entry's number.

    Of a record, those that are about itself: recorded, corrected, retracted ...
    """
    if name.isascii() and name.isdigit():
        last, wanted = queries.head(db).size - 1, name.lstrip("0") or "0"
        if len(wanted) > len(str(last)) or int(wanted) > last:
            raise InputError(f"There is no entry {wanted:.20}.", hint=f"The last is {last}.")
        return list(queries.entries(db, start=int(wanted), upto=int(wanted) + 1))
    kept = queries.by_handle(db, name)
    if kept is None:
        return []
    return queries.entries_of(db, kept.record.uid)
