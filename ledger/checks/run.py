"""A run: the checkers look at claims, and what changed is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs

from .. import store, wire
from ..book import Book
from ..model import CheckerCard, Finding, FindingSet, Outcome, Record, Result, Run
from ..store import Draft, queries
from ..store.rows import finding_row
from .dossiers import digest
from .job import NOT_LOADED, Progress, error
from .supervise import LIMIT, Report, supervise

LEDGER = "ledger"
"""The handle under which a fault that concerns no claim is filed."""


@attrs.frozen
class Outcomes:
    """What a run found: (subject's handle, checker, finding) in order, and what of it was news.

    `changed` counts the subjects whose findings differ from those recorded before.
    """

    run: Run
    found: tuple[tuple[str, str, Finding], ...]
    changed: int

    def worst(self) -> set[Outcome]:
        """Return the outcomes that occur."""
        return {finding.outcome for _, _, finding in self.found}


def check(
    book: Book,
    handles: Sequence[str] | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    limit: float = LIMIT,
    plugins: str | None = None,
    report: Report = lambda size: None,
) -> Outcomes:
    """Run every installed checker on these claims (all, by default) and record what changed.

    `limit` is in seconds for one call; `plugins` names the plugins to load, as FACTLEDGER_LOAD_PLUGINS does.

    Nothing is locked while checkers compute. The run is an entry; each claim
    whose findings changed gets a result entry; both enter together.
    """
    db = book.ledger.db
    if handles is None:
        handles = [row["id"] for row in queries.rows(db, "claims")]
    looked_at = queries.head(db).size
    now = book.ledger.world.instant()
    said = supervise(
        book.ledger.path,
        list(handles),
        now=now,
        options=dict(options or {}),
        limit=limit,
        plugins=plugins,
        report=report,
    )
    sets = _sets(said, set(handles)) + _missing(said, handles)
    uid = book.ledger.world.uid()
    run = Run(
        uid=uid,
        handle=f"run-{looked_at}-{uid[:8]}",
        checkers=tuple(f"{card['name']}@{card['version']}" for _, card in sorted(said.cards.items())),
        looked_at=looked_at,
        subjects=len(handles),
        counts=_counts(sets),
        options=digest(dict(options or {})),
        policy="none",
        digest=digest([[subject, wire.unstructure(found)] for subject, found in sets]),
    )
    news = _news(db, sets)
    store.append(book.ledger, [*_cards(book, said), _draft(run), *_results(book, run, news)], actor=book.actor)
    found = tuple((subject, one.checker, finding) for subject, one in sets for finding in one.findings)
    return Outcomes(run, found, len({subject for subject, _ in news}))


def _sets(said: Progress, asked: Collection[str]) -> list[tuple[str, FindingSet]]:
    """Return (subject, finding set) in the order of their names, the ledger's own faults first."""
    faults = [
        (LEDGER, FindingSet(name, found[0]["version"], tuple(_fault(fault["reason"]) for fault in found)))
        for name, found in sorted(said.faults.items())
    ]
    return faults + [
        (subject, wire.structure({key: line[key] for key in ("checker", "version", "input", "findings")}, FindingSet))
        for (subject, checker), line in sorted(said.results.items())
        if subject in asked and checker in said.cards
    ]


def _fault(reason: str) -> Finding:
    return error(reason, NOT_LOADED, "See: factledger plugins")


def _missing(said: Progress, handles: Sequence[str]) -> list[tuple[str, FindingSet]]:
    """Return an error for every claim that a known checker left without a line: not run is never passed."""
    reason = error("The check was not made, and nothing says why.", NOT_LOADED, "Run the checks again.")
    return [
        (handle, FindingSet(name, card["version"], (reason,)))
        for handle in handles
        for name, card in sorted(said.cards.items())
        if (handle, name) not in said.results
    ]


def _counts(sets: Iterable[tuple[str, FindingSet]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(finding.outcome.value for _, found in sets for finding in found.findings)
    return tuple(sorted(counts.items()))


def _news(db: Any, sets: Sequence[tuple[str, FindingSet]]) -> list[tuple[str, FindingSet]]:
    """Return the sets that differ from what is recorded, and an all-clear for faults that are gone.

    The same findings on changed records are news too: that the check was made again is then on record.
    """
    handles = queries.handles(db)
    recorded: dict[tuple[str, str], list[Any]] = {}
    for row in queries.rows(db, "findings", order="seq, number"):
        recorded.setdefault((row["subject"], row["checker"]), []).append((row["version"], row["input"], _cells(row)))
    news = [
        (subject, found)
        for subject, found in sets
        if recorded.get((subject, found.checker))
        != [
            (found.version, found.input, _cells(finding_row(finding, handles.__getitem__)))
            for finding in found.findings
        ]
    ]
    present = {(subject, found.checker) for subject, found in sets}
    healed = [
        (LEDGER, FindingSet(checker, lines[0][0], (Finding(Outcome.PASS, "It does not fail any more.", code="gone"),)))
        for (subject, checker), lines in sorted(recorded.items())
        if subject == LEDGER and (subject, checker) not in present and lines[0][2]["outcome"] == Outcome.ERROR
    ]
    return news + healed


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("outcome", "code", "reason", "fix", "cites", "details", "measures", "valid_until")
    return {name: row[name] for name in names}


def _cards(book: Book, said: Progress) -> list[Draft]:
    """Return an entry for every checker version that the ledger has not met."""
    drafts = []
    for name, told in sorted(said.cards.items()):
        handle = f"{name}@{told['version']}"
        if queries.by_handle(book.ledger.db, handle) is None:
            drafts.append(_draft(CheckerCard(uid=book.ledger.world.uid(), handle=handle, **told)))
    return drafts


def _results(book: Book, run: Run, news: Iterable[tuple[str, FindingSet]]) -> list[Draft]:
    uids = {handle: uid for uid, handle in queries.handles(book.ledger.db).items()}
    uids[LEDGER] = queries.first(book.ledger.db).subject
    by_subject: dict[str, list[FindingSet]] = {}
    for subject, found in news:
        by_subject.setdefault(subject, []).append(found)
    results = []
    for subject, found_sets in by_subject.items():
        uid = book.ledger.world.uid()
        results.append(
            Result(uid=uid, handle=f"result-{uid}", subject=uids[subject], run=run.uid, sets=tuple(found_sets))
        )
    return [_draft(result) for result in results]


def _draft(record: Record) -> Draft:
    return Draft(f"{record.KIND}.{store.ADD}", record.uid, store.body_of(record))
