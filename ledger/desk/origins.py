"""An origin that texts name and that nobody has seen: put on record, so that what comes from it is one."""

from __future__ import annotations

from collections.abc import Iterable

from ..book import Book
from ..errors import UnknownRecord
from ..model import Agent, AgentKind, Claim, Relation, Source, SourceKind
from .agents import agent_of

SPOKEN = (SourceKind.STATEMENT, SourceKind.SPEECH, SourceKind.INTERVIEW, SourceKind.POST)
"""Kinds of sources that are somebody's words."""


def name_origin(
    book: Book, name: str, sources: Iterable[Source], *, claim: Claim | None = None, kind: SourceKind | None = None
) -> Source:
    """Record what some sources come from without its having been seen, and that they do; return that source.

    `name` is who said it, the news house whose report it is (the default kind, a wire report), or what it is called (a
    document, a dataset ...). A source of that name is the one that is meant.
    """
    kind = kind or SourceKind.WIRE_REPORT
    with book.together():
        origin = book.look_up(Source, name)
        if origin is None:
            agent = None if kind not in (*SPOKEN, SourceKind.WIRE_REPORT) else _agent(book, name, kind)
            title = name if agent is None else f"{'Words' if kind in SPOKEN else 'Report'} of {agent.name}, not seen"
            origin = book.look_up(Source, title) or book.source(
                title,
                kind=kind,
                author=agent if kind in SPOKEN else None,
                publisher=None if kind in SPOKEN else agent,
                note="Named by others as where they have it from.",
            )
        for source in sources:
            book.link(source, Relation.BASED_ON, origin, claim=claim)
        return origin


def _agent(book: Book, name: str, kind: SourceKind) -> Agent:
    if kind in SPOKEN:
        return agent_of(book, name)
    try:
        return book.find(Agent, name)
    except UnknownRecord:
        return book.agent(name, kind=AgentKind.ORGANISATION)
