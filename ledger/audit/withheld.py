"""Withheld bodies: gone where they may be gone, absent where they must be, and nothing put in their place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from ..errors import LedgerError
from ..log import Entry
from ..model import Capture
from ..sqlite import sqlite3
from ..store import ADD
from ..store.withheld import StandIn, stand_ins
from ..trust import only_takes_out
from . import bare
from .codes import ProblemCode
from .report import Notebook

COPY = f"{Capture.KIND}.{ADD}"


class Withheld:
    """What the withholding entries of a file say, and the entries it is about."""

    def __init__(self, db: sqlite3.Connection, notebook: Notebook) -> None:
        self._db = db
        self._notebook = notebook
        self.role = b""
        self._unseen = 0
        self.found: dict[int, StandIn] = {}
        self.copies: dict[str, dict[str, Any]] = {}
        """What was recorded of archived copies that nobody else may see the hashes of: uid -> body."""

    def read(self) -> None:
        """Read what is withheld, before the entries are."""
        with self._notebook.reading("ledger_entry"):
            try:
                self.found.update({one.seq: one for one in stand_ins(bare.withholdings(self._db))})
            except (LedgerError, UnicodeDecodeError) as error:
                self._notebook.add(ProblemCode.WITHHOLDING, str(error))
        with self._notebook.reading("ledger_role"):
            self.role = next((role for (role,) in bare.rows(self._db, "ledger_role", ("role",))), b"")

    def watch(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Pass the entries on, each with what stands in for a withheld body."""
        for entry in entries:
            one = self.found.get(entry.seq)
            if one is None:
                yield entry
                continue
            self._check(entry, one)
            if entry.kind == COPY and entry.body is not None:
                self.copies[entry.subject] = _read(entry.body)
            yield attrs.evolve(entry, body=one.body)

    def _check(self, entry: Entry, one: StandIn) -> None:
        if one.rid != entry.rid or one.by_seq <= entry.seq:
            self._wrong(
                ProblemCode.WITHHOLDING, f"Entry {one.by_seq} withholds entry {entry.seq} under another name.", entry
            )
        if entry.body is None and entry.salt is None:
            self._unseen += 1
        elif self.role == b"published":
            self._wrong(
                ProblemCode.WITHHELD_PRESENT, f"The withheld words of entry {entry.seq} are in this copy.", entry
            )
        elif entry.body is not None and not _is_stand_in(entry.body, one.body):
            self._wrong(
                ProblemCode.WITHHOLDING, f"What stands in for entry {entry.seq} says what it did not say.", entry
            )

    def _wrong(self, code: ProblemCode, message: str, entry: Entry) -> None:
        self._notebook.add(code, message, entry=entry.seq)

    def finish(self) -> None:
        """Say how much is withheld, and what of it nobody can know from this file."""
        if self.found:
            self._notebook.checked(len(self.found), "entries with words withheld, as later entries say")
        if self._unseen:
            self._notebook.open.append(
                f"Whether what stands in for {self._unseen:,} withheld bodies only leaves words out: those bodies are "
                "not in this file. That the entries were there is proven."
            )


def _read(body: str) -> dict[str, Any]:
    """Return a body as a dict; an unreadable one, which is told elsewhere, holds nothing."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _is_stand_in(recorded: str, stand_in: str) -> bool:
    try:
        return only_takes_out(json.loads(recorded), json.loads(stand_in))
    except (ValueError, RecursionError):
        return False
