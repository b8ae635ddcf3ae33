"""What a witness keeps in its key folder: its key, and of each log the verifier key and the last checkpoint.

A log that it was told of and has not seen yet has no checkpoint. Nobody else's logs are remembered, so nobody can fill
the folder from outside.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import attrs

from ...book import keys
from ...errors import EnvironmentFault, InputError
from ...log import Algorithm, Environment, Malformed, Note, SignerKey, VerifierKey
from ...store import exclusive


@attrs.frozen
class WitnessedLog:
    """A log that a witness knows: its verifier key, and the last checkpoint (None: none yet)."""

    key: VerifierKey
    note: Note | None = None


def folder() -> Path:
    """Return where this user's witnesses keep their keys and what they saw."""
    return keys.folder() / "witness"


def begin(name: str, environment: Environment, kind: Algorithm = Algorithm.COSIGNATURE) -> VerifierKey:
    """Make a witness of this name with its key, and return the key that others check its signatures with."""
    keys.require_origin(name)
    key = SignerKey(name, environment.entropy(32), kind)
    keys.write_new(_key_file(name), key.text + "\n")
    return key.verifier


def know(name: str, log_key: VerifierKey) -> None:
    """Let a witness sign for the log of this verifier key; raise InputError if it knows the log by another key."""
    held(name)
    place = place_of(name, log_key.name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with exclusive(place):
        seen = read_seen(place)
        if seen is not None and seen.key != log_key:
            raise InputError("This is not the log key that this witness knows.", hint="Nothing was changed.")
        if seen is None:
            write_seen(place, WitnessedLog(log_key))


def held(name: str) -> SignerKey:
    """Return the key of a witness; raise InputError if there is none of this name."""
    try:
        return SignerKey.read(_key_file(name).read_text("utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"There is no witness {name!r} here.", hint=f"Begin one: factledger witness new {name}"
        ) from None
    except (OSError, UnicodeDecodeError, Malformed):
        raise EnvironmentFault(f"{_key_file(name)} holds no key.", hint="Restore it from your own copy.") from None


def place_of(name: str, origin: str) -> Path:
    """Return where a witness keeps what it saw of a log."""
    return seen_folder(name) / f"{origin_hash(origin)[:32]}.json"


def seen_folder(name: str) -> Path:
    """Return where a witness keeps what it saw of all logs."""
    return folder() / f"{quote(name, safe='')}.seen"


def origin_hash(origin: str) -> str:
    """Return the name by which others ask for what a witness saw of a log: hex SHA-256 of its origin."""
    return sha256(origin.encode()).hexdigest()


def read_seen(place: Path) -> WitnessedLog | None:
    """Return what a witness saw of a log; None if it does not know the log."""
    if not place.exists():
        return None
    try:
        said = json.loads(place.read_text("utf-8"))
        note = said["checkpoint"]
        return WitnessedLog(VerifierKey.read(said["log_key"]), None if note is None else Note.read(note))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Malformed):
        raise EnvironmentFault(
            f"{place} does not say what this witness saw.", hint="Nothing was signed. Restore it from your own copy."
        ) from None


def write_seen(place: Path, seen: WitnessedLog) -> None:
    """Keep what a witness saw of a log, durably."""
    said = {"log_key": str(seen.key), "checkpoint": None if seen.note is None else str(seen.note)}
    keys.replace(place, json.dumps(said) + "\n")


def _key_file(name: str) -> Path:
    return folder() / f"{quote(name, safe='')}.key"
