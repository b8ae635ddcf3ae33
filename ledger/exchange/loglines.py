"""The log itself as lines of JSON: what any program can read, hash again, and come to the same root.

    {"factledger": "log/1", "origin": ..., "id": ..., "role": ..., "size": ..., "root": hex}
    {"seq": 0, "env": ..., "sig": ..., "salt": hex, "body": ...}     for each entry, as stored
    {"checkpoint": ...}                                              for each signed note kept in the ledger

`env` and `body` are texts of JSON inside JSON, so that not a byte of what was hashed changes on the
way. Where a body was withheld, salt and body are null. Tables are not written: they follow from the entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, get_args

from .. import log, wire
from ..audit.log import ENVELOPE
from ..errors import DamagedLedger, InputError, reading_file
from ..log import Entry, Note
from ..store import INIT, CannotFollow, Head, Ledger, Role, queries, restore
from ..store.bodies import as_text
from .lines import FilePosition

FORM = "log/1"
HEADER = ("factledger", "origin", "id", "role", "size", "root")
ENTRY = ("seq", "env", "sig", "salt", "body")
CHECKPOINT = ("checkpoint",)

LONGEST = 100_000_000
"""Bytes of a line."""

SALT = re.compile(r"[0-9a-f]{32}")
ROOT = re.compile(r"[0-9a-f]{64}")


def export_log(ledger: Ledger, out: BinaryIO) -> Head:
    """Write the log as it is now and return its head.

    Raises DamagedLedger if the entries written do not come to the root that the ledger says.
    """
    head, first = queries.head(ledger.db), queries.first(ledger.db)
    said = (FORM, queries.origin(ledger.db), first.subject, ledger.role, head.size, head.root.hex())
    _write(out, HEADER, said)
    frontier: list[bytes] = []
    size = 0
    for seq, _, envelope, signature, salt, body in queries.stored(ledger.db, upto=head.size):
        _write(out, ENTRY, (seq, envelope, signature, None if salt is None else salt.hex(), as_text(body)))
        log.push(frontier, size, log.leaf_hash(log.leaf_bytes(envelope, signature)))
        size += 1
    if Head(size, log.root(frontier)) != head:
        raise DamagedLedger(
            "The entries do not come to the root that the ledger says.",
            where=str(ledger.path),
            hint="Run: factledger verify",
        )
    for row in queries.rows(ledger.db, "ledger_checkpoint", order="id"):
        if row["size"] <= size:
            _write(out, CHECKPOINT, (row["note"],))
    return head


def _write(out: BinaryIO, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
    out.write(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False).encode() + b"\n")


def is_log(file: Path) -> bool:
    """Return whether a file's first line says that it is an exported log, or it is called as one and says nothing."""
    try:
        with file.open("rb") as lines:
            said = json.loads(lines.readline(LONGEST))
    except (OSError, ValueError, RecursionError):
        return file.suffix.lower() == ".ndjson"
    return isinstance(said, dict) and str(said.get("factledger")).startswith("log/")


def import_log(file: Path, ledger: Path) -> Head:
    """Make a new ledger of an exported log and return its head.

    Each entry is checked on the way, and the root at the end. Raises InputError, with the line, for whatever
    is wrong; then no ledger is there.
    """
    with reading_file(file), file.open("rb") as stream:
        lines = _Lines(stream, str(file))
        header = lines.next(HEADER)
        head = _head(lines, header)
        entries, notes = _entries(lines, header, head.size), _checkpoints(lines)
        try:
            restore(ledger, entries, notes, role=header["role"], head=head)
        except CannotFollow as error:
            raise lines.wrong(error.message, line=error.seq + 2) from None
        except (DamagedLedger, InputError) as error:
            raise error if error.where else lines.wrong(error.message) from None
    return head


class _Lines:
    """The lines of a file, each one JSON object with known keys."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream = stream
        self._file = file
        self._line = 0

    def wrong(self, message: str, *, line: int | None = None) -> InputError:
        """Return the error that something is wrong with the line last read, or another."""
        return FilePosition(self._file, line or self._line).error(message, "No ledger was made. Export the log again.")

    def next(self, *forms: tuple[str, ...]) -> dict[str, Any]:
        """Return the next line; it must have the keys of one of the forms."""
        found = self.next_or_end(*forms)
        if found is None:
            raise self.wrong("The log ends before this line.")
        return found

    def next_or_end(self, *forms: tuple[str, ...]) -> dict[str, Any] | None:
        """Return the next line, or None if there is none."""
        data = self._stream.readline(LONGEST)
        self._line += 1
        if not data:
            return None
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            raise self.wrong("This is not one line of JSON.") from None
        if not isinstance(found, dict) or tuple(found) not in forms:
            raise self.wrong(
                f"This is not what stands here in a log: {' or '.join(', '.join(form) for form in forms)}."
            )
        return found


def _head(lines: _Lines, header: dict[str, Any]) -> Head:
    """Return what a header says that the log comes to."""
    form, size, root = header["factledger"], header["size"], header["root"]
    if form != FORM:
        raise lines.wrong(f"This is a log in the form {form}; this factledger reads {FORM}.")
    if header["role"] not in get_args(Role):
        raise lines.wrong(f"There is no role {header['role']!r}.")
    if type(size) is not int or size < 1 or not isinstance(root, str) or not ROOT.fullmatch(root):
        raise lines.wrong("The size or root is none.")
    return Head(size, bytes.fromhex(root))


def _entries(lines: _Lines, header: dict[str, Any], size: int) -> Iterator[Entry]:
    """Yield the entries, each checked by itself and against the one before it."""
    last = ""
    for seq in range(size):
        entry = _entry(lines, lines.next(ENTRY), seq)
        if entry.at < last:
            raise lines.wrong(f"It says {entry.at}, the one before it {last}.")
        if (entry.kind == INIT) != (seq == 0):
            raise lines.wrong(f"A log begins with {INIT}, and has it nowhere else.")
        if seq == 0 and (entry.subject, (entry.content() or {}).get("origin")) != (header["id"], header["origin"]):
            raise lines.wrong("It opens another ledger than the first line says.")
        last = entry.at
        yield entry


def _entry(lines: _Lines, told: dict[str, Any], seq: int) -> Entry:
    envelope, signature, salt, body = (told[name] for name in ENTRY[1:])
    if told["seq"] != seq:
        raise lines.wrong(f"Entry {seq} is due here, not {told['seq']!r}.")
    found = ENVELOPE.fullmatch(envelope) if isinstance(envelope, str) else None
    if found is None:
        raise lines.wrong("The envelope is not in the form that envelopes have.")
    entry = log.read(seq, envelope, signature, *_body(lines, salt, body))
    if json.loads(envelope)["seq"] != seq:
        raise lines.wrong("The envelope is of another entry.")
    if signature is not None and not _is_text(signature):
        raise lines.wrong("The signature is no text.")
    if entry.body is not None and entry.salt is not None and log.commit(entry.salt, entry.body) != entry.commitment:
        raise lines.wrong("The body does not match the commitment in its envelope.")
    return entry


def _body(lines: _Lines, salt: object, body: object) -> tuple[bytes | None, str | None]:
    """Return salt and body; both are None if they were withheld."""
    if salt is None and body is None:
        return None, None
    if not isinstance(salt, str) or not SALT.fullmatch(salt) or not isinstance(body, str):
        raise lines.wrong("Salt and body must be texts, or both null.")
    try:
        wire.loads(body)
    except InputError as error:
        raise lines.wrong(f"The body cannot be one: {error.message}") from None
    return bytes.fromhex(salt), body


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _checkpoints(lines: _Lines) -> Iterator[Note]:
    while (line := lines.next_or_end(CHECKPOINT)) is not None:
        if not isinstance(line["checkpoint"], str):
            raise lines.wrong("The checkpoint is no text.")
        yield Note.read(line["checkpoint"])
