"""What a person and the desk say to one another: keys become steps, some after a question; no screen is needed for it.

Every step is kept before anything else is done with it. At most one question is open at a time: one that a key answers,
one that is answered in words, or where a passage is to be cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial

import attrs

from ...desk.journal import Journal
from ...desk.steps import (
    Accept,
    Attribute,
    Change,
    DeskStep,
    Identify,
    LeaveOut,
    Reopen,
    Split,
    Undo,
    after,
    best_cut,
    cuts,
)
from ...desk.worklist import PassageState, Voice, Worklist, obstacle
from ...errors import LedgerError
from ...model import Basis, ExclusionReason, Stake
from ...reader import MentionKind
from ...views import words

Does = Callable[[], None]


class Left(Enum):
    """How a person left the desk."""

    FOR_NOW = "for now"
    FILED = "filed"
    FILED_TO_CHECK = "filed, to be checked"


@attrs.frozen
class DeskRecords:
    """What a person may mean: agents and sources by id, whether there is a claim of an id, and claims like a text."""

    agents: Mapping[str, str]
    sources: Mapping[str, str]
    claims: Callable[[str], bool]
    like: Callable[[str], tuple[tuple[str, str], ...]]


@attrs.frozen
class Choice:
    """A question that one key answers: each with what it says, and what is then done."""

    asks: str
    keys: tuple[tuple[str, str, Does], ...]


@attrs.frozen
class Prompt:
    """A question that is answered in words. `done` gets them, and returns why they will not do ("" if they do).

    `text` is there to be changed; `choices` are offered, each with what it is.
    """

    asks: str
    done: Callable[[str], str]
    text: str = ""
    choices: Mapping[str, str] = attrs.field(factory=dict)


class Dialogue:
    """A worklist in somebody's hands, until it is left or committed."""

    def __init__(
        self, worklist: Worklist, journal: Journal, known: DeskRecords, commit: Callable[[Worklist], None]
    ) -> None:
        self.worklist = worklist
        self.said = ""
        self.choice: Choice | None = None
        self.question: Prompt | None = None
        self.cut: int | None = None
        self.left: Left | None = None
        self._journal, self._known, self._commit = journal, known, commit
        self._like: dict[str, tuple[tuple[str, str], ...]] = {}

    @property
    def idle(self) -> bool:
        """Whether no question is open."""
        return self.choice is None and self.question is None and self.cut is None

    @property
    def names(self) -> dict[str, str]:
        """The names of agents and titles of sources by their ids."""
        return {**self._known.sources, **self._known.agents}

    @property
    def like(self) -> tuple[tuple[str, str], ...]:
        """The claims of the ledger that are like the passage in hand, each with its id."""
        text = self.worklist.passage.text
        if text not in self._like:
            self._like[text] = self._known.like(text)
        return self._like[text]

    # -- answers -------------------------------------------------------------

    def back(self) -> None:
        """Leave the question that is open unanswered."""
        self.choice, self.question, self.cut, self.said = None, None, None, ""

    def choose(self, key: str) -> None:
        """Answer the question that a key answers; any other key leaves it open."""
        does = {letter: does for letter, _, does in self.choice.keys}.get(key.lower()) if self.choice else None
        if does is not None:
            self.back()
            does()

    def answer(self, text: str) -> None:
        """Answer the question in words; it is asked again, with the same words, if they will not do."""
        question, given = self.question, " ".join(text.split())
        if question is not None:
            self.back()
            refused = question.done(given)
            if refused:
                self.question, self.said = attrs.evolve(question, text=given), refused

    def move_cut(self, by: int) -> None:
        """Move the place of the cut by so many words."""
        places = cuts(self.worklist)
        if self.cut in places:
            self.cut = places[min(max(places.index(self.cut) + by, 0), len(places) - 1)]

    def cut_here(self) -> None:
        """Split the passage in hand."""
        cut = self.cut
        self.back()
        if cut is not None:
            self._take(Split(at=self.worklist.at, cut=cut))

    # -- what each key does ----------------------------------------------------

    def commands(self) -> dict[str, Does]:
        """Return what each key does while no question is open."""
        return {
            "enter": self._as_suggested,
            "a": self._accept,
            "e": self._ask_text,
            "m": self._ask_merge,
            "w": self._ask_speaker,
            "s": self._begin_cut,
            "t": self._ask_when,
            "b": partial(self._cycle, "basis", Basis),
            "i": partial(self._cycle, "stake", Stake),
            "o": partial(self._leave_out, ExclusionReason.OPINION),
            "n": partial(self._leave_out, ExclusionReason.NOT_CHECKABLE),
            "k": partial(self._leave_out, ExclusionReason.COMMON_KNOWLEDGE),
            "d": self._ask_elsewhere,
            "x": self._ask_other,
            "u": self._undo,
            "r": self._reopen,
            "c": self._ask_commit,
            "q": self._leave,
            "up": partial(self._move, -1),
            "down": partial(self._move, 1),
            "pageup": partial(self._move, -10),
            "pagedown": partial(self._move, 10),
            "home": partial(self._move, -len(self.worklist.text)),
            "end": partial(self._move, len(self.worklist.text)),
        }

    def _take(self, step: DeskStep) -> bool:
        """Take a step and keep it; return whether it could be taken."""
        then = after(self.worklist, step)
        if then is self.worklist:
            return False
        self._journal.add(step)
        self.worklist, self.said = then, ""
        return True

    def _on_record(self) -> bool:
        """Return whether the passage in hand can no longer be changed here, and say so."""
        if self.worklist.passage.state is PassageState.ON_RECORD:
            self.said = "The ledger has this already. What is recorded is changed by: factledger correct"
            return True
        return False

    def _move(self, by: int) -> None:
        self.worklist = self.worklist.in_hand(self.worklist.at + by)

    def _as_suggested(self) -> None:
        passage = self.worklist.passage
        if not passage.open:
            self.worklist = self.worklist.next_open()
        elif passage.left_out_as:
            self._leave_out(passage.left_out_as)
        else:
            self._accept()

    def _accept(self) -> None:
        """Accept the passage in hand, once it is known who everybody in it is."""
        worklist, passage = self.worklist, self.worklist.passage
        unsure = next((voice for voice in worklist.heard(passage) if voice.unsure), None)
        if self._on_record():
            return
        if unsure:
            self._ask_who(unsure)
        elif not self._take(Accept(at=worklist.at)):
            self.said = obstacle(worklist, passage) or "It is accepted already."

    def _leave_out(self, because: ExclusionReason, note: str = "", elsewhere: str = "") -> None:
        if not self._on_record():
            self._take(LeaveOut(at=self.worklist.at, because=because, note=note, elsewhere=elsewhere))

    def _cycle(self, field: str, values: type[Basis] | type[Stake]) -> None:
        if not self._on_record():
            there = list(values)
            now = there.index(getattr(self.worklist.passage, field))
            self._take(Change(at=self.worklist.at, field=field, value=there[(now + 1) % len(there)].value))

    def _undo(self) -> None:
        if not self._take(Undo()):
            self.said = "There is nothing to undo."

    def _reopen(self) -> None:
        if not self._on_record() and not self._take(Reopen(at=self.worklist.at)):
            self.said = "It is open."

    def _begin_cut(self) -> None:
        self.cut = best_cut(self.worklist)
        if self.cut is None:
            self.said = "This cannot be split."

    def _leave(self) -> None:
        self.left = Left.FOR_NOW

    # -- what is asked -----------------------------------------------------------

    def _ask_who(self, voice: Voice) -> None:
        def told(step: Identify) -> Does:
            return lambda: self._identified(step)

        person = ("p", "a person, by name", told(Identify(name=voice.name, kind=MentionKind.PERSON)))
        organisation = ("o", "an organisation", told(Identify(name=voice.name, kind=MentionKind.ORGANISATION)))
        keep_out = ("k", "keep the name out", lambda: self._ask_reason(voice))
        keys = [person, organisation, keep_out, ("m", "one on record", lambda: self._ask_merge(voice))]
        asks = f"{voice.shown} is new here, and has no office in the article. Who is that?"
        if voice.like:
            known = self._known.agents.get(voice.like, voice.like)
            keys.insert(0, ("y", f"yes, {known}", told(Identify(name=voice.name, kind=voice.kind, agent=voice.like))))
            asks = f"Is {voice.shown} the {known} of this ledger?"
        self.choice = Choice(asks, tuple(keys))

    def _identified(self, step: Identify) -> None:
        self._take(step)
        self._accept()

    def _ask_reason(self, voice: Voice) -> None:
        def done(answer: str) -> str:
            if not answer:
                return "Readers are told why."
            self._identified(Identify(name=voice.name, kept_out=answer))
            return ""

        self.question = Prompt("Why is it kept out? Readers are told:", done, "Asked not to be named.")

    def _ask_text(self) -> None:
        passage, at = self.worklist.passage, self.worklist.at

        def done(answer: str) -> str:
            self._take(Change(at=at, field="text", value=answer))
            return "" if answer else "It needs some words."

        if not self._on_record():
            self.question = Prompt("Question:" if passage.inquiry else "Claim:", done, passage.text)

    def _ask_when(self) -> None:
        at = self.worklist.at

        def done(answer: str) -> str:
            self._take(Change(at=at, field="occurred", value=answer))
            return obstacle(self.worklist, self.worklist.passage)

        if not self._on_record():
            asks = "When did it happen? (2025-05-02, 2025-05, XXXX-05-02)"
            self.question = Prompt(asks, done, self.worklist.passage.occurred)

    def _ask_merge(self, voice: Voice | None = None) -> None:
        """Ask which known agent the last voice is, or which known source the passage was said in."""
        at, heard = self.worklist.at, self.worklist.heard(self.worklist.passage)
        who = voice or (heard[-1] if heard else None)
        offered = dict.fromkeys(self._known.sources, "source")
        if who is not None:
            offered |= dict.fromkeys(self._known.agents, "agent")
        shown = {f"{self.names[handle]} ({handle})": handle for handle in offered}
        if not offered:
            self.said = "The ledger has nobody and nothing yet that it could be."
            return

        def done(answer: str) -> str:
            handle = shown.get(answer, answer)
            if who is not None and handle in self._known.agents:
                self._take(Identify(name=who.name, kind=who.kind, agent=handle))
            elif handle in self._known.sources:
                self._take(Change(at=at, field="said_in", value=handle))
            else:
                return f"The ledger has nothing of the name “{answer}”: choose one of those offered."
            return ""

        asks = f"{who.shown} is, on record:" if who else "It was said in, on record:"
        self.question = Prompt(asks, done, "", {words: offered[handle] for words, handle in shown.items()})

    def _ask_speaker(self) -> None:
        at = self.worklist.at
        known = {f"{name} ({handle})": handle for handle, name in self._known.agents.items()}
        choices = {voice.name: "in the article" for voice in self.worklist.voices} | dict.fromkeys(known, "on record")

        def done(answer: str) -> str:
            handle = known.get(answer, "")
            self._take(Attribute(at=at, name=self._known.agents[handle] if handle else answer, agent=handle))
            return ""

        if not self._on_record():
            self.question = Prompt("Who says it? (nothing: the article itself)", done, "", choices)

    def _ask_elsewhere(self) -> None:
        choices = dict(self.like)

        def done(answer: str) -> str:
            if answer and not self._known.claims(answer):
                return f"The ledger has no claim {answer}."
            self._leave_out(ExclusionReason.COVERED_ELSEWHERE, elsewhere=answer)
            return ""

        if not self._on_record():
            asks = "Which claim covers it? (its id, or nothing)"
            self.question = Prompt(asks, done, next(iter(choices), ""), choices)

    def _ask_other(self) -> None:
        def done(answer: str) -> str:
            if not answer:
                return "Say why."
            self._leave_out(ExclusionReason.OTHER, note=answer)
            return ""

        if not self._on_record():
            self.question = Prompt("Why does it need no claim?", done)

    def _ask_commit(self) -> None:
        worklist = self.worklist
        if not worklist.accepted and not worklist.left_out:
            self.said = "Nothing is decided yet."
            return
        asked = sum(bool(one.inquiry) for one in worklist.accepted)
        left_open = worklist.count(PassageState.OPEN)
        parts = [
            words.count(len(worklist.accepted) - asked, "claim"),
            *([words.count(asked, "question")] if asked else []),
            f"{len(worklist.left_out)} left out",
        ]
        rest = f" {words.count(left_open, 'passage')} still open, for another time." if left_open else ""
        self.choice = Choice(
            f"Record {', '.join(parts)}?{rest}",
            (
                ("y", "yes", partial(self._file, Left.FILED)),
                ("k", "yes, and check", partial(self._file, Left.FILED_TO_CHECK)),
            ),
        )

    def _file(self, how: Left) -> None:
        try:
            self._commit(self.worklist)
        except LedgerError as error:
            self.said = f"Nothing was recorded. {error}"
        else:
            self.left = how
