"""What is on record of the sources that support a claim: who is behind each, and how each knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from .. import text
from ..model import Agent, Basis, Claim, Evidence, Link, Source, SourceKind
from ..text import Span, house_key

if TYPE_CHECKING:
    from ..text import Common, Credit, Wording

MOST_COMPARED = 20
"""Sources of one claim that are compared with one another, two by two; of others nothing is shown."""

REPORTS = (SourceKind.ARTICLE, SourceKind.WIRE_REPORT, SourceKind.POST)
"""Kinds of sources that tell of a document they know from; any other is that document."""


class ClaimRecords(Protocol):
    """What is on record about a claim: a `ledger.Dossier`."""

    @property
    def claim(self) -> Claim: ...
    @property
    def reports(self) -> Claim | None: ...
    @property
    def reported_by(self) -> tuple[Claim, ...]: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def agents(self) -> Mapping[str, Agent]: ...
    @property
    def withdrawn(self) -> Mapping[str, str]: ...
    @property
    def texts(self) -> Mapping[str, str]: ...

    @property
    def supporting(self) -> tuple[Evidence, ...]: ...

    def owner(self, source: Source) -> Agent | None: ...


class SupportingSources:
    """The sources that support a claim, each with its evidence; `looked_at` are those that are compared."""

    def __init__(self, dossier: ClaimRecords) -> None:
        self.dossier = dossier
        self.evidence: dict[str, list[Evidence]] = {}
        for item in dossier.supporting:
            self.evidence.setdefault(item.source, []).append(item)
        self.looked_at = tuple(self.evidence)[:MOST_COMPARED]
        self._credited: dict[str, tuple[Credit, ...]] = {}
        self._wordings: dict[str, Wording] = {}
        self._common: dict[tuple[str, str], Common] = {}
        self.claims = {claim.uid for claim in (dossier.claim, dossier.reports, *dossier.reported_by) if claim}

    def bases(self, uid: str) -> set[Basis]:
        """Return how a source knows, as its evidence has it."""
        return {item.basis for item in self.evidence.get(uid, ())}

    def saw_itself(self, uid: str) -> bool:
        """Return whether those who made a source were there, and not only somebody who speaks in it."""
        own = self.agents_behind(self.makers(uid))
        return any(
            item.basis is Basis.WITNESS and (item.speaker is None or self._is_one_of(own, item.speaker))
            for item in self.evidence.get(uid, ())
        )

    def voices(self, uid: str) -> dict[str, bool]:
        """Return whose words a source has the claim from, and whether they saw it themselves.

        Nobody's where the source, or somebody in it who is not named, knows it besides.
        """
        own, found = self.agents_behind(self.makers(uid)), dict[str, bool]()
        for item in self.evidence.get(uid, ()):
            if item.speaker is None or self._is_one_of(own, item.speaker):
                return {}
            found[item.speaker] = found.get(item.speaker, False) or item.basis is Basis.WITNESS
        return found

    def _is_one_of(self, house: set[str], agent: str) -> bool:
        return not house.isdisjoint(self.agents_behind([agent]))

    def makers(self, uid: str) -> list[str]:
        """Return the author and the publisher of a source, as far as they are known."""
        source = self.dossier.sources.get(uid)
        return [agent for agent in (source.publisher, source.author) if agent] if source else []

    def people(self, uid: str, behind: Iterable[str]) -> set[str]:
        """Return everybody behind a source, whoever speaks in it, and all that these belong to; `behind`, its trail."""
        speak = (who for item in self.evidence[uid] for who in (item.speaker, item.quoting) if who)
        return self.agents_behind([*speak, *(maker for node in (uid, *behind) for maker in self.makers(node))])

    def agents_behind(self, agents: Iterable[str]) -> set[str]:
        """Return these agents and all that they belong to."""
        waiting, found = list(agents), set[str]()
        while waiting:
            agent = self.dossier.agents.get(waiting.pop())
            if agent is not None and agent.uid not in found:
                found.add(agent.uid)
                waiting += [agent.part_of] if agent.part_of else []
        return found

    def top(self, agent: str) -> str:
        """Return the topmost owner of an agent; itself where it belongs to nobody."""
        seen = [agent]
        while (found := self.dossier.agents.get(seen[-1])) and found.part_of and found.part_of not in seen:
            seen.append(found.part_of)
        return seen[-1]

    def houses(self, uid: str) -> Iterator[str]:
        """Yield the names of those who made a source, in the form in which credits are compared."""
        found = (self.dossier.agents.get(agent) for agent in self.makers(uid))
        return (house_key(agent.name) for agent in found if agent)

    def is_record(self, uid: str) -> bool:
        """Return whether a source is what others report of, rather than a report."""
        source = self.dossier.sources.get(uid)
        return source is not None and source.kind not in REPORTS

    def common(self, a: str, b: str) -> Common | None:
        """Return what the archived texts of two sources have in common; None where not both are archived."""
        texts, sources = self.dossier.texts, self.dossier.sources
        if a not in texts or b not in texts:
            return None
        if (a, b) not in self._common:
            languages = (sources[a].language, sources[b].language)
            self._common[a, b] = text.in_common(self._words(a), self._words(b), languages=languages)
        return self._common[a, b]

    def _words(self, uid: str) -> Wording:
        if uid not in self._wordings:
            self._wordings[uid] = text.wording(self.dossier.texts[uid])
        return self._wordings[uid]

    def stands_on(self, uid: str) -> tuple[Span, ...]:
        """Return where in a source's archived text the words stand that are its evidence."""
        text = self.dossier.texts.get(uid, "")
        anchors = (item.anchor for item in self.evidence.get(uid, ()))
        found = (Span(one.start, one.end) for one in anchors if one and one.start is not None and one.end is not None)
        exact = {one.anchor.exact for one in self.evidence.get(uid, ()) if one.anchor}
        return tuple(span for span in found if span.end <= len(text) and span.of(text) in exact)

    def credits(self, uid: str) -> tuple[Credit, ...]:
        """Return whom the archived text of a source credits for its words, but for its own house."""
        if uid not in self._credited:
            words = self.dossier.texts.get(uid)
            own = set(self.houses(uid))
            names = tuple(sorted(agent.name for agent in self.dossier.agents.values()))
            found = _credits(words, names) if words else ()
            self._credited[uid] = tuple(
                one for one in found if one.manner is not text.Manner.PHOTO and house_key(one.name) not in own
            )
        return self._credited[uid]


@text.read_once
def _credits(words: str, known: tuple[str, ...]) -> tuple[Credit, ...]:
    return text.credits(words, known=known)
