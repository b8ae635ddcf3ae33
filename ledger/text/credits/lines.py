"""Credits that a line's form tells: datelines, bylines, a house's name alone on a line or at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..spans import Span
from .cues import Manner
from .datelines import dateline
from .houses import initials_of, is_common_word, is_listed, is_picture_house
from .names import CreditName, NameReader, names_after
from .offset import houses_of, is_person, nothing_else
from .sentences import Credit
from .words import CAPITAL

LONGEST_LINE = 140
"""Characters of a line that may be a byline or a name alone."""

LONGEST_END = 120
"""Characters at the end of a line in which a house's name is looked for."""

_BY = "By|BY|by|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af|From|FROM|Text|Story|Agência|Agencia|Agence|Redacci[oó]n"
_OPENS = re.compile(rf"[\s(\[/©*=–—-]*(?P<by>(?:{_BY})\b:?[ \t]*)?(?:(?:[Ww]ith|[Mm]it|[Aa]vec|[Cc]on)[ \t]+)?")
_CLOSES = re.compile(
    rf"(?:[\s,.|•·:–—/=()\[\]*©-]|\d[\w:]*|{CAPITAL}[\w.]*+|\([A-Z]+\)|staff|writers?|reporters?|correspondents?|editor"
    r"|and|at|on|in|with|inputs|feed|am|pm)*+\Z"
)
_PARTED = re.compile(r"\s*(?:\Z|[^\w\s]|and\b|staff\b|writer|reporter|feed\b|inputs\b|avec\b|with\b|via\b)")
_JOINS = re.compile(r"\s*(?:[,/|•·–—-]|[Ss]pecial to\b|for\b|of\b|with\b|avec\b|and\b).*")
_SET_OFF = (
    r"(?:(?<=[.!?”\"»’)…])\s*[(\[/]\s?"
    r"|(?<=\w)\s+[(\[]\s?"
    r"|(?<=[.!?”\"»’)…\w])\s+(?:[-–—=]{1,2}|\|)\s?"
    r"|(?<=[.!?”\"»’)…])[-–—]\s?"
    rf"|(?<=[.!?”\"»])\s+(?={CAPITAL}))"
)
_DAY = rf"(?:,? {CAPITAL}[a-z]+\.? \d{{1,2}},? \d{{4}})?"
_DESK = r"(?:(?:\s+[A-Z]{2,4}(?![\w])|\s*[a-z]{2,3}/)*)"
_AT_END = re.compile(
    rf"{_SET_OFF}(?P<who>(?:{CAPITAL}|[a-z]{{3,6}}[)\]/])[^()\[\]\n.!?]{{1,50}}?)[)\]/]?{_DAY}\.?{_DESK}\s*\Z"
)
_WITH_SLASHES = re.compile(r"[^\s/]+(?: [^\s/]+){0,3}(?:/[^\s/]+(?: [^\s/]+){0,3})+")


def credits_of_lines(text: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield what datelines, bylines and lines' ends credit."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            for credit in _of_line(line.rstrip(), known):
                yield Credit(credit.name, credit.manner, Span(credit.span.start + at, credit.span.end + at))
        at += len(line)


def _of_line(line: str, known: Collection[str]) -> list[Credit]:
    houses, end = dateline(line, known)
    found = [Credit(name, Manner.DATELINE, Span(0, end)) for name in houses]
    found += _at_end(line, known)
    if not found and (len(line) <= LONGEST_LINE or line.startswith("By ")):
        found = list(_alone(line, known))
    return found


def _at_end(line: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield the houses that stand at the end of a line: "(PTI) ABC", "— AFP", "/ritzau/"."""
    tail = line[-LONGEST_END:]
    match = _AT_END.search(tail)
    if match is None:
        return
    who, start = match["who"].strip(" )]/"), len(line) - len(tail) + match.start("who")
    before = match[0][: match.start("who") - match.start()]
    names = houses_of(who, known, cased=not re.search(r"[(\[/]", match[0]))
    spelled_out = initials_of(re.findall(r"\w+", tail[: match.start()]), who)
    if not names or not nothing_else(who, names) or spelled_out:
        return
    by_slashes = _WITH_SLASHES.fullmatch(who) is not None and any(map(is_person, who.split("/")))
    plain = not before.strip() and not by_slashes
    if plain and not all(name.isupper() and is_listed(name) for name in names):
        return
    persons = any(is_person(piece) for piece in who.split(" - ") if piece not in names)
    picture = by_slashes or persons or any(map(is_picture_house, names))
    for name in names:
        yield Credit(name, Manner.PHOTO if picture else Manner.CREDIT, Span(start, len(line)))


def _alone(line: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield the houses of a line that is a byline, or that has nothing but names and a day on it."""
    reader, opens = NameReader(known), _OPENS.match(line)
    start, by = (opens.end(), opens["by"] is not None) if opens else (0, False)
    names = names_after(line, start, len(line), reader)
    if not any(name.house for name in names):
        return
    closes = _CLOSES.match(line, names[-1].end) is not None
    followed = names[0].house and line.startswith(". ", names[0].end)
    if (closes or followed) if by else (closes and _is_no_headline(line, names, reader)):
        own = line[start:].strip(" )]/.")
        for name in names:
            if name.house:
                yield Credit(name.text, Manner.CREDIT if by else _by_slashes(own, name), Span(0, len(line)))


def _is_no_headline(line: str, names: list[CreditName], reader: NameReader) -> bool:
    """Return whether a line is a house's name and a day, or a person's and a house's."""
    first, house = names[0], next(name for name in names if name.house)
    if not _PARTED.match(line, house.end):
        return False
    if first.house:
        common = is_common_word(house.text) and not house.text.lower().startswith("the ")
        return (reader.knows(house.text) and not common) or re.search(r"\d", line) is not None
    return first.person and _JOINS.fullmatch(line, first.end, house.start) is not None and house.text != "PA"


def _by_slashes(line: str, house: CreditName) -> Manner:
    """Return the manner of a line of names: photos have "Lena Quist/AP", "REUTERS/Lena Quist", "(Lena Quist - AA)"."""
    pieces = line.split("/")
    slashed = _WITH_SLASHES.fullmatch(line) is not None and any(map(is_person, pieces))
    photo = house.picture or (slashed and (is_person(pieces[0]) or house.text.isupper()))
    dashed = line.endswith(f" - {house.text}") and is_person(line.split(" - ")[0])
    return Manner.PHOTO if photo or dashed else Manner.CREDIT
