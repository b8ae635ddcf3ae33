"""The cells of a table's rows, each row with its line: from .csv, .tsv, .xlsx and .ods. Nothing in them is guessed.

CSV is UTF-8, or has a byte order mark, or is in the encoding that is named; what stands between its cells is found from
the header, or said by a first line `sep=;`. In a workbook a date is written 2025-05-02, a formula is its last result.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from typing import TypeAlias

import attrs

from ..capture.bounded import read_bounded
from ..capture.encoding import decode
from ..capture.guessing import guess
from ..capture.labels import codec_of, label_of
from ..capture.workbook import MOST_CHARACTERS, MOST_ROWS, MOST_UNPACKED, WORKBOOK_ROWS
from ..errors import InputError
from .lines import FilePosition, did_you_mean, read_bytes, require_shown, shown_text

DELIMITERS = (",", ";", "\t")
WORKBOOKS = (".xlsx", ".ods")

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
    words = _decoded(read_bytes(path), str(path), form.encoding)
    said = _SEPARATOR.match(words)
    delimiter = form.delimiter or (said[1] if said else None)
    if delimiter not in (None, *DELIMITERS):
        raise InputError(
            f"{delimiter!r} is no delimiter.", where=f"{path}:1", hint="Use a comma, a semicolon or a tab."
        )
    if said:
        words = words[said.end() :]
    header, _, _ = words.partition("\n")
    reader = csv.reader(StringIO(words, newline=""), delimiter=delimiter or _delimiter(header, known), strict=True)
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


def _decoded(data: bytes, file: str, encoding: str | None) -> str:
    if encoding is not None and codec_of(encoding) is None:
        raise InputError(f"No encoding is called {encoding!r}.", hint="Such as: windows-1252, windows-1251, utf-16.")
    decoded = decode(data, charset=encoding or "utf-8")
    broken = decoded.text.find("\ufffd")
    if broken >= 0:
        line = len(decoded.text[:broken].splitlines()) or 1
        called = "UTF-8 text" if decoded.encoding == "utf-8" else decoded.encoding
        fits = label_of(guess(data).codec) if encoding is None else "windows-1252"
        hint = f"Name its encoding, such as --encoding {fits}, or save it as UTF-8."
        raise FilePosition(file, line).error(f"This is not {called}.", hint)
    return shown_text(decoded.text.encode(), file)


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
