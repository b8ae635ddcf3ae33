"""The evidence bundle: one claim with all it stands on, handed to somebody who has neither ledger nor program.

    data/index.html              what is in here, what it shows, and how to check it
    data/claim.json              every record of the claim, as it stands
    data/chain.txt               where it comes from, as a tree
    data/captures/<sha256>.html  the archived bytes; data/texts/<sha256>.txt what can be read in them
    data/proofs/*.proof.json     that the entries of each record stand in the log; checkpoint.txt, which log

Words that are withheld or sealed are in none of it: records are read as everybody reads them, and an archived
copy that holds such words, or cannot be searched for them, is left out with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs

from .. import trust, wire
from ..capture import Archive, Reader
from ..checks import dossiers
from ..errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, UnknownRecord
from ..log import Checkpoint, Entry, Note
from ..log.sheet import InclusionSheet
from ..model import KINDS, Capture, Claim, Evidence, Inquiry, Record, Review, references
from ..store import WITHHOLD, Found, Kept, Ledger, queries
from ..trust import Words
from .bag import Packed, write_bag
from .selectors import selector

FORM = "bundle/1"

SUFFIX = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/warc": ".warc",
    "application/xhtml+xml": ".xhtml",
    "application/xml": ".xml",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
"""What the name of an archived copy ends in, by its media type; `.bin` for all others."""

LEFT_OUT = "left out at the wish of whoever made the bundle"
NOT_HERE = "its bytes are not in the archive here"


@attrs.frozen
class Copy:
    """An archived copy: where its bytes and its visible text lie in the bundle, or why they do not."""

    capture: Capture
    file: str | None = None
    text: str | None = None
    because: str = ""


@attrs.frozen
class Bundle:
    """What goes into a bundle but for its pages; `proofs` are (name of the file, sheet) pairs, of one checkpoint."""

    origin: str
    ledger_id: str
    key: str
    claim: Claim
    records: tuple[Kept, ...]
    entries: Mapping[str, tuple[int, ...]]
    findings: tuple[Found, ...]
    proofs: tuple[tuple[str, InclusionSheet], ...]
    note: Note
    copies: tuple[Copy, ...]
    archive: Archive

    @property
    def size(self) -> int:
        """How many entries the log of the checkpoint has."""
        return Checkpoint.of(self.note).size

    @property
    def taken_back(self) -> tuple[Kept, ...]:
        """The records that do not stand any more."""
        return tuple(kept for kept in self.records if not kept.standing.stands)


def gather_bundle(ledger: Ledger, handle: str, *, captures: bool = True) -> Bundle:
    """Return what there is to hand over of a claim; the log is signed for it if that is due and can be done.

    Raises UnknownRecord if there is no such claim, InputError if no checkpoint covers its records or somebody
    writes meanwhile, DamagedLedger if an archived copy is not what was archived.
    """
    db, head = ledger.db, queries.head(ledger.db)
    kept = queries.by_handle(db, handle)
    if kept is None or not isinstance(kept.record, Claim):
        raise UnknownRecord(f"There is no claim {handle!r}.", hint="See: factledger list")
    findings = tuple(queries.findings(db, handle))
    records = _ordered(_records(db, kept.record, findings))
    _require_hidden(ledger, records, findings)
    about = {one.record.uid: _entries(db, one.record) for one in records}
    sheet = trust.prove(ledger, [entry for entries in about.values() for entry in entries])
    bundle = Bundle(
        origin=queries.origin(db),
        ledger_id=queries.first(db).subject,
        key=str(trust.log_key(ledger)),
        claim=kept.record,
        records=records,
        entries={uid: tuple(entry.seq for entry in entries) for uid, entries in about.items()},
        findings=findings,
        proofs=tuple(_proofs(records, about, sheet)),
        note=sheet.note,
        copies=_copies(ledger, records, wanted=captures),
        archive=Archive.of(ledger),
    )
    if queries.head(db) != head:
        raise InputError("Somebody wrote to the ledger in the meantime.", hint="Nothing was written. Try again.")
    return bundle


def _require_hidden(ledger: Ledger, records: tuple[Kept, ...], findings: tuple[Found, ...]) -> None:
    """Raise InputError if withheld words were recorded again since they were withheld."""
    words = trust.withheld_words(ledger)
    said = [(one.record.handle, one.record) for one in records] + [(one.subject, one.finding) for one in findings]
    for handle, what in said if words else ():
        if words and words.found(wire.dumps(wire.unstructure(what))):
            raise InputError(
                "Withheld words stand here again.",
                where=handle,
                hint="Nothing was written. Withhold them again, or: factledger publish COPY.db, which does",
            )


def write_bundle(bundle: Bundle, target: Path, *, page: str, chain: str) -> tuple[Packed, ...]:
    """Write a bundle as a BagIt bag, a new folder, and return the files in it; all of it is there, or nothing."""
    whole = all(not copy.because for copy in bundle.copies)
    info = (
        ("Source-Organization", bundle.origin),
        ("External-Identifier", f"{bundle.ledger_id}/{bundle.claim.uid}"),
        ("External-Description", f"Evidence bundle of the claim {bundle.claim.handle}: see data/index.html"),
        ("Internal-Sender-Description", f"As recorded in the first {bundle.size} entries of the log"),
        ("Archived-Copies", "all included" if whole else "not all included: see data/claim.json"),
        ("Bag-Software-Agent", "factledger"),
    )
    return write_bag(target, _files(bundle, page, chain), info)


def _files(bundle: Bundle, page: str, chain: str) -> Iterator[tuple[str, bytes]]:
    yield "index.html", page.encode()
    yield "claim.json", _claim_json(bundle).encode()
    yield "chain.txt", chain.encode()
    yield "proofs/checkpoint.txt", str(bundle.note).encode()
    for name, sheet in bundle.proofs:
        yield f"proofs/{name}", sheet.text.encode()
    done, reader = set[str](), Reader(bundle.archive)
    for copy in bundle.copies:
        if copy.file is not None and copy.file not in done:
            done.add(copy.file)
            yield copy.file, _sound(bundle.archive, copy.capture) or b""
        if copy.text is not None and copy.text not in done:
            done.add(copy.text)
            yield copy.text, (reader.text(copy.capture) or "").encode()


def _claim_json(bundle: Bundle) -> str:
    """Return the records as JSON; a field that is not there has nothing in it."""
    of_kind: dict[str, list[dict[str, Any]]] = {}
    for kept in bundle.records:
        of_kind.setdefault(kept.record.KIND, []).append(_told(kept, bundle.entries[kept.record.uid]))
    said = {
        "factledger": FORM,
        "origin": bundle.origin,
        "ledger": bundle.ledger_id,
        "log_key": bundle.key,
        "size": bundle.size,
        "claim": bundle.claim.handle,
        "copies": [
            {"capture": copy.capture.handle, "file": copy.file, "text": copy.text, "left_out_because": copy.because}
            for copy in bundle.copies
        ],
        "findings": [
            {
                "checker": f"{found.checker}@{found.version}",
                "entry": found.seq,
                "run": found.run,
                "cites": list(found.handles),
                **wire.unstructure(attrs.evolve(found.finding, cites=())),
            }
            for found in bundle.findings
        ],
        "records": of_kind,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _told(kept: Kept, entries: tuple[int, ...]) -> dict[str, Any]:
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
        "entries": list(entries),
        "withheld": [{"field": field, "because": why} for field, why in kept.withheld],
    }


# -- which records -------------------------------------------------------


def _records(db: Any, claim: Claim, findings: tuple[Found, ...]) -> Iterator[Kept | None]:
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
    kept += [queries.kept(db, uid) for uid in sorted(results)]
    yield from kept
    yield from _named(db, kept)


def _named(db: Any, kept: list[Kept | None]) -> Iterator[Kept | None]:
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


def _ordered(found: Iterator[Kept | None]) -> tuple[Kept, ...]:
    """Return each record once, by kind and then in the order in which they were entered."""
    kinds = list(KINDS)
    once = {kept.record.uid: kept for kept in found if kept is not None}
    return tuple(sorted(once.values(), key=lambda kept: (kinds.index(kept.record.KIND), kept.first_seq)))


def _entries(db: Any, record: Record) -> tuple[Entry, ...]:
    """Return the entries about a record itself, but for those that withhold words: they tell of other records too."""
    about = queries.entries_about(db, record.uid)
    return tuple(entry for entry in about if entry.subject == record.uid and entry.act != WITHHOLD)


def _proofs(
    records: tuple[Kept, ...], about: Mapping[str, tuple[Entry, ...]], sheet: InclusionSheet
) -> Iterator[tuple[str, InclusionSheet]]:
    proven = {one.entry.seq: one for one in sheet.entries}
    for kept in records:
        record = kept.record
        entries = tuple(proven[entry.seq] for entry in about[record.uid])
        yield f"{record.KIND}.{record.handle}.proof.json", attrs.evolve(sheet, entries=entries)


# -- archived copies -----------------------------------------------------


def _copies(ledger: Ledger, records: tuple[Kept, ...], *, wanted: bool) -> tuple[Copy, ...]:
    captures = [kept.record for kept in records if isinstance(kept.record, Capture)]
    if not wanted:
        return tuple(Copy(capture, because=LEFT_OUT) for capture in captures)
    archive, words = Archive.of(ledger), trust.hidden_words(ledger)
    veiled = any(kept.withheld or getattr(kept.record, "seals", ()) for kept in records)
    try:
        return tuple(_copy(archive, capture, words, veiled) for capture in captures)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot read the archive: {error.strerror}.", where=str(archive.place), hint="Nothing was written."
        ) from None


def _copy(archive: Archive, capture: Capture, words: Words | None, veiled: bool) -> Copy:
    why = trust.kept_back(archive, capture, words, strict=veiled)
    if why:
        return Copy(capture, because=why)
    data, text = _sound(archive, capture), Reader(archive).text(capture)
    return Copy(
        capture,
        file=None if data is None else f"captures/{capture.sha256}{SUFFIX.get(capture.media_type, '.bin')}",
        text=None if text is None else f"texts/{capture.text_sha256}.txt",
        because=NOT_HERE if data is None else "",
    )


def _sound(archive: Archive, capture: Capture) -> bytes | None:
    """Return the bytes that were archived, or None if they are not here."""
    data = archive.get(capture.sha256)
    if data is not None and sha256(data).hexdigest() != capture.sha256:
        raise DamagedLedger(
            "The bytes of this archived copy are not those that were archived.",
            where=capture.handle,
            hint="Nothing was written. Restore them from a backup.",
        )
    return data
