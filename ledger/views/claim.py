"""A claim as a reader meets it: one value that the command line prints and the web draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .. import store
from ..axes import Axes
from ..checker import Dossier
from ..checks import DossierDigest, dossiers, input_of
from ..errors import UnknownRecord
from ..model import (
    Claim,
    Corroboration,
    Inquiry,
    InquiryState,
    Outcome,
    Review,
    Source,
    Stance,
    Standing,
    Verdict,
    Workflow,
)
from ..store import RecordedFinding, StoredRecord, queries
from . import words
from .evidence import EvidenceView, evidence_views, name
from .hidden import Hidden, hidden
from .history import ACTS, Event, LaterAct, changes, history
from .trail import Trail, trail

MOST_SHOWN = 40
"""Pieces of evidence for a claim, and as many against it, that are shown one by one."""


@attrs.frozen
class InquiryView:
    """An inquiry with the names of those who asked and were asked."""

    record: Inquiry
    by: str
    whom: str
    seen_in: Source | None

    @property
    def state(self) -> str:
        return words.INQUIRY[self.record.state]

    @property
    def open(self) -> str:
        """What it leaves open, as a sentence; empty if it was answered."""
        if self.record.state is InquiryState.ANSWERED:
            return ""
        if self.record.asked is None:
            return f"{self.whom}: {self.state}."
        return f"{self.whom} was asked: {self.state}."


@attrs.frozen
class Decision:
    """A review, who made it and when, and whether something changed since."""

    record: Review
    by: str
    at: str
    standing: Standing
    before_last_change: bool
    clock_behind: bool = False

    @property
    def verdict(self) -> str:
        return self.record.label or words.VERDICT[self.record.verdict]

    @property
    def when(self) -> str:
        return words.recorded(self.at, clock_behind=self.clock_behind)

    @property
    def reason(self) -> str:
        """The first sentence of its reasons, or as much as there is room for."""
        return words.first_sentence(self.record.reasons)


@attrs.frozen
class ClaimView:
    """Everything the claim page shows, top to bottom."""

    claim: Claim
    claimant: str
    axes: Axes
    changes: tuple[LaterAct, ...]
    superseded_by: str | None
    evidence: tuple[EvidenceView, ...]
    inquiries: tuple[InquiryView, ...]
    findings: tuple[RecordedFinding, ...]
    stale: bool
    idle: Mapping[str, str]
    limits: tuple[tuple[str, str], ...]
    decisions: tuple[Decision, ...]
    events: tuple[Event, ...]
    hidden: tuple[Hidden, ...]
    dossier: Dossier
    kept: StoredRecord
    origin: str
    size: int

    def stance(self, stance: Stance) -> tuple[EvidenceView, ...]:
        return tuple(item for item in self.evidence if item.record.stance is stance)

    def shown(self, stance: Stance) -> tuple[EvidenceView, ...]:
        """The evidence of a stance that a page has room for."""
        return self.stance(stance)[:MOST_SHOWN]

    @property
    def verdict(self) -> str:
        decided = self.decision
        return decided.verdict if decided else words.VERDICT[Verdict.UNCHECKED]

    @property
    def decision(self) -> Decision | None:
        """The verdict that stands: the last one that was not retracted."""
        standing = [one for one in self.decisions if one.record.seconds is None and one.standing.stands]
        return standing[-1] if standing else None

    @property
    def second(self) -> Decision | None:
        """The sign-off of the verdict that stands, by another person."""
        decided = self.decision
        signed = [
            one
            for one in self.decisions
            if decided
            and one.standing.stands
            and one.record.seconds == decided.record.uid
            and one.record.verdict is decided.record.verdict
        ]
        return signed[-1] if signed else None

    @property
    def corroboration(self) -> str:
        """The recorded reason of the corroboration check, or that nobody looked."""
        for found in self.findings:
            if found.checker == "corroboration" and found.finding.outcome is not Outcome.ERROR:
                return found.finding.reason
        return "Nobody has checked how its sources hang together."

    @property
    def unknown(self) -> tuple[str, ...]:
        """What this record leaves open: what no check can tell, what did not run, who has not answered."""
        found = [
            found.finding.reason for found in self.findings if found.finding.outcome in (Outcome.ABSTAIN, Outcome.ERROR)
        ]
        return tuple(dict.fromkeys(filter(None, [*found, *(asked.open for asked in self.inquiries)])))

    @property
    def drawing(self) -> Trail:
        """Where it comes from, with the sources that all of several trails pass, as the checks cited them."""
        several = self.axes.corroboration is Corroboration.SAME_ORIGIN
        cited = {handle for found in self.findings if found.checker == "corroboration" for handle in found.handles}
        choke = {uid for uid, source in self.dossier.sources.items() if several and source.handle in cited}
        return trail(self.dossier, frozenset(choke))

    @property
    def unsure(self) -> int:
        """How many findings say that it cannot be told."""
        return sum(found.finding.outcome is Outcome.ABSTAIN for found in self.findings)

    @property
    def by_outcome(self) -> dict[str, list[RecordedFinding]]:
        """The findings by how they came out."""
        found: dict[str, list[RecordedFinding]] = {}
        for one in self.findings:
            found.setdefault(one.finding.outcome.value, []).append(one)
        return found

    @property
    def checked(self) -> str:
        """How many checks looked at it, when last, and how they came out, in a sentence."""
        came_out = {said: {one.checker for one in self.by_outcome.get(code, ())} for code, said in CAME_OUT.items()}
        told = [f"{len(checkers)} {said}" for said, checkers in came_out.items() if checkers]
        last = words.day(max(one.at for one in self.findings))
        looked = words.count(len(set[str]().union(*came_out.values())), "check")
        return f"{looked} looked at it, last on {last}: {words.some(told, len(told))}."

    @property
    def workflow(self) -> str:
        return words.WORKFLOW[Workflow(self.axes.workflow)]


CAME_OUT = {
    Outcome.FAIL: "found a problem",
    Outcome.WARN: "found something to look at",
    Outcome.PASS: "found no problem",
    Outcome.ABSTAIN: "could not tell",
    Outcome.ERROR: "did not run",
    Outcome.NOT_APPLICABLE: "had nothing of their kind to look at",
}
"""How checks came out, after their number."""


def claim_view(db: Any, handle: str) -> ClaimView:
    """Return the view of a claim; raise UnknownRecord if there is none of this handle."""
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Claim):
        raise UnknownRecord(f"There is no claim {handle!r}.", hint="See: factledger list")
    claim = kept.record
    dossier, ground = next(dossiers(db, [handle]))
    findings = queries.findings(db, handle)
    row = queries.rows(db, "claims", id=handle)[0]
    events = history(db, claim.uid)
    superseder = queries.kept(db, kept.superseded_by) if kept.superseded_by else None
    changed = max(ground.last_seq, *(event.seq for event in events if _changes_what_stands(event)))
    origin = queries.origin(db)
    return ClaimView(
        claim=claim,
        claimant=name(dossier, claim.claimant),
        axes=_axes(row),
        changes=changes(db, claim.uid),
        superseded_by=superseder.record.handle if superseder else None,
        evidence=tuple(evidence_views(dossier)),
        inquiries=tuple(_asked(dossier)),
        findings=_problems_first(findings),
        stale=any(_stale(db, found, ground) for found in findings),
        idle=queries.idle(findings, queries.last_checkers(db)),
        limits=_limits(db, findings),
        decisions=tuple(_decisions(db, dossier, claim, queries.instant_of(db, changed))),
        events=events,
        hidden=hidden(db, _shown(dossier)),
        dossier=dossier,
        kept=kept,
        origin=origin,
        size=queries.head(db).size,
    )


def _changes_what_stands(event: Event) -> bool:
    return event.kind not in ("result", "review") and event.act != ACTS[store.WITHHOLD]


def _shown(dossier: Dossier) -> Iterator[str | None]:
    """Yield the uid of every record that the page shows words of."""
    yield dossier.claim.uid
    for item in dossier.evidence:
        yield from (item.uid, item.source, item.seen_in)
    yield from dossier.sources
    yield from dossier.agents


def _stale(db: Any, found: RecordedFinding, ground: DossierDigest) -> bool:
    """Return whether a finding was made of other records than the claim stands on now."""
    if not found.input:
        return False  # the check did not run
    if any(row["scope"] != "claim" for row in queries.rows(db, "checkers", id=f"{found.checker}@{found.version}")):
        return False  # it looked at more than this claim stands on
    (run,) = queries.rows(db, "runs", id=found.run)
    return found.input != input_of(str(run["policy"]), ground.digest)


def _axes(row: dict[str, Any]) -> Axes:
    return Axes(
        workflow=Workflow(row["workflow"]),
        verdict=Verdict(row["verdict"]),
        corroboration=Corroboration(row["corroboration"]),
        sources=row["sources"],
        shown=row["independent_shown"],
        at_most=row["independent_at_most"],
        problems=row["problems"],
    )


def _problems_first(findings: list[RecordedFinding]) -> tuple[RecordedFinding, ...]:
    rank = {outcome: number for number, outcome in enumerate(words.OUTCOME)}
    return tuple(sorted(findings, key=lambda found: (rank[found.finding.outcome], found.checker)))


def _limits(db: Any, findings: list[RecordedFinding]) -> tuple[tuple[str, str], ...]:
    """Return (checker, what it does not establish) of every checker that looked at this."""
    cards = {row["id"]: row for row in queries.rows(db, "checkers")}
    asked = sorted({(found.checker, found.version) for found in findings})
    return tuple(
        (name, cards[f"{name}@{version}"]["does_not_establish"])
        for name, version in asked
        if f"{name}@{version}" in cards
    )


def _asked(dossier: Dossier) -> Iterator[InquiryView]:
    for inquiry in dossier.inquiries:
        yield InquiryView(
            record=inquiry,
            by=name(dossier, inquiry.asked_by) or "not stated who asked",
            whom=name(dossier, inquiry.asked) or inquiry.searched or "",
            seen_in=dossier.sources.get(inquiry.seen_in or ""),
        )


def _decisions(db: Any, dossier: Dossier, claim: Claim, changed: str) -> Iterator[Decision]:
    for row in queries.rows(db, "reviews", claim=claim.handle):
        kept = queries.by_handle(db, row["id"])
        if kept is not None and isinstance(kept.record, Review):
            by = queries.kept(db, kept.record.reviewer) if kept.record.reviewer else None
            who = by.record.name if by is not None and hasattr(by.record, "name") else ""
            behind = store.clock_was_behind(db, kept.first_seq)
            yield Decision(kept.record, who, kept.added, kept.standing, changed > kept.added, behind)
