"""Lists of words that a checker looks for in a text: the house's, from its settings, or the checker's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ledger import Checker, Dossier, Finding

_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


def lacks(text: str, words: frozenset[str]) -> bool:
    """Return whether a text holds none of these words; quick, so that only others are read closely."""
    return words.isdisjoint(_WORD.findall(text.lower()))


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return the words of which a text has one at least if it has one of these phrases."""
    return frozenset(match[0] for phrase in phrases if (match := _WORD.search(phrase)))


def words_setting(options: Mapping[str, Any], default: Words) -> Words | None:
    """Return the setting `words`, in lower case, or the default; None if it is no list of words."""
    if "words" not in options:
        return default
    given = options["words"]
    if not isinstance(given, (list, tuple)) or not all(isinstance(word, str) for word in given):
        return None
    return _cleaned(tuple(given))


def no_words(checker: Checker, dossier: Dossier) -> Finding:
    """Return that the setting `words` is none, so that nothing was looked for."""
    return checker.abstains("The setting `words` is no list of words.", code="bad_setting", cites=[dossier.claim])


@lru_cache(maxsize=64)
def _cleaned(given: Words) -> Words | None:
    words = tuple(" ".join(word.lower().split()) for word in given)
    return words if words and all(map(_WORD.search, words)) else None


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of these phrases, longer ones first, whatever the space between words."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first) or r"(?!)"
