"""Whom a text credits: datelines, credit lines and hat-tips, in English.

Only the form is read: whether a name is an outlet, a person or nobody on record is for the caller to know. The end of a
name is not always told by its form ("Reuters Monday"): compare beginnings, word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import attrs

from .spans import Span

LONGEST_TEXT = 200_000
"""Characters that are read; credits stand at the beginning, at the end, or in an article's length."""

_WORD = r"[A-Z][\w.&'’-]{0,40}"
NAME = rf"(?P<name>(?<!\w)(?:[Tt]he\s+)?@?{_WORD}(?:[ \t]+(?:(?:of|and|de|for)[ \t]+)?{_WORD}){{0,6}})"


NOBODY = frozenset("he she it they we i you who this that these those one nobody somebody police officials".split())
"""What stands where a name does and is none."""


class Manner(StrEnum):
    """How a text names whom it has something from: as the whole report's origin, or for something in it."""

    DATELINE = "dateline"
    CREDIT = "credit line"
    MENTION = "mention"


@attrs.frozen
class Credit:
    """A name as the text has it, the manner, and the span of the words that say so."""

    name: str
    manner: Manner
    span: Span


_PATTERNS = {
    Manner.DATELINE: [rf"^[ \t]*[A-Z][\w .,'’/-]{{1,60}}?\({NAME}\)[ \t]*[-–—]"],
    Manner.CREDIT: [
        rf"\b[Rr]eporting\s+by\s+[^.;()\n]{{1,120}}?\s(?:for|of)\s+{NAME}",
        rf"(?:©|\(c\)|\b[Cc]opyright)\s*(?:\d{{4}})?,?\s*(?:by\s+)?{NAME}",
        rf"^[ \t(\[]*[Ss]ource:\s*{NAME}",
        rf"{NAME}\s+contributed\s+(?:to\s+this|reporting|material)",
        rf"\b(?:[Ww]ith|[Ff]rom)\s+(?:additional\s+)?(?:material|reporting|files|agencies)\s*(?:from|by|of|:)\s+{NAME}",
        rf"\b(?:[Hh]/[Tt]|[Hh]at[ -][Tt]ip(?:\s+to)?)[:\s]+{NAME}",
        rf"(?:^|[(\[–—])[ \t]*[Vv]ia\s+{NAME}",
    ],
    Manner.MENTION: [
        rf"\b[Aa]ccording\s+to\s+(?:a\s+report\s+(?:by|in|from)\s+)?{NAME}",
        rf"\b(?:[Rr]eported|[Rr]evealed|[Pp]ublished)\s+(?:by|in)\s+{NAME}",
        rf"\b[Rr]eports?\s+(?:by|in|from)\s+{NAME}",
        rf"\b(?:told|citing|cited\s+by)\s+{NAME}",
        rf"{NAME}\s+(?:has\s+|had\s+|first\s+)?(?:reports?|reported|revealed)\b",
    ],
}
_COMPILED = {manner: [re.compile(one, re.MULTILINE) for one in patterns] for manner, patterns in _PATTERNS.items()}


def credits(text: str) -> tuple[Credit, ...]:
    """Return whom a text credits, in the order in which it does; each name once, in its strongest manner."""
    found: dict[str, Credit] = {}
    for credit in _all(text[:LONGEST_TEXT]):
        key = name_key(credit.name)
        if key and key not in NOBODY:
            found.setdefault(key, credit)
    return tuple(sorted(found.values(), key=lambda credit: credit.span.start))


def _all(text: str) -> Iterator[Credit]:
    for manner, patterns in _COMPILED.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield Credit(match["name"].strip(" .,'’"), manner, Span(match.start(), match.end()))


def name_key(name: str) -> str:
    """Return a name as it is compared: without its article, possessive, punctuation and letter case."""
    plain = re.sub(r"['’]s\b|[.,@]", "", name.casefold())
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
