"""Text for a drawing: how wide it may get in whichever font is at hand, and where to break it.

A server does not know the reader's fonts. Widths are those of DejaVu Sans, the
widest in common use, so that what fits here fits in Arial or Helvetica too.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import attrs

from ..model import Basis
from ..views import words
from ..views.trail import Node

Style = Literal["tag", "name", "title", "aside", "claim"]

SIZE: dict[Style, float] = {"tag": 12, "name": 14.5, "title": 13.5, "aside": 12.5, "claim": 15.5}
"""Font size of each kind of line, in px."""

LEADING: dict[Style, float] = {"tag": 17, "name": 18, "title": 17, "aside": 16, "claim": 20}
BOLD: tuple[Style, ...] = ("tag", "name")

_THIN, _SLIM, _WIDE = frozenset("ijlI.,:;'|!` ’‘"), frozenset('ftrJ()[]{}-/"*“”'), frozenset("mwMW@%&—…")


@attrs.frozen
class TextLine:
    """One line of text in a box."""

    style: Style
    text: str


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text gets at most, in px."""
    return sum(map(_em, text)) * size * (1.1 if bold else 1.0)


def _em(character: str) -> float:
    if character in _THIN:
        return 0.34
    if character in _SLIM:
        return 0.46
    if character in _WIDE:
        return 1.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if unicodedata.combining(character):
        return 0.0
    if ord(character) > 0x24F:
        return 0.9
    return 0.78 if character.isupper() else 0.65


def wrapped(text: str, style: Style, room: float, most: int) -> list[TextLine]:
    """Return a text as at most `most` lines that fit in `room` px, the last cut off with an ellipsis."""
    bold = style in BOLD
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, style, room):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and width(longer, SIZE[style], bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
        if len(lines) > most:
            lines = lines[:most]
            while width(lines[-1] + "…", SIZE[style], bold=bold) > room:
                lines[-1] = lines[-1][:-1]
            lines[-1] = lines[-1].rstrip(" ,;:.") + "…"
            break
    return [TextLine(style, line) for line in lines]


def _pieces(word: str, style: Style, room: float) -> list[str]:
    """Return a word in pieces that fit: a web address may be wider than its box."""
    pieces = [""]
    for character in word:
        if width(pieces[-1] + character, SIZE[style], bold=style in BOLD) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def claim_lines(text: str, room: float) -> list[TextLine]:
    """Return the lines of the claim's own box."""
    return [TextLine("tag", "The claim"), *wrapped(text, "claim", room, 9)]


def node_lines(node: Node, room: float) -> list[TextLine]:
    """Return the lines of a source's box: how it stands to the claim, who speaks, in what, how they know."""
    lines = [line for tag in tags(node) for line in wrapped(tag, "tag", room, 2)]
    if node.voice and node.voice != node.title:
        lines += wrapped(node.voice, "name", room, 2)
        lines += wrapped(node.title, "title", room, 3)
    else:
        lines += wrapped(node.title, "name", room, 4)
    lines += wrapped(", ".join(filter(None, (node.kind, node.published))), "aside", room, 2)
    if node.notes:
        lines += wrapped("; ".join(node.notes), "aside", room, 2)
    return lines


def tags(node: Node) -> list[str]:
    """Return in words what the frame of a source's box says."""
    found = []
    if node.withdrawn:
        found.append("Withdrawn")
    if node.choke:
        found.append("Every trail passes here")
    if node.family:
        found.append(node.family)
    if node.context:
        found.append("Context only")
    elif node.origin:
        found.append(f"The trail ends here: {_basis(node)}")
    return found


def _basis(node: Node) -> str:
    if node.first_hand:
        return "first-hand"
    return "by whom it was told is not recorded" if words.BASIS[Basis.TOLD] in node.notes else "basis not stated"


def height(lines: list[TextLine]) -> float:
    """Return how high lines stand, in px."""
    return sum(LEADING[line.style] for line in lines)
