"""The words of English that dates are written with, and the pieces of pattern made of them."""

from __future__ import annotations

from ..days import MONTHS
from .value import Unit

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTH_OF = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH_OF |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}

WEEKDAY_OF = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
WEEKDAY_OF |= {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
WEEKDAY_OF |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

SEASON_OF = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENTHS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()

NUMBER_OF = {word: number for number, word in enumerate([*_ONES, *TEENS], 1)}
NUMBER_OF |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
NUMBER_OF |= {"a": 1, "an": 1, "dozen": 12, "couple": 2, "hundred": 100}

ORDINAL_OF = {word: number for number, word in enumerate([*_ORDINALS, *_TEENTHS], 1)}
ORDINAL_OF |= {"twentieth": 20, "thirtieth": 30, "last": -1}
ORDINAL_OF |= {f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINALS, 1)} | {"thirty-first": 31}

DECADE_OF = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7}
DECADE_OF |= {"eighties": 8, "nineties": 9}

UNIT_OF = {unit.value: unit for unit in Unit} | {f"{unit.value}s": unit for unit in Unit}
UNIT_OF |= {"centuries": Unit.CENTURY, "nights": Unit.DAY, "weekend": Unit.WEEK}
UNIT_OF |= dict.fromkeys(("morning", "afternoon", "evening", "night"), Unit.DAY)
UNIT_OF |= {"weekends": Unit.WEEK, "fortnight": Unit.WEEK, "fortnights": Unit.WEEK}

ZONES = {"utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00"}
ZONES |= {"pst": "-08:00", "pdt": "-07:00", "cet": "+01:00", "cest": "+02:00"}
"""Zone names that mean one offset; IST, BST, CST and ET mean several, or change with the season."""

NAME_LIKE = frozenset({"april", "may", "june", "august", "march", "jan", "mar", "jun", "aug", "sep", "dec", "oct"})
"""Months that are also names or words: a capital alone does not make them dates."""

S = r"(?:[ \t\r\n\u00a0\u2009\u202f]{1,3})"
"""White space between two words of one expression."""

END = r"(?!\w)"
MONTH = (
    r"(?:January|February|March|April|May\.(?=\s[0-9])|May|June|July|August|September|October|November|December|"
    r"Sept\.?|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:\.|(?!\w)))"
)
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
WEEKDAY_ANY = rf"(?:{'|'.join(WEEKDAYS)}|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)(?:\.|(?!\w)))"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})"
YEAR_GROUP = rf"(?P<year>{YEAR})(?![\w]|,[0-9]|\.[0-9])"
"""A year that is not the beginning of a longer number."""
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w])"
ANY_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?!\w)"
"""A day of two digits, that may be one no month has: 31 February is read in order to be refused."""
SEASON = "(?:spring|summer|autumn|fall|winter)"
DASH = r"(?:[-–—‒]|\s[-–—‒]\s)"
UNIT = (
    "(?:minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|century|"
    "minutes|hours|days|nights|weeks|weekends|fortnights|months|quarters|years|decades|centuries)"
)
TENS = f"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?"
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}|[0-9]{{1,6}}|{TENS}|{'|'.join([*TEENS, *_ONES])})(?![\w])"
VAGUE = r"(?:several|a\sfew|few|some|many|a\snumber\sof|a\shandful\sof|dozens\sof|hundreds\sof|thousands\sof)"
_AND_HALF = r"(?:[\s-]1/2|\s½|\sand\sa\shalf)"
COUNT = rf"(?:{VAGUE}|(?:a\s)?couple(?:\sof)?|a\sdozen|a\shundred|[0-9]{{1,3}}½|{NUMBER}{_AND_HALF}?|half\san?|an?)"
PART = r"(?:(?P<part>early|mid|late|beginning\sof|start\sof|middle\sof|end\sof)(?:[- ]|\sthe\s))"


def number(words: str) -> int | None:
    """Return the whole number that these words write, None where they leave it open."""
    text = words.lower().replace(",", "").strip()
    if text.isascii() and text.isdigit():
        return int(text)
    parts = [part for part in text.replace("-", " ").split() if part not in ("of",)]
    if len(parts) == 2 and parts[0] in ("a", "an") and parts[1] in ("couple", "dozen", "hundred"):
        parts = parts[1:]
    counts = [NUMBER_OF.get(part) for part in parts]
    if not counts or None in counts:
        return None
    return sum(count for count in counts if count is not None)


def month(words: str) -> int:
    """Return the number of a month, from its name or the short form of it."""
    return MONTH_OF[words.lower().rstrip(".")]


def weekday(words: str) -> int:
    """Return the number of a weekday, Monday 0."""
    return WEEKDAY_OF[words.lower().rstrip(".")]


def ordinal(words: str) -> int | None:
    """Return the number that "third", "3rd" or "last" (-1) writes."""
    text = words.lower()
    digits = text.rstrip("stndrh")
    return int(digits) if digits.isascii() and digits.isdigit() else ORDINAL_OF.get(text)
