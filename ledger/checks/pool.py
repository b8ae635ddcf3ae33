"""Watching a worker: whatever it does, the partition ends.

A checker may loop for ever and swallow every exception, so nothing inside its
process can stop it. The watcher does: a call that outlasts its limit is killed
with everything it started, gets its own finding, and the work goes on after it.
Each plugin has a worker of its own, so that none can touch another's findings.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import attrs

from .. import wire
from ..errors import EnvironmentFault
from ..partition import Job, Receipt, Stage
from ..plugins import SWITCH, PluginFault
from ..plugins.introduction import Card
from ..plugins.surroundings import without_secrets
from ..store.beside import ELSEWHERE
from .cursor import NOWHERE, WHOLE_BATCH, Cursor
from .job import (
    ENDED,
    OUT_OF_MEMORY,
    OUT_OF_MEMORY_EXIT,
    OUT_OF_TIME,
    PATIENCE,
    error,
    findings_digest,
    read_output,
)

LIMIT = 10.0
"""Seconds one call of a checker may take."""

MEMORY = 4 * 2**30
"""Bytes of address space that a worker may take (Linux)."""

START_LIMIT = 60.0
"""Seconds a worker may take to start, to import its plugin, or for our own work between two calls."""

GLANCE = 0.05
"""Seconds between looks at a worker."""

LONGEST_WORDS = 4_000
"""Bytes of what a worker says on stderr that are kept, from its end."""

FRUITLESS = 3
"""Workers that may end outside of any call, one after the other, before the partition is given up."""

Report = Callable[[int], None]
"""Called now and then with the number of calls made so far."""


@attrs.frozen
class EarlyExit:
    """Why a worker ended before its work was done, and what it last said on stderr."""

    code: str
    reason: str
    words: str

    def told(self) -> str:
        """Return it in a sentence or two."""
        return f"{self.reason} {self.words}".strip()


UNREADABLE = EarlyExit(ENDED, "What its process said could not be read.", "")
"""It has changed what it had no business to change."""


class Worker:
    """A child process that has loaded one plugin, as whoever watches it sees it."""

    def __init__(
        self, plugin: str, cursor: Path, *, memory: int, policy: str, switch: str | None = None, archive: str = ""
    ) -> None:
        self._cursor = Cursor(cursor)
        self._words = b""
        self._pending = b""
        ours, lifeline = os.pipe()
        self._lifeline = os.fdopen(lifeline, "wb")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ledger.checks.worker", plugin, str(cursor), str(memory), policy, str(ours)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[ours],
            env=without_secrets()
            | ({} if switch is None else {SWITCH: switch})
            | ({ELSEWHERE: archive} if archive else {}),
        )
        os.close(ours)
        assert self._process.stdout is not None and self._process.stderr is not None
        self._selector = selectors.DefaultSelector()
        for stream in (self._process.stdout, self._process.stderr):
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ)

    def introduction(self) -> tuple[list[Card], list[dict[str, str]]] | EarlyExit:
        """Return (cards, faults) of the plugin, or why it could not say."""
        said = self._answer(START_LIMIT, lambda count: None)
        if isinstance(said, EarlyExit):
            return said
        return (said["cards"], said["faults"]) if said.keys() >= {"cards", "faults"} else UNREADABLE

    def do(self, job: Job, report: Report) -> EarlyExit | None:
        """Have a job done; return None, or why the worker ended early. Raises EnvironmentFault if it refuses."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(job.text().encode() + b"\n")
            self._process.stdin.flush()
        said = self._answer(job.limit, report)
        if isinstance(said, EarlyExit):
            return said
        if "refused" in said:
            raise EnvironmentFault(said["refused"], hint="Nothing was recorded. Run the check again.")
        return None

    def place(self) -> tuple[int, int]:
        """Return the numbers of the subject and of the checker of the last call; 0 for no checker."""
        place = self._cursor.place
        return place.subject, place.checker

    def _answer(self, limit: float, report: Report) -> dict[str, Any] | EarlyExit:
        """Return the next line the worker says, or why none came."""
        count, since = -1, monotonic()
        while True:
            line = self._line()
            if line is not None:
                return line
            now = monotonic()
            place = self._cursor.place
            if place.count != count:
                count, since = place.count, now
                report(count)
            elif now - since > limit and (place.checker != NOWHERE or now - since > START_LIMIT):
                self.close()
                return EarlyExit(OUT_OF_TIME, "It took longer than it may and was stopped.", "")
            if self._process.poll() is not None:
                self._read(0)
                return self._line() or self._early(self._process.returncode)

    def _line(self) -> dict[str, Any] | EarlyExit | None:
        if b"\n" not in self._pending:
            self._read(GLANCE)
        line, newline, rest = self._pending.partition(b"\n")
        if not newline:
            return None
        self._pending = rest
        try:
            said = json.loads(line)
        except ValueError:
            return UNREADABLE
        return said if isinstance(said, dict) else UNREADABLE

    def _read(self, wait: float) -> None:
        for key, _ in self._selector.select(wait):
            data = os.read(key.fd, 1 << 16)
            if not data:
                self._selector.unregister(key.fileobj)
            elif key.fileobj is self._process.stdout:
                self._pending += data
            else:
                self._words = (self._words + data)[-LONGEST_WORDS:]

    def _early(self, code: int) -> EarlyExit:
        self.close()
        if code == OUT_OF_MEMORY_EXIT:
            return EarlyExit(OUT_OF_MEMORY, "It used more memory than it may.", "")
        lines = self._words.decode("utf-8", "replace").strip().splitlines()
        return EarlyExit(ENDED, f"It ended the process (exit {code}).", lines[-1][:300] if lines else "")

    def kill(self) -> None:
        """End the worker and everything it started, but for what has left its session."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the worker as `kill` does, and wait for its end."""
        self.kill()
        self._process.wait()
        self._selector.close()
        self._lifeline.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()


class WorkerPool:
    """Workers that are kept between jobs, one for each plugin; `archive` is where texts lie, "" beside the ledger."""

    def __init__(self, folder: Path, *, memory: int, policy: str, switch: str | None = None, archive: str = "") -> None:
        self._folder = folder
        self._options: Mapping[str, Any] = {"memory": memory, "policy": policy, "switch": switch, "archive": archive}
        self._workers: dict[str, Worker] = {}
        self._cards: dict[str, list[Card]] = {}
        self._stopped = False
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, plugin: str) -> Worker:
        """Return the plugin's worker, started if there is none; raises EnvironmentFault once the pool was stopped."""
        if plugin not in self._workers:
            cursor = self._folder / f"cursor-{sha256(plugin.encode()).hexdigest()[:8]}"
            cursor.unlink(missing_ok=True)
            self._workers[plugin] = Worker(plugin, cursor, **self._options)
            if self._stopped:
                self.drop(plugin)
                raise EnvironmentFault("The run was broken off.", hint="Run the check again.")
        return self._workers[plugin]

    def introduced(self, plugin: str) -> tuple[list[Card], list[dict[str, str]]] | EarlyExit:
        """Start a plugin's worker if need be; return what the plugin says of itself, or why it could not."""
        worker = self.start(plugin)
        if plugin in self._cards:
            return self._cards[plugin], []
        said = worker.introduction()
        if isinstance(said, EarlyExit):
            self.drop(plugin)
        else:
            self._cards[plugin] = said[0]
        return said

    def drop(self, plugin: str) -> None:
        """End a plugin's worker."""
        worker = self._workers.pop(plugin, None)
        if worker is not None:
            worker.close()
        self._cards.pop(plugin, None)

    def stop(self) -> None:
        """End every worker, also from another thread than the one that watches them; none is started any more."""
        self._stopped = True
        for worker in list(self._workers.values()):
            worker.kill()

    def close(self) -> None:
        """End every worker."""
        for plugin in list(self._workers):
            self.drop(plugin)


def run_partition(job: Job, pool: WorkerPool | None = None, report: Report = lambda count: None) -> Receipt:
    """Do a job in a child process, however often that has to be started, and return the receipt.

    Pure but for the output file, which a second call goes on with. `pool` are workers to use and keep.
    Raises EnvironmentFault if the work cannot be done here.
    """
    began = monotonic()
    own = pool is None
    folder = Path(f"{job.output}.worker")
    used = pool or WorkerPool(folder, memory=job.memory, policy=job.policy, archive=job.archive)
    output = Path(job.output)
    fruitless, given_up = 0, False
    try:
        while not (so_far := read_output(output)).done:
            introduced = used.introduced(job.plugin)
            early = introduced if isinstance(introduced, EarlyExit) else used.start(job.plugin).do(job, report)
            if early is None:
                continue
            blamed = not isinstance(introduced, EarlyExit) and _blame(job, introduced[0], used.start(job.plugin), early)
            used.drop(job.plugin) if not isinstance(introduced, EarlyExit) else None
            fruitless = 0 if blamed else fruitless + 1
            if fruitless < FRUITLESS:
                continue
            if given_up or isinstance(introduced, EarlyExit):
                raise EnvironmentFault(
                    f"The plugin {job.plugin} cannot be worked with: {early.told()}", hint="Run: factledger plugins"
                )
            _blame_all(job, introduced[0], so_far.upto, early)
            fruitless, given_up = 0, True
    finally:
        if own:
            used.close()
    return Receipt(job.output, so_far.upto, findings_digest(so_far), monotonic() - began)


def _blame(job: Job, cards: list[Card], worker: Worker, early: EarlyExit) -> bool:
    """Write down which call it was, so that the next worker goes on after it; return whether it was one."""
    subject, number = worker.place()
    if number == NOWHERE:
        return False
    _write_blame(job, subject, _names(job, cards)[number - 1], early)
    return True


def _blame_all(job: Job, cards: list[Card], upto: int, early: EarlyExit) -> None:
    """Set all of a plugin's checkers aside: it ends its worker, time and again, but not within a call."""
    for name in _names(job, cards):
        for subject in range(upto, upto + PATIENCE):
            _write_blame(job, subject, name, early)


def _names(job: Job, cards: list[Card]) -> list[str]:
    scope = {
        "sources": "source",
        "asks": "claim",
        "claims": "claim",
        "keys": "group",
        "groups": "group",
        "ledger": "ledger",
    }[job.stage]
    return [card["name"] for card in cards if card["scope"] == scope]


SCOPE_AT = {
    Stage.SOURCES: "source",
    Stage.ASKS: "claim",
    Stage.CLAIMS: "claim",
    Stage.KEYS: "group",
    Stage.GROUPS: "group",
    Stage.LEDGER: "ledger",
}
"""What is looked at by the checkers that are called at a stage."""


def _write_blame(job: Job, subject: int, checker: str, early: EarlyExit) -> None:
    finding = error(early.told(), early.code, "Tell the authors of this checker.")
    line = {"blame": [subject, checker], "finding": wire.unstructure(finding)}
    with Path(job.output).open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(line) + "\n")


def fault_of(plugin: str, version: str, early: EarlyExit) -> PluginFault:
    """Return what to file of a plugin that ended the process that imported it."""
    what = "Importing it took too long." if early.code == OUT_OF_TIME else f"Importing it: {early.told()}"
    return PluginFault(plugin, version, what)


__all__ = ["LIMIT", "MEMORY", "WHOLE_BATCH", "EarlyExit", "Report", "Worker", "WorkerPool", "fault_of", "run_partition"]
