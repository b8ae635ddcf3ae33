"""Archived copies, hashed again: each copy that the entries name has to be in the archive, as it was archived."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from ..capture import Archive, ArchiveReader
from ..errors import LedgerError
from ..model import WITHHELD, Capture, Standing
from ..store import Ledger, archive_of, queries, with_hashes
from .codes import ProblemCode
from .report import Notebook

NAMED = 5
"""Copies, or claims, that are named; the rest are counted."""

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)

WITHOUT = {b"published": "published copy", b"example": "example"}
"""Roles of ledgers that are handed on without their archive, as the file itself says."""


class CopyCheck:
    """Compares what the entries say of archived copies with what lies in the archive.

    `recorded` has the bodies of copies whose hashes are withheld, by uid, as far as they are in the file.
    """

    def __init__(
        self, ledger: Ledger, ledger_id: str, role: bytes, recorded: Mapping[str, Mapping[str, Any]], notebook: Notebook
    ) -> None:
        self._ledger = ledger
        self._role = role
        self._recorded = recorded
        self._notebook = notebook
        self._archive = Archive(archive_of(ledger.path, ledger_id))
        self._reader = ArchiveReader(self._archive)

    def run(self) -> None:
        """Note every copy that is not there or is not what was archived, with the claims that stand on its words."""
        absent, unread, nameless, compared = list[str](), list[str](), 0, 0
        for kept in queries.all_kept(self._ledger.db, Capture.KIND):
            record = kept.record
            capture = with_hashes(record, self._recorded[record.uid]) if record.uid in self._recorded else record
            assert isinstance(capture, Capture)
            if capture.sha256 == WITHHELD:
                nameless += 1
                continue
            there = self._holds(capture, "sha256", capture.sha256, kept.last_seq)
            compared += there
            if not there:
                absent.append(capture.handle)
                if self._role not in WITHOUT:
                    self._add(
                        ProblemCode.COPY_MISSING, f"copy {capture.handle} is not in", capture, "sha256", kept.last_seq
                    )
            if capture.text_sha256 in (None, capture.sha256):
                continue
            if not self._holds(capture, "text_sha256", str(capture.text_sha256), kept.last_seq) and there:
                unread += [] if self._reader.text(capture) is not None else [capture.handle]
        self._notebook.checked(compared, "archived copies, hashed again")
        self._say_open(absent, unread, nameless)

    def _holds(self, capture: Capture, field: str, digest: str, seq: int) -> bool:
        """Return whether there is something under a hash, and note it if that is something else."""
        data = self._bytes(digest)
        if data is not None and sha256(data).hexdigest() != digest:
            what = "copy" if field == "sha256" else "text of"
            self._add(
                ProblemCode.COPY_CHANGED, f"{what} {capture.handle} is not what was archived in", capture, field, seq
            )
        return data is not None

    def _add(self, code: ProblemCode, what: str, capture: Capture, field: str, seq: int) -> None:
        message = f"The archived {what} {self._archive.place}. {self._standing(capture)}"
        self._notebook.add(code, message, table="captures", record=capture.handle, field=field, entry=seq)

    def _bytes(self, digest: str) -> bytes | None:
        """Return a copy's bytes; None if they cannot be read, or the name would lead out of the archive."""
        try:
            return self._archive.get(digest) if DIGEST.fullmatch(digest) else None
        except (OSError, LedgerError):
            return None

    def _standing(self, capture: Capture) -> str:
        """Return in words which claims stand on words that were taken from a copy."""
        db = self._ledger.db
        source = queries.handle(db, capture.source)
        rows = [row for place in ("source", "seen_in") for row in queries.rows(db, "evidence", **{place: source})]
        texts = (capture.text_sha256, None)  # of a copy with withheld words no quotation says which text it is from
        quoted = (row for row in rows if row["quote"] is not None and row["text_sha256"] in texts)
        claims = dict.fromkeys(row["claim"] for row in quoted if Standing(row["standing"]).stands)
        return f"Words were quoted from it for: {_names(list(claims))}." if claims else "No claim quotes from it."

    def _say_open(self, absent: Sequence[str], unread: Sequence[str], nameless: int) -> None:
        said = self._notebook.open
        if absent and self._role in WITHOUT:
            said.append(
                f"This is {'an' if self._role == b'example' else 'a'} {WITHOUT[self._role]}, handed on without its "
                f"archive: {_names(absent)} {'was' if len(absent) == 1 else 'were'} not compared."
            )
        if unread:
            said.append(
                f"What can be read in archived copies of which no text was kept was not compared: {_names(unread)}."
            )
        if nameless:
            said.append(
                f"Archived copies whose hashes are withheld, and not in this file, were not compared: {nameless:,}."
            )


def _names(handles: Sequence[str]) -> str:
    return ", ".join(handles[:NAMED]) + (f" and {len(handles) - NAMED} more" if len(handles) > NAMED else "")
