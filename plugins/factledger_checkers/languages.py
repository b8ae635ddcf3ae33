"""Which languages the readers of words know, in which language words are, and that those of others are not read."""

from __future__ import annotations

import re

from ledger import Dossier, Evidence, Stance
from ledger.text.languages import has_words_of, is_guess, table

from .common import HIDDEN, called, counting, once_a_dossier, plain, titled, words_of

READ = frozenset(("en",))
"""Languages that the readers of dates, titles and groups know; a reader of another is added beside its words."""

LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""Languages by name (ISO 639-1); of others the tag is given."""

_ENGLISH = re.compile(r"\b(?:the|and|was|were|with|from|that|which|has|have|been|said|will|its|their)\b", re.IGNORECASE)
"""Words by which a claim in English is known: the language of a claim is not recorded."""


def language_of(dossier: Dossier, item: Evidence) -> str | None:
    """Return the language of quoted words: that recorded with them, else that of where they were seen."""
    return (item.anchor.language if item.anchor else None) or recorded(dossier, item.seen_in or item.source)


def taken_for(dossier: Dossier, item: Evidence) -> str | None:
    """Return the language of quoted words: that on record, else that of the text they were seen in."""
    return language_of(dossier, item) or dossier.languages.get(item.seen_in or item.source)


def recorded(dossier: Dossier, uid: str) -> str | None:
    """Return the language that is recorded of a source."""
    source = dossier.sources.get(uid)
    return (source.language or None) if source else None


def base(tag: str) -> str:
    """Return the language of a tag without its region: en-GB is en (BCP 47)."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()


def language_name(tag: str | None) -> str:
    """Return the name of a language in English, or of the script of one; its tag where neither is known."""
    if tag and tag.isupper() and len(tag) > 2:
        return f"the {tag} script"
    return LANGUAGES.get(base(tag or ""), plain(tag or "", 20)) + " (guessed)" * is_guess(tag)


def is_read(tag: str | None) -> bool:
    """Return whether the readers know a language; one that is not recorded is taken for English."""
    return tag is None or base(tag) in READ or not base(tag)


def has_numbers_read(tag: str | None) -> bool:
    """Return whether numbers are read in words in a language, too; in one that is not recorded, as in English."""
    return tag is None or table(tag).whole


def figures_in(tag: str | None, words: str) -> str | None:
    """Return the language by which the figures in some words are read: that of its tag; where none is known and no
    word is English, one whose decimal mark is open.
    """
    return tag if tag or _ENGLISH.search(words) else "en-x-guess"


@once_a_dossier
def claim_language(dossier: Dossier) -> str | None:
    """Return the language of a claim, which is not recorded: that of all that supports it, if a little word of it
    stands there, and perhaps, where it has words of what is quoted; None for English.
    """
    tag, text = unread_claim(dossier), dossier.claim.text
    if tag is None or has_words_of(text, tag) or not text.isascii():
        return tag
    quoted = {word for item in counting(dossier, Stance.SUPPORTS) for word in words_of(item).split()}
    shared = (word for word in text.split() if word.isalpha() and word.islower() and len(word) > 4)
    return f"{base(tag)}-x-guess" if quoted.intersection(shared) else None


@once_a_dossier
def unread_claim(dossier: Dossier) -> str | None:
    """Return the language of a claim that the readers do not know: the one of all that supports it, if it has no
    English word; None where it is read.
    """
    text = dossier.claim.text
    if text in HIDDEN or _ENGLISH.search(text):
        return None
    tags = {taken_for(dossier, item) for item in counting(dossier, Stance.SUPPORTS)}
    tag = tags.pop() if len(tags) == 1 else None
    return None if is_read(tag) else tag


def unread(dossier: Dossier, *stances: Stance) -> dict[str, tuple[str, ...]]:
    """Return the words of a claim and its quotations that no reader knows, a line each, with the records they are of.

    "Not read: Spanish, in “El Puerto”." A checker of words that has such a line abstains: it passes nothing unread.
    """
    lines: dict[str, tuple[str, ...]] = {}
    if (tag := unread_claim(dossier)) is not None:
        lines[f"Not read: {language_name(tag)}, in {called(dossier)}."] = (dossier.claim.uid,)
    for item in counting(dossier, *(stances or tuple(Stance))):
        tag = taken_for(dossier, item)
        if words_of(item) and words_of(item) not in HIDDEN and not is_read(tag):
            source = dossier.sources.get(item.seen_in or item.source)
            where = titled(source) if source else "a source that is not on record"
            lines.setdefault(f"Not read: {language_name(tag)}, in {where}.", (item.uid, item.source))
    return lines
