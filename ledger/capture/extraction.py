"""What was read from some bytes."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice

import attrs

from .metadata import Suggestion
from .offsets import OffsetMap
from .warc import Response

LONGEST_TITLE = 200

UNTITLED = "html/"
"""What reads pages, whose first line is their menu."""


@attrs.frozen
class Extraction:
    """What was read: the raw bytes, and the visible text with the extractor that made it.

    `extractor` is None, and the text empty, of what is archived and not read: a picture, a recording, a damaged file.
    `offsets` leads from the visible text to the document's decoded text; `encoding` says how that was decoded, and
    `guessed` that nobody named it. `pages` are the starts of a PDF's pages in the visible text. `suggestions` is what
    the document says of itself, the most
    trusted first; `notes` what a person should know before relying on the words; `headers` are those of a mail. Of a
    web archive, `data` is the page that was read and `response` what the archive says of it.
    """

    data: bytes = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    media_type: str
    extractor: str | None
    file_name: str | None = None
    encoding: str | None = None
    guessed: bool = False
    offsets: OffsetMap | None = attrs.field(default=None, repr=False, hash=False)
    pages: tuple[int, ...] = attrs.field(default=(), repr=False)
    suggestions: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()
    response: Response | None = attrs.field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)

    @property
    def sha256(self) -> str:
        """The hex SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()

    @property
    def text_sha256(self) -> str | None:
        """The hex SHA-256 of the visible text; None of what is not read."""
        return None if self.extractor is None else text_hash(self.text)

    @property
    def language(self) -> str | None:
        """The language that the document declares for itself; None where it says nothing."""
        return next((one.value for one in self.suggestions if one.field == "language"), None)

    @property
    def title(self) -> str:
        """What the document calls itself, else its first line; not that of a page, which is its menu."""
        said = [one.value for one in self.suggestions if one.field == "title"]
        page = (self.extractor or "").startswith(UNTITLED)
        lines = () if page else filter(None, (line.strip() for line in self.text.split("\n")))
        return next((words for words in (*said, *islice(lines, 1)) if len(words) <= LONGEST_TITLE), "")


def text_hash(text: str) -> str:
    """Return the hex SHA-256 of a visible text in UTF-8."""
    return sha256(text.encode()).hexdigest()
