"""Proof sheets: one JSON file that shows, with nothing else but a verifier key, what a log holds.

    {"factledger": "proof/1", "checkpoint": NOTE, "entries": [ENTRY ...]}
        each entry with "env", "sig", "salt" (hex), "body" and "path", its inclusion proof (hex hashes);
        a body that was withheld is null, and so is its salt; "openings", if any, are [{"field", "words",
        "salt"}]: words that were sealed in one of the entries
    {"factledger": "consistency/1", "size": N, "root": HEX, "checkpoint": NOTE, "path": [HEX ...]}
        that the log of the checkpoint begins with the N entries that have this root

Reading one checks its form and nothing more; `faults` says what does not hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import attrs

from . import proof
from .checkpoint import LARGEST, Checkpoint
from .entry import Entry, commit, read
from .key import Malformed, VerifierKey
from .note import Note

INCLUSION = "proof/1"
CONSISTENCY = "consistency/1"
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
SALT = re.compile(r"[0-9a-f]{32}", re.ASCII)
LONGEST_PATH = 64


@attrs.frozen
class ProvenEntry:
    """An entry and its path to the root, lowest hash first."""

    entry: Entry
    path: tuple[bytes, ...]


@attrs.frozen
class Opening:
    """The words of a sealed field, and the salt (16 bytes) with which they give the commitment that was recorded."""

    field: str
    words: str
    salt: bytes


@attrs.frozen
class InclusionSheet:
    """Entries that stand in the log of a checkpoint, and words that were sealed in them."""

    note: Note
    checkpoint: Checkpoint
    entries: tuple[ProvenEntry, ...]
    openings: tuple[Opening, ...] = ()

    @property
    def text(self) -> str:
        """The sheet as JSON, readable by a person."""
        opened = [{"field": one.field, "words": one.words, "salt": one.salt.hex()} for one in self.openings]
        return _written(
            INCLUSION,
            checkpoint=str(self.note),
            entries=[
                {
                    "env": entry.envelope,
                    "sig": entry.signature,
                    "salt": entry.salt.hex() if entry.salt is not None else None,
                    "body": entry.body,
                    "path": [value.hex() for value in path],
                }
                for entry, path in ((one.entry, one.path) for one in self.entries)
            ],
            **({"openings": opened} if opened else {}),
        )

    def faults(self, key: VerifierKey) -> Iterator[str]:
        """Yield what does not hold, given the log's verifier key; nothing if the entries stand in that log."""
        yield from _note_faults(self.note, self.checkpoint, key)
        if not self.entries:
            yield "The sheet holds no entry."
        for one in self.entries:
            entry, said = one.entry, self.checkpoint
            if not proof.includes(entry.leaf, entry.seq, said.size, one.path, said.root):
                yield f"Entry {entry.seq} is not in the log of this checkpoint."
            if entry.body is not None and (entry.salt is None or commit(entry.salt, entry.body) != entry.commitment):
                yield f"The words of entry {entry.seq} are not those that were recorded."
        sealed = {seal for one in self.entries for seal in _seals(one.entry)}
        for opening in self.openings:
            if (opening.field, commit(opening.salt, opening.words)) not in sealed:
                yield f"The words given for the {opening.field} are not those that were sealed."


@attrs.frozen
class ConsistencySheet:
    """The log of a checkpoint begins with the entries of an earlier root."""

    size: int
    root: bytes
    note: Note
    checkpoint: Checkpoint
    path: tuple[bytes, ...]

    @property
    def text(self) -> str:
        """The sheet as JSON."""
        return _written(
            CONSISTENCY,
            size=self.size,
            root=self.root.hex(),
            checkpoint=str(self.note),
            path=[value.hex() for value in self.path],
        )

    def faults(self, key: VerifierKey) -> Iterator[str]:
        """Yield what does not hold, given the log's verifier key; nothing if the log only grew."""
        yield from _note_faults(self.note, self.checkpoint, key)
        if not proof.consistent(self.size, self.checkpoint.size, self.root, self.checkpoint.root, self.path):
            yield f"The log of {self.checkpoint.size} entries does not begin with those {self.size}."


def read_sheet(text: str) -> InclusionSheet | ConsistencySheet:
    """Return the proof sheet that a text spells; raise Malformed if it spells none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise _malformed("it is not JSON") from None
    form = said.get("factledger") if isinstance(said, dict) else None
    if form == INCLUSION:
        note = Note.read(_text(said, "checkpoint"))
        openings = tuple(map(_opening, _list(said, "openings"))) if "openings" in said else ()
        return InclusionSheet(note, Checkpoint.read(note.text), tuple(map(_proven, _list(said, "entries"))), openings)
    if form == CONSISTENCY:
        note, size = Note.read(_text(said, "checkpoint")), said.get("size")
        if type(size) is not int or not 0 <= size <= LARGEST:
            raise _malformed("its size is no whole number")
        return ConsistencySheet(size, _hash(said.get("root")), note, Checkpoint.read(note.text), _path(said))
    raise _malformed("it does not say that it is one")


def _proven(said: object) -> ProvenEntry:
    if not isinstance(said, dict):
        raise _malformed("an entry is no object")
    salt, body, signature = said.get("salt"), said.get("body"), said.get("sig")
    if salt is not None and not (isinstance(salt, str) and SALT.fullmatch(salt)):
        raise _malformed("a salt is not 16 bytes in hex")
    if (salt is None) is not (body is None):
        raise _malformed("a body and its salt go together")
    if not isinstance(body, str | None) or not isinstance(signature, str | None):
        raise _malformed("a body or signature is no text")
    envelope = _text(said, "env")
    try:
        seq = json.loads(envelope)["seq"]
        entry = read(seq, envelope, signature, bytes.fromhex(salt) if salt else None, body)
        fields = (entry.kind, entry.subject, entry.actor, entry.at, entry.rid, entry.commitment)
        (envelope + (signature or "") + (body or "")).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _malformed("an envelope cannot be read") from None
    if type(seq) is not int or not all(isinstance(field, str) for field in fields):
        raise _malformed("an envelope cannot be read")
    return ProvenEntry(entry, _path(said))


def _opening(said: object) -> Opening:
    if not isinstance(said, dict) or not SALT.fullmatch(_text(said, "salt")):
        raise _malformed("an opening has no salt")
    words = _text(said, "words")
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise _malformed("an opening is no text")
    return Opening(_text(said, "field"), words, bytes.fromhex(said["salt"]))


def _seals(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (field, commitment) of every seal in an entry's body."""
    try:
        content = json.loads(entry.body or "null")
        yield from ((str(seal["field"]), str(seal["commitment"])) for seal in content["seals"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return


def _path(said: dict[str, Any]) -> tuple[bytes, ...]:
    hashes = _list(said, "path")
    if len(hashes) > LONGEST_PATH:
        raise _malformed("a path is longer than any log's")
    return tuple(map(_hash, hashes))


def _hash(said: object) -> bytes:
    if not isinstance(said, str) or not HASH.fullmatch(said):
        raise _malformed("a hash is not 32 bytes in hex")
    return bytes.fromhex(said)


def _list(said: dict[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    if not isinstance(found, list):
        raise _malformed(f"{name} is no list")
    return found


def _text(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str):
        raise _malformed(f"{name} is no text")
    return found


def _note_faults(note: Note, checkpoint: Checkpoint, key: VerifierKey) -> Iterator[str]:
    if checkpoint.origin != key.name:
        yield f"The checkpoint is of {checkpoint.origin}, the key of {key.name}."
    elif not note.signed_by(key):
        yield "The checkpoint is not signed by this key."


def _malformed(why: str) -> Malformed:
    return Malformed(f"This is no proof: {why}.", hint="Make one: factledger prove CLAIM")


def _written(form: str, **parts: object) -> str:
    return json.dumps({"factledger": form, **parts}, ensure_ascii=False, indent=1) + "\n"
