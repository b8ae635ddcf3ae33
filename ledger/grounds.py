"""What a dossier says for and against the independence of its sources: what `ledger.chain` is asked with.

A trail is of one claim and its evidence, not of an article. Whoever saw or judged for themselves is where their own
trail ends, whomever they also quote; a link that carries another claim leads nowhere here; and whom a text credits as
a whole is an origin even where it is not on record (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Protocol

import attrs

from .chain import Chain, Independence, Lack, Reason, Step, independence
from .model import Agent, AgentKind, Basis, Claim, Evidence, Link, Relation, Source, SourceKind
from .text import Credit, Manner, credits, house_key, reuse, wording

MOST_COMPARED = 20
"""Sources of one claim that are compared with one another, two by two."""

PARTIAL = (Relation.QUOTES, Relation.CITES)
"""Relations by which a source has something from another; the rest it may have from elsewhere, or from itself."""

REPORTS = (SourceKind.ARTICLE, SourceKind.WIRE_REPORT, SourceKind.POST)
"""Kinds of sources that tell of a document they know from; any other is that document."""

ABSENT = "absent:"
"""Begins the node of an origin that a text names and that is not on record."""


class Recorded(Protocol):
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


@attrs.frozen(eq=False)
class Weighing:
    """How the supporting sources of one claim hang together.

    `chain` holds the steps that carry the claim, `doubtful` those of its links of which nobody said that they carry
    this one. `resting` names, for each source that does not count because of it, the withdrawn one that it rests on;
    `absent` gives the name of each origin that texts credit and that is not on record, by its node.
    """

    independence: Independence
    chain: Chain
    doubtful: tuple[Link, ...]
    resting: Mapping[str, str]
    absent: Mapping[str, str]


def weigh(dossier: Recorded) -> Weighing:
    """Return how many of the supporting sources are independent, at least and at most, and why.

    Sources that were withdrawn do not count, nor do those that rest on withdrawn ones alone.
    """
    known = _Known(dossier)
    links = [link for link in dossier.links if known.carries(link)]
    steps = [Step(link.source, link.comes_from, link.relation.value) for link in links]
    steps += [Step(source, node, Relation.BASED_ON.value) for source, node in known.credited(steps)]
    gone = _gone(Chain(steps), dossier.withdrawn)
    chain = Chain(step for step in steps if step.later not in gone and step.earlier not in gone)
    supporting = [uid for uid in known.evidence if uid not in gone]
    first_hand = [uid for uid in supporting if known.is_first_hand(uid)]
    owners = {uid: owner.uid for uid, source in dossier.sources.items() if (owner := dossier.owner(source))}
    pairs = list(combinations(supporting[:MOST_COMPARED], 2))
    found = independence(
        supporting,
        chain,
        owner=owners,
        first_hand={*first_hand, *known.documents(first_hand, chain)},
        compared=known.compared([uid for uid in first_hand if uid in owners]),
        lacks={frozenset(pair): lacks for pair in pairs if (lacks := tuple(known.lacks(*pair, chain)))},
        tied=_pairs(dossier.links, Relation.REPLIES_TO),
        declared=_pairs(dossier.links, Relation.INDEPENDENT_OF),
    )
    return Weighing(
        independence=found,
        chain=chain,
        doubtful=tuple(link for link in links if known.is_doubtful(link) and link.source not in gone),
        resting={uid: gone[uid] for uid in known.evidence if uid in gone and uid not in dossier.withdrawn},
        absent={node: name for node, name in known.absent.items() if node.startswith(ABSENT) and chain.later(node)},
    )


class _Known:
    """What is known of the sources that support a claim."""

    def __init__(self, dossier: Recorded) -> None:
        self._dossier = dossier
        self.evidence: dict[str, list[Evidence]] = {}
        for item in dossier.supporting:
            self.evidence.setdefault(item.source, []).append(item)
        self._claims = {claim.uid for claim in (dossier.claim, dossier.reports, *dossier.reported_by) if claim}
        self.absent: dict[str, str] = {}

    # -- trails

    def carries(self, link: Link) -> bool:
        """Return whether a link leads on from its source for this claim.

        It does not where it carries another claim, nor where the source saw for itself and only takes something from
        the earlier one.
        """
        if not link.relation.derives or (link.claim is not None and link.claim not in self._claims):
            return False
        return link.relation not in PARTIAL or Basis.WITNESS not in self._bases(link.source)

    def is_doubtful(self, link: Link) -> bool:
        """Return whether a link may carry something else: it takes a part, and nobody said which."""
        bears = any(item.source == link.comes_from for item in self._dossier.evidence)
        return link.relation in PARTIAL and link.claim is None and not bears

    def credited(self, steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
        """Yield (source, where its text as a whole says that it comes from), where no step leads there yet."""
        chain = Chain(steps)
        bears = {house: item.source for item in self._dossier.evidence for house in self._houses(item.source)}
        for uid in list(self.evidence)[:MOST_COMPARED]:
            behind = {house for earlier in (uid, *chain.ancestors(uid)) for house in self._houses(earlier)}
            for credit in self.credits(uid):
                house = house_key(credit.name)
                if credit.manner.whole and house not in behind:
                    node = bears.get(house, ABSENT + house)
                    self.absent.setdefault(node, credit.name)
                    yield uid, node

    def _bases(self, uid: str) -> set[Basis]:
        return {item.basis for item in self.evidence.get(uid, ())}

    def _houses(self, uid: str) -> Iterator[str]:
        source = self._dossier.sources.get(uid)
        for agent in (source.publisher, source.author) if source else ():
            if agent and agent in self._dossier.agents:
                yield house_key(self._dossier.agents[agent].name)

    # -- grounds

    def is_first_hand(self, uid: str) -> bool:
        return any(basis.first_hand for basis in self._bases(uid))

    def documents(self, sources: Iterable[str], chain: Chain) -> Iterator[str]:
        """Yield the documents on record that those of these sources read who know from one."""
        for uid in sources:
            if Basis.WITNESS not in self._bases(uid):
                yield from (one for one in chain.earlier(uid) if self._is_record(one))

    def lacks(self, a: str, b: str, chain: Chain) -> Iterator[Lack]:
        """Yield what two sources lack to be shown independent, the plainest first."""
        common = self._people(a) & self._people(b)
        kinds = {uid: self._dossier.agents[uid].kind for uid in sorted(common)}
        people = tuple(uid for uid, kind in kinds.items() if kind is AgentKind.PERSON)
        houses = tuple(uid for uid in kinds if uid not in people)
        if people:
            yield Lack(Reason.SAME_PERSON, people)
        if houses:
            yield Lack(Reason.SAME_HOUSE, houses)
        if self._is_unnamed(a) and self._is_unnamed(b):
            yield Lack(Reason.UNNAMED)
        vague = tuple(uid for uid in (a, b) if self._object_unknown(uid, chain))
        if vague:
            yield Lack(Reason.SAME_OBJECT, vague)
        named = {house_key(one.name): one.name for one in self.credits(a)}
        shared = [named[key] for key in map(house_key, (one.name for one in self.credits(b))) if key in named]
        if shared:
            yield Lack(Reason.COMMON_CREDIT, tuple(dict.fromkeys(shared)))

    def _people(self, uid: str) -> set[str]:
        """Return everybody behind a source: author, publisher, whoever speaks in it, and all that these belong to."""
        source, items = self._dossier.sources[uid], self.evidence[uid]
        waiting = [source.author, source.publisher, *(who for item in items for who in (item.speaker, item.quoting))]
        found: set[str] = set()
        while waiting:
            agent = self._dossier.agents.get(waiting.pop() or "")
            if agent is not None and agent.uid not in found:
                found.add(agent.uid)
                waiting.append(agent.part_of)
        return found

    def _is_unnamed(self, uid: str) -> bool:
        return any(item.named is False and item.speaker is None for item in self.evidence[uid])

    def _object_unknown(self, uid: str, chain: Chain) -> bool:
        """Return whether a source knows from a document, and which is not on record."""
        if self._bases(uid) & {Basis.DOCUMENT, Basis.WITNESS} != {Basis.DOCUMENT}:
            return False
        return not self._is_record(uid) and not chain.earlier(uid)

    def _is_record(self, uid: str) -> bool:
        source = self._dossier.sources.get(uid)
        return source is not None and source.kind not in REPORTS

    def compared(self, sources: Sequence[str]) -> set[frozenset[str]]:
        """Return the pairs whose archived texts were compared, and share nothing that shows copying."""
        texts = self._dossier.texts
        words = {uid: wording(texts[uid]) for uid in sources[:MOST_COMPARED] if uid in texts}
        return {frozenset((a, b)) for a, b in combinations(words, 2) if not reuse(words[a], words[b])}

    def credits(self, uid: str) -> tuple[Credit, ...]:
        """Return whom the archived text of a source credits for its words, but for its own house."""
        text = self._dossier.texts.get(uid)
        own = set(self._houses(uid))
        names = tuple(sorted(agent.name for agent in self._dossier.agents.values()))
        found = _credits(text, names) if text else ()
        return tuple(one for one in found if one.manner is not Manner.PHOTO and house_key(one.name) not in own)


@lru_cache(maxsize=500)
def _credits(text: str, known: tuple[str, ...]) -> tuple[Credit, ...]:
    return credits(text, known=known)


def _pairs(links: Iterable[Link], relation: Relation) -> set[frozenset[str]]:
    return {frozenset((link.source, link.comes_from)) for link in links if link.relation is relation}


def _gone(chain: Chain, withdrawn: Iterable[str]) -> dict[str, str]:
    """Return each source that was withdrawn or rests on withdrawn ones alone, with the withdrawn one."""
    gone = {uid: uid for uid in withdrawn}
    waiting = list(gone)
    while waiting:
        lost = waiting.pop()
        for later in chain.later(lost):
            if later not in gone and all(earlier in gone for earlier in chain.earlier(later)):
                gone[later] = gone[lost]
                waiting.append(later)
    return gone
