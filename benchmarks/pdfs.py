"""PDFs of different makers: which engine gives the words that a reader of the page sees, in their order.

    python benchmarks/pdfs.py [--quick]

Pages of our own, written by ReportLab, fpdf2 and Chromium (each where it is installed) and by hand, with what desks meet:
columns drawn by row and by column, with a heading, a note at the foot, three of them, narrow ones; tables; words broken at
a line's end; letters drawn twice; running heads over a page break; ligatures; words that are white, off the page or drawn
invisibly; white words on a bar; a scan with recognised words. Each page has sentences that must be found, by the
comparison that quotations are held to, and words that must not. *Right* is a page with all of the first and none of the
second. Peers: pypdf, pdfminer.six, and PDFium's own text.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import attrs
import bars

from ledger.capture import read
from ledger.errors import InputError
from ledger.text import compare

ONE = "The dike at the north end was raised by half a metre after the flood and has held since then, the warden said."
TWO = "Farmers on the other bank want the same, since their fields stood under water for eleven days in the spring."
THREE = (
    "The province has put four million aside and will decide in autumn which of the two banks comes first this time."
)


@attrs.frozen
class Sheet:
    """A PDF, what must be found in it, and what must not."""

    name: str
    data: bytes = attrs.field(repr=False)
    found: tuple[str, ...]
    absent: tuple[str, ...] = ()


def wrapped(words: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def reportlab() -> Iterator[Sheet]:
    from reportlab.lib.colors import HexColor, black, white
    from reportlab.pdfgen.canvas import Canvas

    def drawn(name: str, draw: Callable[[Canvas], None], found: tuple[str, ...], absent: tuple[str, ...] = ()) -> Sheet:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842))
        draw(canvas)
        canvas.save()
        return Sheet(f"reportlab, {name}", out.getvalue(), found, absent)

    def columns(
        canvas: Canvas, *, by_row: bool, xs: tuple[int, ...] = (50, 310), width: int = 40, top: int = 740
    ) -> None:
        canvas.setFont("Times-Roman", 11)
        sides = [wrapped(words, width) for words in (ONE, TWO, THREE)[: len(xs)]]
        places = [(x, row, line) for x, side in zip(xs, sides, strict=True) for row, line in enumerate(side)]
        for x, row, line in sorted(places, key=lambda one: (one[1], one[0])) if by_row else places:
            canvas.drawString(x, top - 14 * row, line)

    def headed(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(50, 780, "A dike for one bank, and a wish on the other")
        columns(canvas, by_row=True)
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(50, 560, "A note of the printer under both.")

    def table(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for row, cells in enumerate(
            (("Bank", "Metres", "Cost"), ("North", "410", "1.2 million"), ("South", "380", "2.8 million"))
        ):
            for x, cell in zip((50, 200, 320), cells, strict=True):
                canvas.drawString(x, 760 - 18 * row, cell)

    def twice(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for shift in (0, 0.4, 0.8):
            canvas.drawString(50 + shift, 760, "In all 790 metres were raised")

    def broken(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        for row, line in enumerate(("The provin-", "cial council met in the old ware-", "house by the river.")):
            canvas.drawString(50, 760 - 15 * row, line)

    def headed_pages(canvas: Canvas) -> None:
        for number, lines in enumerate(
            (("The warden said that the dike", "would hold"), ("in any storm of this kind.", "Nobody doubted it.")), 1
        ):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(50, 815, "River Board, minutes")
            canvas.drawString(520, 30, f"Page {number}")
            canvas.setFont("Times-Roman", 12)
            for row, line in enumerate(lines):
                canvas.drawString(50, 760 - 15 * row, line)
            canvas.showPage()

    def hidden(why: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 12)
            canvas.drawString(50, 760, "The dike is safe.")
            canvas.setFillColor(white if why == "white" else black)
            written = canvas.beginText(-500 if why == "off the page" else 50, 730)
            written.setTextRenderMode(3 if why == "invisible" else 0)
            written.textLine("Nobody may read this.")
            written.setTextRenderMode(0)
            canvas.drawText(written)

        return draw

    def bar(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#123456"))
        canvas.rect(40, 750, 500, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(50, 760, "Words on a dark bar")

    yield drawn("columns by row", lambda canvas: columns(canvas, by_row=True), (ONE, TWO))
    yield drawn("columns by column", lambda canvas: columns(canvas, by_row=False), (ONE, TWO))
    yield drawn("heading, columns, note", headed, (ONE, TWO, "A note of the printer under both."))
    yield drawn(
        "three columns", lambda canvas: columns(canvas, by_row=True, xs=(40, 215, 390), width=28), (ONE, TWO, THREE)
    )
    yield drawn("narrow gap", lambda canvas: columns(canvas, by_row=True, xs=(50, 262), width=40), (ONE, TWO))
    yield drawn("table", table, ("North 410 1.2 million", "South 380 2.8 million"))
    yield drawn("drawn three times", twice, ("In all 790 metres were raised",), ("raised In all", "raisedIn all"))
    yield drawn("broken words", broken, ("The provincial council met in the old warehouse by the river.",))
    yield drawn("page break", headed_pages, ("The warden said that the dike would hold in any storm of this kind.",))
    for why in ("white", "off the page", "invisible"):
        yield drawn(f"hidden, {why}", hidden(why), ("The dike is safe.",), ("Nobody may read this.",))
    yield drawn("white on a bar", bar, ("Words on a dark bar",))


def fpdf() -> Iterator[Sheet]:
    from fpdf import FPDF

    def made(name: str, write: Callable[[FPDF], None], *found: str) -> Sheet:
        pdf = FPDF()
        pdf.add_page()
        pdf.set_font("Helvetica", size=12)
        write(pdf)
        return Sheet(f"fpdf2, {name}", bytes(pdf.output()), found)

    def columns(pdf: FPDF) -> None:
        with pdf.text_columns(ncols=2, gutter=10, text_align="J", balance=True) as text:
            text.write(f"{ONE}\n{TWO}\n{THREE}\n{ONE}")

    def table(pdf: FPDF) -> None:
        with pdf.table() as rows:
            for cells in (("Bank", "Metres", "Cost"), ("North", "410", "1.2 million")):
                row = rows.row()
                for cell in cells:
                    row.cell(cell)

    yield made("paragraphs", lambda pdf: pdf.multi_cell(0, 8, f"{ONE} {TWO}"), ONE, TWO)
    yield made("columns", columns, TWO)
    yield made("table", table, "North 410 1.2 million")


def chromium() -> Iterator[Sheet]:
    style = "<meta charset=utf-8><style>body{font:14px serif}.c{column-count:2;text-align:justify;hyphens:auto}</style>"
    pages = {
        "columns": (f"<h1>Dikes</h1><div class=c><p>{ONE}<p>{TWO}<p>{THREE}<p>{ONE}</div>", (ONE, TWO, THREE), ()),
        "ligatures": (
            "<p>Die Mähdrescher fuhren – “effizient” und naïve Offiziere flogen.",
            ("Mähdrescher fuhren – “effizient” und naïve Offiziere flogen",),
            (),
        ),
        "white": (
            '<p>The dike is safe.<p style="color:#fff">Nobody may read this.',
            ("The dike is safe.",),
            ("Nobody may read this.",),
        ),
        "table": (
            "<table><tr><td>North<td>410<td>1.2 million<tr><td>South<td>380<td>2.8 million</table>",
            ("North 410 1.2 million",),
            (),
        ),
        "Arabic": (
            "<p dir=rtl lang=ar>صمد السد بعد الفيضان كما قال الحارس.",
            ("صمد السد بعد الفيضان كما قال الحارس",),
            (),
        ),
        "Chinese": ("<p lang=zh>洪水之后，北端的堤坝加高了半米。", ("洪水之后，北端的堤坝加高了半米",), ()),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, (body, found, absent) in pages.items():
            page, out = Path(folder) / "a.html", Path(folder) / "a.pdf"
            page.write_text(f'<html lang="en">{style}{body}', "utf-8")
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={out}", str(page)],
                capture_output=True, timeout=120, check=True,
            )  # fmt: skip
            yield Sheet(f"chromium, {name}", out.read_bytes(), found, absent)


def ours(data: bytes) -> str:
    try:
        return read(data, name="a.pdf", where="a.pdf").text
    except InputError:
        return ""


def pypdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n\n\f".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(data)))


def pdfium(data: bytes) -> str:
    import pypdfium2

    return "\n\n\f".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


MAKERS = {"reportlab": reportlab, "fpdf": fpdf, "chromium": chromium}
ENGINES = {"ours": ours, "pypdf": pypdf, "pdfminer": pdfminer, "pypdfium2": pdfium}


def right(sheet: Sheet, text: str) -> bool:
    found = all(compare(words, text).fidelity.faithful for words in sheet.found)
    return found and not any(compare(words, text).fidelity.faithful for words in sheet.absent)


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    sheets: list[Sheet] = []
    for maker, make in MAKERS.items():
        there = shutil.which(maker) if maker == "chromium" else find_spec(maker)
        if there and not (options.quick and maker == "chromium"):
            sheets += make()
        else:
            print(f"NOT MEASURED  PDFs by {maker}: it is not installed, or this is the small size")
    shares = {}
    for name, engine in ENGINES.items() if sheets else ():
        if name != "ours" and find_spec(name) is None:
            print(f"NOT MEASURED  {name}: it is not installed")
            continue
        began = time.process_time()
        wrong = [sheet.name for sheet in sheets if not right(sheet, engine(sheet.data))]
        took = (time.process_time() - began) / len(sheets)
        shares[name] = 1 - len(wrong) / len(sheets)
        said = f"{len(sheets) - len(wrong)} of {len(sheets)} right, {took * 1000:.0f} ms each"
        print(f"{name:<12}{said}; not: {'; '.join(wrong) or '-'}")
    if shares:
        bars.hold("PDF pages read as they are seen", shares.pop("ours"), least=0.9, beside=shares)
    bars.close()


if __name__ == "__main__":
    main()
