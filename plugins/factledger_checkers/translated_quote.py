"""translated-quote: a translation keeps its original words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger import Checker, Context, Dossier, Evidence, Finding, Source, Stance

from .common import Told, cited, counting, plain, sources_of, words_of

LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""Languages by name (ISO 639-1); of others the tag is given."""

STANCES = tuple(Stance)


class TranslatedQuote(Checker):
    """Checks: whether words quoted in another language than they were spoken in keep their original.
    Why it matters: a translator's word passes for the speaker's.
    Warns on: English words from a Spanish speech, with no Spanish kept.
    Passes on: both kept; words in the language they were spoken in.
    """

    name = "translated-quote"
    version = 1
    establishes = "that the original words of each translated quotation are on record"
    does_not_establish = "that a translation is right, nor that a recorded language is"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        quoted = [item for item in counting(dossier, *STANCES) if words_of(item)]
        if not quoted:
            yield self.passes("No words are quoted.", code="no_quote", cites=[dossier.claim])
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
        told, uids = Told(dossier), sources_of(missing)
        languages = sorted({_name(_spoken(dossier, item)) for item in missing})
        words = f"the {languages[0]} words" if len(languages) == 1 else "the original words"
        return self.warns(
            f"Translated from {told.title(uids[0])}; {words} are not on record."
            if len(uids) == 1
            else f"Translated from {told.titles(uids)}; {words} are not on record.",
            code="original_missing",
            cites=cited(missing),
            fix=f'Find them; then: factledger correct {missing[0].handle} original="..." --because "..."',
        )

    def _unknown(self, dossier: Dossier, unknown: Sequence[Evidence]) -> Finding:
        told = Told(dossier)
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
        )


def translated(dossier: Dossier, item: Evidence) -> bool | None:
    """Return whether the words stand in another language than they were spoken in; None where one is not recorded."""
    spoken, shown = _spoken(dossier, item), _shown(dossier, item)
    return None if spoken is None or shown is None else _base(spoken) != _base(shown)


def _spoken(dossier: Dossier, item: Evidence) -> str | None:
    return _language(dossier.sources.get(item.source))


def _shown(dossier: Dossier, item: Evidence) -> str | None:
    """Return the language of the quotation, else of where it was seen."""
    if item.anchor is not None and item.anchor.language:
        return item.anchor.language
    return _language(dossier.sources.get(item.seen_in or item.source))


def _language(source: Source | None) -> str | None:
    return (source.language or None) if source else None


def _base(tag: str) -> str:
    """Return the language of a tag without its region: en-GB is en (BCP 47)."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()


def _name(tag: str | None) -> str:
    return LANGUAGES.get(_base(tag or ""), plain(tag or "", 20))
