"""The child process that calls one plugin's checkers: `python -m ledger.checks.worker PLUGIN MARK MEMORY POLICY PIPE`.

It runs strangers' code, so it holds the ledger read-only, keeps its answers away
from what they print, and marks each call before it makes it: whoever watches
can then name the culprit. It says what its checkers are, and then takes jobs:
one line of JSON each on stdin, one line of JSON back.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import attrs

from .. import plugins, store
from ..checker import Context
from ..errors import EnvironmentFault
from ..partition import Job
from ..plugins import Registered
from ..plugins.introduction import Card, cards_of
from ..plugins.surroundings import end_with_parent
from ..policy import read_policy
from .calls import OutOfMemory
from .cursor import Cursor
from .dossiers import digest
from .job import OUT_OF_MEMORY_EXIT, pinned, read_output
from .stages import STAGES, JobContext


def work(job: Job, checkers: Sequence[Registered], cursor: Cursor) -> None:
    """Do what a job says that its output does not say yet."""
    output = Path(job.output)
    before = read_output(output)
    policy = read_policy(Path(job.policy) if job.policy else None)
    if policy.digest != job.rules:
        raise JobRefused("The policy was changed while the run was going on.")
    now = datetime.fromisoformat(job.now)
    called, look = STAGES[job.stage]
    wanted = [one for one in checkers if isinstance(one.checker, called)]
    with output.open("a", encoding="utf-8") as file, store.open_ledger(Path(job.ledger)) as ledger:
        if job.head and job.head != (here := pinned(ledger.db)):
            raise JobRefused(f"The run is about a ledger whose log ends at {job.head}; the one here ends at {here}.")
        file.write("\n")  # ends a line that was cut off
        say = _writer(file)
        contexts = [Context(now, policy.of(one.name), policy) for one in wanted]
        context = JobContext(job, ledger.db, ledger, wanted, contexts, before, before.set_aside(), cursor, say)
        if wanted:
            look(context)
        cursor.away()
        say({"done": True})


class JobRefused(Exception):
    """The job is of another state of things than this worker finds."""


_encode = json.JSONEncoder(check_circular=False).encode


def _writer(file: TextIO) -> Callable[[dict[str, Any]], None]:
    def say(line: dict[str, Any]) -> None:
        file.write(_encode(line) + "\n")
        if "set" not in line:
            file.flush()

    return say


def main() -> None:
    """Say what the plugin's checkers are, then do the jobs that come in."""
    plugin, cursor, memory = sys.argv[1], Cursor(Path(sys.argv[2])), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.set_inheritable(answers.fileno(), False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a plugin prints must not reach the user's data
    jobs = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    end_with_parent(int(sys.argv[5]))
    if hasattr(resource, "RLIMIT_AS") and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        _serve(plugin, jobs, answers, cursor)
    except (MemoryError, OutOfMemory):
        os._exit(OUT_OF_MEMORY_EXIT)
    os._exit(0)  # threads and exit handlers that plugins left behind have no say any more


def _serve(plugin: str, jobs: TextIO, answers: TextIO, cursor: Cursor) -> None:
    policy = read_policy(Path(sys.argv[4]) if sys.argv[4] else None)
    if Path(plugin).is_absolute():  # a file that is tried
        loaded = plugins.load(these=[plugins.file_plugin(Path(plugin))])
    else:
        loaded = plugins.load(only=plugin, folders=policy.plugin_folders)
    checkers = loaded.checkers(policy.options)
    cards = cards_of(checkers)
    gc.freeze()  # what was loaded stays: it is not gone through again whenever rubbish is collected
    _answer(answers, {"cards": cards, "faults": [attrs.asdict(fault) for fault in loaded.faults]})
    for line in jobs:
        try:
            job = Job.parse(line)
            if job.cards != digest(cards):
                raise JobRefused(_differing(plugin, job.checkers, cards))
            work(job, checkers, cursor)
            _answer(answers, {"done": job.output})
        except JobRefused as refusal:
            _answer(answers, {"refused": str(refusal)})
        except EnvironmentFault as fault:
            _answer(answers, {"refused": fault.message})


def _differing(plugin: str, checkers: Iterable[str], cards: Iterable[Card]) -> str:
    """Return which checkers (name@version) are others here than where the run began."""
    here = {card["name"]: card["version"] for card in cards}
    there = dict(one.split("@") for one in checkers)
    others = [
        f"{name} {here[name]}, not {version}" for name, version in there.items() if here.get(name, version) != version
    ]
    others += [f"no {name} {version}" for name, version in there.items() if name not in here]
    told = f"of those of the run there is {'; '.join(others)}" if others else "they say other things of themselves"
    return f"{plugin} has other checkers here than where the run began: {told}."


def _answer(answers: TextIO, said: dict[str, Any]) -> None:
    answers.write(json.dumps(said) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
