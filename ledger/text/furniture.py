"""What stands on a page and is no part of the report: what web pages put around it, what a house says of itself.

The rules know English, and short lines only; what they miss is compared like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .spans import Span
from .vocabulary import CALENDAR

MOST_WORDS = 60
"""Of a line that can be no part of the report: a text on one line is not furniture because it speaks of copyright."""

END = 0.5
"""Where in a text its end begins: a body describes itself there, after the report."""

_AROUND = (
    "cookie", "newsletter", "subscribe", "subscription", "sign up", "log in to", "all rights reserved", "copyright",
    "privacy policy", "terms of use", "terms of service", "follow us", "read more", "advertisement", "©",
)  # fmt: skip
_DESCRIBES = re.compile(
    r"\b(?:(?:is|are) (?:an?|the|one of)|runs|operates|provides|publishes|represents|employs|owns|"
    r"founded|established|headquartered|based in|non-?profit)\b"
)
_REPORTS = re.compile(
    rf"\b(?:said|says|told|announced|reported|was|were|had|today|yesterday|tomorrow|tonight|{'|'.join(CALENDAR)})\b"
)


def furniture(text: str) -> list[Span]:
    """Return the lines of a text that are no part of the report, in order."""
    lower = text.lower()
    around, describes = any(words in lower for words in _AROUND), _DESCRIBES.search(text) is not None
    if not (around or describes):
        return []
    return [
        line
        for line in _lines(text)
        if len((words := line.of(text)).split()) <= MOST_WORDS
        and (
            (around and any(one in words.lower() for one in _AROUND))
            or (describes and line.start >= END * len(text) and _is_description(words))
        )
    ]


def _is_description(line: str) -> bool:
    """Return whether a line tells of nothing that happened, but says what some body is and does."""
    return _DESCRIBES.search(line) is not None and _REPORTS.search(line) is None


def _lines(text: str) -> Iterator[Span]:
    offset = 0
    for line in text.splitlines(keepends=True):
        yield Span(offset, offset + len(line))
        offset += len(line)
