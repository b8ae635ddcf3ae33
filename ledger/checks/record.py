"""What was found becomes entries: the run, then one result for each subject with news.

The run comes first and says how many results follow, so that a run that was
broken off can be told from a whole one. Results enter some at a time: however
large a run is, it is never in memory at once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

from .. import store, wire
from ..book import Book
from ..errors import InputError
from ..model import CheckerCard, FindingSet, Link, LinkState, Record, Relation, Result, Run
from ..partition import Stage
from ..policy import Policy
from ..store import Draft, queries
from .job import BROKE, NEWS, Output, error, lines_of, read_output
from .plan import Plan
from .registry import Registry

LEDGER = "ledger"
"""The handle under which a fault that concerns no claim is filed."""

TOGETHER = 250
"""Results that enter in one transaction: they are in memory, as data, text and record, until it is written."""


@attrs.frozen
class ChangedFindings:
    """A finding set and its subject; one without findings takes the old one away. `known`: it is the one on record."""

    uid: str
    handle: str
    found: FindingSet
    known: bool = False


class News:
    """Sets of other kinds than a claim's own, in the order of handles and checkers: in a file, as there may be many."""

    def __init__(self) -> None:
        self._db = store.scratch_database(
            "CREATE TABLE news (uid TEXT, handle TEXT, checker TEXT, digest TEXT, known INTEGER, found TEXT, "
            "PRIMARY KEY (handle, checker, uid)) WITHOUT ROWID"
        )

    def close(self) -> None:
        self._db.close()

    def add(self, news: Iterable[ChangedFindings]) -> None:
        """Take more sets."""
        rows = (
            (
                one.uid,
                one.handle,
                one.found.checker,
                store.digest_of(one.found.findings),
                one.known,
                json.dumps(wire.unstructure(one.found)),
            )
            for one in news
        )
        self._db.executemany("INSERT INTO news VALUES (?, ?, ?, ?, ?, ?)", rows)

    def all(self) -> Iterator[tuple[str, str, bool, Any]]:
        """Yield (handle, what it comes to, whether it is on record, set as JSON data) of each set."""
        for uid, handle, checker, digest, known, found in self._db.execute("SELECT * FROM news"):
            yield handle, f"{uid} {checker} {digest}", bool(known), json.loads(found)


@attrs.frozen
class RunOutput:
    """All that a run found: outputs of the claims by plugin, each plugin's in order, and sets of other kinds."""

    registry: Registry
    claims: Sequence[str]
    outputs: Mapping[str, Sequence[Path]]
    news: News

    def survey(self) -> RunSummary:
        """Return what is to be said of the whole before any of it is recorded."""
        whole, tally, called = sha256(), Counter[str](), 0
        changed = set[str]()
        for plugin in sorted(self.outputs):
            calls = 0
            for path in self.outputs[plugin]:
                for line in _raw(path):
                    if line.startswith(NEWS):
                        changed.add(self.claims[int(line[len(NEWS) : line.index(",")])])
                    elif line.startswith(BATCH):
                        said = json.loads(line)
                        whole.update(said["seen"].encode())
                        tally.update(said["tally"])
                        calls += said["called"]
            called = max(called, calls)
        for handle, told, known, data in self.news.all():
            whole.update(told.encode())
            tally.update(finding["outcome"] for finding in data["findings"])
            if not known:
                changed.add(handle)
        return RunSummary(whole.hexdigest(), tally, called, tuple(sorted(changed)))

    def results(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield (subject's handle, its new sets as JSON data), each subject once, in the order of handles."""
        streams = [
            ((self.claims[number], data) for number, data in self._sets()),
            ((handle, data) for handle, _, known, data in self.news.all() if not known),
        ]
        for handle, group in groupby(merge(*streams, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            yield handle, sorted((data for _, data in group), key=lambda data: str(data["checker"]))

    def _sets(self) -> Iterator[tuple[int, Any]]:
        """Yield (number of the claim, finding set) of all plugins, in the order of the claims."""
        streams = [self._sets_of(plugin) for plugin in sorted(self.outputs)]
        return streams[0] if len(streams) == 1 else merge(*streams, key=lambda pair: pair[0])

    def _sets_of(self, plugin: str) -> Iterator[tuple[int, Any]]:
        mine = frozenset(self.registry.checkers(plugin, Stage.CLAIMS))
        for path in self.outputs[plugin]:
            batch: dict[tuple[int, str], Any] = {}
            for line in lines_of(path):
                if "set" in line:
                    number, data = line["number"], line["set"]
                    if isinstance(data, dict) and data.get("checker") in mine:
                        batch[number, data["checker"]] = data
                elif "upto" in line:
                    for number, checker in sorted(batch):
                        yield number, batch[number, checker]
                    batch.clear()


BATCH = '{"upto": '
"""How the lines of an output begin that tell of a batch that is done."""


@attrs.frozen
class RunSummary:
    """A run in short: the digest of all it found, findings by outcome, claims called for, subjects with news."""

    digest: str
    tally: Counter[str]
    called: int
    changed: tuple[str, ...]


def _raw(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        yield from file


def record(
    book: Book,
    planned: Plan,
    registry: Registry,
    policy: Policy,
    found: RunOutput,
    *,
    looked_at: int,
    limit: float,
    names_code: bool,
) -> tuple[Run | None, RunSummary]:
    """Record a run with its news; return it, and what it is in short.

    Nothing is recorded if nothing had to be looked at and there is no news.
    """
    db, environment = book.ledger.db, book.ledger.environment
    survey = found.survey()
    cards = _new_cards(book, registry)
    if not planned.claims and not survey.changed and not cards and planned.since:
        return None, survey
    uid = environment.uid()
    run = Run(
        uid=uid,
        handle=f"run-{looked_at}-{uid[:8]}",
        checkers=registry.names,
        looked_at=looked_at,
        subjects=survey.called,
        counts=tuple(sorted(survey.tally.items())),
        options=sha256(wire.dumps({"limit": str(limit)}).encode()).hexdigest(),
        policy=policy.digest,
        digest=survey.digest,
        plugins=registry.plugins if not registry.faults else (),
        covers=planned.covers,
        recorded=len(survey.changed),
        code=registry.code if names_code else (),
    )
    waiting = [*cards, _draft(run)]
    uids = queries.uids_of(db, survey.changed) | {LEDGER: queries.first(db).subject}
    for handle, sets in found.results():
        result = environment.uid()
        body = {"handle": f"result-{result}", "run": run.uid, "sets": sets, "subject": uids[handle]}
        waiting.append(Draft(f"{Result.KIND}.{store.ADD}", result, body))
        if len(waiting) >= TOGETHER:
            _append(book, waiting)
            waiting = []
    _append(book, waiting)
    return run, survey


def _append(book: Book, drafts: Sequence[Draft]) -> None:
    """Append results; should one not be readable, whatever a plugin did to an output behind our back, say so in it."""
    try:
        store.append(book.ledger, drafts, actor=book.actor)
    except wire.NotCanonical:
        proper = [
            attrs.evolve(draft, body=draft.body | {"sets": list(map(_proper, draft.body["sets"]))})
            if "sets" in draft.body
            else draft
            for draft in drafts
        ]
        store.append(book.ledger, proper, actor=book.actor)


def _proper(data: Any) -> Any:
    try:
        return wire.unstructure(wire.structure(data, FindingSet))
    except wire.NotCanonical:
        finding = error("The check's answer could not be read.", BROKE, "Tell the authors of this checker.")
        return wire.unstructure(FindingSet(str(data["checker"]), "?", (finding,)))


def _new_cards(book: Book, registry: Registry) -> list[Draft]:
    """Return an entry for every checker version that the ledger has not met."""
    drafts = []
    for name, told in sorted(registry.of.items()):
        handle = f"{name}@{told['version']}"
        if queries.by_handle(book.ledger.db, handle) is None:
            said = {name: text for name, text in told.items() if name not in ("settings", "network")}
            drafts.append(_draft(CheckerCard(uid=book.ledger.environment.uid(), handle=handle, **said)))
    return drafts


def _draft(record: Record) -> Draft:
    return Draft(f"{record.KIND}.{store.ADD}", record.uid, store.body_of(record))


NOBODY = {"scope": ""}


def filed(db: Any, registry: Registry, policy: Policy) -> list[ChangedFindings]:
    """Return what is news of the ledger itself: plugins that fail, and those that do not fail any more."""
    uid = queries.first(db).subject
    sets = {one.checker: one for one in registry.filed(policy)}
    checked = queries.checked(db, [uid]).get(uid, {})
    gone = {
        name: FindingSet(name, before[0], ())
        for name, before in checked.items()
        if name not in sets and not before[4] and registry.of.get(name, NOBODY)["scope"] != "ledger"
    }
    return [
        ChangedFindings(uid, LEDGER, one)
        for name, one in sorted((gone | sets).items())
        if not one.findings or checked.get(name, ["", "", ""])[2] != store.digest_of(one.findings)
    ]


def left_behind(db: Any, registry: Registry) -> Iterator[ChangedFindings]:
    """Yield news of what a checker did not run for that is not here any more: that is held against nobody for ever."""
    gone = [one for one in queries.broken(db) if one[1] not in registry.of and one[0] != LEDGER]
    uids = queries.uids_of(db, sorted({subject for subject, _, _ in gone}))
    for subject, checker, version in gone:
        yield ChangedFindings(uids[subject], subject, FindingSet(checker, version, ()))


def proposals(
    book: Book, registry: Registry, sources: Sequence[str], outputs: Mapping[str, Sequence[Path]]
) -> tuple[tuple[str, ...], list[ChangedFindings]]:
    """Record the links that detectors propose; return their handles, and the detectors' faults.

    A link that is on record in any state, also rejected by a person, is not proposed again.
    """
    db, environment = book.ledger.db, book.ledger.environment
    known, drafts, handles = queries.linked(db), [], []
    for plugin in sorted(outputs):
        mine = registry.checkers(plugin, Stage.SOURCES)
        for path in outputs[plugin]:
            for said in read_output(path).links.values():
                if said["detector"].partition("@")[0] not in mine:
                    continue
                link = (said["source"], said["relation"], said["comes_from"])
                if link in known:
                    continue
                known.add(link)
                uid = environment.uid()
                made = Link(
                    uid=uid,
                    handle=f"detected-{uid[:8]}",
                    source=link[0],
                    relation=Relation(link[1]),
                    comes_from=link[2],
                    state=LinkState.DETECTED,
                    measure=f"{said['measure']} ({said['detector']})",
                    note=said.get("note") or None,
                )
                drafts.append(_draft(made))
                handles.append(made.handle)
    store.append(book.ledger, drafts, actor=book.actor)
    return tuple(handles), _faults_of_detectors(db, registry, sources, outputs)


def _faults_of_detectors(
    db: Any, registry: Registry, sources: Sequence[str], outputs: Mapping[str, Sequence[Path]]
) -> list[ChangedFindings]:
    """Return news of sources for which a detector failed, or does not fail any more."""
    uids = queries.uids_of(db, sources)
    failed: dict[tuple[str, str], FindingSet] = {}
    for plugin, paths in outputs.items():
        for name in registry.checkers(plugin, Stage.SOURCES):
            for source in queries.subjects_of(db, name, sources):
                failed[source, name] = FindingSet(name, registry.of[name]["version"], ())
        start = 0
        for path in paths:
            output = read_output(path)
            for source, name, reason in _failures(path, output, sources[start:]):
                if name not in registry.checkers(plugin, Stage.SOURCES):
                    continue
                finding = error(reason, BROKE, f"Tell the authors of {plugin}.")
                failed[source, name] = FindingSet(name, registry.of[name]["version"], (finding,))
            start += output.upto
    checked = queries.checked(db, list(uids.values()))
    return [
        ChangedFindings(uids[source], source, one)
        for (source, name), one in sorted(failed.items())
        if not one.findings or checked.get(uids[source], {}).get(name, ["", "", ""])[2] != store.digest_of(one.findings)
    ]


def _failures(path: Path, output: Output, sources: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (source's handle, detector, why) of every call that gave nothing because it failed."""
    for line in lines_of(path):
        if "detector" in line:
            yield sources[line["number"]], line["detector"], f"The check broke off. {line['reason']}"
    for (number, name), finding in output.blamed.items():
        yield sources[number], name, finding["reason"]


def require_claims(db: Any) -> None:
    """Raise InputError if there is nothing to check."""
    if not queries.count(db, "claims"):
        raise InputError("There is no claim to check.", hint="Enter one: factledger add")
