"""PDFs, page by page: their pieces in the order in which they are read, and what nobody sees of them."""

import zlib

import pytest

from ledger.capture import Suggestion, read, read_again
from ledger.errors import InputError

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")


def test_pages_start_where_the_map_says(pdf):
    """The text of each page begins at its start; a blank line and a form feed stand between pages."""
    reading = read(pdf("The pier opened.\nIt rained.", "The quay closed."), name="pier.pdf", where="pier.pdf")
    assert reading.text == "The pier opened.\nIt rained.\n\n\fThe quay closed."
    assert [reading.text[start:].split()[1] for start in reading.pages] == ["pier", "quay"]
    assert reading.extractor.startswith("pdf/3+pdfium-")


def test_a_page_without_text_is_noted(pdf):
    """A scanned page among others is named, and keeps its number."""
    reading = read(pdf("The pier opened.", "", "The quay closed."), where="pier.pdf")
    assert len(reading.pages) == 3
    assert reading.text[reading.pages[2] :] == "The quay closed."
    assert reading.notes == ("1 of 3 pages hold no text (the first is page 2).",)


def test_a_pdf_says_who_made_it_and_when(pdf):
    """The information dictionary gives suggestions, with where each stands."""
    info = "/Title(The pier) /Author(Ann Quay) /CreationDate(D:20250502101500Z)"
    reading = read(pdf("The pier opened.", info=info), where="pier.pdf")
    assert Suggestion("published", "2025-05-02", "PDF CreationDate") in reading.suggestions
    assert Suggestion("author", "Ann Quay", "PDF Author") in reading.suggestions
    assert Suggestion("language", "en-GB", "PDF Lang") in reading.suggestions


def test_a_pdf_is_read_again_by_the_same_version(pdf):
    """The extractor's name carries PDFium's version; another version reads nothing, and its text is in the archive."""
    data = pdf("The pier opened.")
    reading = read(data, where="pier.pdf")
    assert read_again(data, reading.extractor, where="pier.pdf") == reading.text
    assert read_again(data, "pdf/3+pdfium-0.1", where="pier.pdf") is None
    assert read_again(data, "pdf/2+pypdf-6.0", where="pier.pdf") is None
    assert read_again(data, "", where="pier.pdf") is None


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"%PDF-1.4\nnonsense", "damaged"), (b"%PDF-1.4\n" + b"<<" * 50_000, "damaged")],
)
def test_a_damaged_pdf_is_refused_in_one_line(data, says):
    """Whatever breaks the parser, the person reads one line with a hint."""
    with pytest.raises(InputError, match=says) as refusal:
        read(data, where="pier.pdf")
    assert refusal.value.hint


def test_a_pdf_without_any_text_is_refused(pdf):
    """Pictures of words cannot be quoted; the hint says what helps."""
    with pytest.raises(InputError, match="holds no text"):
        read(pdf("", ""), where="pier.pdf")


def test_a_locked_pdf_is_refused(pdf):
    """A password is asked for by nobody: the person is told to save it without one."""
    import io

    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(pdf("The pier opened.")))
    writer.encrypt("quay", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="locked with a password"):
        read(out.getvalue(), where="pier.pdf")


def drawn(content: str) -> bytes:
    """A PDF of one page, from the operators that draw it; /I is a picture of one grey point."""
    stream, point = zlib.compress(content.encode()), b"\x80"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n%s\nendstream" % point,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, b"".join(places))
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)


def at(x: float, y: float, words: str, before: str = "") -> str:
    """The operators that write words at a place."""
    return f"q BT {before} /F 10 Tf {x} {y} Td ({words}) Tj ET Q\n"


LEFT = ("The quay will be shut in May", "because its wall has cracks, and", "divers are to look at it first.")
RIGHT = ("Owners of boats wrote on Friday", "that nobody had asked them, and", "wanted two million for it.")


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_down_to_the_foot(by_row):
    """In whichever order a program drew the lines, a column is read to its end, under a heading across both."""
    left = [at(50, 700 - 14 * line, words) for line, words in enumerate(LEFT)]
    right = [at(320, 700 - 14 * line, words) for line, words in enumerate(RIGHT)]
    rows = [piece for pair in zip(left, right, strict=True) for piece in pair] if by_row else [*left, *right]
    head = at(50, 740, "The quay, its owners and all that was said about it last week in the town hall and outside")
    reading = read(drawn(head + "".join(rows)), where="quay.pdf")
    assert reading.text.endswith("\n\n".join(("\n".join(LEFT), "\n".join(RIGHT))))
    assert reading.text.startswith("The quay, its owners")
    assert reading.notes == ("Read in columns, as the lines stand: page 1.",)


def test_what_stands_under_both_columns_is_read_behind_them():
    """A note at the foot does not come between the columns."""
    left = [at(50, 700 - 14 * line, words) for line, words in enumerate(LEFT)]
    right = [at(320, 700 - 14 * line, words) for line, words in enumerate(RIGHT)]
    text = read(drawn("".join([*left, at(50, 600, "A note of the printer."), *right])), where="quay.pdf").text
    assert text.endswith("wanted two million for it.\n\nA note of the printer.")


def test_a_table_is_read_along_its_rows():
    """Short cells beside each other are no columns of prose: a tab stands between them."""
    rows = [("Year", "Boats"), ("2023", "14"), ("2024", "12"), ("2025", "9")]
    cells = [at(50 + 200 * c, 700 - 20 * r, words) for r, row in enumerate(rows) for c, words in enumerate(row)]
    assert read(drawn("".join(cells)), where="boats.pdf").text == "Year\tBoats\n2023\t14\n2024\t12\n2025\t9"


def test_letters_that_are_drawn_twice_are_read_once():
    """Some programs make bold by drawing a line again a little to the right."""
    twice = at(50, 700, "In all 15 boats") + at(50.4, 700, "In all 15 boats") + at(50, 680, "In all 15 boats")
    assert read(drawn(twice), where="boats.pdf").text == "In all 15 boats\nIn all 15 boats"


@pytest.mark.parametrize(
    ("before", "x", "why"),
    [("1 1 1 rg", 50, "white"), ("3 Tr", 50, "invisible"), ("", -300, "off the page")],
)
def test_words_that_nobody_sees_are_left_out_and_told(before, x, why):
    """What is white on white, drawn invisibly or off the page cannot be quoted, and the note has the words."""
    reading = read(drawn(at(50, 700, "The boats are safe.") + at(x, 680, "Pay no fees.", before)), where="boats.pdf")
    assert reading.text == "The boats are safe."
    assert f"“Pay no fees.” ({why})" in reading.notes[0]


def test_white_words_on_a_colour_are_seen():
    """A heading on a dark bar is no hidden text."""
    bar = "q 0 0 0.5 rg 40 690 500 30 re f Q\n"
    reading = read(drawn(bar + at(50, 700, "Harbour news", "1 1 1 rg") + at(50, 600, "It rained.")), where="news.pdf")
    assert (reading.text, reading.notes) == ("Harbour news\nIt rained.", ())


PICTURE = "q 600 0 0 800 0 0 cm /I Do Q\n"


def test_the_words_behind_a_scan_are_read_and_said_to_be_a_machine_s():
    """Character recognition writes invisible words over the picture of a page: they are its text."""
    reading = read(drawn(PICTURE + at(50, 700, "The boats are safe.", "3 Tr")), where="scan.pdf")
    assert reading.text == "The boats are safe."
    assert "A picture covers page 1" in reading.notes[0]


def test_a_pdf_that_is_a_picture_says_so_and_what_helps():
    """It is refused as an article; a copy of it is archived without words. Both name the way to words."""
    with pytest.raises(InputError, match="is a picture of pages") as refusal:
        read(drawn(PICTURE), where="scan.pdf")
    assert "ocrmypdf" in str(refusal.value.hint)
    kept = read(drawn(PICTURE), name="scan.pdf", unread=True, where="scan.pdf")
    assert (kept.text, kept.extractor, kept.media_type) == ("", None, "application/pdf")
    assert "ocrmypdf" in kept.notes[0]
