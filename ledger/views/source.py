"""A source as a reader meets it, and what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..desk import excluded_from
from ..errors import UnknownRecord
from ..model import Agent, Capture, Exclusion, LinkState, Relation, Source, Stance, Standing
from ..store import StoredRecord, queries, resting
from ..store.paging import EACH, ListPage, Row, page_of
from ..text import place_words
from . import words
from .hidden import Hidden, hidden
from .history import Event, LaterAct, changes, history_page


@attrs.frozen
class Neighbour:
    """A link as seen from one of its ends: the words for it, and the handle and title at the other end."""

    label: str
    handle: str
    title: str
    state: str
    note: str


@attrs.frozen
class CarriedClaim:
    """A claim that a source carries evidence for, against or around; `via` if only through other sources."""

    handle: str
    text: str
    stance: str
    quote: str | None
    place: str = ""
    via: str | None = None
    via_title: str = ""
    standing: Standing = Standing.CURRENT

    @property
    def mark(self) -> str:
        """What later entries made of the claim; empty where it is as it was entered."""
        return "" if self.standing is Standing.CURRENT else words.STANDING[self.standing]


@attrs.frozen
class SourceView:
    """Everything the source page shows, top to bottom; each list of it is a page of one that may be long.

    `carries` has the evidence that it carries itself, `through` the claims that stand on it through others only;
    `rests` counts all the claims that would have to be looked at again without it.
    """

    source: Source
    kept: StoredRecord
    author: Agent | None
    publisher: Agent | None
    changes: tuple[LaterAct, ...]
    captures: ListPage[Capture]
    back: ListPage[Neighbour]
    forth: ListPage[Neighbour]
    carries: ListPage[CarriedClaim]
    through: ListPage[CarriedClaim]
    rests: int
    exclusions: ListPage[Exclusion]
    events: ListPage[Event]
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


PAGED = ("carries", "through", "back", "forth", "copies", "left", "entries")
"""The lists of a source's page, by the name under which a page of each is asked for."""


def source_view(db: Any, handle: str, pages: Mapping[str, int] | None = None, *, each: int | None = EACH) -> SourceView:
    """Return the view of a source, `pages` saying which page of each list; raise UnknownRecord if there is none.

    A page has `each` lines at most, or all for None.
    """
    at = {**dict.fromkeys(PAGED, 1), **(pages or {})}
    kept = _kept(db, handle)
    source = kept.record
    assert isinstance(source, Source)
    captures = resting.captures_of(db, handle, at["copies"], each=each).each_as(lambda row: _capture(db, row))
    hands = {uid for capture in captures.items for uid in (capture.taken_by, capture.made_by) if uid}
    evidence, claims = resting.carried_counts(db, handle)
    carries = resting.carried(db, handle, at["carries"], total=evidence, each=each)
    through = resting.through(db, handle, at["through"], each=each)
    return SourceView(
        source=source,
        kept=kept,
        author=_agent(db, source.author),
        publisher=_agent(db, source.publisher),
        changes=changes(db, source.uid),
        captures=captures,
        back=resting.steps(db, handle, forth=False, number=at["back"], each=each).each_as(_neighbour),
        forth=resting.steps(db, handle, forth=True, number=at["forth"], each=each).each_as(_neighbour),
        carries=carries.each_as(_carried),
        through=through.each_as(_fallen),
        rests=claims + through.total,
        exclusions=page_of(excluded_from(db, source), at["left"], each),
        events=history_page(db, source.uid, at["entries"]),
        hidden=hidden(db, (source.uid, source.author, source.publisher, *(one.uid for one in captures.items))),
        names={uid: agent.name for uid in hands if (agent := _agent(db, uid))},
        origin=queries.origin(db),
    )


def impact(db: Any, handle: str) -> tuple[CarriedClaim, ...]:
    """Return every claim that stands on a source, itself or through others: what falls if it is retracted."""
    _kept(db, handle)
    carried = map(_carried, resting.carried(db, handle, each=None).items)
    found = {one.handle: one for one in carried}
    return (*found.values(), *map(_fallen, resting.through(db, handle, each=None).items))


def _kept(db: Any, handle: str) -> StoredRecord:
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Source):
        raise UnknownRecord(f"There is no source {handle!r}.", hint="See: factledger list sources")
    return kept


def _carried(row: Row) -> CarriedClaim:
    stance = words.STANCE[Stance(row["stance"])] + (", seen here" if row["elsewhere"] else "")
    place = place_words(row["fragment"])
    return CarriedClaim(row["claim"], row["text"], stance, row["quote"], place, standing=Standing(row["standing"]))


def _fallen(row: Row) -> CarriedClaim:
    stance = words.STANCE[Stance(row["stance"])] + (", seen there" if row["elsewhere"] else "")
    place, standing = place_words(row["fragment"]), Standing(row["standing"])
    return CarriedClaim(
        row["claim"], row["text"], stance, row["quote"], place, row["via"], row["via_title"], standing=standing
    )


def _neighbour(row: Row) -> Neighbour:
    label, state = words.RELATION[Relation(row["relation"])], words.LINK_STATE[LinkState(row["state"])]
    return Neighbour(label, row["id"], row["title"], state, row["note"] or "")


def _capture(db: Any, row: Row) -> Capture:
    kept = queries.by_handle(db, row["id"])
    assert kept is not None and isinstance(kept.record, Capture)
    return kept.record


def _agent(db: Any, uid: str | None) -> Agent | None:
    kept = queries.kept(db, uid) if uid else None
    return kept.record if kept is not None and isinstance(kept.record, Agent) else None
