"""The visible text of an OpenDocument text (.odt: ISO/IEC 26300), read with what comes with Python.

Shown are paragraphs and headings, a blank line between them; a tab between the cells of a row; footnotes where they
are called. Left out: what tracked changes deleted, comments, headers and footers (they stand in the styles).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import attrs

from ..errors import InputError
from .metadata import Suggestion, suggestion
from .parts import DAMAGED, DocumentProperties, read_part

ODT = "odt/1"
"""The extractor of OpenDocument texts."""

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

MOST_SPACES = 1_000

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOT_SHOWN = frozenset(("tracked-changes", "annotation", "note-citation", "forms", "hidden-text", "hidden-paragraph"))
_PROPERTIES = {"title": "title", "initial-creator": "author", "creator": "author", "language": "language"}


@attrs.frozen
class OpenText:
    """A document's text, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]


def open_text(data: bytes, *, where: str) -> OpenText:
    """Return the text of an OpenDocument text; raise InputError if it cannot be read or holds none."""
    body, properties = _OpenBody(), DocumentProperties(_PROPERTIES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            read_part(packed, "content.xml", body, where=where)
            if "meta.xml" in packed.namelist():
                read_part(packed, "meta.xml", properties, where=where)
    except InputError:
        raise
    except DAMAGED:
        raise InputError("The OpenDocument text is damaged or locked.", where=where, hint="Save it again.") from None
    text = "\n\n".join(body.paragraphs)
    if not text.strip():
        raise InputError("The OpenDocument text holds no words.", where=where, hint="Is it a picture of a text?")
    notes = (f"Deletions that are not accepted yet were left out ({body.deleted:,}).",) if body.deleted else ()
    return OpenText(text, (*body.titles[:1], *properties.found), notes)


class _OpenBody:
    """Collects the paragraphs of a document."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.titles: list[Suggestion] = []
        self.deleted = 0
        self._skipped = 0  # elements deep in what is not shown
        self._open: list[list[str]] = []
        self._cells: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of an element that begins."""
        self.deleted += name == "deletion"
        if self._skipped or name in _NOT_SHOWN:
            self._skipped += 1
        elif name in ("p", "h"):
            self._open.append([])
        elif name == "table-row":
            self._cells.append([])
        elif name in ("table-cell", "covered-table-cell") and self._cells:
            self._cells[-1].append("")
        elif self._open and name == "s":
            count = attributes.get("c", "1")
            self._open[-1].append(" " * min(int(count) if count.isdigit() else 1, MOST_SPACES))
        elif self._open and name in ("tab", "line-break"):
            self._open[-1].append("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        """Take notice of an element that ends."""
        if self._skipped:
            self._skipped -= 1
        elif name in ("p", "h") and self._open:
            words = _CONTROLS.sub("", "".join(self._open.pop())).strip()
            if name == "h":
                self.titles += suggestion("title", words, "first heading")
            self._add(words)
        elif name == "table-row" and self._cells:
            self._add("\t".join(self._cells.pop()))

    def put(self, characters: str) -> None:
        """Take the characters of a paragraph; a line's end in the file is a space."""
        if self._open and not self._skipped:
            words = re.sub(r"\s+", " ", characters)
            before = self._open[-1][-1][-1:] if self._open[-1] else ""
            self._open[-1].append(words.removeprefix(" ") if before == " " else words)

    def _add(self, words: str) -> None:
        if not words.strip():
            return
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] = f"{self._cells[-1][-1]}\n{words}".strip()
        else:
            self.paragraphs.append(words)
