"""A person or organisation as a reader meets it: what they said, what was said of them, how they know, their stake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..errors import UnknownRecord
from ..model import HIDDEN, Agent, AgentKind, Basis, Reliability, Stake
from ..store import StoredRecord, lists, queries
from ..store.paging import ListPage, Row
from . import words
from .claims import ListedClaim, listed
from .hidden import Hidden, hidden
from .history import Event, LaterAct, changes, history_page

PAGED = ("claims", "about", "sources", "inquiries", "parts", "entries")
"""The lists of a page, by the name under which a page of each is asked for."""


@attrs.frozen
class AgentView:
    """What the page of a person or organisation shows, top to bottom; each list is a page of one that may be long.

    `about` are claims of others whose text has the name; `basis`, `stake` and `reliability` count, in words, the
    evidence in which they speak.
    """

    agent: Agent
    kept: StoredRecord
    owner: Agent | None
    changes: tuple[LaterAct, ...]
    claims: ListPage[ListedClaim]
    about: ListPage[ListedClaim]
    sources: ListPage[Row]
    inquiries: ListPage[Row]
    parts: ListPage[Row]
    basis: Mapping[str, int]
    stake: Mapping[str, int]
    reliability: Mapping[str, int]
    events: ListPage[Event]
    hidden: tuple[Hidden, ...]
    origin: str

    @property
    def kind(self) -> str:
        return words.AGENT[self.agent.kind]

    @property
    def called(self) -> str:
        """The name that claims of others are looked through for."""
        return called(self.agent)

    @property
    def speaks(self) -> int:
        """In how much evidence they speak."""
        return sum(self.basis.values())


def called(agent: Agent) -> str:
    """Return the name that others call an agent by: of a person's the last word; empty where it is kept from us."""
    if agent.name in HIDDEN:
        return ""
    return agent.name.split()[-1] if agent.kind is AgentKind.PERSON else agent.name


def agent_view(db: Any, handle: str, pages: Mapping[str, int] | None = None) -> AgentView:
    """Return the view of a person or organisation, `pages` saying which page of each list; raise UnknownRecord."""
    at = {**dict.fromkeys(PAGED, 1), **(pages or {})}
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Agent):
        raise UnknownRecord(f"There is nobody {handle!r}.", hint="See: factledger list agents")
    agent = kept.record
    owner = queries.kept(db, agent.part_of) if agent.part_of else None
    basis, stake, reliability = lists.spoken(db, handle)
    name = called(agent)
    return AgentView(
        agent=agent,
        kept=kept,
        owner=owner.record if owner is not None and isinstance(owner.record, Agent) else None,
        changes=changes(db, agent.uid),
        claims=listed(db, lists.made_by(db, handle, at["claims"])),
        about=listed(db, lists.about(db, name, handle, at["about"])),
        sources=lists.of_agent(db, handle, at["sources"]),
        inquiries=lists.asked(db, handle, at["inquiries"]),
        parts=lists.parts_of(db, handle, at["parts"]),
        basis={words.BASIS[one]: basis[one] for one in Basis if one in basis},
        stake={words.STAKE[one]: stake[one] for one in Stake if one in stake},
        reliability={words.GRADE[one]: reliability[one] for one in Reliability if one in reliability},
        events=history_page(db, agent.uid, at["entries"]),
        hidden=hidden(db, (agent.uid, agent.part_of)),
        origin=queries.origin(db),
    )
