"""Dossiers, made in bulk from what the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any, TypeVar

from .. import wire
from ..checker import Dossier
from ..model import (
    Agent,
    Capture,
    Claim,
    Evidence,
    Inquiry,
    Link,
    LinkState,
    Record,
    Review,
    Source,
    Standing,
    references,
)
from ..store import Kept
from ..store.gather import gather

R = TypeVar("R", bound=Record)

GONE = (Standing.RETRACTED, Standing.SUPERSEDED)


def dossiers(db: Any, handles: Sequence[str]) -> Iterator[tuple[Dossier, str]]:
    """Yield (dossier, digest of the records in it) for each claim, in the order given."""
    shelf = _Shelf(gather(db, handles))
    for handle in handles:
        yield shelf.dossier(handle)


class _Shelf:
    """Gathered records, indexed by what points at what."""

    def __init__(self, found: Mapping[str, Kept]) -> None:
        self._found = found
        self._claims = {kept.record.handle: kept.record for kept in found.values() if isinstance(kept.record, Claim)}
        self._of_claim = defaultdict[str, list[Record]](list)
        self._of_source = defaultdict[str, list[Record]](list)
        for kept in found.values():
            record = kept.record
            if kept.standing in GONE and not isinstance(record, (Source, Claim)):
                continue
            if isinstance(record, (Evidence, Inquiry, Review)) and record.claim:
                self._of_claim[record.claim].append(record)
            elif isinstance(record, Claim) and record.reports:
                self._of_claim[record.reports].append(record)
            elif isinstance(record, Capture) or (isinstance(record, Link) and record.state is not LinkState.REJECTED):
                self._of_source[record.source].append(record)

    def dossier(self, handle: str) -> tuple[Dossier, str]:
        claim = self._claims[handle]
        own = self._of_claim[claim.uid]
        sources, attached = self._reach(own)
        reports = self._found[claim.reports].record if claim.reports else None
        everything = [claim, *own, *sources, *attached, *([reports] if reports else [])]
        agents = self._agents(everything)
        everything += agents
        kept = [self._found[record.uid] for record in everything]
        dossier = Dossier(
            claim=claim,
            standing=self._found[claim.uid].standing,
            reports=reports if isinstance(reports, Claim) else None,
            reported_by=_only(own, Claim),
            evidence=_only(own, Evidence),
            inquiries=_only(own, Inquiry),
            reviews=_only(own, Review),
            links=_only(attached, Link),
            captures=_only(attached, Capture),
            sources=_by_uid(sources),
            agents=_by_uid(agents),
            withdrawn=MappingProxyType({item.record.uid: item.reason or "" for item in kept if item.standing in GONE}),
        )
        return dossier, digest(sorted(item.commitment for item in kept))

    def _reach(self, own: Iterable[Record]) -> tuple[list[Source], list[Record]]:
        """Return every source that these records name or that those come from, and what hangs on them."""
        waiting = [uid for record in own for _, kind, uid in references(record) if kind == "source"]
        sources: dict[str, Source] = {}
        attached: list[Record] = []
        while waiting:
            uid = waiting.pop(0)
            record = self._found[uid].record
            if uid in sources or not isinstance(record, Source):
                continue
            sources[uid] = record
            attached += self._of_source[uid]
            waiting += [link.comes_from for link in self._of_source[uid] if isinstance(link, Link)]
        return list(sources.values()), attached

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


def digest(value: Any) -> str:
    """Return the hex SHA-256 of a value's canonical JSON."""
    return sha256(wire.dumps(value).encode()).hexdigest()


def _only(records: Iterable[Record], cls: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, cls))


def _by_uid(records: Iterable[R]) -> Mapping[str, R]:
    return MappingProxyType({record.uid: record for record in records})
