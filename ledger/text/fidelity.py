"""How faithful a quotation is to a text: the grades, and the two side by side.

Word for word; with its changes marked; in a house's style; with something kept from the reader; probably the same, in
a text that came out wrong; altered; or not there. Only the first three are accepted.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

from .edges import figures
from .operators import limits
from .spans import Span
from .tokens import read


class Fidelity(StrEnum):
    """How a quotation stands to a text, the better the earlier."""

    EXACT = "exact"
    MARKED = "marked"
    STYLED = "styled"
    MISLEADING = "misleading"
    LIKELY = "likely"
    ALTERED = "altered"
    ABSENT = "absent"

    @property
    def faithful(self) -> bool:
        """Whether every word is the text's, or marked as not, or in house style, and nothing turned round."""
        return self in (Fidelity.EXACT, Fidelity.MARKED, Fidelity.STYLED)

    @property
    def stands(self) -> bool:
        """Whether the words stand in the text, whatever is to be said of them; of those that are likely, probably."""
        return self not in (Fidelity.ALTERED, Fidelity.ABSENT)

    @property
    def rank(self) -> int:
        """The place in this list: the smaller of two is the better."""
        return list(Fidelity).index(self)


class Side(StrEnum):
    """Where the words of a piece stand."""

    BOTH = "both"
    QUOTED = "quoted"
    WRITTEN = "written"


@attrs.frozen
class DiffPiece:
    """Words that stand in both, only in the quotation or only in the text; `marked` where the quotation says so."""

    words: str
    side: Side
    marked: bool = False


@attrs.frozen
class WordChange:
    """Words of the quotation, and what stands in their place in the text; one of them may be empty."""

    quoted: str
    written: str

    @property
    def kind(self) -> str:
        """What was changed: "negation", "figure", else "words"."""
        keys = {token.key for token in read(f"{self.quoted} {self.written}")}
        if any(map(limits, keys)):
            return "negation"
        return "figure" if figures(keys) or not keys else "words"


@attrs.frozen
class Comparison:
    """A quotation beside a text.

    `span` is the passage it was compared with, in the text as it was given; None where nothing is like it. `pieces`
    are the two side by side. `notes` say in words what a reader is to know: which liberties were taken, what the marks
    or the cut keep back, where the text came out wrong. `places` are where the whole of it stands, in order.
    """

    fidelity: Fidelity
    span: Span | None = None
    pieces: tuple[DiffPiece, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()

    @property
    def changes(self) -> tuple[WordChange, ...]:
        """Return the words that differ and are not marked."""
        found: list[WordChange] = []
        open_ = False
        for piece in self.pieces:
            if piece.side is Side.BOTH or piece.marked:
                open_ = False
                continue
            change = WordChange(*((piece.words, "") if piece.side is Side.QUOTED else ("", piece.words)))
            if open_ and not change.quoted and not found[-1].written:
                found[-1] = WordChange(found[-1].quoted, change.written)
            else:
                found.append(change)
            open_ = True
        return tuple(found)


@attrs.frozen
class QuotationContext:
    """A quotation in its context: the text `before` and `after` the passage, and the two side by side in between."""

    before: str
    pieces: tuple[DiffPiece, ...]
    after: str
    comparison: Comparison
