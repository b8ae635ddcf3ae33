"""Distances that stand beside their dates: "on 12 May, ten days after 2 May", "for 12 days, from 1 to 12 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger import Outcome
from ledger.dates import DateExpression, Edtf, ExpressionKind, expressions

from ..passages import Passage
from .distances import Allowed, Stated, allowed, dated, judged, quoted

_BESIDE = re.compile(
    r"\s?(?:--?|[,–—(])\s?(?:or |that is,? |i\.e\.,? |namely |exactly |just )?"
    r"(?:(?:about|around|roughly|nearly|almost|some|over|more than|less than|at least|at most) )?"
    r"(?P<on>on |in )?(?:the )?"
)
_DASH = re.compile(r"\s(?:--?|[–—])\s|[–—]")
_STRETCH_BEFORE = re.compile(r"(?P<named>(?: [a-z][a-z-]+){1,3})?(?:[,:]? |\s?[(–—]\s?)")
_STRETCH_AFTER = re.compile(
    r"\s?[,(–—:]\s?(?P<whole>a total of |a period of |a span of |a stretch of |an interval of |a gap of )?"
    r"(?:for |or |that is,? |i\.e\.,? |in all |altogether |lasting |all of |some |about |exactly )?"
)
_FOR = re.compile(r"\bfor(?: the next| another| exactly)?[ \n]$", re.IGNORECASE)
_UNTIL = re.compile(r",? (?:until|till) (?:the )?")
_BEGAN = re.compile(
    r"\b(?:opened|built|founded|erected|began|started|launched|completed|established|installed|introduced|formed|created|"
    r"took office|became \w+|joined|married|went up|put up|set up|since|from)(?: \w+){0,4} (?:in|on|of)? ?(?:the )?$",
    re.IGNORECASE,
)
"""Before the day on which a stretch began."""

_OTHER = re.compile(r"[;:.]|\b(?:then|later|after|before|when|while|again|re\w+ed)\b")
_BY = re.compile(r",? (?:or |that is,? |i\.e\.,? )?(?:by|until|before the end of) (?:the )?")
_WITHIN = re.compile(r"\b(?:within|in)(?: the next)?[ \n]$", re.IGNORECASE)
_GLUED = re.compile(r"[\w:.,/+-]$")
"""Before a number that is only the end of one: "24:00 weeks"."""

_LED = re.compile(r"\b(?:for|lasted|lasting|took|lasts|total of|period of|full|whole|all)[ \n]$", re.IGNORECASE)
_LATER = re.compile(r"\b(?:after|later)$", re.IGNORECASE)
_CLOSED = re.compile(r"[,.;)]")
_ENDS = re.compile(r"\s?(?:[,.;:)!?–—]|--|$|\n)|\s-\s")
_GRAVITY = (Outcome.PASS, Outcome.ABSTAIN, Outcome.WARN, Outcome.FAIL)


def beside(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a distance from a date that has its own date beside it: "on 12 May, ten days after 2 May"."""
    found = passage.found
    for place, one in enumerate(found):
        limits, origins = limits_of(passage, one), origins_of(passage, one) or _earlier(passage, one)
        if limits is None or not origins or one.offset is None:
            continue
        for other in found[max(0, place - 1) : place + 2]:
            if other is one or other.span == one.offset.of or not apposed(passage, one, other):
                continue
            value = dated(other)
            if value is not None:
                sure = one.offset.of is not None and one.offset.of.start >= passage.sentence(one.span).start
                each = [between(passage, one, limits, origin, value, sure=sure) for origin in origins]
                yield min(each, key=lambda stated: _GRAVITY.index(stated.outcome))


def stretches(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a length beside the two dates that it lies between: "for 12 days, from 1 to 10 May"."""
    for one, other in zip(passage.found, passage.found[1:], strict=False):
        length, span = (one, other) if one.kind is ExpressionKind.DURATION else (other, one)
        if (
            length.kind is not ExpressionKind.DURATION
            or span.kind is not ExpressionKind.RANGE
            or len(span.parts) != 2
            or span.fault
        ):
            continue
        gap = passage.text[one.span.end : other.span.start]
        before = passage.text[max(0, length.span.start - 30) : length.span.start]
        whole = False
        if one is length:
            named = "-" in length.words
            joint = _STRETCH_BEFORE.fullmatch(gap)
            fits = joint is not None and (named if joint["named"] else named or bool(_LED.search(before)))
        else:
            joint = _STRETCH_AFTER.fullmatch(gap)
            fits = joint is not None and bool(_ENDS.match(passage.text, length.span.end))
            whole = joint is not None and joint["whole"] is not None
        limits = allowed(length.length, before, counted=True) if length.length and fits else None
        start, end = dated(span.parts[0]), dated(span.parts[1])
        if limits is not None and start is not None and end is not None:
            upper = not whole and span.words.lower().startswith("between")
            yield judged(quoted(length.words, passage.where), limits, start, end, upper=upper)


def untils(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a length between its start and end: "opened in 1950 and stood for 20 years until 1980"."""
    for one, end in zip(passage.found, passage.found[1:], strict=False):
        if (
            one.kind is not ExpressionKind.DURATION
            or one.length is None
            or dated(end) is None
            or end.kind is not ExpressionKind.DATE
        ):
            continue
        before = passage.text[max(0, one.span.start - 30) : one.span.start]
        if not _UNTIL.fullmatch(passage.text, one.span.end, end.span.start) or not _FOR.search(before):
            continue
        sentence = passage.sentence(one.span)
        earlier = [other for other in passage.found if sentence.start <= other.span.start < one.span.start]
        start = dated(earlier[0]) if len(earlier) == 1 else None
        led = passage.text[sentence.start : earlier[0].span.start] if start is not None else ""
        joint = passage.text[earlier[0].span.end : one.span.start] if start is not None else ""
        limits = allowed(one.length, before, counted=True)
        value = dated(end)
        if start is None or value is None or limits is None or not _BEGAN.search(led) or _OTHER.search(joint):
            continue
        yield judged(quoted(one.words, passage.where), limits, start, value)


def deadlines(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a time allowed and its last day: "on 2 March ... within 30 days, by 11 April"."""
    for one, end in zip(passage.found, passage.found[1:], strict=False):
        if one.kind is not ExpressionKind.DURATION or one.length is None or not one.length.days:
            continue
        within = _WITHIN.search(passage.text[max(0, one.span.start - 20) : one.span.start])
        joined = _BY.fullmatch(passage.text, one.span.end, end.span.start)
        sentence = passage.sentence(one.span)
        earlier = [other for other in passage.found if sentence.start <= other.span.start < one.span.start]
        start, value = dated(earlier[0]) if len(earlier) == 1 else None, dated(end)
        if not joined or within is None or start is None or value is None:
            continue
        # The day of the order may count or not, and the last day as well.
        limits = Allowed(one.length.days - 1, one.length.days + 1)
        yield judged(quoted(f"{within[0]}{one.words}", passage.where), limits, start, value)


def limits_of(passage: Passage, one: DateExpression) -> Allowed | None:
    """Return the days that a distance from something allows; None where it gives no number."""
    if one.offset is None or glued(passage, one):
        return None
    words = re.match(
        r"(?:about|around|nearly|almost|over|roughly|some|more than|less than|at least|just) ", one.words, re.I
    )
    before = passage.text[max(0, one.span.start - 30) : one.span.start] + (words[0] if words else "")
    return allowed(one.offset.length, before)


def glued(passage: Passage, one: DateExpression) -> bool:
    """Return whether an expression begins in the middle of something longer."""
    return _GLUED.search(passage.text[max(0, one.span.start - 1) : one.span.start]) is not None


def origins_of(passage: Passage, one: DateExpression) -> list[Edtf]:
    """Return the dates that a distance may count from: the one it names, else any before it in its sentence.

    Where its sentence has none before it, that is the only one in all the words before.
    """
    if one.offset is None or one.offset.of is None:
        return []
    sentence, of = passage.sentence(one.span), one.offset.of
    if one.parts:
        found = [part for part in one.parts if part.span == of]
    else:
        found = [other for other in passage.found if sentence.start <= other.span.start < one.span.start]
        if not found:
            # In the sentence before: only where that, and all before it, has one date.
            found = [other for other in passage.found if other.span.start < one.span.start]
            found = found if len(found) == 1 else []
        if not any(other.span == of for other in found):
            return []
    return [edtf for other in found if (edtf := dated(other)) is not None]


def _earlier(passage: Passage, one: DateExpression) -> list[Edtf]:
    """Return the only date before a quotation in its text, from which "ten days after, ..." in it may count."""
    later = _LATER.search(one.words) and _CLOSED.match(passage.text, one.span.end)
    if not later or one.offset is None or one.offset.of is not None or one.parts:
        return []
    if not passage.before or any(other.span.start < one.span.start for other in passage.found):
        return []
    found = [edtf for other in expressions(passage.before, reference=passage.reference) if (edtf := dated(other))]
    return found if len(found) == 1 else []


def apposed(passage: Passage, one: DateExpression, other: DateExpression) -> bool:
    """Return whether a date and a distance name the same day: one stands beside the other, set off by a comma."""
    if other.kind is not ExpressionKind.DATE or other.offset is not None:
        return False
    first, last = (one, other) if one.span.start < other.span.start else (other, one)
    gap = _BESIDE.fullmatch(passage.text[first.span.end : last.span.start])
    if gap is None or last is one or gap["on"] is not None or "(" in gap[0]:
        return gap is not None
    return _DASH.match(gap[0]) is not None and _ENDS.match(passage.text, last.span.end) is not None


def between(
    passage: Passage, one: DateExpression, limits: Allowed, origin: Edtf, value: Edtf, *, sure: bool = True
) -> Stated:
    """Return what comes of a distance between the date that it counts from and another."""
    after = one.offset is not None and one.offset.after
    start, end = (origin, value) if after else (value, origin)
    return judged(quoted(one.words, passage.where), limits, start, end, sure=sure)
