"""A partition goes in, a receipt comes out; what was found stays in a file.

The output file is NDJSON and only grows. A worker that starts on an output
that is already there goes on after its last whole batch, so a partition ends
the same however often its worker was killed. Lines:

    {"number", "set"}                   a finding set that is not the one on record, and of which subject of the run
    {"links": [...]}                    what detectors propose
    {"keys": {...}}                     claims by the keys that group checkers gave them
    {"upto", "tally", "seen"}           a batch is done: where it ended, what was found, its digests
    {"blame": [number, checker], ...}   this call ended the worker, or had to be ended
    {"done": true}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

from ..model import Finding, Outcome

OUT_OF_TIME = "time_limit"
OUT_OF_MEMORY = "memory_limit"
ENDED = "ended_process"
SET_ASIDE = "set_aside"
NOT_LOADED = "not_loaded"
BROKE = "broke"

OUT_OF_MEMORY_EXIT = 77
"""The exit code of a worker that says so: after it, nothing in the process can be relied on."""

PATIENCE = 2
"""Times one checker may end its worker, or have it ended, in a partition before it is set aside."""

BATCH = 250
"""Subjects that a worker looks at between two marks in its output."""


class Stage(StrEnum):
    """What a worker does with the subjects of a job."""

    SOURCES = "sources"
    CLAIMS = "claims"
    KEYS = "keys"
    GROUPS = "groups"
    LEDGER = "ledger"


@attrs.frozen
class Job:
    """One partition of a run, as JSON below 1 kB: which ledger, plugin, stage and subjects, and where to write.

    `subjects` names a file with one subject a line, of which those from `start`
    before `stop` are meant. `cards` is the digest of what the plugin's checkers
    said of themselves when the run began, `policy` a file and `rules` its
    digest: a worker that finds others refuses. `now` is an instant, `limit` the
    seconds one call may take, `memory` the bytes a worker may. With `force`
    every checker is called, else those whose input is not the one on record.
    """

    ledger: str
    plugin: str
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

    def text(self) -> str:
        """Return the job as one line of JSON."""
        return json.dumps(attrs.asdict(self))

    @classmethod
    def parse(cls, text: str) -> Job:
        """Return the job that `text` wrote down."""
        said = json.loads(text)
        return cls(**{**said, "stage": Stage(said["stage"])})

    def lines(self) -> list[str]:
        """Return the subjects of this partition."""
        return Path(self.subjects).read_text(encoding="utf-8").split("\n")[self.start : self.stop]


@attrs.frozen
class Receipt:
    """What became of a partition: where its findings are, how many subjects it had, their digest, how long it took.

    The digest does not depend on how the work was split, nor on how often it was interrupted.
    """

    output: str
    subjects: int
    sha256: str
    seconds: float


@attrs.define
class Output:
    """What an output file says so far.

    `upto` subjects are done. `blamed` maps (number, checker) to the finding that stands
    in for a call that never returned, number -1 standing for a whole batch.
    """

    upto: int = 0
    links: dict[tuple[str, ...], dict[str, Any]] = attrs.field(factory=dict)
    keys: dict[str, dict[str, list[str]]] = attrs.field(factory=dict)
    seen: list[str] = attrs.field(factory=list)
    blamed: dict[tuple[int, str], dict[str, Any]] = attrs.field(factory=dict)
    done: bool = False

    def take(self, line: Mapping[str, Any]) -> None:
        """Add what one line says; a batch that was begun again replaces what it said before."""
        if "links" in line:
            for link in line["links"]:
                said = (link["detector"], link["source"], link["relation"], link["comes_from"])
                self.links.setdefault(said, link)
        elif "keys" in line:
            for checker, keys in line["keys"].items():
                self.keys.setdefault(checker, {}).update(keys)
        elif "upto" in line and line["upto"] > self.upto:
            self.upto = line["upto"]
            self.seen.append(line["seen"])
        elif "blame" in line:
            number, checker = line["blame"]
            self.blamed[number, checker] = line["finding"]
        elif line == {"done": True}:
            self.done = True

    def set_aside(self) -> frozenset[str]:
        """Return the checkers that ended the worker too often to be called again."""
        times = Counter(checker for number, checker in self.blamed if number >= 0)
        return frozenset(checker for checker, count in times.items() if count >= PATIENCE)


def read_output(path: Path) -> Output:
    """Read an output file; a last line that was cut off is left out."""
    output = Output()
    for line in lines_of(path, but=NEWS):
        output.take(line)
    return output


NEWS = '{"number": '
"""How the lines of an output begin that hold findings: most of them, and the longest."""


def lines_of(path: Path, but: str = "\0") -> Iterator[dict[str, Any]]:
    """Yield what an output file says, line by line; those that begin with `but` are passed over unread."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith(but):
                continue
            try:
                said = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(said, dict):
                yield said


def error(reason: str, code: str, fix: str = "") -> Finding:
    """Return the finding that says a check did not run."""
    return Finding(Outcome.ERROR, reason, code=code, fix=fix)
