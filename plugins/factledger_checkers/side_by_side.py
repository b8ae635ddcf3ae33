"""A quotation and its passage in the words of a finding: what differs, what is kept back, the two side by side."""

from __future__ import annotations

from ledger.text import Comparison, Fidelity, Side, WordChange

from .common import plain

LONGEST_PASSAGE = 300
"""Characters of a passage in the details."""

MOST_CHANGES = 8

WARNED = {
    Fidelity.MISLEADING: (
        "misleading",
        "The words are in {place}, but {note}.",
        "Quote the passage whole, or say what is left out.",
    ),
    Fidelity.LIKELY: (
        "likely",
        "The words are probably those of {place}, but the text differs: {note}.",
        "Look at the original: the archived text may have come out wrong.",
    ),
}
"""Words that stand in a text, or probably do, with something to be looked at: the code, the reason and the fix."""

PASSED = {
    Fidelity.EXACT: ("exact", ""),
    Fidelity.MARKED: ("marked", ", with its changes marked"),
    Fidelity.STYLED: ("styled", ", in another style"),
}
"""Words that stand in a text: the code, and how they do, in the reason; the last of several is given."""


def changed(found: Comparison, place: str) -> str:
    """Return the first change in words, and how many more there are."""
    more = len(found.changes) - 1
    return f"{change(found.changes[0])} in {place}" + (f" ({more} more)" if more > 0 else "")


def change(one: WordChange) -> str:
    """Return a change in words."""
    if not one.quoted:
        return f"“{plain(one.written)}” is left out; it stands"
    if not one.written:
        return f"“{plain(one.quoted)}” is put in; it is not"
    return f"“{plain(one.quoted)}” stands for “{plain(one.written)}”"


def notes(found: Comparison) -> tuple[str, ...]:
    """Return what a reader is to know of a quotation, a line each."""
    return tuple(f"Note: {plain(note, 120)}." for note in found.notes[:MOST_CHANGES])


def details(words: str, found: Comparison, around: tuple[str, str] = ("", "")) -> tuple[str, ...]:
    """Return the two side by side, what stands `around` the passage included, and where they differ word for word."""
    written = " ".join(piece.words for piece in found.pieces if piece.side is not Side.QUOTED)
    lines = [f"Quoted: “{plain(words, LONGEST_PASSAGE)}”"]
    if written:
        before, after = (" ".join(one.split()) for one in around)
        lines.append(f"In the text: “{plain(' '.join(filter(None, (before, written, after))), LONGEST_PASSAGE)}”")
    if found.fidelity in (Fidelity.ALTERED, Fidelity.LIKELY):
        signs = {Side.BOTH: "{}", Side.QUOTED: "[-{}-]", Side.WRITTEN: "[+{}+]"}
        difference = " ".join(signs[piece.side].format(piece.words) for piece in found.pieces)
        lines.append(f"Difference: {plain(difference, LONGEST_PASSAGE)}")
    if found.fidelity is Fidelity.ALTERED:
        lines += [f"{one.kind}: {change(one)} in the text" for one in found.changes[:MOST_CHANGES]]
    return tuple(lines)
