"""One figure at a place of a text: digits or words, with scale and fraction, without its unit."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import evolve, frozen

from ..languages import NumberWords
from ..scripts import dense, is_hangul
from .languages import ENGLISH, Language
from .spelling import ABBREVIATED, FRACTIONS, ORDINALS, SCALES, SMALL, TENS, VULGAR
from .spoken import spoken_number

MOST_DIGITS = 40
"""Digits of a figure that is computed with; a longer one is compared as it is written."""

_WRITTEN = re.compile(
    r"[0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9.,]))?|[0-9]+(?:[.,][0-9]+)*|\.[0-9]+"
)
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]{1,3}(?:\.[0-9]{3})+")
_SLASH = re.compile(r"([0-9]{1,3})[/⁄]([0-9]{1,4})(?![\w/⁄])")
_SHORT_SCALE = re.compile(rf" ?({'|'.join(sorted(ABBREVIATED, key=len, reverse=True))})(?![^\W_])(?!²|³|/)")
_POWER = re.compile(r"\^-?[0-9]+|[eE][+-]?[0-9]+|[⁰¹²³⁴-⁹]+")
_NOTE = re.compile(r"\[[0-9]{1,3}\]|(?<=[0-9]{3})[⁰¹²³⁴-⁹]+(?![⁰¹²³⁴-⁹\w])")
"""The mark of a note; behind two digits or fewer a raised figure may be a power."""
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_COUNTABLE = ("hundred", "thousand", "million", "billion", "trillion")
_NEXT = re.compile(r"(?:,? and |[ -])([A-Za-z]+)")
_AND_A_HALF = re.compile(r" and (?:a (half|quarter)|three (quarters))\b", re.IGNORECASE)
_PART = re.compile(rf"[ -]({'|'.join(sorted(FRACTIONS, key=len, reverse=True))})\b", re.IGNORECASE)
_PART_OF = re.compile(rf"(?: of)? an? ({'|'.join(SCALES)})\b", re.IGNORECASE)
_POINT = re.compile(r" point((?:[ -](?:zero|oh|one|two|three|four|five|six|seven|eight|nine))+)\b", re.IGNORECASE)
_COUNTED = re.compile(r" (?:people|[a-z]+s)\b")


@frozen
class Figure:
    """A figure: its value and the place of its last digit, where it ends, and how it is written.

    `key` is set instead of a value where the digits can be read in two ways or are too many.
    """

    value: Fraction
    end: int
    step: Fraction = Fraction(1)
    digits: bool = False
    scaled: bool = False
    bare: bool = False
    ordinal: bool = False
    parts: tuple[Fraction, ...] = ()
    key: str = ""


def figure(text: str, at: int, *, money: bool = False, language: Language = ENGLISH) -> Figure | None:
    """Return the figure that begins at `at`, or None; `money` says that a currency stands before it."""
    first = text[at : at + 1]
    if first in VULGAR:
        return _scaled(text, Figure(VULGAR[first], at + 1, step=Fraction(1, 8), parts=_parts(VULGAR[first])), language)
    if first.isdigit() or first == ".":
        return _digits(text, at, money, language)
    if language.spelt:
        return _words(text, at)
    return _spoken(text, at, language) if language.in_words else None


def _digits(text: str, at: int, money: bool, language: Language) -> Figure | None:
    slash = _SLASH.match(text, at)
    if slash:
        over, under = int(slash[1]), int(slash[2])
        if 0 < over < under <= 100 and slash[0] not in ("9/11", "7/7"):
            value = Fraction(over, under)
            return Figure(value, slash.end(), digits=True, parts=(Fraction(over), Fraction(under)))
        return Figure(Fraction(0), slash.end(), key=slash[0])
    found = _WRITTEN.match(text, at)
    if found is None:
        return None
    written, end = found[0], found.end()
    note = _NOTE.match(text, end)
    end = note.end() if note else end
    power = _POWER.match(text, end)
    plain = "" if power or len(written) > MOST_DIGITS else _plain(written, language.decimal)
    if not plain:
        return Figure(Fraction(0), power.end() if power else end, key=written + (power[0] if power else ""))
    decimals = len(plain.partition(".")[2])
    value, step = Fraction(plain if plain[0] != "." else "0" + plain), Fraction(1, 10**decimals)
    if text[end : end + 1] in VULGAR:
        part = Figure(value + VULGAR[text[end]], end + 1, step=Fraction(1, 8), digits=True)
        return _scaled(text, part, language)
    mixed = _SLASH.match(text, end + 1) if text[end : end + 1] == " " and not decimals else None
    if mixed and 0 < int(mixed[1]) < int(mixed[2]) <= 16:
        part = Figure(value + Fraction(int(mixed[1]), int(mixed[2])), mixed.end(), step=Fraction(1, 8), digits=True)
        return _scaled(text, part, language)
    short = _SHORT_SCALE.match(text, end) if language.spelt else None
    if short and _is_scale(text, short, money):
        size = ABBREVIATED[short[1]]
        return Figure(value * size, short.end(), step=step * size, digits=True, scaled=True)
    scaled = _scaled(text, Figure(value, end, step=step, digits=True, bare=plain == written), language)
    return _continued(text, scaled, language) if scaled.scaled and dense(text[scaled.end - 1]) else scaled


def _continued(text: str, found: Figure, language: Language) -> Figure:
    """Return a figure with the smaller one that is set behind its scale: 1万2000, 3억 5000만."""
    at = found.end + (text[found.end : found.end + 1] == " " and is_hangul(text[found.end - 1]))
    if found.step < 10 or not text[at : at + 1].isdigit():
        return found
    rest = _digits(text, at, False, language)
    fits = rest is not None and not rest.key and rest.step >= 1 and 0 < rest.value < found.step
    return evolve(found, value=found.value + rest.value, step=rest.step, end=rest.end) if rest and fits else found


def _plain(written: str, decimal: str) -> str:
    """Return digits with a decimal point and no grouping; "" where they can be read in two ways, or in none."""
    whole = re.sub("[ ']", "", written)
    head, mark, tail = whole.rpartition("." if whole.rfind(".") > whole.rfind(",") else ",")
    if not mark:
        return whole
    if whole != written or not head:
        return f"{head}.{tail}"
    if head.isdigit():
        return _one_mark(head, mark, tail, decimal)
    if mark not in head:
        return f"{re.sub('[.,]', '', head)}.{tail}" if _GROUPS.fullmatch(head) else ""
    numbered = decimal == "." and whole.count(".") > 2
    return re.sub("[.,]", "", whole) if _GROUPS.fullmatch(whole) and not numbered else ""


def readings(written: str) -> tuple[Fraction, ...]:
    """Return what a figure that is unclear may be: with a decimal point, and with a decimal comma."""
    if not re.fullmatch(r"-?[0-9][0-9.,' ]*", written) or len(written) > MOST_DIGITS:
        return ()
    plain = (_plain(written.removeprefix("-"), mark) for mark in ".,")
    sign = -1 if written.startswith("-") else 1
    return tuple(dict.fromkeys(sign * Fraction(one) for one in plain if one))


def _one_mark(head: str, mark: str, tail: str, decimal: str) -> str:
    """Return a figure with one mark, which groups where three digits follow and it is not the decimal mark."""
    if len(tail) == 3 and len(head) <= 3 and head != "0" and mark != decimal:
        return head + tail if decimal else ""
    return f"{head}.{tail}" if mark in (".", decimal) or head == "0" or (len(tail) < 3 and len(head) <= 3) else ""


def _is_scale(text: str, short: re.Match[str], money: bool) -> bool:
    """Return whether a letter after a figure is a scale: "$5m" and "5m people" are, "a 5m wall" and "5 m" are not."""
    if short[1] == "m" and not money:
        return not short[0].startswith(" ") and _COUNTED.match(text, short.end()) is not None
    return money or not short[0].startswith(" ") or len(short[1]) > 1


def _words(text: str, at: int) -> Figure | None:
    begun = _WORD.match(text, at)
    if begun is None:
        return None
    word, end = begun[0].lower(), begun.end()
    if word in ("a", "an"):
        return _article(text, at, end)
    if word == "half":
        of = _PART_OF.match(text, end)
        if of:
            return Figure(Fraction(SCALES[of[1].lower()], 2), of.end(), scaled=SCALES[of[1].lower()] > 100)
        return Figure(Fraction(1, 2), end, parts=_parts(Fraction(1, 2)))
    if word in ORDINALS:
        return Figure(Fraction(ORDINALS[word]), end, ordinal=True)
    if word not in SMALL and word not in TENS:
        return None
    part = _PART.match(text, end)
    if part and word in SMALL and (SMALL[word] > 1) == part[1].lower().endswith("s"):
        return _fraction(text, SMALL[word], part)
    found = _cardinal(text, at)
    point = _POINT.match(text, found.end)
    if point and not found.ordinal:
        digits = "".join(str(SMALL.get(word, 0)) for word in re.findall("[a-z]+", point[1].lower()))
        places = Fraction(1, 10 ** len(digits))
        found = evolve(found, value=found.value + int(digits) * places, end=point.end(), step=places)
    return _scaled(text, found, ENGLISH)


def _article(text: str, at: int, end: int) -> Figure | None:
    """Return the figure that "a" begins: a hundred, a dozen, a million, a quarter of, a third of."""
    part = _PART.match(text, end)
    if part and not part[1].endswith("s"):
        followed = text[part.end() : part.end() + 4]
        if part[1].lower() in ("half", "quarter") or followed.startswith((" of", ".", ",", ";")) or not followed:
            return _fraction(text, 1, part)
        return None
    scale = ENGLISH.scale.match(text, end)
    if scale is None or scale[0].lower().endswith("s"):
        return None
    return _scaled(text, _cardinal(text, at) if scale[1].lower() in _COUNTABLE else Figure(Fraction(1), end), ENGLISH)


def _spoken(text: str, at: int, language: Language) -> Figure | None:
    """Return the figure in words of another language that begins at `at`: "dos tercios", "une centaine", "12 Mio."."""
    words = language.table.numbers
    found = spoken_number(text, at, language.tag)
    if found is None:
        half = _LETTERS.match(text, at)
        if half is None or words.fractions.get(half[0].lower()) != 2:
            return None
        group = _group(text, half.end(), words)
        if group is not None:
            return Figure(group[0] / 2, group[1], scaled=group[0] >= 100)
        alone = half[0].lower() not in words.halves and not half[0].lower().startswith("halb")
        return Figure(Fraction(1, 2), half.end(), parts=_parts(Fraction(1, 2))) if alone else None
    if found.ordinal:
        return Figure(found.value, found.end, ordinal=True)
    part = _NEXT_WORD.match(text, found.end)
    under = words.fractions.get(part[1].lower()) if part else None
    if part and under is not None and found.step == 1 and found.value < under and found.value.denominator == 1:
        return Figure(found.value / under, part.end(), parts=(found.value, under))
    group = _group(text, found.end, words)
    if group is not None:
        return Figure(found.value * group[0], group[1], scaled=group[0] >= 100)
    if found.article and not (words.every and text.startswith(f" {words.every} ", found.end)):
        return None
    return _scaled(text, Figure(found.value, found.end, step=found.step, scaled=found.step > 1), language)


def _group(text: str, end: int, words: NumberWords) -> tuple[Fraction, int] | None:
    """Return how many a word like "docena" or "millón" after a place stands for, and where it ends."""
    found = _NEXT_WORD.match(text, end)
    size = (words.groups.get(found[1].lower()) or words.scales.get(found[1].lower())) if found else None
    return (Fraction(size), found.end()) if found and size else None


def _fraction(text: str, over: int, part: re.Match[str]) -> Figure:
    value = Fraction(over, FRACTIONS[part[1].lower()])
    of = _PART_OF.match(text, part.end())
    if of:
        return Figure(value * SCALES[of[1].lower()], of.end(), scaled=True)
    return Figure(value, part.end(), parts=(Fraction(over), Fraction(FRACTIONS[part[1].lower()])))


def _cardinal(text: str, at: int) -> Figure:
    """Return the cardinal, or ordinal, in words that begins at `at`: "two hundred and five", "twenty-first"."""
    total = group = 0
    limit, room = 10**15, 100  # the next scale, and the next word, must be smaller
    end = at
    found = _WORD.match(text, at)
    step = 1
    while found:
        word = found[found.lastindex or 0].lower()
        joined = found[0].lower().endswith("and " + word) if end > at else False
        value = 1 if end == at and word in ("a", "an") else SMALL.get(word, TENS.get(word))
        if value is not None and value < room and (value or end == at) and (not joined or room == 100):
            group, step = group + value, 1
            room = 10 if word in TENS else 1
        elif word == "hundred" and 0 < group < 100 and not joined:
            group, room = group * 100, 100
        elif word in SCALES and 1000 <= SCALES[word] < limit and group and not joined:
            total, group, limit, step, room = total + group * SCALES[word], 0, SCALES[word], SCALES[word], 100
        elif word in ORDINALS and ORDINALS[word] < room and not joined:
            return Figure(Fraction(total + group + ORDINALS[word]), found.end(), ordinal=True)
        else:
            break
        end = found.end()
        found = _NEXT.match(text, end)
    return Figure(Fraction(total + group), end, step=Fraction(step), scaled=step > 1)


def _scaled(text: str, found: Figure, language: Language) -> Figure:
    """Return a figure with what multiplies it: "1.2 million", "two and a half thousand", "5 hundred thousand"."""
    found = _and_a_half(text, found, language)
    value, step, end, scaled = found.value, found.step, found.end, found.scaled
    for _ in range(3):
        scale = None if found.ordinal else language.scale.match(text, end) or _short(text, end)
        if scale is None:
            break
        size = language.scales.get(scale[1].lower()) or ABBREVIATED[scale[1]]
        value, step, end, scaled = value * size, step * size, scale.end(), scaled or size >= 1000
    if end == found.end:
        return found
    figure = Figure(value, end, step=step if scaled else Fraction(1), digits=found.digits, scaled=scaled)
    return _and_a_half(text, figure, language)


def _short(text: str, end: int) -> re.Match[str] | None:
    """Return a shortened scale that stands apart from its figure, as no letter may: "four mln"."""
    short = _SHORT_SCALE.match(text, end)
    return short if short and len(short[1]) > 1 and short[0].startswith(" ") else None


def _and_a_half(text: str, found: Figure, language: Language) -> Figure:
    """Return a figure with the part of its scale that follows: "two and a half", "a million and a quarter"."""
    pattern = _AND_A_HALF if language.spelt else language.and_a_half
    half = None if found.ordinal or pattern is None else pattern.match(text, found.end)
    if half is None:
        return found
    named = (half[1] or "").lower()
    if language.spelt:
        part = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}.get(named, Fraction(3, 4))
    else:
        part = language.table.numbers.halves[named]
    size = found.step if found.scaled else Fraction(1)
    return evolve(found, value=found.value + part * size, step=size / 4, end=half.end(), bare=False)


def _parts(value: Fraction) -> tuple[Fraction, ...]:
    return (Fraction(value.numerator), Fraction(value.denominator))
