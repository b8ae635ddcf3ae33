"""When things happened, were said, came out, were asked, archived, recorded and decided: each clock apart.

A claim's date is of the event, a source's of its publication, a copy's of its capture, an entry's of the ledger.
They are read off the records and never off one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from ..checker import Dossier
from ..checks import dossiers
from ..model import Claim, Review, Source
from ..store import StoredRecord, queries
from ..timeline import Constraint, archived, cited, read, told
from . import words


class TimeKind(StrEnum):
    """Which time a moment is in."""

    HAPPENED = "happened"
    SAID = "said"
    PUBLISHED = "published"
    ASKED = "asked"
    ARCHIVED = "archived"
    RECORDED = "recorded"
    DECIDED = "decided"


@attrs.frozen(kw_only=True)
class RecordedTime:
    """Something that has a time: `when` is EDTF, or an RFC 3339 instant; None where it is not recorded.

    `first` and `last` are the first and last day it can be, as `datetime.date.toordinal` counts; None is unbounded.
    `name` is what orders call it: a record's uid.
    """

    clock: TimeKind
    what: str
    when: str | None = None
    instant: bool = False
    table: str = ""
    handle: str = ""
    name: str = ""
    note: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def placed(self) -> bool:
        """Whether its date bounds it at all: one without a year does not."""
        return self.first is not None or self.last is not None

    @property
    def shown(self) -> str:
        """Its time as a reader says it."""
        if self.when is None:
            return "no date"
        return words.instant(self.when) if self.instant else words.date(self.when)


def moments(db: Any, handles: Sequence[str]) -> tuple[tuple[RecordedTime, ...], tuple[Constraint, ...]]:
    """Return what the records of some claims say of time, each moment once, and the orders that they state."""
    found, orders = dict[tuple[TimeKind, str, str], RecordedTime](), dict[tuple[str, str], Constraint]()
    seen, decided = dict[str, StoredRecord](), list[RecordedTime]()
    for dossier, _ in dossiers(db, handles):
        for moment in _of_dossier(dossier):
            found.setdefault((moment.clock, moment.table, moment.handle), moment)
        for order in _orders(dossier):
            orders.setdefault((order.earlier, order.later), order)
        seen.update(_kept(db, dossier, seen))
        decided += _decisions(db, dossier.claim, several=len(handles) > 1)
    return (*found.values(), *decided, *_entered(seen.values())), tuple(orders.values())


def _of_dossier(dossier: Dossier) -> Iterator[RecordedTime]:
    claim = dossier.claim
    own = {"what": claim.text, "table": "claims", "handle": claim.handle}
    spoken = claim.reports is not None
    if claim.occurred is not None or (claim.said is None and not spoken):
        yield _dated(TimeKind.HAPPENED, claim.occurred, **own, name=_name(claim, said=False))
    if claim.said is not None or (claim.occurred is None and spoken):
        yield _dated(TimeKind.SAID, claim.said, **own, name=_name(claim, said=True))
    for source in dossier.sources.values():
        yield _published(source)
    for capture in dossier.captures:
        title = dossier.sources[capture.source].title if capture.source in dossier.sources else capture.handle
        if capture.taken_at is not None:
            what = {"what": f"a copy of {title}", "table": "captures", "handle": capture.handle, "name": capture.uid}
            yield _at(TimeKind.ARCHIVED, capture.taken_at, **what)
    for inquiry in dossier.inquiries:
        told_of = {"what": inquiry.question, "table": "inquiries", "handle": inquiry.handle, "name": inquiry.uid}
        note = words.INQUIRY[inquiry.state]
        if inquiry.deadline is not None:
            note += f"; answer due {words.date(inquiry.deadline)}"
        yield _dated(TimeKind.ASKED, inquiry.asked_on, **told_of, note=note)


def _name(claim: Claim, *, said: bool) -> str:
    """Return what orders call a moment of a claim: its uid, if it is the one that sources tell of (see `event_of`)."""
    told = (claim.reports is not None) and (claim.said is not None or claim.occurred is None)
    return claim.uid if said is told else f"{claim.uid} {'said' if said else 'happened'}"


def _published(source: Source) -> RecordedTime:
    published, when, note = read(source.published), source.published, ""
    if source.reference_date is not None and (published is None or not published.year_known):
        when = source.reference_date
        note = "by the day that its words count from" + (
            f"; it says {words.date(source.published)}" if published else ""
        )
    return _dated(
        TimeKind.PUBLISHED, when, what=source.title, table="sources", handle=source.handle, name=source.uid, note=note
    )


def _dated(clock: TimeKind, text: str | None, **what: str) -> RecordedTime:
    edtf = read(text)
    first, last = edtf.reach if edtf else (None, None)
    return RecordedTime(clock=clock, when=text, first=first, last=last, **what)  # type: ignore[arg-type]


def _at(clock: TimeKind, instant: str, **what: str) -> RecordedTime:
    edtf = read(instant) or read(instant[:10])  # the log's instants are finer than EDTF's
    first, last = edtf.reach if edtf else (None, None)
    return RecordedTime(clock=clock, when=instant, instant=True, first=first, last=last, **what)


def _orders(dossier: Dossier) -> Iterator[Constraint]:
    """Yield which moment comes no earlier than which, as evidence, links and copies say."""

    def titled(source: Source) -> str:
        return f"“{source.title}”"

    known = (
        *told(dossier.claim, dossier.supporting, dossier.sources, titled),
        *cited(dossier.links, dossier.sources, titled),
        *archived(dossier.captures, dossier.sources, titled),
    )
    yield from (one for one in known if isinstance(one, Constraint) and one.earlier and one.later)


def _decisions(db: Any, claim: Claim, *, several: bool) -> Iterator[RecordedTime]:
    """Yield the verdicts on a claim, each with the claim where there are several."""
    for row in queries.rows(db, "reviews", claim=claim.handle):
        kept = queries.by_handle(db, row["id"])
        if kept is not None and isinstance(kept.record, Review):
            review = kept.record
            verdict = review.label or words.VERDICT[review.verdict]
            signed = ", signed by a second person" if review.seconds else ""
            what = verdict + signed + (f": {claim.text}" if several else "")
            note = "" if kept.standing.stands else f"{words.STANDING[kept.standing]} {words.instant(kept.changed)}"
            yield _at(
                TimeKind.DECIDED, kept.added, what=what, table="claims", handle=claim.handle, name=review.uid, note=note
            )


def _kept(db: Any, dossier: Dossier, seen: Mapping[str, StoredRecord]) -> Iterator[tuple[str, StoredRecord]]:
    """Yield what the ledger keeps of a dossier, by uid, but for what was seen already."""
    records = (dossier.claim, *dossier.sources.values(), *dossier.evidence, *dossier.captures, *dossier.inquiries)
    for record in records:
        kept = None if record.uid in seen else queries.kept(db, record.uid)
        if kept is not None:
            yield record.uid, kept


_KINDS = {
    "claim": ("claim", "claims"),
    "source": ("source", "sources"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "capture": ("archived copy", "archived copies"),
    "inquiry": ("question", "questions"),
}


def _entered(found: Iterable[StoredRecord]) -> Iterator[RecordedTime]:
    """Yield, a day at a time, what was recorded, and what was corrected, replaced or retracted."""
    days = dict[str, dict[str, Counter[str]]]()
    for kept in found:
        acts = [(kept.added[:10], "recorded")]
        if kept.changed != kept.added and kept.reason is not None:
            acts.append((kept.changed[:10], words.STANDING[kept.standing]))
        for day, act in acts:
            days.setdefault(day, {}).setdefault(act, Counter())[kept.record.KIND] += 1
    for day, done in sorted(days.items()):
        told = [f"{_counted(done[act])} {act}" for act in sorted(done, key="recorded".__ne__)]
        yield _dated(TimeKind.RECORDED, day, what="; ".join(told), handle=day)


def _counted(kinds: Counter[str]) -> str:
    counted = [words.count(kinds[kind], *names) for kind, names in _KINDS.items() if kinds[kind]]
    return words.some(counted, len(counted))
