"""People named on the way: found, made, or refused as a slip of the pen."""

from __future__ import annotations

import re

from ..book import Book
from ..errors import UnknownRecord
from ..model import Agent


def agent_of(book: Book, name: str) -> Agent:
    """Return the agent of this id or name; make one for a new name.

    Raises UnknownRecord for a name that looks like an id, or like a slip in a
    recorded name: a typing error must not become a second person.
    """
    known = book.look_up(Agent, name)
    if known is not None:
        return known
    if re.fullmatch(r"[a-z0-9_-]+", name):
        return book.find(Agent, name)  # raises, with a likely one
    similar = book.similar_agent(name)
    if similar is not None:
        raise UnknownRecord(
            f"There is no agent {name!r}. Did you mean {similar}?",
            where="agent",
            hint=f"If they are two, record this one first: factledger agent {name!r}",
        )
    return book.agent(name)
