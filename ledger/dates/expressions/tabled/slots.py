"""The slots of forms, filled with the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ....text.languages import LanguageTable
from ..lexicon import S
from ..rule import DIGIT
from ..value import Unit
from .forms import Slot, first_word, written

_UNITS = frozenset(unit.value for unit in Unit)
_ROMAN = r"(?-i:X{0,2}(?:IX|IV|V?I{1,3}|V|X))"
_WORDS = r"[^\W\d_]+(?:-[^\W\d_]+)*"
"""What may be a number in words: which are, their maker says."""

_YEAR_END = r"(?![\w]|[.,/:-][0-9])"
_ROMANS = tuple(f"{ten}{one}" for ten in ("", "x", "xx") for one in "i ii iii iv v vi vii viii ix x".split())


def units(table: LanguageTable) -> Mapping[str, Unit | str]:
    """Return the words of a language for units of time; "weekend" is none of `Unit`."""
    words = {**table.numbers.units, **table.time.units}
    return {
        word: Unit(unit) if unit in _UNITS else unit for word, unit in words.items() if unit in {*_UNITS, "weekend"}
    }


def counts(table: LanguageTable) -> Mapping[str, int]:
    """Return the words of a language for whole numbers below a hundred."""
    known = {word: int(value) for word, value in table.numbers.words.items() if value.denominator == 1 and value < 101}
    tens = {word: value for word, value in known.items() if value in range(20, 100, 10)}
    ones = {word: value for word, value in known.items() if 0 < value < (20 if table.numbers.rooms else 10)}
    joiners = table.numbers.joiners
    glued = {
        f"{one}{joiner}{ten}": a + b
        for ten, b in tens.items() for one, a in ones.items() for joiner in joiners
        if table.numbers.inverted
    }  # fmt: skip
    apart = {
        f"{ten}{between}{one}": a + b
        for ten, b in tens.items() for one, a in ones.items() for between in (*(f" {j} " for j in joiners), "-")
        if not table.numbers.inverted
    }  # fmt: skip
    return {**apart, **glued, **known}


def slots(table: LanguageTable) -> Mapping[str, Slot]:
    """Return the slots that a language's forms may have, by their letters.

    {d} a day, {d2} the last of two, {M} a month or its short form, {N} its name, {y} a year of four figures, {Y} one
    of fewer, {W} a weekday, {n} a count, {u} a unit, {x} how far it is from now, {c} how far from the date before it,
    {p} a part, {s} a season, {D} a decade, {E} one in words, {R} the number of a century, {o} an ordinal, {e} an era,
    {t} a word for a day, {h} an hour, {v} a word for a time without a day, {r} one for what recurs, {j} a word for a
    year.
    """
    time, digit = table.time, frozenset({DIGIT})
    marks = "|".join(written(mark) for mark in sorted(table.numbers.ordinal_marks, key=len, reverse=True))
    # "1º", "1er", "3." in German: with a space behind the stop.
    mark = r"\." if table.sentences.ordinals else rf"(?:\.?[º°oª]|{marks})" if marks else r"\.?[º°]"
    firsts = _either(time.firsts)
    day = rf"[0-9]{{1,2}}(?![0-9])(?:{mark})?|{firsts}"
    weekdays = time.weekdays or {name.lower(): at for at, name in enumerate(table.weekdays)}
    joined = rf"(?:{'|'.join(map(written, time.joined))})?" if time.joined else ""
    joined_weekdays = {f"{day}{end}" for day in weekdays for end in ("", *time.joined)}
    names = {name.lower(): at for at, name in enumerate(table.months, 1)}
    ordinals = _either(time.ordinals)
    numbered = frozenset(map(first_word, time.ordinals))
    return {
        "d": Slot(rf"(?P<day>{day})(?!\w)", digit | frozenset(map(first_word, time.firsts))),
        "d2": Slot(rf"(?P<last>{day})(?!\w)", digit),
        "M": Slot.of("month", table.month_of, after=r"\.?"),
        "N": Slot.of("month", names),
        "y": Slot(rf"(?P<year>[12][0-9]{{3}}){_YEAR_END}", digit),
        "Y": Slot(rf"(?P<year>[0-9]{{1,4}}){_YEAR_END}", digit),
        "W": Slot(rf"(?P<weekday>{_either(weekdays)}){joined}(?!\w)", frozenset(map(first_word, joined_weekdays))),
        "n": Slot(
            r"(?P<count>[0-9]{1,3}(?:[. \u00a0\u202f][0-9]{3})+|[0-9]{1,6}(?![.,]?[0-9])|"
            rf"{_either(time.some)}|{_WORDS}(?:{S}{_either(table.numbers.joiners)}{S}{_WORDS})?)(?!\w)",
            digit | frozenset(map(first_word, (*counts(table), *time.some))),
        ),
        "u": Slot.of("unit", units(table)),
        "x": Slot.of("beside", time.beside),
        "c": Slot.of("counted", time.counted),
        "p": Slot.of("part", time.parts),
        "s": Slot.of("season", time.seasons),
        "D": Slot(
            rf"(?P<decade>['’]?[0-9]0|[12][0-9]{{2}}0|{_either(time.decades)})(?![0-9]|[.,][0-9])",
            digit | frozenset(map(first_word, time.decades)),
        ),
        "E": Slot.of("decade", time.decades),
        "R": Slot(
            rf"(?P<century>{_ROMAN}(?:{marks or '(?!)'})?(?!\w)|[0-9]{{1,2}}(?:{mark})?|{_WORDS})",
            digit | numbered | frozenset(map(first_word, counts(table)))
            | {f"{number}{end}" for number in _ROMANS for end in ("", *table.numbers.ordinal_marks)},
        ),
        "o": Slot(
            rf"(?P<ordinal>[1-4](?:{mark})|(?-i:IV|I{{1,3}})|{ordinals})(?!\w)",
            digit | numbered | frozenset(_ROMANS[:4]),
        ),
        "e": Slot.of("era", time.eras),
        "t": Slot.of("deictic", time.days),
        "h": Slot(r"(?P<hour>[0-9]{1,2})(?:\s?[:.hH]\s?(?P<minute>[0-5][0-9]))?(?![0-9])", digit),
        "v": Slot.of("vague", time.vague),
        "j": Slot.of("year_word", time.years),
        "r": Slot.of("recurs", time.recurs),
    }  # fmt: skip


def _either(phrases: Iterable[str]) -> str:
    return "|".join(written(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
