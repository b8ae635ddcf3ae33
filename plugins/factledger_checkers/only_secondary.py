"""only-secondary: somebody on record knows it first-hand, and was seen or heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger import Basis, Checker, Context, Dossier, Evidence, Finding, Relation, Stance, needs

from .common import RecordNames, cited, counting, sources_of

COPIES = (Relation.REPRINTS, Relation.TRANSLATES)
"""What repeats another work knows what that one knows, whatever is recorded of it."""


class OnlySecondary(Checker):
    """Checks: whether a source that was there, or has the documents, supports the claim and was itself seen.
    Why it matters: what was told is as good as who told it, and each teller may have misheard.
    Warns on: only what was told; a first-hand source known only from what another says of it; a reprint of one.
    Passes on: a witness or a document, seen itself.
    """

    name = "only-secondary"
    version = 2
    establishes = "that a supporting source is recorded as first-hand for this claim, and was seen itself"
    does_not_establish = "that the source was in fact there, nor that its document is genuine"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        support = counting(dossier, Stance.SUPPORTS)
        if not support:
            missing = [needs("evidence", dossier.claim)]
            yield self.abstains("No source supports it.", code="no_source", cites=[dossier.claim], missing=missing)
            return
        told = RecordNames(dossier)
        copies = {link.source for link in dossier.links if link.relation in COPIES}
        first_hand = [item for item in support if item.basis.first_hand and item.source not in copies]
        seen = [item for item in first_hand if item.seen_in is None]
        if seen:
            names = told.names(sources_of(seen))
            yield self.passes(f"First-hand: {names}.", code="first_hand", cites=cited(seen))
        elif unstated := _unstated(support, first_hand, copies):
            yield self._unknown(told, unstated, first_hand)
        elif first_hand:
            yield self._seen_through(dossier, told, first_hand)
        else:
            yield self._told(dossier, told, support)

    def _unknown(self, told: RecordNames, unstated: Sequence[Evidence], first_hand: Sequence[Evidence]) -> Finding:
        uids = sources_of(unstated)
        return self.abstains(
            f"How {told.names(uids)} {'knows' if len(uids) == 1 else 'know'} it is not recorded.",
            code="basis_unknown",
            cites=cited(unstated),
            fix=f'If it was there: factledger correct {unstated[0].handle} basis=witness --because "..."',
            missing=[needs("basis", item) for item in unstated],
            details=_lines(told, first_hand),
        )

    def _seen_through(self, dossier: Dossier, told: RecordNames, first_hand: Sequence[Evidence]) -> Finding:
        uids = sources_of(first_hand)
        return self.warns(
            f"First-hand, but not seen {'itself' if len(uids) == 1 else 'themselves'}: {told.titles(uids)}.",
            code="seen_through",
            cites=cited(first_hand),
            fix=f"See or hear it, then: factledger evidence {dossier.claim.handle} {_handle(dossier, uids[0])} "
            f"--basis {first_hand[0].basis}",
            missing=[needs("evidence", uid) for uid in uids[:1] if uid in dossier.sources],
            details=_lines(told, first_hand),
        )

    def _told(self, dossier: Dossier, told: RecordNames, support: Sequence[Evidence]) -> Finding:
        uids = sources_of(support)
        behind = {node for origin in dossier.independence.origins for node in origin.nodes}
        origins = told.ordered(behind - {*uids})
        reason = f"Nothing first-hand: {told.names(uids)} {'was' if len(uids) == 1 else 'were'} told"
        return self.warns(
            f"{reason}; the trail ends at {told.names(origins)}." if origins else f"{reason}.",
            code="told",
            cites=[*cited(support), *[uid for uid in origins if uid in dossier.sources][:10]],
            fix=f"Ask who was there: factledger evidence {dossier.claim.handle} SOURCE --basis witness",
            missing=[needs("evidence", dossier.claim)],
        )


def _unstated(support: Sequence[Evidence], first_hand: Sequence[Evidence], copies: set[str]) -> list[Evidence]:
    """Return the evidence whose basis, if it were recorded, could change what is said."""
    known = {item.source for item in first_hand}
    return [
        item
        for item in support
        if item.basis is Basis.UNKNOWN
        and item.source not in copies
        and (not first_hand or (item.seen_in is None and item.source not in known))
    ]


def _lines(told: RecordNames, first_hand: Sequence[Evidence]) -> list[str]:
    pairs = dict.fromkeys((item.source, item.seen_in) for item in first_hand)
    return [f"{told.title(uid)} is known from {told.title(where)}." for uid, where in pairs if where is not None][:10]


def _handle(dossier: Dossier, uid: str) -> str:
    source = dossier.sources.get(uid)
    return source.handle if source else "SOURCE"
