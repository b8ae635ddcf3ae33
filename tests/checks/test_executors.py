"""Executors of somebody else's: what they do wrong is one line that names them, and nothing is recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import attrs
import pytest

from ledger import checks
from ledger.book import Book
from ledger.errors import EnvironmentFault, PluginFailed
from ledger.executor import Executor, Job, Receipt, run_partition
from ledger.store import queries

STANDARD = "factledger-checkers"


@pytest.fixture
def pier(book: Book) -> Book:
    """A claim."""
    book.claim("The pier was closed in May.", id="pier")
    return book


def test_it_is_started_once_and_stopped_in_the_end(pier: Book, worker_pool: checks.WorkerPool) -> None:
    """It gets its options before the first job, then a call for each stage, and is stopped, whatever happened."""
    called: list[str] = []
    threads: set[int] = set()

    class Counted(Executor):
        name = "counted"
        workers = 3

        def start(self, options: Mapping[str, str]) -> None:
            called.append(f"start {dict(options)}")
            threads.add(get_ident())

        def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
            called.append("run")
            threads.add(get_ident())
            return (run_partition(job, worker_pool) for job in jobs)

        def stop(self) -> None:
            called.append("stop")
            threads.add(get_ident())
            raise RuntimeError("It is done anyway.")

    assert checks.check(pier, plugins=STANDARD, executor=Counted(), options={"of": "mine"}).called == 1
    assert called[0] == "start {'of': 'mine'}" and called[-1] == "stop"
    assert called[1:-1] == ["run"] * len(called[1:-1]) != []
    assert len(threads) == 1  # what is started in a thread may end with it
    called.clear()
    assert checks.check(pier, plugins=STANDARD, executor=Counted()).called == 0
    assert called == []  # nothing had to be looked at


class Raises(Executor):
    name = "raises"

    def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
        raise SystemExit(7)


class CannotStart(Executor):
    name = "cannot-start"

    def start(self, options: Mapping[str, str]) -> None:
        raise ZeroDivisionError("no workers")

    def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
        return []


class Numberless(Executor):
    name = "numberless"
    workers = 0

    def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
        return []


class Babbles(Executor):
    name = "babbles"

    def run(self, jobs: Sequence[Job]) -> Iterable[Any]:
        return ["done", "and done"]


@pytest.mark.parametrize(
    ("executor", "told"),
    [
        (Raises(), "The executor raises failed: SystemExit: 7."),
        (CannotStart(), "The executor cannot-start failed: ZeroDivisionError: no workers."),
        (Numberless(), "The executor numberless does not say how many workers it has."),
        (Babbles(), "The executor babbles gave str, which is no Receipt."),
    ],
)
def test_what_it_does_wrong_is_one_line(pier: Book, executor: Executor, told: str) -> None:
    """Whatever it raises, and whatever it gives in place of receipts, is told with its name; nothing is recorded."""
    size = queries.head(pier.ledger.db).size
    with pytest.raises(PluginFailed) as error:
        checks.check(pier, plugins=STANDARD, executor=executor)
    assert (re.sub(r" \(\S+, line \d+\)", "", error.value.message), error.value.exit_code) == (told, 4)
    assert queries.head(pier.ledger.db).size == size


def test_one_that_hangs_is_left_behind(pier: Book) -> None:
    """It has so long to give a receipt; then the run ends with a line that says so."""
    let_go = Event()

    class Hangs(Executor):
        name = "hangs"

        def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
            let_go.wait()
            return []

    try:
        with pytest.raises(PluginFailed, match="The executor hangs gave nothing for 1 seconds"):
            checks.check(pier, plugins=STANDARD, executor=Hangs(), patience=1.0)
    finally:
        let_go.set()


def test_a_receipt_that_is_not_of_what_was_found_is_refused(pier: Book, worker_pool: checks.WorkerPool) -> None:
    """Its digest is compared with the findings that came; another is taken for work that was not done."""

    class Lies(Executor):
        name = "lies"

        def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
            return (attrs.evolve(run_partition(job, worker_pool), sha256="0" * 64) for job in jobs)

    with pytest.raises(EnvironmentFault, match="1 of 1 partitions came back undone"):
        checks.check(pier, plugins=STANDARD, executor=Lies())


STRANGER = '''
"""Two executors, of which one cannot be used."""
from ledger import hookimpl
from ledger.executor import Executor


class Tidy(Executor):
    """Needs to know where."""
    name = "tidy"
    options = {"where": "an address"}

    def start(self, options):
        raise RuntimeError(f"I was told {options['where']}.")

    def run(self, jobs):
        return []


class Idle(Executor):
    name = "idle"


@hookimpl
def ledger_register_executors():
    return [Tidy(), Idle(), object()]
'''


@pytest.mark.long
def test_options_are_named_on_the_command_line(
    pier: Book, install: Callable[..., None], installed: Any, ledger_path: Path
) -> None:
    """-o reaches the executor that has it; one that it does not have, or that nobody is for, is one line."""
    install("tidy", STRANGER)
    for words, code, told in (
        (
            ["--executor", "tidy", "-o", "where=there=here"],
            4,
            "The executor tidy failed: RuntimeError: I was told there=here.",
        ),
        (["--executor", "tidy", "-o", "when=now"], 2, "The executor tidy has no option when. It has: where."),
        (["-o", "where=there"], 2, "-o is an option of an executor. Name one: --executor NAME"),
        (["--executor", "idle"], 2, "No plugin brings an executor idle. There are: tidy."),
    ):
        done = installed("check", "--all", *words)
        assert done.returncode == code and done.stderr.startswith(f"Error: {told}"), done.stderr
        assert done.stderr.count("\n") == 1
    listed = json.loads(installed("plugins").stdout)
    assert listed["executors"] == [{"name": "tidy", "options": {"where": "an address"}}]
    assert [fault["reason"] for fault in listed["faults"]] == [
        "Its executor Idle has no method run (tidy.py, line 19).",
        "It registered object, which is no Executor.",
    ]
