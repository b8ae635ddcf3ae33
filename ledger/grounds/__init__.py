"""What a dossier says for and against the independence of its sources: what `ledger.chain` is asked with.

    known    who is behind each source, and how it knows
    trails   where each has this claim from
    weigh    how many are independent, at least and at most, and what stands in the way

Why a trail is of one claim and its evidence: docs/adr/0020.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import attrs

from ..chain import Chain, Independence, Lack, Reason, independence
from ..model import AgentKind, Basis, Link, Relation
from ..text import house_key
from .known import MOST_COMPARED, ClaimRecords, SupportingSources
from .trails import Trails, trails

__all__ = ["MOST_COMPARED", "Weighing", "weigh"]


@attrs.frozen(eq=False)
class Weighing:
    """How the supporting sources of one claim hang together.

    `chain` holds the steps that carry the claim, `doubtful` those of its links of which nobody said that they carry
    this one. `resting` names, for each source that does not count because of it, the withdrawn one that it rests on;
    `absent` gives the name of each origin that texts credit and that is not on record, by its node, and `voices` the
    agent of each that is somebody's words, known only from where they were found.
    """

    independence: Independence
    chain: Chain
    doubtful: tuple[Link, ...]
    resting: Mapping[str, str]
    absent: Mapping[str, str]
    voices: Mapping[str, str]


def weigh(dossier: ClaimRecords) -> Weighing:
    """Return how many of the supporting sources are independent, at least and at most, and why.

    Sources that were withdrawn do not count, nor do those that rest on withdrawn ones alone.
    """
    known = SupportingSources(dossier)
    led = trails(known)
    grounds = _Grounds(known, led)
    supporting = [uid for uid in known.evidence if uid not in led.gone]
    pairs = list(combinations([uid for uid in known.looked_at if uid not in led.gone], 2))
    first_hand = grounds.first_hand(supporting)
    ready = [pair for pair in pairs if first_hand.issuperset(pair) and grounds.owners.keys() >= set(pair)]
    compared = {pair: grounds.why_not_compared(*pair) for pair in ready}
    found = independence(
        supporting,
        led.chain,
        owner=grounds.owners,
        first_hand=first_hand,
        compared=[frozenset(pair) for pair, why in compared.items() if why is None],
        lacks={frozenset(pair): (*grounds.lacks(*pair), *_not_compared(compared.get(pair))) for pair in pairs},
        tied=grounds.ties(),
        declared=_between(link for link in dossier.links if link.relation is Relation.INDEPENDENT_OF),
    )
    return Weighing(
        independence=found,
        chain=led.chain,
        doubtful=led.doubtful,
        resting={uid: led.gone[uid] for uid in known.evidence if uid in led.gone and uid not in dossier.withdrawn},
        absent=led.absent,
        voices=led.voices,
    )


class _Grounds:
    """What speaks for and against two sources being independent, besides their trails."""

    def __init__(self, known: SupportingSources, led: Trails) -> None:
        self._known = known
        self._led = led
        self.owners = self._owners()
        people, sources = known.dossier.agents, known.dossier.sources
        self._handles = {uid: one.handle for records in (people, sources) for uid, one in records.items()}

    def _in_order(self, uids: Iterable[str]) -> list[str]:
        """Return people and sources in the order of their handles; those that are not on record come first."""
        return sorted(uids, key=lambda uid: (self._handles.get(uid, ""), uid))

    def _owners(self) -> dict[str, str]:
        dossier = self._known.dossier
        owners = {uid: owner.uid for uid, source in dossier.sources.items() if (owner := dossier.owner(source))}
        named = {house_key(agent.name): uid for uid, agent in dossier.agents.items()}
        of_absent = {node: named.get(house_key(name)) for node, name in self._led.absent.items()}
        agents = dict(self._led.voices) | {node: agent for node, agent in of_absent.items() if agent}
        return owners | {node: self._known.top(agent) for node, agent in agents.items()}

    def first_hand(self, sources: list[str]) -> set[str]:
        """Return these sources, the documents and the voices that know first-hand."""
        found = {uid for uid in sources if any(basis.first_hand for basis in self._known.bases(uid))}
        return found | self._led.saw | {document for uid in found for document in self._documents(uid)}

    def _documents(self, uid: str) -> Iterator[str]:
        """Yield the documents on record that a source knows from, where it is sure which they are."""
        if Basis.DOCUMENT in self._known.bases(uid) and not self._known.saw_itself(uid):
            behind = self._led.chain.earlier(uid)
            doubted = {link.comes_from for link in self._led.doubtful if link.source == uid and len(behind) > 1}
            for one in behind:
                own = self._known.bases(one)
                if self._known.is_record(one) and one not in doubted and (not own or any(b.first_hand for b in own)):
                    yield one

    def ties(self) -> set[frozenset[str]]:
        """Return who answers, or takes something from, one that it does not have the claim from."""
        replies = [link for link in self._known.dossier.links if link.relation is Relation.REPLIES_TO]
        return _between((*replies, *self._led.cut))

    def why_not_compared(self, a: str, b: str) -> str | None:
        """Return in words why the archived texts of two sources do not show that neither is from the other.

        None where they were compared, and share nothing that shows copying.
        """
        found = self._known.common(a, b)
        if found is None:
            return "not both of their texts are archived"
        if found.own:
            return "their archived texts have a passage in common"
        if found.incomparable is not None:
            return f"their archived texts cannot be compared: {found.incomparable}"
        return None if found.apart else "their archived texts are more alike than two that were written apart"

    def lacks(self, a: str, b: str) -> Iterator[Lack]:
        """Yield what two sources lack to be shown independent, the plainest first."""
        known, chain = self._known, self._led.chain
        behind = {uid: self._in_order(chain.ancestors(uid)) for uid in (a, b)}
        common = self._in_order(known.people(a, behind[a]) & known.people(b, behind[b]))
        people = tuple(uid for uid in common if known.dossier.agents[uid].kind is AgentKind.PERSON)
        unowned = tuple(
            node
            for node in dict.fromkeys((*behind[a], *behind[b]))
            if node in known.dossier.sources and node not in self.owners
        )
        named = {house_key(one.name): one.name for one in known.credits(a)}
        found = {
            Reason.SAME_PERSON: people,
            Reason.SAME_HOUSE: tuple(uid for uid in common if uid not in people),
            Reason.UNNAMED: (a, b) if self._may_be_one_voice(a, b) else (),
            Reason.SAME_OBJECT: tuple(uid for uid in (a, b) if self._object_unknown(uid)),
            Reason.COMMON_CREDIT: tuple(
                named[key] for one in known.credits(b) if (key := house_key(one.name)) in named
            ),
            Reason.WITHDRAWN: tuple(uid for uid in (a, b) if uid in self._led.shaken),
            Reason.OWNER_UNKNOWN: unowned,
        }
        return (Lack(reason, via) for reason, via in found.items() if via)

    def _may_be_one_voice(self, a: str, b: str) -> bool:
        """Return whether somebody speaks in both, and who it is stays unnamed in one of them."""
        items = [self._known.evidence[uid] for uid in (a, b)]
        unnamed = [any(item.named is False and item.speaker is None for item in each) for each in items]
        spoken = [any(item.speaker for item in each) for each in items]
        return (unnamed[0] and (unnamed[1] or spoken[1])) or (unnamed[1] and spoken[0])

    def _object_unknown(self, uid: str) -> bool:
        """Return whether a source, or one behind it, knows from a document, and which is not on record."""
        chain, known = self._led.chain, self._known
        return any(
            Basis.DOCUMENT in known.bases(node)
            and not known.saw_itself(node)
            and not known.is_record(node)
            and not set(chain.earlier(node)) - self._led.voices.keys()
            for node in (uid, *chain.ancestors(uid))
        )


def _not_compared(why: str | None) -> Iterator[Lack]:
    if why is not None:
        yield Lack(Reason.NOT_COMPARED, (why,))


def _between(links: Iterable[Link]) -> set[frozenset[str]]:
    """Return the two sources that each link stands between; one that leads back to itself stands between none."""
    return {frozenset((link.source, link.comes_from)) for link in links if link.source != link.comes_from}
