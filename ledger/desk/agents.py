"""People named on the way: found, made, or refused as a slip of the pen; and who is no person at all."""

from __future__ import annotations

import re

import attrs

from ..book import Book
from ..errors import InputError, UnknownRecord
from ..model import Agent, AgentKind

BODIES = frozenset(
    """academy administration agency alliance army assembly association authority bank board bureau cabinet chamber
    church club college commission committee company congress corporation council court department directorate embassy
    federation foundation fund gazette government group guard guild herald hospital institute institution journal
    league library media ministry mission museum navy network news newspaper observatory office organisation
    organization parliament partnership party police press school secretariat senate service society syndicate team
    times tribunal tribune trust union university inc ltd llc plc corp gmbh""".split()
)
"""A name with one of these words is an organisation's."""

_COUNTED = frozenset(
    """a an another any both dozens few five four half hundreds many most multiple nine no numerous one other seven
    several six some ten three two various""".split()
)
_UNNAMED = frozenset(
    """analysts anonymous anybody aides advisers critics diplomats everybody experts insiders investigators lawmakers
    nobody observers officials people person prosecutors researchers residents somebody someone sources staff
    supporters unidentified unnamed witnesses""".split()
)
"""A description of people who are not named begins with one of these, in small letters or before small ones."""


@attrs.frozen
class NewAgent:
    """Somebody of whom it is known that they are not on record yet, and what they are."""

    name: str
    kind: AgentKind

    def __str__(self) -> str:
        return self.name


def agent_of(book: Book, named: str | NewAgent) -> Agent:
    """Return the agent of this id or name; make one for a new name.

    Raises UnknownRecord for a name that looks like an id, or like a slip in a
    recorded name: a typing error must not become a second person. Raises
    InputError for words that describe people who are not named.
    """
    if isinstance(named, NewAgent):
        return book.agent(named.name, kind=named.kind)
    known = book.look_up(Agent, named)
    if known is not None:
        return known
    if is_description(named):
        raise InputError(
            f"“{named}” describes people who are not named, and is nobody's name.",
            where="agent",
            hint=f"Say so: --unnamed {named!r}",
        )
    if re.fullmatch(r"[a-z0-9_-]+", named):
        return book.find(Agent, named)  # raises, with a likely one
    similar = book.similar_agent(named)
    if similar is not None:
        raise UnknownRecord(
            f"There is no agent {named!r}. Did you mean {similar}?",
            where="agent",
            hint=f"If they are two, record this one first: factledger agent {named!r}",
        )
    return book.agent(named, kind=likely_kind(named))


def publisher_of(book: Book, name: str) -> Agent:
    """Return the agent of this id or name, as `agent_of` does; a new one, who publishes, is an organisation."""
    known = book.look_up(Agent, name) or re.fullmatch(r"[a-z0-9_-]+", name) or book.similar_agent(name)
    return agent_of(book, name) if known else book.agent(name, kind=AgentKind.ORGANISATION)


def likely_kind(name: str) -> AgentKind:
    """Return what a name is most likely of: an organisation's has a word of one, or is written in capitals alone."""
    words = re.findall(r"[^\W\d_]+", name)
    acronym = len(words) == 1 and len(name) > 1 and name.isupper()
    told = acronym or name.startswith("The ") or not BODIES.isdisjoint(word.casefold() for word in words)
    return AgentKind.ORGANISATION if told else AgentKind.PERSON


def is_description(words: str) -> bool:
    """Return whether words describe people instead of naming them: "two people with knowledge of the contract"."""
    first, *rest = words.split() or [""]
    if first.casefold() not in _COUNTED | _UNNAMED:
        return False
    return first.islower() or rest[0][0].islower() if rest else first.casefold() in _UNNAMED
