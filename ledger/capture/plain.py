"""The visible text of a plain text file."""

from __future__ import annotations

from ..errors import InputError

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
