"""Dates that count from elsewhere: yesterday, last week, Tuesday, two years ago, the next day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .counts import length_of
from .lexicon import (
    ANY_DAY,
    COUNT,
    END,
    MONTH,
    MONTH_OF,
    SEASON,
    SEASON_OF,
    UNIT,
    UNIT_OF,
    WEEKDAY,
    WEEKDAY_OF,
    S,
    month,
    weekday,
)
from .reckon import Reckoned, nearest_weekday, shifted, unit_at, weekday_beside, weekend, year
from .rule import DIGIT, DateRule, rule
from .scene import Scene
from .tense import VerbTime, tense
from .value import DateExpression, ExpressionKind, Length, Offset, Unit

_DEICTIC = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1,
    "last night": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2,
    "overmorrow": 2,
}  # fmt: skip
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_SHIFTS |= {"latest": -1, "following": 1, "preceding": -1, "same": 0, "that": 0}
_COUNTS_FROM_TEXT = frozenset(("previous", "following", "preceding", "same", "that"))
_OF_DAY = rf"(?:{S}(?:morning|afternoon|evening|night|noon))?"
MIDDLE_OF = {21: 4, 22: 7, 23: 10, 24: 1}
"""The month in the middle of a season of the northern year, by its number in EDTF."""

_IN_SEASON = re.compile(r"\b(?:in|during|throughout|until|since|by|over)[ \n]the[ \n]$", re.IGNORECASE)
_OVER = re.compile(r"\b(?:over|at|during|on)[ \n]the[ \n]$", re.IGNORECASE)
_VAGUE = dict.fromkeys(("recently", "lately", "in the past", "in the recent past"), "of the past")
_VAGUE |= dict.fromkeys(
    ("now", "currently", "nowadays", "presently", "at present", "at the moment", "at this time", "these days"),
    "of the present",
)
_VAGUE |= dict.fromkeys(("future", "near future", "foreseeable future"), "to come")
"""Words that name a time and no day of it."""

_NOT_DAYS = re.compile(r"\b(?:Black|Good|Ash|Super|Cyber|Holy|Palm|Bloody|Fat|Maundy|Shrove|Man|Girl)[ \n]$")
_NAMED_AFTER = re.compile(r" (?:Times|Night|Mirror|Telegraph|Express|Herald|Mass|School|Post|Mail|Review)\b")


def _deictic(match: re.Match[str], scene: Scene) -> DateExpression | None:
    words = re.sub(r"\s+", " ", match["word"].lower())
    start, end = match.span()
    start = scene.with_article(start) if words.startswith("day ") else start
    return scene.reckoned(start, end, lambda on: unit_at(on, Unit.DAY, _DEICTIC[words]))


def _unit(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "last week", "this year", "the following day"."""
    which, name = match["which"].lower(), match["unit"].lower()
    start, end = match.span()
    if match["unit"].istitle():
        return None  # a title: "This Week"
    led = scene.before(start, 4).lower() == "the "
    start = start - 4 if led else start
    shift, unit = _SHIFTS[which], UNIT_OF[name]
    reckon: Reckoned
    if name == "weekend":
        reckon = lambda on: weekend(on + timedelta(7 * shift))  # noqa: E731
    else:
        reckon = lambda on: unit_at(on, unit, shift)  # noqa: E731
    part = {"earlier": "early", "later": "late"}.get((match["part"] or "").lower(), (match["part"] or "").lower())
    if which in _COUNTS_FROM_TEXT or (led and which in ("next",)):
        return scene.counted(start, end, reckon, length=Length(abs(shift), unit), after=shift >= 0, part=part)
    if led and which in ("last", "past") and unit is not Unit.DAY and name not in ("weekend", "night"):
        # "the last year", "the past week": the stretch that ends at the reference.
        return stretch(scene, start, end, Length(1, unit), back=True)
    if which == "this" and unit is Unit.YEAR and scene.clock.elsewhere:
        return scene.in_hand(start, end, part=part)
    if which == "latest" and (unit is Unit.DAY or not led):
        return None
    if name == "day":
        return None
    return scene.reckoned(start, end, reckon, part=part)


def _the_weekend(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "over the weekend": the one that is, or has just been, unless the sentence looks ahead."""
    if not _OVER.search(scene.before(match.start())):
        return None
    start, end = scene.with_article(match.start()), match.end()
    ahead = tense(scene.text, start, end) in (VerbTime.AHEAD, VerbTime.PERHAPS)

    def reckon(on: date) -> str:
        back = 0 if ahead or on.weekday() > 4 else 7
        return weekend(on - timedelta(back))

    return scene.reckoned(start, end, reckon, assumed="the nearest weekend is taken")


def _beside_month(match: re.Match[str], scene: Scene) -> DateExpression | None:
    which, target = match["which"].lower(), month(match["month"])

    def reckon(on: date) -> str:
        now_year, now = on.year, on.month
        if which in ("last", "past"):
            now_year -= target >= now
        elif which in ("next", "coming"):
            now_year += target <= now
        return f"{year(now_year)}-{target:02}"

    return scene.reckoned(*match.span(), reckon, assumed="" if which == "this" else "the nearest such month is taken")


def _beside_season(match: re.Match[str], scene: Scene) -> DateExpression | None:
    which, season = match["which"].lower(), SEASON_OF[match["season"].lower()]
    middle = MIDDLE_OF[season]

    def reckon(on: date) -> str:
        now_year, now = on.year, on.month
        if which in ("last", "past"):
            now_year -= now <= middle + 1
        elif which in ("next", "coming"):
            now_year += now >= middle - 1
        return f"{year(now_year)}-{season}"

    return scene.reckoned(*match.span(), reckon, assumed="the nearest such season, of the northern year, is taken")


def _weekday(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A weekday: the nearest, before the reference unless the sentence looks ahead."""
    start, end = match.span()
    which, target = (match["which"] or "").lower(), weekday(match["weekday"])
    if _NOT_DAYS.search(scene.before(start, 10)) or _NAMED_AFTER.match(scene.after(end, 12)):
        return None
    if re.search(r"\b(?:on|every|of)\san?\s$", scene.before(start, 9), re.IGNORECASE):
        return scene.made(start, end, ExpressionKind.SET, unknown="any such day may be meant")
    if re.search(r"\s[MANE][a-z]+$", match[0]) and re.match(r"\s[A-Z]", scene.after(end, 2)):
        return None  # a title: "Saturday Night Stories"
    reckon: Reckoned
    if which in ("last", "past", "next", "coming"):
        after = which in ("next", "coming")
        reckon = lambda on: weekday_beside(on, target, after=after)  # noqa: E731
        assumed = "the nearest such day is taken"
    elif which == "this":
        reckon = lambda on: nearest_weekday(on, target, future=True)  # noqa: E731
        assumed = "the nearest such day to come is taken"
    else:
        told, on = tense(scene.text, start, end), scene.reference.first
        if told is VerbTime.PERHAPS and (on is None or on.weekday() != target):
            return scene.made(start, end, ExpressionKind.DATE, unknown="its sentence may look ahead or back")
        future = told is VerbTime.AHEAD
        reckon = lambda on: nearest_weekday(on, target, future=future)  # noqa: E731
        assumed = f"the nearest such day {'to come' if future else 'that has been'} is taken"
    return scene.reckoned(start, end, reckon, assumed=assumed)


def _weekday_counted(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the Tuesday before", "the following Monday": beside something else in the text."""
    start, end = match.span()
    start = scene.with_article(start)
    target = weekday(match["weekday"])
    after = (match["side"] or match["lead"]).lower() in ("after", "following", "next", "later")
    if match["lead"] and match["lead"].lower() == "same":
        return None
    return scene.counted(
        start, end, lambda on: weekday_beside(on, target, after=after), length=Length(None, Unit.DAY), after=after
    )


def _past_stretch(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the past 35 years", "the next two weeks": a stretch that ends, or begins, at the reference."""
    length = length_of(match["count"] or "several", match["unit"])
    if length is None:
        return None
    which = match["which"].lower()
    start = scene.with_article(match.start())
    if which in ("first", "final", "previous", "following", "preceding"):
        return None
    return stretch(scene, start, match.end(), length, back=which in ("past", "last", "recent"))


def stretch(scene: Scene, start: int, end: int, length: Length, *, back: bool) -> DateExpression:
    """Return the stretch of a length that ends, or begins, at the reference."""
    if length.count is None:
        why = "how long is not said"
        if not back:
            return scene.made(start, end, ExpressionKind.RANGE, unknown=why, length=length)
        return scene.reckoned(
            start, end, lambda on: f"[..{on.isoformat()}]", kind=ExpressionKind.RANGE, unknown=why, length=length
        )
    if length.days is None and length.months is None:
        return scene.made(start, end, ExpressionKind.DURATION, unknown="a length, not a date", length=length)

    def reckon(on: date) -> str:
        there = shifted(on, length, -1 if back else 1)
        here = on.isoformat()
        return f"{there.split('/')[0]}/{here}" if back else f"{here}/{there.split('/')[-1]}"

    return scene.reckoned(start, end, reckon, kind=ExpressionKind.RANGE, length=length)


def _recent(match: re.Match[str], scene: Scene) -> DateExpression | None:
    unit = UNIT_OF[match["unit"].lower()]
    return stretch(scene, *match.span(), Length(None, unit), back=match["which"].lower() in ("recent", "past", "last"))


def _beside(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the day before", "the year after": one unit beside the date before it in the text."""
    start, end = match.span()
    if scene.before(start, 4).lower() != "the ":
        return None
    # "the day before the vote" counts from the vote, which has no date here.
    unit, after = UNIT_OF[match["unit"].lower()], match["side"].lower() == "after"
    if re.match(r" (?:the|a|an|his|her|their|its|this|that|he|she|they|it|we|I|[A-Z])\b", scene.after(end, 8)):
        return scene.made(
            start - 4,
            end,
            ExpressionKind.DATE,
            offset=Offset(Length(1, unit), after),
            unknown="it counts from something without a date",
        )
    return scene.counted(
        start - 4, end, lambda on: unit_at(on, unit, 1 if after else -1), length=Length(1, unit), after=after
    )


def _end_of(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "the end of the year", "year end"."""
    unit = UNIT_OF[(match["unit"] or match["first"]).lower()]
    words = (match["side"] or "end").lower()
    part = {"beginning": "start", "middle": "mid"}.get(words, words)
    start = scene.with_article(match.start())
    if unit is Unit.YEAR and scene.clock.elsewhere:
        return scene.in_hand(start, match.end(), part=part)
    since = match["first"] and scene.before(match.start(), 6).lower() == "since "
    shift = -1 if since else _SHIFTS.get((match["which"] or "the").lower(), 0)
    return scene.reckoned(start, match.end(), lambda on: unit_at(on, unit, shift), part=part)


def _vague(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "now", "recently", "in the future": a time without a day."""
    time = _VAGUE[re.sub(r"\s+", " ", match["words"].lower())]
    if match[0].lower().endswith("future") and scene.with_article(match.start()) == match.start():
        return None  # "future losses"
    return scene.made(*match.span("words"), ExpressionKind.DATE, unknown=f"it names no day {time}")


_WEEKDAYS = frozenset(name for name in WEEKDAY_OF if len(name) > 5)
_WHICH = "(?P<which>last|past|this|next|coming)"


def _in_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "March last year", "early October this year", "the spring of next year", "15 May of the same year"."""
    which = match["which"].lower()
    shift = _SHIFTS[which]
    start = scene.with_article(match.start())
    day = match["day"] or match["day_behind"]
    if match["season"]:
        rest = f"-{SEASON_OF[match['season'].lower()]}"
    else:
        rest = f"-{month(match['month']):02}" + (f"-{int(re.sub(r'[^0-9]', '', day)):02}" if day else "")
    part = (match["part"] or "").lower()
    reckon: Reckoned = lambda on: f"{year(on.year + shift)}{rest}"  # noqa: E731
    if which in _COUNTS_FROM_TEXT:
        length = Length(abs(shift), Unit.YEAR)
        return scene.counted(start, match.end(), reckon, length=length, after=shift >= 0, part=part)
    return scene.reckoned(start, match.end(), reckon, part=part)


def _late_in_year(match: re.Match[str], scene: Scene) -> DateExpression | None:
    part = "late" if match["part"].lower().startswith("late") else "early"
    if scene.clock.elsewhere:
        return scene.in_hand(*match.span(), part=part)
    return scene.reckoned(*match.span(), lambda on: year(on.year), part=part)


def _season_alone(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """ "in the summer": of the year that the clock gives."""
    if not _IN_SEASON.search(scene.before(match.start())):
        return None
    season = SEASON_OF[match["season"].lower()]
    written, why = scene.clock.year(*match.span(), MIDDLE_OF[season], None)
    start, end = match.start() - 4, match.end()
    if written:
        return scene.valued(start, end, f"{written}-{season}", assumed=why)
    return scene.made(start, end, ExpressionKind.DATE, unknown=why)


RULES: tuple[DateRule, ...] = (
    rule({*MONTH_OF, *SEASON_OF, DIGIT, "early", "mid", "late", "earlier", "later"},
         rf"(?: (?P<part>early|mid|late)[ -] )? (?: (?: (?P<day>{ANY_DAY}){S}(?:of{S})? )? (?P<month>(?-i:{MONTH}))"
         rf"(?: {S}(?P<day_behind>{ANY_DAY}) )? | (?P<season>{SEASON}) ) ,?{S}(?:of{S}|in{S})?(?:the{S})?"
         rf"(?P<which>last|this|next|same|that|following|previous){S}year{END}(?!['’])", _in_year),
    rule({"early", "earlier", "late", "later"}, rf"(?P<part>earlier|early|later|late){S}in{S}the{S}year{END}",
         _late_in_year),
    rule(SEASON_OF, rf"(?<=[Tt]he[ \n])(?P<season>{SEASON}){END}(?!{S}(?:of|[0-9]|[A-Z]))", _season_alone),
    rule({"today", "tonight", "tomorrow", "yesterday", "last", "this", "day", "overmorrow"},
         rf"(?P<word>day{S}before{S}yesterday|day{S}after{S}tomorrow|today|tonight|yesterday|tomorrow|"
         rf"last{S}night|this{S}(?:morning|afternoon|evening)){_OF_DAY}{END}", _deictic),
    rule({"last", "past", "this", "next", "coming", "previous", "following", "preceding", "current", "same", "that",
          "early", "late", "earlier", "later", "latest"},
         rf"(?:(?P<part>earlier|later|early|late){S})?(?P<which>{'|'.join(_SHIFTS)}){S}"
         rf"(?P<unit>day|morning|afternoon|evening|night|week|weekend|month|quarter|year|decade|century){END}(?![-–]old)",
         _unit),
    rule({"weekend"}, rf"weekend{END}(?!{S}of\b)", _the_weekend),
    rule({"last", "past", "this", "next", "coming"}, rf"{_WHICH}{S}(?P<month>(?-i:{MONTH})){END}(?!\.?{S}[0-9])",
         _beside_month),
    rule({"last", "past", "this", "next", "coming"}, rf"{_WHICH}{S}(?P<season>{SEASON}){END}", _beside_season),
    rule({"last", "past", "this", "next", "coming", *_WEEKDAYS},
         rf"(?:{_WHICH}{S})?(?P<weekday>(?-i:{WEEKDAY})){_OF_DAY}{END}", _weekday),
    rule({"following", "next", "previous", "preceding", "same", *_WEEKDAYS},
         rf"(?: (?P<lead>following|previous|preceding|same){S}(?P<weekday>(?-i:{WEEKDAY})) )(?P<side>(?!)x)?{END}",
         _weekday_counted),
    rule(_WEEKDAYS, rf"(?<=the[ \n])(?P<weekday>(?-i:{WEEKDAY})){S}(?P<side>before|after|following|previous)"
         rf"(?P<lead>){END}", _weekday_counted),
    rule({"last", "past", "next", "coming", "recent"},
         rf"(?P<which>last|past|next|coming){S}(?P<count>{COUNT}){S}(?P<unit>{UNIT}){END}", _past_stretch),
    rule({"recent", "past", "last", "coming"}, rf"(?P<which>recent|past|coming|last){S}"
         rf"(?P<unit>days|weeks|months|years|decades|centuries){END}", _recent),
    rule({"day", "night", "week", "month", "year", "decade"},
         rf"(?P<unit>day|week|month|year|decade){S}(?P<side>before|after){END}(?!{S}(?:yesterday|tomorrow))", _beside),
    rule({"end", "beginning", "start", "middle", "year", "month"},
         rf"(?: (?P<side>end|beginning|start|middle){S}of{S}(?P<which>the|this|next|last){S}"
         rf"(?P<unit>month|year|decade|century|week|quarter) | (?P<first>year|month)[ -]end ){END}"
         r"(?!\sof\b)", _end_of),
    rule({words.split()[0] for words in _VAGUE},
         rf"(?P<words>{'|'.join(sorted(_VAGUE, key=len, reverse=True)).replace(' ', S)}){END}"
         rf"(?![-'’]|{S}(?:{COUNT}{S})?{UNIT}{END})", _vague),
)  # fmt: skip
