"""The log, recomputed from its first entry to its last: numbers, envelopes, bodies, times."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from itertools import starmap

from ..log import Entry
from ..model import KINDS
from ..sqlite import sqlite3
from ..store import ACTS, OF_THE_FILE
from ..store.bodies import inflated
from . import bare
from .bare import Row
from .clock import ClockCheck
from .codes import ProblemCode
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

KNOWN = {*OF_THE_FILE, *(f"{kind}.{act}" for kind in KINDS for act in ACTS)}


class LogCheck:
    """Reads the entries as stored and notes what is wrong with each; `tree` grows along."""

    def __init__(self, db: sqlite3.Connection, notebook: Notebook, may_lack: Collection[int] = ()) -> None:
        self._db = db
        self._notebook = notebook
        self._may_lack = may_lack
        self._last = ""
        self._clock = ClockCheck()
        self._bodies = 0
        self.tree = TreeCheck(db, notebook)

    def entries(self, progress: Progress) -> Iterator[Entry]:
        """Yield each entry that can be replayed, once all of it was checked."""
        return starmap(Entry, self.checked(progress))

    def checked(self, progress: Progress) -> Iterator[Row]:
        """Check every entry, and yield the parts of each that can be replayed, in the order that `Entry` has them.

        Stops where numbers run backwards: a damaged file can lead SQLite in circles.
        """
        due = 0
        with self._notebook.reading("ledger_entry"):
            total = bare.length(self._db)
            for row in bare.entries(self._db):
                seq = row[0]
                if type(seq) is not int or seq < due:
                    self._notebook.add(
                        ProblemCode.ENTRY_ORDER,
                        f"Where entry {due} was due stands {seq!r}; reading stopped there.",
                        entry=due,
                    )
                    break
                if seq > due:
                    self._notebook.add(ProblemCode.ENTRY_MISSING, _gap(due, seq), entry=due)
                due = seq + 1
                parts = self._parts(row)
                if parts is not None:
                    yield parts
                if due % STEP == 0 or due == total:
                    progress(self.tree.size, total)

    def finish(self) -> None:
        """Say what was covered; an empty log is a problem."""
        size = self.tree.size
        if size == 0:
            self._notebook.add(ProblemCode.NO_ENTRIES, "The log holds no entry.", table="ledger_entry")
        self._notebook.checked(size, "entries: number, form, hash, time, kind")
        self._notebook.checked(self._bodies, "bodies that match their commitments")
        self._notebook.open.extend(self._clock.open(self._last))

    def _parts(self, row: Row) -> Row | None:
        seq, stored, envelope, signature, salt, body, packed = row
        if packed:
            body = _inflated(body)
        if type(envelope) is not bytes:
            envelope = b""
        sealed = b"\x00%b\n" % envelope
        leaf = sha256(sealed if type(signature) is not bytes else sealed + b"\n" + signature).digest()
        self.tree.add(leaf)
        if leaf != stored:
            self._wrong(
                ProblemCode.ENTRY_HASH, seq, f"The envelope of entry {seq} does not give the hash stored with it."
            )
        text = envelope.decode("ascii", "replace")
        said = ENVELOPE.fullmatch(text)
        if said is None:
            self._wrong(
                ProblemCode.ENVELOPE, seq, f"The envelope of entry {seq} is not in the form that envelopes have."
            )
            return None
        actor, at, commitment, kind, rid, number, subject = said.groups()
        if int(number) != seq:
            self._wrong(ProblemCode.ENTRY_NUMBER, seq, f"The envelope of entry {seq} says it is entry {number}.")
        if at < self._last:
            self._wrong(ProblemCode.TIME, seq, f"Entry {seq} says {at}, the one before it {self._last}.")
        if at != self._last:
            self._clock.see(seq, self._last, at)
            self._last = at
        if type(salt) is type(body) is bytes and sha256(salt + body).hexdigest() == commitment:
            self._bodies += 1
        else:
            self._wrong_body(seq, salt, body)
        words = None if body is None else self._text(seq, "body", body)
        signed = None if signature is None else self._text(seq, "signature", signature)
        if kind not in KNOWN:
            self._wrong(ProblemCode.KIND_UNKNOWN, seq, f"Entry {seq} is of the unknown kind {kind}.")
            return None
        return seq, text, signed, salt, words, kind, subject, actor, at, rid, commitment

    def _wrong_body(self, seq: int, salt: object, body: object) -> None:
        if body is not None:
            self._wrong(ProblemCode.BODY_CHANGED, seq, f"The body of entry {seq} does not match its commitment.")
        elif seq not in self._may_lack or salt is not None:
            self._wrong(ProblemCode.BODY_MISSING, seq, f"Entry {seq} has no body.")

    def _text(self, seq: int, what: str, data: object) -> str | None:
        try:
            return data.decode() if type(data) is bytes else str(data)
        except UnicodeDecodeError:
            self._wrong(ProblemCode.TEXT, seq, f"The {what} of entry {seq} is not UTF-8.")
            return None

    def _wrong(self, code: ProblemCode, seq: int, message: str) -> None:
        self._notebook.add(code, message, entry=seq)


def _inflated(stored: bytes) -> bytes:
    try:
        return inflated(stored)
    except ValueError:
        return b""  # which no envelope commits to


def _gap(start: int, end: int) -> str:
    return f"Entry {start} is missing." if end == start + 1 else f"Entries {start} to {end - 1} are missing."
