"""Dates that stand by themselves: days, months and years, decades, centuries, feasts, quarters and seasons."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from .lexicon import (
    ANY_DAY,
    DECADE_OF,
    END,
    MONTH,
    MONTH_OF,
    NAME_LIKE,
    ORDINAL_OF,
    PART,
    SEASON,
    SEASON_OF,
    TEENS,
    TENS,
    WEEKDAY_ANY,
    WEEKDAY_OF,
    YEAR_GROUP,
    S,
    month,
    number,
    ordinal,
    weekday,
)
from .reckon import unit_at
from .rule import DIGIT, DateRule, rule
from .scene import Scene
from .value import DateExpression, ExpressionKind, Unit

_BEFORE_CHRIST = "years before Christ are not compared"

_PARTS = {"beginning of": "start", "start of": "start", "middle of": "mid", "end of": "end"}
_MONTHS = frozenset(MONTH_OF)
_DAYS = frozenset(WEEKDAY_OF)
_EARLY = frozenset(("early", "mid", "late", "beginning", "start", "middle", "end"))
_DAY_IN = rf"(?P<day>{ANY_DAY})"
_W = rf"(?: (?P<weekday>{WEEKDAY_ANY}) ,? {S} (?:the {S})? )?"

_CUE_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|during|through|throughout|early|late|mid|last|next|this|before|after|between|"
    r"from|to|for|beginning|end|start|middle|as of|around|about|circa|of|and|or|every|each)[ \n-]$",
    re.IGNORECASE,
)
_STRONG_BEFORE = re.compile(
    r"\b(?:in|since|until|till|during|throughout|early|late|mid|last|next|this|end of|beginning of|start of|"
    r"middle of|by|as of|between|before|after|through)[ \n-]$",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(rf"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s){MONTH}(?!\w)")
_NAME_AFTER = re.compile(r" [A-Z][a-z]|['’]s\b|-[A-Za-z]| \d{1,2}:")
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|by|since|until|till|during|from|of|for|early|late|mid|circa|c\.|ca\.|before|after|around|year|to|"
    r"and|or|between|through|throughout|about|spring|summer|autumn|fall|winter|than|the)[ \n-]|[(\[,–—/-] ?|[,;:] )$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s?(?:%|°|percent\b|per\b|(?:million|billion|people|men|women|troops|soldiers|miles|km|kilomet\w+|tons|tonnes|feet|"
    r"met(?:er|re)s|yards|children|civilians|casualties|members|pounds|dollars|euros|points|jobs|employees|workers|"
    r"shares|students|homes|houses|words|pages|copies|times|votes|seats|others|dead|killed|calories|hours|minutes|"
    r"seconds|degrees|acres|hectares|units|patients|participants|residents|inhabitants|passengers|vehicles|cars|"
    r"ships|books|species|years|days|rpm|hp|mm|cm|kg|g|m|ft|lb|lbs|kW|MW|Hz|MHz|or so)\b)",
)
_GOES_ON = re.compile(
    r" (?:and|at|but|for|the|was|were|which|when|until|with|from|after|before|he|she|they|we|it)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"\b(?:flight|room|page|pages|pp?\.|chapter|section|article|clause|line|model|route|highway|channel|gate|suite|"
    r"apartment|platform|bus|train|unit|lot|form|bill|resolution|number|nos?\.?|ext\.?|extension|box|code|version|"
    r"figure|fig\.|table|item|case|docket|verse|level|track|area|block|paragraph|rule|regulation|regiment|boeing|airbus|"
    r"peugeot|windows|office)\s$",
    re.IGNORECASE,
)
"""Before a number of a thing, which is no year: "Flight 2019", "Room 1984", "page 2020"."""

_STREET = re.compile(
    r" (?:[A-Z][\w'’-]*\.? ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Place|Lane|Drive|Boulevard|Blvd|Court|Highway)\b"
)
_WITHIN = re.compile(r"\b(?:in|since|by|from|until|during)\s$", re.IGNORECASE)
"""After the number of a house, which is no year: "at 1990 Old Quay Road"; before one that is a year nevertheless."""

_MONEY = re.compile(r"(?:[$£€¥#]|\bNo\.? ?|\bno\.? ?|[0-9][.,:/]|\w[-_/]|[.@_&=+])$")


def _day_month(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A day and a month, with or without a year and a weekday."""
    parts = match.groupdict()
    number, day = month(match["month"]), int(re.sub(r"\D", "", match["day"]))
    start, end = match.span()
    if day == 0 or scene.before(start, 2).endswith(("$", "£", "€", "-", "/", ".")):
        return None
    more: dict[str, Any] = {"weekday": weekday(parts["weekday"])} if parts.get("weekday") else {}
    if written := parts.get("year"):
        return scene.valued(start, end, f"{written}-{number:02}-{day:02}", **more)
    following = scene.after(end, 12)
    if re.match(r"[%°]|,[0-9]{3}|\.[0-9]|:[0-9]| ?(?:million|billion|percent|people)\b", following):
        return None
    if "month_first" not in parts and not match["month"][:1].isupper():
        return None
    return scene.without_year(start, end, number, day, **more)


def _month_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    written = f"{match['year']}-{month(match['month']):02}"
    return scene.valued(*match.span(), written, part=_part(match))


def _month_alone(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A month without a year, unless it is somebody's name or another word."""
    start, end = match.span("month")
    name = match["month"].rstrip(".")
    led = bool(match["part"])
    if name.lower() in NAME_LIKE:
        following = scene.after(end, 4)
        sure = led or _STRONG_BEFORE.search(scene.before(start)) or _MONTH_AFTER.match(scene.text, end)
        if not sure or _NAME_AFTER.match(following):
            return None
    if len(name) <= 3 and name != "May" and not match["month"].endswith("."):
        return None
    if len(name) > 3 and match["month"].endswith("."):
        end -= 1
    return scene.without_year(match.start(), end, month(name), part=_part(match))


def _year_alone(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """Four digits that stand where a year would, and count nothing."""
    end = match.end("year")
    before = scene.before(match.start(), 16)
    if _MONEY.search(before) or _LABEL.search(before) or _COUNTED.match(scene.after(end, 16)):
        return None
    led = bool(match["part"]) or _YEAR_CUE.search(before) is not None
    if _STREET.match(scene.after(end, 60)) and not _WITHIN.search(before):
        return None
    number = int(match["year"])
    if not led and (number < 1900 or number > 2100) and re.match(r" [a-z]", scene.after(end, 2)):
        return None
    if not led and number < 1800:
        return None
    return scene.valued(match.start(), end, match["year"], part=_part(match))


def _spoken_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "nineteen ninety-six", as it is said on the air, and written down from it."""
    tail = number(match["tail"])
    if tail is None or tail < 10:
        return None
    written = f"{20 if match['century'].lower() == 'twenty' else 19}{tail}"
    if match["month"]:
        return scene.valued(*match.span(), f"{written}-{month(match['month']):02}")
    return scene.valued(*match.span(), written)


def _decade(match: re.Match[str], scene: Scene) -> DateExpression | None:
    start = scene.with_article(match.start())
    return scene.valued(start, match.end(), f"{match['decade']}X", part=_part(match))


def _decade_in_words(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the sixties", "the '60s": the century is a convention, and no one's age."""
    if re.search(
        r"\b(?:his|her|their|my|your|our|its|the low|the high)[ \n](?:early |mid |mid-|late )?$",
        scene.before(match.start()),
        re.IGNORECASE,
    ):
        return None  # fmt: skip
    start = scene.with_article(match.start())
    digit = match["digit"] or str(DECADE_OF[match["word"].lower()])
    if start == match.start() and match["word"]:
        return None
    if scene.reference.first is None:
        return scene.made(
            start, match.end(), ExpressionKind.DATE, unknown="the century is not written", part=_part(match)
        )

    def latest(on: date) -> str:
        first = on.year
        century = first // 100 if first % 100 // 10 >= int(digit) else first // 100 - 1
        return f"{century:02}{digit}X"

    return scene.reckoned(
        start, match.end(), latest, assumed="the century is not written: the latest is taken", part=_part(match),
        spoken=False,
    )  # fmt: skip


def _century(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """The twentieth century: 1900 to 1999, as EDTF and common use have it."""
    number = ordinal(match["ordinal"])
    if number is None or not 1 <= number <= 30:
        return None
    start = scene.with_article(match.start())
    if match["era"] and match["era"].upper().startswith("B"):
        return scene.made(start, match.end(), ExpressionKind.DATE, unknown=_BEFORE_CHRIST)
    return scene.valued(start, match.end(), f"{number - 1:02}XX", part=_part(match))


def _era(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """Years of an era: those before Christ are kept as they are written, and compared with none."""
    digits = match["year"] or match["after"]
    if not (match["era"] or "").upper().startswith("B"):
        return scene.valued(*match.span(), digits.zfill(4))
    last = scene.made(
        match.start("year"), match.end(), ExpressionKind.DATE, unknown=_BEFORE_CHRIST, before_christ=int(digits)
    )
    if match["first"] is None:
        return last
    first = scene.made(
        *match.span("first"), ExpressionKind.DATE, unknown=_BEFORE_CHRIST, before_christ=int(match["first"])
    )
    return scene.made(*match.span(), ExpressionKind.RANGE, unknown=_BEFORE_CHRIST, parts=(first, last))


def _season(match: re.Match[str], scene: Scene) -> DateExpression | None:
    start = scene.with_article(match.start())
    return scene.valued(start, match.end(), f"{match['year']}-{SEASON_OF[match['season'].lower()]}", part=_part(match))


def _attack(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """The one date that is known by its numbers alone, in the American order."""
    return scene.valued(*match.span(), "2001-09-11", assumed="the attacks of 11 September 2001 are meant")


def _nth(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the 22nd": a day of the month that is being spoken of."""
    start = scene.with_article(match.start())
    following = scene.after(match.end(), 8)
    if start == match.start() or (re.match(r"[ -][a-z]{3}", following) and not _GOES_ON.match(following)):
        return None  # "the 22nd floor"
    if not re.search(r"\b(?:on|by|until|till|before|after|since|from|to|and)[ \n]$", scene.before(start), re.I):
        return None
    if re.match(r" [A-Z]", scene.after(match.end(), 2)):
        return None
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    last = scene.last
    point = last.edtf.points[-1] if last is not None and last.edtf is not None and last.edtf.points else None
    if last is not None and point is not None and point.year and point.month and point.month <= 12 \
            and start - last.span.end < 600:  # fmt: skip
        return scene.valued(
            start, match.end(), f"{point.year}-{point.month:02}-{day:02}",
            assumed=f"the month is that of “{last.words}”, named before it",
        )  # fmt: skip
    return scene.reckoned(
        start, match.end(), lambda on: f"{unit_at(on, Unit.MONTH, 0)}-{day:02}",
        assumed="the month is not written: that of the reference date is taken",
    )  # fmt: skip


def _part(match: re.Match[str]) -> str:
    words = re.sub(r"\s", " ", (match.groupdict().get("part") or "").lower())
    return _PARTS.get(words, words)


RULES: tuple[DateRule, ...] = (
    rule(_MONTHS | _DAYS, rf"{_W} (?P<month_first>)(?P<month>{MONTH}) {S} (?:the{S})? {_DAY_IN} "
         rf"(?:,? {S} {YEAR_GROUP})?", _day_month, exact=True),
    rule(_MONTHS, rf"(?P<month_first>)(?P<month>{MONTH}) {S} {_DAY_IN} ,? {S} {YEAR_GROUP}", _day_month),
    rule({DIGIT} | _DAYS, rf"{_W} {_DAY_IN} (?:{S}|-) (?:of{S})? (?P<month>{MONTH}) (?:(?:,?{S}|-) {YEAR_GROUP})?",
         _day_month),
    rule({*ORDINAL_OF, "thirty", "twenty"},
         rf"(?P<ordinal>[a-z]+(?:-[a-z]+)?) {S} (?:of{S}) (?P<month>{MONTH}) (?:,?{S}{YEAR_GROUP})?",
         lambda match, scene: _worded(match, scene)),
    rule(_MONTHS | _EARLY, rf"{PART}? (?P<month>{MONTH}) (?: ,?{S} (?:of{S})? | [-–] ) {YEAR_GROUP}",
         _month_year, exact=True),
    rule(_MONTHS, rf"(?P<part>)(?P<month>{MONTH}){S}{YEAR_GROUP}", _month_year),
    rule(_MONTHS | _EARLY, rf"{PART}? (?P<month>{MONTH}) {END}", _month_alone, exact=True),
    rule({DIGIT} | _EARLY, rf"{PART}? {YEAR_GROUP}", _year_alone),
    rule({"nineteen", "twenty"} | _MONTHS, rf"(?:(?P<month>{MONTH}){S})? (?P<century>nineteen|twenty) {S}"
         rf"(?P<tail>(?:{TENS})|{'|'.join(TEENS)}){END}(?!-)", _spoken_year),
    rule({DIGIT} | _EARLY, rf"{PART}? (?P<decade>1[0-9]{{2}}|20[0-9])0['’]?s{END}", _decade),
    rule({DIGIT, *DECADE_OF} | _EARLY,
         rf"{PART}? (?: (?<=['’])(?P<digit>[0-9])0s | (?P<word>{'|'.join(DECADE_OF)}) ){END}", _decade_in_words),
    rule({DIGIT, *ORDINAL_OF, "twenty"} | _EARLY,
         rf"{PART}? (?P<ordinal>[0-9]{{1,2}}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)[ -]century"
         rf"(?:{S}(?P<era>BCE?|CE|AD))?{END}", _century),
    rule({DIGIT, "ad", "ce"},
         rf"(?: (?:(?P<first>[0-9]{{1,4}})(?:\s?[-–]\s?|{S}(?:to|until|till){S}))?(?P<year>[0-9]{{1,4}}){S}?"
         rf"(?P<era>BCE?|CE|AD|B\.C\.?(?:E\.)?|A\.D\.) | "
         rf"(?:AD|CE){S}(?P<after>[0-9]{{1,4}}) )"
         rf"{END}", _era, exact=True),
    rule({*SEASON_OF} | _EARLY, rf"{PART}? (?P<season>{SEASON}) (?:,|{S}of)? {S} {YEAR_GROUP}", _season),
    rule({DIGIT}, r"9/11(?![\w/])", _attack),
    rule({DIGIT}, r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?![\w/])", _nth),
)  # fmt: skip


def _worded(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the second of May": an ordinal in words is a day where a month follows."""
    day = ordinal(match["ordinal"])
    number = month(match["month"])
    if day is None or day < 1:
        return None
    start = scene.with_article(match.start())
    if match["year"]:
        return scene.valued(start, match.end(), f"{match['year']}-{number:02}-{day:02}")
    if not match["month"][0].isupper():
        return None
    return scene.without_year(start, match.end(), number, day)
