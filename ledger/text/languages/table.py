"""The table of a language, read from its file when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from .timing import TimeWords, phrases, time_words

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

# What reads a table is loaded with the first one: most commands need none.


class SentenceWords(NamedTuple):
    """What tells the end of a sentence.

    A full stop after a word of `never` ends none, after one of `numbered` only where no figure follows, after one of
    `either` where one of `openers` follows, or anything if none are given. `ordinals` says that a figure with a full
    stop is an ordinal ("3. Mai"). `said` are verbs with which a sentence goes on after a quoted question.
    """

    never: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    openers: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    ordinals: bool = False


class NumberWords(NamedTuple):
    """How numbers are written in words.

    `words` add ("twenty"), `scales` multiply what stands before them ("thousand"); those of `bare` may begin a number.
    `joiners` may stand between them; `glued` says that a number is one word ("fünfhundert"), `inverted` that units
    come before tens. `rooms` are tens that more than a unit may follow ("soixante-dix"). The patterns of `range`,
    `between`, `of` and `over` are words, with | between them.
    """

    words: Mapping[str, Fraction] = MappingProxyType({})
    scales: Mapping[str, int] = MappingProxyType({})
    short: Mapping[str, int] = MappingProxyType({})
    ordinals: Mapping[str, Fraction] = MappingProxyType({})
    fractions: Mapping[str, Fraction] = MappingProxyType({})
    multiples: Mapping[str, Fraction] = MappingProxyType({})
    groups: Mapping[str, Fraction] = MappingProxyType({})
    vague: Mapping[str, str] = MappingProxyType({})
    hedges: Mapping[str, str] = MappingProxyType({})
    units: Mapping[str, str] = MappingProxyType({})
    halves: Mapping[str, Fraction] = MappingProxyType({})
    joiners: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()
    rooms: Mapping[int, int] = MappingProxyType({})
    glued: bool = False
    inverted: bool = False
    and_a_half: str = ""
    range: tuple[str, ...] = ()
    between: str = ""
    of: tuple[str, ...] = ()
    every: str = ""
    per: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    ordinal_marks: tuple[str, ...] = ()


class LanguageTable(NamedTuple):
    """What is known of a language.

    `tag` is its tag ("pt-br"), `decimal` its decimal mark, empty where that is not sure, `order` the order of day,
    month and year in a date of figures ("dmy"), empty where it differs from place to place; `quotes` are its pairs of
    quotation marks, outermost first. `dates` are the forms of its dates: {d}, {m} and {y} stand for figures, {M} for
    the name of a month; `month_of` has all of these in small letters. A year beyond 2400 is counted `era` years later.
    `particles` may follow a quoted word inside a word. `negations` deny what comes after them, those of
    `negations_after` what stands before.
    """

    tag: str
    name: str = ""
    decimal: str = ""
    order: str = ""
    era: int = 0
    quotes: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    particles: frozenset[str] = frozenset()
    negations: tuple[str, ...] = ()
    negations_after: tuple[str, ...] = ()
    month_of: Mapping[str, int] = MappingProxyType({})
    sentences: SentenceWords = SentenceWords()
    numbers: NumberWords = NumberWords()
    time: TimeWords = TimeWords()

    @property
    def whole(self) -> bool:
        """Whether its numbers are read in words, too, and not in digits alone."""
        return self.tag == "en" or self.tag.startswith("en-") or bool(self.numbers.hedges)


@lru_cache
def known() -> frozenset[str]:
    """Return the languages that have a table."""
    return frozenset(path.stem for path in _folder().glob("*.toml") if path.stem != "little_words")


def _folder() -> Path:
    from pathlib import Path

    return Path(__file__).parent


@lru_cache
def table(tag: str | None) -> LanguageTable:
    """Return the table of a tag ("de", "es-MX"), with what is otherwise in its region; no tag is English.

    A language that has none gets an empty table, and so does a guessed one for what differs between languages and
    does not show: its decimal mark and the order of its dates.
    """
    wanted = (tag or "en").lower().replace("_", "-")
    base, _, rest = wanted.partition("-")
    if base not in known():
        return LanguageTable(wanted)
    content = _content(base)
    regions: dict[str, dict[str, Any]] = content.get("regions", {})
    region = next((regions[part] for part in rest.split("-") if part in regions), {})
    merged = {**content, **region}
    for part in ("numbers", "sentences"):
        merged[part] = {**content.get(part, {}), **region.get(part, {})}
    if "x-guess" in rest:
        merged |= {"decimal": "", "order": ""}
    merged.pop("regions", None)
    return _table(wanted, merged)


@lru_cache
def _content(base: str) -> dict[str, Any]:
    import tomllib

    content: dict[str, Any] = tomllib.loads((_folder() / f"{base}.toml").read_text(encoding="utf-8"))
    return content


def _table(tag: str, content: dict[str, Any]) -> LanguageTable:
    plain: dict[str, Any] = {name: content[name] for name in ("name", "decimal", "order", "era") if name in content}
    rows: dict[str, Any] = {name: tuple(content.get(name, ())) for name in ("quotes", "dates", "months", "weekdays")}
    rows |= {name: tuple(content.get(name, "").split()) for name in ("negations", "negations_after")}
    particles = frozenset(content.get("particles", "").split())
    month_of = {
        name.strip().lower(): number
        for names in (content.get("short_months", ()), rows["months"])
        for number, several in enumerate(names, 1)
        for name in several.split("|")
    }
    said = content["sentences"]
    sentences = SentenceWords(
        **{name: frozenset(said.get(name, "").split()) for name in ("never", "numbered", "either")},
        openers=tuple(said.get("openers", "").split()),
        said=tuple(said.get("said", "").split()),
        ordinals=said.get("ordinals", False),
    )
    return LanguageTable(
        tag,
        **plain,
        **rows,
        particles=particles,
        month_of=month_of,
        sentences=sentences,
        numbers=_numbers(content["numbers"]),
        time=time_words(content.get("time", {})),
    )


def _numbers(content: dict[str, Any]) -> NumberWords:
    return NumberWords(
        words=_valued(content, "words"),
        scales={word: int(size) for word, size in _valued(content, "scales").items()},
        short={word: int(size) for word, size in _valued(content, "short", "|").items()},
        ordinals=_valued(content, "ordinals"),
        fractions=_valued(content, "fractions"),
        multiples=_valued(content, "multiples"),
        groups=_valued(content, "groups"),
        vague={word: name for name, words in content.get("vague", {}).items() for word in phrases(words)},
        hedges={phrase: name for name, words in content.get("hedges", {}).items() for phrase in phrases(words)},
        units={phrase: unit for unit, words in content.get("units", {}).items() for phrase in phrases(words)},
        halves={word: _fraction(part) for word, part in content.get("halves", {}).items()},
        joiners=tuple(content.get("joiners", ())),
        bare=frozenset(content.get("bare", "").split()),
        rooms={int(tens): room for tens, room in content.get("rooms", {}).items()},
        glued=content.get("glued", False),
        inverted=content.get("inverted", False),
        and_a_half=content.get("and_a_half", ""),
        range=phrases(content.get("range", "")),
        between=content.get("between", ""),
        of=phrases(content.get("of", "")),
        every=content.get("every", ""),
        per=phrases(content.get("per", "")),
        over=phrases(content.get("over", "")),
        clock=phrases(content.get("clock", "")),
        ordinal_marks=phrases(content.get("ordinal_marks", "")),
    )


def _valued(content: dict[str, Any], name: str, between: str | None = None) -> dict[str, Fraction]:
    """Return the value of each word of a part of the file, where words stand beside their value."""
    return {
        word.strip().lower(): _fraction(value)
        for value, words in content.get(name, {}).items()
        for word in words.split(between)
    }


def _fraction(value: str) -> Fraction:
    from fractions import Fraction

    return Fraction(value)
