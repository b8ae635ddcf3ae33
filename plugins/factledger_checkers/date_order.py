"""date-order: sources come after what they take from, and all dates of a claim can hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from ledger import Checker, Context, Dossier, Finding, InputError, Missing, Source
from ledger.dates import Edtf, before, parse, why_not_known, words
from ledger.timeline import (
    Conflict,
    Constraint,
    Recurring,
    TemporalNetwork,
    archived,
    cited,
    dated,
    event_of,
    out_on,
    told,
)

from .common import by_handle, needs_date, sentence, sources_of, titled, undated

FIX = "Check the dates in the sources, and correct the one that is wrong."
ADD = "Add the date, with its year, where it is known."
MOST_LINES = 20
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@attrs.frozen
class Dated:
    """A date as recorded, what it is the date of, and the record that says so."""

    what: str
    text: str | None
    record: str


class DateOrder(Checker):
    """Checks: that citing follows what is cited, and that event, sources and copies fit into one order.
    Why it matters: what is told before it was out was taken from elsewhere, or wrongly dated.
    Fails on: an article that cites a later one; dates that cannot hold together; an impossible or reversed date.
    Passes on: every order that the dates allow to be told, when all are given with their year.
    """

    name = "date-order"
    version = 3
    establishes = "that the recorded dates do not contradict the order of events and sources"
    does_not_establish = "that a recorded date is right"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        dates: dict[str, Edtf] = {}
        bad = list(self._unreadable(dossier, dates))
        if bad:
            yield from bad
            return
        conflicts = _network(dossier, dates).conflicts()
        if conflicts:
            for conflict in conflicts:
                yield self._told(dossier, conflict)
            return
        held, unknown = _compared(dossier, dates)
        if unknown:
            lines = list(unknown)
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="undated",
                cites=[dossier.claim.uid, *dict.fromkeys(uid for uids in unknown.values() for uid in uids)][
                    :MOST_LINES
                ],
                fix=ADD,
                details=[*lines[:MOST_LINES], "As far as it can be told, the dates are in order."],
                measures={"hold": held, "unknown": len(lines)},
                missing=_missing(dossier, unknown),
            )
        elif held:
            yield self.passes(f"The dates are in order ({held} compared).", code="in_order", cites=[dossier.claim])
        else:
            reason = f"{sentence(event_of(dossier.claim)[0])} has no date."
            if event_of(dossier.claim)[1] is not None:
                reason = "No source is dated."
            elif event_of(dossier.claim)[0] == "the event":
                reason = "The claim has no date."
            yield self.abstains(reason, code="undated", cites=[dossier.claim], fix=ADD, missing=_missing(dossier))

    def _told(self, dossier: Dossier, conflict: Conflict) -> Finding:
        """Return a problem, with the fewest records that make it."""
        of_link = {link.uid: link for link in dossier.links}
        links = [of_link[uid] for uid in conflict.records if uid in of_link]
        ends = (links[0].comes_from, links[0].source) if len(links) == 1 else ()
        if len(ends) == 2 and {*ends, links[0].uid} == set(conflict.records):
            earlier, later = map(dossier.source, ends)
            relation = links[0].relation.value.replace("_", " ")
            one, other = words(parse(str(out_on(later)))), words(parse(str(out_on(earlier))))
            reason = f"{titled(later)} {relation} {titled(earlier)} before that was out ({one} is before {other})."
            return self.fails(reason, code="cited_before", cites=[earlier.uid, later.uid, links[0].uid], fix=FIX)
        because = list(conflict.because)
        shown = "; ".join(because[:6]) + ("; ..." if len(because) > 6 else "")
        return self.fails(
            f"These cannot all be right: {shown}.",
            code="cannot_hold",
            cites=conflict.records[:100],
            details=because[:MOST_LINES],
            fix=FIX,
            measures={"records": len(conflict.records)},
        )

    def _unreadable(self, dossier: Dossier, dates: dict[str, Edtf]) -> Iterator[Finding]:
        """Read every date; yield a finding for each that is none."""
        for date in _all_dates(dossier):
            try:
                if date.text is not None:
                    dates[date.text] = parse(date.text)
            except InputError as error:
                yield self.fails(
                    f"The date of {date.what} cannot be: {error.message}",
                    code=getattr(error, "code", "malformed"),
                    cites=[date.record],
                    fix=error.hint,
                )


def _missing(dossier: Dossier, unknown: Mapping[str, Sequence[str]] = NOTHING) -> list[Missing]:
    """Return which dates would tell the orders that are not known, and that of the event and its sources."""
    coarse = [uid for uids in unknown.values() if not undated(dossier, uids) for uid in uids]
    uids = [uid for uids in unknown.values() for uid in uids]
    lacking = undated(dossier, [dossier.claim.uid, *sources_of(dossier.supporting), *uids])
    return [*lacking, *(needs_date(dossier, uid) for uid in coarse)]


def _all_dates(dossier: Dossier) -> Iterator[Dated]:
    claim = dossier.claim
    yield Dated("the event", claim.occurred, claim.uid)
    yield Dated("the statement", claim.said, claim.uid)
    for source in dossier.sources.values():
        yield Dated(titled(source), out_on(source), source.uid)


def _network(dossier: Dossier, dates: dict[str, Edtf]) -> TemporalNetwork:
    """Return all that bears on the order, without what a checker of two dates alone says already."""
    sources, claim = dossier.sources, dossier.claim
    what, text = event_of(claim)
    copied = list(archived(sorted(dossier.captures, key=by_handle), sources, titled))
    older = {
        item.source
        for item in dossier.supporting
        if text is not None and _is_before(dates, out_on(sources[item.source]), text)
    }
    early = {
        str(copy.earlier)
        for copy in copied
        if isinstance(copy, Constraint)
        and TemporalNetwork(
            [copy, *_bounds(dated(copy.earlier, out_on(sources[copy.earlier]), copy.earlier, ""))]
        ).conflicts()
    }
    supporting = [item for item in sorted(dossier.supporting, key=by_handle) if item.source not in older]
    said = [
        *(() if older else dated(claim.uid, text, claim.uid, what)),
        *(
            one
            for source in sorted(sources.values(), key=by_handle)
            if source.uid not in early
            for one in _of_source(source)
        ),
        *told(claim, supporting, sources, titled),
        *cited(sorted(dossier.links, key=by_handle), sources, titled),
        *copied,
        *_moments(dossier, dates),
    ]
    return TemporalNetwork(_bounds(said), [one for one in said if isinstance(one, Recurring)])


def _bounds(said: Iterator[Constraint | Recurring] | list[Constraint | Recurring]) -> list[Constraint]:
    return [one for one in said if isinstance(one, Constraint)]


def _of_source(source: Source) -> Iterator[Constraint | Recurring]:
    return dated(source.uid, out_on(source), source.uid, titled(source))


def _moments(dossier: Dossier, dates: dict[str, Edtf]) -> Iterator[Constraint]:
    """Yield what two moments of one day say, to the second, of sources that come from one another."""
    for link in sorted(dossier.links, key=by_handle):
        earlier, later = dossier.source(link.comes_from), dossier.source(link.source)
        if link.relation.derives and _is_before(dates, out_on(later), out_on(earlier)):
            because = f"{titled(later)} was out before {titled(earlier)}"
            yield Constraint(later.uid, earlier.uid, 1, (later.uid, earlier.uid), because)


def _is_before(dates: dict[str, Edtf], one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and before(dates[one], dates[other]) is True


def _compared(dossier: Dossier, dates: dict[str, Edtf]) -> tuple[int, dict[str, tuple[str, ...]]]:
    """Return how many orders of two dates hold, and why others cannot be told, with the records they are of."""
    held, unknown = 0, dict[str, tuple[str, ...]]()
    for first, second, both_dated in _pairs(dossier):
        missing = [date for date in (first, second) if date.text is None]
        if missing:
            if not both_dated:
                unknown[f"{sentence(missing[0].what)} has no date."] = (missing[0].record,)
            continue
        one, other = dates[str(first.text)], dates[str(second.text)]
        late = before(other, one)
        if late:
            line = f"{sentence(second.what)} is older than {first.what}: see published-before-event."
            unknown[line] = (first.record, second.record)
        elif late is None:
            line = f"{sentence(first.what)} and {second.what}: {why_not_known(other, one)}."
            unknown[line] = (first.record, second.record)
        else:
            held += 1
    return held, unknown


def _pairs(dossier: Dossier) -> Iterator[tuple[Dated, Dated, bool]]:
    """Yield what should come first, what then, and whether it is compared only where both are dated."""
    what, text = event_of(dossier.claim)
    event = Dated(what, text, dossier.claim.uid)
    for item in sorted(dossier.supporting, key=by_handle):
        yield event, _published(dossier, item.source), False
        if item.seen_in is not None:
            yield _published(dossier, item.source), _published(dossier, item.seen_in), True
    for link in sorted(dossier.links, key=by_handle):
        if link.relation.derives:
            yield _published(dossier, link.comes_from), _published(dossier, link.source), True


def _published(dossier: Dossier, uid: str) -> Dated:
    source = dossier.source(uid)
    return Dated(titled(source), out_on(source), uid)
