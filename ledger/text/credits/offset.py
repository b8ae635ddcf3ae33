"""What brackets, slashes and dashes set off: houses, desks and persons, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from .houses import is_listed
from .names import NameReader, names_after
from .words import CAPITAL

_PERSON = re.compile(rf"\s*{CAPITAL}[\w.'’-]*(?: {CAPITAL}[\w.'’-]*){{1,3}}\s*")
_DESK = re.compile(r"[A-Z]{1,4}|[a-z]{2,3}")


def houses_of(words: str, known: Collection[str], *, cased: bool) -> list[str]:
    """Return the houses in words that are set off: "dpa/nor", "NTB-Reuters"; initials may be small unless `cased`."""
    whole = words.strip(" .©*")
    if is_listed(whole) or (not cased and is_listed(whole.upper())):
        return [whole]
    found = [name.text for name in names_after(whole, 0, len(whole), NameReader(known)) if name.house]
    pieces = re.split(r"[-/]", whole)
    return found or [one for one in pieces if is_listed(one) or (not cased and is_listed(one.upper()))]


def nothing_else(words: str, names: Iterable[str]) -> bool:
    """Return whether nothing stands beside these names but persons and desks' letters."""
    for name in names:
        words = words.replace(name, "")
    pieces = [piece.strip() for piece in re.split(r"[/,|]| and | - |-", words)]
    return all(not piece or is_person(piece) or _DESK.fullmatch(piece) for piece in pieces)


def is_person(words: str) -> bool:
    """Return whether words have the form of a person's name, and are no listed house's."""
    return _PERSON.fullmatch(words) is not None and not is_listed(words.strip())
