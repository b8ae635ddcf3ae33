"""From a file's bytes to its visible text: the kind of document is found out, and its reader reads it."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from ..errors import InputError, reading_file
from ..text import Span
from .docx import DOCX
from .encoding import decode
from .extraction import Extraction, text_hash
from .html import HTML, page
from .kinds import LARGEST, OTHER, TEXT_SUFFIXES, kind_of, media_type_of, suffix_of
from .labels import codec_of
from .mail import saved_page
from .main_text import main_text
from .pdf import extractor, pages
from .plain import PLAIN, decoded_text, plain_text, shown
from .readers import KINDS_READ, READERS, Given, form_of
from .spelling import same_address
from .warc import pick

__all__ = [
    "DOCX",
    "HTML",
    "LARGEST",
    "PLAIN",
    "TEXT_SUFFIXES",
    "Extraction",
    "asides",
    "in_bytes",
    "plain_text",
    "read",
    "read_again",
    "read_file",
    "text_hash",
]


PAGES = ("html/", "mhtml/")
"""Extractors of pages, of any version."""


def read_file(
    path: Path, *, encoding: str | None = None, address: str | None = None, unread: bool = False
) -> Extraction:
    """Return a file's bytes and visible text; raise InputError if it cannot be taken. See `read`."""
    with reading_file(path):
        if path.stat().st_size > max(LARGEST.values()):
            raise too_large(path.stat().st_size, max(LARGEST.values()), str(path))
        data = path.read_bytes()
    return read(data, name=path.name, encoding=encoding, address=address, unread=unread, where=str(path))


def read(
    data: bytes,
    *,
    name: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    encoding: str | None = None,
    address: str | None = None,
    unread: bool = False,
    where: str,
) -> Extraction:
    """Return the visible text of a document and what it says of itself; raise InputError if it cannot be read.

    `media_type` and `charset` are what a server declared, `encoding` what a person says, `name` a file name or address
    (of a web archive: the address of the page that is meant), `address` that of the source: which of several archived
    pages is meant, and what a page of another one is told apart from. With `unread`, what cannot be read is returned
    without a text, and a note says why. `where` is named in errors.
    """
    if encoding is not None and codec_of(encoding) is None:
        hint = "Such as: windows-1252, windows-1251, gbk, shift_jis, utf-16."
        raise InputError(f"No encoding is called {encoding!r}.", where="--encoding", hint=hint)
    if not data:
        raise InputError("The file is empty and holds no words.", where=where, hint="Check that it was saved.")
    kind = None
    try:
        kind, notes = kind_of(data, name=name, media_type=media_type, where=where)
        if kind == OTHER:
            hint = "To archive it all the same: factledger capture SOURCE FILE"
            shown_as = media_type or suffix_of(name) or "it has no suffix"
            raise InputError(f"This kind of document is not read: {shown_as}.", where=where, hint=hint)
        _require_size(data, kind, where)
        if kind == "warc":
            return _archived(data, name, encoding, address, notes, where)
        found = READERS[kind](Given(data, name, charset, encoding, where))
        return attrs.evolve(found, notes=(*notes, *found.notes))
    except InputError as error:
        if not unread or kind == "warc" or (error.where != where and not (error.where or "").startswith(where)):
            raise
        _require_size(data, OTHER, where)
        return _unread(data, name, media_type, error if kind != OTHER else None)


def _unread(data: bytes, name: str | None, media_type: str | None, why: InputError | None) -> Extraction:
    """Return what is archived of bytes that are not read."""
    because = f": {why.message} {why.hint}" if why else ""
    note = f"Archived, and not read{because.rstrip('.')}. It can be quoted by its place only: --at"
    return Extraction(data, "", media_type_of(data, name=name, declared=media_type), None, name, notes=(note,))


def read_again(data: bytes, name: str, *, charset: str | None = None, where: str) -> str | None:
    """Return the visible text as the extractor of that name and version gives it; None if it is not here.

    `charset` is what a server declared, or the `encoding` of the first reading.
    """
    form, encoding = form_of(name)
    if form in KINDS_READ:
        return READERS[KINDS_READ[form]](Given(data, None, charset, encoding, where)).text
    if name == extractor():
        return pages(data, where=where).text
    return None


def in_bytes(
    data: bytes, name: str, span: tuple[int, int], *, charset: str | None = None, where: str
) -> tuple[int, int] | None:
    """Return the (start, end) of the bytes that this span of the visible text was read from.

    None if the extractor of that name and version is not here or keeps no offsets (PDF, Word), or if the bytes there do
    not give back what was read.
    """
    form, encoding = form_of(name)
    kind = KINDS_READ.get(form)
    if kind == "plain":
        decoded = decoded_text(data, charset=charset, named=encoding)
        offsets = shown(decoded.text, where=where)[1]
    elif kind == "html":
        decoded = decode(data, charset=charset, named=encoding)
        offsets = page(decoded.text).offsets
    else:
        return None
    found = offsets.span(*span)
    if found is None:
        return None
    before, words = decoded.text[: found[0]], decoded.text[slice(*found)]
    start = decoded.skipped + len(before.encode(decoded.encoding, "replace"))
    end = start + len(words.encode(decoded.encoding, "replace"))
    return (start, end) if data[start:end].decode(decoded.encoding, "replace") == words else None


def asides(data: bytes, name: str | None, *, charset: str | None = None, where: str) -> tuple[Span, ...] | None:
    """Return the lines of a page's visible text that are none of its article: menus, teasers, notes (see `main_text`).

    None of a page of which no part can be told, or whose extractor is not here: it counts as a whole. What is no page
    has no such lines. `charset` is what a server declared, or the `encoding` of the first reading.
    """
    form, encoding = form_of(name or "")
    kind = KINDS_READ.get(form)
    if kind == "html":
        source = decode(data, charset=charset, named=encoding).text
        found = page(source)
    elif kind == "mhtml":
        saved = saved_page(data, where=where)
        source, found = saved.source, saved.shown
    else:
        return None if form.startswith(PAGES) else ()
    own = set(main_text(source, found))
    lines = (Span(*match.span()) for match in re.finditer(r"[^\n]+", found.text))
    return tuple(line for line in lines if line not in own) if own else None


def too_large(size: int, largest: int, where: str) -> InputError:
    return InputError(
        f"The file has {size:,} bytes; at most {largest:,} are taken.",
        where=where,
        hint="Archive the part that matters.",
    )


def _require_size(data: bytes, kind: str, where: str) -> None:
    if len(data) > LARGEST[kind]:
        raise too_large(len(data), LARGEST[kind], where)


def _archived(
    data: bytes, name: str | None, encoding: str | None, address: str | None, notes: tuple[str, ...], where: str
) -> Extraction:
    """Return the reading of the page that a web archive holds: its bytes, and where and when they were served."""
    response = pick(data, address=name if name and "://" in name else None, likely=address, where=where)
    if address is not None and not same_address(response.address, address):
        notes = (
            *notes,
            f"The archive is of {response.address}, and the source's address is {address}: is that the page?",
        )
    kind, more = kind_of(response.payload, name=response.address, media_type=response.media_type, where=where)
    if kind in ("warc", OTHER):
        raise InputError("The archived page is no page that can be read.", where=where, hint="Save the page alone.")
    found = READERS[kind](Given(response.payload, response.address, response.charset, encoding, where))
    return attrs.evolve(found, file_name=name, response=response, notes=(*notes, *more, *found.notes))
