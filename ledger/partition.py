"""The public contract of an executor: partitions of a run go out, receipts come back.

A `Job` is a line of JSON and says all that a worker needs to know; a `Receipt` says what became of it. What was found
stays in a file, so that no findings cross a cluster. Findings carry neither host nor clock: however a run is divided,
wherever and however often its parts are done, it comes to the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from .errors import EnvironmentFault
from .version import VERSION

NONE: Mapping[str, str] = MappingProxyType({})


class Stage(StrEnum):
    """What a worker does with the subjects of a job."""

    SOURCES = "sources"
    ASKS = "asks"
    CLAIMS = "claims"
    KEYS = "keys"
    GROUPS = "groups"
    LEDGER = "ledger"


@attrs.frozen(kw_only=True)
class Job:
    """One partition of a run, as JSON below 2 kB: which ledger, plugin, stage and subjects, and where to write.

    `ledger`, `subjects`, `policy` and `output` are files here, or addresses once it was shared. `subjects` has one
    subject a line, of which those from `start` before `stop` are meant. `head` is that of the log ("" for a ledger
    that is in use), `program` the version of factledger, `checkers` names with versions, `cards` the digest of all that
    the plugin's checkers say of themselves, `rules` that of the policy: a worker that finds others refuses. `archive`
    is where archived texts lie, "" for beside the ledger. `now` is an instant, `limit` the seconds one call may take,
    `memory` the bytes a worker may. With `force` every checker is called, else those whose input is not the one on
    record. `code` maps the plugin, and factledger itself, to the digest of its code; with `tells_all` also what is on
    record already is written out.
    """

    ledger: str
    head: str = ""
    archive: str = ""
    plugin: str
    program: str = VERSION
    checkers: tuple[str, ...]
    cards: str
    stage: Stage
    subjects: str
    start: int
    stop: int
    output: str
    now: str
    limit: float
    memory: int
    policy: str
    rules: str
    force: bool
    code: Mapping[str, str] = NONE
    tells_all: bool = False

    def text(self) -> str:
        """Return the job as one line of JSON."""
        return json.dumps(attrs.asdict(self) | {"code": dict(self.code)})

    @classmethod
    def parse(cls, text: str) -> Job:
        """Return the job that `text` wrote down; raise EnvironmentFault if another version of factledger did."""
        said: dict[str, Any] = json.loads(text)
        if said.get("program") != VERSION:
            raise EnvironmentFault(
                f"This worker has factledger {VERSION}; the run was begun by {said.get('program', 'an older one')}.",
                hint="Nothing was recorded. Install the same version on both.",
            )
        return cls(**{**said, "stage": Stage(said["stage"]), "checkers": tuple(said["checkers"])})

    def lines(self) -> list[str]:
        """Return the subjects of this partition."""
        with Path(self.subjects).open(encoding="utf-8") as file:
            return [line.rstrip("\n") for line in islice(file, self.start, self.stop)]


@attrs.frozen
class Receipt:
    """What became of a partition: where its findings are, how many subjects it had, their digest, how long it took.

    The digest does not depend on how the work was split, nor on how often it was interrupted.
    """

    output: str
    subjects: int
    sha256: str
    seconds: float


class Executor:
    """Base of executors: subclass it, name it, and write `run`.

    A check calls `start` once, `run` once for each stage, and `stop` in the end, whatever happened. `workers` is how
    many partitions it has done at once; a run is divided by it. `options` maps what `-o NAME=VALUE` may name to what
    that means.
    """

    name: ClassVar[str]
    version: ClassVar[int | str] = 1
    options: ClassVar[Mapping[str, str]] = NONE
    workers: int = 4

    def start(self, options: Mapping[str, str]) -> None:
        """Get ready; raise InputError for a value that cannot be."""

    def run(self, jobs: Sequence[Job]) -> Iterable[Receipt]:
        """Have every job done and return its receipt, in any order; raise if one cannot be."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let go of what was started."""
