"""Archived copies, hashed again where their bytes are at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from ..capture import Archive
from ..model import Capture, Standing
from ..store import Ledger, queries
from .codes import Code
from .report import Notebook

NAMED = 5
"""Copies, or claims, that are named; the rest are counted."""

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
        parts = [("sha256", capture.sha256, "copy")]
        if capture.text_sha256 not in (None, capture.sha256):
            parts.append(("text_sha256", str(capture.text_sha256), "text of"))
        for field, digest, what in parts:
            data = _bytes(archive, digest)
            if data is None:
                absent += [capture.handle] if field == "sha256" else []
                continue
            compared += field == "sha256"
            if sha256(data).hexdigest() != digest:
                notebook.add(
                    Code.COPY_CHANGED,
                    f"The archived {what} {capture.handle} is not what was archived. {_standing(ledger, capture)}",
                    table="captures",
                    record=capture.handle,
                    field=field,
                    entry=kept.last_seq,
                )
    notebook.checked(compared, "archived copies, hashed again")
    if absent:
        notebook.open.append(f"Archived copies that are not beside the ledger were not compared: {_names(absent)}.")


def _standing(ledger: Ledger, capture: Capture) -> str:
    """Return in words which claims stand on words that were taken from a copy."""
    rows = queries.rows(ledger.db, "evidence", text_sha256=capture.text_sha256) if capture.text_sha256 else []
    claims = dict.fromkeys(row["claim"] for row in rows if Standing(row["standing"]).stands)
    return f"Words were quoted from it for: {_names(list(claims))}." if claims else "No claim quotes from it."


def _names(handles: Sequence[str]) -> str:
    return ", ".join(handles[:NAMED]) + (f" and {len(handles) - NAMED} more" if len(handles) > NAMED else "")


def _bytes(archive: Archive, digest: str) -> bytes | None:
    """Return a copy's bytes; None if they cannot be read, or the name would lead out of the archive."""
    try:
        return archive.get(digest) if DIGEST.fullmatch(digest) else None
    except OSError:
        return None
