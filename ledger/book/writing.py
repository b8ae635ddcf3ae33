"""How a record enters: tested first, then written at once, or with all that waits beside it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from .. import rules, store
from ..errors import DamagedLedger, InputError, UnknownRecord
from ..model import OF_PEOPLE, Record, Standing, references
from ..store import Draft, Ledger, StoredRecord, queries
from . import keys, sealing
from .catalogue import Catalogue, called
from .sealing import Sealing

R = TypeVar("R", bound=Record)


class Writer(Catalogue):
    """An open ledger that takes entries from one actor (an agent's uid; by default who began it)."""

    def __init__(self, ledger: Ledger, *, actor: str | None = None) -> None:
        super().__init__(ledger)
        self.actor = actor or beginner(ledger)
        self._ledger_id = queries.first(ledger.db).subject
        self._sealed = sealing.words(self._ledger_id)
        if ledger.writable:
            ledger.signer = keys.held(self._ledger_id, of=self.actor)
        self._drafts: list[Draft] | None = None
        self.rehearsing = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Record everything inside the block as one transaction, or nothing of it."""
        if self._drafts is not None:
            yield
            return
        self._drafts = []
        try:
            with self._remembering():
                yield
            if self._drafts:
                store.append(self.ledger, self._drafts, actor=self.actor)
        finally:
            self._drafts = None
            self._forget_waiting()

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Test everything inside the block as if it were to be recorded, and record nothing of it."""
        self.rehearsing, self._drafts = True, []
        try:
            with self._remembering():
                yield
        finally:
            self.rehearsing, self._drafts = False, None
            self._forget_waiting()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Take back what the block would add if it ends in an error; what waited before goes on waiting."""
        drafts = self._drafts
        records, written = len(self._pending), len(drafts or ())
        try:
            yield
        except BaseException:
            for record in list(self._pending.values())[records:]:
                self._take_back(record)
            if drafts is not None:
                del drafts[written:]
            raise

    @property
    def waiting(self) -> tuple[Record, ...]:
        """The records that the present `together` block will add."""
        return tuple(self._pending.values())

    def add(self, record: R, *, seal: Sealing | None = None) -> R:
        """Record a ready-made record, some fields of it sealed; raise InputError if it may not be entered."""
        if seal is not None:
            record, openings = sealing.seal(record, seal, self.ledger.environment)
            self._sealed += tuple(one.words for one in openings)
        record = rules.with_edtf(record)
        rules.require_enterable(record)
        sealing.require_unsealed(record, self._sealed)
        taken = self.get(record.handle)
        if taken is not None:
            raise InputError(
                f"The id {record.handle} is already taken by {called(taken)}.", where="id", hint="Choose another."
            )
        if record.handle in self._ask(queries.withheld_handles):
            raise InputError(
                f"The id {record.handle} was of a record that is withheld.",
                where="id",
                hint="To enter it again would bring its words back; if it is another record, choose another id.",
            )
        for field, kind, uid in references(record):
            self._require_reference(field, kind, uid)
        if seal is not None:  # kept before the record enters: without it nobody could ever open the seal
            sealing.keep(self._ledger_id, record.uid, openings)
        self._await(record)
        self._write(Draft(f"{record.KIND}.{store.ADD}", record.uid, store.body_of(record)))
        return record

    def _write(self, *drafts: Draft) -> None:
        if self._drafts is not None:
            self._drafts.extend(drafts)
            return
        try:
            store.append(self.ledger, drafts, actor=self.actor)
        finally:
            self._forget_waiting()

    def _require_reference(self, field: str, kind: str, uid: str) -> None:
        record = self._pending.get(uid)
        if record is None:
            kept = self._ask(queries.kept, uid)
            record = kept.record if kept else None
        if record is None or kind not in ("*", record.KIND):
            raise UnknownRecord(f"This names no {kind}.", where=field.replace("_", " "))

    def _handle(self, given: str | None, text: str, kind: str, language: str | None = None) -> str:
        if given is not None:
            rules.require_handle(given)
            return given
        begin = rules.slug(text, language=language) or rules.unnamed(text, kind)
        if begin != rules.RESERVED and self.get(begin) is None:
            return begin
        taken = ChainMap[str, Any](self._pending_handles, self._ask(_handles_like, begin))
        found = rules.free(begin, taken, above=self._numbered.get(begin, 1))
        self._numbered[begin] = int(found.rpartition("-")[2])
        return found

    def _standing(self, handle: str) -> StoredRecord:
        kept = self.kept(handle)
        if not isinstance(kept.record, OF_PEOPLE):
            raise InputError(
                "What was done is not corrected by hand.", where=handle, hint="Do it again: check, publish."
            )
        if kept.standing in (Standing.RETRACTED, Standing.SUPERSEDED):
            raise InputError(f"{handle} was already {kept.standing.value}.", hint=f"See: factledger history {handle}")
        return kept

    def _follow(self, kept: StoredRecord, act: str, body: dict[str, Any]) -> None:
        kind = f"{kept.record.KIND}.{act}"
        self._write(Draft(kind, kept.record.uid, {**body, "replaces": kept.rid}))


def _handles_like(db: queries.Db, begin: str) -> dict[str, None]:
    return dict.fromkeys(queries.handles_like(db, begin))


def beginner(ledger: Ledger) -> str:
    """Return the uid of the agent who began a ledger: the actor of entry 0."""
    first = next(queries.entries(ledger.db, upto=1), None)
    if first is None:
        raise DamagedLedger("The ledger holds no entry.", where=str(ledger.path), hint="Run: factledger verify")
    return first.actor
