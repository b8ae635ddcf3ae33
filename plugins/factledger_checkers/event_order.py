"""event-order: what claims say of the order of events can all be so."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import Context, Finding, LedgerChecker, needs
from ledger.checker import Whole
from ledger.timeline import Recurring, TemporalNetwork, dated, event_of, ordered

from .common import plain, sentence

MOST_FOUND = 50
MOST_LINES = 20


class EventOrder(LedgerChecker):
    """Checks: whether what claims say of the order of events, and their dates, can all be so together.
    Why it matters: each claim reads well alone; that two of them run both ways shows only together.
    Fails on: claims that order events both ways or in a longer circle, or against their dates; the fewest are named.
    Passes on: nothing: orders that can hold together are not thereby so. A claim that was refuted does not count.
    """

    name = "event-order"
    version = 2
    establishes = "that what claims say of the order of events can hold together"
    does_not_establish = "that the events came in that order"

    def check(self, whole: Whole, context: Context) -> Iterator[Finding]:
        if not any(claim.order for claim in whole.claims):
            return
        verdicts = {review.claim: review.verdict for review in whole.reviews}
        claims = [claim for claim in whole.claims if verdicts.get(claim.uid) != "refuted"]
        orders = list(ordered(claims))
        named = {moment for one in orders if not isinstance(one, Recurring) for moment in (one.earlier, one.later)}
        handles = {claim.uid: claim.handle for claim in claims}
        dates = [
            one
            for claim in claims
            if claim.uid in named
            for one in dated(claim.uid, event_of(claim)[1], claim.uid, claim.handle)
        ]
        said = [*orders, *dates]
        network = TemporalNetwork(
            [one for one in said if not isinstance(one, Recurring)], [one for one in said if isinstance(one, Recurring)]
        )
        conflicts = network.conflicts(most=MOST_FOUND)
        for conflict in conflicts:
            because = [plain(line, 200) for line in conflict.because]
            circle = len(because) > 1 and not any("is dated" in line for line in because)
            code = "both_ways" if circle and len(because) == 2 else "circle" if circle else "against_dates"
            shown = "; ".join(because[:3]) + ("; ..." if len(because) > 3 else "")
            yield self.fails(
                f"These cannot all be so: {sentence(shown)}.",
                code=code,
                cites=conflict.records[:100],
                details=because[:MOST_LINES],
                fix="Decide which of them is wrong, and record it as refuted or correct it.",
                missing=[needs("review", claim) for claim in claims if claim.uid in conflict.records],
                measures={"claims": len(conflict.records)},
            )
        found = {uid for conflict in conflicts for uid in conflict.records}
        undated = [claim for claim in claims if claim.order and claim.uid not in found]
        for claim in undated:
            reason = f"Nothing recorded contradicts the order that {handles[claim.uid]} states; that does not show it."
            yield self.abstains(reason, code="not_contradicted", cites=[claim])
