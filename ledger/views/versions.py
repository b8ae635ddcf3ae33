"""The versions of a claim, and what differs between two of them: words, verdict, evidence, checks, decisions, chain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

import attrs

from ..axes import PROBLEMS
from . import words
from .claim import ClaimView, Decision, InquiryView
from .evidence import EvidenceView
from .history import Event
from .trail import Edge, Node, Trail

PIECE = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")

ALIKE = 0.5
"""Pieces in common, as a share, of texts that are shown as one, word by word."""


@attrs.frozen
class Version:
    """What was entered about a claim at one time: how many entries the log then had, and the entries."""

    size: int
    at: str
    events: tuple[Event, ...]

    @property
    def when(self) -> str:
        return words.instant(self.at)

    @property
    def what(self) -> str:
        """What was entered, in a few words."""
        acts = dict.fromkeys(f"{words.KIND.get(event.kind, event.kind)} {event.act}" for event in self.events)
        return words.some(list(acts), 3)


class VersionSide(StrEnum):
    """In which of two versions something stands."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"


@attrs.frozen
class VersionWords:
    """Words of one version, or of both."""

    side: VersionSide
    words: str


@attrs.frozen
class VersionChange:
    """One thing that is not the same in both: what it is, where it stands, and its words, told apart.

    `quiet` is a check result that asked nothing of anybody, before or after.
    """

    what: str
    side: VersionSide
    stretches: tuple[VersionWords, ...]
    quiet: bool = False

    @property
    def replaced(self) -> bool:
        """Whether its words were put in the place of others as a whole."""
        return [one.side for one in self.stretches] == [VersionSide.BEFORE, VersionSide.AFTER]


@attrs.frozen
class Difference:
    """What differs between two versions of a claim: sections with their changes, and the chains drawn as one.

    `trail` is None where the chain is the same.
    """

    sections: tuple[tuple[str, tuple[VersionChange, ...]], ...]
    trail: Trail | None

    @property
    def count(self) -> int:
        return sum(len(changes) for _, changes in self.sections)


def versions(view: ClaimView) -> tuple[Version, ...]:
    """Return the versions of a claim, oldest first: what was entered at one moment makes one.

    A claim also reads otherwise once a source that it stands on is corrected; that is a version of the source.
    """
    return tuple(
        Version(max(event.seq for event in events) + 1, at, events)
        for at, events in ((at, tuple(found)) for at, found in groupby(view.events, key=lambda event: event.at))
    )


def difference(before: ClaimView, after: ClaimView) -> Difference:
    """Return what differs between two versions of one claim."""
    sections = (
        ("Words", _changes(_words(before), _words(after))),
        ("Where it stands", _changes(_state(before), _state(after))),
        ("Decisions", _changes(_decisions(before), _decisions(after))),
        ("Evidence", _changes(_evidence(before), _evidence(after))),
        ("Asked and searched", _changes(_asked(before), _asked(after))),
        ("Where it comes from", _changes(_steps(before), _steps(after))),
        ("Check results", _checked(before, after)),
    )
    moved = _steps(before) != _steps(after)
    trail = merged(before.drawing, after.drawing) if moved else None
    return Difference(tuple((title, changes) for title, changes in sections if changes), trail)


def _checked(before: ClaimView, after: ClaimView) -> tuple[VersionChange, ...]:
    """Return what changed in what checks found, the quiet last."""
    loud = {found.checker for view in (before, after) for found in view.findings if found.finding.outcome in PROBLEMS}
    found = _changes(_findings(before), _findings(after))
    return tuple(sorted((attrs.evolve(one, quiet=one.what not in loud) for one in found), key=lambda one: one.quiet))


Told = Mapping[str, tuple[str, str]]
"""By a name that stays the same between versions: what something is, and its words."""


def _changes(before: Told, after: Told) -> tuple[VersionChange, ...]:
    return tuple(
        VersionChange(what, side, stretches)
        for name in dict.fromkeys((*before, *after))
        for what, side, stretches in _change(before.get(name), after.get(name))
    )


def _change(
    before: tuple[str, str] | None, after: tuple[str, str] | None
) -> Iterator[tuple[str, VersionSide, tuple[VersionWords, ...]]]:
    if before == after:
        return
    if before is None or after is None:
        what, text = before or after or ("", "")
        side = VersionSide.AFTER if before is None else VersionSide.BEFORE
        yield what, side, (VersionWords(side, text),)
    else:
        yield after[0], VersionSide.BOTH, tuple(_compared(before[1], after[1]))


def _compared(before: str, after: str) -> Iterator[VersionWords]:
    """Yield both texts as one, word by word; texts that have little in common one after the other."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        yield from (
            VersionWords(side, text)
            for side, text in ((VersionSide.BEFORE, before), (VersionSide.AFTER, after))
            if text
        )
        return
    for tag, start, end, there, until in matcher.get_opcodes():
        if tag == "equal":
            yield VersionWords(VersionSide.BOTH, "".join(old[start:end]))
            continue
        if start < end:
            yield VersionWords(VersionSide.BEFORE, "".join(old[start:end]))
        if there < until:
            yield VersionWords(VersionSide.AFTER, "".join(new[there:until]))


def _words(view: ClaimView) -> Told:
    claim, value = view.claim, view.claim.value
    return {
        "text": ("the claim", claim.text),
        "claimant": ("claimed by", view.claimant or "not recorded"),
        "said": ("said", words.date(claim.said)),
        "occurred": ("happened", words.date(claim.occurred)),
        "topic": ("topic", claim.topic or "none"),
        "story": ("story", claim.story or "none"),
        "value": (
            "figure",
            f"{value.subject}, {value.property}: {value.amount} {value.unit or ''}".strip() if value else "none",
        ),
        "reports": ("reports", view.dossier.reports.text if view.dossier.reports else "no other claim"),
    }


def _state(view: ClaimView) -> Told:
    return {
        "verdict": ("verdict", view.verdict),
        "workflow": ("state", view.workflow),
        "corroboration": ("sources", view.corroboration),
        "stale": ("checks", "made before the last change" if view.stale else "made of what is recorded"),
    }


def _decisions(view: ClaimView) -> Told:
    return {one.record.uid: (_decided(one), one.record.reasons) for one in view.decisions}


def _decided(one: Decision) -> str:
    act = "signed" if one.record.seconds else "decided"
    gone = "" if one.standing.stands else f" ({words.STANDING[one.standing]})"
    return f"{one.verdict}, {act} by {one.by or 'somebody not recorded'}, {one.when}{gone}"


def _evidence(view: ClaimView) -> Told:
    return {item.record.uid: (_source(item), "; ".join(_about(item))) for item in view.evidence}


def _source(item: EvidenceView) -> str:
    return f"{words.STANCE[item.record.stance]}: {item.source.title}"


def _about(item: EvidenceView) -> Iterable[str]:
    quoted = f"“{item.words}”" if item.words else "no exact words"
    seen = f"seen in {item.seen_in.title}" if item.seen_in else ""
    gone = (
        f"its source was taken back: {item.withdrawn or 'no reason is recorded'}" if item.withdrawn is not None else ""
    )
    archived = "archived" if item.archived else "no archived copy"
    parts = (quoted, item.place, item.speaker, seen, item.knows, item.stake, item.naming, item.grades, archived, gone)
    return filter(None, (*parts, item.record.note))


def _asked(view: ClaimView) -> Told:
    return {one.record.uid: (one.record.question, _answer(one)) for one in view.inquiries}


def _answer(one: InquiryView) -> str:
    return "; ".join(filter(None, (one.whom, one.state, one.record.note)))


def _findings(view: ClaimView) -> Told:
    counts: dict[str, int] = {}
    found: dict[str, tuple[str, str]] = {}
    for one in view.findings:
        number = counts[one.checker] = counts.get(one.checker, 0) + 1
        reason = f"{words.OUTCOME[one.finding.outcome]}: {one.finding.reason}"
        found[f"{one.checker} {number}"] = (one.checker, reason)
    return found


def _steps(view: ClaimView) -> Told:
    drawing = view.drawing
    names = {node.uid: node.name for node in drawing.nodes}
    return {
        f"{edge.start} {edge.end} {edge.label}": (
            "step",
            f"{names.get(edge.start, 'the claim')} → {edge.label} → {names.get(edge.end, '?')}",
        )
        for edge in drawing.edges
    }


def merged(before: Trail, after: Trail) -> Trail:
    """Return two drawings of one chain as one, with what is new or gone marked by a word."""
    old, new = ({node.uid: node for node in trail.nodes} for trail in (before, after))
    nodes = [_marked(node, "" if node.uid in old else "new") for node in after.nodes]
    nodes += [_marked(node, "gone") for node in before.nodes if node.uid not in new]
    edges = [_step(edge, "" if edge in before.edges else "new") for edge in after.edges]
    edges += [_step(edge, "gone") for edge in before.edges if edge not in after.edges]
    return Trail(tuple(nodes), tuple(edges))


def _marked(node: Node, mark: str) -> Node:
    return attrs.evolve(node, notes=(mark.upper(), *node.notes)) if mark else node


def _step(edge: Edge, mark: str) -> Edge:
    return attrs.evolve(edge, label=f"{mark.upper()}: {edge.label}") if mark else edge
