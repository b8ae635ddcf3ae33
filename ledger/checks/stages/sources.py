"""Sources, looked at for links that nobody declared."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

from ... import wire
from ...capture import ArchiveReader, Texts
from ...checker import Proposal, SourceDossier
from ...model import Agent, Capture, Evidence, Link, Record, Relation, Source
from ...plugins import guarded
from ...plugins.place import with_place
from ...store import gather, memo, queries
from ...trust import veil
from ..job import BATCH
from ..wording import marks_of
from .context import JobContext

R = TypeVar("R", bound=Record)

KEPT = 2_000
"""Other sources from which on those of before are forgotten."""

LONGEST_WORDS = 5_000

MOST = 50
"""Other sources that a detector is shown with one: of those on the same claims, and of those that share words."""


def look_at_sources(context: JobContext) -> None:
    """Ask every detector about every source of the job; a call that fails proposes nothing, and says so."""
    lines = context.job.lines()
    library = _SourceCache(context.db, ArchiveReader.of(context.ledger, veil(context.ledger)))
    for number in range(context.before.upto, len(lines)):
        if number % BATCH == 0 or number == context.before.upto:
            library.take(lines[number : number + BATCH - number % BATCH])
        dossier = library.dossier(lines[number])
        for which, one in enumerate(context.checkers if dossier is not None else ()):
            if (number, one.name) in context.before.blamed or one.name in context.before.set_aside():
                continue
            context.cursor.at(number, which + 1)
            found, reason = guarded(_proposed, one.checker, dossier, context.contexts[which])
            if found is None:
                context.say({"detector": one.name, "number": number, "reason": with_place(reason, one.checker)})
            elif found:
                context.say({"links": [link | {"detector": f"{one.name}@{one.version}"} for link in found]})
        context.say({"upto": number + 1, "tally": {}, "called": 0, "seen": ""})


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


@attrs.frozen
class _OtherSource:
    """A source beside another: itself if it stands, its newest copy, else what evidence quotes as its own words."""

    uid: str
    source: Source | None
    copy: Capture | None
    quoted: str | None


class _SourceCache:
    """What there is of some sources at a time; of others it is read when a detector asks."""

    def __init__(self, db: Any, reader: ArchiveReader) -> None:
        self._db = db
        self._reader = reader
        self._sources = gather.CurrentRecords(db, Source)
        self._agents = gather.CurrentRecords(db, Agent)
        self._beside: dict[str, list[str]] = {}
        self._others: dict[str, _OtherSource] = {}
        self._here: dict[str, Source] = {}
        self._of = defaultdict[str, list[Record]](list)

    def take(self, handles: Sequence[str]) -> None:
        """Read what there is of these sources, in place of what was read before."""
        self._here.clear()
        self._of.clear()
        self._beside = gather.beside(self._db, handles, MOST)
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
        read = [one for one in captures if one.text_sha256]
        text = self._reader.text(read[-1]) if read else gather.passages(self._db, [handle]).get(handle)
        beside = self._beside.get(handle, []) if text is not None else []
        return SourceDossier(
            source=source,
            text=text,
            captures=captures,
            evidence=_only(mine, Evidence),
            links=_only(mine, Link),
            beside=self._texts(beside),
            near=self._near(handle, text, beside),
            alongside=tuple(other.source for other in self._other(beside) if other.source is not None),
            sources=self._sources,
            agents=self._agents,
        )

    def _near(self, handle: str, text: str | None, but: Collection[str]) -> Mapping[str, str]:
        """Return the texts of sources that share words with this one, most first."""
        found = memo.alike(self._db, marks_of(text), MOST + len(but) + 1) if text is not None else ()
        return self._texts([name for name, _ in found if name != handle and name not in but][:MOST])

    def _texts(self, handles: Sequence[str]) -> Mapping[str, str]:
        found = self._other(handles)
        texts = Texts(self._reader, (other.copy for other in found if other.copy is not None))
        quoted = {other.uid: other.quoted for other in found if other.quoted is not None}
        return ChainMap(quoted, cast(dict[str, str], texts)) if quoted else texts

    def _other(self, handles: Sequence[str]) -> list[_OtherSource]:
        """Return what there is of sources beside others, in their order; each is read once for many."""
        if len(self._others) > KEPT:
            self._others.clear()
        fresh = [handle for handle in handles if handle not in self._others]
        uids = queries.uids_of(self._db, fresh)
        standing = {source.handle: source for source in gather.sources(self._db, fresh)}
        copies = gather.newest_copies(self._db, fresh)
        quoted = gather.passages(self._db, (handle for handle in fresh if handle not in copies))
        self._others |= {
            handle: _OtherSource(uid, standing.get(handle), copies.get(handle), quoted.get(handle))
            for handle, uid in uids.items()
        }
        return [self._others[handle] for handle in handles]


def _only(records: list[Record], cls: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, cls))
