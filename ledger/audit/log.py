"""The log, recomputed from its first entry to its last: numbers, envelopes, bodies, times."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256

from sqlite_utils.utils import sqlite3

from ..log import Entry
from ..model import KINDS
from ..store import ACTS, INIT
from . import bare
from .bare import Row
from .codes import Code
from .report import Notebook
from .tree import TreeCheck

Progress = Callable[[int, int], None]
"""Takes how many entries were read and how many there are."""

STEP = 1000
"""Entries between two reports of progress."""

ENVELOPE = re.compile(
    r'\{"actor":"([0-9a-f]{32})"'
    r',"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"'
    r',"body":"([0-9a-f]{64})"'
    r',"kind":"([a-z]+\.[a-z]+)"'
    r',"rid":"([0-9a-f]{32})"'
    r',"seq":(0|[1-9]\d{0,15})'
    r',"subject":"([0-9a-f]{32})"'
    r',"v":1\}',
    re.ASCII,
)
"""The one spelling that an envelope has: canonical JSON of known keys with values of known form."""

KNOWN = {INIT, *(f"{kind}.{act}" for kind in KINDS for act in ACTS)}


class LogCheck:
    """Reads the entries as stored and notes what is wrong with each; `tree` grows along."""

    def __init__(self, db: sqlite3.Connection, notebook: Notebook, may_lack: Collection[int] = ()) -> None:
        self._db = db
        self._notebook = notebook
        self._may_lack = may_lack
        self._last = ""
        self._bodies = 0
        self.tree = TreeCheck(db, notebook)

    def entries(self, progress: Progress) -> Iterator[Entry]:
        """Yield each entry that can be replayed, once all of it was checked.

        Stops where numbers run backwards: a damaged file can lead SQLite in circles.
        """
        due = 0
        with self._notebook.reading("ledger_entry"):
            total = bare.number_of(self._db, "ledger_entry")
            for row in bare.entries(self._db):
                seq = row[0]
                if not isinstance(seq, int) or seq < due:
                    self._notebook.add(
                        Code.ENTRY_ORDER, f"Where entry {due} was due stands {seq!r}; reading stopped there.", entry=due
                    )
                    break
                if seq > due:
                    self._notebook.add(Code.ENTRY_MISSING, _gap(due, seq), entry=due)
                due = seq + 1
                entry = self._checked(row)
                if entry is not None:
                    yield entry
                if self.tree.size % STEP == 0 or self.tree.size == total:
                    progress(self.tree.size, total)

    def finish(self) -> None:
        """Say what was covered; an empty log is a problem."""
        size = self.tree.size
        if size == 0:
            self._notebook.add(Code.NO_ENTRIES, "The log holds no entry.", table="ledger_entry")
        self._notebook.checked(size, "entries: number, form, hash, time, kind")
        self._notebook.checked(self._bodies, "bodies that match their commitments")

    def _checked(self, row: Row) -> Entry | None:
        seq, stored, envelope, signature, salt, body = row
        wrong = self._notebook.add
        data = envelope if isinstance(envelope, bytes) else b""
        leaf = sha256(b"\x00" + data + b"\n" + (b"\n" + signature if isinstance(signature, bytes) else b"")).digest()
        self.tree.add(leaf)
        if leaf != stored:
            wrong(Code.ENTRY_HASH, f"The envelope of entry {seq} does not give the hash stored with it.", entry=seq)
        said = ENVELOPE.fullmatch(data.decode("ascii", "replace"))
        if said is None:
            wrong(Code.ENVELOPE, f"The envelope of entry {seq} is not in the form that envelopes have.", entry=seq)
            return None
        actor, at, commitment, kind, rid, number, subject = said.groups()
        if int(number) != seq:
            wrong(Code.ENTRY_NUMBER, f"The envelope of entry {seq} says it is entry {number}.", entry=seq)
        if at < self._last:
            wrong(Code.TIME, f"Entry {seq} says {at}, the one before it {self._last}.", entry=seq)
        self._last = at
        words = self._body(seq, commitment, salt, body)
        signed = self._text(seq, "signature", signature)
        if kind not in KNOWN:
            wrong(Code.KIND_UNKNOWN, f"Entry {seq} is of the unknown kind {kind}.", entry=seq)
            return None
        return Entry(seq, said.string, signed, salt, words, kind, subject, actor, at, rid, commitment)

    def _body(self, seq: int, commitment: str, salt: object, body: object) -> str | None:
        """Return the body as text; None if there is none to replay."""
        if body is None:
            if seq not in self._may_lack or salt is not None:
                self._notebook.add(Code.BODY_MISSING, f"Entry {seq} has no body.", entry=seq)
            return None
        if isinstance(salt, bytes) and isinstance(body, bytes) and sha256(salt + body).hexdigest() == commitment:
            self._bodies += 1
        else:
            self._notebook.add(Code.BODY_CHANGED, f"The body of entry {seq} does not match its commitment.", entry=seq)
        return self._text(seq, "body", body)

    def _text(self, seq: int, what: str, data: object) -> str | None:
        if data is None:
            return None
        try:
            return data.decode() if isinstance(data, bytes) else str(data)
        except UnicodeDecodeError:
            self._notebook.add(Code.TEXT, f"The {what} of entry {seq} is not UTF-8.", entry=seq)
            return None


def _gap(start: int, end: int) -> str:
    return f"Entry {start} is missing." if end == start + 1 else f"Entries {start} to {end - 1} are missing."
