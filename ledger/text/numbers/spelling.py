"""Number words of English, and the words that hedge a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from .quantity import Hedge

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "lakh": 10**5, "lac": 10**5, "crore": 10**7, "dozen": 12,
}  # fmt: skip
ABBREVIATED = {
    "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "B": 10**9,
    "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "cr": 10**7,
}  # fmt: skip
VAGUE = {word + "s": value for word, value in SCALES.items()} | {"scores": 20, "crores": 10**7, "tens": 10}

_ORDINAL_STEMS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
ORDINALS = (
    _ORDINAL_STEMS
    | {word + "th": value for word, value in SMALL.items() if value > 12}
    | {word[:-1] + "ieth": value for word, value in TENS.items()}
)
FRACTIONS = (
    {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
    | {word: value for word, value in ORDINALS.items() if value > 2}
    | {word + "s": value for word, value in ORDINALS.items() if value > 2}
)
"""From the name of a part to how many of it make the whole."""

VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
MULTIPLES = (
    dict.fromkeys(("double", "doubled", "doubles", "doubling", "twice", "twofold"), Fraction(2))
    | dict.fromkeys(("triple", "tripled", "triples", "tripling", "trebled", "thrice"), Fraction(3))
    | dict.fromkeys(("quadruple", "quadrupled", "quadruples", "quadrupling"), Fraction(4))
    | dict.fromkeys(("quintupled", "quintuple"), Fraction(5))
    | dict.fromkeys(("halved", "halves", "halving"), Fraction(1, 2))
    | {word + "fold": Fraction(value) for word, value in (SMALL | TENS).items() if value > 1}
    | {"hundredfold": Fraction(100), "thousandfold": Fraction(1000)}
)

_HEDGES = {
    Hedge.ABOUT: "about | around | roughly | approximately | approx | approx. | some | circa | ca | c. | ~ | ≈ | "
    "an estimated | estimated | in the region of | more or less | close to | or so | or thereabouts | give or take",
    Hedge.NEARLY: "nearly | almost | just under | just short of | not quite | approaching | close on | just below | "
    "slightly less than | a little under",
    Hedge.MORE_THAN: "more than | over | above | greater than | in excess of | exceeding | exceeds | exceeded | "
    "upwards of | upward of | well over | just over | higher than | larger than | longer than | > | topped | beyond",
    Hedge.AT_LEAST: "at least | no fewer than | no less than | not less than | not fewer than | a minimum of | "
    "minimum of | or more | or above | or over | and over | and above | and more | + | plus | ≥ | >=",
    Hedge.LESS_THAN: "less than | fewer than | under | below | lower than | smaller than | shorter than | <",
    Hedge.UP_TO: "up to | at most | no more than | not more than | as many as | as much as | a maximum of | "
    "maximum of | not exceeding | or less | or fewer | or under | or below | and under | ≤ | <=",
}
HEDGES = {words.strip(): hedge for hedge, phrases in _HEDGES.items() for words in phrases.split("|")}
HEDGE_ENDS = frozenset(words.split()[-1] for words in HEDGES)
"""The last words of hedges."""

LONGEST_HEDGE = max(len(words.split()) for words in HEDGES)

NAMED = frozenset(
    """
    airbus antonov apollo appendix article boeing bus chapter channel clause class covid falcon figure flight form
    formula gate group highway interstate item level line lot m model no number nos page paragraph part phase platform
    psalm resolution road room route rule schedule section soyuz stage step table terminal track type unit version
    volume windows world xbox playstation iphone galaxy
    """.split()
)
"""What a number names when it stands after one of these, written with a capital."""


def beginnings(words: Iterable[str]) -> str:
    """Return a pattern that all these words begin with, and few others: their first three letters."""
    after: dict[str, set[str]] = {}
    for word in words:
        after.setdefault(word[0].lower(), set()).add(re.escape(word[1:3].lower()) or r"(?![^\W_])")
    return "|".join(f"{re.escape(first)}(?:{'|'.join(sorted(rest))})" for first, rest in sorted(after.items()))
