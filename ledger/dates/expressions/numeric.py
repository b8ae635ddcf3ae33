"""Dates in figures: ISO 8601, weeks, 2/5/2025 read both ways, spans of years, and times of day with their zones."""

from __future__ import annotations

import re
from datetime import date

from ..days import day_number
from .lexicon import END, YEAR, ZONES, S
from .reckon import year
from .rule import DIGIT, DateRule, rule
from .scene import Scene, read
from .value import DateExpression, ExpressionKind

_ZONE = r"(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-−][0-9]{2}:?[0-9]{2}|[A-Z]{2,4}T)"
_CLOCK_END = r"(?![\w:]|[.,][0-9])"


def _iso(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A day, or a moment where a time and its offset stand with it."""
    start, end = match.span()
    if re.search(r"[\w/-]$", scene.before(start, 1)):
        return None
    day = f"{match['year']}-{match['month']}-{match['day']}"
    if not match["clock"]:
        return scene.valued(start, end, day)
    clock = match["clock"] if match["clock"].count(":") == 2 else f"{match['clock']}:00"
    offset = _offset(match["zone"])
    if not offset:
        return scene.valued(start, end, day, clock=match["clock"][:5], unknown="the zone of the time is not written")
    return scene.valued(start, end, f"{day}T{clock}{offset}", clock=match["clock"][:5] + offset)


def _iso_week(match: re.Match[str], scene: Scene) -> DateExpression | None:
    number, week = int(match["year"]), int(match["week"])
    # 4 January is always in week 1 (ISO 8601).
    fourth = day_number(number, 1, 4)
    monday = fourth - (fourth - 1) % 7 + 7 * (week - 1)
    following = day_number(number + 1, 1, 4)
    if week == 0 or monday >= following - (following - 1) % 7:
        return scene.made(
            *match.span(), ExpressionKind.DATE, fault="impossible", unknown=f"{number} has no week {week} (ISO 8601)"
        )
    try:
        if match["day"]:
            return scene.valued(*match.span(), date.fromordinal(monday + int(match["day"]) - 1).isoformat())
        first, last = date.fromordinal(monday), date.fromordinal(monday + 6)
    except ValueError:
        return None
    return scene.valued(*match.span(), f"{first.isoformat()}/{last.isoformat()}")


def _figures(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """3/4/2024 is 3 April or 4 March: both, unless only one of them can be."""
    start, end = match.span()
    if re.search(r"[\w/.-]$", scene.before(start, 1)) or re.match(r"[/-]\w|\.[0-9]", scene.after(end, 2)):
        return None
    first, second, written = int(match["first"]), int(match["second"]), match["year"]
    short = len(written) == 2
    if short and match["joint"] != "/":
        return None
    years = "XXXX" if short else written
    texts = [f"{years}-{m:02}-{d:02}" for d, m in dict.fromkeys([(first, second), (second, first)])]
    dates = sorted(text for text in texts if read(text)[0] is not None)
    if not dates:
        if min(first, second) >= 1 and max(first, second) <= 31:
            _, _, reason = read(texts[0] if second <= 12 else texts[-1])
            return scene.made(start, end, ExpressionKind.DATE, fault="impossible", unknown=reason)
        return None
    if short:
        return _short_year(scene, start, end, dates, written)
    if len(dates) == 2:
        return scene.valued(start, end, f"[{','.join(dates)}]", unknown="which is the day and which the month is open")
    return scene.valued(start, end, dates[0])


def _short_year(scene: Scene, start: int, end: int, dates: list[str], written: str) -> DateExpression:
    """A year of two digits is the latest such year that is not ten years ahead of the reference."""
    why = "the century is not written"
    if scene.reference.first is None:
        if len(dates) == 2:
            return scene.made(
                start, end, ExpressionKind.DATE, unknown=f"{why}, nor which is the day and which the month"
            )
        return scene.valued(start, end, dates[0], unknown=why)

    def latest(on: date) -> str:
        limit = on.year + 10
        full = year(limit - (limit - int(written)) % 100)
        texts = [text.replace("XXXX", full) for text in dates]
        return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"

    return scene.reckoned(start, end, latest, assumed=f"{why}: the latest is taken", spoken=False)


def _years(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """1914-18, 1914–1918: a span of years; "2001-05" may also be a month, and stays open."""
    start, end = match.span()
    if re.search(r"[\w$£€/.-]$", scene.before(start, 1)) or re.match(r"[-–/]\w", scene.after(end, 2)):
        return None
    first, last = match["first"], match["last"]
    hyphen = match["joint"] == "-"
    if len(last) == 2:
        if hyphen and 1 <= int(last) <= 12:
            if int(last) <= int(first[2:]):
                return scene.valued(start, end, f"{first}-{last}")
            return scene.made(start, end, ExpressionKind.DATE, unknown="it is a month or a span of years")
        if int(last) <= int(first[2:]):
            return None
        last = first[:2] + last
    if not 0 <= int(last) - int(first) <= 400:
        return None
    ends = (
        scene.valued(*match.span("first"), first),
        scene.valued(*match.span("last"), last),
    )
    return scene.valued(start, end, f"{first}/{last}", kind=ExpressionKind.RANGE, parts=ends)


def _time(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """A time of day, with its offset from UTC where that is written or its name means one alone."""
    parts = match.groupdict()
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (parts.get("half") or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif re.search(r"[\w:./-]$", scene.before(match.start(), 1)):
        return None
    if hour > 23 or minute > 59:
        return None
    clock = f"{hour:02}:{minute:02}"
    zone = parts.get("zone")
    offset = _offset(zone)
    why = "a time of day, without its date"
    if zone and not offset:
        why += f"; {zone} is no one offset"
    return scene.made(*match.span(), ExpressionKind.TIME, unknown=why, clock=clock + offset)


def _offset(zone: str | None) -> str:
    """Return an offset as EDTF writes it; "" for a name that means several, or none."""
    text = (zone or "").replace("−", "-")
    if named := ZONES.get(text.lower(), ""):
        return named
    if text == "Z":
        return "Z"
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])([0-9]{2}):?([0-9]{2})", text)
    return f"{found[1]}{found[2]}:{found[3]}" if found and int(found[2]) < 24 and int(found[3]) < 60 else ""


def _run_together(match: re.Match[str], scene: Scene) -> DateExpression | None:
    """20240603: year, month and day in one number (ISO 8601, basic form), where it can be that and stands alone."""
    start, end = match.span()
    if re.search(r"[\w#$£€./_-]$|\b[Nn]os?\.? $", scene.before(start, 5)):
        return None
    if re.match(r"[\w/-]|[.,][0-9]", scene.after(end, 2)):
        return None
    written = f"{match['year']}-{match['month']}-{match['day']}"
    made = scene.valued(start, end, written, assumed="eight figures in a row are read as a date")
    return None if made.fault else made


RUN_TOGETHER = rule(
    {DIGIT}, r"(?P<year>19[0-9]{2}|20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])",
    _run_together,
)  # fmt: skip
ISO = rule(
    {DIGIT}, rf"(?P<year>[0-9]{{4}})-(?P<month>0[0-9]|1[0-9])-(?P<day>[0-3][0-9])(?![0-9-])"
    rf"(?:[T ](?P<clock>[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?:\.[0-9]{{1,9}})?(?:{S}?{_ZONE})?{END})?", _iso,
)  # fmt: skip
ISO_WEEK = rule({DIGIT}, rf"(?P<year>{YEAR})-?W(?P<week>[0-9]{{2}})(?:-(?P<day>[1-7]))?{END}", _iso_week, exact=True)
FIGURES = (
    r"(?P<first>[0-9]{1,2})(?P<joint>[/.-])(?P<second>[0-9]{1,2})(?P=joint)(?P<year>[12][0-9]{3}|[0-9]{2})(?![\w])"
)
YEARS = rule({DIGIT}, rf"(?P<first>{YEAR})\s?(?P<joint>[-–—/])\s?(?P<last>{YEAR}|[0-9]{{2}})(?![\w]|[.,][0-9])", _years)

IN_ANY_LANGUAGE = (RUN_TOGETHER, ISO, ISO_WEEK, YEARS)
RULES: tuple[DateRule, ...] = (
    RUN_TOGETHER,
    ISO,
    ISO_WEEK,
    rule({DIGIT}, FIGURES, _figures),
    YEARS,
    rule({DIGIT}, rf"(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9]))?(?::[0-5][0-9])?{S}?"
         rf"(?P<half>[ap]\.?m\b\.?)(?:{S}\(?(?-i:{_ZONE}){END})?", _time),
    rule({DIGIT}, rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?"
         rf"(?:{S}?(?-i:{_ZONE}){END})?{_CLOCK_END}", _time),
)  # fmt: skip
