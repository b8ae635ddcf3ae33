"""Agents' signatures on entries, each by a key that stood at that entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from ..log import Entry, Malformed, Signature, VerifierKey, signed_text, verifies
from ..model import Key
from ..store import ADD, REVOKE
from .codes import ProblemCode
from .report import Notebook


class Signatures:
    """Watches the entries go by, and keeps the keys that stand as it does."""

    def __init__(self, notebook: Notebook, origin: Callable[[], str]) -> None:
        self._notebook = notebook
        self._origin = origin
        self._keys: dict[str, VerifierKey] = {}
        self._signed = self._unsigned = 0

    def watch(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Pass the entries on, and note every signature that no standing key of its actor made."""
        for entry in entries:
            if entry.signature is not None:
                self._check(entry)
            elif any(key.name == entry.actor for key in self._keys.values()):
                self._unsigned += 1
            if entry.record_kind == Key.KIND:
                self._learn(entry)
            yield entry

    def finish(self) -> None:
        """Say what was covered, and what nobody signed."""
        if self._signed:
            self._notebook.checked(self._signed, "signatures of agents")
        if self._unsigned:
            self._notebook.open.append(
                f"Who entered {self._unsigned:,} entries that are unsigned although the agent had a key."
            )

    def _check(self, entry: Entry) -> None:
        text = signed_text(self._origin(), entry.envelope)
        try:
            signature = Signature.read(entry.signature or "")
        except Malformed:
            self._wrong(entry, "is no signature")
            return
        keys = [key for key in self._keys.values() if key.name == entry.actor]
        if any(verifies(text, signature, key) for key in keys):
            self._signed += 1
        else:
            self._wrong(entry, "is not by a key of its actor that stood then")

    def _wrong(self, entry: Entry, why: str) -> None:
        self._notebook.add(ProblemCode.SIGNATURE, f"What signs entry {entry.seq} {why}.", entry=entry.seq)

    def _learn(self, entry: Entry) -> None:
        if entry.act == REVOKE:
            self._keys.pop(entry.subject, None)
        if entry.act != ADD or entry.body is None:
            return
        try:
            said = json.loads(entry.body)
            key = VerifierKey.read(str(said["verifier"]))
        except (ValueError, KeyError, TypeError, RecursionError, Malformed):
            self._notebook.add(ProblemCode.SIGNATURE, f"Entry {entry.seq} holds no key.", entry=entry.seq)
            return
        if key.name == said.get("agent"):
            self._keys[entry.subject] = key
