"""The language of a text, guessed from its little words or its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from ..once import read_once

LEAST = 0.12
"""Of the words of a text, those that are little words of the language it is in; names and figures have none."""

CLEAR = 1.3
"""By how much more than in the next language."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"THAI": "th", "HANGUL": "ko", "HEBREW": "he"}
"""Scripts in which one language is written, nearly always."""

_CHINESE = frozenset(("CJK", "HIRAGANA", "KATAKANA"))
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

_GUESS = "x-guess"


@read_once
def language(text: str) -> str | None:
    """Return the language of a text: its code, or its script in capitals if that is not Latin; None if unclear."""
    words = [match[0].lower() for match in _WORD.finditer(text)]
    script = _script(words)
    return script if script != "LATIN" else _by_little_words(words)


def same_language(one: str | None, other: str | None) -> bool | None:
    """Return whether two language tags ("en", "en-GB") name one language; None if either is not known."""
    return None if one is None or other is None else one.partition("-")[0].lower() == other.partition("-")[0].lower()


def guessed(text: str) -> str | None:
    """Return the language that a text tells, as a tag that says that it is a guess; None if unclear, or English."""
    words = [match[0].lower() for match in _WORD.finditer(text)]
    script = _script(words)
    if script in _CHINESE:
        code: str | None = "ja" if _KANA.search(text) else "zh"
    else:
        code = _SCRIPTS.get(script or "") or (_by_little_words(words) if words else None)
    return None if code in (None, "en") else f"{code}-{_GUESS}"


def is_guess(tag: str | None) -> bool:
    """Return whether a tag says that the language is only guessed."""
    return tag is not None and tag.endswith(_GUESS)


def has_words_of(text: str, tag: str) -> bool:
    """Return whether a text, however short, has a little word of a language that is no word of English."""
    known = _little_words().get(tag.partition("-")[0].lower(), frozenset()) - _little_words()["en"]
    return any(match[0].lower() in known for match in _WORD.finditer(text))


def _by_little_words(words: list[str]) -> str | None:
    """Return the language of which most little words are among some words; None where that is not clear."""
    count = Counter(words)
    share = sorted((sum(count[word] for word in known) / len(words), code) for code, known in _little_words().items())
    (second, _), (first, code) = share[-2:]
    return code if first >= LEAST and first >= CLEAR * second else None


@lru_cache
def _little_words() -> Mapping[str, frozenset[str]]:
    import tomllib
    from pathlib import Path

    content = (Path(__file__).parent / "little_words.toml").read_text(encoding="utf-8")
    return {code: frozenset(words.split()) for code, words in tomllib.loads(content).items()}


def _script(words: list[str]) -> str | None:
    """Return the script that most words begin in, as Unicode names it."""
    found = Counter(unicodedata.name(word[0], "").partition(" ")[0] for word in words)
    return found.most_common(1)[0][0] if found else None
