"""published-before-event: no source tells of an event before it happened."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import Checker, Context, Dossier, Finding, needs
from ledger.dates import before, why_not_known, words
from ledger.timeline import event_of, out_on, read

from .common import by_handle, needs_date, sentence, titled, undated

FIX = "Add the date, with its year, where it is known."


class PublishedBeforeEvent(Checker):
    """Checks: whether each source of a claim is as late as the event that it is cited for.
    Why it matters: a report older than its event is about another event, or wrongly dated.
    Fails on: a source published before the event, or before the words that it is cited for were said.
    Passes on: sources of the day of the event or later, when all dates are given with their year.
    """

    name = "published-before-event"
    version = 2
    establishes = "that no source of the claim is recorded as older than the event it is cited for"
    does_not_establish = "that a recorded date is right, nor that the source is about this event"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        claim = dossier.claim
        what, text = event_of(claim)
        event = read(text)
        if event is None:
            reason = f"{sentence(what)} has no date." if text is None else f"The date of {what} cannot be read."
            yield self.abstains(
                reason, code="undated", cites=[claim], fix=FIX, missing=[needs_date(dossier, claim.uid)]
            )
            return
        supporting = sorted(dossier.supporting, key=by_handle)
        if not supporting:
            missing = [needs("evidence", claim)]
            yield self.abstains("No source supports the claim.", code="no_source", cites=[claim], missing=missing)
            return
        older, unknown, held = list[Finding](), dict[str, str](), 0
        for uid in dict.fromkeys(item.source for item in supporting):
            source = dossier.source(uid)
            published = read(out_on(source))
            if published is None:
                unknown[uid] = f"{sentence(titled(source))} has no date."
                continue
            early = before(published, event)
            if early:
                told = [item.uid for item in supporting if item.source == uid][:1]
                cites = [claim.uid, uid, *told]
                days = f"{words(published)} is before {words(event)}"
                reason = f"{titled(source)} is older than {what} it is cited for ({days})."
                fix = "Check both dates in the sources, and correct the one that is wrong."
                older.append(self.fails(reason, code="source_before_event", cites=cites, fix=fix))
            elif early is None:
                unknown[uid] = f"{sentence(what)} and {titled(source)}: {why_not_known(published, event)}."
            else:
                held += 1
        if older:
            yield from older
        elif unknown:
            lines = list(unknown.values())
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="undated",
                cites=[claim.uid, *list(unknown)[:20]],
                fix=FIX,
                details=lines[:20] if len(lines) > 1 else (),
                missing=undated(dossier, [claim.uid, *unknown]) or [needs_date(dossier, uid) for uid in unknown],
                measures={"hold": held, "unknown": len(lines)},
            )
        else:
            yield self.passes(f"No source is older than {what} ({held} compared).", code="in_order", cites=[claim])
