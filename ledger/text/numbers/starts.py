"""Where the numbers of a text begin, and those that their form alone tells: dates, times, decades, ordinals, names."""

from __future__ import annotations

import re
from fractions import Fraction

from ..languages.dating import WrittenDate, date_at
from ..spans import Span
from .figures import figure
from .quantity import Quantity, QuantityKind
from .spelling import MULTIPLES, NAMED, ORDINALS, SMALL, TENS, VAGUE, VULGAR, beginnings
from .units import CURRENCIES, UNITS

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?-i:(?=[A-Z]))(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
CODES = sorted(name.upper() for name, unit in UNITS.items() if unit in CURRENCIES and name.upper() in (unit, "RMB"))
_AMPM = r"(?:[ap]\.m\.|[ap]m\b|[AP]\.?M\b\.?)"
_WORDS = "|".join(sorted({*SMALL, *TENS, *ORDINALS, *MULTIPLES, *VAGUE, "a", "an", "half"}, key=len, reverse=True))
_DAYS = "|".join(sorted({*SMALL, *TENS, *ORDINALS} - {"zero"}, key=len, reverse=True))
_NAMED = sorted({name.capitalize() for name in NAMED} | {"No", "Nos", "COVID", "PlayStation", "iPhone"})
_NAMES = "|".join(_NAMED)

_LETTERS = beginnings(
    [*_MONTHS, *_WORDS.split("|"), *_DAYS.split("|"), *_NAMED, *CODES, "http", "www.", "US$", "A$", "AU$", "C$", "CA$",
     "NZ$", "HK$", "S$", "R$", "Rs"]
)  # fmt: skip
"""How what begins with a letter may begin. Most words of a text do not: they are passed over by this alone."""

START = re.compile(
    rf"""
    (?:(?=[\[(+])|(?<![^\W_])
      (?=[0-9.'$€£¥₹₽₩₴₺₪₦₱+({"".join(VULGAR)}]|{_LETTERS}|[A-Za-z]{{1,10}}-?[0-9]|\w[\w.+-]{{0,63}}@))
    (?:
      (?P<skip>\[[0-9]{{1,3}}\] | \b(?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w.-]+
        | \+[0-9][0-9 ()-]{{6,20}}[0-9] | \([0-9]{{3}}\)\ ?[0-9]{{3}}-[0-9]{{4}}
        | (?<![\w-])[0-9]{{3}}[-.][0-9]{{3}}[-.][0-9]{{4}}(?![\w-]) | (?<![\w-])[0-9]{{3}}-0[0-9]{{3}}(?![\w-]))
    | (?<![\w.-])(?P<day1>[0-9]{{1,2}}(?:st|nd|rd|th)?(?=\ )|(?:{_DAYS})(?:-(?:{_DAYS}))?(?=\ of\ {_MONTH}))
        (?:\ of)?\ (?P<month1>{_MONTH})
        (?:,?\ (?P<year1>[0-9]{{4}})(?![\w,]\w))?
    | (?<!\w)(?P<month2>{_MONTH})\ (?P<day2>[0-9]{{1,2}}|(?:the\ )?(?:{_DAYS})(?:-(?:{_DAYS}))?)(?:st|nd|rd|th)?
        (?![\w:%]|[.,][0-9]|\ ?million)
        (?:,?\ (?P<year2>[0-9]{{4}})(?![\w,]\w))?
    | (?<!\w)(?P<month3>{_MONTH}),?\ (?:of\ )?(?P<year3>[12][0-9]{{3}})(?![\w,.]\w|\w)
    | (?<![\w-])(?P<year4>[12][0-9]{{3}})-(?P<month4>[01][0-9])-(?P<day4>[0-3][0-9])(?![\w-])
    | (?<![\w/])(?P<slashed>[0-9]{{1,2}}(?:/[0-9]{{1,2}}/[0-9]{{2,4}}|\.[0-9]{{1,2}}\.(?:19|20)[0-9]{{2}}))(?![\w/])
    | (?<![\w.:])(?P<clock>(?P<hour>[0-9]{{1,2}})(?:
        (?::|\.(?=[0-9]{{2}}\ ?{_AMPM}))(?P<minute>[0-5][0-9])
        (?P<secs>:[0-5][0-9])?(?![0-9])
        (?:\ ?(?P<half>{_AMPM}))?|\ ?(?P<half2>{_AMPM})))
    | (?<![\w])'?(?P<decade>[0-9]{{1,3}}0)'?s(?!\w)
    | (?<!\w)(?P<named>(?-i:{_NAMES})\.?(?:[ ]|-|[ ]No\.?[ ]|[ ]?\#)
        [0-9]{{1,9}}(?![,.]?[0-9]|[ ]?%|[ ]per[ ]?cent)(?:-[0-9]+)?(?:[A-Za-z]\b)?)
    | (?<!\w)(?P<nth>[0-9]{{1,9}})(?:st|nd|rd|th)(?![^\W_])
    | (?<![^\W_])(?P<code>(?-i:{"|".join(CODES)})|(?:US|AU?|CA?|NZ|HK|S|R)?\$|[€£¥₹₽₩₴₺₪₦₱]|Rs\.?)\ ?(?=[0-9.])
    | (?<![^\W_])(?P<fold>[0-9]{{1,4}})(?:-?fold|[x×])(?![^\W_])
    | (?<!\w)(?P<glued>(?!(?:{_WORDS})-)(?-i:[A-Z])[A-Za-z]{{0,9}}-?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[A-Za-z]{{0,3}}(?!\w)
        |[A-Za-z][0-9][A-Za-z0-9]{{1,4}}(?!\w))
    | (?<![^\W_])(?P<digit>[0-9]|\.(?=[0-9])|[{"".join(VULGAR)}])
    | (?<![^\W_])(?P<word>{_WORDS})(?![^\W_])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def date_key(date: WrittenDate) -> str:
    """Return what a date is compared by: 2024-5-3, with what is not written left out; of two readings both."""
    readings = ((date.year, date.month, date.day), *date.others)
    return "|".join("-".join("" if part is None else str(part) for part in one) for one in readings)


def special(start: re.Match[str], tag: str | None = None) -> Quantity | None:
    """Return a date, a time, a decade, an ordinal or a name, which its form alone tells."""
    for n in "1234":
        if start["month" + n] is not None:
            month = start["month" + n]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            day = "" if n == "3" else _day(start["day" + n])
            key = f"{start['year' + n] or ''}-{number}-{day}"
            return made(start, QuantityKind.DATE, Fraction(0), key=key)
    if start["slashed"]:
        date = date_at(start["slashed"], 0, tag)
        return made(start, QuantityKind.DATE, Fraction(0), key=start["slashed"] if date is None else date_key(date))
    if start["clock"]:
        half = (start["half"] or start["half2"] or "")[:1].lower()
        hour = int(start["hour"])
        hour = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
        return made(
            start,
            QuantityKind.TIME,
            Fraction(0),
            key=f"{hour}:{start['minute'] or '00'}{start['secs'] or ''}{half and '!'}",
        )
    if start["decade"]:
        return made(start, QuantityKind.DECADE, Fraction(start["decade"]), key=start["decade"])
    if start["nth"]:
        return made(start, QuantityKind.ORDINAL, Fraction(start["nth"]), unit="ordinal")
    if start["fold"]:
        return made(start, QuantityKind.MULTIPLE, Fraction(start["fold"]), unit="times")
    name = start["named"] or start["glued"]
    if name:
        digits = re.sub(r"[^0-9]", "", name)
        simple = re.fullmatch(r"[^0-9]+[0-9]+", name) and start["named"]
        return made(start, QuantityKind.NAME, Fraction(digits if simple else 0), key=re.sub(r"[\W_]", "", name).lower())
    return None


def _day(written: str) -> str:
    """Return a day of the month in digits, as it is or in words: "23rd", "the fourth", "twenty-three"."""
    plain = written.lower().removeprefix("the ")
    if plain[:1].isdigit():
        return str(int(re.sub(r"[^0-9]", "", plain)))
    found = figure(plain, 0)
    return str(found.value) if found else plain


def made(start: re.Match[str], kind: QuantityKind, value: Fraction, *, key: str = "", unit: str = "") -> Quantity:
    return Quantity(Span(*start.span()), start[0], kind, value, value, key=key, unit=unit)
