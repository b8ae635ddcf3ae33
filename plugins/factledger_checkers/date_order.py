"""date-order: nothing is reported before it happened, or cited before it was out."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding, InputError
from ledger.dates import Edtf, before, parse, why_not_known, words

from .common import titled


@attrs.frozen
class Dated:
    """A date as recorded, what it is the date of, and the record that says so."""

    what: str
    text: str | None
    record: str


@attrs.frozen
class Order:
    """Two dates of which the first must not lie after the second, and what it means if it does."""

    first: Dated
    second: Dated
    code: str
    wrong: str


class DateOrder(Checker):
    """Checks: that sources follow the event they report, and citing follows what is cited.
    Why it matters: a report older than its event is about another event, or wrongly dated.
    Fails on: a source published before the event; an article that cites a later one; an impossible or reversed date.
    Passes on: every order that the dates allow to be told, when all are given with their year.
    """

    name = "date-order"
    version = 1
    establishes = "that the recorded dates do not contradict the order of events"
    does_not_establish = "that a recorded date is right"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        dates: dict[str, Edtf] = {}
        bad = list(self._unreadable(dossier, dates))
        if bad:
            yield from bad
            return
        held, unknown, wrong = 0, list[str](), list[Finding]()
        cites = [dossier.claim.uid]
        for order in _orders(dossier):
            first, second = order.first, order.second
            missing = [date.what for date in (first, second) if date.text is None]
            if missing:
                unknown.append(f"{_sentence(missing[0])} has no date.")
                continue
            one, other = dates[str(first.text)], dates[str(second.text)]
            late = before(other, one)
            if late:
                reason = f"{order.wrong} ({words(other)} is before {words(one)})."
                fix = "Check both dates in the sources; then: factledger correct"
                wrong.append(self.fails(reason, code=order.code, cites=[first.record, second.record], fix=fix))
            elif late is None:
                unknown.append(f"{_sentence(first.what)} and {second.what}: {why_not_known(other, one)}.")
                cites += [first.record, second.record]
            else:
                held += 1
        if wrong:
            yield from wrong
        elif unknown:
            lines = list(dict.fromkeys(unknown))
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="undated",
                cites=cites,
                fix="Add the date, with its year, where it is known.",
                details=lines if len(lines) > 1 else (),
                measures={"hold": held, "unknown": len(lines)},
            )
        elif not held:
            reason = "The claim has no date." if dossier.claim.occurred is None else "No source is dated."
            yield self.abstains(
                reason, code="undated", cites=cites, fix="Add the date, with its year, where it is known."
            )
        else:
            yield self.passes(f"The dates are in order ({held} compared).", code="in_order", cites=[dossier.claim])

    def _unreadable(self, dossier: Dossier, dates: dict[str, Edtf]) -> Iterator[Finding]:
        """Read every date; yield a finding for each that is none."""
        for dated in _all_dates(dossier):
            try:
                if dated.text is not None:
                    dates[dated.text] = parse(dated.text)
            except InputError as error:
                yield self.fails(
                    f"The date of {dated.what} cannot be: {error.message}",
                    code=getattr(error, "code", "malformed"),
                    cites=[dated.record],
                    fix=error.hint,
                )


def _all_dates(dossier: Dossier) -> Iterator[Dated]:
    claim = dossier.claim
    yield Dated("the event", claim.occurred, claim.uid)
    yield Dated("the statement", claim.said, claim.uid)
    for source in dossier.sources.values():
        yield Dated(titled(source), source.published, source.uid)


def _orders(dossier: Dossier) -> Iterator[Order]:
    """Yield the orders to compare; sources among themselves only where both are dated."""
    event = _event(dossier)
    for item in dossier.supporting:
        source = _published(dossier, item.source)
        yield Order(event, source, "source_before_event", f"{source.what} is older than {event.what} it is cited for")
        if item.seen_in is not None:
            yield from _later(source, _published(dossier, item.seen_in), "tells of")
    for link in dossier.links:
        if link.relation.derives:
            earlier, later = _published(dossier, link.comes_from), _published(dossier, link.source)
            yield from _later(earlier, later, link.relation.value.replace("_", " "))


def _event(dossier: Dossier) -> Dated:
    """Return what the claim dates; of a claim that something was said, the event is the saying."""
    claim = dossier.claim
    if claim.reports is not None:
        return Dated("the statement", claim.said or claim.occurred, claim.uid)
    return Dated("the event", claim.occurred, claim.uid)


def _later(earlier: Dated, later: Dated, relation: str) -> Iterator[Order]:
    if earlier.text is not None and later.text is not None:
        yield Order(earlier, later, "cited_before", f"{later.what} {relation} {earlier.what} before that was out")


def _published(dossier: Dossier, uid: str) -> Dated:
    source = dossier.source(uid)
    return Dated(titled(source), source.published, uid)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
