"""A table: one row is a claim with one piece of evidence, as people keep them in spreadsheets.

A row whose claim stands further up (same id, or same text where no id is given)
adds evidence to it; what it repeats of the claim must agree, and an empty cell
repeats nothing. Agents and sources are named by id, name or title, and made when
they are new. A row that says what the ledger has adds nothing.

A long table is recorded part by part, in the order of its rows: whatever cuts an
import short, what is on record is the beginning of the table, and importing it
again goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from ..book import Book
from ..desk import agent_of, anchor, kind_of, text_of, unarchived
from ..desk.agents import publisher_of
from ..errors import InputError
from ..model import Agent, Claim, Evidence, Record, Source, SourceKind, grades
from ..rules import ONE_LINE
from ..store import queries
from .cells import TableForm, rows_of
from .columns import CLAIM, EVIDENCE, SOURCE, ColumnMap, Columns
from .faults import Faults, Follows
from .forms import text
from .going import WholeExchange
from .lines import Fields, FilePosition, Scalar, placed
from .recorded import Imported, differing, versions
from .uncollected import uncollected
from .values import Named, read, uids

VALUE = {f"value_{part}": part for part in ("subject", "property", "amount", "unit")}

OF_CLAIM = (*CLAIM, "value")
OF_EVIDENCE = tuple(column for column in EVIDENCE if column != "source")

PART = 5_000
"""Rows that are recorded together."""

REPORTED = 500
"""Rows between two reports of progress."""

MOST_TEXTS = 100
"""Archived texts that are kept in memory."""

Report: TypeAlias = Callable[[int], None]
"""Is told how many rows were read."""

Said: TypeAlias = tuple[tuple[Any, ...], str, str]
"""What a piece of evidence says: its fields but for names and grades, its exact words, the place given for them."""

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|ERROR!|SPILL!|CALC!)|Err:\d{3}")
"""What a spreadsheet shows where a formula failed."""

_besides = attrgetter(
    *(one.name for one in attrs.fields(Evidence) if one.name not in ("uid", "handle", "anchor", *grades(Evidence)))
)


class Tables(WholeExchange):
    """Tables, in."""

    name = "table"
    title = "tables (CSV, TSV, Excel, OpenDocument): a row is a claim, with one piece of evidence"
    carries = "claims with their figures, and evidence with its source, words and speaker"
    loses = "columns that are not read, which are named"
    media_type = "text/csv"
    suffixes = (".csv", ".tsv", ".xlsx", ".ods")

    def enter(self, book: Book, path: Path, **how: Any) -> Iterator[Imported]:
        return import_parts(book, path, **how)


def import_table(
    book: Book,
    path: Path,
    *,
    form: TableForm = TableForm(),
    columns: ColumnMap = ColumnMap(),
) -> Imported:
    """Record all of a table that the ledger does not have yet, as `import_parts` does, and return what came of it."""
    parts = list(import_parts(book, path, form=form, columns=columns))
    return Imported(
        tuple(record for part in parts for record in part.added),
        tuple({record.uid: record for part in parts for record in part.unchanged}.values()),
        left_out=parts[0].left_out,
    )


def import_parts(
    book: Book,
    path: Path,
    *,
    form: TableForm = TableForm(),
    columns: ColumnMap = ColumnMap(),
    report: Report = lambda rows: None,
) -> Iterator[Imported]:
    """Record what the ledger does not have yet, `PART` rows at a time, and yield what came of each part.

    A part is recorded as a whole, and none after one in which something is amiss, though all are tried. At the end
    raises InputError, placed as `file:line column`, for what is amiss; InputErrors if that are several things.
    """
    faults = Faults()
    lines = rows_of(path, form, columns.knows)
    place, cells = next(lines, (FilePosition(str(path), 1), []))
    header = columns.read(cells, place)
    table, rows, done, recorded = _TableImport(book, faults), _told(lines, header, columns), 0, ""
    with book.names_as_they_are():
        while (part := list(islice(rows, PART))) or not done:
            with suppress(_Unsound), uncollected(), book.together(), book.whole():
                before = len(book.waiting)
                table.enter_all(part, report, done)
                if faults.count:
                    raise _Unsound
                imported = Imported(book.waiting[before:], table.unchanged, left_out=header.left_out)
            done += len(part) or 1
            if not faults.count:
                if part and not book.rehearsing:
                    recorded = f"its first {done:,} rows are recorded, and none below"
                yield imported
            if faults.full:
                break
    faults.require_none(recorded=recorded)


class _Unsound(Exception):
    """Something is amiss in this part of a table, or was further up."""


def _told(
    rows: Iterator[tuple[FilePosition, list[str]]], header: Columns, columns: ColumnMap
) -> Iterator[Fields | InputError]:
    """Yield the rows of which each cell has its column, and of the others what is amiss.

    After one that cannot be read nobody knows where the next begins.
    """
    try:
        for place, cells in rows:
            try:
                yield _fields(place, cells, header, columns)
            except InputError as error:
                yield error
    except InputError as error:
        yield error


def _fields(place: FilePosition, cells: list[str], header: Columns, columns: ColumnMap) -> Fields:
    """Return the filled cells of a row by the columns that are read; raise InputError for one without a column."""
    for number in range(len(header.names), len(cells)):
        if cells[number]:
            message = f"The row has {len(cells)} cells, the header {len(header.names)}."
            raise place.error(message, "Put a text that holds the delimiter in quotes.")
    filled = {}
    for column, written, cell in zip(header.names, header.written, cells, strict=False):
        if column and _ERROR.fullmatch(cell):
            message = f"The column {written!r} holds {cell}, which a formula gave instead of a value."
            raise place.error(message, "Mend the formula, or empty the cell.")
        if column and cell:
            filled[column] = columns.word(column, " ".join(cell.split()) if column in ONE_LINE else cell)
        elif cell and not written:
            raise place.error(f"A column without a name holds {cell[:40]!r}.", "Name it in the first line.")
    return Fields(
        {column: Scalar(cell, place) for column, cell in filled.items()}, dict.fromkeys(header.names, place), place
    )


class _TableImport:
    """One table on its way into a ledger."""

    def __init__(self, book: Book, faults: Faults) -> None:
        self._book = book
        self._faults = faults
        self._size = queries.head(book.ledger.db).size
        self._held: dict[str, str] = {}
        self._addressed: dict[str, str] = {}
        self._people: dict[str, Record] = {}
        self._there: dict[str, dict[Said, Record]] = {}
        self._met: dict[str, Record] = {}
        self._new: set[str] = set()
        self._lost = False  # whether a part that came before was not recorded
        self._text_of = lru_cache(MOST_TEXTS)(partial(text_of, book.ledger))

    def enter_all(self, rows: Sequence[Fields | InputError], report: Report, done: int) -> None:
        """Record what rows say and the ledger does not have, and note what is amiss; `done` rows came before."""
        self._lost = self._faults.count > 0
        self._look_up([row for row in rows if isinstance(row, Fields)])
        for number, row in enumerate(rows, done + 1):
            with self._faults.noted(*(_names(row) if isinstance(row, Fields) else ())):
                if isinstance(row, InputError):
                    raise row
                self.enter(row)
            if number % REPORTED == 0:
                report(number)
            if self._faults.full:
                return

    def _look_up(self, rows: Iterable[Fields]) -> None:
        """Find which claims and addresses of some rows the ledger has: at once, as neither has an index."""
        db = self._book.ledger.db
        if not self._book.waiting:  # else what came before is in no table yet
            self._held, self._addressed, self._people, self._there, self._new = {}, {}, {}, {}, set()
        self._met = {}
        self._held |= queries.ids_by(db, "claims", "text", _all(rows, "text"))
        self._addressed |= queries.ids_by(db, "sources", "url", _all(rows, "url"))

    @property
    def unchanged(self) -> tuple[Record, ...]:
        """The records that the rows told of and the ledger had before the first row of the table."""
        there = queries.recorded_before(self._book.ledger.db, self._size, self._met)
        return tuple(record for uid, record in self._met.items() if uid in there)

    def enter(self, row: Fields) -> None:
        """Record what a row says and the ledger does not have: a claim, or evidence, or both."""
        claim = self._claim(row)
        if "source" in row.values:
            self._evidence(row, claim)
            return
        for column in (*EVIDENCE, *SOURCE):
            if column in row.values:
                raise row.place.error(f"The evidence has no source, only its {column}.", "Name one.", field="source")

    def _claim(self, row: Fields) -> Claim:
        """Return the claim of a row; raise Follows where only a row that was kept out says what it is."""
        given = self._values(Claim, _with_value(row), OF_CLAIM)
        words = given.get("text")
        handle = text(row, "id") if "id" in row.values else self._held.get(words or "")
        known = self._book.get(handle) if handle else None
        if known is None:
            if words is None:
                self._faults.require_there(handle or "")
                if self._lost:
                    raise Follows("Its claim may be further up, in a part that was not recorded.")
                raise row.place.error("The claim has no text.", "Give it where the claim first stands.", field="text")
            with placed(row):
                known = self._book.claim(id=handle, **given)
            self._held[words] = known.handle
            self._new.add(known.uid)
        elif not isinstance(known, Claim):
            message = f"The id {handle} is taken by another record of this ledger ({known.KIND})."
            raise row.place.error(message, "Choose another.", field="id")
        else:
            self._require_same(row, known, given)
        self._met[known.uid] = known
        return known

    def _evidence(self, row: Fields, claim: Claim) -> None:
        given = self._values(Evidence, row, OF_EVIDENCE)
        given["source"] = source = self._source(row)
        if given.get("seen_in") == source:
            del given["seen_in"]
        with placed(row):
            quote, at = (text(row, column) if column in row.values else None for column in ("quote", "at"))
            if quote or at:
                words = self._text_of(given.get("seen_in", source))
                given["anchor"] = anchor(quote, words, at=at) if words else unarchived(quote, at=at)
            said = _said(Evidence(uid="", handle="", claim=claim.uid, **uids(given)), placed=at is not None)
            recorded = self._recorded(claim)
            if said not in recorded:
                made = self._book.evidence(claim, **given)
                recorded.update(dict.fromkeys((said, *_both(made)), made))
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
        if url is not None and url in self._addressed:
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

        def fits(state: Record) -> bool:
            return all(getattr(state, name) == value for name, value in said.items())

        if not fits(known) and not any(map(fits, versions(self._book, known))):
            hint = f"To change what is recorded: factledger correct {known.handle}"
            raise row.place.error(differing(known, attrs.evolve(known, **said)), hint)

    def _recorded(self, claim: Claim) -> dict[Said, Record]:
        """Return the evidence that a claim has in the ledger, by all that it says or once said."""
        if claim.handle not in self._there:
            rows = [] if claim.uid in self._new else queries.rows(self._book.ledger.db, "evidence", claim=claim.handle)
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
        if named.cls is Agent and named.id in self._people:
            return self._people[named.id]
        with placed(row, column):
            if named.cls is Agent:
                agent = (publisher_of if column == "publisher" else agent_of)(self._book, named.id)
                self._people[named.id] = agent
                return agent
            known = self._book.look_up(named.cls, named.id)
            if known is not None:
                return known
            if re.fullmatch(r"[a-z0-9_-]+", named.id):
                return self._book.find(named.cls, named.id)  # raises, with a likely one
            return self._book.source(named.id, kind=kind_of(named.id, default=SourceKind.DOCUMENT))


def _names(row: Fields) -> tuple[str, ...]:
    """Return what the claim of a row is called: its id, its words."""
    return tuple(node.text for column in ("id", "text") if isinstance(node := row.values.get(column), Scalar))


def _all(rows: Iterable[Fields], column: str) -> set[str]:
    return {node.text for row in rows if isinstance(node := row.values.get(column), Scalar)}


def _with_value(row: Fields) -> Fields:
    """Return a row with the parts of its claim's figure, if there are any, as one field."""
    parts = {part: row.values[column] for column, part in VALUE.items() if column in row.values}
    places = dict.fromkeys(parts, row.place)
    return row.having(value=Fields(parts, places, row.place)) if parts else row


def _said(evidence: Evidence, *, placed: bool) -> Said:
    """Return what evidence says, with its place if a row gives one: it may have been found, or not been recorded."""
    anchor = evidence.anchor
    words, place = (anchor.exact, anchor.fragment or "") if anchor else ("", "")
    return _besides(evidence), words, place if placed else ""


def _both(evidence: Evidence) -> tuple[Said, ...]:
    """Return what rows may say for the same evidence: with its place and, if it has words, without."""
    whole, without = _said(evidence, placed=True), _said(evidence, placed=False)
    return (whole, without) if without[1] or not whole[2] else (whole,)
