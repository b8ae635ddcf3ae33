"""Quarters and halves of a year, of the calendar or fiscal: "Q3 2031", "third-quarter", "this year's second half"."""

from __future__ import annotations

import re
from datetime import date

from .lexicon import END, MONTH, YEAR, YEAR_GROUP, S, month, ordinal
from .reckon import quarter
from .rule import DIGIT, DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind

_WHOSE = re.compile(r"\b(?:its|their)\s$", re.IGNORECASE)
_FISCAL = re.compile(r"\bfiscal[\s-]$", re.IGNORECASE)
_ENDED = re.compile(rf"{S}(?:ended|ending){S}({MONTH})")


def _quarter(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A quarter or half: of the calendar year, unless it says that it is fiscal."""
    parts = match.groupdict()
    number = ordinal(re.sub("^(?:latter|later)$", "second", match["which"].lower()))
    half = (parts.get("of") or "quarter").lower() == "half"
    if number is None or number > (2 if half else 4) or number == 0:
        return None
    number = (2 if half else 4) if number == -1 else number
    start, end = match.span()
    start = scene.with_article(start)
    written = parts.get("year") or parts.get("first_year")
    if parts.get("fiscal") or _FISCAL.search(scene.before(start, 8)) or _ends_apart(scene, end, number):
        return _fiscal(scene, start, end, written)
    if written:
        return scene.valued(start, end, _portion(int(written), number, half), kind=ExpressionKind.DATE)
    if whose := parts.get("whose") or parts.get("whose_before"):
        shift = {"last": -1, "this": 0, "next": 1}[whose.lower()]
        return scene.reckoned(start, end, lambda on: _portion(on.year + shift, number, half))
    led = start < match.start() or _WHOSE.search(scene.before(start, 8))
    bare = not led and "-" not in match[0] and not match["which"].isdigit()
    if half or bare or re.match(r" of [a-z]", scene.after(end, 5)):
        return None

    def latest(on: date) -> str:
        now = (on.month - 1) // 3 + 1
        return quarter(on.year - (number > now), number)

    valued = scene.reckoned(start, end, latest, assumed="the year of the quarter is not written: the latest is taken")
    if valued.edtf is not None:
        return valued
    return scene.valued(start, end, f"XXXX-{3 * number - 2:02}/XXXX-{3 * number:02}", unknown="no year is given")


def _ends_apart(scene: Scene, end: int, number: int) -> bool:
    """Return whether a quarter is told to end in another month than the calendar's: "fourth quarter ended July 2"."""
    ended = _ENDED.match(scene.text, end)
    return ended is not None and month(ended[1]) != 3 * number


def _portion(number: int, part: int, half: bool) -> str:
    if half:
        return f"{number}-{6 * part - 5:02}/{number}-{6 * part:02}"
    return quarter(number, part)


def _told_of(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the quarter", "the latest period", "the 1988 period", "year-earlier": beside the quarter that is told of."""
    parts = match.groupdict()
    start, end = scene.with_article(match.start()), match.end()
    if parts.get("year"):
        number = int(parts["year"])
        return scene.of_quarter(start, end, year=number) or scene.valued(start, end, parts["year"])
    if parts.get("back"):
        return scene.of_quarter(start, end, shift=-1)
    if start == match.start() or re.match(r" of\b|-", scene.after(end, 4)):
        return None
    return scene.of_quarter(start, end)


def _fiscal_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    written = match["year"] or (f"20{match['short']}" if match["short"] else None)
    return _fiscal(scene, *match.span(), written)


def _fiscal(scene: Scene, start: int, end: int, written: str | None) -> DateExpression:
    why = "whose fiscal year it is, and when that begins, is not written"
    scene.quarter = None  # "the quarter" behind it is this one
    if written is None:
        return scene.made(start, end, ExpressionKind.DATE, unknown=why)
    # A fiscal year named 2025 begins in 2024 or 2025: within the reach of an uncertain 2025.
    return scene.valued(start, end, f"{written}?", unknown=why)


RULES: tuple[DateRule, ...] = (
    rule({"first", "second", "third", "fourth", "last", "latter", "later", "this", "next", DIGIT},
         rf"(?: (?: (?P<first_year>{YEAR}) | (?P<whose_before>last|this|next){S}year['’]s ){S} )?"
         rf"(?P<which>first|second|third|fourth|last|latter|later|1st|2nd|3rd|4th)[ -](?P<fiscal>fiscal[ -])?"
         rf"(?P<of>quarter|half) (?: {S}of{S}(?P<whose>last|this|next){S}year | "
         rf"(?:{S}of|,)? {S} (?P<fiscal2>fiscal{S}(?:year{S})?)? {YEAR_GROUP})? {END}",
         lambda match, scene: _quarter(match, scene) if not match["fiscal2"] else
         _fiscal(scene, scene.with_article(match.start()), match.end(), match["year"])),
    rule({"q1", "q2", "q3", "q4"}, rf"Q(?P<which>[1-4]) (?: (?:{S}of)?{S}(?P<fiscal>FY|fiscal)?{S}?|[-/]) {YEAR_GROUP}",
         _quarter),
    rule({"q1", "q2", "q3", "q4"}, rf"Q(?P<which>[1-4]) {END}", _quarter, exact=True),
    rule({"quarter", "latest"}, rf"(?:quarter|latest{S}(?:quarter|period)){END}", _told_of),
    rule({"year", "same", "comparable", "corresponding"},
         rf"(?:(?:same|comparable|corresponding){S})?(?P<back>year[-‑](?:ago|earlier)(?:{S}(?:quarter|period))?){END}",
         _told_of),
    rule({DIGIT}, rf"(?P<year>{YEAR}){S}(?:quarter|period){END}", _told_of),
    rule({DIGIT}, rf"(?P<first_year>{YEAR})[- ]?Q(?P<which>[1-4]){END}", _quarter),
    rule({"fiscal", "fy", "financial", *(f"fy{n}" for n in range(100)), *(f"fy{n}" for n in range(1900, 2101))},
         rf"(?:fiscal|financial|FY)(?:{S}year)? {S}? ['’]? (?:{YEAR_GROUP}|(?P<short>[0-9]{{2}})(?!\w))", _fiscal_year),
)  # fmt: skip
