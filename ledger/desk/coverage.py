"""How much of an article has been checked: which sentences carry a recorded quotation."""

from __future__ import annotations

import attrs

from ..model import Source, Standing
from ..store import Ledger, queries
from ..text import Span, quoted, sentences
from .article import Text


@attrs.frozen
class Line:
    """A numbered sentence, the claims whose evidence quotes from it, and whether it holds a quotation."""

    number: int
    text: str
    claims: tuple[str, ...]
    quotes: bool


@attrs.frozen
class Coverage:
    """An article's sentences; coverage counts those that recorded evidence quotes from."""

    source: Source
    lines: tuple[Line, ...]

    @property
    def covered(self) -> int:
        return sum(bool(line.claims) for line in self.lines)

    @property
    def open_quotations(self) -> tuple[Line, ...]:
        """Sentences that hold a verbatim quotation which no evidence uses."""
        return tuple(line for line in self.lines if line.quotes and not line.claims)


def coverage(ledger: Ledger, source: Source, text: Text) -> Coverage:
    """Return which sentences of an archived text carry evidence that still stands."""
    anchored = [
        (Span(row["quote_start"], row["quote_end"]), row["claim"])
        for row in queries.rows(ledger.db, "evidence", text_sha256=text.sha256)
        if Standing(row["standing"]).stands and row["quote_start"] is not None
    ]
    quotations = quoted(text.words)
    lines = []
    for number, span in enumerate(sentences(text.words), 1):
        claims = dict.fromkeys(claim for place, claim in anchored if _meet(place, span))
        holds = any(_meet(place, span) for place in quotations)
        lines.append(Line(number, " ".join(span.of(text.words).split()), tuple(claims), holds))
    return Coverage(source, tuple(lines))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
