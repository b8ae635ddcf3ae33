"""Date expressions in texts, and what each is worth as EDTF.

>>> from ledger.dates import expressions
>>> [str(found.edtf) for found in expressions("The bridge closed on May 2 and opened two days later.")]
['XXXX-05-02', 'None']
>>> [str(found.edtf) for found in expressions("It closed yesterday.", reference="2031-05-03")]
['2031-05-02']

The text is read once, word by word: only where a word begins some rule are patterns tried, and
the longest match wins. What counts from elsewhere takes its value from the reference date, or
from the date before it in the text, and only where those determine it. The rules of English are
modules here; those of other languages are in their tables, which `tabled` reads.
"""

from __future__ import annotations

from .read import dates_are_read, expressions
from .value import DateExpression, ExpressionKind, Length, Offset, Unit

__all__ = ["DateExpression", "ExpressionKind", "Length", "Offset", "Unit", "dates_are_read", "expressions"]
