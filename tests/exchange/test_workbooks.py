"""Tables in workbooks: which cells come in, and what is refused in one line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from ledger.book import Book
from ledger.errors import InputError
from ledger.exchange import TableForm, column_map, import_table
from ledger.model import Claim, Evidence, Source

pytest.importorskip("python_calamine", reason="python-calamine is not installed")

Refused = Callable[..., str]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DATE = 's="1"'
"""The style of a cell that is shown as a day."""


def xlsx(*sheets: tuple[str, str], prolog: str = "", strings: str = "") -> bytes:
    """A workbook of these sheets: the name and the XML of the rows of each."""
    numbered = list(enumerate(sheets, 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f'{prolog}<sst xmlns="{MAIN}">{strings}</sst>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
        for n, (_, rows) in numbered:
            packed.writestr(f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{MAIN}">{rows}</worksheet>')
    return out.getvalue()


def sheet(*rows: list[object]) -> str:
    """The XML of rows of cells: texts, numbers, and days as (number,)."""
    return "<sheetData>" + "".join(map(_row, range(1, len(rows) + 1), rows)) + "</sheetData>"


def _row(number: int, cells: list[object]) -> str:
    return f'<row r="{number}">{"".join(_cell(f"{chr(65 + n)}{number}", cell) for n, cell in enumerate(cells))}</row>'


def _cell(place: str, cell: object) -> str:
    if isinstance(cell, tuple):
        return f'<c r="{place}" {DATE}><v>{cell[0]}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' if cell else ""
    return f'<c r="{place}"><v>{cell}</v></c>'


def ods(rows: str) -> bytes:
    """An OpenDocument workbook with one sheet, `Claims`."""
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
        packed.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body>'
            f'<office:spreadsheet><table:table table:name="Claims">{rows}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return out.getvalue()


TABLE = sheet(
    ["Claim", "Outlet", "Out on", "When", "Ships", "Checked by"],
    ["The pier was shut\nfor twelve days.", "Morning report", (45414,), "2024-05", 12, "Ana"],
    [],
    ["It is open again.", "Morning report", "2024-05-02", "", 0.30000000000000004],
)
MAPPED = column_map(["Claim=text", "Outlet=source", "Out on=published", "When=occurred", "Ships=topic"])


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook, and returns its path."""

    def write(data: bytes, name: str = "bridge.xlsx") -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_a_sheet_comes_in_as_it_is_shown(book: Book, workbook: Callable[..., Path]) -> None:
    """Days are dates, whole numbers have no point, a claim is one line, and what is not read is said."""
    imported = import_table(book, workbook(xlsx(("Claims", TABLE))), columns=MAPPED)
    claims = [one for one in imported.added if isinstance(one, Claim)]
    assert [(one.text, one.occurred, one.topic) for one in claims] == [
        ("The pier was shut for twelve days.", "2024-05", "12"),
        ("It is open again.", None, "0.3"),
    ]
    (source,) = (one for one in imported.added if isinstance(one, Source))
    assert (source.title, source.published) == ("Morning report", "2024-05-02")
    assert imported.left_out == ("Checked by",)
    assert import_table(book, workbook(xlsx(("Claims", TABLE))), columns=MAPPED).added == ()


def test_a_cell_that_is_merged_over_rows_stands_in_each(book: Book, workbook: Callable[..., Path]) -> None:
    """A source written once beside three claims, in one tall cell, is the source of all three."""
    rows = sheet(["text", "source"], ["The pier was shut.", "Minutes"], ["It rained.", ""], ["It is open.", ""])
    merged = '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
    imported = import_table(book, workbook(xlsx(("Claims", rows + merged))))
    assert [type(one) for one in imported.added].count(Evidence) == 3
    assert [type(one) for one in imported.added].count(Source) == 1


def test_an_opendocument_sheet_is_read_too(book: Book, workbook: Callable[..., Path]) -> None:
    """The other office suite's tables come in by the same columns."""
    cells = (["text", "source"], ["The pier was shut.", "Morning report"])
    rows = "".join(f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in cells)
    imported = import_table(book, workbook(ods(rows), "bridge.ods"))
    assert [type(one) for one in imported.added].count(Evidence) == 1


def _ods_cell(words: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def test_of_several_sheets_one_is_named(book: Book, workbook: Callable[..., Path], refused: Refused) -> None:
    """Which sheet is meant is not guessed; sheets without cells do not count."""
    one, other = sheet(["text"], ["The pier was shut."]), sheet(["text"], ["It is open."])
    path = workbook(xlsx(("Claims", one), ("Notes", other), ("Empty", sheet())))
    assert "The workbook has several sheets: Claims, Notes. Say which: --sheet NAME" in str(_error(book, path))
    assert "Did you mean Notes?" in str(_error(book, path, TableForm(sheet="Note")))
    (claim,) = import_table(book, path, form=TableForm(sheet="Notes")).added
    assert isinstance(claim, Claim) and claim.text == "It is open."
    assert import_table(book, workbook(xlsx(("Claims", one), ("Empty", sheet())))).added


def _error(book: Book, path: Path, form: TableForm = TableForm()) -> InputError:
    with pytest.raises(InputError) as caught:
        import_table(book, path, form=form)
    return caught.value


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR, DEEP = (
    f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{corner}"><v>1</v></c></row></sheetData>'
    for corner in ("XFD1048576", "A1048576")
)
HOSTILE = {
    "a row without its claim": (xlsx(("A", sheet(["text", "topic"], ["", "b"]))), 2, "text: The claim has no text."),
    "a ragged row": (xlsx(("A", sheet(["text"], ["a", "b"]))), 2, "A column without a name holds 'b'."),
    "a control character": (xlsx(("A", sheet(["text"], ["a"], ["a\u2028b"]))), 3, "control character U+2028"),
    "a million rows that are declared": (xlsx(("A", DEEP)), None, "The sheet has more than 100,000 rows."),
    "the whole plane": (xlsx(("A", FAR)), None, "The workbook takes too much memory to read."),
    "no words": (xlsx(("A", sheet())), None, "There is nothing in it."),
    "no workbook": (b"text\na\n", None, "This is no .xlsx file, though it is called so."),
    "half of one": (xlsx(("A", TABLE))[:-80], None, "This is no .xlsx file, though it is called so."),
    "a bomb": (xlsx(("A", TABLE), strings=" " * 100_000_000), None, "The workbook unpacks to 100,"),
    "a cell that no string is kept for": (
        xlsx(("A", '<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>')),
        None,
        "The workbook is damaged.",
    ),
}


@pytest.mark.parametrize(("data", "line", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_refused_in_one_line(
    workbook: Callable[..., Path], refused: Refused, data: bytes, line: int | None, says: str
) -> None:
    """Whatever is wrong with it, one line says so, with the row, and nothing is recorded."""
    assert says in refused(import_table, workbook(data), at=line)


def test_entities_are_not_expanded(book: Book, workbook: Callable[..., Path]) -> None:
    """What a document type declares is never put in the place of its name."""
    rows = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    data = xlsx(("A", rows), prolog=ENTITIES, strings="<si><t>text&amp;b;</t></si>".replace("&amp;", "&"))
    assert "aaaa" not in str(_error(book, workbook(data)))
