"""Copies for others: without what is withheld, signed where that is possible, and verified before they are there."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path

import attrs

from .. import store
from ..book import Book
from ..capture import Archive
from ..errors import DamagedLedger, EnvironmentFault, InputError, LedgerError
from ..model import KINDS, Capture
from ..store import Ledger, queries
from .checkpoints import checkpoint, signer
from .hidden import hidden_words, kept_back


def publish(ledger: Ledger, target: Path) -> bool:
    """Write a published copy, and return whether a fresh checkpoint by the log key is in it.

    The ledger is open for writing. Archived copies do not go along unless `publish_copies` puts them beside it: a
    published copy carries the passages that were quoted, not whole works. Raises InputError if the target is taken.
    """
    if target.exists():
        raise InputError(f"{target} already exists.", hint="Choose another name, or remove it; nothing was written.")
    if not target.parent.is_dir():
        raise InputError(f"There is no folder {target.parent}.", hint="Make it first; nothing was written.")
    signed = signer(ledger) is not None
    if signed:
        checkpoint(ledger)
    store.write_published(ledger, target)
    return signed


@attrs.frozen
class CopiesBeside:
    """How many archived copies lie beside a published copy, and (handle, why) of each that was kept back."""

    put: int = 0
    kept_back: tuple[tuple[str, str], ...] = ()


def publish_copies(ledger: Ledger, target: Path) -> CopiesBeside:
    """Put the archived copies beside a published copy, and return how many, and which were kept back.

    A copy that holds withheld or sealed words is kept back, and so is one that cannot be searched, such as an
    image, if anything of the ledger is withheld or sealed. Raises InputError if the folder is taken, DamagedLedger
    if a copy is not what was archived; then no folder is there.
    """
    folder = target.with_suffix(".archive")
    if folder.exists():
        raise InputError(f"{folder} already exists.", hint="Choose another name for the copy; nothing was written.")
    archive, words, kept, put = Archive.of(ledger), hidden_words(ledger), [], 0
    strict = words is not None or _hides(ledger)
    try:
        with store.scratch_folder(target.parent) as scratch:
            beside = scratch / "archive"
            for capture in _standing(ledger):
                why = kept_back(archive, capture, words, strict=strict)
                if why:
                    kept.append((capture.handle, why))
                else:
                    _put(archive, capture, Archive(beside, ledger.id))
                    put += 1
            if beside.is_dir():
                beside.rename(folder)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {folder}: {error.strerror}.", hint="Nothing was published.") from None
    return CopiesBeside(put, tuple(kept))


def enter_publication(book: Book, target: Path, *, size: int, root: str, withheld: int, copies: CopiesBeside) -> None:
    """Record that a copy was published: the head (hex) and size of its log, the hash of its file, what is not in it."""
    with target.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    book.publication(
        size=size, root=root, sha256=digest, withheld=withheld, copies=copies.put, kept_back=len(copies.kept_back)
    )


def _standing(ledger: Ledger) -> Iterator[Capture]:
    for kept in queries.all_kept(ledger.db, Capture.KIND):
        if kept.standing.stands and isinstance(kept.record, Capture):
            yield kept.record


SEALED = tuple(kind for kind, cls in KINDS.items() if "seals" in attrs.fields_dict(cls))
"""Kinds of records of which a field may be sealed."""


def _hides(ledger: Ledger) -> bool:
    """Return whether anything of a ledger is withheld or sealed, whether or not its words are known here."""
    sealed = (getattr(kept.record, "seals", ()) for kept in queries.all_kept(ledger.db, *SEALED))
    return queries.has_withheld(ledger.db) or any(sealed)


def _put(archive: Archive, capture: Capture, target: Archive) -> None:
    for digest in filter(None, dict.fromkeys((capture.sha256, capture.text_sha256))):
        data = archive.get(digest)
        if data is not None and sha256(data).hexdigest() != digest:
            raise DamagedLedger(
                "The bytes of this archived copy are not those that were archived.",
                where=capture.handle,
                hint="Nothing was published. Restore them from a backup.",
            )
        if data is not None:
            target.put(data)
