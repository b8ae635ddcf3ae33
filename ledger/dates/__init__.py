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

from typing import TYPE_CHECKING

from ..lazy import load_on_demand
from ..renamed import renamed as _renamed

if TYPE_CHECKING:
    from .compare import before, why_not_known
    from .edtf import DateInterval, Edtf, OpenEnd
    from .expressions import DateExpression, ExpressionKind, Length, Offset, Unit, dates_are_read, expressions
    from .otherwise import parse
    from .point import BadDate, Point
    from .words import words

__all__ = [
    "BadDate",
    "DateExpression",
    "DateInterval",
    "Edtf",
    "ExpressionKind",
    "Length",
    "Offset",
    "OpenEnd",
    "Point",
    "Unit",
    "before",
    "dates_are_read",
    "expressions",
    "parse",
    "why_not_known",
    "words",
]

load_on_demand(__name__)

__getattr__ = _renamed(
    __name__,
    {
        "Kind": "ExpressionKind",
    },
)
