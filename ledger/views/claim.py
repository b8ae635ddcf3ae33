"""A claim as a reader meets it: one value that the command line prints and the web draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .. import store
from ..axes import Axes
from ..checker import Dossier
from ..checks import Ground, dossiers, input_of
from ..errors import UnknownRecord
from ..model import (
    Basis,
    Claim,
    Corroboration,
    Evidence,
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
from ..store import Found, Kept, queries
from ..text import place_words
from ..text.fragments import is_canonical
from . import words
from .hidden import Hidden, hidden
from .history import ACTS, Change, Event, changes, history
from .trail import Trail, trail


@attrs.frozen
class Item:
    """A piece of evidence with the names a reader knows it by."""

    record: Evidence
    source: Source
    seen_in: Source | None
    voice: str
    speaker: str
    quoting: str
    archived: bool
    withdrawn: str | None
    address: str = ""
    """The web address of the place in it, if one is recorded."""

    @property
    def words(self) -> str:
        """Its exact words; empty where it quotes none."""
        return self.record.anchor.exact if self.record.anchor else ""

    @property
    def place(self) -> str:
        """The page, the time or the part of a picture, in words; empty where none is recorded."""
        return place_words(self.record.anchor.fragment) if self.record.anchor else ""

    @property
    def knows(self) -> str:
        return words.BASIS[self.record.basis]

    @property
    def stake(self) -> str:
        return words.STAKE[self.record.stake]

    @property
    def grades(self) -> str:
        """How a person graded the source, and apart from it what it says here; empty if nobody did."""
        given = [grade for grade in (self.record.reliability, self.record.credibility) if grade is not None]
        return "; ".join(words.GRADE[grade] for grade in given)

    @property
    def first_hand(self) -> bool:
        return self.record.basis in (Basis.WITNESS, Basis.DOCUMENT)

    @property
    def naming(self) -> str:
        """Whether its speaker is named, and if not, why."""
        if self.record.named is None:
            return "not recorded whether it is named"
        if self.record.named:
            return "named"
        return f"not named: {self.record.unnamed_because or 'no reason is recorded'}"


@attrs.frozen
class Asked:
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

    @property
    def verdict(self) -> str:
        return self.record.label or words.VERDICT[self.record.verdict]

    @property
    def when(self) -> str:
        return words.instant(self.at)


@attrs.frozen
class ClaimView:
    """Everything the claim page shows, top to bottom."""

    claim: Claim
    claimant: str
    axes: Axes
    changes: tuple[Change, ...]
    superseded_by: str | None
    evidence: tuple[Item, ...]
    inquiries: tuple[Asked, ...]
    findings: tuple[Found, ...]
    stale: bool
    idle: Mapping[str, str]
    limits: tuple[tuple[str, str], ...]
    decisions: tuple[Decision, ...]
    events: tuple[Event, ...]
    hidden: tuple[Hidden, ...]
    dossier: Dossier
    kept: Kept
    origin: str
    size: int

    def stance(self, stance: Stance) -> tuple[Item, ...]:
        return tuple(item for item in self.evidence if item.record.stance is stance)

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
    def workflow(self) -> str:
        return words.WORKFLOW[Workflow(self.axes.workflow)]


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
        claimant=_name(dossier, claim.claimant),
        axes=_axes(row),
        changes=changes(db, claim.uid),
        superseded_by=superseder.record.handle if superseder else None,
        evidence=tuple(_items(dossier)),
        inquiries=tuple(_asked(dossier)),
        findings=_problems_first(findings),
        stale=any(_stale(db, found, ground) for found in findings),
        idle=queries.idle(findings, queries.last_checkers(db)),
        limits=_limits(db, findings),
        decisions=tuple(_decisions(db, dossier, claim, changed)),
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


def _stale(db: Any, found: Found, ground: Ground) -> bool:
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


def _problems_first(findings: list[Found]) -> tuple[Found, ...]:
    rank = {outcome: number for number, outcome in enumerate(words.OUTCOME)}
    return tuple(sorted(findings, key=lambda found: (rank[found.finding.outcome], found.checker)))


def _limits(db: Any, findings: list[Found]) -> tuple[tuple[str, str], ...]:
    """Return (checker, what it does not establish) of every checker that looked at this."""
    cards = {row["id"]: row for row in queries.rows(db, "checkers")}
    asked = sorted({(found.checker, found.version) for found in findings})
    return tuple(
        (name, cards[f"{name}@{version}"]["does_not_establish"])
        for name, version in asked
        if f"{name}@{version}" in cards
    )


def _items(dossier: Dossier) -> Iterator[Item]:
    order = list(Stance)
    for item in sorted(dossier.evidence, key=lambda item: order.index(item.stance)):
        source, seen_in = dossier.source(item), dossier.sources.get(item.seen_in or "")
        found_in = seen_in or source
        yield Item(
            record=item,
            source=source,
            seen_in=seen_in,
            voice=_name(dossier, source.author or source.publisher),
            speaker=_name(dossier, item.speaker),
            quoting=_name(dossier, item.quoting),
            archived=bool(dossier.captures_of(found_in)),
            withdrawn=dossier.withdrawn.get(source.uid),
            address=_address(dossier, item, found_in),
        )


def _address(dossier: Dossier, item: Evidence, found_in: Source) -> str:
    """Return where on the web the place of evidence can be seen: at its newest copy's address, else its source's."""
    place = item.anchor.fragment if item.anchor else None
    urls = [capture.url for capture in reversed(dossier.captures_of(found_in))]
    whole = next((url for url in (*urls, found_in.url) if url and url.startswith(("http://", "https://"))), None)
    return f"{whole.partition('#')[0]}#{place}" if whole and place and is_canonical(place) else ""


def _asked(dossier: Dossier) -> Iterator[Asked]:
    for inquiry in dossier.inquiries:
        yield Asked(
            record=inquiry,
            by=_name(dossier, inquiry.asked_by) or "not stated who asked",
            whom=_name(dossier, inquiry.asked) or inquiry.searched or "",
            seen_in=dossier.sources.get(inquiry.seen_in or ""),
        )


def _decisions(db: Any, dossier: Dossier, claim: Claim, changed: int) -> Iterator[Decision]:
    for row in queries.rows(db, "reviews", claim=claim.handle):
        kept = queries.by_handle(db, row["id"])
        if kept is not None and isinstance(kept.record, Review):
            by = queries.kept(db, kept.record.reviewer) if kept.record.reviewer else None
            name = by.record.name if by is not None and hasattr(by.record, "name") else ""
            yield Decision(kept.record, name, kept.added, kept.standing, changed > kept.first_seq)


def _name(dossier: Dossier, uid: str | None) -> str:
    agent = dossier.agent(uid)
    return agent.name if agent else ""
