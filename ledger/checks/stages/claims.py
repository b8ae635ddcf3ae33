"""Claims, one by one: what each checker says of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from hashlib import sha256

from ...checker import Checker, Context, Dossier
from ...model import Finding, Outcome
from ...plugins import guarded
from ...plugins.place import place_of
from ...store import queries
from ..calls import CallResult, answer_of, set_of
from ..cursor import WHOLE_BATCH
from ..dossiers import DossierDigest, input_of, known_to
from ..job import BATCH
from ..purity import is_impure, not_pure
from .context import JobContext


def look_at_claims(context: JobContext) -> None:
    """Ask every checker about every claim of the job, a batch at a time."""
    handles = context.job.lines()
    for start in range(context.before.upto, len(handles), BATCH):
        batch = list(context.dossiers(handles[start : start + BATCH], texts=True))
        _ClaimBatch(context, start, batch).look()


UNCHECKED = ["", "", "", "", 0]
"""What is on record of a checker that was never called for a subject."""


UNASKED = Finding(
    Outcome.ABSTAIN,
    "Nobody was asked about the claim as it stands now.",
    code="not_asked",
    fix="Ask: factledger check --online",
)
"""What stands for the findings of a checker that lacks an answer."""


class _ClaimBatch:
    """Some claims with their dossiers, and what is on record of them."""

    def __init__(self, context: JobContext, start: int, batch: Sequence[tuple[Dossier, DossierDigest]]) -> None:
        self._context = context
        self._start = start
        self._batch = batch
        self._checked = queries.checked(context.db, [dossier.claim.uid for dossier, _ in batch])
        self._tally: Counter[str] = Counter()
        self._called = 0
        self._at_once = self._ask_at_once()

    def look(self) -> None:
        """Call every checker that has to be called, and say what is news."""
        seen = [self._look_at(number) for number in range(len(self._batch))]
        end = self._start + len(self._batch)
        self._context.cursor.away()
        self._context.say({"upto": end, "tally": self._tally, "called": self._called, "seen": "".join(seen)})

    def _look_at(self, number: int) -> str:
        context, (dossier, ground) = self._context, self._batch[number]
        job, tally = context.job, self._tally
        checked = self._checked.get(dossier.claim.uid, {})
        input = input_of(job.rules, ground.digest)
        known = cache(partial(known_to, dossier))
        seen, subject, called = [dossier.claim.uid], self._start + number, False
        for which, one in enumerate(context.checkers):
            before = checked.get(one.name, UNCHECKED)
            same = before[1] == input and before[0] == one.version
            still = before[4] and not ("" < before[3] <= job.now)
            if same and not job.force and still and not one.network:
                seen.append(before[2])
                continue
            called = True
            call = self._given(which, number) if which in self._at_once else one.checker.check
            if one.network:
                found, answered = self._of_network(which, subject, dossier, known)
                if not answered and not before[0] and not job.tells_all:
                    seen.append("")
                    context.say({"unasked": [job.start + subject, one.name]})
                    continue
            else:
                found = context.call(which, subject, call, dossier, known, before[2] if same else "")
            if same and found.digest != before[2] and not one.network and not _asked_for_copies(dossier):
                of, given = dossier.claim.handle, found.findings
                if is_impure(context.db, of, one.name, before, given, now=job.now, plugin=one.plugin, code=job.code):
                    found = answer_of([not_pure(one.name, place_of(one.checker))])
            seen.append(found.digest)
            for finding in found.findings:
                tally[finding.outcome] += 1
            if job.tells_all or not same or found.digest != before[2]:
                context.say({"number": job.start + subject, "set": set_of(one, found, input)})
        self._called += called
        return sha256("".join(seen).encode()).hexdigest()[:32]

    def _of_network(
        self, which: int, subject: int, dossier: Dossier, known: Callable[[], frozenset[str]]
    ) -> tuple[CallResult, bool]:
        """Return what a checker finds that asks the outside world, and whether it had every answer that it asked for.

        Where it had not, nothing of what it says counts.
        """
        given, answers = self._context.answering(dossier)
        check = self._context.checkers[which].checker.check
        found = self._context.call(which, subject, check, given, lambda: known() | frozenset(answers.records()))
        return (answer_of([UNASKED]), False) if answers.missed else (found, True)

    def _given(self, which: int, number: int) -> Callable[..., list[Finding]]:
        return lambda dossier, context: self._at_once[which][number]

    def _ask_at_once(self) -> dict[int, list[list[Finding]]]:
        """Ask those checkers that gain from it about the whole batch; one that fails is asked claim by claim."""
        context, answers = self._context, {}
        for which, one in enumerate(context.checkers):
            checker = one.checker
            single = one.network or type(checker).check_many is Checker.check_many
            if single or (WHOLE_BATCH, one.name) in context.before.blamed:
                continue
            context.cursor.at(WHOLE_BATCH, which + 1)
            given = [dossier for dossier, _ in self._batch]
            found, _ = guarded(partial(_all_at_once, checker, given, context.contexts[which]))
            if found is not None and len(found) == len(given):
                answers[which] = found
        return answers


def _asked_for_copies(dossier: Dossier) -> bool:
    return any(getattr(copies, "asked", False) for copies in (dossier.texts, dossier.blobs))


def _all_at_once(checker: Checker, given: Sequence[Dossier], context: Context) -> list[list[Finding]]:
    return [list(found) for found in checker.check_many(given, context)]
