"""The passages of an article and what is to become of each: a value that looks at no ledger and no screen."""

from __future__ import annotations

import re
from enum import StrEnum

import attrs

from .. import rules
from ..dates import BadDate, parse
from ..errors import InputError
from ..model import Basis, ExclusionReason, InquiryState, Stake
from ..reader import MentionKind, Nature
from ..text import Span


class PassageState(StrEnum):
    """What a person said of a passage; ON_RECORD is what the ledger has already."""

    OPEN = "open"
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"
    ON_RECORD = "on_record"


@attrs.frozen(kw_only=True)
class Voice:
    """Somebody whom the article lets speak, in every passage: `name` is how it names them and they are found by.

    `agent` is the known one that is meant, by its id; else one is made, `called` so if that is not the name. `like` is
    a known one of nearly this name. `asked` says that a person has said who it is; `kept_out`, why the name stays out.
    """

    name: str
    kind: MentionKind = MentionKind.UNCLEAR
    role: str = ""
    agent: str | None = None
    called: str | None = None
    like: str | None = None
    asked: bool = False
    kept_out: str = ""

    @property
    def shown(self) -> str:
        return self.called or self.name

    @property
    def unsure(self) -> bool:
        """Whether a person is to say who it is before the name enters: of who has an office that is plain."""
        if self.agent or self.asked or self.kind in (MentionKind.UNNAMED, MentionKind.DOCUMENT):
            return False
        return bool(self.like) or not (self.kind is MentionKind.ORGANISATION or (self.role and self._person))

    @property
    def _person(self) -> bool:
        return self.kind is MentionKind.PERSON


@attrs.frozen(kw_only=True)
class PassageDraft:
    """A stretch of the article, and the claim that it makes (or the question, if it tells of one that was asked).

    `span` is all of it, `content` the words that are asserted. `voices` are names, nearest the article first; who was
    asked is the only one of a question. `suggested_by` is the reader and its version, "" if none suggested it.
    """

    span: Span
    content: Span
    text: str
    voices: tuple[str, ...] = ()
    nature: Nature = Nature.FACTUAL
    reason: str = ""
    suggested_by: str = ""
    inquiry: InquiryState | None = None
    state: PassageState = PassageState.OPEN
    because: ExclusionReason | None = None
    note: str = ""
    elsewhere: str = ""
    said_in: str = ""
    occurred: str = ""
    basis: Basis = Basis.UNKNOWN
    stake: Stake = Stake.NOT_ASSESSED

    @property
    def open(self) -> bool:
        return self.state is PassageState.OPEN

    @property
    def undecided(self) -> PassageDraft:
        """The same passage, as if nothing had been said of it."""
        return attrs.evolve(self, state=PassageState.OPEN, because=None, note="", elsewhere="")

    @property
    def left_out_as(self) -> ExclusionReason | None:
        """The reason for which the reader would leave it out; None if it would make a claim of it."""
        return NO_CLAIM.get(self.nature)


NO_CLAIM = {Nature.OPINION: ExclusionReason.OPINION, Nature.NOT_CHECKABLE: ExclusionReason.NOT_CHECKABLE}


@attrs.frozen(kw_only=True)
class Worklist:
    """All passages of a text in order, the voices in it, the passage in hand, and the list before the last step."""

    text: str = attrs.field(repr=False)
    passages: tuple[PassageDraft, ...]
    voices: tuple[Voice, ...] = ()
    at: int = 0
    before: Worklist | None = attrs.field(default=None, repr=False, eq=False)

    @property
    def passage(self) -> PassageDraft:
        return self.passages[self.at]

    def voice(self, name: str) -> Voice:
        """Return the voice of a name."""
        return next((voice for voice in self.voices if voice.name == name), Voice(name=name))

    def heard(self, passage: PassageDraft) -> tuple[Voice, ...]:
        """Return a passage's voices, nearest the article first."""
        return tuple(map(self.voice, passage.voices))

    def words(self, passage: PassageDraft) -> Span:
        """Return the words that a passage's evidence quotes: without who says so, where that name is kept out."""
        return passage.content if any(voice.kept_out for voice in self.heard(passage)) else passage.span

    def count(self, state: PassageState) -> int:
        return sum(passage.state is state for passage in self.passages)

    @property
    def accepted(self) -> tuple[PassageDraft, ...]:
        return tuple(passage for passage in self.passages if passage.state is PassageState.ACCEPTED)

    @property
    def left_out(self) -> tuple[PassageDraft, ...]:
        return tuple(passage for passage in self.passages if passage.state is PassageState.LEFT_OUT)

    def in_hand(self, at: int) -> Worklist:
        """Return the list with another passage in hand, the nearest there is."""
        return attrs.evolve(self, at=min(max(at, 0), len(self.passages) - 1))

    def next_open(self) -> Worklist:
        """Return the list with the next open passage in hand, beginning with this one; the last if none is open."""
        numbers = range(len(self.passages))
        for at in (*numbers[self.at :], *numbers[: self.at]):
            if self.passages[at].open:
                return attrs.evolve(self, at=at)
        return self

    def replaced(self, at: int, *passages: PassageDraft) -> Worklist:
        """Return the list with other passages in the place of one, the first of them in hand."""
        return attrs.evolve(self, at=at, passages=(*self.passages[:at], *passages, *self.passages[at + 1 :]))


def obstacle(worklist: Worklist, passage: PassageDraft) -> str:
    """Return why a passage cannot become a record as it is; "" if it can."""
    try:
        rules.require_text(passage.text, "question" if passage.inquiry else "text", "claim")
        if passage.occurred:
            parse(passage.occurred)
    except InputError as error:
        return f"{error.message} {error.hint}".strip()
    except BadDate:
        return f"“{passage.occurred}” is no date."
    shown = [passage.text, worklist.words(passage).of(worklist.text), passage.said_in]
    named = kept_out_name(worklist, "\n".join(shown))
    if named:
        return f"“{named}” is kept out and stands in the words: edit them, or split them off."
    if passage.inquiry and passage.voices and worklist.voice(passage.voices[-1]).kept_out:
        return "Who was asked is kept out."
    return ""


def kept_out_name(worklist: Worklist, words: str) -> str | None:
    """Return the first part of a name in these words that is kept out of the ledger."""
    for voice in worklist.voices:
        for part in re.findall(r"\w+", voice.name) if voice.kept_out else ():
            if part[0].isupper() and len(part) > 1 and re.search(rf"\b{re.escape(part)}\b", words, re.IGNORECASE):
                return str(part)
    return None


_OPENING, _CLOSING = '"“„«', '"”“»'
_LOOSE = " ,;:–—-"
_THAT = re.compile(r"\Athat,?\s+(?=\S+\s)")


def sentence(words: str) -> str:
    """Return words as a sentence that stands by itself: one line, no marks left over from a quotation, a stop.

    A "that" before what somebody said goes.
    """
    plain = _THAT.sub("", " ".join(words.split()).strip(_LOOSE))
    opens, closes = plain[:1] in _OPENING, plain[-1:] in _CLOSING
    marks = sum(plain.count(mark) for mark in set(_OPENING + _CLOSING))
    if opens and (marks % 2 or (closes and marks == 2)):
        plain = plain[1:]
    if closes and (marks == 2 if opens else marks % 2):
        plain = plain[:-1]
    plain = plain.strip(_LOOSE)
    plain = plain[:1].upper() + plain[1:]
    return plain if not plain or plain.rstrip(_CLOSING)[-1:] in ".!?…" else f"{plain}."
