"""no-source: something on record supports the claim."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import Checker, Context, Dossier, Evidence, Finding, Stance, needs

from .common import RecordNames, cited, counting, number, plain, sources_of


class NoSource(Checker):
    """Checks: whether anything on record supports the claim.
    Why it matters: a claim that stands on nothing is a rumour, however often it is told.
    Fails on: no evidence at all; only context; only evidence against it; only sources that were withdrawn.
    Passes on: one source or more that supports it and stands.
    """

    name = "no-source"
    version = 2
    establishes = "that at least one recorded source supports the claim"
    does_not_establish = "that the source is right, nor that its words mean what the claim says"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        count = len(dossier.independence.sources)
        if count:
            verb = "source supports" if count == 1 else "sources support"
            yield self.passes(f"{number(count)} {verb} it.", code="supported", cites=[dossier.claim])
            return
        told = RecordNames(dossier)
        withdrawn = sorted(dossier.supporting, key=lambda item: item.handle)
        against = counting(dossier, Stance.CONTRADICTS)
        around = counting(dossier, Stance.CONTEXT)
        if withdrawn:
            reason, code = _withdrawn(told, withdrawn), "withdrawn"
        elif against:
            speak = "speaks" if len(sources_of(against)) == 1 else "speak"
            reason = f"Nothing on record supports it, and {told.names(sources_of(against))} {speak} against it."
            code = "contradicted"
        elif around:
            be = "is only context" if len(sources_of(around)) == 1 else "are only context"
            reason, code = f"Nothing on record supports it: {told.titles(sources_of(around))} {be}.", "only_context"
        else:
            reason, code = "Nothing on record supports it.", "no_evidence"
        yield self.fails(
            reason,
            code=code,
            cites=[dossier.claim.uid, *cited(withdrawn or against or around)],
            fix=f"Add what it stands on: factledger evidence {dossier.claim.handle} SOURCE",
            missing=[needs("evidence", dossier.claim)],
            details=_apart(dossier),
        )


def _withdrawn(told: RecordNames, items: list[Evidence]) -> str:
    uids = sources_of(items)
    if len(uids) == 1:
        return f"The only source that supported it was withdrawn: {told.title(uids[0])}."
    return f"All {number(len(uids)).lower()} sources that supported it were withdrawn: {told.titles(uids)}."


def _apart(dossier: Dossier) -> Iterator[str]:
    """That somebody said it supports another claim, and readers look for it here."""
    for claim in sorted(dossier.reported_by, key=lambda claim: claim.handle)[:1]:
        yield f"That it was said is a claim of its own, {claim.handle}: “{plain(claim.text)}”"
