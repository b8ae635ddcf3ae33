"""Asking of each sentence of an archived text what its coverage tells: claims, words, evidence, decisions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ..model import Evidence, Source, Stance, Standing, Verdict, Workflow
from ..reader import Nature, SuggestedClaim
from ..store import Ledger, queries
from ..text import AnchorState, Span, quoted, sentence_of, sentences
from .article import Text
from .copies import PlacedPassage, excluded_from, placed, quoted_from
from .coverage import (
    Coverage,
    CoverageStep,
    CoveringQuotation,
    ExcludedPassage,
    SecondLook,
    SentenceCoverage,
)


def coverage(ledger: Ledger, source: Source, text: Text, *, most: int | None = None) -> Coverage:
    """Return how far each sentence of an archived text has come, by evidence and decisions that stand.

    `most` bounds the characters that are looked through for words that were taken from other copies.
    """
    claims, cut = _Claims(ledger, source), _CutText(text.words, text.language)
    found = [
        _covering(one, claims, cut) for one in placed(ledger, source, text, quoted_from(ledger, source), most=most)
    ]
    left_out = [
        ExcludedPassage(one.record, claims.handle(one.record.claim), one.match, _again(one, claims, cut))
        for one in placed(ledger, source, text, excluded_from(ledger.db, source), most=most)
    ]
    found.sort(key=_place)
    left_out.sort(key=_place)
    return Coverage(source, tuple(_lines(cut, found, left_out)), tuple(found), tuple(left_out))


def quotations(ledger: Ledger, source: Source) -> tuple[CoveringQuotation, ...]:
    """Return what was quoted from a source whose text is not at hand, in the order of the places that were recorded."""
    claims, cut = _Claims(ledger, source), _CutText("")
    found = [_covering(PlacedPassage(item, None), claims, cut) for item in quoted_from(ledger, source)]
    return tuple(sorted(found, key=_recorded_place))


def natures(found: Coverage, suggested: Iterable[SuggestedClaim]) -> dict[int, Nature]:
    """Return the number of each sentence in which readers find nothing to check -> what they take it for."""
    spans, said = [line.span for line in found.lines], dict[int, set[Nature]]()
    for one in suggested:
        for at in _meeting(spans, one.content):
            said.setdefault(at + 1, set()).add(one.nature)
    return {number: min(each) for number, each in said.items() if Nature.FACTUAL not in each}


def _place(one: CoveringQuotation | ExcludedPassage) -> tuple[bool, Span]:
    return one.span is None, one.span or Span(0, 0)


def _recorded_place(one: CoveringQuotation) -> tuple[bool, int]:
    start = one.record.anchor.start if one.record.anchor else None
    return start is None, start or 0


@attrs.frozen
class _ClaimStanding:
    """What the tables say of a claim: whether something besides the article speaks of it, its verdict, its workflow."""

    handle: str
    evidence: bool
    verdict: Verdict
    workflow: Workflow


class _Claims:
    """Looks up, once each, the claims for which an article was quoted."""

    def __init__(self, ledger: Ledger, article: Source) -> None:
        self._db, self._article = ledger.db, article.handle
        self._found: dict[str, _ClaimStanding] = {}

    def of(self, uid: str) -> _ClaimStanding:
        if uid not in self._found:
            handle = queries.handle(self._db, uid)
            (row,) = queries.rows(self._db, "claims", id=handle)
            evidence = any(map(self._speaks, queries.rows(self._db, "evidence", claim=handle)))
            self._found[uid] = _ClaimStanding(handle, evidence, Verdict(row["verdict"]), Workflow(row["workflow"]))
        return self._found[uid]

    def handle(self, uid: str | None) -> str | None:
        return self.of(uid).handle if uid else None

    def _speaks(self, row: Mapping[str, str]) -> bool:
        """Return whether evidence speaks for or against its claim, stands, and is not the article's own word."""
        if row["stance"] == Stance.CONTEXT or row["source"] == self._article or not Standing(row["standing"]).stands:
            return False
        (source,) = queries.rows(self._db, "sources", id=row["source"])
        return Standing(source["standing"]).stands


class _CutText:
    """The sentences of a text, and of the texts that its quotations were taken from; each is cut once."""

    def __init__(self, words: str, tag: str | None = None) -> None:
        self.words, self.tag, self.spans = words, tag, sentences(words, tag)
        self._earlier: dict[str, tuple[Span, ...]] = {}

    def reads_otherwise(self, one: PlacedPassage[Any]) -> bool:
        """Return whether words that surely stand here do so in another sentence than in the text they are from."""
        anchor, there = one.anchor, one.match.span if one.match else None
        if one.before is None or there is None or anchor.start is None or anchor.text is None:
            return False
        if anchor.text not in self._earlier:
            self._earlier[anchor.text] = sentences(one.before, self.tag)
        was = _sentence(one.before, self._earlier[anchor.text], anchor.start)
        return _sentence(self.words, self.spans, there.start) != was


def _sentence(text: str, spans: Sequence[Span], at: int) -> list[str]:
    return spans[sentence_of(spans, Span(at, at)) - 1].of(text).split()


def _covering(one: PlacedPassage[Evidence], claims: _Claims, cut: _CutText) -> CoveringQuotation:
    claim, again = claims.of(one.record.claim), _again(one, claims, cut)
    told = {
        CoverageStep.WORDS: one.match is not None and one.match.span is not None and one.anchor.text is not None,
        CoverageStep.EVIDENCE: claim.evidence,
        CoverageStep.DECISION: claim.verdict is not Verdict.UNCHECKED,
    }
    answered = {CoverageStep.CLAIM} | {step for step, said in told.items() if said and again is None}
    return CoveringQuotation(one.record, claim.handle, one.match, frozenset(answered), claim.verdict, again)


def _again(one: PlacedPassage[Any], claims: _Claims, cut: _CutText) -> SecondLook | None:
    workflow = claims.of(one.record.claim).workflow if one.record.claim else Workflow.OPEN
    if workflow in (Workflow.RETRACTED, Workflow.SUPERSEDED):
        return SecondLook(workflow.value)
    if one.match is not None and one.match.state in (AnchorState.MISSING, AnchorState.AMBIGUOUS):
        return SecondLook(one.match.state.value)
    return SecondLook.SENTENCE if cut.reads_otherwise(one) else None


def _lines(
    cut: _CutText, found: Iterable[CoveringQuotation], left_out: Iterable[ExcludedPassage]
) -> Iterator[SentenceCoverage]:
    """Yield every sentence with the quotations that have words of it, and the passages by which it is left out."""
    quoting, leaving = dict[int, list[CoveringQuotation]](), dict[int, list[ExcludedPassage]]()
    for one in found:
        for at in _meeting(cut.spans, one.span):
            quoting.setdefault(at, []).append(one)
    for passage in left_out:
        for at in _meeting(cut.spans, passage.span if passage.again is None else None):
            leaving.setdefault(at, []).append(passage)
    marked = {at for place in quoted(cut.words, cut.tag) for at in _meeting(cut.spans, place)}
    for at, span in enumerate(cut.spans):
        words, passages = " ".join(span.of(cut.words).split()), leaving.get(at, [])
        excluded = tuple(passages) if passages and _all_of(cut.words, span, passages) else ()
        yield SentenceCoverage(at + 1, span, words, tuple(quoting.get(at, ())), at in marked, excluded)


def _all_of(text: str, sentence: Span, passages: Iterable[ExcludedPassage]) -> bool:
    """Return whether no word of a sentence stands outside of these passages, which are in order."""
    end = sentence.start
    for span in filter(None, (one.span for one in passages)):
        if any(letter.isalnum() for letter in text[end : span.start]):
            return False
        end = max(end, span.end)
    return not any(letter.isalnum() for letter in text[end : sentence.end])


def _meeting(spans: Sequence[Span], place: Span | None) -> Iterator[int]:
    """Yield where in `spans` those stand that have characters of `place`."""
    if place is None:
        return
    at = bisect_right(spans, place.start, key=lambda span: span.end)
    while at < len(spans) and spans[at].start < place.end:
        yield at
        at += 1
