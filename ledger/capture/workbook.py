"""The visible text of a workbook (.xlsx, .ods), by calamine in a process of its own (extra `[sheets]`)."""

from __future__ import annotations

import re
import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from ..errors import InputError
from .bounded import read_bounded

WORKBOOK = "workbook/1"
"""The extractor of workbooks: a blank line and the name of a sheet before its rows, a tab between cells."""

WORKBOOK_ROWS = Path(__file__).with_name("workbook_rows.py")
"""The program that reads them."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

MOST_ROWS = 100_000
MOST_CHARACTERS = 20_000_000
MOST_UNPACKED = 100_000_000
"""Bytes that a workbook says it unpacks to; one that says less than is true is stopped while it is read."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_REFUSALS = {
    "password": "is locked with a password",
    "rows": f"has a sheet of more than {MOST_ROWS:,} rows",
    "characters": f"has more than {MOST_CHARACTERS:,} characters",
}


def workbook_text(data: bytes, *, where: str) -> str:
    """Return what the visible sheets of a workbook show, formulas as their last results; raise InputError otherwise."""
    hint = "Save the sheet that matters as CSV."
    if find_spec("python_calamine") is None:
        raise InputError(
            "Reading a workbook needs python-calamine.", where=where, hint="pip install 'factledger[sheets]'"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError):
        raise InputError("The workbook is damaged or locked.", where=where, hint=hint) from None
    if size > MOST_UNPACKED:
        raise InputError("The workbook unpacks to more than can be read.", where=where, hint=hint)
    found = read_bounded(
        WORKBOOK_ROWS, data, MOST_ROWS, MOST_CHARACTERS, "--all", what="workbook", where=where, hint=hint
    )
    if "refused" in found:
        raise InputError(f"The workbook {_REFUSALS[found['refused']]}.", where=where, hint=hint)
    sheets = []
    for name, rows in found["sheets"]:
        lines = ["\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t") for _, cells in rows]
        if any(lines):
            sheets.append("\n".join([name, "", *lines]).rstrip("\n"))
    text = _CONTROLS.sub("", "\n\n".join(sheets))
    if not text.strip():
        raise InputError("There is nothing in the workbook.", where=where, hint="Check that it was saved.")
    return text
