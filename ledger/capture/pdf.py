"""The text of a PDF, page by page: its pieces by PDFium in a process of its own (extra `[pdf]`), their order by us.

Words that nobody sees (white on the page, off its edge, drawn invisibly) are left out and told. Invisible words over a
picture are the text of a scan, and are read.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import attrs

from ..errors import InputError
from ..text.pages import PAGE_BREAK
from ..text.pages import pages as page_spans
from .bounded import read_bounded
from .metadata import Suggestion, suggestion
from .pdf_layout import PagePiece, page_text

FORM = "pdf/3"
"""How the text is put together; `pdf/2` and `pdf/1` were read by pypdf, and have their text in the archive."""

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
NAMED_HIDDEN, LONGEST_HIDDEN = 3, 80
"""Hidden pieces that a note names, and characters of each."""

OCR = "Run character recognition and archive that copy too: ocrmypdf FILE.pdf FILE-ocr.pdf"

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?")
_REFUSALS = {
    "encrypted": ("The PDF is locked with a password.", "Save it without one."),
    "pages": (f"The PDF has more than {MOST_PAGES:,} pages.", "Archive the part that matters."),
    "characters": (f"The PDF has more than {MOST_CHARACTERS:,} characters.", "Archive the part that matters."),
}


@attrs.frozen
class Pages:
    """A PDF's text with the starts of its pages in it, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    starts: tuple[int, ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]


def extractor() -> str | None:
    """Return the name of the PDF extractor with its version; None where PDFium is not installed."""
    try:
        return f"{FORM}+pdfium-{version('pypdfium2')}"
    except PackageNotFoundError:
        return None


def pages(data: bytes, *, where: str) -> Pages:
    """Return the text of a PDF, a page break between pages; raise InputError if it cannot be read or holds none."""
    if extractor() is None:
        raise InputError("Reading a PDF needs pypdfium2.", where=where, hint="pip install 'factledger[pdf]'")
    found = read_bounded(
        Path(__file__).with_name("pdf_pages.py"),
        data,
        MOST_PAGES,
        MOST_CHARACTERS,
        what="PDF",
        where=where,
        hint="Save it again, or print it to a new PDF.",
    )
    if found.get("refused"):
        message, hint = _REFUSALS[found["refused"]]
        raise InputError(message, where=where, hint=hint)
    read = [_read(page) for page in found["pages"]]
    texts = [text for text, _, _ in read]
    empty = [number for number, text in enumerate(texts, 1) if not text]
    if len(empty) == len(texts):
        pictures = any(page["picture"] for page in found["pages"])
        what = "The PDF is a picture of pages, and holds no text." if pictures else "The PDF holds no text."
        raise InputError(what, where=where, hint=OCR)
    text = PAGE_BREAK.join(texts)
    notes = tuple(_notes(found["pages"], empty, [number for number, (_, columns, _) in enumerate(read, 1) if columns]))
    hidden = [piece for _, _, pieces in read for piece in pieces]
    if hidden:
        notes = (*notes, _hidden_note(hidden))
    return Pages(text, tuple(page.start for page in page_spans(text)), _suggested(found), notes)


def _read(page: dict[str, Any]) -> tuple[str, bool, list[tuple[str, str]]]:
    """Return the text of a page, whether it was read in columns, and what nobody sees of it."""
    shown = [PagePiece(*piece[:5]) for piece in page["pieces"] if not piece[5]]
    hidden = [(piece[4], piece[5]) for piece in page["pieces"] if piece[5] and piece[4]]
    text, columns = page_text(shown)
    return _clean(text), columns, hidden


def _notes(told: list[dict[str, Any]], empty: list[int], columns: list[int]) -> list[str]:
    notes = []
    if empty:
        pictures = sum(told[number - 1]["picture"] for number in empty)
        said = f"{len(empty):,} of {len(told):,} pages hold no text (the first is page {empty[0]})"
        notes.append(f"{said}; they are pictures. {OCR}" if pictures else f"{said}.")
    scans = [number for number, page in enumerate(told, 1) if page["picture"] and number not in empty]
    if scans:
        notes.append(
            f"A picture covers page {_numbers(scans)}: its words may be a machine's reading; hold them to the picture."
        )
    if columns:
        notes.append(f"Read in columns, as the lines stand: page {_numbers(columns)}.")
    return notes


def _numbers(found: list[int]) -> str:
    return ", ".join(map(str, found[:5])) + (f" and {len(found) - 5:,} more" if len(found) > 5 else "")


def _hidden_note(hidden: list[tuple[str, str]]) -> str:
    named = ", ".join(f"“{_clean(text)[:LONGEST_HIDDEN]}” ({why})" for text, why in hidden[:NAMED_HIDDEN])
    more = f" and {len(hidden) - NAMED_HIDDEN:,} more" if len(hidden) > NAMED_HIDDEN else ""
    return f"In the file and not to be seen on its pages, so left out: {named}{more}."


def _clean(page: str) -> str:
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", page)).strip()


def _suggested(found: dict[str, Any]) -> tuple[Suggestion, ...]:
    info = found["info"]
    assert isinstance(info, dict)
    fields = {"Title": "title", "CreationDate": "published", "ModDate": "modified", "Author": "author"}
    said: list[Suggestion] = []
    for key, field in fields.items():
        value = info.get(key, "")
        if field in ("published", "modified"):
            match = _DATE.match(value)
            value = "-".join(filter(None, match.groups())) if match else ""
        said.extend(suggestion(field, value, f"PDF {key}"))
    return (*said, *suggestion("language", found["language"], "PDF Lang"))
