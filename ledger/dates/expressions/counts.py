"""A number of days, weeks or years: a length, or with "ago", "later" or "after" a date that counts from elsewhere."""

from __future__ import annotations

import re

from .lexicon import COUNT, END, NUMBER_OF, UNIT, UNIT_OF, S, number
from .reckon import shifted
from .rule import DIGIT, DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind, Length, Offset, Unit

COUNT_FIRST = frozenset(
    {DIGIT, *NUMBER_OF, "several", "few", "some", "many", "half", "dozens", "hundreds", "thousands"}
)  # fmt: skip

_FROM_HERE = frozenset(("ago", "back", "from now", "hence", "from today"))
_FROM_EVENT = frozenset(("after", "before", "following", "since"))
_SIDE = "ago|back|earlier|later|afterwards?|previously|hence|from\\snow|from\\stoday|after|before|following|since"
_PLURALS = ("days", "weeks", "months", "years", "decades", "centuries")
_FOR = re.compile(r"\b(?:for|within|in|takes?|took|over\sthe)\s$", re.IGNORECASE)
_KIND = "(?:more|additional|full|whole|straight|consecutive|successive)"
_COMPARED = 450
"""Characters behind a quarter in which what was "a year earlier" is its like of the year before."""

_NOTHING_FOLLOWS = re.compile(r"[,.;)]|\s*$")
"""Behind "ten days after" where it means later: "it was found ten days after, on 13 March"."""

_AND_HALF = re.compile(r"(?: and a )?half(?: an?)?$|[ -]?(?:1/2|½)$")
_HALF_OF = {
    Unit.HOUR: (30, Unit.MINUTE), Unit.DAY: (12, Unit.HOUR), Unit.YEAR: (6, Unit.MONTH), Unit.DECADE: (5, Unit.YEAR),
    Unit.CENTURY: (50, Unit.YEAR),
}  # fmt: skip
"""What half of a unit is in whole smaller ones."""

_ROUGHLY = rf"(?:(?P<roughly>about|around|nearly|almost|over|roughly|some|more{S}than|less{S}than|at{S}least|just){S})?"


def _number_of(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """Return what a number of units is: by the word behind it, a date that counts from here, there, or a length."""
    length = length_of(f"{match['count']}{match['half'] or ''}", match["unit"])
    side = re.sub(r"\s+", " ", (match["side"] or "").lower())
    if match["count"].lower() in ("a", "an") and match["unit"].lower().endswith("s"):
        return None  # "a decades-long row"
    if length is None or (match["roughly"] and (not side or side in _FROM_EVENT)):
        return None
    if side in ("after", "before") and _NOTHING_FOLLOWS.match(scene.text, match.end()):
        return _ago(match, scene, length, "later" if side == "after" else "earlier")
    if side in _FROM_EVENT:
        return _after_event(match, scene, length, side)
    if side:
        return _ago(match, scene, length, side)
    return _duration(match, scene, length)


def _ago(match: re.Match[str], scene: Scene, length: Length, side: str) -> DateExpression | None:
    """ "two years ago" counts from the reference; "two years later" from the date before it in the text."""
    start, end = match.span()
    back = side in ("ago", "back", "earlier", "previously")
    if side in ("ago", "earlier") and length == Length(1, Unit.YEAR):
        told = scene.of_quarter(start, end, shift=-1, far=_COMPARED, length=length)
        if told is not None:
            return told
    if side in _FROM_HERE:
        if length.count is None:
            vague = "how many is not said"
            if back:
                return scene.reckoned(start, end, lambda on: f"[..{on.isoformat()}]", unknown=vague, length=length)
            return scene.made(start, end, ExpressionKind.DATE, unknown=vague, length=length)
        if length.unit in (Unit.HOUR, Unit.MINUTE):
            hours = length.count if length.unit is Unit.HOUR else length.count // 60
            if hours % 24:
                return scene.made(
                    start, end, ExpressionKind.TIME, unknown="it counts from a time of day", length=length
                )
            length = Length(hours // 24, Unit.DAY)
        return scene.reckoned(start, end, lambda on: shifted(on, length, -1 if back else 1), length=length)
    if length.count is None or length.unit in (Unit.HOUR, Unit.MINUTE):
        return None
    if back and scene.last is not None and scene.last.words.lower().endswith(" ago"):
        # "... than a year ago. Sales rose from ... a year earlier": the same year, not the one before it.
        return scene.made(
            start, end, ExpressionKind.DATE, length=length, unknown="it may count from the time of writing"
        )
    return scene.counted(start, end, lambda on: shifted(on, length, -1 if back else 1), length=length, after=not back)


def _after_event(match: re.Match[str], scene: Scene, length: Length, side: str) -> DateExpression:
    """ "two days after ...": `read` fills in what it counts from, where a date follows."""
    return scene.made(
        *match.span(), ExpressionKind.DATE, length=length, offset=Offset(length, side != "before"),
        unknown="it counts from something without a date",
    )  # fmt: skip


def _duration(match: re.Match[str], scene: Scene, length: Length) -> DateExpression | None:
    if match["count"].lower() in ("a", "an") and length.unit in (Unit.MINUTE, Unit.DAY):
        return None
    joined = "-" in match[0] or re.match(r"-| of\b", scene.after(match.end(), 4))
    if length.unit is Unit.QUARTER and (length.count is None or joined):
        return None  # "in some quarters", "three-quarters of them"
    return scene.made(*match.span(), ExpressionKind.DURATION, unknown="a length, not a date", length=length)


def length_of(count: str, unit: str) -> Length | None:
    """Return the length that a number and a unit write; its count is None where they leave it open."""
    name = unit.lower()
    words = re.sub(r"\s+", " ", count.lower()).strip()
    whole = _AND_HALF.sub("", words)
    found = number(whole)
    if whole != words:
        half, smaller = _HALF_OF.get(UNIT_OF[name], (None, None))
        if half is None or smaller is None or (found is None and whole):
            return None
        return Length(half * (2 * (found or 0) + 1), smaller)
    if found is not None and name.startswith("fortnight"):
        found *= 2
    return Length(found, UNIT_OF[name])


def _unnumbered(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "for weeks", "decades-long": a length of which no number is said."""
    led = _FOR.search(scene.before(match.start(), 10))
    if not led and not match["long"]:
        return None
    return scene.made(
        *match.span(), ExpressionKind.DURATION, unknown="how long is not said", length=length_of("some", match["unit"])
    )


RULES: tuple[DateRule, ...] = (
    rule(_PLURALS, rf"(?P<unit>{'|'.join(_PLURALS)})(?P<long>-long|-old)?{END}(?!{S}(?:ago|later|earlier|[0-9]))",
         _unnumbered),
    rule({*COUNT_FIRST, "about", "around", "nearly", "almost", "over", "roughly", "more", "less", "at", "just"},
         rf"{_ROUGHLY}(?P<count>{COUNT})[ -]\s?(?:{_KIND}\s)?(?P<unit>{UNIT})"
         rf"(?P<half>{S}and{S}a{S}half)?(?:[ -]long)?(?:{S}(?P<side>{_SIDE}))?{END}"
         r"(?![- ](?:olds?|earlier|ago)\b)", _number_of),
)  # fmt: skip
