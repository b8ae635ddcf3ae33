"""An article as it reads, each passage marked by how far it has been checked, with notes in its margin.

Whole works are for who keeps them (see `passages`): others, and whoever has no archive, meet the passages that were
quoted, and are told so. A long article comes in pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import attrs

from ..capture import ArchiveReader
from ..desk import (
    Coverage,
    CoverageState,
    CoveringQuotation,
    ExcludedPassage,
    SentenceCoverage,
    copies_of,
    coverage,
    least,
    quotations,
)
from ..model import Anchor, Capture, Claim, Outcome, Source, Standing, Verdict
from ..store import Ledger, RecordedFinding, queries
from ..text import Span, paragraphs, sentence_of
from . import words
from .passages import COMPARED, LONGEST, absence, middle, newest_text, not_shown

PAGE = 60_000
"""How much a page holds: its characters, with `OVERHEAD` for each sentence and `BESIDE` for each note."""

OVERHEAD, BESIDE = 120, 600

MOST = 150
"""Passages that a page tells of."""


@attrs.frozen
class MarginNote:
    """What stands beside a passage: its claim, the verdict in a house's own words, and the gravest finding.

    `number` counts the claims of the article. `others` counts the findings that are not told, by outcome, without those
    that ask nothing of anybody. A note is `brief` where the page has told all of its claim before.
    """

    number: int
    quotation: CoveringQuotation
    claim: Claim
    verdict: str
    finding: RecordedFinding | None = None
    others: tuple[tuple[Outcome, int], ...] = ()
    brief: bool = False

    @property
    def again(self) -> str:
        """Why somebody has to look again, as a sentence; empty where nobody has."""
        return words.AGAIN[self.quotation.again] if self.quotation.again else ""

    @property
    def exact(self) -> str:
        """The words that were recorded."""
        anchor = self.quotation.record.anchor
        return anchor.exact if anchor else ""


@attrs.frozen
class GalleyPiece:
    """A stretch of a sentence: the notes on it, those whose passage ends with it, and characters left out after it."""

    text: str
    notes: tuple[MarginNote, ...] = ()
    ending: tuple[MarginNote, ...] = ()
    left_out: int = 0

    @property
    def state(self) -> CoverageState:
        """That of the quotation which has come least far; OPEN where nothing was quoted."""
        return least(note.quotation for note in self.notes)

    @property
    def verdict(self) -> Verdict | None:
        """What was decided, if all its claims were decided alike."""
        found = {note.quotation.verdict for note in self.notes}
        return found.pop() if len(found) == 1 and self.state is CoverageState.DECIDED else None


@attrs.frozen
class GalleySentence:
    """A sentence in pieces; `line` is None where the article's text is not at hand."""

    line: SentenceCoverage | None
    pieces: tuple[GalleyPiece, ...]


@attrs.frozen
class GalleyParagraph:
    """A paragraph, and a note on each claim whose words end in it; `before` counts the characters left out before."""

    sentences: tuple[GalleySentence, ...]
    notes: tuple[MarginNote, ...] = ()
    before: int = 0


@attrs.frozen
class Galley:
    """A page of an article. `why` says in a sentence why only passages are shown, and is empty where all is.

    `coverage` is of the whole article; None where its text is not at hand. `apart` are notes on words that have no
    place in it, `left_out` the passages that needed no claim and are to be looked at again, both on the last page;
    `untold` counts the notes that are not on the page. Pages count from 1; `first` is the number of the
    first sentence of each.
    """

    source: Source
    publisher: str
    origin: str
    why: str
    copy: Capture | None
    coverage: Coverage | None
    paragraphs: tuple[GalleyParagraph, ...]
    apart: tuple[MarginNote, ...] = ()
    left_out: tuple[ExcludedPassage, ...] = ()
    untold: int = 0
    page: int = 1
    first: tuple[int, ...] = (1,)

    @property
    def pages(self) -> int:
        return len(self.first)

    def page_of(self, sentence: int) -> int:
        """Return the page on which a sentence stands."""
        return sum(first <= sentence for first in self.first)

    @property
    def states(self) -> tuple[tuple[CoverageState, int], ...]:
        """How many sentences there are of each state, in the order of the states; of passages where that is all."""
        if self.coverage is not None:
            found = [line.state for line in self.coverage.lines]
        else:
            found = [piece.state for piece in self._pieces if piece.notes]
        return tuple((state, found.count(state)) for state in CoverageState if state in found)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that passages of this page are marked by."""
        found = {piece.verdict for piece in self._pieces}
        return tuple(verdict for verdict in Verdict if verdict in found)

    @property
    def _pieces(self) -> Iterator[GalleyPiece]:
        for paragraph in self.paragraphs:
            for sentence in paragraph.sentences:
                yield from sentence.pieces


def galley(ledger: Ledger, source: Source, *, whole: bool, page: int = 1, most: int | None = COMPARED) -> Galley:
    """Return a page of an article, the last where there are not so many; only passages unless `whole` may be shown.

    `most` bounds the characters that are looked through for words of other copies.
    """
    publisher = queries.kept(ledger.db, source.publisher) if source.publisher else None
    shared: dict[str, Any] = {
        "source": source,
        "publisher": getattr(publisher.record, "name", "") if publisher else "",
        "origin": queries.origin(ledger.db),
    }
    reader, copies = ArchiveReader.of(ledger), copies_of(ledger, source)
    why = not_shown(ledger, whole=whole)
    newest = None if why else newest_text(reader, source, copies)
    if newest is None:
        return Galley(**shared, **_passages(ledger, source, why or absence(reader, copies)))
    copy, text = newest
    found = coverage(ledger, source, text, most=most)
    first = tuple(_first(found.lines))
    page = min(max(page, 1), len(first))
    lines = found.lines[first[page - 1] - 1 : first[page] - 1 if page < len(first) else None]
    here = list(dict.fromkeys(one for line in lines for one in line.quotations))
    apart = [one for one in found.quotations if one.span is None] if page == len(first) else []
    notes = _notes(ledger, found.quotations, (*here[:MOST], *apart[:MOST]))
    return Galley(
        **shared,
        why="",
        copy=copy,
        coverage=found,
        paragraphs=tuple(_laid_out(text.words, lines, notes)),
        apart=tuple(notes[one] for one in apart[:MOST]),
        left_out=_left_out(found) if page == len(first) else (),
        untold=len(here[MOST:]) + len(apart[MOST:]),
        page=page,
        first=first,
    )


def _passages(ledger: Ledger, source: Source, why: str) -> dict[str, Any]:
    """Return the fields of a galley without the article's text: each passage that was quoted, with what is around."""
    found = quotations(ledger, source)
    notes = list(_notes(ledger, found, found[:MOST]).values())
    laid_out, told, end = [], set[int](), 0
    for anchor, group in groupby((note for note in notes if note.exact), key=_anchor):
        together = tuple(group)
        pieces = (GalleyPiece(anchor.prefix), GalleyPiece(anchor.exact, together, together), GalleyPiece(anchor.suffix))
        start = anchor.start if anchor.start is not None else end
        sentences = (GalleySentence(None, pieces),)
        before = max(0, start - len(anchor.prefix) - end)
        laid_out.append(GalleyParagraph(sentences, tuple(_beside(sentences, told)), before))
        end = max(end, (anchor.end or end) + len(anchor.suffix))
    return {
        "why": why,
        "copy": None,
        "coverage": None,
        "paragraphs": tuple(laid_out),
        "untold": len(found) - len(notes),
    }


def _anchor(note: MarginNote) -> Anchor:
    anchor = note.quotation.record.anchor
    assert anchor is not None
    return anchor


def _first(lines: Sequence[SentenceCoverage]) -> Iterator[int]:
    """Yield the number of the first sentence of each page."""
    room = 0
    for line in lines:
        needed = min(line.span.end - line.span.start, LONGEST) + OVERHEAD + BESIDE * len(line.quotations)
        if line.number == 1 or needed > room:
            yield line.number
            room = PAGE
        room -= needed
    if not lines:
        yield 1


def _notes(
    ledger: Ledger, found: Sequence[CoveringQuotation], wanted: Iterable[CoveringQuotation]
) -> dict[CoveringQuotation, MarginNote]:
    """Return the notes on some of the quotations of an article; a claim's number is that of its first among all."""
    number = {claim: at for at, claim in enumerate(dict.fromkeys(one.claim for one in found), 1)}
    of_claim: dict[str, MarginNote] = {}
    notes = {}
    for one in wanted:
        if one.claim not in of_claim:
            of_claim[one.claim] = _note(ledger, number[one.claim], one)
        notes[one] = attrs.evolve(of_claim[one.claim], quotation=one)
    return notes


def _note(ledger: Ledger, number: int, one: CoveringQuotation) -> MarginNote:
    kept = queries.kept(ledger.db, one.record.claim)
    assert kept is not None and isinstance(kept.record, Claim)
    rank = list(words.OUTCOME)
    recorded = [each for each in queries.findings(ledger.db, one.claim) if not each.finding.outcome.quiet]
    recorded.sort(key=lambda each: rank.index(each.finding.outcome))
    gravest = next((each for each in recorded if each.finding.outcome is not Outcome.ABSTAIN), None)
    rest = [each.finding.outcome for each in recorded if each is not gravest]
    others = tuple((outcome, rest.count(outcome)) for outcome in rank if outcome in rest)
    return MarginNote(number, one, kept.record, _verdict(ledger, one), gravest, others)


def _beside(sentences: Iterable[GalleySentence], told: set[int]) -> Iterator[MarginNote]:
    """Yield a note for each claim of these sentences: on the passage to look at again, if there is one, else the first.

    A note is brief where its number is `told`.
    """
    found = dict[int, MarginNote]()
    for note in (note for sentence in sentences for piece in sentence.pieces for note in piece.ending):
        if note.number not in found or (note.again and not found[note.number].again):
            found[note.number] = note
    for number, note in found.items():
        yield attrs.evolve(note, brief=number in told)
        told.add(number)


def _left_out(found: Coverage) -> tuple[ExcludedPassage, ...]:
    return tuple(one for one in found.excluded if one.again is not None)[:MOST]


def _verdict(ledger: Ledger, one: CoveringQuotation) -> str:
    """Return the verdict that stands, in the words of whoever decided."""
    labels = [
        row["label"]
        for row in queries.rows(ledger.db, "reviews", claim=one.claim)
        if row["seconds"] is None and Standing(row["standing"]).stands
    ]
    return (labels[-1] if labels else None) or words.VERDICT[one.verdict]


def _laid_out(
    text: str, lines: Sequence[SentenceCoverage], notes: dict[CoveringQuotation, MarginNote]
) -> Iterator[GalleyParagraph]:
    spans, told = paragraphs(text), set[int]()
    for _, group in groupby(lines, key=lambda line: sentence_of(spans, line.span)):
        found = tuple(GalleySentence(line, tuple(_pieces(text, line, notes))) for line in group)
        yield GalleyParagraph(found, tuple(_beside(found, told)))


def _pieces(text: str, line: SentenceCoverage, notes: dict[CoveringQuotation, MarginNote]) -> Iterator[GalleyPiece]:
    """Yield a sentence cut wherever a quotation begins or ends, so that quotations may overlap."""
    marked = [(one.span, notes[one]) for one in line.quotations if one.span is not None and one in notes]
    edges = {edge for span, _ in marked for edge in (span.start, span.end)}
    cuts = sorted({line.span.start, line.span.end, *(e for e in edges if line.span.start < e < line.span.end)})
    for start, end in pairwise(cuts):
        covering = tuple(note for span, note in marked if span.start <= start and end <= span.end)
        ending = tuple(note for span, note in marked if span.end == end)
        yield from _bounded(text, Span(start, end), covering, ending)


def _bounded(
    text: str, span: Span, notes: tuple[MarginNote, ...], ending: tuple[MarginNote, ...]
) -> Iterable[GalleyPiece]:
    """Yield a stretch, or the beginning and the end of one that is too long."""
    if span.end - span.start <= LONGEST:
        return [GalleyPiece(span.of(text), notes, ending)]
    first, last = middle(text, span)
    return [
        GalleyPiece(text[span.start : first], notes, left_out=last - first),
        GalleyPiece(text[last : span.end], notes, ending),
    ]
