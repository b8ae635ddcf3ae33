"""A table: one row is a claim with one piece of evidence, as people keep them in spreadsheets.

A row whose claim stands further up (same id, or same text where no id is given)
adds evidence to it; what it repeats of the claim must agree, and an empty cell
repeats nothing. Agents and sources are named by id, name or title, and made when
they are new. A row that says what the ledger has adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from ..book import Book
from ..desk import agent_of, anchor_in, kind_of
from ..desk.agents import publisher_of
from ..errors import InputError, InputErrors
from ..model import Agent, Claim, Evidence, Record, Source, SourceKind, ungraded
from ..rules import ONE_LINE
from ..store import queries
from .cells import TableForm, rows_of
from .columns import CLAIM, EVIDENCE, SOURCE, ColumnMap, Columns
from .forms import text
from .going import WholeExchange
from .lines import Fields, FilePosition, Scalar, placed
from .recorded import Imported, differing, versions
from .values import Named, read, uids

VALUE = {f"value_{part}": part for part in ("subject", "property", "amount", "unit")}

MOST = 20
"""Things amiss that are told at once."""

Said: TypeAlias = tuple[Evidence, str, str]
"""What a piece of evidence says: its fields without its names, its exact words, and the place given for them."""


class Tables(WholeExchange):
    """Tables, in."""

    name = "table"
    title = "tables (CSV, TSV, Excel, OpenDocument): a row is a claim, with one piece of evidence"
    carries = "claims with their figures, and evidence with its source, words and speaker"
    loses = "columns that are not read, which are named"
    media_type = "text/csv"
    suffixes = (".csv", ".tsv", ".xlsx", ".ods")

    def enter(self, book: Book, path: Path, **how: Any) -> Imported:
        return import_table(book, path, form=how["form"], columns=how["columns"])


def import_table(
    book: Book,
    path: Path,
    *,
    form: TableForm = TableForm(),
    columns: ColumnMap = ColumnMap(),
) -> Imported:
    """Record all of a table that the ledger does not have yet, or nothing.

    Raises InputError, placed as `file:line column`, for what is amiss; InputErrors if that are several things.
    """
    table, faults = _TableImport(book), list[InputError]()
    rows = rows_of(path, form, columns.knows)
    place, cells = next(rows, (FilePosition(str(path), 1), []))
    header = columns.read(cells, place)
    with book.together():
        before = len(book.waiting)
        for row in _told(rows, header, columns, faults):
            try:
                table.enter(row)
            except InputError as error:
                faults.append(error)
                table.pass_over(row)
            if len(faults) == MOST:
                break
        _require_none(faults)
        return Imported(book.waiting[before:], table.unchanged, left_out=header.left_out)


def _told(
    rows: Iterator[tuple[FilePosition, list[str]]], header: Columns, columns: ColumnMap, faults: list[InputError]
) -> Iterator[Fields]:
    """Yield the rows of which each cell has its column, and note what is amiss with the others.

    After one that cannot be read nobody knows where the next begins.
    """
    try:
        for place, cells in rows:
            try:
                row = _fields(place, cells, header, columns)
            except InputError as error:
                faults.append(error)
                if len(faults) == MOST:
                    return
            else:
                yield row
    except InputError as error:
        faults.append(error)


def _require_none(faults: Sequence[InputError]) -> None:
    if len(faults) == 1:
        raise faults[0]
    if faults:
        further = (
            f"These are the first {MOST}: what stands further down was not looked at." if len(faults) == MOST else ""
        )
        raise InputErrors(faults, hint=further or "Mend them, and import it again.")


def _fields(place: FilePosition, cells: list[str], header: Columns, columns: ColumnMap) -> Fields:
    """Return the filled cells of a row by the columns that are read; raise InputError for one without a column."""
    for number in range(len(header.names), len(cells)):
        if cells[number]:
            message = f"The row has {len(cells)} cells, the header {len(header.names)}."
            raise place.error(message, "Put a text that holds the delimiter in quotes.")
    filled = {}
    for column, written, cell in zip(header.names, header.written, cells, strict=False):
        if column and cell:
            filled[column] = columns.word(column, " ".join(cell.split()) if column in ONE_LINE else cell)
        elif cell and not written:
            raise place.error(f"A column without a name holds {cell[:40]!r}.", "Name it in the first line.")
    return Fields(
        {column: Scalar(cell, place) for column, cell in filled.items()}, dict.fromkeys(header.names, place), place
    )


class _TableImport:
    """One table on its way into a ledger."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._held = {words: handle for handle, words in queries.names(book.ledger.db, "claim").items()}
        self._there: dict[str, dict[Said, Record]] = {}
        self._met: dict[str, Record] = {}
        self._passed: set[str] = set()
        self._addressed: dict[str | None, str] = {
            row["url"]: row["id"] for row in queries.rows(book.ledger.db, "sources") if row["url"]
        }

    def pass_over(self, row: Fields) -> None:
        """Keep in mind that a row's claim may not be there: rows further down that add to it are not at fault."""
        self._passed |= {row.values[column].text for column in ("id", "text") if column in row.values}  # type: ignore[union-attr]

    @property
    def unchanged(self) -> tuple[Record, ...]:
        """The records that rows told of and the ledger had."""
        new = {record.uid for record in self._book.waiting}
        return tuple(record for uid, record in self._met.items() if uid not in new)

    def enter(self, row: Fields) -> None:
        """Record what a row says and the ledger does not have: a claim, or evidence, or both."""
        claim = self._claim(row)
        if claim is None:
            return
        if "source" in row.values:
            self._evidence(row, claim)
            return
        for column in (*EVIDENCE, *SOURCE):
            if column in row.values:
                raise row.place.error(f"The evidence has no source, only its {column}.", "Name one.", field="source")

    def _claim(self, row: Fields) -> Claim | None:
        """Return the claim of a row; None where only a row that was passed over says what it is."""
        given = self._values(Claim, _with_value(row), (*CLAIM, "value"))
        words = given.get("text")
        handle = text(row, "id") if "id" in row.values else self._held.get(words or "")
        known = self._book.get(handle) if handle else None
        if known is None:
            if words is None and handle in self._passed:
                return None
            if words is None:
                raise row.place.error("The claim has no text.", "Give it where the claim first stands.", field="text")
            with placed(row):
                known = self._book.claim(id=handle, **given)
            self._held[words] = known.handle
        elif not isinstance(known, Claim):
            message = f"The id {handle} is taken by another record of this ledger ({known.KIND})."
            raise row.place.error(message, "Choose another.", field="id")
        else:
            self._require_same(row, known, given)
        self._met[known.uid] = known
        return known

    def _evidence(self, row: Fields, claim: Claim) -> None:
        given = self._values(Evidence, row, tuple(column for column in EVIDENCE if column != "source"))
        given["source"] = source = self._source(row)
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

    def _source(self, row: Fields) -> Source:
        """Return the source of a row: the one of its address, id or title, or else a new one."""
        name = text(row, "source")
        given = self._values(Source, row, SOURCE)
        known = self._known_source(name, given.get("url"), row)
        if known is not None:
            self._require_same(row, known, given)
            return known
        with placed(row, "source"):
            if re.fullmatch(r"[a-z0-9_-]+", name):
                return self._book.find(Source, name)  # raises, with a likely one
        with placed(row):
            made = self._book.source(name, **{"kind": kind_of(name, default=SourceKind.DOCUMENT), **given})
        if made.url is not None:
            self._addressed[made.url] = made.handle
        return made

    def _known_source(self, name: str, url: str | None, row: Fields) -> Source | None:
        """Return the source of this address; without one, of this id or title, the one without an address first."""
        if url in self._addressed:
            return self._book.find(Source, self._addressed[url])
        found = self._book.get(name)
        if isinstance(found, Source):
            return found
        if url is not None:
            return None
        bare = [one for one in self._book.named(Source, name) if one.url is None]
        if len(bare) == 1:
            return bare[0]
        with placed(row, "source"):
            return self._book.look_up(Source, name)

    def _require_same(self, row: Fields, known: Record, given: dict[str, Any]) -> None:
        """Raise InputError if a row says otherwise what is on record, now or once."""
        said = uids(given)
        if not any(attrs.evolve(state, **said) == state for state in (known, *versions(self._book, known))):
            hint = f"To change what is recorded: factledger correct {known.handle}"
            raise row.place.error(differing(known, attrs.evolve(known, **said)), hint)

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

    def _values(self, cls: type[Record], row: Fields, columns: Iterable[str]) -> dict[str, Any]:
        values = read(cls, row.only(*columns))
        return {
            name: self._named(value, row, name) if isinstance(value, Named) else value for name, value in values.items()
        }

    def _named(self, named: Named, row: Fields, column: str) -> Record:
        """Return the agent or source of this id, name or title; make it if it is new and no id."""
        with placed(row, column):
            if named.cls is Agent:
                return (publisher_of if column == "publisher" else agent_of)(self._book, named.id)
            known = self._book.look_up(named.cls, named.id)
            if known is not None:
                return known
            if re.fullmatch(r"[a-z0-9_-]+", named.id):
                return self._book.find(named.cls, named.id)  # raises, with a likely one
            return self._book.source(named.id, kind=kind_of(named.id, default=SourceKind.DOCUMENT))


def _with_value(row: Fields) -> Fields:
    """Return a row with the parts of its claim's figure, if there are any, as one field."""
    parts = {part: row.values[column] for column, part in VALUE.items() if column in row.values}
    places = dict.fromkeys(parts, row.place)
    return row.having(value=Fields(parts, places, row.place)) if parts else row


def _said(evidence: Evidence, *, placed: bool) -> Said:
    """Return what evidence says, with its place if a row gives one: it may have been found, or not been recorded."""
    anchor = evidence.anchor
    words, place = (anchor.exact, anchor.fragment or "") if anchor else ("", "")
    return attrs.evolve(ungraded(evidence), uid="", handle="", anchor=None), words, place if placed else ""


def _both(evidence: Evidence) -> tuple[Said, ...]:
    """Return what rows may say for the same evidence: with its place and, if it has words, without."""
    whole, without = _said(evidence, placed=True), _said(evidence, placed=False)
    return (whole, without) if without[1] or not whole[2] else (whole,)
