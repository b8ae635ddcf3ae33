"""translated-quote: a translation keeps its original words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger import Checker, Context, Dossier, Evidence, Finding, Stance, needs

from .common import RecordNames, cited, counting, sources_of, words_of
from .languages import base, language_name, language_of, recorded

STANCES = tuple(Stance)


class TranslatedQuote(Checker):
    """Checks: whether words quoted in another language than they were spoken in keep their original.
    Why it matters: a translator's word passes for the speaker's.
    Warns on: English words from a Spanish speech, with no Spanish kept.
    Passes on: both kept; words in the language they were spoken in.
    """

    name = "translated-quote"
    version = 3
    establishes = "that the original words of each translated quotation are on record"
    does_not_establish = "that a translation is right, nor that a recorded language is"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        quoted = [item for item in counting(dossier, *STANCES) if words_of(item)]
        if not quoted:
            yield self.not_applicable("No words are quoted.", code="no_quote", cites=[dossier.claim])
            return
        bare = [item for item in quoted if not (item.original or "").strip()]
        missing = [item for item in bare if translated(dossier, item)]
        unknown = [item for item in bare if translated(dossier, item) is None]
        if missing:
            yield self._missing(dossier, missing)
        elif unknown:
            yield self._unknown(dossier, unknown)
        elif len(bare) == len(quoted):
            yield self.passes("Quoted in the language it was spoken in.", code="same", cites=[dossier.claim])
        else:
            yield self.passes("The original words are kept.", code="kept", cites=[dossier.claim])

    def _missing(self, dossier: Dossier, missing: Sequence[Evidence]) -> Finding:
        told, uids = RecordNames(dossier), sources_of(missing)
        languages = sorted({language_name(_spoken(dossier, item)) for item in missing})
        words = f"the {languages[0]} words" if len(languages) == 1 else "the original words"
        return self.warns(
            f"Translated from {told.title(uids[0])}; {words} are not on record."
            if len(uids) == 1
            else f"Translated from {told.titles(uids)}; {words} are not on record.",
            code="original_missing",
            cites=cited(missing),
            fix=f'Find them; then: factledger correct {missing[0].handle} original="..." --because "..."',
            missing=[needs("original", item) for item in missing],
        )

    def _unknown(self, dossier: Dossier, unknown: Sequence[Evidence]) -> Finding:
        told = RecordNames(dossier)
        item = unknown[0]
        spoken = _spoken(dossier, item) is None
        source = dossier.sources.get(item.source if spoken or item.seen_in is None else item.seen_in)
        title = told.title(source.uid) if source else "where it was seen"
        handle = source.handle if source else "SOURCE"
        return self.abstains(
            f"The language of {title} is not recorded.",
            code="language_unknown",
            cites=cited(unknown),
            fix=f'Record it, such as: factledger correct {handle} language=en --because "..."',
            missing=[needs("language", source)] if source else (),
        )


def translated(dossier: Dossier, item: Evidence) -> bool | None:
    """Return whether the words stand in another language than they were spoken in; None where one is not recorded."""
    spoken, shown = _spoken(dossier, item), language_of(dossier, item)
    return None if spoken is None or shown is None else base(spoken) != base(shown)


def _spoken(dossier: Dossier, item: Evidence) -> str | None:
    return recorded(dossier, item.source)
