"""Scripts that set no space between words, and the signs that are part of a letter."""

from __future__ import annotations

import re
from functools import lru_cache

SPACELESS = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"  # Thai, Lao
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"  # Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"  # Chinese characters
)
"""Letters of scripts in which a word has no edge that shows, for the brackets of a pattern."""

HANGUL = "\uac00-\ud7a3"
"""Syllables of Korean, which sets spaces, but none between a word and the particle after it."""

SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
"""Vowels and tones of these scripts that are set above, below and around a letter."""


def dense(text: str) -> bool:
    """Return whether a text has letters among which a word has to be looked for inside of others, Korean too."""
    return not text.isascii() and _any_of(SPACELESS + HANGUL).search(text) is not None


def dense_letters(text: str) -> int:
    """Return how many of a text's letters are such."""
    return 0 if text.isascii() else len(_any_of(SPACELESS + HANGUL).findall(text))


def spaceless(letter: str) -> bool:
    """Return whether a letter is of a script that sets no spaces."""
    return letter > "\u0e00" and _any_of(SPACELESS).match(letter) is not None


def is_hangul(letter: str) -> bool:
    """Return whether a letter is a syllable of Korean."""
    return "\uac00" <= letter <= "\ud7a3"


@lru_cache
def _any_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]")
