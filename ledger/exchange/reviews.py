"""Fact-checks of other houses as items: the claim, where it is made, and their article as evidence about it.

A verdict of another house is no decision here. It is what their article says: evidence against the claim where they
rate it as false, for it where they rate it as true, context where that is not sure. Their rating stands in the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ..format import ImportItem
from ..model import Agent, Claim, Evidence, Record, Stance
from ..rules import LONGEST, LONGEST_OTHER
from .foreign import Notes, Work, once, short

FALSE = re.compile(
    r"(?i)\b(?:false|fake|incorrect|wrong|untrue|not true|inaccurate|hoax|fabricated|debunked|bogus|baseless|unfounded|"
    r"pants on fire|four pinocchios|falso|falsa|faux|fausse|falsch|fals|onwaar|fałsz|yanlış|неправда|ложь|कूटरचित|झूठ)\b"
)
TRUE = re.compile(
    r"(?i)\b(?:true|correct|accurate|verdadeiro|verdadero|cierto|vrai|vraie|wahr|richtig|vero|waar|prawda|doğru|правда)\b"
)
BETWEEN = re.compile(
    r"(?i)\b(?:half|partly|partially|mixture|mixed|misleading|context|unproven|unsupported|outdated|satire|not|no|"
    r"never|un\w+|neither|exaggerat\w+|engañoso|enganoso|trompeur|irreführend)\b"
)
LOW, HIGH = 0.25, 0.75
"""Parts of a scale, from its worst: at or below the one is false, at or above the other true."""


@attrs.frozen(kw_only=True)
class Rating:
    """A rating: its words, and its number on the scale from worst to best where it has one."""

    words: str = ""
    number: float | None = None
    worst: float = 1
    best: float = 5

    def __str__(self) -> str:
        figure = "" if self.number is None else f"{self.number:g} on a scale of {self.worst:g} to {self.best:g}"
        return " ".join(filter(None, [f"“{self.words}”" if self.words else "", f"({figure})" if figure else ""]))

    @property
    def stance(self) -> Stance:
        """How what they write stands to the claim, where their words and number leave no doubt."""
        said = {one for one in (self._by_words(), self._by_number()) if one is not None}
        return said.pop() if len(said) == 1 else Stance.CONTEXT

    def _by_words(self) -> Stance | None:
        if not self.words:
            return None
        without = FALSE.sub(" ", self.words)
        if FALSE.search(self.words) and not (TRUE.search(without) or BETWEEN.search(without)):
            return Stance.CONTRADICTS
        if TRUE.search(self.words) and not (FALSE.search(self.words) or BETWEEN.search(self.words)):
            return Stance.SUPPORTS
        return Stance.CONTEXT if BETWEEN.search(self.words) or TRUE.search(self.words) else None

    def _by_number(self) -> Stance | None:
        if self.number is None or not self.worst < self.best or not self.worst <= self.number <= self.best:
            return None
        part = (self.number - self.worst) / (self.best - self.worst)
        return Stance.CONTRADICTS if part <= LOW else Stance.SUPPORTS if part >= HIGH else Stance.CONTEXT


@attrs.frozen(kw_only=True)
class OtherReview:
    """A fact-check of another house: their article, and how they rate the claim and why."""

    work: Work
    rating: Rating = Rating()
    reasons: str = ""


@attrs.frozen(kw_only=True)
class ReviewedClaim:
    """A claim that others reviewed: its words, who claims it and when, the works that say so, the reviews."""

    text: str
    claimant: Agent | None = None
    said: str | None = None
    works: tuple[Work, ...] = ()
    reviews: tuple[OtherReview, ...] = ()


def item_of(name: str, told: ReviewedClaim, notes: Notes) -> ImportItem:
    """Return the item that a claim and its reviews ask for, or why it is refused."""
    if not told.text:
        return ImportItem(name=name, refused="It does not say what is claimed.", left_out=tuple(notes.lines))
    if len(told.text) > LONGEST["text"]:
        words = f"What is claimed has {len(told.text):,} characters; at most {LONGEST['text']:,} are taken."
        return ImportItem(name=name, refused=words, left_out=tuple(notes.lines))
    records = once(_records(told))
    if not any(isinstance(one, Evidence) for one in records):
        words = "It says neither where it can be read nor who wrote it."
        return ImportItem(name=name, refused=words, left_out=tuple(notes.lines))
    return ImportItem(name=name, records=records, left_out=tuple(notes.lines))


def _records(told: ReviewedClaim) -> Iterator[Record]:
    claim = Claim(
        uid=f"claim {told.text}",
        handle="",
        text=told.text,
        claimant=told.claimant.uid if told.claimant else None,
        said=told.said,
    )
    if told.claimant:
        yield told.claimant
    yield claim
    for work in told.works:
        yield from _carried(claim, work, told.claimant)
    for review in told.reviews:
        yield from _reviewed(claim, review)


def _carried(claim: Claim, work: Work, claimant: Agent | None) -> Iterator[Record]:
    source = work.source()
    if source is None:
        return
    yield from work.agents
    yield source
    speaker = claimant.uid if claimant else None
    yield Evidence(uid=f"{claim.uid} in {source.uid}", handle="", claim=claim.uid, source=source.uid, speaker=speaker)


def _reviewed(claim: Claim, review: OtherReview) -> Iterator[Record]:
    work = review.work
    who = next(iter([one.name for one in (work.publisher, work.author) if one]), "")
    if not work.title and (work.url or who):
        work = attrs.evolve(work, title=f"Fact-check{f' by {who}' if who else ''}: {short(claim.text, 200)}")
    source = work.source()
    if source is None:
        return
    yield from work.agents
    yield source
    rated = f"Rated {review.rating}{f' by {who}' if who else ''}." if str(review.rating) else ""
    yield Evidence(
        uid=f"{claim.uid} reviewed in {source.uid}",
        handle="",
        claim=claim.uid,
        source=source.uid,
        stance=review.rating.stance,
        note=" ".join(filter(None, [rated, review.reasons]))[:LONGEST_OTHER] or None,
    )
