"""The child process that calls one plugin's checkers: `python -m ledger.checks.worker PLUGIN MARK`.

It runs strangers' code, so it holds the ledger read-only, keeps its answers away
from what they print, and marks each call before it makes it: whoever watches
can then name the culprit. It says what its checkers are, and then takes jobs:
one line of JSON each on stdin, one line of JSON back.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import attrs

from .. import plugins, store
from ..capture import Reader
from ..checker import Checker, Context, Detector, Dossier, GroupChecker, LedgerChecker
from ..model import Finding
from ..plugins import Registered, guarded
from ..policy import read_policy
from ..store import queries
from ..trust import veil
from .calls import Answer, OutOfMemory, answer_of, ask, set_of
from .dossiers import Ground, digest, dossiers, input_of, known_to
from .groups import meet
from .job import BATCH, BROKE, OUT_OF_MEMORY_EXIT, SET_ASIDE, Job, Output, Stage, error, read_output
from .mark import WHOLE_BATCH, Mark
from .sources import look_at_sources
from .whole import look_at_all

Say = Callable[[dict[str, Any]], None]


@attrs.frozen
class Desk:
    """All that the stages of a job share; `aside` are checkers that are not called any more in it."""

    job: Job
    db: Any
    ledger: store.Ledger
    checkers: Sequence[Registered]
    contexts: Sequence[Context]
    before: Output
    aside: frozenset[str]
    mark: Mark
    say: Say

    def call(
        self,
        number: int,
        subject: int,
        call: Callable[..., Iterable[Finding]],
        given: Any,
        known: Callable[[], Container[str]],
        before: str = "",
    ) -> Answer:
        """Return what a checker (by its number) says of a subject (by its), or why it was not asked."""
        one = self.checkers[number]
        if self.before.blamed:
            blamed = self.before.blamed.get((subject, one.name))
            if blamed is not None:
                return answer_of([_finding(blamed)])
            if one.name in self.aside:
                return answer_of([error(f"Not run: {one.name} had to be stopped before in this run.", SET_ASIDE)])
        self.mark.at(subject, number + 1)
        found = ask(one, call, given, self.contexts[number], known, before)
        if os.getpid() != PID:
            os._exit(0)  # the call forked, and this is the child: the parent goes on
        return found


PID = os.getpid()


def work(job: Job, checkers: Sequence[Registered], mark: Mark) -> None:
    """Do what a job says that its output does not say yet."""
    output = Path(job.output)
    before = read_output(output)
    policy = read_policy(Path(job.policy) if job.policy else None)
    if policy.digest != job.rules:
        raise Refused("The policy was changed while the run was going on.")
    now = datetime.fromisoformat(job.now)
    wanted = [one for one in checkers if isinstance(one.checker, STAGES[job.stage])]
    with output.open("a", encoding="utf-8") as file, store.open_ledger(Path(job.ledger)) as ledger:
        file.write("\n")  # ends a line that was cut off
        say = _writer(file)
        contexts = [Context(now, policy.of(one.name), policy) for one in wanted]
        desk = Desk(job, ledger.db, ledger, wanted, contexts, before, before.set_aside(), mark, say)
        if wanted:
            DOES[job.stage](desk)
        mark.away()
        say({"done": True})


class Refused(Exception):
    """The job is of another state of things than this worker finds."""


STAGES: dict[Stage, type] = {
    Stage.SOURCES: Detector,
    Stage.CLAIMS: Checker,
    Stage.KEYS: GroupChecker,
    Stage.GROUPS: GroupChecker,
    Stage.LEDGER: LedgerChecker,
}


def look_at_claims(desk: Desk) -> None:
    """Ask every checker about every claim of the job, a batch at a time."""
    handles = desk.job.lines()
    reader = Reader.of(desk.ledger, veil(desk.ledger))
    for start in range(desk.before.upto, len(handles), BATCH):
        batch = list(dossiers(desk.db, handles[start : start + BATCH], reader))
        _Batch(desk, start, batch).look()


UNCHECKED = ["", "", "", "", 0]
"""What is on record of a checker that was never called for a subject."""


class _Batch:
    """Some claims with their dossiers, and what is on record of them."""

    def __init__(self, desk: Desk, start: int, batch: Sequence[tuple[Dossier, Ground]]) -> None:
        self._desk = desk
        self._start = start
        self._batch = batch
        self._checked = queries.checked(desk.db, [dossier.claim.uid for dossier, _ in batch])
        self._tally: Counter[str] = Counter()
        self._called = 0
        self._at_once = self._ask_at_once()

    def look(self) -> None:
        """Call every checker that has to be called, and say what is news."""
        seen = [self._look_at(number) for number in range(len(self._batch))]
        end = self._start + len(self._batch)
        self._desk.mark.away()
        self._desk.say({"upto": end, "tally": self._tally, "called": self._called, "seen": "".join(seen)})

    def _look_at(self, number: int) -> str:
        desk, (dossier, ground) = self._desk, self._batch[number]
        job, tally = desk.job, self._tally
        checked = self._checked.get(dossier.claim.uid, {})
        input = input_of(job.rules, ground.digest)
        known = cache(partial(known_to, dossier))
        seen, subject, called = [dossier.claim.uid], self._start + number, False
        for which, one in enumerate(desk.checkers):
            before = checked.get(one.name, UNCHECKED)
            same = before[1] == input and before[0] == one.version
            if same and not job.force and before[4] and not ("" < before[3] <= job.now):
                seen.append(before[2])
                continue
            called = True
            call = self._given(which, number) if which in self._at_once else one.checker.check
            found = desk.call(which, subject, call, dossier, known, before[2] if same else "")
            seen.append(found.digest)
            for finding in found.findings:
                tally[finding.outcome] += 1
            if not same or found.digest != before[2]:
                desk.say({"number": job.start + subject, "set": set_of(one, found, input)})
        self._called += called
        return sha256("".join(seen).encode()).hexdigest()[:32]

    def _given(self, which: int, number: int) -> Callable[..., list[Finding]]:
        return lambda dossier, context: self._at_once[which][number]

    def _ask_at_once(self) -> dict[int, list[list[Finding]]]:
        """Ask those checkers that gain from it about the whole batch; one that fails is asked claim by claim."""
        desk, answers = self._desk, {}
        for which, one in enumerate(desk.checkers):
            checker = one.checker
            if type(checker).check_many is Checker.check_many or (WHOLE_BATCH, one.name) in desk.before.blamed:
                continue
            desk.mark.at(WHOLE_BATCH, which + 1)
            given = [dossier for dossier, _ in self._batch]
            found, _ = guarded(partial(_all_at_once, checker, given, desk.contexts[which]))
            if found is not None and len(found) == len(given):
                answers[which] = found
        return answers


def _all_at_once(checker: Checker, given: Sequence[Dossier], context: Context) -> list[list[Finding]]:
    return [list(found) for found in checker.check_many(given, context)]


def look_at_keys(desk: Desk) -> None:
    """Ask every group checker for the keys of every claim of the job."""
    handles = desk.job.lines()
    for start in range(desk.before.upto, len(handles), BATCH):
        batch = handles[start : start + BATCH]
        keys: dict[str, dict[str, list[str]]] = {one.name: {} for one in desk.checkers}
        for number, claim in enumerate(store.claims(desk.db, batch)):
            for which, one in enumerate(desk.checkers):
                if (start + number, one.name) in desk.before.blamed or one.name in desk.before.set_aside():
                    keys[one.name][claim.handle] = [""]
                    continue
                desk.mark.at(start + number, which + 1)
                given, reason = guarded(partial(_keys_of, one.checker, claim))
                keys[one.name][claim.handle] = [""] if given is None else given
                if given is None and reason.startswith("MemoryError"):
                    raise OutOfMemory
        desk.say({"keys": keys})
        desk.say({"upto": start + len(batch), "tally": {}, "called": 0, "seen": ""})


LONGEST_KEY = 500


def _keys_of(checker: Any, claim: Any) -> list[str]:
    keys = sorted(set(checker.keys(claim)))
    if not all(type(key) is str and 0 < len(key) <= LONGEST_KEY for key in keys):
        raise ValueError("a key is a short text")
    return keys


DOES: dict[Stage, Callable[[Any], None]] = {
    Stage.SOURCES: look_at_sources,
    Stage.CLAIMS: look_at_claims,
    Stage.KEYS: look_at_keys,
    Stage.GROUPS: meet,
    Stage.LEDGER: look_at_all,
}


def _finding(data: dict[str, Any]) -> Finding:
    return error(data["reason"], data.get("code", BROKE), data.get("fix", ""))


def cards_of(checkers: Iterable[Registered]) -> list[dict[str, str]]:
    """Return what the checkers say of themselves."""
    names = ("name", "version", "plugin", "establishes", "does_not_establish", "about", "scope")
    return [{name: getattr(one, name) for name in names} for one in checkers]


def _writer(file: TextIO) -> Say:
    def say(line: dict[str, Any]) -> None:
        file.write(json.dumps(line) + "\n")
        if "set" not in line:
            file.flush()

    return say


def main() -> None:
    """Say what the plugin's checkers are, then do the jobs that come in."""
    plugin, mark, memory = sys.argv[1], Mark(Path(sys.argv[2])), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.set_inheritable(answers.fileno(), False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a plugin prints must not reach the user's data
    jobs = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if hasattr(resource, "RLIMIT_AS") and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        _serve(plugin, jobs, answers, mark)
    except (MemoryError, OutOfMemory):
        os._exit(OUT_OF_MEMORY_EXIT)
    os._exit(0)  # threads and exit handlers that plugins left behind have no say any more


def _serve(plugin: str, jobs: TextIO, answers: TextIO, mark: Mark) -> None:
    loaded = plugins.load(only=plugin)
    checkers = loaded.checkers(read_policy_options(sys.argv[4]))
    cards = cards_of(checkers)
    _answer(answers, {"cards": cards, "faults": [attrs.asdict(fault) for fault in loaded.faults]})
    for line in jobs:
        job = Job.parse(line)
        if job.cards != digest(cards):
            _answer(answers, {"refused": f"{plugin} says other things of itself than when the run began."})
            continue
        try:
            work(job, checkers, mark)
            _answer(answers, {"done": job.output})
        except Refused as refusal:
            _answer(answers, {"refused": str(refusal)})


def read_policy_options(path: str) -> Any:
    """Return the settings of every checker, as a plugin is told them when it registers its own."""
    return read_policy(Path(path) if path else None).options


def _answer(answers: TextIO, said: dict[str, Any]) -> None:
    answers.write(json.dumps(said) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
