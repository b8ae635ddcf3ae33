"""The cells of a table's rows, each row with its line: from .csv, .tsv, .xlsx and .ods. Nothing in them is guessed.

CSV is UTF-8, or has a byte order mark, or is in the encoding that is named; what stands between its cells is found from
the header, or said by a first line `sep=;`. In a workbook a date is written 2025-05-02, a formula is its last result,
and a cell that is merged over several rows stands in each.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from io import BytesIO, TextIOWrapper
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, TypeAlias

import attrs

from ..capture.bounded import read_bounded
from ..capture.encoding import LONGEST_MARK, marked
from ..capture.guessing import guess
from ..capture.labels import codec_of, label_of
from ..capture.workbook import MOST_CHARACTERS, MOST_ROWS, MOST_UNPACKED, WORKBOOK_ROWS
from ..errors import InputError, reading_file
from .lines import FilePosition, did_you_mean, read_bytes, require_shown

DELIMITERS = (",", ";", "\t")
WORKBOOKS = (".xlsx", ".ods")

LONGEST_LINE = 1_000_000
"""Characters of a line."""

SAMPLE = 1_000_000
"""Bytes of which the encoding is guessed where it has to be named."""

_ZIP = b"PK\x03\x04"
_SEPARATOR = re.compile(r'"?sep=(.+?)"?\n', re.IGNORECASE)
_BEGINS_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")

Row: TypeAlias = tuple[FilePosition, list[str]]


@attrs.frozen(kw_only=True)
class TableForm:
    """What is said of how a table is written; None is what follows from the file."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None


def rows_of(path: Path, form: TableForm, known: Callable[[str], bool]) -> Iterator[Row]:
    """Yield each row that is not blank, the header first; raise InputError, with its line, for what cannot be read.

    `known` says whether a column of this name is one that is read.
    """
    if path.suffix.lower() in WORKBOOKS:
        rows = _of_workbook(path, form.sheet)
    elif form.sheet is not None:
        raise InputError("Only a workbook has sheets.", where=str(path), hint="Leave --sheet out.")
    else:
        rows = _of_csv(path, form, known)
    for place, cells in rows:
        if any(cells):
            yield place, cells


def inert(cell: object) -> object:
    """Return a cell as CSV takes it without harm: a text that a spreadsheet would run as a formula gets a leading '."""
    return f"'{cell}" if isinstance(cell, str) and _BEGINS_FORMULA.match(cell) else cell


def live(cell: str) -> str:
    """Return the text that `inert` was given."""
    return cell[1:] if cell.startswith("'") and _BEGINS_FORMULA.match(cell) else cell


def _of_csv(path: Path, form: TableForm, known: Callable[[str], bool]) -> Iterator[Row]:
    with reading_file(path), path.open("rb") as stream:
        if stream.read(len(_ZIP)) == _ZIP:
            raise InputError("This is a workbook, and no text.", where=str(path), hint="Rename it to end in .xlsx.")
        stream.seek(0)
        lines = _lines(stream, path, form.encoding)
        header = next(lines, "")
        said = _SEPARATOR.match(header)
        delimiter = form.delimiter or (said[1] if said else None)
        if delimiter not in (None, *DELIMITERS):
            raise InputError(
                f"{delimiter!r} is no delimiter.", where=f"{path}:1", hint="Use a comma, a semicolon or a tab."
            )
        if said:
            header = next(lines, "")
        reader = csv.reader(chain([header], lines), delimiter=delimiter or _delimiter(header, known), strict=True)
        while True:
            place = FilePosition(str(path), reader.line_num + 1 + bool(said))
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise place.error(
                    f"This is not CSV: {error}.", "Put a text that holds quotation marks in quotes."
                ) from None
            if cells is None:
                return
            yield place, [live(cell).strip() for cell in cells]


def _delimiter(header: str, known: Callable[[str], bool]) -> str:
    """Return what parts a header into most columns that are read, else into most cells."""

    def columns(mark: str) -> tuple[int, int]:
        cells = [cell.strip(' "') for cell in header.split(mark)]
        return sum(map(known, cells)), len(cells)

    return max(DELIMITERS, key=columns)


def _lines(stream: BinaryIO, path: Path, encoding: str | None) -> Iterator[str]:
    """Yield the lines of a table as they are read, their ends made LF; raise InputError for what cannot be taken."""
    named = codec_of(encoding or "utf-8")
    if named is None:
        raise InputError(f"No encoding is called {encoding!r}.", hint="Such as: windows-1252, windows-1251, utf-16.")
    mark = marked(stream.read(LONGEST_MARK))
    codec, skipped = mark or (named, 0)
    stream.seek(skipped)
    blank = True
    with TextIOWrapper(stream, codec, errors="replace") as lines:
        for number in count(1):
            line = lines.readline(LONGEST_LINE)
            if not line:
                break
            place = FilePosition(str(path), number)
            if len(line) == LONGEST_LINE:
                raise place.error(f"This line has more than {LONGEST_LINE:,} characters.", "Is it a table?")
            if "\ufffd" in line:
                raise _undecodable(path, place, codec, encoding)
            require_shown(line, lambda _, place=place: place)  # type: ignore[misc]
            blank = blank and not line.strip()
            yield line
    if blank:
        raise InputError("The file is empty.", where=f"{path}:1", hint="Check that it was saved.")


def _undecodable(path: Path, place: FilePosition, codec: str, encoding: str | None) -> InputError:
    called = "UTF-8 text" if codec == "utf-8" else codec
    with path.open("rb") as stream:
        fits = label_of(guess(stream.read(SAMPLE)).codec) if encoding is None else "windows-1252"
    return place.error(f"This is not {called}.", f"Name its encoding, such as --encoding {fits}, or save it as UTF-8.")


def _of_workbook(path: Path, sheet: str | None) -> Iterator[Row]:
    where = str(path)
    if find_spec("python_calamine") is None:
        hint = "pip install 'factledger[sheets]', or save the sheet as CSV."
        raise InputError("Reading a workbook needs python-calamine.", where=where, hint=hint)
    data = read_bytes(path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError):
        hint = "Is it cut off, or locked with a password? Save it again, or the sheet as CSV."
        raise InputError(
            f"This is no {path.suffix.lower()} file, though it is called so.", where=where, hint=hint
        ) from None
    if size > MOST_UNPACKED:
        message = f"The workbook unpacks to {size:,} bytes; at most {MOST_UNPACKED:,} are taken."
        raise InputError(message, where=where, hint="Save the sheet as CSV.")
    found = read_bounded(
        WORKBOOK_ROWS,
        data,
        MOST_ROWS,
        MOST_CHARACTERS,
        *([] if sheet is None else [sheet]),
        what="workbook",
        where=where,
        hint="Save the sheet as CSV.",
    )
    if "refused" in found:
        raise _refusal(found["refused"], found.get("sheets", ()), sheet, where)
    for number, cells in found["rows"]:
        place = FilePosition(where, number)
        yield place, [_shown(cell, place) for cell in cells]


def _shown(cell: str, place: FilePosition) -> str:
    """Return a cell with its line ends made LF; raise InputError if it holds what does not show."""
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    require_shown(cell, lambda _: place)
    return cell


def _refusal(why: str, sheets: Iterable[str], wanted: str | None, where: str) -> InputError:
    if why == "sheet":
        named = ", ".join(sheets)
        if wanted is None:
            return InputError(f"The workbook has several sheets: {named}.", where=where, hint="Say which: --sheet NAME")
        return InputError(
            f"There is no sheet {wanted!r}.", where=where, hint=did_you_mean(wanted, sheets) or f"There are: {named}."
        )
    message, hint = {
        "password": ("The workbook is locked with a password.", "Save it without one."),
        "empty": ("There is nothing in it.", "Check that it was saved."),
        "rows": (
            f"The sheet has more than {MOST_ROWS:,} rows.",
            "Delete what stands below the table, or split it.",
        ),
        "characters": (f"The sheet has more than {MOST_CHARACTERS:,} characters.", "Split it."),
    }[why]
    return InputError(message, where=where, hint=hint)
