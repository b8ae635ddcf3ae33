"""A source's archived text as a page shows it, the quoted words marked in it; and a quotation in its context.

Whole works are for who keeps them: these views read the archive only when they are told that they may, and never
for a published copy. What a page shows is bounded, and what it leaves out is counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import attrs

from ..capture import Reader
from ..desk import another_page, copies_of, quoted_from
from ..model import Anchor, Capture, Claim, Evidence, Source
from ..store import Ledger, queries
from ..text import Piece as Differing
from ..text import Place, Span, State, beside, has_pages, locate, pages, paragraphs, place_words, sentences
from . import words
from .claim import Item

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
    state: State | None
    span: Span | None = None
    places: int = 0
    differing: tuple[Differing, ...] = ()
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
class Piece:
    """A stretch of text: the quotations that cover it, those that end with it, and characters left out after it."""

    text: str
    covering: tuple[int, ...] = ()
    ending: tuple[Quotation, ...] = ()
    left_out: int = 0


@attrs.frozen
class Paragraph:
    """A paragraph in pieces."""

    pieces: tuple[Piece, ...]


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
class Beside:
    """A quotation in its context, and what became of it in the newest copy at hand.

    `before` and `after` are the sentences around it in an archived copy, or what was recorded of them.
    """

    before: str
    exact: str
    after: str
    state: State | None = None
    places: int = 0
    differing: tuple[Differing, ...] = ()
    copy: Capture | None = None
    page: int | None = None
    whole_sentences: bool = False
    """Whether `before` and `after` are sentences of the archived text."""

    @property
    def became(self) -> str:
        return became(self.state, self.places, bool(self.differing), self.page)


def became(state: State | None, places: int, like: bool, page: int | None = None) -> str:
    """Return what became of recorded words in another copy, as a sentence; `page` is the one where they are now."""
    match state:
        case None:
            return "These words were not looked for here."
        case State.EXACT:
            return "The words stand where they were recorded."
        case State.MOVED if page is not None:
            return f"The words are there, on another page than was recorded: page {page}."
        case State.MOVED:
            return "The words are there, at another place than where they were recorded."
        case State.AMBIGUOUS if places == 1:
            return "The words are there, but what stood around them is gone: whether they are the same cannot be told."
        case State.AMBIGUOUS:
            return f"The words stand there {places} times: which of them was meant cannot be told."
        case _:
            return f"The words are not there. {'The passage most like them' if like else 'Nothing like them'} is there."


def source_text(ledger: Ledger, source: Source, *, whole: bool) -> SourceText:
    """Return the newest text of a source at hand, marked; without text unless `whole` works may be shown here."""
    if ledger.role == "published":
        return SourceText("This is a published copy: it carries the passages that were quoted, not whole works.")
    if not whole:
        return SourceText("Whole works are not shown to others: only the passages that were quoted from this one are.")
    reader, copies = Reader.of(ledger), copies_of(ledger, source)
    copy, text = _newest(reader, copies)
    if copy is None:
        return SourceText(_absence(reader, copies))
    told, untold = _quotations(ledger, source, reader, copies, copy, text)
    shown = text[:REACH]
    return SourceText("", copy, told, tuple(_layout(shown, told)), len(text) - len(shown), untold)


def besides(ledger: Ledger, items: Iterable[Item], *, whole: bool) -> Mapping[str, Beside]:
    """Return every quotation of a claim in its context, by the uid of its evidence; a place without words has none.

    Without the archived text, which is read only where `whole` works may be shown, the context is what was recorded.
    """
    reader, left = Reader.of(ledger), COMPARED
    found: dict[str, Beside] = {}
    for item in items:
        anchor = item.record.anchor
        if anchor is None or not anchor.exact:
            continue
        at_hand = whole and ledger.role != "published" and left >= 0 and len(found) < MOST
        one = _beside(ledger, anchor, item.seen_in or item.source, reader) if at_hand else _recorded(anchor)
        if one.copy is not None and one.copy.text_sha256 != anchor.text:
            left -= one.copy.text_length or 0
        found[item.record.uid] = one
    return found


def _recorded(anchor: Anchor) -> Beside:
    return Beside(anchor.prefix, anchor.exact, anchor.suffix)


def _beside(ledger: Ledger, anchor: Anchor, source: Source, reader: Reader) -> Beside:
    copies = copies_of(ledger, source)
    copy, text = _newest(reader, copies)
    if copy is None:
        return _recorded(anchor)
    earlier = _own(reader, copies, anchor)
    place = _place(anchor, text, copy, earlier)
    span, within = place.span, text
    if span is None and earlier is not None and _stands(anchor, earlier):
        span, within = Span(anchor.start or 0, anchor.end or 0), earlier
    before, after = _around(within, span) if span else (anchor.prefix, anchor.suffix)
    differing = _differing(anchor, place, text)
    page = another_page(anchor, place, _pages(copy, text) if anchor.fragment else ())
    return Beside(before, anchor.exact, after, place.state, len(place.places), differing, copy, page, span is not None)


def _newest(reader: Reader, copies: Sequence[Capture]) -> tuple[Capture | None, str]:
    for copy in reversed(copies):
        text = reader.text(copy) if copy.text_sha256 else None
        if text is not None:
            return copy, text
    return None, ""


def _absence(reader: Reader, copies: Sequence[Capture]) -> str:
    if not copies:
        return "No copy of it is archived."
    if any(reader.holds(copy) for copy in copies):
        return "The archived copy is not what was recorded, or cannot be read. To find out: factledger verify"
    return "Its archived copies are not beside this ledger, so the text cannot be shown."


def _quotations(
    ledger: Ledger, source: Source, reader: Reader, copies: Sequence[Capture], copy: Capture, text: str
) -> tuple[tuple[Quotation, ...], int]:
    """Return the quotations of a source in the order of the text, and how many there are beyond `MOST`."""
    left, untold, spans = COMPARED, 0, _pages(copy, text)
    found: list[Quotation] = []
    for kept in quoted_from(ledger, source):
        item = kept.record
        claim = queries.kept(ledger.db, item.claim) if isinstance(item, Evidence) else None
        if (
            not isinstance(item, Evidence)
            or item.anchor is None
            or claim is None
            or not isinstance(claim.record, Claim)
        ):
            continue
        if len(found) == MOST:
            untold += 1
            continue
        own = item.anchor.text == copy.text_sha256
        left -= 0 if own else len(text)
        if left < 0 and not own:
            found.append(Quotation(0, item, claim.record, None))
            continue
        place = _place(item.anchor, text, copy, None if own else _own(reader, copies, item.anchor))
        differing = _differing(item.anchor, place, text)
        page = another_page(item.anchor, place, spans)
        found.append(Quotation(0, item, claim.record, place.state, place.span, len(place.places), differing, page))
    found.sort(key=lambda one: (one.span is None, one.span or Span(0, 0)))
    return tuple(attrs.evolve(one, number=number) for number, one in enumerate(found, 1)), untold


def _pages(copy: Capture, text: str) -> tuple[Span, ...]:
    """Return the pages of a copy's text, where it is known where they begin."""
    return pages(text) if has_pages(copy.extractor) else ()


def _own(reader: Reader, copies: Sequence[Capture], anchor: Anchor) -> str | None:
    """Return the text that an anchor was taken from, if it is at hand."""
    copy = next((copy for copy in copies if anchor.text and copy.text_sha256 == anchor.text), None)
    return reader.text(copy) if copy else None


def _place(anchor: Anchor, text: str, copy: Capture, earlier: str | None) -> Place:
    if anchor.text == copy.text_sha256 and _stands(anchor, text):
        span = Span(anchor.start or 0, anchor.end or 0)
        return Place(State.EXACT, span, (span,))
    return locate(anchor, text, before=earlier)


def _stands(anchor: Anchor, text: str) -> bool:
    return anchor.start is not None and anchor.end is not None and text[anchor.start : anchor.end] == anchor.exact


def _differing(anchor: Anchor, place: Place, text: str) -> tuple[Differing, ...]:
    return beside(anchor.exact, place.nearest.of(text)).pieces if place.nearest else ()


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return the sentence that a passage stands in with the one before and after, without the passage, cut at `ASIDE`.

    Only what is near is looked at, so that a text without stops costs no more than another.
    """
    low, high = max(0, span.start - 2 * ASIDE), min(len(text), span.end + 2 * ASIDE)
    near = [Span(low + one.start, low + one.end) for one in sentences(text[low:high])]
    first = bisect_right(near, span.start, key=lambda one: one.end)
    last = bisect_left(near, span.end, key=lambda one: one.end)
    start = near[max(0, first - 1)].start if near else span.start
    end = near[min(len(near) - 1, last + 1)].end if near else span.end
    return _clip_left(text, min(start, span.start), span.start), _clip_right(text, span.end, max(end, span.end))


def _clip_left(text: str, start: int, end: int) -> str:
    if end - start <= ASIDE:
        return text[start:end]
    cut = text[end - ASIDE : end]
    return "… " + (cut.partition(" ")[2] or cut)


def _clip_right(text: str, start: int, end: int) -> str:
    if end - start <= ASIDE:
        return text[start:end]
    cut = text[start : start + ASIDE]
    return (cut.rpartition(" ")[0] or cut) + " …"


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


def _pieces(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Iterator[Piece]:
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
        yield from _bounded(Piece(text[start:end], covering, ending))


def _bounded(piece: Piece) -> Iterator[Piece]:
    """Yield a piece, or the beginning and the end of one that is too long."""
    if len(piece.text) <= LONGEST:
        yield piece
        return
    half = LONGEST // 2
    yield Piece(piece.text[:half], piece.covering, left_out=len(piece.text) - 2 * half)
    yield attrs.evolve(piece, text=piece.text[-half:])


def states(found: SourceText) -> str:
    """Return how many of the quotations are in which state, in words: "3 exact, 1 missing"."""
    counted = {state: sum(one.state is state for one in found.quotations) for state in (*State, None)}
    return ", ".join(f"{number} {state or 'not looked for'}" for state, number in counted.items() if number)


def of_copy(copy: Capture) -> str:
    """Return which copy is meant, in words: "the copy taken 5 May 2025, 09:01 UTC"."""
    return f"the copy taken {words.instant(copy.taken_at)}" if copy.taken_at else f"the copy {copy.handle}"
