"""anonymous-source: who says so is named, or why not is on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger import Basis, Checker, Context, Dossier, Evidence, Finding, Stance

from .common import HIDDEN, Told, cited, counting, sources_of


class AnonymousSource(Checker):
    """Checks: whether those who say so are named, and if not, whether the reason is recorded.
    Why it matters: nobody can ask an unnamed source again, and nobody answers for what it said.
    Fails on: a claim that only unnamed sources support; it warns where others stand beside them.
    Passes on: a named speaker, a document, or a witness who signs.
    """

    name = "anonymous-source"
    version = 1
    establishes = "that no evidence is recorded as coming from somebody unnamed"
    does_not_establish = "that a named source is reliable, nor that an unnamed one is not"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        items = counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS)
        if not items:
            yield self.abstains("Nothing speaks for or against it.", code="no_evidence", cites=[dossier.claim])
            return
        known = [_named(dossier, item) for item in items]
        unnamed = [item for item, named in zip(items, known, strict=True) if named is False]
        unclear = [item for item, named in zip(items, known, strict=True) if named is None]
        told = Told(dossier)
        if unnamed:
            yield self._unnamed(told, unnamed, items)
        elif unclear:
            uids = sources_of(unclear)
            yield self.abstains(
                f"Whether {told.titles(uids)} {'names' if len(uids) == 1 else 'name'} who says so is not recorded.",
                code="not_recorded",
                cites=cited(unclear),
                fix=f'If it does: factledger correct {unclear[0].handle} named=yes --because "..."',
            )
        else:
            yield self.passes("No unnamed source is on record.", code="named", cites=[dossier.claim])

    def _unnamed(self, told: Told, unnamed: Sequence[Evidence], items: Sequence[Evidence]) -> Finding:
        behind = [item for item in unnamed if item.stance is Stance.SUPPORTS]
        alone = bool(behind) and len(behind) == sum(item.stance is Stance.SUPPORTS for item in items)
        silent = [item for item in unnamed if not (item.unnamed_because or "").strip()]
        who = "Only an unnamed source" if alone else "An unnamed source"
        where = f"{'says so' if behind else 'denies it'}, in {told.titles(sources_of(behind or unnamed))}"
        return (self.fails if alone else self.warns)(
            f"{who} {where}; {'no' if silent else 'the'} reason is recorded.",
            code="only_anonymous" if alone else "anonymous",
            cites=cited(unnamed),
            fix=f'Say why: factledger correct {silent[0].handle} unnamed_because="..." --because "..."'
            if silent
            else "Find somebody who says so by name, or a document.",
        )


def _named(dossier: Dossier, item: Evidence) -> bool | None:
    """Return whether the person behind this evidence is named; None where somebody is, and that is not recorded.

    Where not even the basis is recorded, nobody need stand behind it: `only-secondary` asks for that.
    """
    if item.named is not None:
        return item.named
    if item.speaker is not None:
        speaker = dossier.agent(item.speaker)
        return True if speaker is not None and speaker.name not in HIDDEN else None
    if item.basis is Basis.TOLD:
        return None
    source = dossier.sources.get(item.source)
    signed = source is not None and source.author is not None
    return True if signed or item.basis is not Basis.WITNESS else None
