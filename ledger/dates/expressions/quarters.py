"""Quarters and halves of a year, of the calendar or fiscal: "Q3 2031", "third-quarter", "this year's second half"."""

from __future__ import annotations

import re
from datetime import date

from .lexicon import END, YEAR, YEAR_GROUP, S, ordinal
from .reckon import quarter
from .rule import DIGIT, Rule, rule
from .scene import Scene
from .value import DateExpression, Kind


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
    if parts.get("fiscal"):
        return _fiscal(scene, start, end, written)
    if written:
        return scene.valued(start, end, _portion(int(written), number, half), kind=Kind.DATE)
    if whose := parts.get("whose") or parts.get("whose_before"):
        shift = {"last": -1, "this": 0, "next": 1}[whose.lower()]
        return scene.reckoned(start, end, lambda on: _portion(on.year + shift, number, half))
    bare = start == match.start() and "-" not in match[0] and not match["which"].isdigit()
    if half or bare or re.match(r" of\b", scene.after(end, 4)):
        return None

    def latest(on: date) -> str:
        now = (on.month - 1) // 3 + 1
        return quarter(on.year - (number > now), number)

    valued = scene.reckoned(start, end, latest, assumed="the year of the quarter is not written: the latest is taken")
    if valued.edtf is not None:
        return valued
    return scene.valued(start, end, f"XXXX-{3 * number - 2:02}/XXXX-{3 * number:02}", unknown="no year is given")


def _portion(number: int, part: int, half: bool) -> str:
    if half:
        return f"{number}-{6 * part - 5:02}/{number}-{6 * part:02}"
    return quarter(number, part)


def _fiscal_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    written = match["year"] or (f"20{match['short']}" if match["short"] else None)
    return _fiscal(scene, *match.span(), written)


def _fiscal(scene: Scene, start: int, end: int, written: str | None) -> DateExpression:
    why = "whose fiscal year it is, and when that begins, is not written"
    if written is None:
        return scene.made(start, end, Kind.DATE, unknown=why)
    # A fiscal year named 2025 begins in 2024 or 2025: within the reach of an uncertain 2025.
    return scene.valued(start, end, f"{written}?", unknown=why)


RULES: tuple[Rule, ...] = (
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
    rule({DIGIT}, rf"(?P<first_year>{YEAR})[- ]?Q(?P<which>[1-4]){END}", _quarter),
    rule({"fiscal", "fy", "financial", *(f"fy{n}" for n in range(100)), *(f"fy{n}" for n in range(1900, 2101))},
         rf"(?:fiscal|financial|FY)(?:{S}year)? {S}? ['’]? (?:{YEAR_GROUP}|(?P<short>[0-9]{{2}})(?!\w))", _fiscal_year),
)  # fmt: skip
