"""Constraints that records put on moments: a claim's event, a source, the words that name an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from ..dates import Edtf, parse, words
from ..dates.network import ORIGIN, Constraint, Recurring
from ..dates.point import Point
from ..errors import InputError
from ..model import HIDDEN, Capture, Claim, Evidence, Link, Order, Relation, Source

DAY = 1 << 20
"""Steps of time in a day: fine enough for "strictly before" to hold within one, for a million events."""

FARTHEST_ZONE = timedelta(hours=14)
"""A day ends somewhere on Earth this long before it ends in UTC."""

Reason = Constraint | Recurring
Titled = Callable[[Source], str]


def event_of(claim: Claim) -> tuple[str, str | None]:
    """Return what a claim dates, and its date; of a claim that something was said, the event is the saying."""
    if claim.reports is not None:
        return "the statement", claim.said or claim.occurred
    return "the event", claim.occurred


def out_on(source: Source) -> str | None:
    """Return when a source came out, as far as recorded: where that has no year, the date that its words count from."""
    published = read(source.published)
    known = source.published is not None and (published is None or published.year_known)
    return source.published if known else source.reference_date or source.published


def read(text: str | None) -> Edtf | None:
    """Return a date; None where none is given, or it cannot be read."""
    try:
        return parse(text) if text is not None and text not in HIDDEN else None
    except InputError:
        return None


def dated(moment: str, text: str | None, record: str, what: str) -> Iterator[Reason]:
    """Yield what a date says of a moment: not before its first day, not after its last, or a day of every year."""
    edtf = read(text)
    if edtf is None:
        return
    because = f"{what} is dated {words(edtf)}"
    first, last = edtf.reach
    if first is not None:
        yield Constraint(ORIGIN, moment, first * DAY, (record,), because)
    if last is not None:
        yield Constraint(moment, ORIGIN, 1 - (last + 1) * DAY, (record,), because)
    (*_, point) = edtf.readings
    if len(edtf.readings) == 1 and isinstance(point, Point) and point.year is None and not point.mark:
        following = _next_day(point)
        if following is not None:
            yield Recurring(moment, following, (record,), because)


def told(claim: Claim, evidence: Iterable[Evidence], sources: Mapping[str, Source], titled: Titled) -> Iterator[Reason]:
    """Yield that sources tell of an event once it happened, and are cited once they are out."""
    what, _ = event_of(claim)
    for item in evidence:
        carrier = titled(sources[item.source])
        yield Constraint(claim.uid, item.source, 0, (item.uid,), f"{carrier} tells of {what}")
        if item.seen_in is not None:
            because = f"{titled(sources[item.seen_in])} tells of {carrier}"
            yield Constraint(item.source, item.seen_in, 0, (item.uid,), because)


def cited(links: Iterable[Link], sources: Mapping[str, Source], titled: Titled) -> Iterator[Reason]:
    """Yield that a source comes after those that it takes from or answers."""
    for link in links:
        if link.relation is not Relation.INDEPENDENT_OF:
            relation = link.relation.value.replace("_", " ")
            because = f"{titled(sources[link.source])} {relation} {titled(sources[link.comes_from])}"
            yield Constraint(link.comes_from, link.source, 0, (link.uid,), because)


def archived(captures: Iterable[Capture], sources: Mapping[str, Source], titled: Titled) -> Iterator[Reason]:
    """Yield that a source was out when a copy of it was taken; its date may be that of another zone."""
    for capture in captures:
        if capture.source in sources and (last := last_day(capture.taken_at)) is not None:
            because = f"a copy of {titled(sources[capture.source])} was taken on {str(capture.taken_at)[:10]}"
            yield Constraint(capture.source, ORIGIN, 1 - (last + 1) * DAY, (capture.uid,), because)


def last_day(instant: str | None) -> int | None:
    """Return the number of the last day that it was anywhere on Earth at an instant; None where it is no instant."""
    try:
        at = datetime.fromisoformat(instant or "")
        return ((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC) + FARTHEST_ZONE).toordinal()
    except (ValueError, OverflowError):
        return None


def ordered(claims: Iterable[Claim]) -> Iterator[Reason]:
    """Yield what claims say of the order of events; an event is named by a claim's id or in words."""
    claims = tuple(claims)
    by_handle = {claim.handle: claim for claim in claims}
    for claim in claims:
        if claim.order is not None:
            yield from _orders(claim, claim.order, by_handle)


def _orders(claim: Claim, order: Order, by_handle: Mapping[str, Claim]) -> Iterator[Reason]:
    earlier, later = _named(order.earlier, claim, by_handle), _named(order.later, claim, by_handle)
    first, then = order.earlier or claim.handle, order.later or claim.handle
    least = order.least_days
    apart = f" by {least} days at least" if least else ""
    gap = max(least - 1, 0) * DAY + 1 if least else 1
    yield Constraint(earlier, later, gap, (claim.uid,), f"{claim.handle}: {first} came before {then}{apart}")
    if order.most_days is not None:
        because = f"{claim.handle}: {then} came at most {order.most_days} days after {first}"
        yield Constraint(later, earlier, -(order.most_days + 1) * DAY + 1, (claim.uid,), because)


def _named(event: str | None, claim: Claim, by_handle: Mapping[str, Claim]) -> str:
    """Return the moment of an event: of a claim where the words are its id, else of the words."""
    if event is None:
        return claim.uid
    known = by_handle.get(event.strip())
    return known.uid if known else "event " + " ".join(event.casefold().split())


def _next_day(point: Point) -> Callable[[int], int] | None:
    month, day = point.month, point.day
    if month is None or month > 12:
        return None

    def following(step: int) -> int:
        """Return the first step from this one on that falls on the day, or in the month; itself past the calendar."""
        number = step // DAY
        if not 1 <= number <= date.max.toordinal() - 3_000:
            return step
        now = date.fromordinal(number)
        if now.month == month and day in (None, now.day):
            return step
        for year in range(now.year, now.year + 9):
            try:
                found = date(year, month, day or 1).toordinal()
            except ValueError:  # 29 February
                continue
            if found >= number:
                return found * DAY
        return step

    return following
