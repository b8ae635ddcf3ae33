"""How faithful a quotation is to the text it is from: word for word, with its changes marked, altered, or not there.

Words, figures and signs are compared exactly, in order; similarity only finds the passage to show beside an altered
quotation, and accepts nothing. What an editor may do with marks is understood (see `marks`); then it is read what the
marks, or the cut, keep from the reader: a negation, an exception, a question mark, another passage (see `cuts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import attrs

from . import marks
from .cuts import figures, hidden, inside_figure, limits, outside
from .likeness import differences, likest
from .marks import Part, Place
from .quotations import context
from .spans import Span
from .tokens import Token, Tokens, read, tokens_of

MOST_WEIGHED = 20
"""Places of which it is read what surrounds them."""


class Fidelity(StrEnum):
    """How a quotation stands to a text."""

    EXACT = "exact"
    MARKED = "marked"
    MISLEADING = "misleading"
    ALTERED = "altered"
    ABSENT = "absent"

    @property
    def faithful(self) -> bool:
        """Whether every word is the text's, or marked as not, and nothing that turns it round is kept back."""
        return self in (Fidelity.EXACT, Fidelity.MARKED)


class Side(StrEnum):
    """Where the words of a piece stand."""

    BOTH = "both"
    QUOTED = "quoted"
    WRITTEN = "written"


@attrs.frozen
class Piece:
    """Words that stand in both, only in the quotation or only in the text; `marked` where the quotation says so."""

    words: str
    side: Side
    marked: bool = False


@attrs.frozen
class Change:
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
    are the two side by side, `notes` what the marks or the cut keep from a reader, in words. `places` counts where the
    whole of it stands.
    """

    fidelity: Fidelity
    span: Span | None = None
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    places: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the words that differ and are not marked."""
        found: list[Change] = []
        open_ = False
        for piece in self.pieces:
            if piece.side is Side.BOTH or piece.marked:
                open_ = False
                continue
            change = Change(*((piece.words, "") if piece.side is Side.QUOTED else ("", piece.words)))
            if open_ and not change.quoted and not found[-1].written:
                found[-1] = Change(found[-1].quoted, change.written)
            else:
                found.append(change)
            open_ = True
        return tuple(found)


@attrs.frozen
class Beside:
    """A quotation in its context: the text `before` and `after` the passage, and the two side by side in between."""

    before: str
    pieces: tuple[Piece, ...]
    after: str
    comparison: Comparison


def beside(quote: str, text: str | Tokens, *, width: int = 120) -> Beside:
    """Return a quotation in its context, with the differences in pieces, for a page.

    `before` and `after` have at most `width` characters each. Where nothing in the text is like the quotation, all of
    it is one piece that only the quotation has.
    """
    source = tokens_of(text)
    found = compare(quote, source)
    if found.span is None:
        return Beside("", (Piece(" ".join(quote.split()), Side.QUOTED),), "", found)
    before, after = context(source.text, found.span, width=width)
    return Beside(before, found.pieces, after, found)


def compare(quote: str, text: str | Tokens) -> Comparison:
    """Return how a quotation stands to a text. Give the text as `Tokens` when comparing many quotations with it."""
    source = tokens_of(text)
    edited = marks.parts(quote)
    if not edited or not len(source):
        return Comparison(Fidelity.ABSENT)
    has_marks = len(edited) > 1 or bool(edited[0].brackets)
    literal = marks.literally(quote) if has_marks else edited
    words = [token.key for part in literal for row in part.rows for token in row]
    for page in source.readings:
        for reading in filter(None, (page, page.split_where(words))):
            for parts in (literal, edited) if has_marks else (edited,):
                chains = marks.chains(parts, reading)
                if chains:
                    return _standing(quote, parts, chains, reading)
    if len(edited) > 1:
        apart = [place[0] for part in edited if (place := marks.places(part, source))]
        if len(apart) == len(edited):
            span = source.span(min(one.first for one in apart), max(one.end for one in apart))
            pieces = tuple(_pieces(edited, apart, source))
            return Comparison(Fidelity.MISLEADING, span, pieces, ("its parts stand in another order in the text",))
    return _unlike(edited, source)


def _standing(quote: str, parts: Sequence[Part], chains: Sequence[tuple[Place, ...]], source: Tokens) -> Comparison:
    """Return how a quotation stands whose words are all there; of several places the one that speaks most for it."""
    tightest = sorted(chains, key=lambda chain: (chain[-1].end - chain[0].first, chain[0].first))[:MOST_WEIGHED]
    found = [_at(quote, parts, chain, source, len(chains)) for chain in tightest]
    return min(found, key=lambda one: list(Fidelity).index(one.fidelity))


def _at(quote: str, parts: Sequence[Part], chain: Sequence[Place], source: Tokens, count: int) -> Comparison:
    first, end = chain[0].first, chain[-1].end
    span = source.span(first, end)
    pieces = tuple(_pieces(parts, chain, source))
    another = next(_other_words(parts, chain, source), None) or inside_figure(parts, source, first, end)
    if another is not None:
        shown = (Piece(another[0], Side.QUOTED), Piece(another[1], Side.WRITTEN))
        return Comparison(Fidelity.ALTERED, span, shown, places=count)
    notes = tuple(dict.fromkeys([*hidden(parts, chain, source), *outside(quote, source, first, end)]))
    marked = len(parts) > 1 or any(part.brackets for part in parts)
    fidelity = Fidelity.MISLEADING if notes else Fidelity.MARKED if marked else Fidelity.EXACT
    return Comparison(fidelity, span, pieces, notes, count)


def _pieces(parts: Sequence[Part], chain: Sequence[Place], source: Tokens) -> Iterator[Piece]:
    """Yield a quotation and the text side by side, where all its words stand there."""
    for number, (part, place) in enumerate(zip(parts, chain, strict=True)):
        if number:
            yield Piece("…", Side.QUOTED, marked=True)
            if chain[number - 1].end < place.first:
                yield Piece(source.written(chain[number - 1].end, place.first), Side.WRITTEN, marked=True)
        instead = marks.replaced(part, place, source)
        for at, row in enumerate(place.rows):
            if at:
                inside, start, stop = instead[at - 1]
                yield Piece(f"[{' '.join(inside.split())}]", Side.QUOTED, marked=True)
                if start < stop:
                    yield Piece(source.written(start, stop), Side.WRITTEN, marked=True)
            if row:
                yield Piece(source.written(*row), Side.BOTH)


def _other_words(parts: Sequence[Part], chain: Sequence[Place], source: Tokens) -> Iterator[tuple[str, str]]:
    """Yield words that small letters make another word of: US and us, WHO and who."""
    for part, place in zip(parts, chain, strict=True):
        for row, stands in zip(part.rows, place.rows, strict=True):
            theirs = source.tokens[stands[0] : stands[1]] if stands else []
            if not (_shouts(row) or _shouts(theirs)):
                for mine, other in zip(row, theirs, strict=True):
                    lower, upper = sorted((mine.written, other.written), key=str.isupper)
                    if upper.isupper() and lower.islower() and 1 < len(upper) <= 4:
                        yield mine.written, other.written


def _shouts(tokens: Sequence[Token]) -> bool:
    return sum(token.written.isupper() for token in tokens) > len(tokens) / 2


def _unlike(parts: Sequence[Part], source: Tokens) -> Comparison:
    """Return the passage most like a quotation whose words do not all stand in a row, side by side with it."""
    row = [token for part in parts for words in part.rows for token in words]
    window = likest(marks.keys(row), source)
    if window is None:
        return Comparison(Fidelity.ABSENT)
    breaks = set()
    at = 0
    for part in parts:
        for number, words in enumerate(part.rows):
            if number or part is not parts[0]:
                breaks.add(at)
            at += len(words)
    pieces = []
    first, end = window[1], window[0]
    for a, b, c, d in differences(marks.keys(row), source, window):
        first, end = min(first, c), max(end, d)
        quoted = " ".join(token.written for token in row[a:b])
        written = source.written(c, d)
        if marks.keys(row[a:b]) == source.keys[c:d]:
            pieces.append(Piece(written, Side.BOTH))
            continue
        if quoted:
            pieces.append(Piece(quoted, Side.QUOTED))
        if written:
            pieces.append(Piece(written, Side.WRITTEN, marked=not quoted and a in breaks))
    span = source.span(first, end)
    if all(piece.side is Side.BOTH or piece.marked for piece in pieces):
        # Only its marks stand for more than they may: the whole is shown beside the whole.
        whole = " ".join(token.written for token in row)
        pieces = [Piece(whole, Side.QUOTED), Piece(source.written(first, end), Side.WRITTEN)]
    return Comparison(Fidelity.ALTERED, span, tuple(pieces))
