"""The steps at the desk: what a person does with a passage or a voice, each leading from one worklist to the next.

A step names its passage by number (from 0), so that steps can be kept and taken again: the same ones lead to the same
list. What cannot be done leaves the list as it is; `obstacle` says why.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import attrs

from ..model import Basis, ExclusionReason, Stake
from ..reader import MentionKind
from ..text import Span
from .worklist import PassageDraft, PassageState, Voice, Worklist, obstacle, sentence


@attrs.frozen(kw_only=True)
class DeskStep:
    """Something that a person does at the desk."""

    DOES: ClassVar[str] = ""

    def taken(self, worklist: Worklist) -> Worklist | None:
        """Return the list after it; None if it cannot be done."""
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class _PassageStep(DeskStep):
    at: int

    def taken(self, worklist: Worklist) -> Worklist | None:
        if not 0 <= self.at < len(worklist.passages):
            return None
        passage = worklist.passages[self.at]
        return None if passage.state is PassageState.ON_RECORD else self.done(worklist, passage)

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class Accept(_PassageStep):
    """The passage becomes a claim, or a question that was asked; on to the next."""

    DOES = "accept"

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        if obstacle(worklist, passage) or passage.state is PassageState.ACCEPTED:
            return None
        accepted = attrs.evolve(passage.undecided, state=PassageState.ACCEPTED)
        return worklist.replaced(self.at, accepted).next_open()


@attrs.frozen(kw_only=True)
class LeaveOut(_PassageStep):
    """The passage needs no claim; `elsewhere` is the id of the claim that covers it. On to the next."""

    DOES = "leave_out"
    because: ExclusionReason
    note: str = ""
    elsewhere: str = ""

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        left_out = attrs.evolve(
            passage,
            state=PassageState.LEFT_OUT,
            because=self.because,
            note=self.note,
            elsewhere=self.elsewhere,
        )
        return None if left_out == passage else worklist.replaced(self.at, left_out).next_open()


@attrs.frozen(kw_only=True)
class Reopen(_PassageStep):
    """What was said of the passage is taken back."""

    DOES = "reopen"

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        return None if passage.open else worklist.replaced(self.at, passage.undecided)


CHANGES: dict[str, Any] = {"text": str, "said_in": str, "occurred": str, "basis": Basis, "stake": Stake}
"""What a person may write otherwise in a passage, and what it is."""


@attrs.frozen(kw_only=True)
class Change(_PassageStep):
    """A field of the passage is written otherwise; an accepted one is open again if it cannot be accepted so."""

    DOES = "change"
    field: str
    value: str

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        if self.field not in CHANGES:
            return None
        try:
            changed = attrs.evolve(passage, **{self.field: CHANGES[self.field](self.value)})
        except ValueError:
            return None
        return None if changed == passage else _acceptable(worklist.replaced(self.at, changed))


@attrs.frozen(kw_only=True)
class Split(_PassageStep):
    """The passage becomes two: what stands before `cut`, an offset in the text, and what stands from there on."""

    DOES = "split"
    cut: int

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        words, span, said = worklist.text, passage.span, passage.content
        spans = [_trimmed(words, Span(*ends)) for ends in _cut(span, self.cut)]
        if len(spans) < 2 or not all(re.search(r"\w", one.of(words)) for one in spans):
            return None
        parts = []
        for one in spans:
            start, end = max(one.start, said.start), min(one.end, said.end)
            within = _trimmed(words, Span(start, end)) if start < end else Span(0, 0)
            content = within if re.search(r"\w", within.of(words)) else one
            parts.append(attrs.evolve(passage.undecided, span=one, content=content, text=sentence(content.of(words))))
        return worklist.replaced(self.at, *parts)


@attrs.frozen(kw_only=True)
class Identify(DeskStep):
    """A person says who a voice is, wherever it speaks: a known agent by its id, or a new one, or one kept out."""

    DOES = "identify"
    name: str
    kind: MentionKind | None = None
    agent: str = ""
    called: str = ""
    kept_out: str = ""

    def taken(self, worklist: Worklist) -> Worklist | None:
        voice = next((voice for voice in worklist.voices if voice.name == self.name), None)
        if voice is None:
            return None
        told = attrs.evolve(
            voice,
            kind=self.kind or voice.kind,
            agent=self.agent or None,
            called=self.called or None,
            kept_out=self.kept_out,
            asked=True,
        )
        if told == voice:
            return None
        voices = tuple(told if one is voice else one for one in worklist.voices)
        return _acceptable(attrs.evolve(worklist, voices=voices))


@attrs.frozen(kw_only=True)
class Attribute(_PassageStep):
    """Somebody else says the passage: a voice of the article or one that is new to it; "" is the article itself.

    Whom the article has it through stays as it was.
    """

    DOES = "attribute"
    name: str
    agent: str = ""

    def done(self, worklist: Worklist, passage: PassageDraft) -> Worklist | None:
        voices = (*passage.voices[:-1], self.name) if self.name else ()
        attributed = attrs.evolve(passage, voices=tuple(dict.fromkeys(voices)))
        if attributed == passage or (passage.inquiry and not voices):
            return None
        known = [voice.name for voice in worklist.voices]
        new = () if not self.name or self.name in known else (Voice(name=self.name, agent=self.agent or None),)
        return _acceptable(attrs.evolve(worklist.replaced(self.at, attributed), voices=(*worklist.voices, *new)))


@attrs.frozen(kw_only=True)
class Undo(DeskStep):
    """The last step is taken back."""

    DOES = "undo"

    def taken(self, worklist: Worklist) -> Worklist | None:
        return worklist.before


STEPS: dict[str, type[DeskStep]] = {
    cls.DOES: cls for cls in (Accept, LeaveOut, Reopen, Change, Split, Attribute, Identify, Undo)
}


def after(worklist: Worklist, step: DeskStep) -> Worklist:
    """Return the list after a step; the same list if it cannot be taken."""
    then = step.taken(worklist)
    if then is None:
        return worklist
    return then if isinstance(step, Undo) else attrs.evolve(then, before=worklist)


def as_suggested(worklist: Worklist) -> Worklist:
    """Return the list after every open passage was accepted or left out as its reader suggests, if it can be."""
    for at, passage in enumerate(worklist.passages):
        if passage.open:
            because = passage.left_out_as
            worklist = after(worklist, LeaveOut(at=at, because=because) if because else Accept(at=at))
    return worklist


def cuts(worklist: Worklist) -> tuple[int, ...]:
    """Return where the passage in hand may be split: before each word but the first."""
    span = worklist.passage.span
    words = [span.start + word.start() for word in re.finditer(r"(?<!\S)\S*\w", span.of(worklist.text))]
    return tuple(cut for cut in words[1:] if Split(at=worklist.at, cut=cut).taken(worklist))


BORDER = re.compile(
    r"(?:[;:]\s|—|–|[.!?]\S*\s|,\s(?:and|but|which|while|as|when|because|although)\b|\s(?:and|but|while)\b)"
)


def best_cut(worklist: Worklist) -> int | None:
    """Return where the passage in hand is most likely two: at the border of clauses that is nearest its middle."""
    places = cuts(worklist)
    span = worklist.passage.span
    borders = {span.start + border.end() for border in BORDER.finditer(span.of(worklist.text))}
    starts = {span.start + border.start() for border in BORDER.finditer(span.of(worklist.text))}
    likely = [place for place in places if place in borders or place - 1 in starts or place - 2 in starts]
    middle = (span.start + span.end) // 2
    return min(likely or places, key=lambda place: abs(place - middle), default=None)


def _acceptable(worklist: Worklist) -> Worklist:
    """Return the list with those passages open again that cannot be accepted as they now are."""
    passages = tuple(
        attrs.evolve(one, state=PassageState.OPEN)
        if one.state is PassageState.ACCEPTED and obstacle(worklist, one)
        else one
        for one in worklist.passages
    )
    return attrs.evolve(worklist, passages=passages)


def _cut(span: Span, cut: int) -> tuple[tuple[int, int], ...]:
    return ((span.start, cut), (cut, span.end)) if span.start < cut < span.end else ()


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
