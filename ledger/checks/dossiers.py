"""Dossiers, made in bulk from what the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .. import capture, wire
from ..chain import Chain, Step
from ..checker import NOTHING, Dossier
from ..model import (
    Agent,
    Capture,
    Claim,
    Evidence,
    Inquiry,
    Link,
    LinkState,
    Record,
    Source,
    references,
)
from ..store import StoredRecord
from ..store.gather import gather
from ..store.held import withheld_copies

if TYPE_CHECKING:
    from ..capture import ArchiveReader

R = TypeVar("R", bound=Record)


@attrs.frozen
class DossierDigest:
    """What a dossier was made of: the digest of its records, and the last entry on any of them."""

    digest: str
    last_seq: int


def dossiers(
    db: Any, handles: Sequence[str], reader: ArchiveReader | None = None, blobs: ArchiveReader | None = None
) -> Iterator[tuple[Dossier, DossierDigest]]:
    """Yield (dossier, its ground) for each claim, in the order given.

    Reviews are no part of it: a claim does not stand on what was decided about it. Without a
    reader, no dossier has texts, and without one for `blobs`, none has the bytes of its copies.
    """
    closed = withheld_copies(db) if blobs else frozenset()
    shelf = _RecordIndex(gather(db, handles), reader, blobs, closed)
    for handle in handles:
        yield shelf.dossier(handle)


class _RecordIndex:
    """Gathered records, indexed by what points at what."""

    def __init__(
        self,
        found: Mapping[str, StoredRecord],
        reader: ArchiveReader | None,
        blobs: ArchiveReader | None,
        closed: Container[str],
    ) -> None:
        self._reader, self._blobs, self._closed = reader, blobs, closed
        self._found = found
        self._claims = {kept.record.handle: kept.record for kept in found.values() if isinstance(kept.record, Claim)}
        self._of_claim = defaultdict[str, list[Record]](list)
        self._of_source = defaultdict[str, list[Record]](list)
        for kept in found.values():
            record = kept.record
            if not kept.standing.stands and not isinstance(record, (Source, Claim)):
                continue
            if isinstance(record, (Evidence, Inquiry)) and record.claim:
                self._of_claim[record.claim].append(record)
            elif isinstance(record, Claim) and record.reports:
                self._of_claim[record.reports].append(record)
            elif isinstance(record, Capture) or (isinstance(record, Link) and record.state is not LinkState.REJECTED):
                self._of_source[record.source].append(record)

    def dossier(self, handle: str) -> tuple[Dossier, DossierDigest]:
        claim = self._claims[handle]
        own = self._of_claim[claim.uid]
        sources, attached = self._reach(own, {None, claim.uid, claim.reports, *(one.uid for one in _only(own, Claim))})
        reports = self._found[claim.reports].record if claim.reports else None
        everything = [claim, *own, *sources, *attached, *([reports] if reports else [])]
        agents = self._agents(everything)
        everything += agents
        kept = [self._found[record.uid] for record in everything]
        captures = _only(attached, Capture)
        texts = capture.Texts(self._reader, captures) if self._reader else NOTHING
        dossier = Dossier(
            claim=claim,
            standing=self._found[claim.uid].standing,
            reports=reports if isinstance(reports, Claim) else None,
            reported_by=_only(own, Claim),
            evidence=_only(own, Evidence),
            inquiries=_only(own, Inquiry),
            links=_only(attached, Link),
            captures=captures,
            texts=texts,
            languages=capture.Languages(sources, texts, captures, self._reader),
            blobs=capture.Blobs(self._blobs, self._open(captures)) if self._blobs else NOTHING,
            sources=_by_uid(sources),
            agents=_by_uid(agents),
            withdrawn=MappingProxyType(
                {item.record.uid: item.reason or "" for item in kept if not item.standing.stands}
            ),
        )
        commitments = "".join(sorted(item.commitment for item in kept))
        ground = DossierDigest(sha256(commitments.encode()).hexdigest(), max(item.last_seq for item in kept))
        return dossier, ground

    def _open(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """Yield the copies that hold nothing withheld."""
        return (capture for capture in captures if capture.handle not in self._closed)

    def _reach(self, own: Iterable[Record], carried: Container[str | None]) -> tuple[list[Source], list[Record]]:
        """Return the sources that these records stand on, and the links between them and copies of them.

        An article draws on much that another claim stands on. Of what lies behind the
        place where evidence was seen, only the trails to its source matter here; of
        what lies behind the source itself, everything, but for links that carry other claims than these.
        """
        wanted: dict[str, None] = {}
        starts = [
            uid
            for record in own
            if isinstance(record, (Evidence, Inquiry))
            for uid in (getattr(record, "source", None), record.seen_in)
            if uid
        ]
        chain = self._chain_behind(starts, carried)
        for record in own:
            if isinstance(record, Evidence):
                if record.seen_in:
                    wanted |= dict.fromkeys(self._between(chain, record.seen_in, record.source))
                wanted |= dict.fromkeys([record.source, *self._by_handle(chain.ancestors(record.source))])
            elif isinstance(record, Inquiry) and record.seen_in:
                wanted[record.seen_in] = None
        attached = [
            record
            for uid in wanted
            for record in self._of_source[uid]
            if not isinstance(record, Link) or (record.comes_from in wanted and record.claim in carried)
        ]
        records = (self._found[uid].record for uid in wanted)
        return [record for record in records if isinstance(record, Source)], attached

    def _between(self, chain: Chain, seen_in: str, source: str) -> list[str]:
        """Return the sources on the trails from where something was seen to the source that carries it."""
        on_the_way = [uid for uid in chain.ancestors(seen_in) if source in chain.ancestors(uid)]
        return [seen_in, *self._by_handle(on_the_way)]

    def _by_handle(self, uids: Iterable[str]) -> list[str]:
        """Return records in an order that people gave them: ids are drawn at random."""
        return sorted(uids, key=lambda uid: self._found[uid].record.handle)

    def _chain_behind(self, starts: Iterable[str], carried: Container[str | None]) -> Chain:
        """Return the graph of all that these sources come from."""
        waiting, seen, steps = list(starts), set[str](), list[Step]()
        while waiting:
            uid = waiting.pop()
            if uid in seen:
                continue
            seen.add(uid)
            for link in self._of_source[uid]:
                if isinstance(link, Link) and link.relation.derives and link.claim in carried:
                    steps.append(Step(uid, link.comes_from, link.relation.value))
                    waiting.append(link.comes_from)
        return Chain(steps)

    def _agents(self, records: Iterable[Record]) -> list[Agent]:
        waiting = [uid for record in records for _, kind, uid in references(record) if kind == "agent"]
        agents: dict[str, Agent] = {}
        while waiting:
            uid = waiting.pop(0)
            record = self._found[uid].record
            if uid not in agents and isinstance(record, Agent):
                agents[uid] = record
                waiting += [record.part_of] if record.part_of else []
        return list(agents.values())


def input_of(rules: str, records: str) -> str:
    """Return the digest of what checkers see; `rules` is that of the policy, `records` that of the dossier."""
    return sha256(f"{rules} {records}".encode()).hexdigest()


def known_to(dossier: Dossier) -> frozenset[str]:
    """Return the uid of every record in a dossier: what findings on it may cite."""
    known = {dossier.claim.uid, *dossier.sources, *dossier.agents}
    for records in (dossier.evidence, dossier.inquiries, dossier.links, dossier.captures, dossier.reported_by):
        known.update(record.uid for record in records)
    if dossier.reports:
        known.add(dossier.reports.uid)
    return frozenset(known)


def digest(value: Any) -> str:
    """Return the hex SHA-256 of a value's canonical JSON."""
    return sha256(wire.dumps(value).encode()).hexdigest()


def _only(records: Iterable[Record], cls: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, cls))


def _by_uid(records: Iterable[R]) -> Mapping[str, R]:
    return MappingProxyType({record.uid: record for record in records})
