"""Words as they are compared: folded, numbered, and what each is good for.

The lists of little words and of days know English. In other languages little words are known by how often they stand
in one text (see `Wording.telling`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from attrs import frozen

KEPT = 1 << 16
"""Words whose folded form is kept at hand."""

WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December"
).split()
_FUNCTION = frozenset(
    """
    a about after again against ago all also am among an and any are as at away be became because become been before
    being below between both but by can could did do does down during each either else even ever every few for from
    had has have having he her here hers him himself his how however i if in into is it its itself just last later
    least less like made make many may me might more most much must my neither never next no nor not now of off often
    on once one only onto or other our out over own per said same say saying says she should since so some still such
    than that the their them then there these they this those though through thus to told too toward towards two under
    until up upon us very was we were what when where whether which while who whom whose why will with within without
    would yet you your according nobody none cannot
    """.split()
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
        """.split()
    )
} | {
    word: str(number)
    for number, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_SMALL = frozenset(map(str, range(13)))
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "ly", "ion")
_STEM = 4


@frozen
class Word:
    """What is compared of a word: its number, its stem's; it says something if it is no name, date or little word."""

    number: int
    stem: int
    says: bool
    names: bool
    counts: bool


@lru_cache(KEPT)
def word(written: str) -> Word:
    """Return what is compared of a word, as it is written."""
    folded = written.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.replace("’", "'"))
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    folded = _NUMBERS.get(folded, folded).replace(",", "").removesuffix("'s")
    capital, little = written[0].isupper(), folded in _FUNCTION or folded.endswith("n't")
    says = len(folded) > 2 and not (little or capital or folded.isdigit())
    names = (capital and not little and written not in CALENDAR) or (folded.isdigit() and folded not in _SMALL)
    return Word(_number(folded), _number(stem(folded)), says, names, folded.isdigit())


def stem(word: str) -> str:
    """Return a word in lower case without its English ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word.removesuffix(ending)
            break
    word = word.rstrip("ey") if len(word) > _STEM else word
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] else word


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)
