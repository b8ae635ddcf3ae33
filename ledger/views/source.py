"""A source as a reader meets it, and what stands on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from ..chain import Chain, Step
from ..errors import UnknownRecord
from ..model import Agent, Capture, Claim, Evidence, Link, LinkState, Source, Standing
from ..store import Kept, queries
from ..text import place_words
from . import words
from .hidden import Hidden, hidden
from .history import Change, Event, changes, history


@attrs.frozen
class Neighbour:
    """A link as seen from one of its ends: the words for it, and the source at the other end."""

    label: str
    other: Source
    state: str
    note: str


@attrs.frozen
class Carried:
    """A claim that a source carries evidence for, against or around; `via` if only through other sources."""

    claim: Claim
    stance: str
    quote: str | None
    place: str = ""
    via: str | None = None
    via_title: str = ""


@attrs.frozen
class SourceView:
    """Everything the source page shows, top to bottom."""

    source: Source
    kept: Kept
    author: Agent | None
    publisher: Agent | None
    changes: tuple[Change, ...]
    captures: tuple[Capture, ...]
    back: tuple[Neighbour, ...]
    forth: tuple[Neighbour, ...]
    carries: tuple[Carried, ...]
    impact: tuple[Carried, ...]
    events: tuple[Event, ...]
    hidden: tuple[Hidden, ...]
    names: Mapping[str, str]
    """The uid of who made an archived copy, or what it is a copy of -> their name."""
    origin: str

    @property
    def kind(self) -> str:
        return words.SOURCE[self.source.kind]

    @property
    def published(self) -> str:
        return words.date(self.source.published)

    @property
    def reference_date(self) -> str:
        return words.date(self.source.reference_date) if self.source.reference_date else ""


def source_view(db: Any, handle: str) -> SourceView:
    """Return the view of a source; raise UnknownRecord if there is none of this handle."""
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Source):
        raise UnknownRecord(f"There is no source {handle!r}.", hint="See: factledger list sources")
    source = kept.record
    links = _links(db)
    found = (queries.by_handle(db, row["id"]) for row in queries.rows(db, "captures", source=handle))
    captures = tuple(one.record for one in found if one is not None and isinstance(one.record, Capture))
    hands = {uid for capture in captures for uid in (capture.taken_by, capture.made_by) if uid}
    return SourceView(
        source=source,
        kept=kept,
        author=_agent(db, source.author),
        publisher=_agent(db, source.publisher),
        changes=changes(db, source.uid),
        captures=captures,
        back=tuple(_steps(db, [link for link in links if link.source == source.uid], forth=False)),
        forth=tuple(_steps(db, [link for link in links if link.comes_from == source.uid], forth=True)),
        carries=tuple(_carried(db, source)),
        impact=impact(db, handle),
        events=history(db, source.uid),
        hidden=hidden(db, (source.uid, source.author, source.publisher, *(capture.uid for capture in captures))),
        names={uid: agent.name for uid in hands if (agent := _agent(db, uid))},
        origin=queries.origin(db),
    )


def impact(db: Any, handle: str) -> tuple[Carried, ...]:
    """Return every claim that stands on a source, itself or through others: what falls if it is retracted."""
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Source):
        raise UnknownRecord(f"There is no source {handle!r}.", hint="See: factledger list sources")
    source = kept.record
    chain = Chain(
        Step(link.source, link.comes_from, link.relation.value) for link in _links(db) if link.relation.derives
    )
    behind = chain.ancestors(source.uid) | {source.uid}
    found = {carried.claim.uid: carried for carried in _carried(db, source)}
    for uid in sorted(chain.dependents(source.uid) - {source.uid}):
        between = queries.kept(db, uid)
        if between is not None and isinstance(between.record, Source):
            # What was only seen in a later source falls if this one lies on the trail from there.
            for carried in _carried(db, between.record, seen_of=behind):
                through = attrs.evolve(carried, via=between.record.handle, via_title=between.record.title)
                found.setdefault(carried.claim.uid, through)
    return tuple(found.values())


def _carried(db: Any, source: Source, *, seen_of: Collection[str] | None = None) -> list[Carried]:
    """Return the claims with standing evidence that a source carries, or that was seen in it.

    Of what was only seen in it, `seen_of` keeps the evidence of these sources.
    """
    rows = queries.rows(db, "evidence", source=source.handle) + queries.rows(db, "evidence", seen_in=source.handle)
    found = []
    for row in rows:
        if not Standing(row["standing"]).stands:
            continue
        item, claim = queries.by_handle(db, row["id"]), queries.by_handle(db, row["claim"])
        if (
            item is not None
            and claim is not None
            and isinstance(item.record, Evidence)
            and isinstance(claim.record, Claim)
        ):
            seen = item.record.source != source.uid
            if seen and seen_of is not None and item.record.source not in seen_of:
                continue
            stance = words.STANCE[item.record.stance] + (", seen here" if seen else "")
            place = place_words(item.record.anchor.fragment) if item.record.anchor else ""
            found.append(Carried(claim.record, stance, row["quote"], place))
    return found


def _links(db: Any) -> list[Link]:
    return [
        kept.record
        for kept in queries.all_kept(db, "link")
        if isinstance(kept.record, Link) and kept.standing.stands and kept.record.state is not LinkState.REJECTED
    ]


def _steps(db: Any, links: list[Link], *, forth: bool) -> list[Neighbour]:
    found = []
    for link in links:
        other = queries.kept(db, link.source if forth else link.comes_from)
        if other is not None and isinstance(other.record, Source):
            label = words.RELATION[link.relation]
            found.append(Neighbour(label, other.record, words.LINK_STATE[link.state], link.note or ""))
    return found


def _agent(db: Any, uid: str | None) -> Agent | None:
    kept = queries.kept(db, uid) if uid else None
    return kept.record if kept is not None and isinstance(kept.record, Agent) else None
