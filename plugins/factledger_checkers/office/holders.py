"""Who held what office when: a table that comes with factledger, and a house's own beside it.

`holders.csv` has the presidents and vice presidents of the United States, one row a term. Its facts (names,
first and last days) are those of the project congress-legislators, which gives them to the public domain (CC0 1.0),
as of June 2026; further ways to write a name were added. The column `source` says where a row is from. Whoever changes
the table raises the version of `office`, so that every claim is checked again.

A table has one row for each term, or for each time in office; the office and the name are needed, and a first day:

    office    the title as it stands before a name: Mayor
    place     of what, as it is said after "of"; then, after semicolons, as it stands before the title:
              the United States; U.S.; American
    name      the name; one that is written in part ("Mayor Quell", "Mayor M. Quell") is found too
    aliases   other ways to write the name, with semicolons between
    start     the first day in office, EDTF: 2031-05-02, or 2031
    end       the last day, or the day on which it is due to end; empty if it is open
    checked   the day on which the row was last known to be right; needed where `end` is empty

Nothing is known of an office before the first day of its first row, nor after the last day on which one of its rows
was checked, or ended; the offices of the shipped table began with their first rows. A row of the house
takes the place of an earlier one of the same office, place, name and start; so it brings the shipped table up to date.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import attrs

from ledger import InputError
from ledger.dates import parse

Days = tuple[float, float]
"""A first and last day number, inclusive; infinite where there is none."""

EVER = float("inf")
SLACK = 1
"""Days about a change of office on which it is not told who held it: another zone, a morning and an afternoon."""

SUFFIXES = ("jr", "sr", "ii", "iii", "iv", "v")
LONGEST_CELL = 200
MOST_ROWS = 20_000

_PART = re.compile(r"\w+(?:['’]\w+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?(?!\w)")


@attrs.frozen
class OfficeTerm:
    """A time in office: the days on which it can have begun and ended."""

    start: Days
    end: Days


@attrs.frozen
class Holder:
    """One person in one office; `terms` are in order, those that follow one another made one in `stretches`."""

    name: str
    forms: tuple[tuple[str, ...], ...]
    terms: tuple[OfficeTerm, ...]
    stretches: tuple[OfficeTerm, ...]

    def fits(self, written: tuple[str, ...]) -> bool:
        """Return whether a name as it is written may be this person's; a suffix, Jr., is one of theirs or none is."""
        name, suffix = _without_suffix(written)
        known = [_without_suffix(form) for form in self.forms]
        return (not suffix or any(suffix == its for _, its in known)) and any(_fits(name, form) for form, _ in known)

    def held(self, days: Days) -> bool | None:
        """Return whether the office was held on a day within these; None where the days or the table leave it open."""
        first, last = days
        open_ = False
        for term in self.stretches:
            if term.start[1] + SLACK <= first - SLACK and last + SLACK <= term.end[0] - SLACK:
                return True
            open_ = open_ or (last + SLACK >= term.start[0] and first - SLACK <= term.end[1])
        return None if open_ else False

    def held_before(self, days: Days) -> bool | None:
        """Return whether the office had been entered by then, on that day at the latest."""
        entered = self.stretches[0].start
        if entered[1] <= days[0]:
            return True
        return False if days[1] < entered[0] - SLACK else None

    def stretch_at(self, days: Days) -> OfficeTerm:
        """Return the time in office nearest to these days."""
        return min(self.stretches, key=lambda term: max(term.start[0] - days[1], days[0] - term.end[1], 0))


@attrs.frozen
class Office:
    """An office of one place, who held it, and the first and last day of which the table knows."""

    title: str
    place: str
    adjectives: frozenset[str]
    holders: tuple[Holder, ...]
    known_from: float
    known_until: float
    shipped: bool

    @property
    def words(self) -> str:
        """The office as it stands in a sentence: "president of the United States"."""
        return self.title.lower() + (f" of {self.place}" if self.place else "")

    def fitting(self, written: tuple[str, ...]) -> tuple[Holder, ...]:
        return tuple(holder for holder in self.holders if holder.fits(written))


@attrs.frozen
class Holders:
    """All offices, from the title in lower case; `faults` says which rows of the house's table cannot be used."""

    offices: Mapping[str, tuple[Office, ...]]
    titles: re.Pattern[str]
    faults: tuple[str, ...] = ()


@cache
def shipped_rows() -> tuple[Mapping[str, str], ...]:
    """Return the rows of the table that comes with factledger."""
    text = files(__package__).joinpath("holders.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def read_holders(rows: Iterable[Any] = ()) -> Holders:
    """Return the shipped table with a house's rows; a row that cannot be used becomes a fault."""
    gathered: dict[tuple[str, str], _Gathered] = {}
    faults: list[str] = []
    for shipped, table in ((True, shipped_rows()), (False, rows)):
        for line, row in enumerate(table, 2):
            try:
                if line > MOST_ROWS:
                    raise _RowFault(f"is one too many: {MOST_ROWS:,} are read")
                _gather(gathered, _cells(row), shipped)
            except _RowFault as fault:
                faults.append(f"Line {line} of the table of office holders {fault}.")
                if line > MOST_ROWS:
                    break
    offices: dict[str, tuple[Office, ...]] = {}
    for (title, _), found in gathered.items():
        offices[title] = (*offices.get(title, ()), found.office())
    longest_first = sorted(offices, key=lambda title: (-len(title), title))
    either = "|".join(r"[\s-]+".join(map(re.escape, title.split())) for title in longest_first)
    return Holders(offices, re.compile(rf"(?<![\w’'])(?:{either})(?!\w)", re.IGNORECASE), tuple(faults))


class _RowFault(Exception):
    """A row that cannot be used, and why: words that go on after "Line 3"."""


@attrs.define
class _Gathered:
    """The rows of one office."""

    title: str
    place: str
    shipped: bool
    adjectives: set[str] = attrs.field(factory=set)
    people: dict[str, tuple[str, dict[tuple[str, ...], None], dict[Days, OfficeTerm]]] = attrs.field(factory=dict)
    known_until: float = -EVER

    def office(self) -> Office:
        holders = []
        for name, forms, found in self.people.values():
            terms = [found[start] for start in sorted(found)]
            holders.append(Holder(name, tuple(forms), tuple(terms), tuple(_joined(terms))))
        # The shipped table begins where its offices do; nobody held them before.
        begins = -EVER if self.shipped else min(one.stretches[0].start[0] for one in holders)
        adjectives = frozenset(self.adjectives)
        return Office(self.title, self.place, adjectives, tuple(holders), begins, self.known_until, self.shipped)


def _gather(gathered: dict[tuple[str, str], _Gathered], row: Mapping[str, str], shipped: bool) -> None:
    for column in ("office", "name", "start"):
        if column not in row:
            raise _RowFault(f"has no {column}")
    forms = [name_parts(name) for name in (row["name"], *_several(row.get("aliases", "")))]
    if not forms[0] or not name_parts(row["office"]):
        raise _RowFault(f"has no {'name' if not forms[0] else 'office'} in letters")
    start = _day(row, "start")
    checked = _day(row, "checked")[0] if "checked" in row else None
    if "end" not in row and checked is None:
        raise _RowFault("has neither an end nor the day on which it was checked")
    end = _day(row, "end") if "end" in row else (EVER, EVER)
    if end[1] < start[0]:
        raise _RowFault("has an end before its start")
    places = _several(row.get("place", "")) or [""]
    title = folded(row["office"])
    place = folded(places[0])
    office = gathered.setdefault((title, place), _Gathered(row["office"], places[0], shipped))
    office.adjectives.update(map(folded, filter(None, places)))
    office.known_until = max(office.known_until, end[1] if checked is None else checked)
    _, known, terms = office.people.setdefault(folded(row["name"]), (row["name"], {}, {}))
    known.update(dict.fromkeys(form for form in forms if form))
    terms[start] = OfficeTerm(start, end)


def _cells(row: Any) -> dict[str, str]:
    """Return the cells of a row that are filled, by the names of their columns."""
    if not isinstance(row, Mapping):
        raise _RowFault("is no row")
    filled = ((name, cell) for name, cell in row.items() if isinstance(name, str) and isinstance(cell, str))
    cells = {name.strip().lower(): " ".join(cell.split()) for name, cell in filled if cell.strip()}
    for name, cell in cells.items():
        if name in ("office", "name") and (len(cell) > LONGEST_CELL or not cell.isprintable()):
            raise _RowFault(f"has a {name} that is too long, or cannot be printed")
    return cells


def _several(cell: str) -> list[str]:
    return [part for piece in cell[: 5 * LONGEST_CELL].split(";") if (part := piece.strip()) and part.isprintable()]


def _day(row: Mapping[str, str], column: str) -> Days:
    text = row[column]
    shown = text[:30] if text.isprintable() else "a text"
    try:
        date = parse(text)
    except InputError as error:
        raise _RowFault(f"has {'an' if column == 'end' else 'a'} {column} that is no date: {shown}") from error
    first, last = date.reach
    if first is None or last is None:
        raise _RowFault(f"has {'an' if column == 'end' else 'a'} {column} without a year or an end: {shown}")
    return first, last


def _joined(terms: list[OfficeTerm]) -> Iterator[OfficeTerm]:
    """Yield times in office, those that follow one another within a day as one."""
    now = terms[0]
    for term in terms[1:]:
        if term.start[0] - now.end[1] <= SLACK:
            now = OfficeTerm(now.start, max(now.end, term.end))
        else:
            yield now
            now = term
    yield now


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return words as they are compared: without capitals, accents and the space between them."""
    marked = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in marked if not unicodedata.combining(c)).split())


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared, initials apart: "J.D. Vance" is j, d, vance."""
    apart = _INITIALS.sub(lambda found: found[0].replace(".", " "), name)
    return tuple(_PART.findall(folded(apart)))


def _fits(written: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Return whether a written name is a form, or leaves out what names leave out.

    That is given names, from the last one on, and all but the initial of one.
    """
    if not written or not form or written[-1] != form[-1]:
        return False
    given, known = written[:-1], form[:-1]
    return len(given) <= len(known) and all(map(_same, given, known))


def _without_suffix(name: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    return (name[:-1], name[-1]) if len(name) > 1 and name[-1] in SUFFIXES else (name, "")


def _same(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])
