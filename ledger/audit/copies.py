"""Archived copies, hashed again where their bytes are at hand."""

from __future__ import annotations

import re
from hashlib import sha256

from ..capture import Archive
from ..model import Capture
from ..store import Ledger, queries
from .codes import Code
from .report import Notebook

NAMED = 5
"""Absent copies that are named; the rest are counted."""

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check_copies(ledger: Ledger, notebook: Notebook) -> None:
    """Compare the bytes beside a ledger with the hashes in its entries.

    A copy that is not there is no problem, since copies are not passed on with a
    ledger; that it was not compared is said.
    """
    archive, absent, compared = Archive(ledger.archive), [], 0
    for kept in queries.all_kept(ledger.db, Capture.KIND):
        capture = kept.record
        assert isinstance(capture, Capture)
        data = _bytes(archive, capture.sha256)
        if data is None:
            absent.append(capture.handle)
            continue
        compared += 1
        if sha256(data).hexdigest() != capture.sha256:
            notebook.add(
                Code.COPY_CHANGED,
                f"The archived bytes of {capture.handle} are not those that were archived.",
                table="captures",
                record=capture.handle,
                field="sha256",
                entry=kept.last_seq,
            )
    notebook.checked(compared, "archived copies, hashed again")
    if absent:
        names = ", ".join(absent[:NAMED]) + (f" and {len(absent) - NAMED} more" if len(absent) > NAMED else "")
        notebook.open.append(f"Archived copies that are not beside the ledger were not compared: {names}.")


def _bytes(archive: Archive, digest: str) -> bytes | None:
    """Return a copy's bytes; None if they cannot be read, or the name would lead out of the archive."""
    try:
        return archive.get(digest) if DIGEST.fullmatch(digest) else None
    except OSError:
        return None
