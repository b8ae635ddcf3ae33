"""Ways to have partitions done: by processes here, or by what a plugin brings.

Workers are processes of their own in any case; a thread here does no more than watch them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

import attrs

from ..errors import LedgerError, PluginFailed
from ..partition import Executor, Job, Receipt
from ..plugins import guarded
from .pool import GLANCE, Report, WorkerPool, run_partition

T = TypeVar("T")

MANY = 5_000
"""Subjects from which on a run is spread over the processors by itself."""

SMALLEST = 1_000
LARGEST = 50_000
"""Subjects in a partition: enough that starting it does not count, few enough that every worker has some."""

PATIENCE = 3_600.0
"""Seconds in which a plugin's executor has to give a receipt, unless a run says otherwise."""

TO_STOP = 30.0
"""Seconds that it has to stop."""


@attrs.frozen
class Processes:
    """Runs jobs on this machine, so many at a time, with workers that are kept between jobs."""

    pools: Sequence[WorkerPool]
    report: Report

    @property
    def workers(self) -> int:
        """How many jobs are done at once."""
        return len(self.pools)

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        """Yield receipts in the order of the jobs."""
        if len(self.pools) == 1 or len(jobs) == 1:
            for job in jobs:
                yield run_partition(job, self.pools[0], self.report)
            return
        waiting: SimpleQueue[tuple[int, Job]] = SimpleQueue()
        came: SimpleQueue[tuple[int, Receipt | BaseException]] = SimpleQueue()
        ended: SimpleQueue[None] = SimpleQueue()
        for numbered in enumerate(jobs):
            waiting.put(numbered)

        def work(pool: WorkerPool) -> None:
            with suppress(Empty):
                while True:
                    number, job = waiting.get_nowait()
                    came.put((number, self._tried(job, pool)))
            ended.put(None)

        begun = 0
        try:
            for pool in self.pools:
                Thread(target=work, args=(pool,), daemon=True).start()
                begun += 1
            yield from _in_order(came, len(jobs))
        except BaseException:  # else the threads would go on with all that they have
            for pool in self.pools:
                pool.stop()
            with suppress(Empty):
                for _ in range(begun):
                    _next(ended, TO_STOP)
            raise

    def _tried(self, job: Job, pool: WorkerPool) -> Receipt | BaseException:
        try:
            return run_partition(job, pool, self.report)
        except BaseException as error:  # noqa: BLE001  # it is raised where receipts are taken
            return error


def _in_order(came: SimpleQueue[tuple[int, Receipt | BaseException]], count: int) -> Iterator[Receipt]:
    """Yield so many receipts in the order of their numbers, as they come; raise what came in the place of one."""
    early: dict[int, Receipt | BaseException] = {}
    for number in range(count):
        while number not in early:
            at, receipt = _next(came)
            early[at] = receipt
        found = early.pop(number)
        if isinstance(found, BaseException):
            raise found
        yield found


def _next(queue: SimpleQueue[T], patience: float = inf) -> T:
    """Return what comes next in a queue; raise Empty if that takes longer than so many seconds.

    Waited for a moment at a time: a signal that comes just before a thread waits is heard when it does no more. And in
    a queue that is written in C: one that comes in a lock written in Python, as futures have, may leave it locked.
    """
    until = monotonic() + patience
    while True:
        try:
            return queue.get(timeout=min(GLANCE, max(until - monotonic(), 0)))
        except Empty:
            if monotonic() >= until:
                raise


@attrs.define
class Guarded:
    """A plugin's executor: whatever it raises, and that it gives nothing for `patience` seconds, is one PluginFailed.

    It is started by the first who asks for its `workers`, with `options`. An error of ours that it passes on (that a
    worker refuses, say) stays what it is.
    """

    executor: Executor
    options: Mapping[str, str]
    patience: float
    _started: bool = attrs.field(default=False, init=False)
    _calls: SimpleQueue[Any] | None = attrs.field(default=None, init=False)

    @property
    def workers(self) -> int:
        """How many jobs it has done at once."""
        if not self._started:
            self._started = True
            list(self._given(lambda: _nothing(self.executor.start, self.options), self.patience))
        if type(self.executor.workers) is not int or self.executor.workers < 1:
            raise self._failed("does not say how many workers it has")
        return self.executor.workers

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        """Yield its receipts."""
        for receipt in self._given(lambda: self.executor.run(jobs), self.patience):
            if not isinstance(receipt, Receipt):
                raise self._failed(f"gave {type(receipt).__name__}, which is no Receipt")
            yield receipt

    def stop(self) -> None:
        """Have it stop; what goes wrong then changes nothing that was found."""
        if self._started:
            guarded(lambda: list(self._given(lambda: _nothing(self.executor.stop), TO_STOP)))
        if self._calls is not None:
            self._calls.put(None)

    def _given(self, call: Callable[[], Iterable[Any]], patience: float) -> Iterator[Any]:
        """Yield what a call gives; one that hangs, or is broken off, is left behind with its thread."""
        if self._calls is None:
            self._calls = SimpleQueue()
            Thread(target=self._serve, args=[self._calls], daemon=True).start()
        calls, given = self._calls, SimpleQueue[tuple[Any, ...] | LedgerError | None]()
        calls.put((call, given))
        found: tuple[Any, ...] | LedgerError | None = ()
        try:
            while isinstance(found := _next(given, patience), tuple):
                yield found[0]
        except Empty:
            raise self._failed(f"gave nothing for {patience:,g} seconds") from None
        finally:
            if isinstance(found, tuple):
                self._calls = None
                calls.put(None)
        if found is not None:
            raise found

    def _serve(self, calls: SimpleQueue[Any]) -> None:
        """Make calls, all in one thread: what an engine starts in one may end with it (PR_SET_PDEATHSIG)."""
        while (todo := calls.get()) is not None:
            call, given = todo
            _, reason = guarded(_feed, call, given)
            given.put(self._failed(f"failed: {reason}") if reason else None)

    def _failed(self, what: str) -> PluginFailed:
        return PluginFailed(
            f"The executor {self.executor.name} {what}.", hint="Nothing was recorded. Try without --executor."
        )


def _feed(call: Callable[[], Iterable[Any]], given: SimpleQueue[Any]) -> None:
    """Put what a call gives, and an error of ours that it raises, into a queue."""
    try:
        for one in call():
            given.put((one,))
    except LedgerError as error:
        given.put(error)


def _nothing(call: Callable[..., None], *given: Any) -> Iterator[Any]:
    """Call something that gives nothing, and yield nothing."""
    call(*given)
    yield from ()


def workers_for(subjects: int) -> int:
    """Return how many workers a run of so many subjects gets unless it is told."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") and subjects >= MANY else 1


def spans(subjects: int, workers: int, size: int | None = None) -> list[tuple[int, int]]:
    """Return (start, stop) of each partition of so many subjects."""
    if size is None:
        size = subjects if workers == 1 else max(SMALLEST, -(-subjects // (4 * workers)))
        size = min(size, LARGEST)
    return [(start, min(start + size, subjects)) for start in range(0, subjects, max(size, 1))]


def pools_for(folder: Path, workers: int, *, memory: int, policy: str, switch: str | None) -> list[WorkerPool]:
    """Return pools for so many workers at a time; no process is started yet."""
    return [
        WorkerPool(folder / f"pool-{number}", memory=memory, policy=policy, switch=switch) for number in range(workers)
    ]
