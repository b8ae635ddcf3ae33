"""A quotation held to the text it is from. Words, figures and signs are compared exactly, in order.

Similarity only finds the passage to show beside an altered quotation, and accepts nothing. The text is read in each
order that its layout allows (see `layout`); what an editor may do with marks is understood (see `marks`), and what a
house's style may do without them (see `liberties`). Where all words stand, it is read what the marks or the cut keep
from the reader (see `cuts`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

import attrs

from . import marks
from .cuts import begins_in_brackets, hidden
from .edges import inside_figure, left_out, outside
from .fidelity import Comparison, DiffPiece, Fidelity, QuotationContext, Side
from .liberties import Liberty, Mended, interrupted, mended
from .likeness import differences, likest
from .marks import Part, PartPosition
from .quotations import context
from .tokens import Token, Tokens, spelt, tokens_of

MOST_WEIGHED = 20
"""Places of which it is read what surrounds them."""

LONGEST_MENDED = 400
"""Words of a quotation that is looked through for liberties."""

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_GRADES = {Liberty.MARKED: Fidelity.MARKED, Liberty.STYLE: Fidelity.STYLED, Liberty.SLIP: Fidelity.LIKELY}


def beside(quote: str, text: str | Tokens, *, width: int = 120, tag: str | None = None) -> QuotationContext:
    """Return a quotation in its context, with the differences in pieces, for a page; `tag` is the text's language.

    `before` and `after` have at most `width` characters each. Where nothing in the text is like the quotation, all of
    it is one piece that only the quotation has.
    """
    source = tokens_of(text, tag)
    found = compare(quote, source, tag)
    if found.span is None:
        return QuotationContext("", (DiffPiece(" ".join(quote.split()), Side.QUOTED),), "", found)
    before, after = context(source.text, found.span, width=width)
    return QuotationContext(before, found.pieces, after, found)


def compare(quote: str, text: str | Tokens, tag: str | None = None) -> Comparison:
    """Return how a quotation stands to a text in the language of a tag, English where none is given.

    Give the text as `Tokens` when comparing many quotations with it.
    """
    source = tokens_of(text, tag)
    found = _compared(quote, source)
    entity = None if found.fidelity.faithful else _ENTITY.search(quote)
    if entity is None:
        return found
    meant = _compared(html.unescape(quote), source)
    if meant.fidelity.rank >= found.fidelity.rank:
        return found
    grade = Fidelity.STYLED if meant.fidelity.faithful else meant.fidelity
    return attrs.evolve(meant, fidelity=grade, notes=(*meant.notes, f"an HTML entity is left in it: “{entity[0]}”"))


def _compared(quote: str, source: Tokens) -> Comparison:
    edited = marks.parts(quote)
    if not edited or not len(source):
        return Comparison(Fidelity.ABSENT)
    forms = (marks.literally(quote), edited) if marks.any_in(quote) else (edited,)
    best: Comparison | None = None
    for reading in source.readings:
        found = _standing(quote, forms, reading)
        if found is not None and (best is None or found.fidelity.rank < best.fidelity.rank):
            best = found
        if best is not None and best.fidelity.faithful:
            return best
    if best is not None:
        return best
    return _with_liberties(quote, edited, source) or _reordered(edited, source) or _unlike(edited, source)


def _standing(quote: str, forms: Sequence[Sequence[Part]], reading: Tokens) -> Comparison | None:
    """Return how a quotation stands whose words are all there in this reading; None where they are not."""
    words = marks.keys(marks.flat(forms[0]))
    for tokens in filter(None, (reading, reading.split_where(words))):
        for parts in forms:
            chains = marks.chains(parts, tokens)
            if chains:
                return _weighed(quote, parts, chains, tokens)
    return None


def _weighed(
    quote: str, parts: Sequence[Part], chains: Sequence[tuple[PartPosition, ...]], source: Tokens
) -> Comparison:
    """Return how a quotation stands; of several places the one that speaks most for it."""
    tightest = sorted(chains, key=lambda chain: (chain[-1].end - chain[0].first, chain[0].first))[:MOST_WEIGHED]
    found = [_at(quote, parts, chain, source) for chain in tightest]
    best = min(found, key=lambda one: one.fidelity.rank)
    spans = {source.span(chain[0].first, chain[-1].end) for chain in chains}
    if best.fidelity.faithful and len(parts) > 1:  # parts that stand far apart are no further place of a quotation
        spans -= {one.span for one in found if one.span and not one.fidelity.faithful}
    return attrs.evolve(best, places=tuple(sorted(spans)))


def _at(quote: str, parts: Sequence[Part], chain: Sequence[PartPosition], source: Tokens) -> Comparison:
    first, end = chain[0].first, chain[-1].end
    span = source.span(first, end)
    another = next(_other_words(parts, chain, source), None) or inside_figure(source, first, end)
    if another is not None:
        shown = (DiffPiece(another[0], Side.QUOTED), DiffPiece(another[1], Side.WRITTEN))
        return Comparison(Fidelity.ALTERED, span, shown)
    pieces = tuple(_pieces(parts, chain, source))
    around = outside(quote, source, first, end, opens=not begins_in_brackets(parts))
    gone = (note for gap in marks.gaps(chain) for note in left_out(source, *gap))
    notes = tuple(dict.fromkeys([*hidden(parts, chain, source), *gone, *around]))
    if notes:
        return Comparison(Fidelity.MISLEADING, span, pieces, notes)
    asides = tuple(f"“{one}” is the writer's" for one in marks.asides(quote))
    marked = len(parts) > 1 or bool(asides) or any(part.brackets for part in parts)
    return Comparison(Fidelity.MARKED if marked else Fidelity.EXACT, span, pieces, asides)


def _with_liberties(quote: str, parts: Sequence[Part], source: Tokens) -> Comparison | None:
    """Return how a quotation stands that has some words otherwise, as may be; None where it does not stand so."""
    if len(marks.flat(parts)) > LONGEST_MENDED:
        return None
    best: Comparison | None = None
    for reading in source.readings:
        if reading is not source and not interrupted(parts, source):
            break
        there = mended(parts, reading)
        chains = marks.chains(parts, there.tokens) if there is not None else []
        if there is None or not chains:
            continue
        found = _graded(_weighed(quote, parts, chains, there.tokens), there, parts, reading)
        if best is None or found.fidelity.rank < best.fidelity.rank:
            best = found
    return best


def _graded(found: Comparison, there: Mended, parts: Sequence[Part], reading: Tokens) -> Comparison:
    """Return what was found among mended words, with the liberties that were taken in it."""
    if not found.fidelity.stands or found.span is None:
        return attrs.evolve(found, fidelity=Fidelity.ALTERED)
    taken = [one for one in there.changes if _in(found, one.first, reading)]
    worst = max((one.liberty for one in taken), default=Liberty.MARKED)
    grade = found.fidelity
    if grade.faithful:
        grade = max(grade, _GRADES[worst], key=lambda one: one.rank)
    pieces = _beside(parts, reading)[1]
    if worst is not Liberty.SLIP:
        pieces = [attrs.evolve(one, marked=one.side is not Side.BOTH) for one in pieces]
    return attrs.evolve(found, fidelity=grade, pieces=tuple(pieces), notes=(*found.notes, *(one.note for one in taken)))


def _in(found: Comparison, token: int, reading: Tokens) -> bool:
    """Return whether a token stands in the passage that was found."""
    assert found.span is not None
    at = reading.span(token, token + 1) if token < len(reading) else found.span
    return found.span.start <= at.start < found.span.end


def _pieces(parts: Sequence[Part], chain: Sequence[PartPosition], source: Tokens) -> Iterator[DiffPiece]:
    """Yield a quotation and the text side by side, where all its words stand there."""
    for number, (part, place) in enumerate(zip(parts, chain, strict=True)):
        if number:
            yield DiffPiece("…", Side.QUOTED, marked=True)
            if chain[number - 1].end < place.first:
                yield DiffPiece(source.written(chain[number - 1].end, place.first), Side.WRITTEN, marked=True)
        instead = marks.replaced(part, place, source)
        for at, row in enumerate(place.rows):
            if at:
                inside, start, stop = instead[at - 1]
                yield DiffPiece(f"[{' '.join(inside.split())}]", Side.QUOTED, marked=True)
                if start < stop:
                    yield DiffPiece(source.written(start, stop), Side.WRITTEN, marked=True)
            if row:
                yield DiffPiece(source.written(*row), Side.BOTH)


def _other_words(parts: Sequence[Part], chain: Sequence[PartPosition], source: Tokens) -> Iterator[tuple[str, str]]:
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


def _reordered(edited: Sequence[Part], source: Tokens) -> Comparison | None:
    """Return how a quotation stands whose parts are all there, in another order; None where they are not."""
    apart = [place[0] for part in edited if (place := marks.places(part, source))]
    if len(edited) < 2 or len(apart) < len(edited):
        return None
    span = source.span(min(one.first for one in apart), max(one.end for one in apart))
    pieces = tuple(_pieces(edited, apart, source))
    return Comparison(Fidelity.MISLEADING, span, pieces, ("its parts stand in another order in the text",), (span,))


def _unlike(parts: Sequence[Part], source: Tokens) -> Comparison:
    """Return the passage most like a quotation whose words do not all stand in a row, side by side with it."""
    place, pieces = _beside(parts, source)
    if place is None:
        return Comparison(Fidelity.ABSENT)
    if all(piece.side is Side.BOTH or piece.marked for piece in pieces):
        # Only its marks stand for more than they may: the whole is shown beside the whole.
        whole = spelt(marks.flat(parts))
        pieces = [DiffPiece(whole, Side.QUOTED), DiffPiece(source.written(*place), Side.WRITTEN)]
    return Comparison(Fidelity.ALTERED, source.span(*place), tuple(pieces))


def _beside(parts: Sequence[Part], source: Tokens) -> tuple[tuple[int, int] | None, list[DiffPiece]]:
    """Return the place most like a quotation, and the two side by side; None where nothing is like it."""
    row = marks.flat(parts)
    window = likest(marks.keys(row), source)
    if window is None:
        return None, []
    breaks = set[int]()
    at = 0
    for part in parts:
        for number, words in enumerate(part.rows):
            if number or part is not parts[0]:
                breaks.add(at)
            at += len(words)
    pieces = list[DiffPiece]()
    first, end = window[1], window[0]
    for a, b, c, d in differences(marks.keys(row), source, window):
        first, end = min(first, c), max(end, d)
        quoted = spelt(row[a:b])
        written = source.written(c, d)
        if list(marks.keys(row[a:b])) == source.keys[c:d]:
            pieces.append(DiffPiece(written, Side.BOTH))
            continue
        if quoted:
            pieces.append(DiffPiece(quoted, Side.QUOTED))
        if written:
            pieces.append(DiffPiece(written, Side.WRITTEN, marked=not quoted and a in breaks))
    return (first, end), pieces
