"""Sources, looked at for links that nobody declared."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .. import wire
from ..capture import PLAIN, Archive, plain_text
from ..checker import Proposal, SourceDossier
from ..model import Agent, Capture, Evidence, Link, Record, Relation, Source
from ..plugins import guarded
from ..store import queries

if TYPE_CHECKING:
    from .worker import Desk

LONGEST_WORDS = 5_000


def look_at_sources(desk: Desk) -> None:
    """Ask every detector about every source of the job; a call that fails proposes nothing, and says so."""
    lines = desk.job.lines()
    library = _Library(desk)
    for number in range(desk.before.upto, len(lines)):
        dossier = library.dossier(lines[number])
        for which, one in enumerate(desk.checkers if dossier is not None else ()):
            if (number, one.name) in desk.before.blamed or one.name in desk.before.set_aside():
                continue
            desk.mark.at(number, which + 1)
            found, reason = guarded(_proposed, one.checker, dossier, desk.contexts[which])
            if found is None:
                desk.say({"detector": one.name, "number": number, "reason": reason})
            elif found:
                desk.say({"links": [link | {"detector": f"{one.name}@{one.version}"} for link in found]})
        desk.say({"upto": number + 1, "tally": {}, "called": 0, "seen": ""})


def _proposed(detector: Any, dossier: SourceDossier, context: Any) -> list[dict[str, Any]]:
    return [_checked(proposal, dossier) for proposal in detector.detect(dossier, context)]


def _checked(proposal: Any, dossier: SourceDossier) -> dict[str, Any]:
    """Return a proposal as JSON data; raise if it cannot be a link of this source."""
    if type(proposal) is not Proposal or not isinstance(proposal.relation, Relation):
        raise TypeError("what it gave is no proposal of a link")
    ends = (proposal.source, proposal.comes_from)
    if dossier.source.uid not in ends or ends[0] == ends[1]:
        raise ValueError("the link has to have the source at one end, and another at the other")
    if any(uid not in dossier.sources for uid in ends):
        raise ValueError("it names a source that is not there")
    if not proposal.measure.strip() or max(len(proposal.measure), len(proposal.note)) > LONGEST_WORDS:
        raise ValueError("it has to say, in some words, what was measured")
    data: dict[str, Any] = wire.loads(wire.dumps(wire.unstructure(proposal)))
    return data


class _Library:
    """Every source with what belongs to it, read once."""

    def __init__(self, desk: Desk) -> None:
        self._archive = Archive(desk.ledger.archive)
        kinds = (Source, Capture, Evidence, Link, Agent)
        standing = [one.record for one in queries.all_kept(desk.db, *(k.KIND for k in kinds)) if one.standing.stands]
        self._sources = MappingProxyType({record.uid: record for record in standing if isinstance(record, Source)})
        self._agents = MappingProxyType({record.uid: record for record in standing if isinstance(record, Agent)})
        self._by_handle = {record.handle: record for record in self._sources.values()}
        self._of = defaultdict[str, list[Record]](list)
        for record in standing:
            if isinstance(record, (Capture, Evidence)):
                self._of[record.source].append(record)
            if isinstance(record, Evidence) and record.seen_in not in (None, record.source):
                self._of[record.seen_in].append(record)
            if isinstance(record, Link):
                self._of[record.source].append(record)
                self._of[record.comes_from].append(record)

    def dossier(self, handle: str) -> SourceDossier | None:
        """Return what there is of a source; None if it was taken back."""
        source = self._by_handle.get(handle)
        if source is None:
            return None
        mine = self._of[source.uid]
        captures = tuple(record for record in mine if isinstance(record, Capture))
        return SourceDossier(
            source=source,
            text=_text(self._archive, captures[-1]) if captures else None,
            captures=captures,
            evidence=tuple(record for record in mine if isinstance(record, Evidence)),
            links=tuple(record for record in mine if isinstance(record, Link)),
            sources=self._sources,
            agents=self._agents,
        )


def _text(archive: Archive, capture: Capture) -> str | None:
    """Return the visible text of an archived copy; None if it is not here, is not what it was, or cannot be read."""
    data = archive.get(capture.sha256)
    if data is None or capture.extractor != PLAIN or sha256(data).hexdigest() != capture.sha256:
        return None
    return guarded(partial(plain_text, data, where=capture.handle))[0]
