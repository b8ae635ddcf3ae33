"""Finding what a ledger holds: by handle, name or title, with what is waiting to be recorded."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import shorten
from typing import Any, TypeVar

from ..errors import InputError, UnknownRecord, did_you_mean, unknown
from ..model import HIDDEN, Agent, Claim, Evidence, Link, LinkState, Record, Relation, Source, Standing
from ..store import Ledger, StoredRecord, queries

R = TypeVar("R", bound=Record)
T = TypeVar("T")

MOST_NAMED = 5
"""Records of one name that an error tells of."""

MOST_ANSWERS = 10_000
"""Answers of the ledger that are remembered at once."""


NAMED: dict[type[Record], Callable[..., list[str]]] = {Agent: queries.agents_named, Source: queries.sources_titled}
"""What finds the records of a class by their name."""


class Catalogue:
    """What a ledger holds, and what is about to be recorded in it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._pending: dict[str, Record] = {}
        self._pending_handles: dict[str, Record] = {}
        self._numbered: dict[str, int] = {}  # handle -> the last number that was put to it
        self._pending_names: dict[str, dict[str, None]] = {}  # name, in small letters -> uids that bore it
        self._answers: dict[Any, Any] | None = None
        self._names: tuple[str, ...] | None = None

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        """Ask the ledger the same thing once, inside the block; nothing is written there meanwhile."""
        before, self._answers = self._answers, {} if self._answers is None else self._answers
        try:
            yield
        finally:
            self._answers = before

    def _ask(self, query: Callable[..., T], *given: Any) -> T:
        """Return what a query of the ledger answers."""
        if self._answers is None:
            return query(self.ledger.db, *given)
        asked = (query, *given)
        if asked not in self._answers:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[asked] = query(self.ledger.db, *given)
        answer: T = self._answers[asked]
        return answer

    def get(self, handle: str) -> Record | None:
        """Return the record of a handle, recorded or waiting."""
        if handle in self._pending_handles:
            return self._pending_handles[handle]
        kept = self._ask(queries.by_handle, handle)
        return None if kept is None else kept.record

    def _await(self, record: Record) -> None:
        self._pending[record.uid] = self._pending_handles[record.handle] = record
        self._pending_names.setdefault(_name_of(record).casefold(), {})[record.uid] = None

    def _take_back(self, record: Record) -> None:
        del self._pending[record.uid], self._pending_handles[record.handle]
        self._pending_names[_name_of(record).casefold()].pop(record.uid)

    def _forget_waiting(self) -> None:
        self._pending, self._pending_handles, self._pending_names = {}, {}, {}
        self._numbered = {}

    def find(self, cls: type[R], name: str) -> R:
        """Return the record of this class by its handle, name or title; raise UnknownRecord, with a likely one."""
        found = self.look_up(cls, name)
        if found is None:
            raise self._unknown(cls, name)
        return found

    def look_up(self, cls: type[R], name: str) -> R | None:
        """Return the record of this class by its handle, name or title, or None."""
        record = self.get(name)
        if isinstance(record, cls):
            return record
        same = self.named(cls, name)
        if len(same) > 1:
            handles = ", ".join(sorted(other.handle for other in same)[:MOST_NAMED])
            handles += ", ..." if len(same) > MOST_NAMED else ""
            raise InputError(f"{name!r} is the name of several.", where=cls.KIND, hint=f"Use an id: {handles}.")
        return same[0] if same else None

    def named(self, cls: type[R], name: str) -> list[R]:
        """Return the standing records of this class that have this name or title, letter case aside."""
        waiting = [
            record
            for record in map(self._pending.__getitem__, self._pending_names.get(name.casefold(), ()))
            if isinstance(record, cls) and _name_of(record).casefold() == name.casefold()
        ]
        query = NAMED.get(cls)
        found = [self._ask(queries.kept, uid) for uid in self._ask(query, name)] if query else []
        standing = [kept.record for kept in found if kept is not None and kept.standing.stands]
        return waiting + [record for record in standing if isinstance(record, cls)]

    def kept(self, handle: str) -> StoredRecord:
        """Return a recorded record with its standing; raise UnknownRecord, with a likely handle."""
        kept = queries.by_handle(self.ledger.db, handle)
        if kept is None:
            raise unknown(handle, queries.handles(self.ledger.db).values())
        return kept

    def comes_from(self, source: Source, earlier: Source, claim: Claim) -> bool:
        """Return whether standing links that may carry a claim lead from a source back to an earlier one."""
        waiting, seen = [source.handle], set[str]()
        while waiting:
            handle = waiting.pop()
            if handle not in seen:
                seen.add(handle)
                waiting += self._one_step_back(handle, claim)
        return earlier.handle in seen

    def _one_step_back(self, handle: str, claim: Claim) -> list[str]:
        recorded = [
            row["comes_from"]
            for row in queries.rows(self.ledger.db, "links", source=handle)
            if Standing(row["standing"]).stands
            and row["state"] != LinkState.REJECTED
            and Relation(row["relation"]).derives
            and row["claim"] in (None, claim.handle)
        ]
        waiting = [
            self._handle_of(link.comes_from)
            for link in self._pending.values()
            if isinstance(link, Link)
            and link.relation.derives
            and link.claim in (None, claim.uid)
            and self._handle_of(link.source) == handle
        ]
        return recorded + waiting

    def _handle_of(self, uid: str) -> str:
        return self._pending[uid].handle if uid in self._pending else queries.handle(self.ledger.db, uid)

    def _unknown(self, cls: type[Record], name: str) -> UnknownRecord:
        known = queries.names(self.ledger.db, cls.KIND) if cls in (Agent, Source, Claim) else {}
        known |= {record.handle: _name_of(record) for record in self._pending.values() if isinstance(record, cls)}
        hint = did_you_mean(name, known)
        if not hint and cls in (Agent, Source):
            hint = f"Record it first: factledger {cls.KIND} {name!r}"
        if not hint and cls is Claim:
            hint = "See: factledger list"
        if cls is Evidence:
            ids = [row["id"] for row in queries.rows(self.ledger.db, "evidence", claim=name)]
            hint = f"The claim has: {', '.join(ids)}." if ids else "See: factledger list evidence"
        return UnknownRecord(f"There is no {cls.KIND} {name!r}.", where=cls.KIND, hint=hint)

    @contextmanager
    def names_as_they_are(self) -> Iterator[None]:
        """Take a new name for a slip in those alone that are on record now, whatever is recorded inside the block."""
        self._names = tuple(queries.names(self.ledger.db, "agent").values())
        try:
            yield
        finally:
            self._names = None

    def similar_agent(self, name: str) -> str | None:
        """Return the name of a recorded agent that differs only by a slip of the pen, or None."""
        known = self._ask(queries.names, "agent").values() if self._names is None else self._names
        close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.88)
        return close[0] if close else None


def _name_of(record: Record) -> str:
    if isinstance(record, Agent):
        return record.name
    return record.title if isinstance(record, Source) else record.handle


def called(record: Record) -> str:
    """Return what to call a record in a sentence: its kind, and its words where it has some that may be read."""
    words = next(filter(None, (getattr(record, field, None) for field in ("name", "title", "text", "question"))), "")
    if not words or words in HIDDEN:
        return f"the {record.KIND} of that id"
    return f"the {record.KIND} “{shorten(words, 100, placeholder='…')}”"
