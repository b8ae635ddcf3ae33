"""What is handed to a format, read from a ledger as everybody reads it: words that are kept back are in none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from .. import trust, wire
from ..checker import Dossier
from ..checks import dossiers
from ..errors import InputError, UnknownRecord, did_you_mean
from ..format import CheckedClaim, Extract
from ..model import HIDDEN, OF_PEOPLE, CheckerCard, Claim, Record, Review, references
from ..store import Ledger, StoredRecord, queries
from ..trust import Words

R = TypeVar("R", bound=Record)
T = TypeVar("T")

BATCH = 200
"""Claims whose records are read at once."""


def extract(ledger: Ledger, claims: Sequence[str] = (), *, base_url: str = "") -> Extract:
    """Return some claims (handles) of a ledger with all they stand on, or all that it holds and that stands.

    Raises UnknownRecord for a handle that is of no claim. Going through it raises InputError where words that were
    withheld were entered again.
    """
    db, words = ledger.db, trust.withheld_words(ledger)
    for handle in claims:
        kept = queries.by_handle(db, handle)
        if kept is None or not isinstance(kept.record, Claim):
            hint = did_you_mean(handle, queries.names(db, Claim.KIND)) or "See: factledger list"
            raise UnknownRecord(f"There is no claim {handle!r}.", hint=hint)
    head = queries.head(db)
    every = tuple(dict.fromkeys(claims)) or None
    read = _Reread(lambda: _claims(db, every or _standing_claims(db), words))
    return Extract(
        origin=queries.origin(db),
        ledger=queries.first(db).subject,
        size=head.size,
        root=head.root.hex(),
        base_url=base_url.rstrip("/"),
        claims=read,
        records=_records_of(db, read, words) if every else _all_records(db, words),
        findings=_Reread(lambda: (one for subject in every or [None] for one in queries.each_finding(db, subject))),
    )


def kept_back(ledger: Ledger, claims: Sequence[str] = ()) -> Iterator[str]:
    """Yield the handles of those of these claims, or of all, that no format is given since their words are hidden."""
    for handle in claims or _standing_claims(ledger.db):
        kept = queries.by_handle(ledger.db, handle)
        if kept is not None and isinstance(kept.record, Claim) and kept.record.text in HIDDEN:
            yield handle


@attrs.frozen
class _Reread(Iterable[T]):
    """What is read anew each time that it is gone through."""

    _read: Callable[[], Iterable[T]]

    def __iter__(self) -> Iterator[T]:
        return iter(self._read())


def _standing_claims(db: Any) -> Iterator[str]:
    return (kept.record.handle for kept in queries.all_kept(db, Claim.KIND) if kept.standing.stands)


def _claims(db: Any, handles: Iterable[str], words: Words | None) -> Iterator[CheckedClaim]:
    waiting = iter(handles)
    while batch := list(islice(waiting, BATCH)):
        read = _AsRead(db)
        for dossier, _ in dossiers(db, batch):
            checked = _checked(db, read, dossier)
            if checked.claim.text not in HIDDEN:
                require_hidden(words, ((one.handle, one) for one in records_in(checked)))
                require_hidden(words, ((one.subject, one.finding) for one in checked.findings))
                yield checked


def _checked(db: Any, read: _AsRead, dossier: Dossier) -> CheckedClaim:
    handle = dossier.claim.handle
    reviews = (queries.by_handle(db, row["id"]) for row in queries.rows(db, "reviews", claim=handle))
    standing = [kept for kept in reviews if kept is not None and kept.standing.stands]
    decided = tuple(read.take(kept) for kept in standing if isinstance(kept.record, Review))
    agents = dict(dossier.agents)
    for review in decided:
        for _, kind, uid in references(review):
            if kind == "agent":
                agents[uid] = read(uid)
    shown = attrs.evolve(
        dossier,
        claim=read(dossier.claim.uid),
        reports=read(dossier.reports.uid) if dossier.reports else None,
        reported_by=read.each(dossier.reported_by),
        evidence=read.each(dossier.evidence),
        inquiries=read.each(dossier.inquiries),
        links=read.each(dossier.links),
        captures=read.each(dossier.captures),
        sources=MappingProxyType({uid: read(uid) for uid in dossier.sources}),
        agents=MappingProxyType({uid: read(uid) for uid in agents}),
    )
    checked = CheckedClaim(dossier=shown, reviews=decided, findings=tuple(queries.findings(db, handle)))
    return attrs.evolve(checked, added={one.uid: read.added(one.uid) for one in records_in(checked)})


class _AsRead:
    """Records as everybody reads them, each looked up once; a dossier may hold hashes that others may not see."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._found: dict[str, StoredRecord] = {}

    def __call__(self, uid: str) -> Any:
        if uid not in self._found:
            kept = queries.kept(self._db, uid)
            if kept is None:
                raise UnknownRecord("A record is named that is not there.", hint="Run: factledger verify")
            self._found[uid] = kept
        return self._found[uid].record

    def each(self, records: Iterable[R]) -> tuple[R, ...]:
        return tuple(self(one.uid) for one in records)

    def take(self, kept: StoredRecord) -> Any:
        return self._found.setdefault(kept.record.uid, kept).record

    def added(self, uid: str) -> str:
        self(uid)
        return self._found[uid].added


def records_in(checked: CheckedClaim) -> Iterator[Record]:
    """Yield every record of a claim's extract, each once."""
    dossier = checked.dossier
    yield from (dossier.claim, *dossier.reported_by, *((dossier.reports,) if dossier.reports else ()))
    yield from dossier.agents.values()
    yield from dossier.sources.values()
    for records in (dossier.links, dossier.evidence, dossier.inquiries, dossier.captures, checked.reviews):
        yield from records


def _all_records(db: Any, words: Words | None) -> dict[type[Record], Iterable[Record]]:
    classes: tuple[type[Record], ...] = (*OF_PEOPLE, CheckerCard)
    return {cls: _Reread(partial(_of_kind, db, cls, words)) for cls in classes}


def _of_kind(db: Any, cls: type[Record], words: Words | None) -> Iterator[Record]:
    for kept in queries.all_kept(db, cls.KIND):
        if kept.standing.stands:
            require_hidden(words, [(kept.record.handle, kept.record)])
            yield kept.record


def _records_of(db: Any, claims: Iterable[CheckedClaim], words: Words | None) -> dict[type[Record], Iterable[Record]]:
    def of(cls: type[Record]) -> Iterable[Record]:
        found = {one.uid: one for checked in claims for one in records_in(checked) if isinstance(one, cls)}
        return found.values()

    named: dict[type[Record], Iterable[Record]] = {cls: _Reread(partial(of, cls)) for cls in OF_PEOPLE}
    return {**named, CheckerCard: _Reread(partial(_of_kind, db, CheckerCard, words))}


def require_hidden(words: Words | None, said: Iterable[tuple[str, Record | Any]]) -> None:
    """Raise InputError if withheld words were recorded again; `said` are handles and what is recorded under each."""
    for handle, what in said if words else ():
        if words and words.found(wire.dumps(wire.unstructure(what))):
            raise InputError(
                "Withheld words stand here again.",
                where=handle,
                hint="Nothing was written. Withhold them again, or: factledger publish copy COPY.db, which does",
            )
