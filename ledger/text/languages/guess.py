"""The language of a text: as recorded, else as it declares, else as its words or its script tell, which is a guess."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..once import read_once
from ..scripts import dense_letters

LEAST = 0.12
"""Of the words of a text, those that are little words of the language it is in; names and figures have none."""

CLEAR = 1.3
"""By how much more than in the next language."""

FOREIGN = 0.1
"""Of the words of a text, those with a letter that a language does not have: with more it is not in that language."""

FEWEST_WORDS, FEWEST_DENSE = 40, 80
"""Words that tell a language, or letters of a script that sets no spaces; fewer may be names and figures."""

LOOKED_AT = 5_000
"""Characters of a text that are looked at."""

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
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


def tag_of(text: str, *, recorded: str | None = None, declared: str | None = None) -> str | None:
    """Return the tag of the language that a text is in; None where nothing tells, and then it is taken for English.

    What is `recorded` counts; else what the text's document `declared`, unless enough words plainly tell another
    language; else what they tell. What the words told is marked as a guess: "es-x-guess".
    """
    if recorded:
        return recorded
    named = declared.replace("_", "-") if declared and _TAG.fullmatch(declared) else None
    told = _told(text[:LOOKED_AT])
    if named and (told is None or same_language(named, told) or told.isupper()):
        return named
    return told if told is None or told.isupper() else None if told == "en" and not named else f"{told}-{_GUESS}"


@read_once
def _told(beginning: str) -> str | None:
    """Return the language that a text tells, or its script in capitals; None where it is too short, or unclear."""
    enough = len(beginning.split()) >= FEWEST_WORDS or dense_letters(beginning) >= FEWEST_DENSE
    return _code(beginning) if enough else None


def guessed(text: str) -> str | None:
    """Return the language that a text tells, as a tag that says that it is a guess; None if unclear, or English."""
    code = _code(text)
    return None if code is None or code == "en" or code.isupper() else f"{code}-{_GUESS}"


def _code(text: str) -> str | None:
    """Return the language that a text tells, however short; where only its script is sure, that in capitals.

    Plain English is known by its little words. All else is for py3langid, where it is installed; where it is not, for
    scripts and little words.
    """
    words = [match[0].lower() for match in _WORD.finditer(text)]
    script = _script(words)
    if script is None:
        return None
    told = _by_little_words(words)
    if told == "en" and script == "LATIN":
        return told
    if (classify := detector()) is not None:
        return str(classify(text)[0])
    if script in _CHINESE:
        return "ja" if _KANA.search(text) else "zh"
    return _SCRIPTS.get(script) or told or (None if script == "LATIN" else script)


@lru_cache
def detector() -> Any:
    """Return what py3langid tells languages with; None where it is not installed (extra `languages`).

    It is loaded by then: that takes a temporary file, which checkers under watch have not.
    """
    try:
        from py3langid import classify
    except ImportError:
        return None
    classify("")
    return classify


def is_guess(tag: str | None) -> bool:
    """Return whether a tag says that the language is only guessed."""
    return tag is not None and tag.endswith(_GUESS)


def has_words_of(text: str, tag: str) -> bool:
    """Return whether a text, however short, has a little word of a language that is no word of English."""
    known = _little_words().get(tag.partition("-")[0].lower(), frozenset()) - _little_words()["en"]
    return any(match[0].lower() in known for match in _WORD.finditer(text))


def _by_little_words(words: list[str]) -> str | None:
    """Return the language of which most little words are among some words; None where that is not clear.

    One that has not the letters of these words is none of them: much of Czech is little words of Polish.
    """
    count = Counter(words)
    share = sorted((sum(count[word] for word in known) / len(words), code) for code, known in _little_words().items())
    (second, _), (first, code) = share[-2:]
    return code if first >= LEAST and first >= CLEAR * second and _has_letters_of(code, words) else None


def _has_letters_of(code: str, words: list[str]) -> bool:
    known = letters().get(code)
    marked = [word for word in words if not word.isascii()]
    return known is None or sum(not known.issuperset(word) for word in marked) <= FOREIGN * len(words)


def letters() -> Mapping[str, frozenset[str]]:
    """Return the small letters of alphabets by their language, those of ASCII with them."""
    return _telling()[1]


def _little_words() -> Mapping[str, frozenset[str]]:
    return _telling()[0]


@lru_cache
def _telling() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Return what a file says of the little words and of the letters of languages."""
    import tomllib
    from pathlib import Path

    found = tomllib.loads((Path(__file__).parent / "little_words.toml").read_text(encoding="utf-8"))
    alphabets = {code: frozenset("abcdefghijklmnopqrstuvwxyz" + more) for code, more in found["letters"].items()}
    return {code: frozenset(words.split()) for code, words in found["words"].items()}, alphabets


def _script(words: list[str]) -> str | None:
    """Return the script that most words begin in, as Unicode names it."""
    found = Counter(unicodedata.name(word[0], "").partition(" ")[0] for word in words)
    return found.most_common(1)[0][0] if found else None
