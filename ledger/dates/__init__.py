"""Dates as sources give them: exact, partial, approximate, without a year; and as their texts write them.

>>> from ledger.dates import before, parse, why_not_known, words
>>> words(parse("2025-05~"))
'about May 2025'
>>> before(parse("2025-04-30"), parse("2025-05"))
True
>>> why_not_known(parse("XXXX-05-02"), parse("2025-05"))
'no year is given for 2 May'
"""

from __future__ import annotations

from .compare import before, why_not_known
from .edtf import Edtf, parse
from .expressions import DateExpression, Kind, Length, Offset, Unit, expressions
from .point import BadDate
from .words import words

__all__ = [
    "BadDate",
    "DateExpression",
    "Edtf",
    "Kind",
    "Length",
    "Offset",
    "Unit",
    "before",
    "expressions",
    "parse",
    "why_not_known",
    "words",
]
