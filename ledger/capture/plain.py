"""The visible text of a plain text file, and where each character stands in it."""

from __future__ import annotations

from ..errors import InputError
from .offsets import OffsetMap, whole

PLAIN = "plain/1"
"""The extractor of plain text: UTF-8, byte order mark dropped, line ends made LF."""


def plain_text(data: bytes, *, where: str) -> str:
    """Return the visible text of a plain text file; raise InputError if it is not one."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("This is not UTF-8 text.", where=f"{where}:{line}", hint="Save it as UTF-8.") from None
    if not text.strip():
        raise InputError("The file holds no words.", where=where, hint="Check that it was saved.")
    for number, line_of_text in enumerate(text.split("\n"), 1):
        for character in line_of_text:
            if character < " " and character != "\t":
                raise InputError(
                    f"The text holds the control character U+{ord(character):04X}.",
                    where=f"{where}:{number}",
                    hint="Remove it; or is this not a text file?",
                )
    return text


def plain_offsets(document: str) -> OffsetMap:
    """Return the map of a plain text to its decoded document, in which a line may end with two characters."""
    if "\r\n" not in document:
        return whole(len(document))
    found, visible, source = OffsetMap(), 0, 0
    for line in document.split("\r\n"):
        for length, written in ((len(line), len(line)), (1, 2)):
            if length and source < len(document):
                found.add(visible, length, source, written)
            visible, source = visible + length, source + written
    return found
