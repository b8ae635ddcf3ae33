"""no-capture: what was read is archived, and quotations are held to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger import Checker, Context, Dossier, Evidence, Finding, Stance, needs

from .common import HIDDEN, RecordNames, cited, counting, nobody_speaks, number, sources_of

ARCHIVE = "Save its text, then: factledger article FILE (or `file:` under the source in a story file)"


class NoCapture(Checker):
    """Checks: whether a copy is archived of what was read, and whether quotations are held to that copy.
    Why it matters: a page changes or goes, and then nobody can see what it said.
    Warns on: evidence of which nothing is archived, neither the source nor where it was seen; a quotation held to none.
    Passes on: an archived copy of each source, or of where it was seen; the reason says which.
    """

    name = "no-capture"
    version = 2
    establishes = "that a copy is archived of what was read for each piece of evidence"
    does_not_establish = "that a source was itself read where only what tells of it is archived"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        items = counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS)
        if not items:
            yield nobody_speaks(self, dossier)
            return
        kept = {capture.source for capture in dossier.captures}
        texts = {capture.text_sha256 for capture in dossier.captures}
        lost = [item for item in items if item.source not in kept and item.seen_in not in kept]
        loose = [item for item in items if _loose(item, texts) and (item.source in kept or item.seen_in in kept)]
        told = RecordNames(dossier)
        if lost:
            yield self._lost(told, lost, items)
        if loose:
            uids = sources_of(loose)
            yield self.warns(
                f"{'A quotation' if len(loose) == 1 else f'{number(len(loose))} quotations'} from {told.titles(uids)} "
                f"{'is' if len(loose) == 1 else 'are'} held to no archived text.",
                code="loose_quote",
                cites=cited(loose),
                fix=f'Enter it again with --quote, then: factledger retract {loose[0].handle} --because "..."',
                missing=[needs("anchor", item) for item in loose],
            )
        if not lost and not loose:
            yield self._kept(dossier, told, items, kept)

    def _lost(self, told: RecordNames, lost: Sequence[Evidence], items: Sequence[Evidence]) -> Finding:
        uids, places, of = sources_of(lost), _places(lost), len(sources_of(items))
        if len(uids) > 1:
            some = f"None of its {of} sources is" if len(uids) == of else f"{len(uids)} of its {of} sources are not"
            reason = f"{some} archived: {told.titles(uids)}."
        elif places:
            reason = f"Neither {told.title(uids[0])} nor {told.title(places[0])}, where it was seen, is archived."
        else:
            reason = f"{told.title(uids[0])} is not archived."
        missing = [needs("capture", item.seen_in or item.source) for item in lost]
        return self.warns(reason, code="not_archived", cites=cited(lost), fix=ARCHIVE, missing=missing)

    def _kept(self, dossier: Dossier, told: RecordNames, items: Sequence[Evidence], kept: set[str]) -> Finding:
        through = [item for item in items if item.source not in kept]
        if not through:
            return self.passes("What was read is archived.", code="archived", cites=[dossier.claim])
        uids, places = sources_of(through), _places(through)
        return self.passes(
            f"{told.titles(places)} {'is' if len(places) == 1 else 'are'} archived; {told.titles(uids)} "
            f"{'itself is' if len(uids) == 1 else 'themselves are'} not.",
            code="archived_where_seen",
            cites=[*cited(through), *places[:10]],
        )


def _places(items: Sequence[Evidence]) -> list[str]:
    """Return where evidence was seen, if not in its source."""
    return list(dict.fromkeys(item.seen_in for item in items if item.seen_in is not None))


def _loose(item: Evidence, texts: set[str | None]) -> bool:
    """Return whether exact words are recorded that no archived text is named for."""
    if item.anchor is None or not item.anchor.exact or item.anchor.exact in HIDDEN:
        return False
    return item.anchor.text is None or item.anchor.text not in texts
