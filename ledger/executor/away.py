"""A job done where nothing of the run is at hand: what it needs is fetched, and what was found is put back."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from threading import local
from weakref import finalize

import attrs

from .. import store
from ..checks.pool import WorkerPool, run_partition
from ..errors import LedgerError
from ..partition import Job, Receipt
from .folder import SharedFolder

HERE = local()
"""What each thread of a process keeps from job to job: its workplace."""


def run_shared(line: str) -> str:
    """Do a job that `Share.send` wrote down, and return what `Share.receive` takes; whatever forbids it is said there.

    What the jobs of a run have in common is fetched once, and the processes that call checkers are kept.
    """
    if not hasattr(HERE, "workplace"):
        HERE.workplace = Workplace()
    try:
        receipt: Receipt = HERE.workplace.do(Job.parse(line))
    except LedgerError as error:
        return json.dumps({"refused": error.message, "hint": error.hint})
    return json.dumps(attrs.asdict(receipt))


class Workplace:
    """A folder for the files of one run at a time, and workers for its jobs; both go with the thread."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._folder = self._stack.enter_context(store.scratch_folder())
        self._numbers = count()
        self._run = ""
        self._pools: list[WorkerPool] = []
        self._stack.callback(_close, self._pools)
        finalize(self, self._stack.close)

    def do(self, job: Job) -> Receipt:
        """Do a job whose places are addresses."""
        run = job.ledger.rpartition("/")[0]
        if run != self._run:
            self._leave()
            self._run = run
        place, files = SharedFolder(run), self._folder / "run"
        files.mkdir(exist_ok=True)
        output = files / f"output-{next(self._numbers)}.ndjson"
        here = attrs.evolve(
            job,
            ledger=_fetched(place, job.ledger, files),
            subjects=_fetched(place, job.subjects, files),
            policy=_fetched(place, job.policy, files) if job.policy else "",
            output=str(output),
        )
        if not self._pools:
            pool = WorkerPool(files / "pool", memory=here.memory, policy=here.policy, archive=here.archive)
            self._pools.append(pool)
        receipt = run_partition(here, self._pools[0])
        place.put(output, job.output.removeprefix(f"{run}/"))
        output.unlink()
        return attrs.evolve(receipt, output=job.output)

    def _leave(self) -> None:
        """Let go of what the last run needed."""
        _close(self._pools)
        shutil.rmtree(self._folder / "run", ignore_errors=True)


def _close(pools: list[WorkerPool]) -> None:
    while pools:
        pools.pop().close()


def _fetched(place: SharedFolder, address: str, folder: Path) -> str:
    """Return the file here that is at an address, fetched unless it is here."""
    here = folder / address.rpartition("/")[2]
    if not here.exists():
        place.get(address, here)
    return str(here)
