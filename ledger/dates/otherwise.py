"""Dates that are not written in EDTF and mean one all the same: those of programs, and years of an era."""

from __future__ import annotations

import re
from functools import lru_cache

from . import edtf
from .days import year_before_christ
from .edtf import Edtf
from .machine import machine_date
from .point import BadDate

_YEAR = re.compile(
    r"(?:(?:AD|CE) (?P<after>[0-9]{1,4})|(?P<year>[0-9]{1,4}) ?(?P<era>BCE?|CE|AD|B\.C\.(?:E\.)?|A\.D\.))"
)
_MAY_BE = re.compile(r"[^\W\d_]{0,12}[. ]{0,2}(?:[0-9]{1,2}\b.{1,16}?)?[0-9]{1,4} ?[^\W\d_][\w. -]{1,24}")
"""What a date of an era in any language looks like: "44 v. Chr.", "15 mars 44 av. J.-C."."""


def parse(text: str) -> Edtf:
    """Return the date that `text` writes, in EDTF such as "2025-05-02" or "2025-02/..", or otherwise.

    Dates as programs write them (20250502, 2025-05-02T14:03:00.000+0200) and of an era (44 BC, 44 v. Chr.) are read,
    and written in EDTF. Raises BadDate as `edtf.parse` does, with a `code` and a hint that shows a form that works.
    """
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Edtf:
    try:
        return edtf.parse(text)
    except BadDate:
        written = written_otherwise(text)
        if written is None or written == text:
            raise
    return edtf.parse(written)


def written_otherwise(text: str) -> str | None:
    """Return the EDTF of a date that a program wrote, or of an era in a language whose dates are read; else None.

    Before Christ there is no year 0: 44 BC, 44 v. Chr. and 44 a. C. are -0043, and 15 March 44 BC is -0043-03-15, a day
    of the calendar that is written, which is not converted.
    """
    text = text.strip()
    return machine_date(text) or _of_era(text)


def _of_era(text: str) -> str | None:
    if found := _YEAR.fullmatch(text):
        digits = found["year"] or found["after"]
        return year_before_christ(int(digits)) if (found["era"] or "").startswith("B") else digits.zfill(4)
    if not _MAY_BE.fullmatch(text):
        return None
    if (found := re.fullmatch(r"(.+?),? ([0-9]{1,4}) ?(BCE?|B\.C\.(?:E\.)?)", text)) is not None:
        return _with_year(found[1], year_before_christ(int(found[2])))
    return _of_tables(text)


def _with_year(rest: str, year: str) -> str | None:
    from .expressions import expressions

    some = f"{rest} 2000"
    read = expressions(some)
    edtf = read[0].edtf if len(read) == 1 and read[0].words == some else None
    return f"{year}{edtf.text[4:]}" if edtf is not None and edtf.text.startswith("2000-") else None


def _of_tables(text: str) -> str | None:
    from ..text.languages import known
    from .expressions import expressions
    from .expressions.tabled import grammar

    for language in sorted(known()):
        forms = grammar(language)
        if forms is None or not text.lower().endswith(tuple(forms.table.time.eras)):
            continue
        read = expressions(text, language=language)
        if len(read) == 1 and read[0].words == text and read[0].edtf is not None:
            return read[0].edtf.text
    return None
