"""Ages beside births, and anniversaries beside what they are of, as an English text states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from ledger import Outcome
from ledger.dates import DateExpression, Edtf, ExpressionKind, Unit, words
from ledger.text import Span

from ..common import plain
from ..passages import Passage, certain
from .distances import Stated, quoted

_PART = r"(?<!\w)[A-Z][\w'’-]{0,30}[^\W\d_]"
NAME = rf"{_PART}(?: (?:{_PART}|[A-Z]\.|de|da|del|van|von|der|bin|al)){{0,4}} {_PART}"
_ANY_NAME = re.compile(NAME)
_BORN = re.compile(
    rf"(?:(?P<name>{NAME})(?: was|,| is)? ?\(?)?\b(?:born|b\.)(?: in {_PART}(?:,? {_PART})?,?)?(?: on| in)? $"
)
_AGE_BESIDE = re.compile(rf"(?P<name>{NAME})(?:, (?P<bare>[0-9]{{1,3}})(?=,|\)| (?:who|was|is|has|had|of|from)\b)"
                         r"| \((?P<bracket>[0-9]{1,3})\))")  # fmt: skip
_NAMED_BEFORE = re.compile(rf"(?P<name>{NAME}),? $")
_NAMED_AFTER = re.compile(rf" (?P<name>{NAME})")
_AT = re.compile(r" (?:in|on) $")
_DIED = re.compile(r"\b(?:died|dies|was killed|was murdered|passed away)\b[^.;]{0,60}$")
_AT_THE_AGE = re.compile(r",? (?:at (?:the )?)?$")
_KIN = re.compile(r"\b(?:mother|father|wife|husband|son|daughter|brother|sister|parents?|child(?:ren)?|twins?|who)\b")
_ELDEST = 120

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL = {word: number for number, word in enumerate(_ORDINALS, 1)}
_ORDINAL |= {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80}
_ORDINAL |= {"ninetieth": 90, "hundredth": 100, "centenary": 100}
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<figure>[0-9]{{1,3}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINAL)}))[ -](?:year )?"
    r"anniversary of (?:the )?$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:ahead|before|approach\w*|next|will|would|upcoming|coming|plan\w*|prepar\w*|toward\w*|until|since|after|"
    r"following|by|to mark|eve|run-up|late|early)\b",
    re.IGNORECASE,
)


@attrs.frozen
class Birth:
    """Who was born when; "" where the words give no name."""

    name: str
    edtf: Edtf
    passage: Passage
    span: Span


@attrs.frozen
class StatedAge:
    """Whose age is stated, and the day at which it holds, where the words give one."""

    name: str
    years: int
    words: str
    span: Span
    at: Edtf | None = None
    died: bool = False


def births(passage: Passage) -> Iterator[Birth]:
    """Yield the births that words date: "Ann Lee, born on 3 May 1980"."""
    for one in passage.found:
        if one.kind is ExpressionKind.DATE and one.edtf is not None and certain(one):
            start = passage.sentence(one.span).start
            before = passage.text[max(start, one.span.start - 120) : one.span.start]
            if found := _BORN.search(before):
                yield Birth(found["name"] or "", one.edtf, passage, one.span)


def ages(passage: Passage) -> Iterator[StatedAge]:
    """Yield the ages in years that words state of a person they name, or at a date that they give."""
    text = passage.text
    for found in _AGE_BESIDE.finditer(text):
        years = int(found["bare"] or found["bracket"])
        if 0 < years <= _ELDEST:
            yield StatedAge(found["name"], years, found[0], Span(*found.span()))
    for place, one in enumerate(passage.found):
        length = one.length
        if one.kind is not ExpressionKind.AGE or length is None or length.count is None or length.unit is not Unit.YEAR:
            continue
        following = passage.found[place + 1] if place + 1 < len(passage.found) else None
        death = _at_death(passage, one, passage.found[place - 1] if place else None)
        at = _at(text, one, following) or death
        before = _NAMED_BEFORE.search(text[max(0, one.span.start - 80) : one.span.start])
        after = _NAMED_AFTER.match(text, one.span.end) if "old" in one.words else None
        name = (after or before or {"name": ""})["name"]
        if (name and one.words[:1].isdigit() == bool(after)) or (at is not None and not after):
            yield StatedAge(name, length.count, one.words, one.span, at, died=death is not None)


def _at(text: str, one: DateExpression, following: DateExpression | None) -> Edtf | None:
    """Return the date that stands at once behind an age: "aged 43 in 2025"."""
    if following is None or following.edtf is None or not certain(following):
        return None
    return following.edtf if _AT.fullmatch(text[one.span.end : following.span.start]) else None


def _at_death(passage: Passage, one: DateExpression, before: DateExpression | None) -> Edtf | None:
    """Return the date of a death that stands before an age: "died in 2015 at the age of 70"."""
    if before is None or before.edtf is None or not certain(before):
        return None
    start = passage.sentence(one.span).start
    joined = _AT_THE_AGE.fullmatch(passage.text, before.span.end, one.span.start)
    return before.edtf if joined and _DIED.search(passage.text[start : before.span.start]) else None


def aged(age: StatedAge, birth: Birth, where: str, at: Sequence[Edtf], *, later: bool = False) -> Stated | None:
    """Return whether a stated age fits a birth at any of some dates; None where there is none to compare at.

    `later` says that the words may be of any later day as well: who was younger then may be as old by now.
    """
    holds, offs = False, []
    for edtf in at:
        span = _years_between(birth.edtf, edtf)
        if span is None:
            return None
        least, most = span
        holds = holds or least == most == age.years
        offs.append(max(least - age.years, age.years - most, 0))
    if not offs:
        reason = f"{quoted(age.words, where)} gives no day at which the age holds, and none is recorded."
        return Stated(Outcome.ABSTAIN, reason, "open")
    if min(offs) == 0:
        reason = (
            f"{quoted(age.words, where)} holds before the birthday of the year or after it: the dates leave it open."
        )
        return Stated(Outcome.PASS, "fits", "fits") if holds else Stated(Outcome.ABSTAIN, reason, "open")
    least, most = _years_between(birth.edtf, at[0]) or (0, 0)
    if later and age.years > most:
        reason = f"{quoted(age.words, where)} may be the age on the day of the words, which is not recorded."
        return Stated(Outcome.ABSTAIN, reason, "open")
    years = str(most) if least == most else f"{least} or {most}" if most == least + 1 else f"{least} to {most}"
    born = f"born {_on(birth.edtf)}" + (f" as {birth.passage.where} has it" if birth.passage.where != where else "")
    reason = f"{quoted(age.words, where)}: who was {born}, is {years} {_on(at[0])}"
    if min(offs) == 1:
        return Stated(Outcome.WARN, f"{reason}, a year off.", "a_year")
    return Stated(Outcome.FAIL, f"{reason}.", "age")


def same_person(age: StatedAge, birth: Birth, passage: Passage) -> bool:
    """Return whether an age and a birth are surely of one person: named alike, or the only one of their sentence."""
    if age.name and birth.name:
        one, other = age.name.split(), birth.name.split()
        return one[0] == other[0] and one[-1] == other[-1]
    sentence = passage.sentence(age.span)
    beside = birth.passage == passage and sentence.start <= birth.span.start < sentence.end
    if age.name or age.at is None or not (beside or (age.died and birth.passage == passage)):
        return False
    text = sentence.of(passage.text) if beside else passage.text
    return not _KIN.search(text) and len(set(_ANY_NAME.findall(text))) < 2


def anniversaries(passage: Passage, recorded: Iterable[Edtf], *, later: bool = False) -> Iterator[Stated]:
    """Yield whether an anniversary is as many years after what it is of as it says, where the year of that follows.

    `later` says that the words may be of another day than those recorded.
    """
    recorded = tuple(recorded)
    for one in passage.found:
        sentence = passage.sentence(one.span)
        before = passage.text[sentence.start : one.span.start]
        found = _ANNIVERSARY.search(before)
        if found is None or one.edtf is None or not certain(one):
            continue
        count = int(found["figure"]) if found["figure"] else _ORDINAL[found["word"].lower()]
        shown = quoted(plain(found[0].strip() + " " + one.words), passage.where)
        beside = [
            other.edtf
            for other in passage.found
            if other is not one and other.edtf is not None and certain(other)
            and sentence.start <= other.span.start < sentence.end
        ]  # fmt: skip
        at = [edtf for edtf in (*beside, *recorded) if _years(edtf) is not None]
        whole = sentence.of(passage.text)
        if _AHEAD.search(before[: found.start()]) or _AHEAD.search(whole[len(before) :]):
            continue
        if not at:
            yield Stated(Outcome.ABSTAIN, f"{shown}: no date is recorded to count to.", "open")
            continue
        stated = _anniversary(shown, count, one.edtf, at)
        if later and not beside and stated.outcome in (Outcome.FAIL, Outcome.WARN):
            stated = Stated(Outcome.ABSTAIN, f"{shown}: when it was written is not recorded.", "open")
        yield stated


def _anniversary(shown: str, count: int, origin: Edtf, at: Sequence[Edtf]) -> Stated:
    first, last = _years(origin) or (0, 0)
    offs, holds = [], False
    for edtf in at:
        then, final = _years(edtf) or (0, 0)
        least, most = then - last, final - first
        holds = holds or least == most == count
        offs.append(max(least - count, count - most, 0))
    if min(offs) == 0:
        return (
            Stated(Outcome.PASS, "fits", "fits")
            if holds
            else Stated(Outcome.ABSTAIN, f"{shown}: {words(at[0])} leaves it open.", "open")
        )
    then, _ = _years(at[0]) or (0, 0)
    reason = f"{shown}, but {words(at[0])} is {then - last} years after {words(origin)}"
    if min(offs) == 1:
        return Stated(Outcome.WARN, f"{reason}, a year off.", "a_year")
    return Stated(Outcome.FAIL, f"{reason}.", "anniversary")


def _on(edtf: Edtf) -> str:
    """Return a date with its preposition: "on 2 May 2025", "in 2025"."""
    day = edtf.points[0].unit == "day" and len(edtf.points) == 1
    return f"{'on' if day else 'in'} {words(edtf)}"


def _years(edtf: Edtf) -> tuple[int, int] | None:
    """Return the first and last year that a date can be in."""
    (first, last) = edtf.reach
    if first is None or last is None or not 0 < first <= last <= date.max.toordinal():
        return None
    return date.fromordinal(first).year, date.fromordinal(last).year


def _years_between(birth: Edtf, at: Edtf) -> tuple[int, int] | None:
    """Return the least and most whole years from a birth to a date."""
    (first, last), (then, final) = birth.reach, at.reach
    limits = (first, last, then, final)
    if not all(day is not None and 0 < day <= date.max.toordinal() for day in limits):
        return None
    days = [date.fromordinal(day) for day in limits if day is not None]
    return _whole_years(days[1], days[2]), _whole_years(days[0], days[3])


def _whole_years(birth: date, at: date) -> int:
    return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day))
