"""Ways to have partitions done: one after the other, or several at a time.

An executor takes jobs and gives back receipts, in any order. Workers are
processes of their own in any case; a thread here does no more than watch them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

import attrs

from .job import Job, Receipt
from .supervise import Hands, Report, run_partition

MANY = 5_000
"""Subjects from which on a run is spread over the processors by itself."""

SMALLEST = 1_000
LARGEST = 50_000
"""Subjects in a partition: enough that starting it does not count, few enough that every worker has some."""


class Executor(Protocol):
    """What a plugin registers to spread a run over other machines; `run` may call `run_partition` anywhere."""

    name: str

    def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
        """Have every job done and return its receipt; raise if one cannot be."""
        ...


@attrs.frozen
class Processes:
    """Runs jobs on this machine, so many at a time, with workers that are kept between jobs."""

    hands: Sequence[Hands]
    report: Report

    name = "processes"

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        """Yield receipts in the order of the jobs."""
        if len(self.hands) == 1 or len(jobs) == 1:
            for job in jobs:
                yield run_partition(job, self.hands[0], self.report)
            return
        free: SimpleQueue[Hands] = SimpleQueue()
        for hands in self.hands:
            free.put(hands)

        def do(job: Job) -> Receipt:
            hands = free.get()
            try:
                return run_partition(job, hands, self.report)
            finally:
                free.put(hands)

        with ThreadPoolExecutor(len(self.hands)) as pool:
            yield from pool.map(do, jobs)


def workers_for(subjects: int) -> int:
    """Return how many workers a run of so many subjects gets unless it is told."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") and subjects >= MANY else 1


def spans(subjects: int, workers: int, size: int | None = None) -> list[tuple[int, int]]:
    """Return (start, stop) of each partition of so many subjects."""
    if size is None:
        size = subjects if workers == 1 else max(SMALLEST, -(-subjects // (4 * workers)))
        size = min(size, LARGEST)
    return [(start, min(start + size, subjects)) for start in range(0, subjects, max(size, 1))]


def hands_for(folder: Path, workers: int, *, memory: int, policy: str, switch: str | None) -> list[Hands]:
    """Return hands for so many workers at a time; no process is started yet."""
    return [Hands(folder / f"hands-{number}", memory=memory, policy=policy, switch=switch) for number in range(workers)]
