"""One reader for each kind of document: from its bytes to its visible text, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from ..errors import InputError
from .docx import DOCX, document
from .docx import MEDIA_TYPE as DOCX_TYPE
from .encoding import GUESSED, NAMED, Decoded, decode
from .extraction import Extraction
from .html import HTML, HtmlPage, page
from .json_text import JSON, json_text
from .mail import MAIL, MHTML, letter, saved_page
from .metadata import from_address, from_html, from_text
from .odt import MEDIA_TYPE as ODT_TYPE
from .odt import ODT, open_text
from .pdf import extractor, pages
from .plain import PAGED, PLAIN, decoded_text, shown
from .walls import stands_for_another
from .workbook import ODS, WORKBOOK, XLSX, workbook_text

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")

NAMED_STRUCK, LONGEST_STRUCK = 3, 80
"""Struck-out passages that a note names, and characters of each."""

_OF_WORKBOOKS = (
    "Formulas are read as their last results, numbers without their format (12.5% as 0.125); hidden rows and columns "
    "are read, hidden sheets are not."
)


@attrs.frozen
class Given:
    """Some bytes, and what is said of them: by a name, by a server (`charset`), by a person (`encoding`)."""

    data: bytes = attrs.field(repr=False)
    name: str | None
    charset: str | None
    encoding: str | None
    where: str


def _plain(given: Given) -> Extraction:
    decoded = decoded_text(given.data, charset=given.charset, named=given.encoding)
    text, offsets = shown(decoded.text, where=given.where)
    return Extraction(
        given.data,
        text,
        "text/plain",
        _extractor(PAGED if "\f" in text else PLAIN, decoded),
        given.name,
        encoding=decoded.encoding,
        guessed=decoded.named_by == GUESSED,
        offsets=offsets,
        suggestions=from_text(text, given.name),
        notes=(*decoded.notes, *_traps(text)),
    )


def _html(given: Given) -> Extraction:
    decoded = decode(given.data, charset=given.charset, named=given.encoding)
    found = page(decoded.text)
    if not found.text.strip():
        raise InputError(
            "The page shows no words.", where=given.where, hint="Does it need scripts to run? Save it from a browser."
        )
    return Extraction(
        given.data,
        found.text,
        "text/html",
        _extractor(HTML, decoded),
        given.name,
        encoding=decoded.encoding,
        guessed=decoded.named_by == GUESSED,
        offsets=found.offsets,
        suggestions=(*from_html(decoded.text, found.text), *from_address(given.name)),
        notes=(*decoded.notes, *_of_page(found), *_instead(given.data), *_traps(found.text)),
    )


def _pdf(given: Given) -> Extraction:
    found = pages(given.data, where=given.where)
    return Extraction(
        given.data,
        found.text,
        "application/pdf",
        extractor() or "",
        given.name,
        pages=found.starts,
        suggestions=(*found.suggestions, *from_address(given.name)),
        notes=(*found.notes, *_traps(found.text)),
    )


def _docx(given: Given) -> Extraction:
    found = document(given.data, where=given.where)
    return Extraction(
        given.data,
        found.text,
        DOCX_TYPE,
        DOCX,
        given.name,
        suggestions=(*found.suggestions, *from_address(given.name)),
        notes=(*found.notes, *_struck(found.struck), *_traps(found.text)),
    )


def _odt(given: Given) -> Extraction:
    found = open_text(given.data, where=given.where)
    return Extraction(
        given.data,
        found.text,
        ODT_TYPE,
        ODT,
        given.name,
        suggestions=(*found.suggestions, *from_address(given.name)),
        notes=(*found.notes, *_struck(found.struck), *_traps(found.text)),
    )


def _workbook(given: Given) -> Extraction:
    text = workbook_text(given.data, where=given.where)
    media = XLSX if b"xl/workbook" in given.data else ODS
    notes = (_OF_WORKBOOKS, *_traps(text))
    return Extraction(given.data, text, media, WORKBOOK, given.name, notes=notes)


def _json(given: Given) -> Extraction:
    decoded = decoded_text(given.data, charset=given.charset, named=given.encoding)
    text = json_text(decoded.text, where=given.where)
    notes = (*decoded.notes, *_traps(text))
    return Extraction(given.data, text, "application/json", _extractor(JSON, decoded), given.name, notes=notes)


def _mail(given: Given) -> Extraction:
    found = letter(given.data, where=given.where)
    return Extraction(
        given.data,
        found.text,
        "message/rfc822",
        MAIL,
        given.name,
        suggestions=found.suggestions,
        notes=(*found.notes, *_traps(found.text)),
        headers=found.headers,
    )


def _mhtml(given: Given) -> Extraction:
    found = saved_page(given.data, where=given.where)
    text = found.shown.text
    if not text.strip():
        raise InputError("The saved page shows no words.", where=given.where, hint="Is it a picture of a text?")
    return Extraction(
        given.data,
        text,
        "multipart/related",
        MHTML,
        given.name,
        suggestions=(*found.suggestions, *from_address(found.address)),
        notes=(*found.notes, *_of_page(found.shown), *_traps(text)),
        headers=found.headers,
    )


READERS: dict[str, Callable[[Given], Extraction]] = {
    "plain": _plain,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "workbook": _workbook,
    "mail": _mail,
    "mhtml": _mhtml,
    "json": _json,
}

KINDS_READ = {
    PLAIN: "plain",
    PAGED: "plain",
    HTML: "html",
    DOCX: "docx",
    ODT: "odt",
    WORKBOOK: "workbook",
    MAIL: "mail",
    MHTML: "mhtml",
    JSON: "json",
}
"""Which kind of document an extractor reads; that of PDFs has the version of what reads them in its name."""


def _extractor(form: str, decoded: Decoded) -> str:
    """Return the name of an extractor, with the encoding where neither the bytes nor a server tell it again."""
    return f"{form}+{decoded.encoding}" if decoded.named_by in (NAMED, GUESSED) else form


def form_of(extractor: str) -> tuple[str, str | None]:
    """Return the extractor without an encoding, and that."""
    form, plus, encoding = extractor.rpartition("+")
    return (form, encoding) if plus and form in KINDS_READ else (extractor, None)


def _of_page(found: HtmlPage) -> list[str]:
    """Return what to know of a page before relying on its words."""
    notes = _struck(found.struck)
    if found.cut:
        notes.append(f"The page ends inside {found.cut}; what follows there is not shown.")
    if found.hidden:
        notes.append(f"{found.hidden:,} parts of the page are marked as hidden and were left out.")
    return notes


def _instead(data: bytes) -> list[str]:
    """Return what to know of a page that may stand where another was meant."""
    found = stands_for_another(data)
    return [f"The page is short and {found}: is it the one that was meant?"] if found else []


def _struck(passages: tuple[str, ...]) -> list[str]:
    """Return what to know of passages that are struck out, if there are any."""
    passages = tuple(filter(None, map(str.strip, passages)))
    if not passages:
        return []
    named = ", ".join(f"“{words[:LONGEST_STRUCK]}”" for words in passages[:NAMED_STRUCK])
    more = " and more" if len(passages) > NAMED_STRUCK else ""
    return [f"Struck out on the page, and left out of its words: {named}{more}."]


def _traps(text: str) -> tuple[str, ...]:
    """Return what makes the words on a screen differ from the characters that are kept."""
    found = []
    if reordering := len(_REORDERING.findall(text)):
        found.append(
            f"{reordering:,} characters change the direction of writing: the words may be shown in another order."
        )
    if invisible := len(_INVISIBLE.findall(text)):
        found.append(f"{invisible:,} characters have no width: words may differ from what they look like.")
    return tuple(found)
