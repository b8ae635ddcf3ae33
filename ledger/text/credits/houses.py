"""Whether a name is a news house's, and which: by the list, or by its form: the Orford Post, Radio Norvik."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..once import read_once
from .house_names import AGENCIES, OUTLETS, PICTURES

EXTENSIONS = frozenset("news radio tv television english arabic persian türk online world service sport video".split())
"""Words after a listed name that tell a part of the house: BBC Radio, Al Jazeera English."""

STRONG_ENDS = frozenset(
    """news newswire wire press post times herald tribune gazette courier chronicle telegraph observer examiner
    inquirer enquirer radio tv television broadcasting magazine weekly daily media newspaper newspapers zeitung
    nachrichten tagblatt tageblatt anzeiger rundschau gazeta gazzetta blad blatt dagblad dagbladet tidende tidning
    avisen avis zeitschrift nyheter uutiset noticias notícias diario presse prensa pravda vesti shimbun ilbo""".split()
)
"""Words that a house's name ends with, and few other names."""

WEAK_ENDS = frozenset(
    """express star sun globe standard record leader mail mirror independent monitor review journal echo argus mercury
    register reporter dispatch sentinel bulletin advertiser today kurier network digest""".split()
)
"""Words that names of houses end with, and of trains, ships, banks and authorities."""

STARTS = frozenset(
    "radio channel kanal canal agence agencia agência agenzia diario diário jornal journal télévision tv".split()
)
_ENDINGS = re.compile(
    r"\w{3,}(?:wire|press|news|posten|bladet|zeitung)|[\w-]{2,}\.(?:com|org|net|info|co\.uk|de|fr|ru|no)"
)
_NOT_HOUSES = frozenset(
    """latest breaking more related local top read free good bad fake big other all our your my this that these those
    his her their world sports business politics subscribe social mass mainstream state foreign western
    international""".split()
)


def name_key(name: str) -> str:
    """Return a name as it is compared: without its article, possessive, punctuation and letter case."""
    plain = re.sub(r"['’]s\b|[.,@]", "", name.casefold())
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@read_once
def house_key(name: str) -> str:
    """Return a house's name as it is compared: one for its initials and all its names; of others, `name_key`."""
    key = name_key(name)
    words = _plain(key).split()
    while len(words) > 1 and " ".join(words) not in _names() and (words[-1] in EXTENSIONS or words[-1].isdigit()):
        words.pop()
    return _names().get(" ".join(words), key)


def initials_of(words: list[str], letters: str) -> bool:
    """Return whether words end with what these letters stand for: Alcoholics Anonymous, AA."""
    words = [word for word in words if not word.islower()]
    return len(words) >= len(letters) > 1 and all(
        word[:1].casefold() == letter for word, letter in zip(words[-len(letters) :], letters.casefold(), strict=True)
    )


def is_picture_house(name: str) -> bool:
    """Return whether it is one that supplies pictures."""
    return _plain(name_key(name)) in _table(PICTURES)


def is_agency(name: str) -> bool:
    """Return whether it is a listed news agency."""
    return _plain(name_key(name)) in _table(AGENCIES)


def is_house(name: str) -> bool:
    """Return whether an organisation of this name is a news house."""
    return is_listed(name) or looks_like_one(name)


def is_listed(name: str) -> bool:
    """Return whether it is a listed house, written as its names are: initials in capitals or as they are listed."""
    key = _plain(name_key(name))
    return key in _names() and (key not in _initials() or not name.split()[-1].istitle() or len(key) > 3)


def is_common_word(name: str) -> bool:
    """Return whether a listed name is a common word as well, which takes its article."""
    return _plain(name_key(name)) in _common()


def looks_like_one(name: str, *, weakly: bool = False) -> bool:
    """Return whether a name has the form of a house's; `weakly`, also one that trains and banks have."""
    words = name_key(name).split()
    if not words or words[0] in _NOT_HOUSES:
        return False
    if _ENDINGS.fullmatch(words[-1]):
        return True
    if len(words) < 2:
        return False
    if len(words) > 2 and "journal" in words:
        return True
    if words[-1] in ("agency", "service"):
        return words[-2] in ("news", "press", "telegraph", "wire")
    return words[-1] in STRONG_ENDS or words[0] in STARTS or (weakly and words[-1] in WEAK_ENDS)


@cache
def _table(lines: str) -> dict[str, str]:
    """Return the full name of each name in a table, both as they are compared."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        full, _, others = line.partition(" = ")
        for name in (full, *others.split(", ")):
            if name:
                found.setdefault(_plain(name_key(name)), name_key(full))
    return found


@cache
def _names() -> dict[str, str]:
    return {**_table(PICTURES), **_table(OUTLETS), **_table(AGENCIES)}


@cache
def _common() -> frozenset[str]:
    listed = [name.strip() for line in OUTLETS.splitlines() for name in re.split(" = |, ", line)]
    return frozenset(_plain(name_key(name)) for name in listed if name.startswith("the "))


@cache
def _initials() -> frozenset[str]:
    listed = [
        name.strip()
        for table in (AGENCIES, OUTLETS)
        for line in table.splitlines()
        for name in re.split(" = |, ", line)
    ]
    return frozenset(_plain(name_key(name)) for name in listed if len(name) < 6 and name.isupper())


def _plain(key: str) -> str:
    """Return a key without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", key) if not unicodedata.combining(one))
