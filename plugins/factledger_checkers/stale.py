"""stale: the newest archived copy of what was read is recent enough for its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import attrs

from ledger import Checker, Context, Dossier, Finding, Relation, Source, Stance, needs
from ledger.dates import parse, words

from .common import RecordNames, counting, nobody_speaks

LATEST = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class CopyAge:
    """When the newest copy of a source was taken, and the moment from which it is old.

    Both are None where no copy says when it was taken; `unsure` where one that does not may be the newest.
    """

    source: Source
    days: int
    taken: datetime | None
    due: datetime | None
    unsure: bool


class Stale(Checker):
    """Checks: how long ago what was read was archived, by kind of source.
    Why it matters: a page that is kept up to date may say something else by now.
    Warns on: a newest copy older than the policy's [stale] days for that kind of source.
    Passes on: a recent copy, with the day it grows old; kinds that never do, such as a speech.
    """

    name = "stale"
    version = 3
    establishes = "that what was read was archived, or archived again, within the days that the house allows"
    does_not_establish = "that the source still says so"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        read = _read(dossier)
        if not read:
            yield nobody_speaks(self, dossier)
            return
        aging = [(source, days) for source in read if (days := context.policy.stale_after(source.kind)) is not None]
        if not aging:
            yield self.not_applicable("Its kinds of source do not grow old.", code="never", cites=[dossier.claim])
            return
        ages = list(_ages(dossier, aging))
        if not ages:
            yield self.abstains(
                "Nothing is archived that could grow old.",
                code="no_copy",
                cites=[dossier.claim],
                missing=[needs("capture", source) for source, _ in aging[:1]],
            )
            return
        told = RecordNames(dossier)
        past = [age for age in ages if age.due is not None and age.due <= context.now]
        old = [age for age in past if not age.unsure]
        undated = [age for age in ages if age.due is None or (age.unsure and age in past)]
        until = min((age.due for age in ages if age.due is not None and age.due > context.now), default=None)
        if old:
            yield self.warns(
                _old(told, old),
                code="stale",
                cites=[age.source for age in old[:50]],
                fix="Look again. If it changed: factledger article FILE; then: "
                f"factledger link NEW updates {old[0].source.handle}",
                missing=[needs("capture", age.source) for age in old],
                valid_until=until,
            )
        elif undated:
            titles = told.titles([age.source.uid for age in undated])
            yield self.abstains(
                f"When {titles} {'was' if len(undated) == 1 else 'were'} archived is not recorded.",
                code="undated",
                cites=[age.source for age in undated[:50]],
                valid_until=until,
            )
        else:
            yield self.passes(
                f"The archived copies are recent{f' until {_day(until)}' if until else ''}.",
                code="recent",
                cites=[age.source for age in ages[:50]],
                valid_until=until,
            )


def _read(dossier: Dossier) -> list[Source]:
    """Return the sources that somebody read: where evidence was seen, else those that carry it."""
    items = counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS)
    uids = dict.fromkeys(item.seen_in or item.source for item in items)
    return [source for uid in uids if uid not in dossier.withdrawn and (source := dossier.sources.get(uid))]


def _ages(dossier: Dossier, aging: Sequence[tuple[Source, int]]) -> Iterator[CopyAge]:
    """Yield how old the newest copy of each source, or of what updates it, is; nothing where there is none."""
    earlier: dict[str, list[str]] = {}
    for link in dossier.links:
        if link.relation is Relation.UPDATES and link.source not in dossier.withdrawn:
            earlier.setdefault(link.source, []).append(link.comes_from)
    taken: dict[str, list[datetime | None]] = {}
    for capture in dossier.captures:
        moment = _instant(capture.taken_at)
        for uid in (capture.source, *earlier.get(capture.source, ())):
            taken.setdefault(uid, []).append(moment)
    for source, days in aging:
        if source.uid in taken:
            dated = [moment for moment in taken[source.uid] if moment is not None]
            newest = max(dated, default=None)
            yield CopyAge(source, days, newest, newest and _later(newest, days), len(dated) < len(taken[source.uid]))


def _later(moment: datetime, days: int) -> datetime:
    try:
        return moment + timedelta(days=days)
    except OverflowError:
        return LATEST


@lru_cache(maxsize=1024)
def _instant(text: str | None) -> datetime | None:
    """Return an RFC 3339 instant; None if it is missing, is none, or has no zone."""
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _old(told: RecordNames, old: Sequence[CopyAge]) -> str:
    if len(old) > 1:
        return f"The copies of {told.titles([age.source.uid for age in old])} are older than this house allows."
    (age,) = old
    kind = age.source.kind.replace("_", " ")
    return (
        f"{told.title(age.source.uid)} was last archived on {_day(age.taken)}; for {_a(kind)}, {age.days} days is old."
    )


def _day(moment: datetime | None) -> str:
    return _in_words(moment.date()) if moment else "an unknown day"


@lru_cache(maxsize=256)
def _in_words(day: date) -> str:
    return words(parse(day.isoformat()))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
