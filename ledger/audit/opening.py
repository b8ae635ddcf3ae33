"""Entry 0: the origin, the format and the log key that a ledger begins with."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ..log import Entry
from ..log.key import ED25519
from ..store import FORMAT, INIT
from .codes import Code
from .report import Notebook

KEY_BYTES = 32


class Opening:
    """Watches the entries go by; `origin` is what entry 0 says, or empty."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.origin = ""

    def watch(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Pass the entries on, and note it if the first does not open a ledger or a later one does."""
        for entry in entries:
            if entry.seq == 0:
                self._begin(entry)
            elif entry.kind == INIT:
                self._wrong(f"Entry {entry.seq} opens the ledger a second time.", entry.seq)
            yield entry

    def _begin(self, entry: Entry) -> None:
        if entry.kind != INIT:
            self._wrong(f"Entry 0 is a {entry.kind}; a ledger begins with {INIT}.")
            return
        said = _content(entry)
        origin, key = said.get("origin"), said.get("log_key")
        if said.get("format") != FORMAT:
            self._wrong(f"Entry 0 says format {said.get('format')!r}; this is {FORMAT}.")
        if not isinstance(origin, str) or not isinstance(key, str):
            self._wrong("Entry 0 names no origin or no log key.")
            return
        self.origin = origin
        if not is_verifier(key, origin):
            self._wrong(f"Entry 0 holds no Ed25519 key of {origin}.")

    def _wrong(self, message: str, seq: int = 0) -> None:
        self._notebook.add(Code.OPENING, message, entry=seq)


def is_verifier(text: str, name: str) -> bool:
    """Return whether a text is an Ed25519 verifier key of this name (c2sp.org/signed-note)."""
    parts = text.split("+", 2)  # base64 has plus signs, names and hashes have none
    if len(parts) != 3 or parts[0] != name:
        return False
    try:
        data = b64decode(parts[2], validate=True)
    except ValueError:
        return False
    hashed = sha256(name.encode("utf-8", "replace") + b"\n" + data).digest()[:4].hex()
    return data[:1] == ED25519 and len(data) == 1 + KEY_BYTES and parts[1] == hashed


def _content(entry: Entry) -> dict[str, Any]:
    """Return the body as a dict; an unreadable one holds nothing."""
    try:
        content = json.loads(entry.body or "null")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
