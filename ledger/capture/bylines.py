"""Dates and names as a page shows them to everybody: "By Ana Roa", "2 mai 2024", "Donnerstag, 2. Mai 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from ..dates import BadDate, parse
from ..dates.machine import epoch_date, machine_date
from ..text.languages import known, table

OPENING, LONGEST_LINE = 3_000, 120
"""Characters of a page's text, and of a line, in which a byline or a date may stand."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_DUTCH = "januari februari maart april mei juni juli augustus september oktober november december"


@lru_cache
def _months() -> Mapping[str, int]:
    """Return the number of each month by the names that languages have for it; one that is two months is none."""
    told = [(name, number) for code in known() for name, number in table(code).month_of.items()]
    told += [*((name, number) for number, name in enumerate(_DUTCH.split(), 1)), ("jän", 1), ("mär", 3)]
    meant = dict[str, set[int]]()
    for name, number in told:
        meant.setdefault(name.rstrip("."), set()).add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if name and len(numbers) == 1}


@lru_cache
def _written() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a date that is written out, in any language whose months are known."""
    named = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return (
        re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
        re.compile(
            rf"(?<![\d.])(?P<d>\d\d?)(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(?P<m>{named})\b\.?,? "
            r"(?:de |del )?(?P<y>(?:19|20)\d\d)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?P<m>{named})\b\.? (?P<d>\d\d?)(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
        re.compile(r"\b(?P<y>(?:19|20)\d\d) ?[年년] ?(?P<m>\d\d?) ?[月월] ?(?P<d>\d\d?) ?[日일]"),
    )


_BY = re.compile(r"(?:by|von|par|por|di|da|door|av)[: ]\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:author|words|text|autor|autora|auteur|autore)s?\s*:\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,5}")
_AFTER_NAME = re.compile(r"\s*(?:[|•·–—,;(/]|\Z|\n|\bin\b|\bfor\b|updated\b|published\b)", re.IGNORECASE)


def day(year: str, month: str, number: str | None) -> str | None:
    """Return a day, or a month, in EDTF; None if there is none such."""
    try:
        found = date(int(year), int(month), int(number or 1)).isoformat()
    except ValueError:
        return None
    return found if number else found[:7]


def written_day(words: str) -> tuple[str, str] | None:
    """Return the first date that is written out in some words, in EDTF, and as it stands there."""
    if not _YEAR.search(words):
        return None
    found = sorted(filter(None, (each.search(words) for each in _written())), key=lambda each: each.start())
    for match in found[:1]:
        month = match["m"].lower()
        number = month if month.isdigit() else str(_months()[month])
        if edtf := day(match["y"], number, match["d"]):
            return edtf, match[0]
    return None


def edtf_of(value: str) -> str | None:
    """Return a date that a page carries, in EDTF; None if it is not sure which it is."""
    for written in (value, machine_date(value), epoch_date(value)):
        if written is not None:
            try:
                return str(parse(written))
            except BadDate:
                continue
    found = written_day(value)
    return found[0] if found else None


def names_in(words: str) -> list[str]:
    """Return the names of a byline: "By Ana Roa and Bo Quay | May 2, 2024" has two."""
    words = " ".join(words.split())
    words = _LABEL.sub("", _BY.sub("", words, count=1), count=1)
    found: list[str] = []
    while match := _NAME.match(words):
        joined = re.split(r" (?:and|und|et|y|e|en|och) ", match[0])
        rest = words[match.end() :]
        if not _AFTER_NAME.match(rest) and not re.match(r" (?:and|und|et|y|e|en|och|&) ", rest):
            break
        found += [name for name in joined if _capital(name)]
        words = re.sub(r"\A\s*(?:,|;|&|and |und |et |y |e |en |och )+\s*", "", rest)
        if words == rest:
            break
    return found[:8]


def _capital(name: str) -> bool:
    """Return whether a name is written as one: its first and last word begin with a capital."""
    parts = name.split()
    return len(parts) > 1 and all(not part[0].islower() for part in (parts[0], parts[-1]))


def visible(text: str) -> Iterator[tuple[str, str, str]]:
    """Iterate over (field, value, how it is written) of the bylines and dates in the opening of a page's text."""
    dated = False
    for line in text[:OPENING].split("\n"):
        line = line.strip()
        if not line or len(line) > LONGEST_LINE:
            continue
        if _BY.match(line) and line[0].isupper():
            yield from (("author", name, line) for name in names_in(line))
        found = None if dated else written_day(line)
        if found is not None and _is_date_line(line, found[1]):
            dated = True
            yield "published", found[0], found[1]


def _is_date_line(line: str, written: str) -> bool:
    """Return whether a line says little but a date: no sentence that tells of one."""
    rest = line.replace(written, " ")
    return len(rest.split()) <= 8 and not re.search(r"[.!?]\s*\Z", rest.strip()) and "©" not in line
