"""A partition goes in, a receipt comes out; what was found stays in a file.

The output file is NDJSON and only grows. A worker that starts on an output
that is already there goes on after its last whole batch, so a partition ends
the same however often its worker was killed. Lines:

    {"number", "set"}                   a finding set that is not the one on record, and of which subject of the run
    {"links": [...]}                    what detectors propose
    {"shared": {...}}                   in how many keys claims have to agree to meet, by group checker
    {"asks": [...]}                     what checkers ask the outside world: [checker, claim, address]
    {"unasked": [number, checker]}      of this claim it has no answer yet, and nothing of it is on record
    {"keys": {...}}                     claims by the keys that group checkers gave them
    {"upto", "tally", "seen"}           a batch is done: where it ended, what was found, its digests
    {"blame": [number, checker], ...}   this call ended the worker, or had to be ended
    {"done": true}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs

from ..model import Finding, Outcome
from ..store import queries

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


@attrs.define
class Output:
    """What an output file says so far.

    `upto` subjects are done. `blamed` maps (number, checker) to the finding that stands
    in for a call that never returned, number -1 standing for a whole batch. `keyless` is checker -> why it
    could not say a claim's keys, the first time. What may be as long as the ledger is not in it: see `lines_of`.
    """

    upto: int = 0
    links: dict[tuple[str, ...], dict[str, Any]] = attrs.field(factory=dict)
    keyless: dict[str, str] = attrs.field(factory=dict)
    shared: dict[str, int] = attrs.field(factory=dict)
    asks: list[tuple[str, str, str]] = attrs.field(factory=list)
    unasked: list[tuple[int, str]] = attrs.field(factory=list)
    seen: list[str] = attrs.field(factory=list)
    blamed: dict[tuple[int, str], dict[str, Any]] = attrs.field(factory=dict)
    done: bool = False

    def take(self, line: Mapping[str, Any]) -> None:
        """Add what one line says; a batch that was begun again replaces what it said before."""
        if "links" in line:
            for link in line["links"]:
                said = (link["detector"], link["source"], link["relation"], link["comes_from"])
                self.links.setdefault(said, link)
        elif "asks" in line:
            self.asks += [(checker, claim, address) for checker, claim, address in line["asks"]]
        elif "unasked" in line:
            self.unasked.append(tuple(line["unasked"]))
        elif "keyless" in line:
            for checker, reason in line["keyless"].items():
                self.keyless.setdefault(checker, reason)
        elif "shared" in line:
            self.shared.update(line["shared"])
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
    for line in lines_of(path, but=(NEWS, KEYS)):
        output.take(line)
    return output


def findings_digest(output: Output) -> str:
    """Return the digest of all that was found, in the order of the subjects."""
    return sha256("".join(output.seen).encode()).hexdigest()


NEWS = '{"number": '
"""How the lines of an output begin that hold findings: most of them, and the longest."""

KEYS = '{"keys": '
"""How those begin that hold the keys of a batch of claims."""


def keys_in(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield (checker, claims by their keys) of each batch; a claim of a batch that was begun again comes twice."""
    for line in lines_of(path, but=NEWS):
        yield from line.get("keys", {}).items()


def lines_of(path: Path, but: str | tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
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


def pinned(db: Any) -> str:
    """Return the head of a ledger's log as a job names it: how many entries it has, and its root in hex."""
    head = queries.head(db)
    return f"{head.size}:{head.root.hex()}"


def error(reason: str, code: str, fix: str = "") -> Finding:
    """Return the finding that says a check did not run."""
    return Finding(Outcome.ERROR, reason, code=code, fix=fix)
