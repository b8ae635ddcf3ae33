"""anonymous-source: who says so is named, or why not is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger import Basis, Checker, Context, Dossier, Evidence, Finding, Stance, needs

from .common import HIDDEN, RecordNames, cited, counting, nobody_speaks, phrase, plain, sources_of
from .vague_plural import groups_in

_PEOPLE = (
    r"(?:officials?|sources?|diplomats?|aides?|advis[eo]rs?|insiders?|staffers?|employees?|executives?|negotiators?|"
    r"investigators?|officers?|witness(?:es)?|residents?|neighbou?rs?|bystanders?|lawyers?|ministers?|"
    r"spokes(?:man|men|woman|women|person|people|persons))"
)
_STATION = re.compile(
    rf"\b(?:{_PEOPLE}(?=$| (?:for|of|at|in|from|with|who|close|familiar|briefed)\b)|"
    r"(?:person|people|man|woman|men|women) (?:who|familiar|close|briefed|involved|with (?:direct )?knowledge)\b)"
)
"""What a text calls those who tell reporters something and are not named; "they" and "the study" are no such people."""


def _known(whom: str, text: str) -> bool:
    """Return whether a text speaks of somebody as known: "the lawyer", "his lawyer" was named before."""
    known = "(?:the|his|her|their|its|this|that|whose)"
    return re.search(rf"\b{known}\s+{re.escape(whom)}|\A{known}\s", f"{whom}\n{text}", re.IGNORECASE) is not None


class AnonymousSource(Checker):
    """Checks: whether those who say so are named, and if not, whether the reason is recorded.
    Why it matters: nobody can ask an unnamed source again, and nobody answers for what it said.
    Fails on: a claim that only unnamed sources support; it warns where others stand beside them.
    Passes on: a named speaker, a document, or a witness who signs.
    """

    name = "anonymous-source"
    version = 2
    establishes = "that no evidence is recorded as coming from somebody unnamed"
    does_not_establish = "that a named source is reliable, nor that an unnamed one is not"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        items = counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS)
        if not items:
            yield nobody_speaks(self, dossier)
            return
        known = [_named(dossier, item) for item in items]
        unnamed = [item for item, named in zip(items, known, strict=True) if named is False]
        unclear = [item for item, named in zip(items, known, strict=True) if named is None]
        told = RecordNames(dossier)
        if unnamed:
            yield (
                self._unnamed(dossier, told, unnamed, items)
                if dossier.read_at is None
                else self._unnamed_in(dossier, unnamed)
            )
        elif unclear:
            uids = sources_of(unclear)
            yield self.abstains(
                f"Whether {told.titles(uids)} {'names' if len(uids) == 1 else 'name'} who says so is not recorded.",
                code="not_recorded",
                cites=cited(unclear),
                fix=f'If it does: factledger correct {unclear[0].handle} named=yes --because "..."',
                missing=[needs("named", item) for item in unclear],
            )
        else:
            yield self.passes("No unnamed source is on record.", code="named", cites=[dossier.claim])

    def _unnamed_in(self, dossier: Dossier, unnamed: Sequence[Evidence]) -> Finding:
        """Return what is said of a text that is only read; that nobody of a group is named, `vague-plural` says."""
        text = dossier.claim.text
        whom = [
            plain(note) for item in unnamed if (note := item.note) and _STATION.search(note) and not _known(note, text)
        ]
        if not whom or groups_in(text):
            return self.not_applicable("No unnamed person speaks in it.", code="no_person", cites=[dossier.claim])
        shown = phrase([f"“{one}”" for one in whom])
        return self.warns(f"{shown}: whoever says so is not named.", code="anonymous", cites=cited(unnamed))

    def _unnamed(
        self, dossier: Dossier, told: RecordNames, unnamed: Sequence[Evidence], items: Sequence[Evidence]
    ) -> Finding:
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
            missing=[needs("unnamed_because", item) for item in silent] or alone * [needs("evidence", dossier.claim)],
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
