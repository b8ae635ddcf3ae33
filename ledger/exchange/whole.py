"""A whole claim: every record that it stands on, what was found and decided, and the entries that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .. import wire
from ..checks import dossiers
from ..errors import UnknownRecord
from ..log import Entry
from ..model import KINDS, Claim, Evidence, Inquiry, Record, Review, references
from ..store import WITHHOLD, RecordedFinding, StoredRecord, queries
from ..store.fold import fold
from .selectors import selector


@attrs.frozen
class WholeClaim:
    """A claim with its records, by kind and then as they were entered; `entries` are those of each, by uid."""

    claim: Claim
    records: tuple[StoredRecord, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    findings: tuple[RecordedFinding, ...]

    @property
    def told(self) -> dict[str, Any]:
        """Its findings and records as JSON data; a field that is not there has nothing in it."""
        of_kind: dict[str, list[dict[str, Any]]] = {}
        for kept in self.records:
            of_kind.setdefault(kept.record.KIND, []).append(_told(kept, self.entries[kept.record.uid]))
        return {"findings": [_finding(found) for found in self.findings], "records": of_kind}


def whole_claim(db: Any, handle: str) -> WholeClaim:
    """Return a claim and all that belongs to it; raise UnknownRecord if there is none of this handle."""
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Claim):
        raise UnknownRecord(f"There is no claim {handle!r}.", hint="See: factledger list")
    findings = tuple(queries.findings(db, handle))
    records = _ordered(_records(db, kept.record, findings))
    return WholeClaim(kept.record, records, {one.record.uid: _entries(db, one.record) for one in records}, findings)


def _finding(found: RecordedFinding) -> dict[str, Any]:
    return {
        "checker": f"{found.checker}@{found.version}",
        "entry": found.seq,
        "run": found.run,
        "cites": list(found.handles),
        "missing": wire.unstructure(found.missing),
        **wire.unstructure(attrs.evolve(found.finding, cites=())),
    }


def _told(kept: StoredRecord, entries: tuple[Entry, ...]) -> dict[str, Any]:
    anchor = kept.record.anchor if isinstance(kept.record, Evidence) else None
    selected = selector(anchor) if anchor else None
    return {
        "record": wire.unstructure(kept.record),
        **({"selector": selected} if selected else {}),
        "standing": kept.standing.value,
        "because": kept.reason,
        "superseded_by": kept.superseded_by,
        "added": kept.added,
        "changed": kept.changed,
        "entries": [entry.seq for entry in entries],
        "withheld": [{"field": field, "because": why} for field, why in kept.withheld],
    }


def _records(db: Any, claim: Claim, findings: tuple[RecordedFinding, ...]) -> Iterator[StoredRecord | None]:
    """Yield all that a claim stands on, what was taken back too, and what was found and decided; some of it twice."""
    dossier, _ = next(dossiers(db, [claim.handle]))
    stands = [claim, *dossier.reported_by, *dossier.evidence, *dossier.inquiries, *dossier.links, *dossier.captures]
    stands += [*dossier.sources.values(), *dossier.agents.values()]
    tables = {"evidence": Evidence, "inquiries": Inquiry, "reviews": Review}
    own = [row["id"] for table in tables for row in queries.rows(db, table, claim=claim.handle)]
    made = {name for found in findings for name in (found.run, f"{found.checker}@{found.version}")}
    results = {
        entry.subject for found in findings for entry in queries.entries(db, start=found.seq, upto=found.seq + 1)
    }
    kept = [queries.kept(db, record.uid) for record in stands]
    kept += [queries.by_handle(db, name) for name in (*own, *sorted(made))]
    kept += [_with_findings(db, uid) for uid in sorted(results)]
    yield from kept
    yield from _named(db, kept)


def _with_findings(db: Any, uid: str) -> StoredRecord | None:
    """Return a result with what it found, which stands in its entry alone."""
    kept, (entry, *_) = queries.kept(db, uid), queries.entries_of(db, uid)
    return kept and attrs.evolve(kept, record=fold(None, entry).record)


def _named(db: Any, kept: list[StoredRecord | None]) -> Iterator[StoredRecord | None]:
    """Yield the claim that is reported, and the sources and agents that these name, with the owners of agents."""
    waiting, seen = [one.record for one in kept if one], set[str]()
    while waiting:
        for _, kind, uid in references(waiting.pop()):
            if kind in ("agent", "source", "claim") and uid not in seen:
                seen.add(uid)
                found = queries.kept(db, uid)
                yield found
                if found is not None and not isinstance(found.record, Claim):
                    waiting.append(found.record)


def _ordered(found: Iterator[StoredRecord | None]) -> tuple[StoredRecord, ...]:
    """Return each record once, by kind and then in the order in which they were entered."""
    kinds = list(KINDS)
    once = {kept.record.uid: kept for kept in found if kept is not None}
    return tuple(sorted(once.values(), key=lambda kept: (kinds.index(kept.record.KIND), kept.first_seq)))


def _entries(db: Any, record: Record) -> tuple[Entry, ...]:
    """Return the entries about a record itself, but for those that withhold words: they tell of other records too."""
    return tuple(entry for entry in queries.entries_of(db, record.uid) if entry.act != WITHHOLD)
