"""One figure of a sentence written otherwise, or made another: what a reader of figures must accept, and what never.

The changes are of two sets, that of the rules' own building and a second one (`LATER`) that was written after it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

Change = Callable[[str, random.Random], str | None]
"""From a sentence to the same with one change; None where it has no place for it."""

WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
VALUES = {word: at for at, word in enumerate(WORDS, start=2)}
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_SMALL += "seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_PLAIN = r"(?<![\w.,:/$€£-])"
_END = r"(?![\w%/:-]|[.,][0-9]|\u2013)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_COUNT = rf"{_PLAIN}(?P<n>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[1-9][0-9]{{2}}){_END}(?= [a-z]+s\b)"
_HEDGED = (
    r"(?<!than )(?<!least )(?<!most )(?<!over )(?<!about )(?<!nearly )(?<!some )(?<!to )(?<!and )(?<!around )(?<!of )"
)
_UNITS = {"years": (12, "months"), "weeks": (7, "days"), "hours": (60, "minutes"), "days": (24, "hours")}
_SHARES = {25: "a quarter", 50: "half", 75: "three quarters", 20: "one in five", 40: "two in five", 10: "one in ten"}
_NTH = {"third": "3rd", "fourth": "4th", "fifth": "5th"}
_NEXT = {"third": "fourth", "fourth": "fifth", "fifth": "third"}
_TURNED = {"rose": "fell", "fell": "rose", "increased": "dropped", "dropped": "increased"}
_FOLD = {"doubled": "increased by 100 percent", "tripled": "increased by 200 percent", "halved": "fell by 50 percent"}


def one(pattern: str, make: Callable[[re.Match[str], random.Random], str | None], flags: int = 0) -> Change:
    """Return a change of one place, drawn from those that fit a pattern."""
    compiled = re.compile(pattern, flags)

    def change(said: str, rng: random.Random) -> str | None:
        places = list(compiled.finditer(said))
        if not places:
            return None
        place = rng.choice(places)
        made = make(place, rng)
        return None if made is None else said[: place.start()] + made + said[place.end() :]

    return change


def spelt(number: int) -> str:
    """Return a number below a million in words."""
    if number >= 1000:
        rest = number % 1000
        joint = " and " if 0 < rest < 100 else " " if rest else ""
        return f"{spelt(number // 1000)} thousand{joint}{spelt(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return f"{_SMALL[number // 100]} hundred{' and ' * bool(rest)}{spelt(rest) if rest else ''}"
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    return _SMALL[number]


def _whole(written: str) -> int:
    return int(written.replace(",", ""))


def _rounded(number: int, how: str) -> int:
    """Return a number with two digits kept."""
    size = 10 ** max(0, len(str(number)) - 2)
    return int((Decimal(number) / size).quantize(Decimal(1), how)) * size


def _in_words(place: re.Match[str], _: random.Random) -> str | None:
    return WORDS[int(place[0]) - 2] if 2 <= int(place[0]) <= 16 else None


def _millions(place: re.Match[str], _: random.Random) -> str | None:
    number = _whole(place[0])
    return f"{number / 1e6:g} million" if number >= 1_000_000 and number % 100_000 == 0 else None


def _zeros(place: re.Match[str], _: random.Random) -> str:
    return f"{round(float(place[1]) * 10) * (100_000 if place[2] == 'million' else 100_000_000):,}"


def _digit(place: re.Match[str], rng: random.Random) -> str:
    digits = [c for c in "0123456789" if c != place[0]]
    return rng.choice(digits[1:] if place[0] != "0" else digits)


def _exchanged(said: str, rng: random.Random) -> str | None:
    places = list(re.finditer(rf"{_PLAIN}[0-9][0-9,]*(?:\.[0-9]+)?{_END}", said))
    if len(places) < 2:
        return None
    one, other = sorted(rng.sample(places, 2), key=lambda place: place.start())
    return said[: one.start()] + other[0] + said[one.end() : other.start()] + one[0] + said[other.end() :]


def _other_bound(place: re.Match[str], _: random.Random) -> str:
    other = {
        "more than": "fewer than", "fewer than": "more than", "less than": "more than", "at least": "at most",
        "at most": "at least", "over": "under", "nearly": "more than",
    }[place[0].lower()]  # fmt: skip
    return other.capitalize() if place[0][0].isupper() else other


def _unit(place: re.Match[str], _: random.Random) -> str:
    return {"km": "miles", "miles": "km", "tonnes": "kg", "percent": "percentage points", "%": " percentage points",
            "percentage points": "percent", "$": "€", "€": "£", "£": "$"}[place[0]]  # fmt: skip


def _scale(place: re.Match[str], _: random.Random) -> str:
    return "billion" if place[0] == "million" else "million"


def _about(place: re.Match[str], _: random.Random) -> str | None:
    number = _whole(place["n"])
    near = _rounded(number, ROUND_HALF_UP)
    return f"about {near:,}" if near != number and abs(near - number) * 12 <= number else None


def _wrongly_about(place: re.Match[str], rng: random.Random) -> str | None:
    number = _whole(place["n"])
    size = 10 ** max(0, len(str(number)) - 2)
    near = _rounded(number, ROUND_HALF_UP) + rng.choice((-1, 1)) * size
    return f"about {near:,}" if number >= 100 and near != number and near % (10 * size) else None


def _truncated(place: re.Match[str], _: random.Random) -> str | None:
    return place[0][:-1] if place[0][-1] in "56789" and not place[0].endswith(".5") else None


def _more_than(place: re.Match[str], _: random.Random) -> str | None:
    number = _whole(place["n"])
    under = _rounded(number, ROUND_FLOOR)
    return f"more than {under:,}" if under < number else None


def _more_than_more(place: re.Match[str], _: random.Random) -> str:
    number = _whole(place["n"])
    return f"more than {_rounded(number, ROUND_FLOOR) + 10 ** max(0, len(str(number)) - 2):,}"


def _in_other_time(by: int) -> Callable[[re.Match[str], random.Random], str]:
    def change(place: re.Match[str], rng: random.Random) -> str:
        times, unit = _UNITS[place[2]]
        written = place[1].lower()
        return (
            f"{(VALUES[written] if written in VALUES else int(written)) * times + by * rng.randrange(1, times)} {unit}"
        )

    return change


def _share(place: re.Match[str], _: random.Random) -> str | None:
    return _SHARES.get(int(place[1]))


def _other_share(place: re.Match[str], rng: random.Random) -> str | None:
    value = int(place[1])
    others = [words for share, words in _SHARES.items() if share != value]
    return rng.choice(others) if value in _SHARES else None


def _other_per(place: re.Match[str], _: random.Random) -> str | None:
    return place[0].replace(" per ", " a ") if " per " in place[0] else re.sub(r" an? ", " per ", place[0])


def _wider(place: re.Match[str], _: random.Random) -> str:
    return f"between {place[1]} and {int(place[2]) + 3}"


def _tenfold(place: re.Match[str], rng: random.Random) -> str:
    number = _whole(place["n"])
    return f"{number * 10:,}" if number % 10 or rng.random() < 0.5 else f"{number // 10:,}"


_BOUNDS = "[Mm]ore than|[Ff]ewer than|[Ll]ess than|[Aa]t least|[Aa]t most|[Oo]ver|[Nn]early"
_LENGTH = rf"(?<![\w.,:-])([1-9]|[1-9][0-9]|{'|'.join(WORDS)}) (years|weeks|hours)\b(?! (?:old|and|of age))"
_PER = (
    r"(?<=[a-z0-9]) (?:an?|per) (?:day|week|month|year|person|head)\b"
    r"(?! (?:after|before|later|earlier|ago|of|for|per))"
)
_PER_AFTER = rf"(?P<n>[0-9][0-9,.]*(?: million| billion)?(?: [a-z]+s)?){_PER}"

REFORMATTED: dict[str, Change] = {
    "in words": one(rf"{_PLAIN}[0-9]{{1,2}}{_END}(?! {_MONTH})(?<!{_MONTH} ..)(?<!{_MONTH} .)", _in_words),
    "in digits": one(
        rf"\b(?:{'|'.join(WORDS)})\b(?!-)(?! (?:hundred|thousand|million|of\b))", lambda m, _: str(VALUES[m[0]])
    ),
    "in millions": one(rf"(?<!and ){_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}}){{2}}{_END}", _millions),
    "with zeros": one(r"(?<![\w.,])([0-9]{1,3}\.[0-9]) (million|billion)\b", _zeros),
    "percent": one(
        r"%|(?<=[0-9]) per ?cent(?=[ .,])", lambda m, r: "%" if m[0] != "%" else r.choice((" per cent", " percent"))
    ),
    "without commas": one(rf"{_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}})+{_END}", lambda m, _: m[0].replace(",", "")),
    "with no-break spaces": one(
        rf"{_PLAIN}[0-9]{{1,3}}(?:,[0-9]{{3}})+{_END}", lambda m, _: m[0].replace(",", "\u00a0")
    ),
    "US$": one(r"(?<!\w)\$(?=[0-9])", lambda m, _: "US$"),
    "dollars": one(
        r"(?<!\w)\$([0-9.,]*[0-9](?: million| billion)?)(?![0-9A-Za-z-]|\u2013| trillion)",
        lambda m, _: f"{m[1]} dollars",
    ),
    "euros": one(
        r"€([0-9.,]*[0-9](?: million| billion)?)", lambda m, r: f"{m[1]} euros" if r.random() < 0.5 else f"EUR {m[1]}"
    ),
    "bn": one(r"(?<=[0-9]) billion\b", lambda m, _: "bn"),
    "kilometres": one(r"(?<=[0-9]) km\b", lambda m, _: " kilometres"),
    "other bound words": one(r"\b[Mm]ore than(?= [0-9$€£])", lambda m, _: "Over" if m[0][0] == "M" else "over"),
    "about": one(r"\b[Aa]bout(?= [0-9$€£])", lambda m, _: "Roughly" if m[0][0] == "A" else "around"),
}
ALTERED: dict[str, Change] = {
    "digit": one(r"(?<![A-Za-z\[])[0-9](?!\])", _digit),
    "scale": one(r"\b(?:million|billion|thousand)\b(?<=[0-9 ].......)", _scale),
    "unit": one(r"(?<=[0-9] )(?:km|miles|tonnes|percentage points|percent)\b|(?<=[0-9])%|[$€£](?=[0-9])", _unit),
    "bound": one(rf"\b(?:{_BOUNDS})(?= [0-9$€£])", _other_bound),
    "number word": one(rf"\b(?:{'|'.join(WORDS)})\b", lambda m, r: r.choice([word for word in WORDS if word != m[0]])),
    "exchanged": _exchanged,
}  # fmt: skip
LATER_REFORMATTED: dict[str, Change] = {
    "rounded": one(rf"{_HEDGED}{_COUNT}", _about),
    "as a bound": one(rf"{_HEDGED}{_COUNT}", _more_than),
    "in full words": one(
        rf"{_PLAIN}([0-9]{{1,3}},[0-9]{{3}}|[1-9][0-9]{{2}}){_END}(?= [a-z])", lambda m, _: spelt(_whole(m[1]))
    ),
    "decimal comma": one(
        r"(?<![\w.,$€£-])([0-9]{1,3})\.([0-9]{1,2})(?=%| percent| million)", lambda m, _: f"{m[1]},{m[2]}"
    ),
    "other time": one(_LENGTH, _in_other_time(0)),
    "share": one(r"(?<![\w.,$-])([0-9]{2})(?:%| per ?cent\b)(?= of)", _share),
    "from and to": one(
        rf"\bbetween (?=\$?[0-9.]+ and \$?[0-9.]+{_END})(\S+) and (\S+)", lambda m, _: f"from {m[1]} to {m[2]}"
    ),
    "to": one(
        r"(?<![\w.,-])([0-9]{1,2})[-\u2013]([0-9]{1,2})(?= (?:percent|years|days|hours|minutes|people))",
        lambda m, _: f"{m[1]} to {m[2]}",
    ),
    "score": one(r"(?<![\w.,-])([3-9])[-\u2013]([12])(?![\w-]|[-\u2013.,][0-9])", lambda m, _: f"{m[1]} to {m[2]}"),
    "fold": one(r"\b(?:doubled|tripled|halved)\b(?=[.,;]| in | over | since )", lambda m, _: _FOLD[m[0]]),
    "per": one(_PER, _other_per),
    "dozen": one(rf"{_PLAIN}(?:24|36|48){_END}(?= [a-z]+s\b)", lambda m, _: f"{spelt(int(m[0]) // 12)} dozen"),
    "ordinal": one(r"\b(?:third|fourth|fifth)\b(?= [a-z])", lambda m, _: _NTH[m[0]]),
    "thousand": one(rf"{_PLAIN}([0-9]{{1,3}}),000{_END}", lambda m, _: f"{m[1]} thousand"),
    "yen": one(r"(?<!\w)\u00a5([0-9.,]*[0-9](?: million| billion)?)", lambda m, _: f"{m[1]} yen"),
}
LATER_ALTERED: dict[str, Change] = {
    "rounded wrongly": one(rf"{_HEDGED}{_COUNT}", _wrongly_about),
    "truncated": one(r"(?<![\w.,])[0-9]{1,3}\.[0-9]{2}(?=%| percent| million| billion)", _truncated),
    "beyond a bound": one(rf"{_HEDGED}{_COUNT}", _more_than_more),
    "rate dropped": one(_PER_AFTER, lambda m, _: m["n"]),
    "rate added": one(
        r"(?<![\w-])\$[0-9.,]*[0-9](?: million| billion)?(?=[.,;] | (?:in|for|to|on|after|by|and)\b)",
        lambda m, r: f"{m[0]} {r.choice(('per person', 'a month', 'a day', 'per household'))}",
    ),
    "year as a count": one(
        r"\b[Ii]n ((?:19|20)[0-9]{2}),? (?=(?!years\b)[a-z]{3,}[a-rt-z]s\b)", lambda m, _: f"{m[1]} "
    ),
    "other time": one(_LENGTH, _in_other_time(1)),
    "share": one(r"(?<![\w.,$-])([0-9]{2})(?:%| per ?cent\b)(?= of)", _other_share),
    "an end of a range": one(rf"\bbetween (?=[0-9]{{1,3}} and [0-9]{{1,3}}{_END})([0-9]+) and ([0-9]+)", _wider),
    "tenfold": one(rf"{_HEDGED}{_COUNT}", _tenfold),
    "fold": one(r"\b(?:doubled|tripled)\b", lambda m, _: "tripled" if m[0] == "doubled" else "doubled"),
    "up for down": one(
        r"\b(rose|fell|increased|dropped)(?= (?:by )?\$?[0-9.,]+(?:%| percent| points))", lambda m, _: _TURNED[m[0]]
    ),
    "to for by": one(
        r"\b(rose|fell|grew|increased|dropped|declined) (?=[0-9.,]+(?:%| percent))", lambda m, _: f"{m[1]} to "
    ),
    "ordinal": one(r"\b(?:third|fourth|fifth)\b(?= [a-z])", lambda m, _: _NEXT[m[0]]),
    "score turned": one(r"(?<![\w.,-])([3-9])[-\u2013]([12])(?![\w-]|[-\u2013.,][0-9])", lambda m, _: f"{m[2]}-{m[1]}"),
    "exactly": one(r"\b(?:[Mm]ore than|[Aa]t least|[Ff]ewer than) (?=[0-9])", lambda m, _: ""),
}
