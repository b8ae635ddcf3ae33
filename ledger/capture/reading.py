"""From a file's bytes to its visible text: the kind of document is found out, and its extractor reads it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import attrs

from ..errors import EnvironmentFault, InputError
from .encoding import decode
from .html import HTML, page
from .kinds import LARGEST, TEXT_SUFFIXES, kind_of
from .metadata import Suggestion, from_address, from_html, from_text
from .offsets import OffsetMap
from .pdf import FIRST_FORM, extractor, pages, unmarked
from .plain import PLAIN, plain_offsets, plain_text
from .warc import Response, pick

__all__ = [
    "HTML",
    "LARGEST",
    "PLAIN",
    "TEXT_SUFFIXES",
    "Reading",
    "in_bytes",
    "plain_text",
    "read",
    "read_again",
    "read_file",
    "text_hash",
]

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@attrs.frozen
class Reading:
    """What was read: the raw bytes, and the visible text with the extractor that made it.

    `offsets` leads from the visible text to the document's decoded text (`encoding` says how it was decoded); `pages`
    are the starts of a PDF's pages in the visible text. `suggestions` is what the document says of itself, the most
    trusted first; `notes` what a person should know before relying on the words. Of a web archive, `data` is the page
    that was read and `response` what the archive says of it.
    """

    data: bytes = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    media_type: str
    extractor: str
    file_name: str | None = None
    encoding: str | None = None
    offsets: OffsetMap | None = attrs.field(default=None, repr=False, hash=False)
    pages: tuple[int, ...] = attrs.field(default=(), repr=False)
    suggestions: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()
    response: Response | None = attrs.field(default=None, repr=False)

    @property
    def sha256(self) -> str:
        """The hex SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()

    @property
    def text_sha256(self) -> str:
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """Return the hex SHA-256 of a visible text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def read_file(path: Path) -> Reading:
    """Return a file's bytes and visible text; raise InputError if it cannot be taken."""
    try:
        if path.stat().st_size > max(LARGEST.values()):
            raise too_large(path.stat().st_size, max(LARGEST.values()), str(path))
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("There is no such file.", where=str(path), hint="Check the name.") from None
    except IsADirectoryError:
        raise InputError("This is a folder.", where=str(path), hint="Name a file in it.") from None
    except OSError as error:
        raise EnvironmentFault(f"Cannot read {path}: {error.strerror}.") from None
    return read(data, name=path.name, where=str(path))


def read(
    data: bytes, *, name: str | None = None, media_type: str | None = None, charset: str | None = None, where: str
) -> Reading:
    """Return the visible text of a document and what it says of itself; raise InputError if it cannot be read.

    `media_type` and `charset` are what a server declared, `name` a file name or address (of a web archive: the
    address of the page that is meant). `where` is named in errors.
    """
    kind, notes = kind_of(data, name=name, media_type=media_type, where=where)
    if len(data) > LARGEST[kind]:
        raise too_large(len(data), LARGEST[kind], where)
    if kind == "warc":
        return _archived(data, name, notes, where)
    return _READERS[kind](data, name, charset, notes, where)


def read_again(data: bytes, name: str, *, charset: str | None = None, where: str) -> str | None:
    """Return the visible text as the extractor of that name and version gives it; None if it is not here.

    `charset` is what a server declared, or the `encoding` of the first reading.
    """
    if name == PLAIN:
        return plain_text(data, where=where)
    if name == HTML:
        return page(decode(data, charset=charset).text).text
    if name == extractor():
        return pages(data, where=where).text
    if name == extractor(FIRST_FORM):
        return unmarked(pages(data, where=where).text)
    return None


def in_bytes(
    data: bytes, name: str, span: tuple[int, int], *, charset: str | None = None, where: str
) -> tuple[int, int] | None:
    """Return the (start, end) of the bytes that this span of the visible text was read from.

    None if the extractor of that name and version is not here or keeps no offsets (PDF), or if the bytes there do not
    give back what was read.
    """
    if name not in (PLAIN, HTML):
        return None
    decoded = decode(data, charset="utf-8" if name == PLAIN else charset)
    offsets = plain_offsets(decoded.text) if name == PLAIN else page(decoded.text).offsets
    found = offsets.span(*span)
    if found is None:
        return None
    before, words = decoded.text[: found[0]], decoded.text[slice(*found)]
    start = decoded.skipped + len(before.encode(decoded.encoding, "replace"))
    end = start + len(words.encode(decoded.encoding, "replace"))
    return (start, end) if data[start:end].decode(decoded.encoding, "replace") == words else None


def too_large(size: int, largest: int, where: str) -> InputError:
    return InputError(
        f"The file has {size:,} bytes; at most {largest:,} are taken.",
        where=where,
        hint="Archive the part that matters.",
    )


def _plain(data: bytes, name: str | None, charset: str | None, notes: tuple[str, ...], where: str) -> Reading:
    text = plain_text(data, where=where)
    return Reading(
        data,
        text,
        "text/plain",
        PLAIN,
        name,
        encoding="utf-8",
        offsets=plain_offsets(data.decode("utf-8-sig")),
        suggestions=from_text(text, name),
        notes=(*notes, *_traps(text)),
    )


def _html(data: bytes, name: str | None, charset: str | None, notes: tuple[str, ...], where: str) -> Reading:
    decoded = decode(data, charset=charset)
    shown = page(decoded.text)
    if not shown.text.strip():
        raise InputError(
            "The page shows no words.", where=where, hint="Does it need scripts to run? Save it from a browser."
        )
    more = list(decoded.notes)
    if shown.cut:
        more.append(f"The page ends inside {shown.cut}; what follows there is not shown.")
    if shown.hidden:
        more.append(f"{shown.hidden:,} parts of the page are marked as hidden and were left out.")
    return Reading(
        data,
        shown.text,
        "text/html",
        HTML,
        name,
        encoding=decoded.encoding,
        offsets=shown.offsets,
        suggestions=(*from_html(decoded.text), *from_address(name)),
        notes=(*notes, *more, *_traps(shown.text)),
    )


def _archived(data: bytes, name: str | None, notes: tuple[str, ...], where: str) -> Reading:
    """Return the reading of the page that a web archive holds: its bytes, and where and when they were served."""
    response = pick(data, address=name if name and "://" in name else None, where=where)
    kind, more = kind_of(response.payload, name=response.address, media_type=response.media_type, where=where)
    if kind == "warc":
        raise InputError("The archived page is itself an archive.", where=where, hint="Save the page alone.")
    found = _READERS[kind](response.payload, response.address, response.charset, (*notes, *more), where)
    return attrs.evolve(found, file_name=name, response=response)


def _pdf(data: bytes, name: str | None, charset: str | None, notes: tuple[str, ...], where: str) -> Reading:
    found = pages(data, where=where)
    return Reading(
        data,
        found.text,
        "application/pdf",
        extractor() or "",
        name,
        pages=found.starts,
        suggestions=(*found.suggestions, *from_address(name)),
        notes=(*notes, *found.notes, *_traps(found.text)),
    )


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


_READERS = {"plain": _plain, "html": _html, "pdf": _pdf}
