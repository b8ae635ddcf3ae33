"""From a file's bytes to its visible text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import attrs

from ..errors import EnvironmentFault, InputError

LARGEST = 8_000_000
"""Bytes of a text file."""

PLAIN = "plain/1"
"""The extractor of plain text: UTF-8, byte order mark dropped, line ends made LF."""

TEXT_SUFFIXES = (".txt", ".text", ".md")


@attrs.frozen
class Reading:
    """What was read: the raw bytes, and the visible text with the extractor that made it."""

    data: bytes = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    media_type: str
    extractor: str
    file_name: str | None = None

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
    """Return a text file's bytes and visible text; raise InputError if it cannot be taken."""
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise InputError(
            f"Only plain text is read so far, not {path.suffix or 'a file without a suffix'}.",
            where=str(path),
            hint="Save the article as .txt.",
        )
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"The file has {path.stat().st_size:,} bytes; at most {LARGEST:,} are taken.",
                where=str(path),
                hint="Archive the part that matters.",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("There is no such file.", where=str(path), hint="Check the name.") from None
    except OSError as error:
        raise EnvironmentFault(f"Cannot read {path}: {error.strerror}.") from None
    return Reading(data, plain_text(data, where=str(path)), "text/plain", PLAIN, path.name)


def read_bytes(data: bytes, *, where: str) -> Reading:
    """Return plain text that came without a file; raise InputError if it cannot be taken."""
    return Reading(data, plain_text(data, where=where), "text/plain", PLAIN)


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
