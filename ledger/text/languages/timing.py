"""How a language writes dates: its words for days, parts and units, and the forms in which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

_NONE: Mapping[str, Any] = MappingProxyType({})


class TimeWords(NamedTuple):
    """The words that dates are written with, in small letters, and the forms of dates; all empty where none are known.

    `forms` has the patterns of each kind of expression, as `ledger.dates` reads them. `days` are words for a day, by
    how many days it is away from today, `years` those for a year ("Vorjahr"); `beside` and `counted` are words at a
    unit, a month or a weekday ("last", "the same"), by how many units it is away from now, and from the date before
    it in the text. A word of `days` is none after one of `noun_after` ("la mañana").

    `parts` begin or end something; `units` are those that `NumberWords.units` lacks, `plurals` those of more than one
    unit. `seasons` have their number in EDTF, `decades` their digit, `ordinals` their number; `eras` are -1 before
    Christ and 1 after. `some` are counts that say no number, `firsts` words for the first of a month, `vague` words
    for a time without a day ("past", "present", "to come"), `recurs` those for what is of every day or year, by the
    unit.

    `ranges` are pairs of words, before the first date and between the two; `lists` stand between two dates that are
    named together. `year_after` are words after which four figures are a year; `bare_years` says that they are one
    without such a word. `joined` may stick to a weekday ("Montagabend"). `ahead`, `perhaps` and `done` tell that a
    sentence looks ahead or back; a star in them stands for the beginning of a word.
    """

    forms: Mapping[str, tuple[str, ...]] = _NONE
    days: Mapping[str, int] = _NONE
    beside: Mapping[str, int] = _NONE
    counted: Mapping[str, int] = _NONE
    parts: Mapping[str, str] = _NONE
    units: Mapping[str, str] = _NONE
    seasons: Mapping[str, int] = _NONE
    decades: Mapping[str, int] = _NONE
    ordinals: Mapping[str, int] = _NONE
    eras: Mapping[str, int] = _NONE
    weekdays: Mapping[str, int] = _NONE
    years: Mapping[str, int] = _NONE
    plurals: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    vague: Mapping[str, str] = _NONE
    recurs: Mapping[str, str] = _NONE
    noun_after: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    year_after: tuple[str, ...] = ()
    bare_years: bool = False
    joined: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


_NUMBERED = ("days", "beside", "counted", "seasons", "decades", "ordinals", "eras", "weekdays", "years")
_NAMED = ("parts", "units", "vague", "recurs")
_LISTED = ("some", "plurals", "firsts", "noun_after", "lists", "year_after", "joined", "ahead", "perhaps", "done")


def time_words(content: Mapping[str, Any]) -> TimeWords:
    """Return the words of the part `time` of a language's file: phrases with | between them, beside what they mean."""
    made: dict[str, Any] = {
        name: {phrase: int(value) for value, words in content.get(name, {}).items() for phrase in phrases(words)}
        for name in _NUMBERED
    }
    made |= {
        name: {phrase: value for value, words in content.get(name, {}).items() for phrase in phrases(words)}
        for name in _NAMED
    }
    made |= {name: phrases(content.get(name, "")) for name in _LISTED}
    made["forms"] = {kind: tuple(forms) for kind, forms in content.get("forms", {}).items()}
    made["ranges"] = tuple((before, between) for before, between in content.get("ranges", ()))
    return TimeWords(**made, bare_years=content.get("bare_years", False))


def phrases(words: str) -> tuple[str, ...]:
    """Return phrases that stand with | between them, in small letters."""
    return tuple(phrase.strip().lower() for phrase in words.split("|") if phrase.strip())
