"""Datelines: the place, the day and the house at the beginning of a report, as agencies write them.

KESTREL BAY, May 3 (Reuters) -    Berlin (dpa) –    Madrid (EFE).-    MOSCOW, May 3. /TASS/.    Accra, May 3, GNA -
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .houses import initials_of, is_listed
from .offset import houses_of, is_person, nothing_else
from .words import CAPITAL

LONGEST = 150
"""Characters of a line in which its dateline ends."""

_DAY = r"\d{1,2}(?:st|nd|rd|th|\.|º)?(?:[ \t]+(?:de[ \t]+)?[^\W\d_]{3,10}\.?)?(?:,?[ \t]+(?:de[ \t]+)?\d{4})?"
_PLACE = (
    rf"(?:{CAPITAL}[\w.'’-]*+|{_DAY}|\d{{4}}|de|la|las|los|del|di|da|do|of|the|am|an|der"
    r"|\([A-Z]{1,3}/[A-Z]{1,3}\)|\([A-Z][a-z]+\)|\[[^\]\n]{1,30}\])"
)
_WHERE = rf"(?P<where>{_PLACE}(?:[ \t,/–—:]++(?:-[ \t]+)?{_PLACE}){{0,9}})"
_SET_OFF = r"(?:[(\[](?P<who>[^()\[\]\n]{2,50})[)\]]|/(?P<slashed>[^/()\[\]\n]{2,50})/)"
_PLAIN = rf"(?P<who>{CAPITAL}[\w. ’'-]{{1,40}}?)"
_DASH = r"(?P<dash>\.?[ \t]?[-–—]{1,2}|:|\.)"
_REPORT = rf"(?P<rest>{CAPITAL}|[\"“])"

_BRACKETED = re.compile(rf"[ \t*]*{_WHERE}?[ \t,.:–—-]{{0,4}}{_SET_OFF}[ \t]*{_DASH}?[ \t]*(?P<rest>\S?)")
_UNBRACKETED = (
    re.compile(rf"[ \t*]*{_WHERE}[ \t]*(?:[,–—:-]|,?[ \t]-)[ \t]*{_PLAIN}[ \t]*{_DASH}[ \t]+{_REPORT}"),
    re.compile(rf"[ \t*]*{_PLAIN}[ \t]*(?:[-–—]{{1,2}}|:)[ \t]+(?=\d|{_REPORT})"),
)
_NAME = re.compile(rf"{CAPITAL}[\w&.'’-]*(?: (?:of |de )?{CAPITAL}[\w&.'’-]*){{0,4}}")


def dateline(line: str, known: Collection[str]) -> tuple[list[str], int]:
    """Return the houses that the dateline of a line names, and where it ends; none where it has none."""
    head = line[:LONGEST]
    if (match := _BRACKETED.match(head)) is not None:
        who = (match["who"] or match["slashed"]).strip()
        names = houses_of(who, known, cased=False)
        if names and not _opens(match):
            names = []
        elif not names and _is_plain(match, who):
            names = [who]
        if names:
            return names, match.start("rest")
    for form in _UNBRACKETED:
        if (match := form.match(head)) is not None:
            who = match["who"]
            names = houses_of(who, known, cased=True)
            only = nothing_else(who, names) and not any(map(is_person, re.split("[/,]", who)))
            if names and only and all(map(is_listed, names)) and who != "PA":
                return names, match.end("who")
    return [], 0


def _opens(match: re.Match[str]) -> bool:
    """Return whether a house in brackets opens a report: place or dash beside it, and its initials not spelled out."""
    where, rest = match["where"] or "", match["rest"]
    if initials_of(re.findall(r"\w+", where), match["who"] or "") or not rest:
        return False
    return bool(match["dash"]) or (bool(where) and not rest.islower())


def _is_plain(match: re.Match[str], who: str) -> bool:
    """Return whether place, day and dash leave no doubt that a name, whoever's it is, stands in a dateline."""
    where, dash = match["where"] or "", match["dash"] or ""
    dated = re.search(r"\d", where) is not None
    placed = len(where) > 2 and re.split(r"[, ]", where)[0].isupper()
    if _NAME.fullmatch(who) is None or re.match(_REPORT, match["rest"]) is None:
        return False
    return dash.startswith(".") or (bool(dash) and (dated or placed)) or (dated and placed and who.isupper())
