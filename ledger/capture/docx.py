"""The visible text of a Word document (.docx: ECMA-376, ISO/IEC 29500), read with what comes with Python.

Shown is what the pages show: paragraphs, a blank line between them; a tab between the cells of a table's row; text
boxes; footnotes and endnotes at the end; a raised figure is a raised character. Left out: headers and footers,
comments, hidden text, what is struck out, what changes that are not accepted yet would delete or have moved away. No
XML of a document may declare a type or an entity.
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

DOCX = "docx/2"
"""The extractor of Word documents; the number changes when the same bytes would give another text."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_MAIN_PART = re.compile(r"^word/document\d*\.xml$")
_NOT_SHOWN = frozenset(("del", "moveFrom", "Fallback"))
_SHOWN_AS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TITLES = {"Title": 20, "Heading1": 21}
_PROPERTIES = {"title": "title", "creator": "author", "language": "language"}


@attrs.frozen
class WordDocument:
    """A document's text, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    struck: tuple[str, ...]
    """What is struck out in it."""


def document(data: bytes, *, where: str) -> WordDocument:
    """Return the text of a Word document; raise InputError if it cannot be read or holds none."""
    body, properties = _Body(), DocumentProperties(_PROPERTIES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = packed.namelist()
            main = next(name for name in names if _MAIN_PART.match(name))
            for part in (main, "word/footnotes.xml", "word/endnotes.xml"):
                if part in names:
                    read_part(packed, part, body, where=where)
            if "docProps/core.xml" in names:
                read_part(packed, "docProps/core.xml", properties, where=where)
    except InputError:
        raise
    except DAMAGED:
        raise InputError("The Word document is damaged or locked.", where=where, hint="Save it again.") from None
    text = "\n\n".join(body.paragraphs)
    if not text.strip():
        raise InputError("The Word document holds no words.", where=where, hint="Is it a picture of a text?")
    notes = []
    if body.deleted:
        notes.append(f"Deletions that are not accepted yet were left out ({body.deleted:,}).")
    if body.hidden:
        notes.append(f"Hidden words were left out ({body.hidden:,} times).")
    titles = [each for _, each in sorted(body.titles.items())]
    return WordDocument(text, (*titles, *properties.found), tuple(notes), tuple(body.struck))


class _Body:
    """Collects the paragraphs of a document's parts."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.titles: dict[int, Suggestion] = {}
        self.deleted = self.hidden = 0
        self.struck: list[str] = []
        self._open: list[_WordParagraph] = []
        self._skipped = 0  # elements deep in what is not shown
        self._vanished = self._strikes = self._high = self._in_words = False
        self._cells: list[list[str]] = []  # the cells of each row that is open

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of an element that begins."""
        if self._skipped or name in _NOT_SHOWN:
            self.deleted += name == "del" and not self._skipped
            self._skipped += 1
        elif name == "p":
            self._open.append(_WordParagraph())
        elif name == "tr":
            self._cells.append([])
        elif name == "tc" and self._cells:
            self._cells[-1].append("")
        elif name == "r":
            self._vanished = self._strikes = self._high = False
        elif name == "vanish" and _is_on(attributes):
            self._vanished = True
            self.hidden += 1
        elif name in ("strike", "dstrike"):
            self._strikes |= _is_on(attributes)
        elif name == "vertAlign":
            self._high = attributes.get("val") == "superscript"
        elif name == "pStyle" and self._open:
            self._open[-1].style = attributes.get("val", "")
        elif name == "t":
            self._in_words = True
        elif name in _SHOWN_AS:
            self._put(_SHOWN_AS[name])

    def end(self, name: str) -> None:
        """Take notice of an element that ends."""
        self._in_words = False
        if self._skipped:
            self._skipped -= 1
        elif name == "p" and self._open:
            self._close(self._open.pop())
        elif name == "tr" and self._cells:
            self._add("\t".join(self._cells.pop()))

    def put(self, characters: str) -> None:
        """Take the characters of a run."""
        if self._in_words:
            self._put(characters)

    def _put(self, characters: str) -> None:
        if not self._open or self._skipped or self._vanished:
            return
        pieces = self._open[-1].pieces
        if self._strikes:
            self.struck.append(characters)
        elif self._high and characters.isdecimal():
            pieces.append(raised(characters, pieces[-1] if pieces else ""))
        else:
            pieces.append(characters)

    def _close(self, paragraph: _WordParagraph) -> None:
        words = _CONTROLS.sub("", "".join(paragraph.pieces)).strip()
        rank = _TITLES.get(paragraph.style)
        if rank is not None and rank not in self.titles:
            self.titles.update((rank, each) for each in suggestion("title", words, f"{paragraph.style} paragraph"))
        self._add(words)

    def _add(self, words: str) -> None:
        """Add a paragraph to the cell that is open, or to the document."""
        if not words.strip():
            return
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] = f"{self._cells[-1][-1]}\n{words}".strip()
        else:
            self.paragraphs.append(words)


def _is_on(attributes: dict[str, str]) -> bool:
    """Return whether an element that is there, or says so, is meant."""
    return attributes.get("val", "1") not in ("0", "false", "off")


@attrs.define
class _WordParagraph:
    style: str = ""
    pieces: list[str] = attrs.Factory(list)
