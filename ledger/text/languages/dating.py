"""Dates as a language writes them, by the forms of its table: "3 de mayo de 2024", "3. Mai 2024", "2024年5月3日"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from .table import LanguageTable, table

_SPACE = r"[ \u00a0\u202f]{1,3}"
_FIGURES = (
    r"(?P<first>[0-9]{1,4})(?P<joint>[/.-])[ ]?(?P<second>[0-9]{1,2})(?P=joint)[ ]?(?P<third>[0-9]{2,4})\.?(?![\w/])"
)


class WrittenDate(NamedTuple):
    """A date that stands in a text up to `end`: its year, month and day, each None where it is not written.

    `others` are further readings of it, where the order of its figures is open.
    """

    end: int
    year: int | None
    month: int | None
    day: int | None = None
    others: tuple[tuple[int, int, int], ...] = ()


def date_at(text: str, at: int, tag: str | None) -> WrittenDate | None:
    """Return the date that begins at a place of a text; None where none does, or it is no day of a calendar."""
    spoken = table(tag)
    for pattern in _patterns(tag):
        found = pattern.match(text, at)
        if found is not None and (made := _made(found, spoken)) is not None:
            return made
    figures = _figures().match(text, at)
    return None if figures is None else _of_figures(figures, spoken)


@lru_cache
def beginnings(tag: str | None) -> str:
    """Return a pattern of what stands at the beginning of the dates of a language that begin with no figure."""
    spoken = table(tag)
    words = {form.partition(" ")[0] for form in spoken.dates if form[0] != "{"}
    names = spoken.month_of if any(form.startswith("{M}") for form in spoken.dates) else ()
    return "|".join(sorted(map(re.escape, (*words, *names)), key=len, reverse=True))


@lru_cache
def _figures() -> re.Pattern[str]:
    return re.compile(_FIGURES)


@lru_cache
def _patterns(tag: str | None) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a language's dates, longest first."""
    spoken = table(tag)
    names = "|".join(sorted(map(re.escape, spoken.month_of), key=len, reverse=True)) or "(?!)"
    parts = {
        "d": r"(?P<day>[0-9]{1,2})",
        "m": r"(?P<month>[0-9]{1,2})",
        "y": r"(?P<year>[0-9]{4})",
        "M": rf"(?P<name>{names})\.?",
    }
    forms = sorted(spoken.dates, key=len, reverse=True)
    return tuple(re.compile(_pattern(form, parts), re.IGNORECASE) for form in forms)


def _pattern(form: str, parts: Mapping[str, str]) -> str:
    """Return the pattern of a form like "{d} de {M} de {y}"; a date ends no longer number or word."""
    pieces = [
        parts[piece] if at % 2 else re.escape(piece).replace(r"\ ", _SPACE).replace("º", "[º°oª]")
        for at, piece in enumerate(re.split(r"\{(.)\}", form))
    ]
    return "".join(pieces) + (r"(?!\w|[.,][0-9])" if form.endswith("}") else "")


def _made(found: re.Match[str], spoken: LanguageTable) -> WrittenDate | None:
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else spoken.month_of[(parts["name"] or "").lower().rstrip(".")]
    day, year = (int(parts[name]) if parts.get(name) else None for name in ("day", "year"))
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return WrittenDate(found.end(), _of_era(year, spoken), month, day)


def _of_figures(found: re.Match[str], spoken: LanguageTable) -> WrittenDate | None:
    """Return a date of figures alone; read in each order that its language, or none, allows."""
    first, second, third = (found[name] for name in ("first", "second", "third"))
    if len(first) == 4:
        wanted = [(first, second, third)] if len(third) <= 2 else []
    elif len(first) == 3 or len(third) != 4:
        return None
    else:
        orders = [spoken.order] if spoken.order in ("dmy", "mdy") else ["dmy", "mdy"]
        wanted = [(third, second, first) if order == "dmy" else (third, first, second) for order in orders]
    read = [(_of_era(int(year), spoken) or 0, int(month), int(day)) for year, month, day in wanted]
    days = list(dict.fromkeys(one for one in read if 1 <= one[1] <= 12 and 1 <= one[2] <= 31))
    return WrittenDate(found.end(), *days[0], others=tuple(days[1:])) if days else None


def _of_era(year: int | None, spoken: LanguageTable) -> int | None:
    return year - spoken.era if year is not None and spoken.era and year > 2400 else year
