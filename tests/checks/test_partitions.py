"""Partitions: done by whoever, again, or after their output was cut off, they give the same."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import EnvironmentFault, checks
from ledger.book import Book
from ledger.checks import WorkerPool
from ledger.executor import Executor, Job, Receipt, run_partition
from ledger.store import queries

STRANGER = '''
"""backwards: an executor of somebody else's, which does the last partition first."""
from ledger import hookimpl
from ledger.executor import Executor, run_partition


class Backwards(Executor):
    """Does the last partition first."""

    name = "backwards"

    def run(self, jobs):
        return [run_partition(job) for job in reversed(jobs)]


@hookimpl
def ledger_register_executors():
    return [Backwards()]
'''

STANDARD = "factledger-checkers"


@pytest.fixture
def pier(book: Book) -> Book:
    """Twelve claims on two sources."""
    with book.together():
        sources = [book.source(f"Minutes {number}", published="2031-05-03") for number in range(2)]
        for number in range(12):
            claim = book.claim(f"Pier {number} was closed in May.", id=f"pier-{number}", occurred="2031-05-02")
            book.evidence(claim, sources[number % 2])
    return book


@attrs.define
class Kept(Executor):
    """An executor that does the jobs, and then again after their outputs were cut off at many bytes."""

    name = "kept"
    pool: WorkerPool
    receipts: list[tuple[Receipt, Receipt]] = attrs.field(factory=list)

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        drawn = random.Random(7)
        for job in jobs:
            first = run_partition(job, self.pool)
            whole = Path(job.output).read_bytes()
            for cut in [0, 1, len(whole), *(drawn.randrange(len(whole)) for _ in range(4))]:
                Path(job.output).write_bytes(whole[:cut])
                self.receipts.append((first, run_partition(job, self.pool)))
            yield first


def test_a_partition_that_was_cut_off_anywhere_is_gone_on_with(pier: Book, worker_pool: WorkerPool) -> None:
    """From nothing, from any byte, or when it was done already: the receipt is the same, and so is the run."""
    kept = Kept(worker_pool)
    first = checks.check(pier, plugins=STANDARD, size=6, executor=kept)
    # seven ways each: the sources, the whole, the claims that meet, two partitions each of the claims and their keys
    assert len(kept.receipts) == 49
    for one, other in kept.receipts:
        assert (one.output, one.subjects, one.sha256) == (other.output, other.subjects, other.sha256)
    again = checks.check(pier, plugins=STANDARD, everything=True)
    assert again.changed == ()
    assert first.run is not None and again.run is not None
    assert again.run.digest == first.run.digest


def test_a_job_is_small_and_says_under_which_rules_it_is_done(pier: Book, worker_pool: WorkerPool) -> None:
    """A job fits in two kilobytes of JSON; one of another policy, or of other checkers, is refused."""

    class Refused(Executor):
        name = "refused"

        def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
            for job in jobs:
                assert len(job.text().encode()) <= 2_000
                for other in ({"rules": "0" * 64}, {"cards": "0" * 64}):
                    with pytest.raises(EnvironmentFault, match="Run the check again"):
                        run_partition(attrs.evolve(job, **other), worker_pool)
                yield run_partition(job, worker_pool)

    assert checks.check(pier, plugins=STANDARD, executor=Refused()).called == 12


def test_an_executor_that_loses_a_partition_is_told(pier: Book) -> None:
    """What came back undone is an error that says how much, and nothing is recorded."""

    class Forgetful(Executor):
        name = "forgetful"

        def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
            return (run_partition(job) for job in jobs[1:])

    size = queries.head(pier.ledger.db).size
    with pytest.raises(EnvironmentFault, match="1 of 1 partitions came back undone"):
        checks.check(pier, plugins=STANDARD, size=4, executor=Forgetful())
    assert queries.head(pier.ledger.db).size == size


@pytest.mark.long
def test_an_executor_of_somebody_elses_is_found_by_name(
    pier: Book, install: Callable[..., None], installed: Any, ledger_path: Path
) -> None:
    """A plugin registers it, `check --executor` names it; a name that nobody brings is one line."""
    install("backwards", STRANGER)
    done = installed("check", "--all", "--json", "--fail-on", "never", "--executor", "backwards")
    assert done.returncode == 0, done.stderr
    assert {line["subject"] for line in json.loads(done.stdout)} >= {f"pier-{number}" for number in range(12)}
    wrong = installed("check", "--executor", "forwards")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "Error: No plugin brings an executor forwards. There are: backwards.\n",
    )
