"""A time of day and the day that it is of: "10 p.m. Wednesday", "May 8 at 1:00", "the morning of 5 May"."""

from __future__ import annotations

import re

import attrs

from ...text import Span
from .lexicon import END, S
from .rule import DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind

_TO_DAY = re.compile(
    rf",?{S}(?:\([0-9:.]+{S}?(?:GMT|UTC|BST|EST|EDT)\){S})?(?:(?:local|[A-Z]\w+){S}time{S})?(?:on{S})?"
)
_TO_TIME = re.compile(rf"(?:,|,?{S}at){S}(?:about{S}|around{S})?")
"""Between a time and its day, and between a day and its time."""

_AT = re.compile(r"\b(?:at|by|until|till|about|around|before|after|from|to|since)\s$", re.I)
_PART_OF = re.compile(
    rf"(?:\bthe{S})?(?:\b(?:early|late){S})?\b(?:morning|afternoon|evening|night)(?:{S}hours)?{S}(?:of|on){S}$", re.I
)


def timed(first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression | None:
    """Return a day with the time of day beside it as one expression; None where they are no such pair."""
    of_day = first.kind is ExpressionKind.TIME
    time, day = (first, last) if of_day else (last, first)
    if time.kind is not ExpressionKind.TIME or day.kind is not ExpressionKind.DATE or day.clock or not _is_day(day):
        return None
    if not (_TO_DAY if of_day else _TO_TIME).fullmatch(scene.text, first.span.end, last.span.start):
        return None
    return _over(day, first.span.start, last.span.end, scene, clock=time.clock)


def of_part(day: DateExpression, scene: Scene) -> DateExpression:
    """Return a day with the part of it that is named before it: "the night of 5 May"."""
    if day.kind is not ExpressionKind.DATE or not _is_day(day):
        return day
    led = _PART_OF.search(scene.before(day.span.start))
    return day if led is None else _over(day, day.span.start - len(led[0]), day.span.end, scene)


def _over(day: DateExpression, start: int, end: int, scene: Scene, *, clock: str = "") -> DateExpression:
    return attrs.evolve(day, span=Span(start, end), words=scene.text[start:end], clock=clock)


def _is_day(one: DateExpression) -> bool:
    return one.edtf is not None and len(one.edtf.points) == 1 and one.edtf.points[0].unit == "day"


def _noon(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "at noon", "until midnight": which of its two midnights a day is told to have is not plain."""
    if not _AT.search(scene.before(match.start(), 8)):
        return None
    clock = "" if match[0].lower() == "midnight" else "12:00"
    return scene.made(*match.span(), ExpressionKind.TIME, unknown="a time of day, without its date", clock=clock)


RULES: tuple[DateRule, ...] = (
    rule({"noon", "midday", "midnight"}, rf"(?:noon|midday|midnight){END}", _noon),
)  # fmt: skip
