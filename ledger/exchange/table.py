"""A table (CSV): one row is a claim with one piece of evidence, as people keep them in spreadsheets.

The columns, of which only `text` must be there:

    id text claimant said occurred topic story               the claim
    source seen_in stance quote at speaker basis stake note  one piece of evidence for it

A row whose claim stands further up (same id, or same text where no id is given)
adds evidence to it; what it repeats of the claim must agree, and an empty cell
repeats nothing. Agents and sources are named by id, name or title, and made when
they are new. A row that says what the ledger has adds nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from ..book import Book
from ..desk import agent_of, anchor_in, kind_of
from ..errors import InputError
from ..model import Agent, Claim, Evidence, Record, SourceKind, ungraded
from ..store import queries
from .forms import text
from .lines import Fields, Place, Scalar, did_you_mean, placed, read_text
from .recorded import Imported, differing, versions
from .values import Named, read, uids

CLAIM = ("id", "text", "claimant", "said", "occurred", "topic", "story")
EVIDENCE = ("source", "seen_in", "stance", "quote", "at", "speaker", "basis", "stake", "note")
COLUMNS = (*CLAIM, *EVIDENCE)
DELIMITERS = (",", ";", "\t")

Said: TypeAlias = tuple[Evidence, str, str]
"""What a piece of evidence says: its fields without its names, its exact words, and the place given for them."""


def import_table(book: Book, path: Path, *, delimiter: str | None = None) -> Imported:
    """Record all of a table that the ledger does not have yet, or nothing.

    `delimiter` is found from the header if not given. Raises InputError, placed
    as `file:line column`, for the first thing amiss.
    """
    table = _Table(book)
    with book.together():
        before = len(book.waiting)
        for row in _rows(read_text(path), str(path), delimiter):
            table.enter(row)
        return Imported(book.waiting[before:], table.unchanged)


def _rows(words: str, file: str, delimiter: str | None) -> Iterator[Fields]:
    """Yield each row that is not blank as its filled cells, by column."""
    header, _, _ = words.partition("\n")
    if delimiter not in (None, *DELIMITERS):
        raise InputError(f"{delimiter!r} is no delimiter.", hint="Use a comma, a semicolon or a tab.")
    between = delimiter or max(DELIMITERS, key=lambda mark: len(_known(header, mark)))
    reader = csv.reader(StringIO(words, newline=""), delimiter=between, strict=True)
    columns: list[str] = []
    while True:
        place = Place(file, reader.line_num + 1)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise place.error(
                f"This is not CSV: {error}.", "Put a text that holds quotation marks in quotes."
            ) from None
        if cells is None:
            return
        cells = [cell.strip() for cell in cells]
        if not columns:
            columns = _columns(cells, place)
        elif any(cells):
            if len(cells) > len(columns):
                message = f"The row has {len(cells)} cells, the header {len(columns)}."
                raise place.error(message, "Put a text that holds the delimiter in quotes.")
            filled = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
            places = dict.fromkeys(columns, place)
            yield Fields({column: Scalar(cell, place) for column, cell in filled.items()}, places, place)


def _known(header: str, delimiter: str) -> set[str]:
    return set(COLUMNS) & {cell.strip(' "').lower() for cell in header.split(delimiter)}


def _columns(cells: list[str], place: Place) -> list[str]:
    columns = [cell.lower().replace(" ", "_") for cell in cells]
    for number, column in enumerate(columns):
        if column not in COLUMNS:
            hint = did_you_mean(column, COLUMNS) or f"Columns are: {', '.join(COLUMNS)}."
            raise place.error(f"There is no column {cells[number]!r}.", hint)
        if column in columns[:number]:
            raise place.error(f"The column {column!r} stands there twice.", "Keep one.")
    if "text" not in columns:
        raise place.error("The column 'text' is missing.", "Name in the first line what each column holds.")
    return columns


class _Table:
    """One table on its way into a ledger."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._held = {words: handle for handle, words in queries.names(book.ledger.db, "claim").items()}
        self._there: dict[str, dict[Said, Record]] = {}
        self._met: dict[str, Record] = {}

    @property
    def unchanged(self) -> tuple[Record, ...]:
        """The records that rows told of and the ledger had."""
        new = {record.uid for record in self._book.waiting}
        return tuple(record for uid, record in self._met.items() if uid not in new)

    def enter(self, row: Fields) -> None:
        """Record what a row says and the ledger does not have: a claim, or evidence, or both."""
        claim = self._claim(row)
        if "source" in row.values:
            self._evidence(row, claim)
            return
        for column in EVIDENCE:
            if column in row.values:
                raise row.place.error(f"The evidence has no source, only its {column}.", "Name one.", field="source")

    def _claim(self, row: Fields) -> Claim:
        given = self._values(Claim, row, CLAIM)
        words = given.get("text")
        handle = text(row, "id") if "id" in row.values else self._held.get(words or "")
        known = self._book.get(handle) if handle else None
        if known is None:
            if words is None:
                raise row.place.error("The claim has no text.", "Give it where the claim first stands.", field="text")
            with placed(row):
                known = self._book.claim(id=handle, **given)
            self._held[words] = known.handle
        elif not isinstance(known, Claim):
            message = f"The id {handle} is taken by another record of this ledger ({known.KIND})."
            raise row.place.error(message, "Choose another.", field="id")
        else:
            said = uids(given)
            if not any(attrs.evolve(state, **said) == state for state in (known, *versions(self._book, known))):
                hint = f"To change what is recorded: factledger correct {known.handle}"
                raise row.place.error(differing(known, attrs.evolve(known, **said)), hint)
        self._met[known.uid] = known
        return known

    def _evidence(self, row: Fields, claim: Claim) -> None:
        given = self._values(Evidence, row, EVIDENCE)
        source = given["source"]
        if given.get("seen_in") == source:
            del given["seen_in"]
        with placed(row):
            quote, at = (text(row, column) if column in row.values else None for column in ("quote", "at"))
            if quote or at:
                given["anchor"] = anchor_in(self._book.ledger, given.get("seen_in", source), quote, at=at)
            said = _said(Evidence(uid="", handle="", claim=claim.uid, **uids(given)), placed=at is not None)
            recorded = self._recorded(claim)
            if said not in recorded:
                made = self._book.evidence(claim, **given)
                recorded |= dict.fromkeys((said, *_both(made)), made)
        self._met[recorded[said].uid] = recorded[said]

    def _recorded(self, claim: Claim) -> dict[Said, Record]:
        """Return the evidence that a claim has in the ledger, by all that it says or once said."""
        if claim.handle not in self._there:
            rows = queries.rows(self._book.ledger.db, "evidence", claim=claim.handle)
            held = [self._book.find(Evidence, row["id"]) for row in rows]
            self._there[claim.handle] = {
                said: record
                for record in held
                for state in versions(self._book, record)
                if isinstance(state, Evidence)
                for said in _both(state)
            }
        return self._there[claim.handle]

    def _values(self, cls: type[Record], row: Fields, columns: tuple[str, ...]) -> dict[str, Any]:
        values = read(cls, row.only(*columns))
        return {
            name: self._named(value, row, name) if isinstance(value, Named) else value for name, value in values.items()
        }

    def _named(self, named: Named, row: Fields, column: str) -> Record:
        """Return the agent or source of this id, name or title; make it if it is new and no id."""
        with placed(row, column):
            if named.cls is Agent:
                return agent_of(self._book, named.id)
            known = self._book.look_up(named.cls, named.id)
            if known is not None:
                return known
            if re.fullmatch(r"[a-z0-9_-]+", named.id):
                return self._book.find(named.cls, named.id)  # raises, with a likely one
            return self._book.source(named.id, kind=kind_of(named.id, default=SourceKind.DOCUMENT))


def _said(evidence: Evidence, *, placed: bool) -> Said:
    """Return what evidence says, with its place if a row gives one: it may have been found, or not been recorded."""
    anchor = evidence.anchor
    words, place = (anchor.exact, anchor.fragment or "") if anchor else ("", "")
    return attrs.evolve(ungraded(evidence), uid="", handle="", anchor=None), words, place if placed else ""


def _both(evidence: Evidence) -> tuple[Said, ...]:
    """Return what rows may say for the same evidence: with its place and, if it has words, without."""
    whole, without = _said(evidence, placed=True), _said(evidence, placed=False)
    return (whole, without) if without[1] or not whole[2] else (whole,)
