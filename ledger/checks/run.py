"""A run: the checkers look at what changed, and what is news is recorded.

    introduce   who takes part                              roster
    detect      links that nobody declared                  sources -> link entries
    plan        which claims, and why                       plan
    look        partitions go out, receipts come back       executors, supervise, worker
    record      the run, then a result for each subject     record

Nothing is locked while checkers compute. A run that is broken off leaves the
results that it had recorded; the next one goes on from the last whole run, and
records what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from .. import plugins as plugin_loading
from ..book import Book
from ..errors import EnvironmentFault
from ..model import Finding, Outcome, Run
from ..policy import read_policy
from ..store import Found, Ledger, queries
from . import record
from .executors import Executor, Processes, hands_for, spans, workers_for
from .job import Job, Stage, read_output
from .meeting import Meeting
from .plan import Plan, plan
from .roster import Roster, introduce
from .supervise import LIMIT, MEMORY, Hands, Report
from .wording import remember

LEDGER = record.LEDGER


@attrs.define(slots=False)
class Outcomes:
    """What became of a run: the plan it followed, what it recorded, and what is now on record.

    `run` is None if nothing had to be looked at. `called` counts the claims for
    which a checker was called, `changed` the subjects whose findings are news,
    `links` the proposals recorded; `idle` is checker -> when it last ran, of those
    with findings on record that had no part. Findings are read when asked for.
    """

    plan: Plan
    run: Run | None
    called: int
    changed: tuple[str, ...]
    links: tuple[str, ...]
    _part: frozenset[str]
    _db: Any = attrs.field(repr=False)

    @cached_property
    def found(self) -> tuple[tuple[str, str, Finding], ...]:
        """Every finding on record about what was looked at, and about the ledger: (subject, checker, finding)."""
        return tuple((one.subject, one.checker, one.finding) for one in self._on_record)

    @cached_property
    def idle(self) -> dict[str, str]:
        return queries.idle(self._on_record, self._part)

    @cached_property
    def _on_record(self) -> list[Found]:
        subjects = sorted({LEDGER, *self.plan.claims, *self.changed})
        return [one for subject in subjects for one in queries.findings(self._db, subject)]

    def counts(self) -> dict[Outcome, int]:
        """Return how many findings of each outcome are on record: on the named claims, or on everything."""
        return queries.outcomes_of(self._db, None if self.plan.covers else [LEDGER, *self.plan.claims])

    def worst(self) -> set[Outcome]:
        """Return the outcomes that occur."""
        return set(self.counts())


def check(
    book: Book,
    handles: Sequence[str] | None = None,
    *,
    everything: bool = False,
    policy: Path | None = None,
    limit: float = LIMIT,
    memory: int = MEMORY,
    workers: int | None = None,
    size: int | None = None,
    executor: Executor | None = None,
    plugins: str | None = None,
    hands: Hands | None = None,
    report: Report = lambda count: None,
) -> Outcomes:
    """Check these claims, or everything, or (by default) what changed since the last run; record what is news.

    `policy` is a house's file; `limit` is in seconds for one call, `memory` in bytes for one worker;
    `workers` is how many work at once, `size` how many subjects a partition has; `executor` spreads the
    work otherwise; `plugins` names those to load, as FACTLEDGER_LOAD_PLUGINS does; `hands` are workers to
    use and keep, for a program that checks again and again.
    """
    with TemporaryDirectory(prefix="factledger-") as name:
        work = _Work(book.ledger, Path(name), policy, limit, memory, size, plugins, report, hands)
        try:
            return work.go(book, handles, everything=everything, workers=workers, executor=executor)
        finally:
            work.close()


def explain(ledger: Ledger, *, policy: Path | None = None, plugins: str | None = None) -> Plan:
    """Return what `check` would look at now, and why; nothing is checked or recorded."""
    with TemporaryDirectory(prefix="factledger-") as name:
        work = _Work(ledger, Path(name), policy, LIMIT, MEMORY, None, plugins, lambda count: None)
        try:
            return work.plan(None, everything=False)
        finally:
            work.close()


class _Work:
    """One run, and the folder in which its partitions leave what they found."""

    def __init__(
        self,
        ledger: Ledger,
        folder: Path,
        policy: Path | None,
        limit: float,
        memory: int,
        size: int | None,
        switch: str | None,
        report: Report,
        hands: Hands | None = None,
    ) -> None:
        self._ledger = ledger
        self._db = ledger.db
        self._folder = folder
        self._policy_file = "" if policy is None else str(policy.absolute())
        self._policy = read_policy(policy)
        self._limit, self._memory, self._size = limit, memory, size
        self._switch = switch
        self._report = report
        self._now = ledger.world.instant()
        self._numbers = count()
        self._kept = hands
        self._hands = [hands or self._new_hands(0)]
        installed, faults = plugin_loading.installed(switch)
        self._roster: Roster = introduce(installed, faults, self._hands[0])

    def _new_hands(self, number: int) -> Hands:
        return hands_for(
            self._folder / str(number), 1, memory=self._memory, policy=self._policy_file, switch=self._switch
        )[0]

    def close(self) -> None:
        for hands in self._hands:
            if hands is not self._kept:
                hands.close()

    def plan(self, handles: Sequence[str] | None, *, everything: bool) -> Plan:
        return plan(self._db, self._roster, self._policy, now=self._now, named=handles, everything=everything)

    def go(
        self,
        book: Book,
        handles: Sequence[str] | None,
        *,
        everything: bool,
        workers: int | None,
        executor: Executor | None,
    ) -> Outcomes:
        links: tuple[str, ...] = ()
        errors: list[record.News] = []
        looked_at = queries.head(self._db).size
        planned = self.plan(handles, everything=everything)
        if planned.sources and self._roster.plugins_with(Stage.SOURCES):
            remember(self._ledger, planned.sources)
            self._spread(len(planned.sources), workers)
            outputs = self._look(Stage.SOURCES, planned.sources, executor, force=planned.force)
            links, errors = record.proposals(book, self._roster, planned.sources, outputs)
            if links:
                looked_at = queries.head(self._db).size
                planned = self.plan(handles, everything=everything)
        self._spread(len(planned.claims), workers)
        claims = self._look(Stage.CLAIMS, planned.claims, executor, force=planned.force)
        met = self._meet(book, planned, executor)
        found = record.Found(
            self._roster, planned.claims, claims, [*errors, *met, *record.filed(self._db, self._roster, self._policy)]
        )
        run, survey = record.record(
            book, planned, self._roster, self._policy, found, looked_at=looked_at, limit=self._limit
        )
        return Outcomes(planned, run, survey.called, survey.changed, links, frozenset(self._roster.of), self._db)

    def _spread(self, subjects: int, workers: int | None) -> None:
        wanted = workers or workers_for(subjects)
        while len(self._hands) < wanted:
            self._hands.append(self._new_hands(len(self._hands)))

    def _look(
        self, stage: Stage, subjects: Sequence[str], executor: Executor | None, *, force: bool
    ) -> dict[str, list[Path]]:
        """Have subjects looked at by every plugin that has something to do; return plugin -> outputs in order."""
        if not subjects:
            return {}
        listing = self._folder / f"subjects-{next(self._numbers)}"
        listing.write_text("\n".join(subjects), encoding="utf-8")
        jobs = [
            self._job(plugin, stage, listing, start, stop, force)
            for plugin in self._roster.plugins_with(stage)
            for start, stop in spans(len(subjects), len(self._hands), self._size)
        ]
        outputs: dict[str, list[Path]] = {}
        for job in jobs:
            outputs.setdefault(job.plugin, []).append(Path(job.output))
        for _ in (executor or Processes(self._hands, self._report)).run(jobs):
            pass
        undone = sum(not read_output(Path(job.output)).done for job in jobs)
        if undone:
            raise EnvironmentFault(
                f"{undone} of {len(jobs)} partitions came back undone.",
                hint="Nothing was recorded. Try without --executor.",
            )
        return outputs

    def _job(self, plugin: str, stage: Stage, listing: Path, start: int, stop: int, force: bool) -> Job:
        return Job(
            ledger=str(self._ledger.path.absolute()),
            plugin=plugin,
            cards=self._roster.digest_of(plugin),
            stage=stage,
            subjects=str(listing),
            start=start,
            stop=stop,
            output=str(self._folder / f"output-{next(self._numbers)}.ndjson"),
            now=self._now,
            limit=self._limit,
            memory=self._memory,
            policy=self._policy_file,
            rules=self._policy.digest,
            force=force,
        )

    def _meet(self, book: Book, planned: Plan, executor: Executor | None) -> list[record.News]:
        """Bring claims together by their keys, and ask for everything at once; return what is news of both."""
        news: list[record.News] = []
        if not planned.claims and not planned.whole:
            return news
        meeting = Meeting(book, self._roster, self._policy, planned)
        fresh = meeting.without_keys()
        if fresh:
            meeting.take_keys(self._look(Stage.KEYS, fresh, executor, force=True))
        groups = meeting.groups()
        if groups:
            meeting.take_groups(self._look(Stage.GROUPS, groups, executor, force=True))
        news += meeting.news()
        if planned.whole and self._roster.plugins_with(Stage.LEDGER):
            news += meeting.whole(self._look(Stage.LEDGER, ["ledger"], executor, force=True))
        return news
