"""The rows of a workbook's sheets, as JSON: run as a program of its own, under limits.

    python -P limited.py SECONDS BYTES workbook_rows.py ROWS CHARACTERS [SHEET] < file.xlsx
    python -P limited.py SECONDS BYTES workbook_rows.py ROWS CHARACTERS --all < file.xlsx

Prints an object with `rows`, each a number (from 1) and its cells as text; with --all one with `sheets`, each the name
of a visible sheet and its rows; or one with `refused`. It imports nothing of this package; what goes wrong inside
calamine ends it, and its parent says so.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

ALL = "--all"

Cell = str | int | float | bool | date | time


def main(most_rows: int, most_characters: int, wanted: str | None) -> None:
    """Print the rows of the workbook on standard input."""
    import python_calamine as calamine

    try:
        workbook = calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    except calamine.PasswordError:
        json.dump({"refused": "password"}, sys.stdout)
        return
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    if wanted == ALL:
        json.dump(_every(workbook, names, most_rows, most_characters), sys.stdout)
        return
    filled = [name for name in names if wanted is None and workbook.get_sheet_by_name(name).start is not None]
    if wanted is None and len(filled) == 1:
        (wanted,) = filled
    if wanted not in workbook.sheet_names:
        found: dict[str, Any] = {"refused": "sheet" if filled or wanted else "empty", "sheets": filled or names}
    else:
        sheet = workbook.get_sheet_by_name(wanted)
        found = _rows(sheet, most_rows, most_characters, sheet.merged_cell_ranges or ())
    json.dump(found, sys.stdout)


def _every(workbook: Any, names: list[str], most_rows: int, most_characters: int) -> dict[str, Any]:
    sheets, size = [], 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        found = _rows(sheet, most_rows, most_characters - size) if sheet.start is not None else {"rows": []}
        if "refused" in found:
            return found
        size += sum(len(cell) + 1 for _, cells in found["rows"] for cell in cells)
        sheets.append((name, found["rows"]))
    return {"sheets": sheets}


def _rows(sheet: Any, most_rows: int, most_characters: int, merged: Any = ()) -> dict[str, Any]:
    """Return the rows of a sheet; a cell that is `merged` over several rows says the same in each."""
    if sheet.start is None:
        return {"refused": "empty"}
    if sheet.end[0] >= most_rows:
        return {"refused": "rows", "count": sheet.end[0] + 1}
    rows, size = [], 0
    table = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in merged:
        for cells in table[top + 1 : bottom + 1]:
            cells[left] = table[top][left]
    for number, cells in enumerate(table, 1):
        written = [_text(cell) for cell in cells]
        size += sum(map(len, written)) + len(written)
        if size > most_characters:
            return {"refused": "characters"}
        rows.append((number, written))
    return {"rows": rows}


def _text(cell: Cell) -> str:
    """Return a cell's value as it is written in a table: dates as ISO 8601, numbers as they are shown."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
