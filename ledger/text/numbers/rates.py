"""What an amount is for: "$40 per person", "12 a day", "900 euros each month", "9 litres/hour"."""

from __future__ import annotations

import re

from .units import FACTORS, UNITS

_SAME = {
    "capita": "person", "head": "person", "people": "person", "individual": "person", "inhabitant": "person",
    "resident": "person", "annum": "year", "daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour",
    "nightly": "night", "annually": "year", "yearly": "year", "apiece": "each",
}  # fmt: skip
"""From a word for what an amount is for to the one that stands for all of them."""

_TIME = "second|minute|hour|day|night|week|fortnight|month|year|decade|century|shift|game"
_THING = (
    "person|head|piece|share|barrel|unit|seat|ticket|gallon|litre|liter|kilo|kilogram|pound|ton|tonne|ounce|acre|"
    "hectare|mile|kilometre|kilometer|metre|pop"
)
_OF_ONE = f"{_TIME}|{_THING}"
"""What "a" may stand before where it means "per"; after "per", "each" and "every" any noun may stand."""

_OTHER_TIME = (
    r"(?!\ (?:after|before|later|earlier|ago|early|long|old|or|and|of|from\ (?:now|then|today)|in\ advance|that|which|"
    r"when)\b|-)"
)
_ENDS = r"(?=[.,;:!?)]|$|\ (?:by|in|on|from|to|for|at|and|since|until)\b)"
_NO_NOUN = "per|an?|each|every|for|and|or|in|of|to|the|from|on|at|by|with|is|are|was|were"
_RATE = re.compile(
    rf"""
    (?P<gap>(?:\ (?!(?:{_NO_NOUN})\b)[^\W\d_]+){{0,2}}?)
    (?:\ ?/\ ?(?P<slash>{_OF_ONE}|hr|h|kg|yr|mo)\b(?!/)
    |\ per\ (?P<per>(?!(?:cent|mille?|se|hundred|thousand|million|billion)\b)[a-z]+)
    |(?:,?\ an?\ |-an?-)(?P<one>(?:{_TIME})\b{_OTHER_TIME}|(?:{_THING})\b(?!-))
    |\ (?:for\ |to\ |from\ )?(?:each|every)\ (?P<each>(?:{_OF_ONE})\b|(?<=for\ each\ )[a-z]+|(?<=for\ every\ )[a-z]+)
    |\ (?P<adverb>daily|weekly|monthly|hourly|nightly|annually|yearly|apiece|each){_ENDS})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SPOKEN = {
    "year": "salary|annual|annually|yearly|each year|every year|a year|per year|per annum",
    "day": "daily|each day|every day|a day|per day",
    "week": "weekly|each week|every week|a week|per week",
    "month": "monthly|each month|every month|a month|per month",
    "hour": "hourly|each hour|every hour|an hour|per hour",
    "person": "per capita|per person|per head|each|individually|apiece",
    "each": "each|apiece|every|per",
}
"""Words by which a text may say that its amounts are for one, away from the amount."""

SPOKEN = {one: re.compile(rf"\b(?:{words})\b") for one, words in _SPOKEN.items()}


def rate(text: str, end: int, *, counted: bool) -> tuple[str, int]:
    """Return what an amount that ends at `end` is for, "" where it is for nothing, and where that ends.

    `counted` says that the amount has no unit, so that up to two words of what is counted may stand between.
    """
    found = _RATE.match(text, end)
    if found is None or (found["gap"] and not counted) or ((found["adverb"] or "").lower() == "each" and found["gap"]):
        return "", end
    written = next(found[name] for name in ("slash", "per", "one", "each", "adverb") if found[name])
    return _name(written), found.end()


def same_rate(one: str, other: str) -> bool:
    """Return whether two amounts are for the same: "each" may be any one thing."""
    return one == other or (bool(one and other) and "each" in (one, other))


def _name(written: str) -> str:
    word = written.lower()
    word = _SAME.get(word) or _SAME.get(word.removesuffix("s"), word)
    unit = UNITS.get(word) or UNITS.get(word.removesuffix("s"))
    return unit if unit in FACTORS and FACTORS[unit][0] != "share" else word.removesuffix("s")
