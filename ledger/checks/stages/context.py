"""What the stages of a job share, and the way in which each calls a checker."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from ...capture import ArchiveReader
from ...checker import Context, Dossier
from ...model import Finding
from ...partition import Job
from ...plugins import Registered
from ...store import Ledger
from ...trust import veil
from ..answers import Answers, AnswersOnRecord
from ..calls import CallResult, answer_of, ask
from ..cursor import Cursor
from ..dossiers import DossierDigest, dossiers
from ..job import BROKE, SET_ASIDE, Output, error

PID = os.getpid()


Say = Callable[[dict[str, Any]], None]


@attrs.frozen(slots=False)
class JobContext:
    """All that the stages of a job share; `aside` are checkers that are not called any more in it."""

    job: Job
    db: Any
    ledger: Ledger
    checkers: Sequence[Registered]
    contexts: Sequence[Context]
    before: Output
    aside: frozenset[str]
    cursor: Cursor
    say: Say

    @cached_property
    def reader(self) -> ArchiveReader:
        """What reads archived copies, without the words that are withheld."""
        return ArchiveReader.of(self.ledger, veil(self.ledger))

    @cached_property
    def _recorded_answers(self) -> AnswersOnRecord:
        return AnswersOnRecord(self.db, self.reader, veil(self.ledger))

    def answering(self, dossier: Dossier) -> tuple[Dossier, Answers]:
        """Return a dossier for one call of a checker that says `network`, and what that call asks for."""
        answers = Answers(self._recorded_answers)
        return attrs.evolve(dossier, answers=answers), answers

    def dossiers(self, handles: Sequence[str], *, texts: bool = False) -> Iterator[tuple[Dossier, DossierDigest]]:
        """Yield (dossier, its ground) for each claim; with the bytes of copies where one of the checkers reads them."""
        blobs = self.reader if any(one.checker.reads_captures for one in self.checkers) else None
        return dossiers(self.db, handles, self.reader if texts else None, blobs)

    def call(
        self,
        number: int,
        subject: int,
        call: Callable[..., Iterable[Finding]],
        given: Any,
        known: Callable[[], Container[str]],
        before: str = "",
    ) -> CallResult:
        """Return what a checker (by its number) says of a subject (by its), or why it was not asked."""
        one = self.checkers[number]
        if self.before.blamed:
            blamed = self.before.blamed.get((subject, one.name))
            if blamed is not None:
                return answer_of([_finding(blamed)])
            if one.name in self.aside:
                return answer_of([error(f"Not run: {one.name} had to be stopped before in this run.", SET_ASIDE)])
        self.cursor.at(subject, number + 1)
        found = ask(one, call, given, self.contexts[number], known, before)
        if os.getpid() != PID:
            os._exit(0)  # the call forked, and this is the child: the parent goes on
        return found


def _finding(data: dict[str, Any]) -> Finding:
    return error(data["reason"], data.get("code", BROKE), data.get("fix", ""))
