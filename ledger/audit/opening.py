"""Entry 0: the origin, the format and the log key that a ledger begins with; and the formats that it came to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..log import Algorithm, Entry, Malformed, VerifierKey
from ..store import FORMAT, INIT, UPGRADE, Format
from .codes import ProblemCode
from .report import Notebook


class FirstEntryCheck:
    """Watches the entries go by; `ledger_id`, `origin` and `key` are what entry 0 says, or empty."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._format = 0
        self.ledger_id = ""
        self.origin = ""
        self.key: VerifierKey | None = None

    def watch(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Pass the entries on, and note it if the first does not open a ledger or a later one does."""
        for entry in entries:
            if entry.seq == 0:
                self.ledger_id = entry.subject
                self._begin(entry)
            elif entry.kind == INIT:
                self._wrong(f"Entry {entry.seq} opens the ledger a second time.", entry.seq)
            elif entry.kind == UPGRADE:
                self._upgrade(entry)
            yield entry

    def finish(self, due: Format) -> None:
        """Note it if the file is in an earlier format than its own log says: its tables were put back."""
        if due.number < self._format:
            self._notebook.add(
                ProblemCode.FORMAT_CHANGED,
                f"The file says it is in {due}, its log that it came to format {self._format}.",
            )

    def _upgrade(self, entry: Entry) -> None:
        said = _content(entry)
        before, after = said.get("from"), said.get("to")
        if type(before) is not int or type(after) is not int or not self._format <= before < after <= FORMAT:
            self._wrong(f"Entry {entry.seq} says that format {before!r} became {after!r}.", entry.seq)
            return
        self._format = after

    def _begin(self, entry: Entry) -> None:
        if entry.kind != INIT:
            self._wrong(f"Entry 0 is a {entry.kind}; a ledger begins with {INIT}.")
            return
        said = _content(entry)
        origin, key = said.get("origin"), said.get("log_key")
        number = said.get("format")
        if type(number) is not int or not 1 <= number <= FORMAT:
            self._wrong(f"Entry 0 says format {number!r}; this program knows 1 to {FORMAT}.")
        else:
            self._format = number
        if not isinstance(origin, str) or not isinstance(key, str):
            self._wrong("Entry 0 names no origin or no log key.")
            return
        self.origin = origin
        self.key = verifier(key, origin)
        if self.key is None:
            self._wrong(f"Entry 0 holds no Ed25519 key of {origin}.")

    def _wrong(self, message: str, seq: int = 0) -> None:
        self._notebook.add(ProblemCode.OPENING, message, entry=seq)


def verifier(text: str, name: str) -> VerifierKey | None:
    """Return the Ed25519 verifier key of this name that a text spells, or None."""
    try:
        key = VerifierKey.read(text)
    except Malformed:
        return None
    return key if key.name == name and key.algorithm is Algorithm.ED25519 else None


def _content(entry: Entry) -> dict[str, Any]:
    """Return the body as a dict; an unreadable one holds nothing."""
    try:
        content = json.loads(entry.body or "null")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
