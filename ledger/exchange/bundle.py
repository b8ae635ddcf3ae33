"""The evidence bundle: one claim with all it stands on, handed to somebody who has neither ledger nor program.

    data/index.html              what is in here, what it shows, and how to check it
    data/claim.json              every record of the claim, as it stands
    data/chain.txt               where it comes from, as a tree
    data/ro-crate-metadata.json  what each file is, for research archives (RO-Crate)
    data/captures/<sha256>.html  the archived bytes; data/texts/<sha256>.txt what can be read in them
    data/proofs/*.proof.json     that the entries of each record stand in the log; checkpoint.txt, which log

Words that are withheld or sealed are in none of it: records are read as everybody reads them, and an archived
copy that holds such words, or cannot be searched for them, is left out with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import attrs

from .. import trust
from ..capture import Archive, ArchiveReader
from ..errors import DamagedLedger, EnvironmentFault, InputError, LedgerError
from ..log import Checkpoint, Note
from ..log.sheet import InclusionSheet
from ..model import Capture, Claim, Source
from ..store import Ledger, StoredRecord, queries
from ..trust import Words
from . import rocrate
from .bag import Packed, write_bag
from .extract import require_hidden
from .whole import WholeClaim, whole_claim

FORM = "bundle/1"

SUFFIX = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
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
    whole: WholeClaim
    proofs: tuple[tuple[str, InclusionSheet], ...]
    note: Note
    copies: tuple[Copy, ...]
    archive: Archive

    @property
    def claim(self) -> Claim:
        return self.whole.claim

    @property
    def records(self) -> tuple[StoredRecord, ...]:
        return self.whole.records

    @property
    def size(self) -> int:
        """How many entries the log of the checkpoint has."""
        return Checkpoint.read(self.note.text).size

    @property
    def taken_back(self) -> tuple[StoredRecord, ...]:
        """The records that do not stand any more."""
        return tuple(kept for kept in self.records if not kept.standing.stands)


def gather_bundle(ledger: Ledger, handle: str, *, captures: bool = True) -> Bundle:
    """Return what there is to hand over of a claim; the log is signed for it if that is due and can be done.

    Raises UnknownRecord if there is no such claim, InputError if no checkpoint covers its records or somebody
    writes meanwhile, DamagedLedger if an archived copy is not what was archived.
    """
    db, head = ledger.db, queries.head(ledger.db)
    whole, words = whole_claim(db, handle), trust.withheld_words(ledger)
    require_hidden(words, [(one.record.handle, one.record) for one in whole.records])
    require_hidden(words, [(one.subject, one.finding) for one in whole.findings])
    sheet = trust.prove(ledger, [entry for entries in whole.entries.values() for entry in entries])
    bundle = Bundle(
        origin=queries.origin(db),
        ledger_id=queries.first(db).subject,
        key=str(trust.log_key(ledger)),
        whole=whole,
        proofs=tuple(_proofs(whole, sheet)),
        note=sheet.note,
        copies=_copies(ledger, whole.records, wanted=captures),
        archive=Archive.of(ledger),
    )
    if queries.head(db) != head:
        raise InputError("Somebody wrote to the ledger in the meantime.", hint="Nothing was written. Try again.")
    return bundle


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
    return write_bag(target, _described(bundle, _files(bundle, page, chain)), info)


def _described(bundle: Bundle, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files, and after them what they are."""
    names = []
    for name, data in files:
        names.append(name)
        yield name, data
    sources = {kept.record.uid: kept.record for kept in bundle.records if isinstance(kept.record, Source)}
    copies = [(copy.file, copy.capture, sources.get(copy.capture.source)) for copy in bundle.copies if copy.file]
    dated = max(kept.changed for kept in bundle.records)[:10]
    yield rocrate.NAME, rocrate.crate(bundle.claim, bundle.origin, dated, names, copies).encode()


def _files(bundle: Bundle, page: str, chain: str) -> Iterator[tuple[str, bytes]]:
    yield "index.html", page.encode()
    yield "claim.json", _claim_json(bundle).encode()
    yield "chain.txt", chain.encode()
    yield "proofs/checkpoint.txt", str(bundle.note).encode()
    for name, sheet in bundle.proofs:
        yield f"proofs/{name}", sheet.text.encode()
    done, reader = set[str](), ArchiveReader(bundle.archive)
    for copy in bundle.copies:
        if copy.file is not None and copy.file not in done:
            done.add(copy.file)
            yield copy.file, _sound(bundle.archive, copy.capture) or b""
        if copy.text is not None and copy.text not in done:
            done.add(copy.text)
            yield copy.text, (reader.text(copy.capture) or "").encode()


def _claim_json(bundle: Bundle) -> str:
    """Return the records as JSON; a field that is not there has nothing in it."""
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
        **bundle.whole.told,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _proofs(whole: WholeClaim, sheet: InclusionSheet) -> Iterator[tuple[str, InclusionSheet]]:
    proven = {one.entry.seq: one for one in sheet.entries}
    for kept in whole.records:
        record = kept.record
        entries = tuple(proven[entry.seq] for entry in whole.entries[record.uid])
        yield f"{record.KIND}.{record.handle}.proof.json", attrs.evolve(sheet, entries=entries)


# -- archived copies -----------------------------------------------------


def _copies(ledger: Ledger, records: tuple[StoredRecord, ...], *, wanted: bool) -> tuple[Copy, ...]:
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
    data, text = _sound(archive, capture), ArchiveReader(archive).text(capture)
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
