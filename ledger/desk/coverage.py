"""How far an article has been checked: what is known of the words of each sentence, and what is not yet.

Only entries count. What a reader suggests of a sentence excuses nobody from looking at it; what a person said of it
does.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from ..model import Evidence, Exclusion, Source, Verdict
from ..text import Span

if TYPE_CHECKING:
    from ..text import AnchorMatch


class CoverageStep(StrEnum):
    """What is asked of a sentence, one after the other."""

    CLAIM = "claim"
    WORDS = "words"
    EVIDENCE = "evidence"
    DECISION = "decision"


class CoverageState(StrEnum):
    """How far a sentence, or a quotation from it, has come: it has no claim; it is to be looked at again, as its words
    are not as they were recorded; nothing but the article speaks for its claim; something does; a person decided it;
    a person said that it needs no claim."""

    OPEN = "open"
    CHANGED = "changed"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    DECIDED = "decided"
    EXCLUDED = "excluded"


class SecondLook(StrEnum):
    """Why a quotation is to be looked at again: what became of its words, of the sentence around them, or its claim."""

    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    SENTENCE = "sentence"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"


@attrs.frozen
class CoveringQuotation:
    """A claim's words in an article: where they stand in it, and how far the claim has come.

    `span` is where they stand, or else the passage most like them. `again` says why somebody has to look again: until
    then nothing is answered of it but that there is a claim.
    """

    record: Evidence
    claim: str
    match: AnchorMatch | None
    answered: frozenset[CoverageStep]
    verdict: Verdict
    again: SecondLook | None = None

    @property
    def span(self) -> Span | None:
        return (self.match.span or self.match.nearest) if self.match else None

    @property
    def stands(self) -> bool:
        """Whether its claim still counts."""
        return self.again not in (SecondLook.RETRACTED, SecondLook.SUPERSEDED)

    @property
    def state(self) -> CoverageState:
        if self.again is not None:
            return CoverageState.CHANGED
        if CoverageStep.DECISION in self.answered:
            return CoverageState.DECIDED
        return CoverageState.EVIDENCED if CoverageStep.EVIDENCE in self.answered else CoverageState.CLAIMED


@attrs.frozen
class ExcludedPassage:
    """A passage of which a person said that it needs no claim, or that another one covers it.

    While it is to be looked at again that counts for nothing.
    """

    record: Exclusion
    claim: str | None
    match: AnchorMatch | None
    again: SecondLook | None = None

    @property
    def state(self) -> CoverageState:
        return CoverageState.CHANGED if self.again else CoverageState.EXCLUDED

    @property
    def span(self) -> Span | None:
        return (self.match.span or self.match.nearest) if self.match else None


@attrs.frozen
class SentenceCoverage:
    """A numbered sentence, the quotations that have words of it, and whether it holds somebody's words in marks.

    `excluded` are the passages by which all of it was left out; none where some of its words were not.
    """

    number: int
    span: Span
    text: str
    quotations: tuple[CoveringQuotation, ...] = ()
    quotes: bool = False
    excluded: tuple[ExcludedPassage, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The handles of the claims that rest on words of it."""
        return tuple(dict.fromkeys(one.claim for one in self.quotations if one.stands))

    @property
    def answered(self) -> frozenset[CoverageStep]:
        """What holds of every quotation of a claim that stands; nothing where there is none."""
        sets = [one.answered for one in self.quotations if one.stands]
        return frozenset.intersection(*sets) if sets else frozenset()

    @property
    def state(self) -> CoverageState:
        """The state of the quotation that has come least far; without a claim, whether it needs none."""
        return CoverageState.EXCLUDED if self.excluded and not self.claims else least(self.quotations)


def least(quotations: Iterable[CoveringQuotation]) -> CoverageState:
    """Return the state of the one that has come least far, of those whose claims stand; OPEN where there is none."""
    order = list(CoverageState)
    return min((one.state for one in quotations if one.stands), key=order.index, default=CoverageState.OPEN)


@attrs.frozen
class Coverage:
    """An article's sentences, and every quotation from it in the order of the text, those without a place last.

    `excluded` are the passages that need no claim, in the same order.
    """

    source: Source
    lines: tuple[SentenceCoverage, ...]
    quotations: tuple[CoveringQuotation, ...] = ()
    excluded: tuple[ExcludedPassage, ...] = ()

    @property
    def to_check(self) -> tuple[SentenceCoverage, ...]:
        """The sentences that somebody has to check: all but those that need no claim."""
        return tuple(line for line in self.lines if line.state is not CoverageState.EXCLUDED)

    @property
    def uncovered(self) -> tuple[SentenceCoverage, ...]:
        """The sentences without a claim, in order."""
        return tuple(line for line in self.to_check if line.state is CoverageState.OPEN)

    @property
    def changed(self) -> tuple[SentenceCoverage, ...]:
        """The sentences with a claim whose words are to be looked at again, in order."""
        return tuple(line for line in self.to_check if line.state is CoverageState.CHANGED)

    @property
    def again(self) -> tuple[CoveringQuotation | ExcludedPassage, ...]:
        """The quotations, then the excluded passages, that somebody has to look at again."""
        both: tuple[CoveringQuotation | ExcludedPassage, ...] = (*self.quotations, *self.excluded)
        return tuple(one for one in both if one.again is not None)

    @property
    def open_quotations(self) -> tuple[SentenceCoverage, ...]:
        """Sentences that hold a verbatim quotation which no evidence uses."""
        return tuple(line for line in self.uncovered if line.quotes)

    def count(self, step: CoverageStep) -> int:
        """Return of how many sentences to check this can be said."""
        return sum(step in line.answered for line in self.to_check)

    def share(self, step: CoverageStep) -> int:
        """Return the same in per cent, rounded down; 100 where sentences are there and none is to be checked."""
        if not self.to_check:
            return 100 if self.lines else 0
        return 100 * self.count(step) // len(self.to_check)
