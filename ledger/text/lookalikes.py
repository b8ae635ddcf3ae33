"""Letters of other alphabets that look like Latin ones (Unicode Technical Standard 39, for Cyrillic and Greek).

plain_letters("Mаrta")      "marta", whichever alphabet its letters are of
foreign_letters("Mаrta")    the Cyrillic а in a word that is otherwise Latin
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = "АВЕЅЗІЈКМНОРСТУХаеѕіјкорсухһԁԛԝ", "ABESZIJKMHOPCTYXaesijkopcyxhdqw"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopux"
_LATIN_FOR = str.maketrans(_CYRILLIC[0] + _GREEK[0], _CYRILLIC[1] + _GREEK[1])

_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")


def plain_letters(name: str) -> str:
    """Return a name's letters as they look: equal for two names that a reader would not tell apart."""
    return " ".join(unicodedata.normalize("NFKC", name).translate(_LATIN_FOR).casefold().split())


def foreign_letters(name: str) -> tuple[str, ...]:
    """Return the letters that stand in words of another alphabet and look like its own, each once."""
    found: dict[str, None] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", name)):
        of = {letter: _alphabet(letter) for letter in word}
        if len(set(of.values()) & set(_ALPHABETS)) > 1:
            found |= dict.fromkeys(letter for letter in word if ord(letter) in _LATIN_FOR)
    return tuple(found)


def letter_name(letter: str) -> str:
    """Return what a letter is called: "Cyrillic small letter a"."""
    return unicodedata.name(letter, "an unknown letter").capitalize()


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
