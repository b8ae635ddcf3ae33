"""A run: the checkers look at what changed, and what is news is recorded.

    introduce   who takes part                              registry
    detect      links that nobody declared                  sources -> link entries
    ask         the outside world, where that is wanted     asking -> copies of what came
    plan        which claims, and why                       plan
    look        partitions go out, receipts come back       executors, pool, worker, stages
    record      the run, then a result for each subject     record

Nothing is locked while checkers compute. A run that is broken off leaves the
results that it had recorded; the next one goes on from the last whole run, and
records what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import attrs

from .. import plugins as plugin_loading
from ..book import Book
from ..errors import EnvironmentFault
from ..model import Finding, Outcome, Run
from ..partition import NONE, Executor, Job, Receipt, Stage
from ..plugins.names import OWN
from ..policy import read_policy
from ..store import Ledger, RecordedFinding, queries, scratch_folder
from . import asking, record
from .executors import PATIENCE, Guarded, Processes, pools_for, spans, workers_for
from .grouping import GroupStages
from .job import findings_digest, read_output
from .plan import Plan, plan
from .pool import LIMIT, MEMORY, Report, WorkerPool
from .purity import digests
from .registry import Registry, introduce
from .wording import remember

LEDGER = record.LEDGER


@attrs.define(slots=False)
class Outcomes:
    """What became of a run: the plan it followed, what it recorded, and what is now on record.

    `run` is None if nothing had to be looked at. `called` counts the claims for
    which a checker was called, `changed` the subjects whose findings are news,
    `links` the proposals recorded; `idle` is checker -> when it last ran, of those
    with findings on record that had no part. Findings are read each time that they are asked for, and not kept.
    """

    plan: Plan
    run: Run | None
    called: int
    changed: tuple[str, ...]
    links: tuple[str, ...]
    _part: frozenset[str]
    _db: Any = attrs.field(repr=False)
    network: Mapping[str, str] = NONE
    """What each checker asks the outside world that asks it."""
    addresses: tuple[asking.AddressAsked, ...] = ()
    """What became of each address that was asked for; empty unless the run went online."""
    unasked: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """Of each such checker, the claims of which it has no answer yet: they have no finding of it."""

    @property
    def found(self) -> tuple[tuple[str, str, Finding], ...]:
        """Every finding on record about what was looked at, and about the ledger: (subject, checker, finding)."""
        return tuple((one.subject, one.checker, one.finding) for one in self._on_record())

    @property
    def asked(self) -> frozenset[str]:
        """The checkers that had a part in the run."""
        return self._part

    @property
    def idle(self) -> dict[str, str]:
        return queries.idle(self._on_record(), self._part)

    def by_subject(self) -> Iterator[tuple[str, list[RecordedFinding]]]:
        """Yield (subject, findings on record about it) of what was looked at, and of the ledger: one at a time."""
        for subject in sorted({LEDGER, *self.plan.claims, *self.changed}):
            found = queries.findings(self._db, subject)
            if found:
                yield subject, found

    def _on_record(self) -> Iterator[RecordedFinding]:
        return (one for _, found in self.by_subject() for one in found)

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
    options: Mapping[str, str] = NONE,
    patience: float = PATIENCE,
    plugins: str | None = None,
    pool: WorkerPool | None = None,
    report: Report = lambda count: None,
    names_code: bool = True,
    online: asking.Online | None = None,
) -> Outcomes:
    """Check these claims, or everything, or (by default) what changed since the last run; record what is news.

    `policy` is a house's file; `limit` is in seconds for one call, `memory` in bytes for one worker;
    `workers` is how many work at once, `size` how many subjects a partition has; `executor` spreads the
    work otherwise, started with `options`, and has to give a receipt within `patience` seconds; `plugins`
    names those to load, as FACTLEDGER_LOAD_PLUGINS does; `pool` are workers to use and keep, for a
    program that checks again and again. `names_code`: the run says by what code its findings
    were made; a ledger that anybody is to build again, with a later version too, does not. With `online`,
    checkers that ask the outside world have that asked first: of the named claims, or of all.
    """
    outside = None if executor is None else Guarded(executor, options, patience)
    with scratch_folder() as folder:
        runner = _Runner(book.ledger, folder, policy, limit, memory, size, plugins, report, pool, outside, names_code)
        try:
            return runner.run(book, handles, everything=everything, workers=workers, online=online)
        finally:
            runner.close()


def explain(ledger: Ledger, *, policy: Path | None = None, plugins: str | None = None) -> Plan:
    """Return what `check` would look at now, and why; nothing is checked or recorded."""
    with scratch_folder() as folder:
        runner = _Runner(ledger, folder, policy, LIMIT, MEMORY, None, plugins, lambda count: None)
        try:
            return runner.plan(None, everything=False)
        finally:
            runner.close()


def questions(
    ledger: Ledger, handles: Sequence[str] | None = None, *, policy: Path | None = None, plugins: str | None = None
) -> tuple[dict[str, str], list[asking.AddressQuestion]]:
    """Return what checkers would ask the outside world about these claims, or about all; nothing is sent.

    That is what each such checker says that it asks, and the addresses as far as they are known without any answer.
    """
    with scratch_folder() as folder:
        runner = _Runner(ledger, folder, policy, LIMIT, MEMORY, None, plugins, lambda count: None)
        try:
            return runner.network, runner.questions(handles)
        finally:
            runner.close()


class _Runner:
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
        pool: WorkerPool | None = None,
        outside: Guarded | None = None,
        names_code: bool = True,
    ) -> None:
        self._ledger = ledger
        self._db = ledger.db
        self._folder = folder
        self._policy_file = "" if policy is None else str(policy.absolute())
        self._policy = read_policy(policy)
        self._limit, self._memory, self._size = limit, memory, size
        self._switch = switch
        self._report = report
        self._now = ledger.environment.instant()
        self._numbers = count()
        self._kept = pool
        self._outside = outside
        self._pools = [pool or self._new_pool(0)]
        self._names_code = names_code
        installed, faults = plugin_loading.installed(switch, folders=self._policy.plugin_folders)
        try:
            self._registry: Registry = introduce(installed, faults, self._pools[0])
            self._registry.require_settings(self._policy, self._policy_file or "policy.toml")
        except BaseException:
            self.close()
            raise
        self._code = digests(self._registry.code)

    def _new_pool(self, number: int) -> WorkerPool:
        return pools_for(
            self._folder / str(number), 1, memory=self._memory, policy=self._policy_file, switch=self._switch
        )[0]

    def close(self) -> None:
        if self._outside is not None:
            self._outside.stop()
        for pool in self._pools:
            if pool is not self._kept:
                pool.close()

    @property
    def network(self) -> dict[str, str]:
        return self._registry.network

    def plan(self, handles: Sequence[str] | None, *, everything: bool) -> Plan:
        return plan(self._db, self._registry, self._policy, now=self._now, named=handles, everything=everything)

    def run(
        self,
        book: Book,
        handles: Sequence[str] | None,
        *,
        everything: bool,
        workers: int | None,
        online: asking.Online | None = None,
    ) -> Outcomes:
        links: tuple[str, ...] = ()
        errors: list[record.ChangedFindings] = []
        looked_at = queries.head(self._db).size
        planned = self.plan(handles, everything=everything)
        if planned.sources and self._registry.plugins_with(Stage.SOURCES):
            remember(self._ledger, planned.sources)
            self._spread(len(planned.sources), workers)
            outputs = self._look(Stage.SOURCES, planned.sources, planned)
            links, errors = record.proposals(book, self._registry, planned.sources, outputs)
            if links:
                looked_at = queries.head(self._db).size
                planned = self.plan(handles, everything=everything)
        addresses: list[asking.AddressAsked] = []
        if online is not None and self._registry.network:
            about = planned.claims if handles is not None else tuple(queries.claim_handles(self._db))
            addresses = self._ask(book, about, planned, online)
            if addresses:
                looked_at = queries.head(self._db).size
                planned = _with_asked(planned, addresses)
        self._spread(len(planned.claims), workers)
        claims = self._look(Stage.CLAIMS, planned.claims, planned)
        with closing(record.News()) as news:
            news.add(errors)
            self._meet(book, planned, news)
            news.add(record.filed(self._db, self._registry, self._policy))
            if planned.covers:
                news.add(record.left_behind(self._db, self._registry))
            run, survey = record.record(
                book,
                planned,
                self._registry,
                self._policy,
                record.RunOutput(self._registry, planned.claims, claims, news),
                looked_at=looked_at,
                limit=self._limit,
                names_code=self._names_code,
            )
        return Outcomes(
            planned,
            run,
            survey.called,
            survey.changed,
            links,
            frozenset(self._registry.of),
            self._db,
            self._registry.network,
            tuple(addresses),
            _unasked(planned, claims),
        )

    def questions(self, handles: Sequence[str] | None) -> list[asking.AddressQuestion]:
        """Return what checkers would ask the outside world about these claims, or about all."""
        about = tuple(queries.claim_handles(self._db)) if handles is None else tuple(sorted(handles))
        return asking.questions(self._asks(about, self.plan(about, everything=False)))

    def _asks(self, claims: Sequence[str], planned: Plan) -> list[tuple[str, str, str]]:
        """Return what each checker asks about each of these claims: (checker, claim, address)."""
        asks: list[tuple[str, str, str]] = []
        for plugin, paths in self._look(Stage.ASKS, claims, planned).items():
            mine = frozenset(self._registry.checkers(plugin, Stage.ASKS))
            asks += [ask for path in paths for ask in read_output(path).asks if ask[0] in mine]
        return asks

    def _ask(self, book: Book, about: Sequence[str], planned: Plan, online: asking.Online) -> list[asking.AddressAsked]:
        """Ask the outside world what checkers want to know of it, and record what comes; return what became of it."""
        done: list[asking.AddressAsked] = []
        for _ in range(asking.ROUNDS):
            wanted = asking.questions(self._asks(about, planned), (one.address for one in done))
            if not wanted:
                break
            if not done:
                asking.require_few(wanted)  # before anything is sent
            for one in wanted[: asking.MOST_ADDRESSES - len(done)]:
                done.append(asking.ask(book, one, self._registry.network, online))
                self._report(len(done))
            about = sorted({claim for one in wanted for claim in one.claims})
        return done

    def _spread(self, subjects: int, workers: int | None) -> None:
        wanted = workers or workers_for(subjects)
        while len(self._pools) < wanted:
            self._pools.append(self._new_pool(len(self._pools)))

    def _look(self, stage: Stage, subjects: Sequence[str], planned: Plan) -> dict[str, list[Path]]:
        """Have subjects looked at by every plugin that has something to do; return plugin -> outputs in order."""
        if not subjects:
            return {}
        crew = self._outside or Processes(self._pools, self._report)
        listing = self._folder / f"subjects-{next(self._numbers)}"
        listing.write_text("\n".join(subjects), encoding="utf-8")
        jobs = [
            self._job(plugin, stage, listing, start, stop, planned.force or plugin in dict(planned.anew))
            for plugin in self._registry.plugins_with(stage)
            for start, stop in spans(len(subjects), crew.workers, self._size)
        ]
        outputs: dict[str, list[Path]] = {}
        for job in jobs:
            outputs.setdefault(job.plugin, []).append(Path(job.output))
        _require_done(jobs, {receipt.output: receipt for receipt in crew.run(jobs)})
        return outputs

    def _job(self, plugin: str, stage: Stage, listing: Path, start: int, stop: int, force: bool) -> Job:
        return Job(
            ledger=str(self._ledger.path.absolute()),
            plugin=plugin,
            checkers=tuple(
                f"{name}@{self._registry.of[name]['version']}" for name in self._registry.checkers(plugin, stage)
            ),
            cards=self._registry.digest_of(plugin),
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
            code={name: made for name, made in self._code.items() if name in (plugin, OWN)},
        )

    def _meet(self, book: Book, planned: Plan, news: record.News) -> None:
        """Bring claims together by their keys, and ask for everything at once; add what is news of both."""
        if not planned.claims and not planned.whole:
            return
        with closing(GroupStages(book, self._registry, self._policy, planned, now=self._now)) as stages:
            fresh = stages.without_keys()
            if fresh:
                stages.take_keys(self._look(Stage.KEYS, fresh, planned))
            groups = stages.groups()
            if groups:
                stages.take_groups(self._look(Stage.GROUPS, groups, planned))
            news.add(stages.news())
            if planned.whole and self._registry.plugins_with(Stage.LEDGER):
                news.add(stages.whole(self._look(Stage.LEDGER, ["ledger"], planned)))


def _with_asked(planned: Plan, addresses: Sequence[asking.AddressAsked]) -> Plan:
    """Return a plan that also looks at the claims about which the outside world was asked."""
    asked = {claim: f"{one.checkers[0]} asked about it." for one in addresses for claim in one.claims}
    why = dict(sorted({**asked, **planned.why}.items()))
    return attrs.evolve(planned, claims=tuple(why), why=why)


def _unasked(planned: Plan, outputs: Mapping[str, Sequence[Path]]) -> dict[str, tuple[str, ...]]:
    """Return checker -> claims of which it has no answer, and about which it therefore says nothing."""
    found: dict[str, list[str]] = {}
    for paths in outputs.values():
        for path in paths:
            for number, checker in dict.fromkeys(read_output(path).unasked):
                found.setdefault(checker, []).append(planned.claims[number])
    return {checker: tuple(claims) for checker, claims in sorted(found.items())}


def _require_done(jobs: Sequence[Job], receipts: Mapping[str, Receipt]) -> None:
    """Raise EnvironmentFault unless every job was done, and what it found is here as its receipt says."""
    amiss = 0
    for job in jobs:
        output, receipt = read_output(Path(job.output)), receipts.get(job.output)
        amiss += not output.done or receipt is None or receipt.sha256 != findings_digest(output)
    if amiss:
        raise EnvironmentFault(
            f"{amiss} of {len(jobs)} partitions came back undone.",
            hint="Nothing was recorded. Try without --executor.",
        )
