"""A source's archived text as a page shows it, the quoted words marked in it; and a quotation in its context.

Whole works are for who keeps them: these views read the archive only when they are told that they may, and never
for a published copy. What a page shows is bounded, and what it leaves out is counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise

import attrs

from ..capture import ArchiveReader
from ..desk import Text, another_page, copies_of, match_in, placed, quoted_from
from ..model import Anchor, Capture, Claim, Evidence, Source
from ..store import Ledger, queries
from ..text import (
    AnchorMatch,
    AnchorState,
    DiffPiece,
    Span,
    beside,
    paragraphs,
    place_words,
    sentences,
)
from ..text.breaks import first_break, last_break
from . import words
from .evidence import EvidenceView

REACH = 1_000_000
"""Characters from the beginning of a text that a page lays out."""

BUDGET = 150_000
"""Characters of paragraphs without a quotation that a page holds, folded ones included."""

OVERHEAD = 60
"""Characters that each paragraph counts beside its own: many short ones are bounded, too."""

NEIGHBOURS = 1
"""Paragraphs on either side of a quotation that are open."""

OPENING = 6
"""Paragraphs that are open where nothing is quoted."""

MOST = 200
"""Quotations that a page tells of."""

COMPARED = 10_000_000
"""Characters that a page looks through for words that were taken from another copy."""

LONGEST = 4_000
"""Characters of a stretch that is shown whole; of a longer one, the middle is left out."""

ASIDE = 300
"""Characters of the sentence before and after a quotation."""


@attrs.frozen
class Quotation:
    """Recorded words and what became of them in the text at hand; `number` counts them as the page does, from 1.

    `state` is None where they were not looked for. `differing` is set where the words are missing and a passage is
    like them, `page` where they stand on another page than was recorded.
    """

    number: int
    evidence: Evidence
    claim: Claim
    state: AnchorState | None
    span: Span | None = None
    places: int = 0
    differing: tuple[DiffPiece, ...] = ()
    page: int | None = None

    @property
    def place(self) -> str:
        """The page that was recorded, or another place, in words; empty where there is none."""
        return place_words(self.anchor.fragment)

    @property
    def anchor(self) -> Anchor:
        assert self.evidence.anchor is not None
        return self.evidence.anchor

    @property
    def became(self) -> str:
        """What became of the words, as a sentence."""
        return became(self.state, self.places, bool(self.differing), self.page)


@attrs.frozen
class TextPiece:
    """A stretch of text: the quotations that cover it, those that end with it, and characters left out after it."""

    text: str
    covering: tuple[int, ...] = ()
    ending: tuple[Quotation, ...] = ()
    left_out: int = 0


@attrs.frozen
class Paragraph:
    """A paragraph in pieces."""

    pieces: tuple[TextPiece, ...]


@attrs.frozen
class Stretch:
    """Paragraphs that follow one another: open, folded, or (`left_out` of them) not on the page."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool = False
    left_out: int = 0


@attrs.frozen
class SourceText:
    """A source's text at hand; `why` says in a sentence why there is none, and is empty where there is.

    `beyond` counts the characters after the part that is laid out, `untold` the quotations after the first `MOST`.
    """

    why: str = ""
    copy: Capture | None = None
    quotations: tuple[Quotation, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    beyond: int = 0
    untold: int = 0

    @property
    def laid_out(self) -> int:
        """The offset at which the part of the text that is laid out ends."""
        return (self.copy.text_length or 0) - self.beyond if self.copy else 0


@attrs.frozen
class QuotationView:
    """A quotation in its context, and what became of it in the newest copy at hand.

    `before` and `after` are the sentences around it in an archived copy, or what was recorded of them.
    """

    before: str
    exact: str
    after: str
    state: AnchorState | None = None
    places: int = 0
    differing: tuple[DiffPiece, ...] = ()
    copy: Capture | None = None
    page: int | None = None
    whole_sentences: bool = False
    """Whether `before` and `after` are sentences of the archived text."""

    @property
    def became(self) -> str:
        return became(self.state, self.places, bool(self.differing), self.page)


def became(state: AnchorState | None, places: int, like: bool, page: int | None = None) -> str:
    """Return what became of recorded words in another copy, as a sentence; `page` is the one where they are now."""
    match state:
        case None:
            return "These words were not looked for here."
        case AnchorState.EXACT:
            return "The words stand where they were recorded."
        case AnchorState.MOVED if page is not None:
            return f"The words are there, on another page than was recorded: page {page}."
        case AnchorState.MOVED:
            return "The words are there, at another place than where they were recorded."
        case AnchorState.AMBIGUOUS if places == 1:
            return "The words are there, but what stood around them is gone: whether they are the same cannot be told."
        case AnchorState.AMBIGUOUS:
            return f"The words stand there {places} times: which of them was meant cannot be told."
        case _:
            return f"The words are not there. {'The passage most like them' if like else 'Nothing like them'} is there."


def source_text(ledger: Ledger, source: Source, *, whole: bool) -> SourceText:
    """Return the newest text of a source at hand, marked; without text unless `whole` works may be shown here."""
    if why := not_shown(ledger, whole=whole):
        return SourceText(why)
    reader, copies = ArchiveReader.of(ledger), copies_of(ledger, source)
    newest = newest_text(reader, source, copies)
    if newest is None:
        return SourceText(absence(reader, copies))
    copy, text = newest
    told, untold = _quotations(ledger, source, text)
    shown = text.words[:REACH]
    return SourceText("", copy, told, tuple(_layout(shown, told)), len(text.words) - len(shown), untold)


def not_shown(ledger: Ledger, *, whole: bool) -> str:
    """Return why this reader is shown no whole work, as a sentence; empty where `whole` works may be shown here."""
    if whole:
        return ""
    if ledger.role == "published":
        return "This is a published copy: it carries the passages that were quoted, not whole works."
    return "Whole works are not shown to others: only the passages that were quoted from this one are."


def besides(ledger: Ledger, items: Iterable[EvidenceView], *, whole: bool) -> Mapping[str, QuotationView]:
    """Return every quotation of a claim in its context, by the uid of its evidence; a place without words has none.

    Without the archived text, which is read only where `whole` works may be shown, the context is what was recorded.
    """
    reader, left = ArchiveReader.of(ledger), COMPARED
    found: dict[str, QuotationView] = {}
    for item in items:
        anchor = item.record.anchor
        if anchor is None or not anchor.exact:
            continue
        at_hand = whole and left >= 0 and len(found) < MOST
        one = _beside(ledger, anchor, item.seen_in or item.source, reader) if at_hand else _recorded(anchor)
        if one.copy is not None and one.copy.text_sha256 != anchor.text:
            left -= one.copy.text_length or 0
        found[item.record.uid] = one
    return found


def _recorded(anchor: Anchor) -> QuotationView:
    return QuotationView(anchor.prefix, anchor.exact, anchor.suffix)


def _beside(ledger: Ledger, anchor: Anchor, source: Source, reader: ArchiveReader) -> QuotationView:
    copies = copies_of(ledger, source)
    newest = newest_text(reader, source, copies)
    if newest is None:
        return _recorded(anchor)
    copy, text = newest
    earlier = _own(reader, copies, anchor)
    place = match_in(text, anchor, earlier)
    span, within = place.span, text.words
    if span is None and earlier is not None and earlier[anchor.start : anchor.end] == anchor.exact:
        span, within = Span(anchor.start or 0, anchor.end or 0), earlier
    before, after = _around(within, span, text.language) if span else (anchor.prefix, anchor.suffix)
    differing = _differing(anchor, place, text)
    page = another_page(anchor, place, text.pages if anchor.fragment else ())
    return QuotationView(
        before, anchor.exact, after, place.state, len(place.places), differing, copy, page, span is not None
    )


def newest_text(reader: ArchiveReader, source: Source, copies: Sequence[Capture]) -> tuple[Capture, Text] | None:
    """Return the newest of these copies, of a source, given oldest first, whose text is at hand, with it."""
    for copy in reversed(copies):
        words = reader.text(copy) if copy.text_sha256 else None
        if words is not None and copy.text_sha256:
            return copy, Text(words, copy.text_sha256, copy.extractor, reader.language(source, copy, words))
    return None


def absence(reader: ArchiveReader, copies: Sequence[Capture]) -> str:
    """Return why none of these copies has a text at hand, as a sentence."""
    if not copies:
        return "No copy of it is archived."
    if any(reader.holds(copy) for copy in copies):
        return "The archived copy is not what was recorded, or cannot be read. To find out: factledger verify"
    return "Its archived copies are not beside this ledger, so the text cannot be shown."


def _quotations(ledger: Ledger, source: Source, text: Text) -> tuple[tuple[Quotation, ...], int]:
    """Return the quotations of a source in the order of the text, and how many there are beyond `MOST`."""
    found: list[Quotation] = []
    for one in islice(placed(ledger, source, text, quoted_from(ledger, source), most=COMPARED), MOST):
        claim = queries.kept(ledger.db, one.record.claim)
        if claim is None or not isinstance(claim.record, Claim):
            continue
        if one.match is None:
            found.append(Quotation(0, one.record, claim.record, None))
            continue
        differing = _differing(one.anchor, one.match, text)
        page = another_page(one.anchor, one.match, text.pages)
        state, span, places = one.match.state, one.match.span, len(one.match.places)
        found.append(Quotation(0, one.record, claim.record, state, span, places, differing, page))
    untold = sum(1 for _ in quoted_from(ledger, source)) - MOST
    found.sort(key=lambda one: (one.span is None, one.span or Span(0, 0)))
    return tuple(attrs.evolve(one, number=number) for number, one in enumerate(found, 1)), max(0, untold)


def _own(reader: ArchiveReader, copies: Sequence[Capture], anchor: Anchor) -> str | None:
    """Return the text that an anchor was taken from, if it is at hand."""
    copy = next((copy for copy in copies if anchor.text and copy.text_sha256 == anchor.text), None)
    return reader.text(copy) if copy else None


def _differing(anchor: Anchor, place: AnchorMatch, text: Text) -> tuple[DiffPiece, ...]:
    if place.nearest is None:
        return ()
    return beside(anchor.exact, place.nearest.of(text.words), tag=text.language).pieces


def _around(text: str, span: Span, tag: str | None) -> tuple[str, str]:
    """Return the sentence that a passage stands in with the one before and after, without the passage, cut at `ASIDE`.

    Only what is near is looked at, so that a text without stops costs no more than another.
    """
    low, high = max(0, span.start - 2 * ASIDE), min(len(text), span.end + 2 * ASIDE)
    near = [Span(low + one.start, low + one.end) for one in sentences(text[low:high], tag)]
    first = bisect_right(near, span.start, key=lambda one: one.end)
    last = bisect_left(near, span.end, key=lambda one: one.end)
    start = near[max(0, first - 1)].start if near else span.start
    end = near[min(len(near) - 1, last + 1)].end if near else span.end
    return _clip_left(text, min(start, span.start), span.start), _clip_right(text, span.end, max(end, span.end))


def _clip_left(text: str, start: int, end: int) -> str:
    if end - start <= ASIDE:
        return text[start:end]
    return "… " + text[first_break(text, end - ASIDE, end) : end]


def _clip_right(text: str, start: int, end: int) -> str:
    if end - start <= ASIDE:
        return text[start:end]
    return text[start : last_break(text, start, start + ASIDE)] + " …"


def _layout(text: str, quotations: Sequence[Quotation]) -> Iterator[Stretch]:
    """Yield the paragraphs of a text: open around quotations, folded elsewhere, left out where the page is full."""
    spans = paragraphs(text)
    marked = [one for one in quotations if one.span is not None and one.span.start < len(text)]
    holding = _holding(spans, marked)
    near = {at + step for at in holding for step in range(-NEIGHBOURS, NEIGHBOURS + 1)} or set(range(OPENING))
    left, modes = BUDGET, []
    for at, span in enumerate(spans):
        if at not in holding:
            left -= min(span.end - span.start, LONGEST) + OVERHEAD
        modes.append("open" if at in holding or (at in near and left >= 0) else "folded" if left >= 0 else "out")
    for mode, group in groupby(range(len(spans)), key=modes.__getitem__):
        numbers = list(group)
        if mode == "out":
            yield Stretch((), left_out=len(numbers))
        else:
            built = tuple(Paragraph(tuple(_pieces(text, spans[at], holding.get(at, ())))) for at in numbers)
            yield Stretch(built, folded=mode == "folded")


def _holding(spans: Sequence[Span], marked: Iterable[Quotation]) -> dict[int, list[Quotation]]:
    """Return the paragraphs that hold words of a quotation, each with its quotations."""
    found: dict[int, list[Quotation]] = {}
    for one in marked:
        assert one.span is not None
        at = bisect_right(spans, one.span.start, key=lambda span: span.end)
        while at < len(spans) and spans[at].start < one.span.end:
            found.setdefault(at, []).append(one)
            at += 1
    return found


def _pieces(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Iterator[TextPiece]:
    """Yield a paragraph cut wherever a quotation begins or ends, so that quotations may overlap."""
    spans = [
        (max(one.span.start, paragraph.start), min(one.span.end, paragraph.end), one) for one in quotations if one.span
    ]
    cuts = sorted({paragraph.start, paragraph.end, *(cut for start, end, _ in spans for cut in (start, end))})
    for start, end in pairwise(cuts):
        covering = tuple(one.number for first, last, one in spans if first <= start and end <= last)
        ending = tuple(
            one for _, last, one in spans if last == end and one.span is not None and one.span.end <= paragraph.end
        )
        yield from _bounded(TextPiece(text[start:end], covering, ending))


def _bounded(piece: TextPiece) -> Iterator[TextPiece]:
    """Yield a piece, or the beginning and the end of one that is too long."""
    if len(piece.text) <= LONGEST:
        yield piece
        return
    first, last = middle(piece.text, Span(0, len(piece.text)))
    yield TextPiece(piece.text[:first], piece.covering, left_out=last - first)
    yield attrs.evolve(piece, text=piece.text[last:])


def middle(text: str, span: Span) -> tuple[int, int]:
    """Return where the part of a stretch begins and ends that is left out for `LONGEST`."""
    half = LONGEST // 2
    return last_break(text, span.start, span.start + half), first_break(text, span.end - half, span.end)


def states(found: SourceText) -> str:
    """Return how many of the quotations are in which state, in words: "3 exact, 1 missing"."""
    counted = {state: sum(one.state is state for one in found.quotations) for state in (*AnchorState, None)}
    return ", ".join(f"{number} {state or 'not looked for'}" for state, number in counted.items() if number)


def of_copy(copy: Capture) -> str:
    """Return which copy is meant, in words: "the copy taken 5 May 2025, 09:01 UTC"."""
    return f"the copy taken {words.instant(copy.taken_at)}" if copy.taken_at else f"the copy {copy.handle}"
