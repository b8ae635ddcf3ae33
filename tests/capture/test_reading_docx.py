"""What a Word document shows, what it says of itself, and what it is refused for."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.capture import Extraction, read, read_again
from ledger.errors import InputError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def docx(
    body: str, *, prolog: str = "", vocabulary: str = WORD, main: str = "word/document.xml", **parts: str
) -> bytes:
    """A Word document of this body; `parts` are its other parts, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(main, f'{prolog}<w:document xmlns:w="{vocabulary}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def taken(data: bytes) -> Extraction:
    return read(data, name="pier.docx", where="pier.docx")


def shown(body: str) -> str:
    return taken(docx(body)).text


def test_paragraphs_stand_apart_and_runs_together() -> None:
    """What is set in several runs is one text, and a blank line parts paragraphs."""
    first = "<w:p><w:r><w:t>The pier </w:t></w:r><w:r><w:t>was shut.</w:t></w:r></w:p>"
    body = f"{first}<w:p/><w:p><w:r><w:t>Why?</w:t></w:r></w:p>"
    assert shown(body) == "The pier was shut.\n\nWhy?"


CASES = {
    "a line break and a tab": ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", "a\nb\tc"),
    "the cells of a table": (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Ships</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "Year\tShips",
    ),
    "what is inserted, not what is deleted": (
        "<w:p><w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins><w:r><w:t>14 ships</w:t></w:r></w:ins></w:p>",
        "14 ships",
    ),
    "what was moved, where it is now": (
        "<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>here</w:t></w:r></w:p>",
        "here",
    ),
    "no hidden words": (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>open</w:t></w:r></w:p>",
        "open",
    ),
    "no words that are struck out": (
        "<w:p><w:r><w:t>It rose</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t> tenfold</w:t></w:r><w:r><w:rPr>"
        '<w:dstrike w:val="0"/></w:rPr><w:t>.</w:t></w:r></w:p>',
        "It rose.",
    ),
    "the number of a note apart from the figure before it": (
        '<w:p><w:r><w:t>320</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
        "<w:r><w:t> ships</w:t></w:r></w:p>",
        "320¹ ships",
    ),
    "no instructions of fields": (
        '<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>here</w:t></w:r></w:p>',
        "here",
    ),
    "a text box once": (
        '<w:p><w:r><m:AlternateContent xmlns:m="urn:m"><m:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p>'
        "</w:txbxContent></m:Choice><m:Fallback><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent>"
        "</m:Fallback></m:AlternateContent></w:r><w:r><w:t>Beside it</w:t></w:r></w:p>",
        "Box\n\nBeside it",
    ),
}


@pytest.mark.parametrize(("body", "words"), CASES.values(), ids=CASES)
def test_shown_is_what_the_pages_show(body: str, words: str) -> None:
    """Each thing that a document may hold is read as a reader of its pages sees it."""
    assert shown(body) == words


def test_what_is_left_out_is_said() -> None:
    """Who quotes from it learns that words were deleted or hidden."""
    left_out = ("what is inserted, not what is deleted", "no hidden words", "no words that are struck out")
    body = "".join(CASES[name][0] for name in left_out)
    assert taken(docx(body)).notes == (
        "Deletions that are not accepted yet were left out (1).",
        "Hidden words were left out (1 times).",
        "Struck out on the page, and left out of its words: “tenfold”.",
    )


def test_notes_stand_at_the_end_and_either_edition_is_read() -> None:
    """Footnotes are on the page too; the strict edition has another vocabulary, and its own name for the main part."""
    note = "<w:footnote><w:p><w:r><w:t>See p. 3.</w:t></w:r></w:p></w:footnote>"
    notes = f'<w:footnotes xmlns:w="{STRICT}">{note}</w:footnotes>'
    data = docx(
        "<w:p><w:r><w:t>Shut.</w:t></w:r></w:p>",
        vocabulary=STRICT,
        main="word/document2.xml",
        **{"word/footnotes.xml": notes},
    )
    assert taken(data).text == "Shut.\n\nSee p. 3."


def test_it_is_known_without_its_name_and_reads_again_the_same() -> None:
    """The bytes say what they are, and a later check gets the text that was recorded."""
    data = docx("<w:p><w:r><w:t>The pier was shut.</w:t></w:r></w:p>")
    reading = read(data, where="standard input")
    assert reading.extractor == "docx/2"
    assert read_again(data, reading.extractor, where="kept") == reading.text


def test_the_title_is_the_headline() -> None:
    """A paragraph set as title goes before the document's own properties, and those before nothing."""
    core = (
        '<c:coreProperties xmlns:c="urn:c" xmlns:d="http://purl.org/dc/elements/1.1/">'
        "<d:title>Template</d:title><d:creator>Ana Roa</d:creator></c:coreProperties>"
    )
    headline = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Pier shut</w:t></w:r></w:p>'
    said = [(one.field, one.value) for one in taken(docx(headline, **{"docProps/core.xml": core})).suggestions]
    assert said == [("title", "Pier shut"), ("title", "Template"), ("author", "Ana Roa")]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED = {
    "entities": (docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", prolog=BOMB), "declares a type or entities"),
    "another's files": (
        docx("<w:p/>", prolog='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        "declares a type or entities",
    ),
    "nesting": (docx("<w:p>" * 5_000), "nested without end"),
    "no words": (docx("<w:p/>"), "holds no words"),
    "no XML": (docx("<w:p>&nbsp;"), "damaged or locked"),
    "cut off": (docx("<w:p/>")[:-40], "damaged or locked"),
    "a bomb": (docx("<!-- " + " " * 33_000_000 + "--><w:p/>"), "unpacks to more than can be read"),
}


@pytest.mark.parametrize(("data", "says"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_document_is_refused_in_one_line(data: bytes, says: str) -> None:
    """Whatever is wrong with it, one line says so, and nothing is expanded or fetched."""
    with pytest.raises(InputError, match=says) as caught:
        taken(data)
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(st.integers(4, 400), st.binary(min_size=1, max_size=8))
def test_any_bytes_are_read_or_refused(at: int, noise: bytes) -> None:
    """A document that was damaged anywhere ends well or with InputError."""
    data = docx("<w:p><w:r><w:t>The pier was shut.</w:t></w:r></w:p>")
    with suppress(InputError):
        assert taken(data[:at] + noise + data[at + len(noise) :]).text
