"""The visible text of a plain text file, and where each character stands in it."""

from __future__ import annotations

from ..errors import InputError
from ..text.pages import PAGE_BREAK
from .encoding import Decoded, decode
from .offsets import OffsetMap

PLAIN = "plain/1"
"""The extractor of plain text: byte order mark dropped, line ends made LF."""

_LINE_ENDS = {ord("\r"): "\n", ord("\v"): "\n"}
"""A line feed for the return of old files, and for the line break inside a paragraph that word processors copy."""

PAGED = "plain/1+pages"
"""The same of a text with form feeds, as pdftotext writes it: each begins a page."""


def plain_text(data: bytes, *, where: str) -> str:
    """Return the visible text of a plain text in UTF-8 and without pages; raise InputError if it is not one."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").translate(_LINE_ENDS)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("This is not UTF-8 text.", where=f"{where}:{line}", hint="Save it as UTF-8.") from None
    _require_text(text, where)
    return text


def decoded_text(data: bytes, *, charset: str | None = None, named: str | None = None) -> Decoded:
    """Return the characters of a plain text file, however it is encoded."""
    return decode(data, charset=charset, named=named, plain=True)


def shown(document: str, *, where: str) -> tuple[str, OffsetMap]:
    """Return the visible text of a decoded document, and where it stands there; raise InputError if it is no text.

    A form feed parts pages, whatever empty lines stand before it; one at the end is no page.
    """
    if "\f" not in document:
        bodies = [(0, document)]
    else:
        bodies, start = [], 0
        for page in document.rstrip("\f \t\r\n").split("\f"):
            bodies.append((start, page.rstrip(" \t\r\n")))
            start += len(page) + 1
    pieces: list[str] = []
    offsets, size = OffsetMap(), 0

    def put(words: str, source: int, written: int) -> None:
        nonlocal size
        if words:
            offsets.add(size, len(words), source, written)
            pieces.append(words)
            size += len(words)

    for number, (source, body) in enumerate(bodies):
        if number:
            put(PAGE_BREAK, source - 1, 1)
        for at, line in enumerate(body.split("\r\n")):
            if at:
                put("\n", source - 2, 2)
            put(line.translate(_LINE_ENDS), source, len(line))
            source += len(line) + 2
    text = "".join(pieces)
    _require_text(text.replace(PAGE_BREAK, "\n\n\n"), where)
    return text, offsets


def _require_text(text: str, where: str) -> None:
    if not text.strip():
        raise InputError("The file holds no words.", where=where, hint="Check that it was saved.")
    for number, line in enumerate(text.split("\n"), 1):
        for character in line:
            if character < " " and character != "\t":
                raise InputError(
                    f"The text holds the control character U+{ord(character):04X}.",
                    where=f"{where}:{number}",
                    hint="Remove it; or is this not a text file?",
                )
