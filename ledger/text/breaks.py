"""Where a text may be cut: between words and, in a script that sets no spaces, between letters; never in a number."""

from __future__ import annotations

import re
from functools import cache

from .scripts import SIGNS, SPACELESS

_NUMERALS = "〇一二三四五六七八九十百千万億兆萬亿"
_DIGITS = "0-9\uff10-\uff19"
_MARKS = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f"
"""Punctuation that stands between two letters without a space; between two digits it is part of the number."""

_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"


def first_break(text: str, start: int, end: int) -> int:
    """Return the first place from `start` on where a text may be cut, what is before it left out.

    `start` itself where there is none before `end`.
    """
    if start <= 0:
        return 0
    piece = _piece().match(text, start - 1)
    if piece is None or piece.end() <= start or text[start - 1].isspace():
        return start
    at = piece.end()
    while at < end and text[at].isspace():
        at += 1
    return at if at < end else start


def last_break(text: str, start: int, end: int) -> int:
    """Return the last place up to `end` where a text may be cut, what is after it left out.

    `end` itself where there is none after `start`.
    """
    if end >= len(text):
        return len(text)
    at = start
    for piece in _piece().finditer(text, start):
        if piece.end() >= end:
            if piece.end() == end or piece[0].isspace():
                return end
            break
        at = piece.end()
    while at > start and text[at - 1].isspace():
        at -= 1
    return at if at > start else end


@cache
def _piece() -> re.Pattern[str]:
    """Return the pattern of what is not cut, or of white space."""
    between_digits = rf"(?<=[{_DIGITS}])[{_MARKS}](?=[{_DIGITS}])"
    return re.compile(
        rf"\s+|(?:[^\s{SPACELESS}{_MARKS}]|[{_NUMERALS}]|{between_digits})+|[{_KATAKANA}]+|[{SPACELESS}][{SIGNS}]*|."
    )
