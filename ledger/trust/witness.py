"""A witness: somebody else who remembers how long a log was, and signs that it only ever grew.

It works on files, without a network: the log's owner sends a checkpoint, or a proof that the log went
on from the one the witness saw last; the witness sends the checkpoint back with its own line
(c2sp.org/tlog-cosignature). What it saw is kept in the witness's key folder.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import attrs

from .. import keys
from ..errors import DamagedLedger, EnvironmentFault, InputError
from ..log import Algorithm, Checkpoint, Malformed, Note, SignerKey, VerifierKey, World, sign
from ..log.sheet import ConsistencySheet, read_sheet
from ..store import exclusive


@attrs.frozen
class Seen:
    """The last checkpoint of a log that a witness signed, and the log's verifier key."""

    key: VerifierKey
    note: Note


def folder() -> Path:
    """Return where this user's witnesses keep their keys and what they saw."""
    return keys.folder() / "witness"


def begin(name: str, world: World) -> VerifierKey:
    """Make a witness of this name with its key, and return the key that others check its signatures with."""
    keys.require_origin(name)
    key = SignerKey(name, world.entropy(32), Algorithm.COSIGNATURE)
    keys.write_new(_key_file(name), key.text + "\n")
    return key.verifier


def cosign(name: str, said: str, world: World, *, log_key: VerifierKey | None = None) -> Note:
    """Return the checkpoint in a text with the witness's signature added, once it is known to go on from the last.

    `said` is a checkpoint, or a consistency sheet from the size last seen. At first sight of a log its
    key must be given, since nothing else says whose log it is. Raises DamagedLedger for a log that
    contradicts what the witness saw, InputError for what cannot be judged; nothing is then signed.
    """
    signer = _held(name)
    note, sheet = _read(said)
    checkpoint = Checkpoint.of(note)
    place = folder() / f"{quote(name, safe='')}.seen" / (sha256(checkpoint.origin.encode()).hexdigest()[:32] + ".json")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with exclusive(place):
        seen = _seen(place)
        key = _trusted_key(seen, log_key, checkpoint)
        _require_sound(note, sheet, key)
        if seen is not None:
            _require_growth(Checkpoint.of(seen.note), checkpoint, sheet)
        signed = note.plus([sign(note.text, signer, now=world.clock())])
        keys.replace(place, json.dumps({"log_key": str(key), "checkpoint": str(note)}) + "\n")
    return signed


def _require_growth(before: Checkpoint, now: Checkpoint, sheet: ConsistencySheet | None) -> None:
    if now.size < before.size:
        raise DamagedLedger(
            f"The log says it has {now.size} entries; this witness saw {before.size}.",
            hint="Nothing was signed. Entries are gone: ask the log's owner, and keep both checkpoints.",
        )
    if now.size == before.size:
        if now.root != before.root:
            raise _other_history(before)
        return
    if before.size == 0:
        return
    if sheet is None or sheet.size != before.size:
        raise InputError(
            f"This witness last saw {before.size} entries and needs a proof from there.",
            hint=f"Ask the log's owner for: factledger prove --from {before.size}",
        )
    if sheet.root != before.root:
        raise _other_history(before)


def _require_sound(note: Note, sheet: ConsistencySheet | None, key: VerifierKey) -> None:
    faults = list(sheet.faults(key)) if sheet is not None else []
    if not note.signed_by(key):
        faults.insert(0, "The checkpoint is not signed by this log's key.")
    if faults:
        raise DamagedLedger(faults[0], hint="Nothing was signed.")


def _other_history(before: Checkpoint) -> DamagedLedger:
    return DamagedLedger(
        f"The log's first {before.size} entries are not those that this witness saw.",
        hint="Nothing was signed. Its history was rewritten: keep both checkpoints.",
    )


def _trusted_key(seen: Seen | None, given: VerifierKey | None, checkpoint: Checkpoint) -> VerifierKey:
    key = seen.key if seen is not None else given
    if key is None:
        raise InputError(
            f"This witness has not seen the log {checkpoint.origin} before.",
            hint="Give its verifier key, got from its owner by another way: --log-key KEY",
        )
    if given is not None and given != key:
        raise InputError("This is not the log key that this witness knows.", hint="Nothing was signed.")
    if key.name != checkpoint.origin:
        raise InputError(f"The key is of {key.name}, the checkpoint of {checkpoint.origin}.", hint="Give its own key.")
    return key


def _read(said: str) -> tuple[Note, ConsistencySheet | None]:
    """Return the checkpoint in a text, and the sheet that it came in, if it did."""
    if not said.lstrip().startswith("{"):
        return Note.read(said), None
    sheet = read_sheet(said)
    if not isinstance(sheet, ConsistencySheet):
        raise InputError("This proves entries, not growth.", hint="Ask for: factledger prove --from SIZE")
    return sheet.note, sheet


def _key_file(name: str) -> Path:
    return folder() / f"{quote(name, safe='')}.key"


def _held(name: str) -> SignerKey:
    try:
        return SignerKey.read(_key_file(name).read_text("ascii"))
    except FileNotFoundError:
        raise InputError(
            f"There is no witness {name!r} here.", hint=f"Begin one: factledger witness new {name}"
        ) from None
    except (OSError, UnicodeDecodeError, Malformed):
        raise EnvironmentFault(f"{_key_file(name)} holds no key.", hint="Restore it from your own copy.") from None


def _seen(place: Path) -> Seen | None:
    if not place.exists():
        return None
    try:
        said = json.loads(place.read_text("utf-8"))
        return Seen(VerifierKey.read(said["log_key"]), Note.read(said["checkpoint"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Malformed):
        raise EnvironmentFault(
            f"{place} does not say what this witness saw.", hint="Nothing was signed. Restore it from your own copy."
        ) from None
