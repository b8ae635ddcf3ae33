"""How languages set figures, as the readers of numbers ask for it: made of the table of a language once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from attrs import evolve, frozen

from ..languages import LanguageTable, table
from ..languages.dating import beginnings
from ..scripts import HANGUL, SPACELESS
from .quantity import Hedge
from .spelling import HEDGES, LONGEST_HEDGE, SCALES
from .spoken import begins
from .units import UNITS

STUCK = "\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3"
"""Letters of Hebrew and Arabic, which set some words of one letter before a figure without a space."""

NONE = {name: rf"(?P<{name}>(?!))" for name in ("after", "nth", "word")}
"""Groups of a pattern that match nothing."""


@frozen(eq=False)
class Language:
    """A language's decimal mark ("" where it is not known), the words that multiply, whether it is read as English is.

    `halves` are the parts in `and_a_half`; `hedges` what is said of a number before it, or after it as in `after`;
    `units` the names of units by what they are called here, `per` what stands before one where the amount is for it,
    `join` what makes a range of two figures, `of` what makes a share of them; `table` has the rest.
    """

    tag: str | None
    table: LanguageTable
    decimal: str
    scales: Mapping[str, int]
    scale: re.Pattern[str]
    spelt: bool = False
    and_a_half: re.Pattern[str] | None = None
    hedges: Mapping[str, Hedge] = HEDGES
    longest_hedge: int = LONGEST_HEDGE
    after: re.Pattern[str] | None = None
    units: Mapping[str, str] = UNITS
    named_units: re.Pattern[str] | None = None
    per: re.Pattern[str] | None = None
    join: re.Pattern[str] | None = None
    of: re.Pattern[str] | None = None

    @property
    def in_words(self) -> bool:
        """Whether it is another language than English whose numbers are read in words, too."""
        return not self.spelt and bool(self.table.numbers.words)


def _any(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _pattern(pattern: str, words: Mapping[str, object] | tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern with some words in it; None where there are none."""
    return re.compile(pattern.replace("{}", _any(words)), re.IGNORECASE) if words else None


def _scale(scales: Mapping[str, int], *, spelt: bool = False) -> re.Pattern[str]:
    ends = "" if any(re.match(f"[{SPACELESS}{HANGUL}]", word) for word in scales) else r"(?!\w)"
    return re.compile(rf"[ -]?(?:({_any(scales)}){'s?' * spelt}){ends}", re.IGNORECASE)


ENGLISH = Language("en", LanguageTable("en", decimal="."), ".", SCALES, _scale(SCALES, spelt=True), spelt=True)


@lru_cache
def language(tag: str | None) -> Language:
    """Return how the language of a tag ("de", "es-MX") sets figures; no tag is English."""
    wanted = (tag or "en").lower().replace("_", "-")
    if wanted == "en":
        return ENGLISH
    if wanted.partition("-")[0] == "en":
        return evolve(ENGLISH, tag=wanted, decimal=table(wanted).decimal)
    known = table(wanted)
    words = known.numbers
    scales = {word: size for word, size in {**words.scales, **words.short}.items() if size >= 1000 or words.glued}
    hedges = {phrase: Hedge[name.upper()] for phrase, name in words.hedges.items()}
    return Language(
        wanted,
        known,
        known.decimal,
        scales,
        _scale(scales),
        and_a_half=re.compile(rf" ?{words.and_a_half}(?!\w)", re.IGNORECASE) if words.and_a_half else None,
        hedges=hedges or HEDGES,
        longest_hedge=max((len(phrase.split()) for phrase in hedges), default=LONGEST_HEDGE),
        after=re.compile(rf" (?:{_any(words.over)})(?!\w)", re.IGNORECASE) if words.over else None,
        units={**UNITS, **words.units},
        named_units=_pattern(r"(?: (?:de |d')?|-)(?P<unit>{})(?!\w)", words.units),
        per=_pattern(rf" (?:{_any(words.per)}) (?P<unit>{{}})(?!\w)", words.units if words.per else ()),
        join=re.compile(rf" ?- ?(?=[\w$€£¥.])| (?P<word>{_any(words.range)}) (?=[\w$€£¥.])", re.IGNORECASE),
        of=_pattern(r" (?:(?P<every>{}) |".replace("{}", re.escape(words.every) or "(?!)") + r"(?:{}) )", words.of),
    )


@lru_cache
def start(tag: str) -> re.Pattern[str]:
    """Return the pattern of where the numbers of a text in another language than English begin.

    Its groups are those of `starts.START`, but for dates, which `languages.dating` reads: `dated` may begin one.
    """
    words = language(tag).table.numbers
    clock = (
        rf"[ ]?(?P<half>{_any(words.clock)})(?![^\W\d_])[ ]?(?P<after>[0-5][0-9](?![0-9]))?"
        if words.clock
        else NONE["after"]
    )
    marks = (
        rf"(?P<nth>[0-9]{{1,4}})\.?(?:{_any(words.ordinal_marks)})(?![^\W_])" if words.ordinal_marks else NONE["nth"]
    )
    edge = rf"(?<![^\W_{SPACELESS}{HANGUL}{STUCK}])"
    named = rf"(?<![^\W_])(?P<word>{begins(tag)})(?![^\W_])" if words.words and not words.glued else _glued_word(tag)
    return re.compile(
        rf"""
          (?P<skip>\[[0-9]{{1,3}}\] | \b(?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w.-]+
            | \+[0-9][0-9 ()-]{{6,20}}[0-9])
        | (?<![\w.:])(?P<clock>(?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-5][0-9])(?P<secs>:[0-5][0-9])?(?![0-9])
            (?:[ ]?(?:{_any(words.clock)})(?!\w))? | {clock}))
        | (?<![^\W_])(?P<dated>(?:{beginnings(tag) or "(?!)"})(?=[. ]))
        | {edge}{marks}
        | (?<![^\W_])(?P<code>(?-i:[A-Z]{{3}})(?=[ ][0-9])|(?:US|AU?|CA?|NZ|HK|S|R)?\$|[€£¥₹₽₩₴₺₪₦₱])[ ]?(?=[0-9.])
        | {edge}(?P<glued>(?:(?-i:[A-Z])[A-Za-z]{{0,9}}-?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[A-Za-z]{{0,3}}
            |[A-Za-z][0-9][A-Za-z0-9]{{1,4}})(?![^\W{SPACELESS}{HANGUL}]))
        | {edge}(?P<digit>[0-9]|[½⅓⅔¼¾⅛])
        | {named}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _glued_word(tag: str) -> str:
    """Return the pattern of a number that is one word, or of a sign of one: whether it is one, its reader tells."""
    words = language(tag).table.numbers
    if not words.words:
        return NONE["word"]
    if any(re.match(f"[{SPACELESS}]", word) for word in words.words):
        return rf"(?P<word>[{''.join({*words.words, *words.bare})}])"
    return rf"(?<![^\W_])(?P<word>(?:{begins(tag)})(?=[^\W\d_]*))"
