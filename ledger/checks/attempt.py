"""Trying a plugin that is one file: what its checkers find in one claim, with nothing recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import attrs

from .. import wire
from ..model import Finding
from ..partition import Job, Stage
from ..plugins import Installed
from ..policy import read_policy
from ..store import Ledger, queries, scratch_folder
from .dossiers import digest
from .job import keys_in, lines_of, read_output
from .meeting import Meeting
from .pool import MEMORY, EarlyExit, WorkerPool, fault_of, run_partition
from .registry import STAGE_OF


@attrs.frozen
class Attempt:
    """What a plugin found: rows of checker, outcome, code, reason and fix; and why some of it cannot be used."""

    rows: tuple[dict[str, str], ...]
    faults: tuple[str, ...]


def attempt(ledger: Ledger, plugin: Installed, claim: str, *, policy: Path | None, limit: float) -> Attempt:
    """Ask the checkers of a file about a claim (its handle), in a process of its own; raises EnvironmentFault.

    Groups and the whole ledger are looked at as a run would, and what is found of this claim is told.
    """
    with scratch_folder() as folder:
        house = "" if policy is None else str(policy.absolute())
        pool = WorkerPool(folder / "pool", memory=MEMORY, policy=house)
        try:
            said = pool.introduced(plugin.value)
            if isinstance(said, EarlyExit):
                return Attempt((), (fault_of(plugin.name, plugin.version, said).reason,))
            cards, faults = said
            job = Job(
                ledger=str(ledger.path.absolute()),
                plugin=plugin.value,
                checkers=tuple(f"{card['name']}@{card['version']}" for card in cards),
                cards=digest([dict(card) for card in cards]),
                stage=Stage.CLAIMS,
                subjects="",
                start=0,
                stop=0,
                output="",
                now=ledger.environment.instant(),
                limit=limit,
                memory=MEMORY,
                policy=house,
                rules=read_policy(policy).digest,
                force=True,
                tells_all=True,
            )
            stages = {STAGE_OF[card["scope"]] for card in cards}
            rows = list(_AttemptJobs(ledger.db, folder, pool, job, claim).rows(stages))
        finally:
            pool.close()
    return Attempt(tuple(rows), tuple(fault["reason"] for fault in faults))


class _AttemptJobs:
    """The jobs of one attempt."""

    def __init__(self, db: Any, folder: Path, pool: WorkerPool, job: Job, claim: str) -> None:
        self._db, self._folder, self._pool, self._job, self._claim = db, folder, pool, job, claim
        self._uid = queries.uids_of(db, [claim])[claim]
        self._numbers = count()

    def rows(self, stages: set[Stage]) -> Iterator[dict[str, str]]:
        """Yield what is found at each stage that has a checker, as rows."""
        if Stage.SOURCES in stages:
            yield from self._proposed()
        if Stage.CLAIMS in stages:
            for line in lines_of(self._do(Stage.CLAIMS, [self._claim])):
                if "set" in line:
                    for finding in line["set"]["findings"]:
                        yield _row(line["set"]["checker"], finding)
        for stage, subjects in ((Stage.GROUPS, self._groups), (Stage.LEDGER, lambda: ["ledger"])):
            if stage in stages:
                for line in lines_of(self._do(stage, subjects())):
                    for uid, findings in line.get("found", {}).items():
                        if uid in (self._uid, ""):
                            yield from (_row(line["met"][0], finding) for finding in findings)

    def _proposed(self) -> Iterator[dict[str, str]]:
        path = self._do(Stage.SOURCES, queries.carriers(self._db, [self._claim]))
        for said in read_output(path).links.values():
            ends = [queries.handle(self._db, said[end]) for end in ("source", "comes_from")]
            reason = f"{ends[0]} {said['relation']} {ends[1]}: {said['measure']}"
            yield {
                "checker": said["detector"].split("@")[0],
                "outcome": "link",
                "code": "",
                "reason": reason,
                "fix": "",
            }

    def _groups(self) -> list[str]:
        """Return the groups that the claim is in, as lines of [checker, key, handles]."""
        path = self._do(Stage.KEYS, queries.claim_handles(self._db))
        shared, keys = read_output(path).shared, dict[str, dict[str, list[str]]]()
        for checker, batch in keys_in(path):
            keys.setdefault(checker, {}).update(batch)
        met = {checker: Meeting(given, shared.get(checker, 1)) for checker, given in sorted(keys.items())}
        return [json.dumps([checker, *group]) for checker, one in met.items() for group in one.groups([self._claim])]

    def _do(self, stage: Stage, subjects: Sequence[str]) -> Path:
        number = next(self._numbers)
        listing, output = self._folder / f"subjects-{number}", self._folder / f"output-{number}"
        listing.write_text("\n".join(subjects), encoding="utf-8")
        output.touch()
        if subjects:
            job = attrs.evolve(self._job, stage=stage, subjects=str(listing), stop=len(subjects), output=str(output))
            run_partition(job, self._pool)
        return output


def _row(checker: str, data: Any) -> dict[str, str]:
    found = wire.structure(data, Finding)
    said = {"outcome": found.outcome.value, "code": found.code, "reason": found.reason, "fix": found.fix}
    return {"checker": checker, **said}
