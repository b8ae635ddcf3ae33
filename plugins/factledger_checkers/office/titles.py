"""Titles before and after names in English text: "former U.S. President Jo Roe", "Jo Roe, the mayor of Kestrel Bay,".

Only what surely names an office of the table is read. What may be a president of something else, an unnamed person or
a thing that is called after one ("the President Roe Bridge") is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from .holders import Holder, Holders, Office, folded, name_parts
from .title_words import (
    AFTER_POSSESSIVE,
    CLOSES,
    ELECT_AFTER,
    JOINED,
    OF_OTHER,
    OPENERS,
    PARTICLES,
    REACH,
    Before,
    TitleForm,
    before_title,
    names_after,
    next_word,
    place_after,
)


@attrs.frozen
class TitleReading:
    """One person whom a title may name; `holder` is None where the table has them in another office: `elsewhere`."""

    office: Office
    name: str
    holder: Holder | None
    elsewhere: Holder | None = None


@attrs.frozen
class Title:
    """A title and a name: where they stand, what they say, and whom they may name.

    `placed` where the place is written; `certain` where that or a given name is: a surname alone may be anybody's.
    """

    start: int
    end: int
    form: TitleForm
    readings: tuple[TitleReading, ...]
    certain: bool
    placed: bool

    def words(self, text: str) -> str:
        return " ".join(text[self.start : self.end].split())


def titles(text: str, holders: Holders) -> Iterator[Title]:
    """Yield the titles of a text that name somebody in the table, in order; none overlaps another."""
    done = 0
    for found in holders.titles.finditer(text):
        title = " ".join(folded(found[0]).replace("-", " ").split())
        offices = holders.offices.get(title, ())
        if found.start() < done or not offices:
            continue
        one = _title(text, found, offices, holders, done)
        if one is not None:
            done = one.end
            yield one


def _title(text: str, found: re.Match[str], offices: tuple[Office, ...], holders: Holders, done: int) -> Title | None:
    before = before_title(text, max(done, found.start() - REACH), found.start(), offices)
    if before is None:
        return None
    form, end = before.form, found.end()
    elect = ELECT_AFTER.match(text, end)
    if elect:
        form, end = TitleForm.ELECT, elect.end()
    elif JOINED.match(text, end):
        return None
    place, end = place_after(text, end, offices, before.place)
    if place is not None:
        offices = tuple(office for office in offices if place in office.adjectives)
    if not offices:
        return None
    lower = found[0][:1].islower()
    plain = form is TitleForm.PLAIN
    nameless = True
    for parts, stop, possessive in names_after(
        text, end, comma=place is not None or form in (TitleForm.CURRENT, TitleForm.FORMER)
    ):
        nameless = False
        if possessive and next_word(text, stop) in AFTER_POSSESSIVE:
            return None
        if (before.article in ("a", "an") and plain) or (not possessive and JOINED.match(text, stop)):
            return None
        far, _ = place_after(text, stop, offices, place)
        if far is None and OF_OTHER.match(text, stop):
            return None
        known = tuple(office for office in offices if far is None or far in office.adjectives)
        readings = _readings(parts, known, holders)
        if text[end : end + 1] == "," and not (readings and readings[0].holder and _closes(text, stop)):
            return None  # "the president, Jo Roe and others": a list
        certain = len(parts) > 1 or far is not None
        if readings and (certain or not lower or not plain):
            return Title(before.start, stop, form, readings, certain, placed=far is not None)
    return _apposed(text, before, form, place, end, offices) if nameless else None


def _readings(parts: tuple[str, ...], offices: tuple[Office, ...], holders: Holders) -> tuple[TitleReading, ...]:
    """Return whom a name may mean: holders of the office, else those whom the shipped table has in another one."""
    found = [TitleReading(office, holder.name, holder) for office in offices for holder in office.fitting(parts)]
    if found or len(parts) < 2:
        return tuple(found)
    elsewhere = {
        (office.title, other.name): TitleReading(office, other.name, None, other)
        for office in offices
        if office.shipped
        for siblings in holders.offices.values()
        for sibling in siblings
        if sibling.place == office.place and sibling is not office
        for other in sibling.fitting(parts)
    }
    return tuple(elsewhere.values())


def _apposed(
    text: str, before: Before, form: TitleForm, place: str | None, end: int, offices: tuple[Office, ...]
) -> Title | None:
    """Return a title that follows its name: "Jo Roe, the mayor of Kestrel Bay,"."""
    tokens = before.tokens
    if len(tokens) < 3 or tokens[-1][0] != "," or not (place or form is TitleForm.FORMER):
        return None
    if form in (TitleForm.THEN, TitleForm.ELECT) or not _closes(text, end):
        return None
    last = len(tokens) - 1
    first = last
    while first > 0 and _is_name(tokens[first - 1][0]) and _adjoin(text, tokens[first - 1], tokens[first]):
        first -= 1
    while first < last and folded(tokens[first][0]) in OPENERS:
        first += 1
    lead = folded(tokens[first - 1][0]) if first else ""
    if last - first < 2 or lead in ("to", "and", "or", "that", "for", "by", ","):
        return None
    start = tokens[first].start()
    parts = name_parts(text[start : tokens[last - 1].end()])
    readings = tuple(TitleReading(office, one.name, one) for office in offices for one in office.fitting(parts))
    if not readings:
        return None
    return Title(
        start,
        end,
        TitleForm.HOLDING if form is TitleForm.PLAIN else form,
        readings,
        certain=True,
        placed=place is not None,
    )


def _is_name(token: str) -> bool:
    return token[:1].isupper() or token in PARTICLES


def _adjoin(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return text[one.end() : other.start()] in ("", " ")


def _closes(text: str, at: int) -> bool:
    """Return whether what ends here was put in between two commas, and is no item of a list."""
    closes = CLOSES.match(text, at)
    listed = (
        closes is not None
        and closes[0].strip() == ","
        and text[closes.end() : closes.end() + REACH].lstrip()[:1].isupper()
    )
    return closes is not None and not listed
