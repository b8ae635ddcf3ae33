"""PDFs, page by page."""

import pytest

from ledger.capture import Suggestion, read, read_again
from ledger.errors import InputError

pytest.importorskip("pypdf", reason="pypdf is not installed")


def test_pages_start_where_the_map_says(pdf):
    """The text of each page begins at its start; a blank line and a form feed stand between pages."""
    reading = read(pdf("The pier opened.\nIt rained.", "The quay closed."), name="pier.pdf", where="pier.pdf")
    assert reading.text == "The pier opened.\nIt rained.\n\n\fThe quay closed."
    assert [reading.text[start:].split()[1] for start in reading.pages] == ["pier", "quay"]
    assert reading.extractor.startswith("pdf/2+pypdf-")


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
    """The extractor's name carries pypdf's version; another version reads nothing."""
    data = pdf("The pier opened.")
    reading = read(data, where="pier.pdf")
    assert read_again(data, reading.extractor, where="pier.pdf") == reading.text
    assert read_again(data, "pdf/2+pypdf-0.1", where="pier.pdf") is None


def test_what_the_first_extractor_read_is_read_again(pdf):
    """Copies that were archived when pages were not marked keep their text: a blank line between those with words."""
    data = pdf("The pier opened.", "", "The quay closed.")
    earlier = read(data, where="pier.pdf").extractor.replace("pdf/2", "pdf/1")
    assert read_again(data, earlier, where="pier.pdf") == "The pier opened.\n\nThe quay closed."
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
