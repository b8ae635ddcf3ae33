"""Jobs for machines that share no disk: whoever begins the run lays out what they need, and takes in what was found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import attrs

from .. import store
from ..checks.job import pinned
from ..errors import EnvironmentFault
from ..partition import Job, Receipt
from .folder import SharedFolder


class Share:
    """What the jobs of one run need, at an address that every worker reaches, for as long as the run takes.

    That is the ledger as it is when the first job of a stage is sent, named by the head of its log; its archived texts,
    unless FACTLEDGER_ARCHIVE has them at an address already; the policy; and lists of subjects. Use it as a context
    manager, or close it: nothing stays there.
    """

    def __init__(self, address: str) -> None:
        """Raise InputError for what is no address."""
        self._place = SharedFolder(address).inside(f"run-{uuid4().hex}")
        self._sent: dict[str, str] = {}
        self._outputs: dict[str, Path] = {}
        self._numbers = count()
        self._stack = ExitStack()

    @classmethod
    def here(cls) -> Share:
        """Return one in a folder of this machine that goes with the process."""
        stack = ExitStack()
        share = cls(stack.enter_context(store.scratch_folder()).as_uri())
        share._stack = stack
        return share

    def send(self, jobs: Sequence[Job]) -> list[str]:
        """Lay out what the jobs of a stage need and return each as a line for `run_shared`, with addresses only."""
        if not jobs:
            return []
        ledger, head, archive = self._ledger(Path(jobs[0].ledger))
        lines = []
        for job in jobs:
            output = f"{self._place.address}/output-{next(self._numbers)}.ndjson"
            self._outputs[output] = Path(job.output)
            away = attrs.evolve(
                job,
                ledger=ledger,
                head=head,
                archive=archive,
                subjects=self._file(Path(job.subjects)),
                policy=self._file(Path(job.policy)) if job.policy else "",
                output=output,
            )
            lines.append(away.text())
        return lines

    def receive(self, said: str) -> Receipt:
        """Take in what `run_shared` said of a job, and what was found; raise EnvironmentFault if it was refused."""
        told = json.loads(said)
        if "refused" in told:
            raise EnvironmentFault(told["refused"], hint=told["hint"])
        receipt = Receipt(**told)
        local = self._outputs[receipt.output]
        self._place.get(receipt.output, local)
        return attrs.evolve(receipt, output=str(local))

    def close(self) -> None:
        """Remove all that was laid out."""
        with self._stack:
            self._place.remove()

    def __enter__(self) -> Share:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ledger(self, path: Path) -> tuple[str, str, str]:
        """Return the address of the ledger as it is, the head of its log, and the address of its archive."""
        with store.open_ledger(path) as ledger:
            head, archive = pinned(ledger.db), ledger.archive
            if _name(head) not in self._sent:
                head = self._send_ledger(ledger)
        return self._sent[_name(head)], head, archive if isinstance(archive, str) else self._archive(archive)

    def _send_ledger(self, ledger: store.Ledger) -> str:
        """Lay out a copy of the ledger as it is at one moment, and return the head of its log."""
        with store.scratch_folder() as folder:
            twin = folder / "ledger.db"
            store.write_twin(ledger, twin)
            with store.open_ledger(twin) as copy:
                head = pinned(copy.db)
            self._sent[_name(head)] = self._place.put(twin, _name(head))
        return head

    def _archive(self, folder: Path) -> str:
        for path in sorted(folder.glob("??/*")):
            name = f"archive/{path.parent.name}/{path.name}"
            if name not in self._sent:
                self._sent[name] = self._place.put(path, name)
        return f"{self._place.address}/archive"

    def _file(self, path: Path) -> str:
        """Return the address of a small file, named by what is in it."""
        name = f"{sha256(path.read_bytes()).hexdigest()[:16]}{path.suffix}"
        if name not in self._sent:
            self._sent[name] = self._place.put(path, name)
        return self._sent[name]


def _name(head: str) -> str:
    """Return what the copy of a ledger is called whose log has this head."""
    return f"ledger-{head.replace(':', '-')[:32]}.db"
