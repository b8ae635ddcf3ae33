"""Dates as programs write them, in EDTF: what pages, mails and spreadsheets carry, and people copy."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

_ISO = re.compile(
    r"""(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)
    (?:(?:[T\ ]|,\ ?)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?
    \ ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\[[\w/+-]{1,40}\])?)?""",
    re.VERBOSE,
)
_SCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \([^()]{1,60}\))?"
)
_LETTER = re.compile(r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,4})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,6})?")

_ZONES = {"": "", "Z": "Z", "UTC": "Z", "GMT": "Z"}


def machine_date(text: str) -> str | None:
    """Return the EDTF of a date as programs write it; None if it is none.

    Read are the forms of ISO 8601 with fractions of seconds (which are dropped), without seconds, without colons and
    dashes, with a space for the T; "Thu, 02 May 2024 10:00:00 +0200" of mails and servers; what JavaScript prints; and
    2024-Q1. A time without a zone stays without one. Whether there is such a day is for `parse` to say.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := _QUARTER.fullmatch(text):
        return f"{match[1]}-{32 + int(match[2])}"
    if match := _SCRIPT.fullmatch(text):
        text = f"{match[2]} {match[1]} {match[3]} {match[4]} {match[5]}"
    if _LETTER.fullmatch(text) and (found := parsedate_tz(text)) is not None:
        year, month, day, hour, minute, second, *_, away = found
        sign, minutes = "-" if (away or 0) < 0 else "+", abs(away or 0) // 60
        zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else "Z"
        return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
    return None


def epoch_date(text: str) -> str | None:
    """Return the EDTF of a count of seconds or milliseconds since 1970, as pages carry it; None if it is none."""
    if not _EPOCH.fullmatch(text.strip()):
        return None
    number = int(text.strip().partition(".")[0])
    seconds = number // 1000 if number >= 10**12 else number
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso(match: re.Match[str]) -> str | None:
    bare = not match["sep"]
    if bare and (len(match["month"]) < 2 or len(match["day"]) < 2):
        return None
    day = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    if match["hour"] is None:
        return day
    zone = match["zone"] or ""
    if zone not in _ZONES:
        hours, minutes = zone[:3], zone[3:].removeprefix(":") or "00"
        zone = f"{hours}:{minutes}"
    return f"{day}T{match['hour']}:{match['minute']}:{match['second'] or '00'}{_ZONES.get(zone, zone)}"
