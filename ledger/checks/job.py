"""A partition goes in, a receipt comes out; the findings themselves stay in a file.

The output file is NDJSON and only grows. A worker that starts on an output
that is already there does only what has no line yet, so a run goes on after
a worker was killed. Lines:

    {"loading": plugin}                     about to import it
    {"fault": {...}}                        a plugin, or one of its checkers, could not be used
    {"card": {...}}                         what a checker says of itself
    {"at": [subject, checker]}              about to call it
    {"subject", "checker", "version", "input", "findings"}   what it found
    {"done": true}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from ..model import Finding, Outcome

OUT_OF_TIME = "time_limit"
ENDED = "ended_process"
SET_ASIDE = "set_aside"
NOT_LOADED = "not_loaded"
BROKE = "broke"

PATIENCE = 2
"""Times one checker may run out of time, or end the process, in a run before it is set aside."""


@attrs.frozen
class Job:
    """What a worker does: which ledger file, which claims (a file of handles), the clock, where to write.

    `now` is an instant, `limit` the seconds one call may take.
    """

    ledger: str
    subjects: str
    output: str
    now: str
    limit: float
    options: Mapping[str, Any] = attrs.field(factory=dict)

    def handles(self) -> list[str]:
        return Path(self.subjects).read_text(encoding="utf-8").split()


@attrs.frozen
class Receipt:
    """What became of a partition: where its findings are, how many calls, their digest, how long."""

    output: str
    calls: int
    sha256: str
    seconds: float


@attrs.frozen
class Progress:
    """What an output file says so far; `deadly` plugins ended the process that imported them."""

    results: dict[tuple[str, str], dict[str, Any]]
    faults: dict[str, list[dict[str, Any]]]
    deadly: frozenset[str]
    cards: dict[str, dict[str, Any]]
    culprit: tuple[str, str] | None
    loading: str | None
    done: bool

    def times_out(self) -> Counter[str]:
        """Return how often each checker ran out of time."""
        return Counter(
            checker
            for (_, checker), line in self.results.items()
            if any(finding.get("code") in (OUT_OF_TIME, ENDED) for finding in line["findings"])
        )


def progress(output: Path) -> Progress:
    """Read an output file; a last line that was cut off is left out."""
    results: dict[tuple[str, str], dict[str, Any]] = {}
    faults: dict[str, list[dict[str, Any]]] = {}
    deadly: set[str] = set()
    cards: dict[str, dict[str, Any]] = {}
    culprit: tuple[str, str] | None = None
    loading: str | None = None
    done = False
    for line in _lines(output):
        if "findings" in line:
            results[line["subject"], line["checker"]] = line
            culprit = None
        elif "at" in line:
            culprit, loading = (line["at"][0], line["at"][1]), None
        elif "card" in line:
            cards[line["card"]["name"]] = line["card"]
            loading = None
        elif "fault" in line:
            known = faults.setdefault(line["fault"]["plugin"], [])
            known += [line["fault"]] if line["fault"] not in known else []
            deadly |= {line["fault"]["plugin"]} if line.get("deadly") else set()
            loading = None
        elif "loading" in line:
            loading = line["loading"]
        elif line == {"done": True}:
            done = True
    return Progress(results, faults, frozenset(deadly), cards, culprit, loading, done)


def _lines(output: Path) -> Iterator[dict[str, Any]]:
    if not output.exists():
        return
    for line in output.read_text(encoding="utf-8").split("\n"):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said


def error(reason: str, code: str, fix: str = "") -> Finding:
    """Return the finding that says a check did not run."""
    return Finding(Outcome.ERROR, reason, code=code, fix=fix)
