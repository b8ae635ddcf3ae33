"""Two dates that make a range, "from March to June 2024", and lengths that count from a date beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..point import Point
from .lexicon import ANY_DAY, DASH, DAY, MONTH, MONTH_OF, YEAR, S, month
from .reckon import Reference, shifted, year
from .rule import DIGIT, DateRule, rule
from .scene import Scene, read
from .times import timed
from .value import DateExpression, ExpressionKind

_JOINT = re.compile(rf"\s?(?P<dash>[-–—‒])\s?|{S}(?P<word>to|through|thru|until|till|and){S}(?:the{S}|on{S}|early{S})?")
_EVENT_NAME = 50
_OF_EVENT = re.compile(
    r"\s(?:on\s)?|\s(?:the|an?|his|her|its|their)\s(?:(?!who|which|that|was|were|had|he|she|it|they)[a-z][\w'’-]*\s){1,4}"
    r"(?:of|in|on)\s"
)
"""Between a length and the date that it counts from: nothing, or the event that has it: "the strike of"."""

_LISTED = re.compile(r",? (?:and|or) |, ")
_LED = re.compile(r"\b(?P<word>from|between)\s(?:the\s)?$", re.IGNORECASE)
_MORE = re.compile(r" (?!and|or|in|at|for|to|when|as|with|but|by|the|on|of|was|were|is|will)[a-z]")
"""After two numbers that may be one day and a count: "on April 3 and 25 people"."""

_DATES = (ExpressionKind.DATE,)


def _days_of_month(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """2-5 May 2025, May 2-5, 2025, between 2 and 5 May: days that share their month."""
    number = month(match["month"])
    first, last = (int(re.sub(r"\D", "", match[name])) for name in ("first", "last"))
    start, end = match.span()
    joint = match["joint"].strip()
    led = _LED.search(scene.before(start, 14))
    listed = joint in ("and", "or") and not (led and led["word"].lower() == "between")
    if led and not listed and match["joint"].strip() not in "-–—‒":
        start -= len(led[0])
    written = match["year"]
    ends = []
    for name, day in (("first", first), ("last", last)):
        text = f"{written or 'XXXX'}-{number:02}-{day:02}"
        ends.append(scene.valued(*match.span(name), text, unknown="" if written else "no year is given"))
    if listed and (match.end("last") == end or written) and not _MORE.match(scene.text, end):
        return _listed(scene, start, end, ends)
    return None if listed else joined(scene, start, end, ends[0], ends[1])


def _listed(scene: Scene, start: int, end: int, days: list[DateExpression]) -> DateExpression | None:
    """Return two days of one month that are named together, "4 and 5 May": no stretch, but two dates."""
    first, last = days
    if first.edtf is None or last.edtf is None:
        return None
    if not first.edtf.year_known:
        written, why = scene.clock.year(start, end, int(first.edtf.text[5:7]), int(first.edtf.text[8:]))
        if written:
            first, last = (
                scene.valued(one.span.start, one.span.end, f"{written}{one.edtf.text[4:]}", assumed=why)
                for one in days
                if one.edtf is not None
            )
    return scene.made(start, end, ExpressionKind.RANGE, unknown="it names two days", parts=(first, last))


def joined(scene: Scene, start: int, end: int, first: DateExpression, last: DateExpression) -> DateExpression:
    """Return the range of two dates; the earlier takes the year that only the later has."""
    parts = (first, last)
    for part in parts:
        if part.fault:
            return scene.made(start, end, ExpressionKind.RANGE, fault=part.fault, unknown=part.unknown, parts=parts)
    if first.edtf is None or last.edtf is None:
        return scene.made(start, end, ExpressionKind.RANGE, unknown=first.unknown or last.unknown, parts=parts)
    a, b = first.edtf.text.split("/")[0], last.edtf.text.split("/")[-1]
    if "[" in a + b or "T" in a + b:
        return scene.made(start, end, ExpressionKind.RANGE, unknown="one of its ends is open", parts=parts)
    if a[:4] == b[:4] == "XXXX":
        filled, why = _both_years(scene, start, end, a, b)
        if filled:
            ends = tuple(_in_year(part, text) for part, text in zip(parts, filled.split("/"), strict=True))
            return scene.valued(start, end, filled, kind=ExpressionKind.RANGE, parts=ends, assumed=why)
        why = why if a <= b else f"{why}, and it may run over a new year"
        return scene.valued(start, end, f"{a}/{b}", kind=ExpressionKind.RANGE, parts=parts, unknown=why)
    if a[:4] == "XXXX" or b[:4] == "XXXX":
        return scene.made(start, end, ExpressionKind.RANGE, unknown="one of its ends has no year", parts=parts)
    assumed = first.assumed or last.assumed
    unknown = first.unknown or last.unknown
    valued = scene.valued(
        start, end, f"{a}/{b}", kind=ExpressionKind.RANGE, parts=parts, assumed=assumed, unknown=unknown
    )
    if valued.fault == "reversed" and assumed:
        return scene.made(
            start, end, ExpressionKind.RANGE, unknown="its ends are in no order as they were read", parts=parts
        )
    return valued


def _in_year(part: DateExpression, written: str) -> DateExpression:
    """Return the end of a range with the year that the whole has."""
    edtf, fault, reason = read(written)
    assumed = "" if fault else "the year is that of the range"
    return attrs.evolve(part, edtf=edtf, fault=fault, unknown=reason, assumed=assumed)


def _both_years(scene: Scene, start: int, end: int, a: str, b: str) -> tuple[str, str]:
    """Return two dates without a year as an interval with the year that the clock gives, and why; "" where none."""
    number, day = int(a[5:7]), int(a[8:10] or 0)
    if number > 12:
        return "", "no year is given"
    written, why = scene.clock.year(start, end, number, day or None)
    return (f"{written}{a[4:]}/{year(int(written) + (b < a))}{b[4:]}", why) if written else ("", why)


def join(found: Iterable[DateExpression], scene: Scene) -> Iterator[DateExpression]:
    """Yield expressions with neighbours made into ranges, and lengths counted from the date after them."""
    held: DateExpression | None = None
    for expression in found:
        if held is not None:
            merged = _beside(held, expression, scene)
            if merged is not None:
                held = merged
                continue
            yield _lends(held, expression, scene)
        held = expression
    if held is not None:
        yield held


def _beside(first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression | None:
    """Return what two neighbours make together; None where they stand apart."""
    return _range(first, last, scene) or _counted(first, last, scene) or timed(first, last, scene)


def _range(first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression | None:
    if first.kind not in _DATES or last.kind not in _DATES or first.offset or last.offset:
        return None
    gap = last.span.start - first.span.end
    if not 1 <= gap <= 14:
        return None
    joint = _JOINT.fullmatch(scene.text, first.span.end, last.span.start)
    if joint is None:
        return None
    led = _LED.search(scene.before(first.span.start, 14))
    word = (joint["word"] or "").lower()
    if word == "and" and not (led and led["word"].lower() == "between"):
        return None
    if word in ("to", "until", "till") and not led and not alike(first, last):
        return None
    start = first.span.start - (len(led[0]) if led and word else 0)
    return joined(scene, start, last.span.end, inherits(first, last, scene), last)


def _lends(first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression:
    """Return the first of two dates of a list with the year that only the last has: "in April and June 1955"."""
    if (
        last.span.start - first.span.end > 6
        or first.kind is not ExpressionKind.DATE
        or last.kind is not ExpressionKind.DATE
    ):
        return first
    listed = _LISTED.fullmatch(scene.text, first.span.end, last.span.start)
    return inherits(first, last, scene) if listed and alike(first, last) else first


def alike(first: DateExpression, last: DateExpression) -> bool:
    """Return whether two dates are of one unit: two days, two months, two years."""
    points = [expression.edtf.points for expression in (first, last) if expression.edtf is not None]
    return len(points) == 2 and len(points[0]) == len(points[1]) == 1 and points[0][0].unit == points[1][0].unit


def inherits(first: DateExpression, last: DateExpression, scene: Scene) -> DateExpression:
    """March to June 2024: the first month is of 2024; November to February 2024 begins the year before."""
    if first.edtf is None or last.edtf is None or not first.edtf.points or not last.edtf.points:
        return first
    a, b = first.edtf.points[0], last.edtf.points[0]
    unwritten = a.year is None or (first.assumed and a.year not in first.words)
    if not unwritten or not isinstance(b, Point) or b.year is None or a.month is None:
        return first
    if last.assumed and b.year not in last.words:
        return first
    written = int(b.year) if b.year.isdigit() else None
    if written is None or b.month is None or a.month > 12:
        return first
    if (a.month, a.day or 1) > (b.month, b.day or 31):
        written -= 1
    edtf, fault, reason = read(f"{written:04}{a.text[4:]}")
    return attrs.evolve(first, edtf=edtf, fault=fault, unknown=reason, assumed="")


def _counted(length: DateExpression, origin: DateExpression, scene: Scene) -> DateExpression | None:
    """ "two days after 2 May 2025": the value, where the date follows at once."""
    offset = length.offset
    if offset is None or offset.of is not None or length.edtf is not None or origin.edtf is None:
        return None
    if origin.span.start - length.span.end > _EVENT_NAME or not _OF_EVENT.fullmatch(
        scene.text, length.span.end, origin.span.start
    ):
        return None
    start, end = length.span.start, origin.span.end
    known = attrs.evolve(offset, of=origin.span)
    direction = 1 if offset.after else -1
    written = Reference.of(origin.edtf).ask(lambda on: shifted(on, offset.length, direction))
    more: dict[str, Any] = {"offset": known, "length": length.length, "parts": (origin,)}
    if written is None:
        return scene.made(start, end, ExpressionKind.DATE, unknown=f"“{origin.words}” does not determine it", **more)
    return scene.valued(start, end, written, assumed=origin.assumed, **more)


RULES: tuple[DateRule, ...] = (
    rule({DIGIT}, rf"(?P<first>{DAY})(?P<joint>{DASH}|{S}(?:to|and|or|through|until|till){S})(?:the{S})?"
         rf"(?P<last>{ANY_DAY}){S}(?:of{S})?(?P<month>(?-i:{MONTH}))(?:,?{S}(?P<year>{YEAR})(?!\w))?", _days_of_month),
    rule(MONTH_OF,
         rf"(?P<month>(?-i:{MONTH})){S}(?P<first>{DAY})(?P<joint>{DASH}|{S}(?:to|through|until|till|and|or){S}(?:the{S})?)"
         rf"(?P<last>{DAY})(?!{S}?(?:(?-i:{MONTH})|[-–]|%|percent|[a-z]{{3,}}s\b))(?:,?{S}(?P<year>{YEAR})(?!\w))?",
         _days_of_month),
)  # fmt: skip
