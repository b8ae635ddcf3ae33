"""Sources, looked at for links that nobody declared."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .. import wire
from ..capture import Reader, Texts
from ..checker import Proposal, SourceDossier
from ..model import Agent, Capture, Evidence, Link, Record, Relation, Source
from ..plugins import guarded
from ..store import gather, memo, queries
from ..trust import veil
from .job import BATCH
from .wording import marks_of

if TYPE_CHECKING:
    from .worker import Desk

R = TypeVar("R", bound=Record)

LONGEST_WORDS = 5_000

MOST = 50
"""Other sources that a detector is shown with one: of those on the same claims, and of those that share words."""


def look_at_sources(desk: Desk) -> None:
    """Ask every detector about every source of the job; a call that fails proposes nothing, and says so."""
    lines = desk.job.lines()
    library = _Library(desk.db, Reader.of(desk.ledger, veil(desk.ledger)))
    for number in range(desk.before.upto, len(lines)):
        if number % BATCH == 0 or number == desk.before.upto:
            library.take(lines[number : number + BATCH - number % BATCH])
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
    """What there is of some sources at a time; of others it is read when a detector asks."""

    def __init__(self, db: Any, reader: Reader) -> None:
        self._db = db
        self._reader = reader
        self._sources = gather.Standing(db, Source)
        self._agents = gather.Standing(db, Agent)
        self._here: dict[str, Source] = {}
        self._of = defaultdict[str, list[Record]](list)

    def take(self, handles: Sequence[str]) -> None:
        """Read what there is of these sources, in place of what was read before."""
        self._here.clear()
        self._of.clear()
        for kept in gather.about_sources(self._db, handles):
            record = kept.record
            if not kept.standing.stands:
                continue
            if isinstance(record, Source):
                self._here[record.handle] = record
            elif isinstance(record, Capture):
                self._of[record.source].append(record)
            elif isinstance(record, Evidence):
                for uid in {record.source, record.seen_in or record.source}:
                    self._of[uid].append(record)
            elif isinstance(record, Link):
                self._of[record.source].append(record)
                self._of[record.comes_from].append(record)

    def dossier(self, handle: str) -> SourceDossier | None:
        """Return what there is of a source; None if it was taken back."""
        source = self._here.get(handle)
        if source is None:
            return None
        mine = self._of[source.uid]
        captures = _only(mine, Capture)
        text = self._reader.text(captures[-1]) if captures else gather.passages(self._db, [handle]).get(handle)
        beside = gather.beside(self._db, handle, MOST) if text is not None else []
        return SourceDossier(
            source=source,
            text=text,
            captures=captures,
            evidence=_only(mine, Evidence),
            links=_only(mine, Link),
            beside=self._texts(beside),
            near=self._near(handle, text, beside),
            alongside=tuple(gather.sources(self._db, beside)),
            sources=self._sources,
            agents=self._agents,
        )

    def _near(self, handle: str, text: str | None, but: Collection[str]) -> Mapping[str, str]:
        """Return the texts of sources that share words with this one, most first."""
        found = memo.alike(self._db, marks_of(text), MOST + len(but) + 1) if text is not None else ()
        return self._texts([name for name, _ in found if name != handle and name not in but][:MOST])

    def _texts(self, handles: Sequence[str]) -> Mapping[str, str]:
        copies = gather.newest_copies(self._db, handles)
        quoted = gather.passages(self._db, (handle for handle in handles if handle not in copies))
        texts = Texts(self._reader, copies.values())
        if not quoted:
            return texts
        uids = queries.uids_of(self._db, list(quoted))
        return ChainMap({uids[handle]: text for handle, text in quoted.items()}, cast(dict[str, str], texts))


def _only(records: list[Record], cls: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, cls))
