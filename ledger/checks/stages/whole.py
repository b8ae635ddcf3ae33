"""The whole ledger, looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar, overload

from ... import wire
from ...checker import Whole
from ...model import Agent, Capture, Claim, Evidence, Inquiry, Link, LinkState, Record, Review, Source
from ...store import StoredRecord, all_kept, gather, queries
from ..calls import SILENT
from .context import JobContext

R = TypeVar("R", bound=Record)

SEEN = (Claim, Evidence, Inquiry, Source, Link, Capture, Agent, Review)


def look_at_all(context: JobContext) -> None:
    """Ask every ledger checker; what it finds is filed under the claims it cites."""
    known, whole = _KnownRecords(context.db), _whole(context.db)
    for which, one in enumerate(context.checkers):
        found = context.call(which, which, one.checker.check, whole, lambda: known)
        by_subject: dict[str, list[object]] = {}
        for finding in found.findings:
            if finding == SILENT:
                continue
            for uid in [uid for uid in finding.cites if isinstance(known.record(uid), Claim)] or [""]:
                by_subject.setdefault(uid, []).append(wire.unstructure(finding))
        context.say({"met": [one.name, ""], "found": by_subject})
    context.say({"upto": 1, "tally": {}, "called": 0, "seen": ""})


def _whole(db: Any) -> Whole:
    def read(cls: type[R]) -> Sequence[R]:
        return _LazyRecords(partial(_by_handle, db, cls.KIND))

    return Whole(
        claims=read(Claim),
        evidence=read(Evidence),
        graded=_LazyRecords(lambda: sorted(gather.graded(db), key=lambda kept: kept.record.handle)),
        inquiries=read(Inquiry),
        sources=read(Source),
        links=read(Link),
        captures=read(Capture),
        agents=read(Agent),
        reviews=_LazyRecords(partial(all_kept, db, Review.KIND)),
    )


def _by_handle(db: Any, kind: str) -> Iterator[StoredRecord]:
    handles = sorted(queries.added_since(db, kind, 0))
    return (kept for handle in handles if (kept := queries.by_handle(db, handle)) is not None)


class _LazyRecords(Sequence[R]):
    """Records that are read as somebody goes through them; all are kept for who asks how many there are, or for one."""

    def __init__(self, read: Callable[[], Iterable[StoredRecord]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[R]:
        yield from vars(self).get("_records") or self._each()

    def _each(self) -> Iterator[Any]:
        return (kept.record for kept in self._read() if _counts(kept))

    @cached_property
    def _records(self) -> tuple[R, ...]:
        return tuple(self._each())

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...
    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        return self._records[place]

    def __len__(self) -> int:
        return len(self._records)


class _KnownRecords:
    """The records that a checker of the whole ledger may cite."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def record(self, uid: str) -> Record | None:
        """Return the record of this uid, None if there is none that counts."""
        kept = queries.kept(self._db, uid)
        return kept.record if kept is not None and _counts(kept) else None

    def __contains__(self, uid: object) -> bool:
        return isinstance(uid, str) and self.record(uid) is not None


def _counts(kept: StoredRecord) -> bool:
    record = kept.record
    rejected = isinstance(record, Link) and record.state is LinkState.REJECTED
    return kept.standing.stands and isinstance(record, SEEN) and not rejected
