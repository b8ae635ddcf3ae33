"""The language of a text, guessed from its little words or its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LITTLE_WORDS = {
    "en": "the of and to in that is was for with his her had were which from they this but not have been are who",
    "de": "der die das und ist nicht ein eine den dem des mit sich auf für von wurde auch als nach bei sie wird zum",
    "fr": "le la les des et est une dans que qui pour sur pas par avec ce cette sont été au aux il elle mais du",
    "es": "el la los las que del una por con para está se al como más pero sus fue han este esta no lo según",
    "it": "il la di che non per una con del della sono gli nel alla anche dei è più ha le delle stato si al da",
    "pt": "os as que não uma com para do da dos das em no na foi mais por ao como sua seu são pelo está",
    "nl": "de het een en van dat niet op te zijn voor met aan is werd ook bij naar door maar uit deze om heeft",
    "pl": "na do że się nie jest to o od po za jak był dla przez oraz co było przy ale tym są",
    "sv": "och att det som en på är av för med den till inte har om ett var från han hon de vid men sig",
    "da": "og at det som en på er af for med den til ikke har om et var fra han hun de ved men sig blev",
    "no": "og at det som en på er av for med den til ikke har om et var fra han hun de ved men seg ble",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar sonra ancak ise her ne var en göre",
    "id": "yang dan di ini itu dengan untuk dari pada tidak adalah akan ke dalam oleh juga telah sebagai karena",
}
"""The commonest little words of some languages that are written in Latin letters."""

LEAST = 0.12
"""Of the words of a text, those that are little words of the language it is in; names and figures have none."""

CLEAR = 1.3
"""By how much more than in the next language."""

_WORD = re.compile(r"[^\W\d_]+")
_KNOWN = {code: frozenset(words.split()) for code, words in LITTLE_WORDS.items()}


def language(text: str) -> str | None:
    """Return the language of a text: its code, or its script in capitals if that is not Latin; None if unclear."""
    words = [match[0].lower() for match in _WORD.finditer(text)]
    script = _script(words)
    if script != "LATIN":
        return script
    count = Counter(words)
    share = sorted((sum(count[word] for word in known) / len(words), code) for code, known in _KNOWN.items())
    (second, _), (first, code) = share[-2:]
    return code if first >= LEAST and first >= CLEAR * second else None


def same_language(one: str | None, other: str | None) -> bool | None:
    """Return whether two language tags ("en", "en-GB") name one language; None if either is not known."""
    return None if one is None or other is None else one.partition("-")[0].lower() == other.partition("-")[0].lower()


def _script(words: list[str]) -> str | None:
    """Return the script that most words begin in, as Unicode names it."""
    found = Counter(unicodedata.name(word[0], "").partition(" ")[0] for word in words)
    return found.most_common(1)[0][0] if found else None
