"""The visible text of an OpenDocument text (.odt: ISO/IEC 26300), read with what comes with Python.

Shown are paragraphs and headings, a blank line between them; a tab between the cells of a row; footnotes where they
are called; a raised figure is a raised character. Left out: what tracked changes deleted, what is struck out, how a
word is read (ruby), comments, headers and footers (they stand in the styles).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import attrs

from ..errors import InputError
from .metadata import Suggestion, suggestion
from .parts import DAMAGED, DocumentProperties, read_part
from .raised import raised

ODT = "odt/2"
"""The extractor of OpenDocument texts; the number changes when the same bytes would give another text."""

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

MOST_SPACES = 1_000

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOT_SHOWN = frozenset(
    ("tracked-changes", "annotation", "note-citation", "ruby-text", "forms", "hidden-text", "hidden-paragraph")
)
_PROPERTIES = {"title": "title", "initial-creator": "author", "creator": "author", "language": "language"}


@attrs.frozen
class OpenText:
    """A document's text, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    struck: tuple[str, ...]
    """What is struck out in it."""


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
    return OpenText(text, (*body.titles[:1], *properties.found), notes, tuple(body.struck))


class _OpenBody:
    """Collects the paragraphs of a document."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.titles: list[Suggestion] = []
        self.deleted = 0
        self.struck: list[str] = []
        self._skipped = 0  # elements deep in what is not shown
        self._style = ""  # the one that is being described
        self._striking: set[str] = set()
        self._raising: set[str] = set()
        self._spans: list[str] = []  # the styles of the spans that are open
        self._open: list[list[str]] = []
        self._cells: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of an element that begins."""
        self.deleted += name == "deletion"
        if self._skipped or name in _NOT_SHOWN:
            self._skipped += 1
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "text-properties":
            if attributes.get("text-line-through-style", "none") != "none":
                self._striking.add(self._style)
            if attributes.get("text-position", "").startswith("super"):
                self._raising.add(self._style)
        elif name == "span":
            self._spans.append(attributes.get("style-name", ""))
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
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name in ("p", "h") and self._open:
            words = _CONTROLS.sub("", "".join(self._open.pop())).strip()
            if name == "h":
                self.titles += suggestion("title", words, "first heading")
            self._add(words)
        elif name == "table-row" and self._cells:
            self._add("\t".join(self._cells.pop()))

    def put(self, characters: str) -> None:
        """Take the characters of a paragraph; a line's end in the file is a space."""
        if not self._open or self._skipped:
            return
        words = re.sub(r"\s+", " ", characters)
        before = self._open[-1][-1] if self._open[-1] else ""
        if not self._striking.isdisjoint(self._spans):
            self.struck.append(words)
        elif words.isdecimal() and not self._raising.isdisjoint(self._spans):
            self._open[-1].append(raised(words, before))
        else:
            self._open[-1].append(words.removeprefix(" ") if before.endswith(" ") else words)

    def _add(self, words: str) -> None:
        if not words.strip():
            return
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] = f"{self._cells[-1][-1]}\n{words}".strip()
        else:
            self.paragraphs.append(words)
