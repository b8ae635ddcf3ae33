"""Which way an amount is said to go: up by it, down by it, or to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from .quantity import Direction

_UP = (
    "rise rises rose risen rising grow grows grew grown growth growing increase increases increased increasing gain "
    "gains gained climb climbs climbed climbing jump jumps jumped jumping soar soars soared surge surges surged "
    "advance advanced expand expands expanded swell swelled swollen up"
).split()
_DOWN = (
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease "
    "decreases decreased decreasing shrink shrinks shrank shrunk shrinking plunge plunges plunged slip slips slipped "
    "sink sank sunk slash slashed reduce reduces reduced reducing reduction cut cuts cutting tumble tumbled plummeted "
    "dip dipped down"
).split()
_NAMED = dict.fromkeys(_UP, Direction.UP) | dict.fromkeys(_DOWN, Direction.DOWN)
_OTHERS = frozenset(
    "change changes changed moved went go goes going shift shifted raised lowered extended widened "
    "doubled tripled quadrupled halved".split()
)
_BETWEEN = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|more than|over|at least|less than|under|just|only|as "
    r"much as|another|a further|an estimated|an? average of|an additional|well|as high as|a record|further)"
)
_VERB = re.compile(rf"({'|'.join(sorted(_NAMED, key=len, reverse=True))})$")
_AFTER = re.compile(
    r"[ -](?:(?:sharp|further|annual|overall|net) )?(increase|rise|jump|growth|gain|hike|drop|fall|decline|decrease|"
    r"cut|reduction|dip|plunge)\b",
    re.IGNORECASE,
)
_THAN = re.compile(r" (higher|more|lower|less|fewer)\b", re.IGNORECASE)
_LESS = frozenset("drop fall decline decrease cut reduction dip plunge lower less fewer".split())
_SHARES = frozenset({"percent", "share", "percentage point"})
_NOT_YET = re.compile(r"[.,;:!?]$")


def way(text: str, begin: int, end: int, unit: str) -> Direction:
    """Return which way an amount is said to go, by the words right before it or after it."""
    after = _AFTER.match(text, end) or (_THAN.match(text, end) if unit in _SHARES else None)
    if after:
        return Direction.DOWN if after[1].lower() in _LESS else Direction.UP
    words = text[max(0, begin - 60) : begin].lower().rstrip("$€£ ~").split(" ")
    while words and (words[-1] == "" or _skipped(words)):
        words = words[: -1 if words[-1] == "" else -_skipped(words)]
    if not words:
        return Direction.NONE
    link = words[-1] if words[-1] in ("by", "to", "of") else ""
    led = [word for word in (words[:-1] if link else words)[-4:] if word]
    if link == "to":
        return Direction.TO if any(word in _NAMED or word in _OTHERS for word in led) else Direction.NONE
    return _NAMED.get(led[-1], Direction.NONE) if led else Direction.NONE


def _skipped(words: Sequence[str]) -> int:
    """Return how many words at the end say only how exact the amount is."""
    return next((n for n in (3, 2, 1) if len(words) > n and _BETWEEN.fullmatch(" ".join(words[-n:]))), 0)


def changes(before: Sequence[str], low: Fraction, high: Fraction) -> bool:
    """Return whether "from `low` to `high`" after these words is a change between the two, not a range."""
    led = []
    for word in reversed(before):
        if _NOT_YET.search(word):
            break
        led.append(word.strip("\"'()"))
    return high <= low or any(word in _NAMED or word in _OTHERS for word in led)
