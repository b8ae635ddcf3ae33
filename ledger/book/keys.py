"""The owner's key folder: keys and what they signed, in the user's configuration, never beside the ledger.

Whoever holds a ledger's log key can rewrite its history, so it must not travel
with the file. `FACTLEDGER_KEYS` names another folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from ..errors import EnvironmentFault, InputError, reading_file
from ..log import Environment, Malformed, SignerKey, VerifierKey
from ..store.durable import settle, sync


def folder() -> Path:
    """Return where this user's log keys are kept."""
    given = os.environ.get("FACTLEDGER_KEYS")
    return Path(given) if given else platformdirs.user_config_path("factledger") / "keys"


def require_origin(origin: str) -> None:
    """Raise InputError unless a text can name a log: no white space, no plus sign (C2SP signed notes)."""
    if not re.fullmatch(r"[^\s+]{1,200}", origin) or not origin.isprintable():
        suggestion = re.sub(r"[\s+]+", "-", origin.strip())
        raise InputError(
            f"{origin!r} cannot name a ledger.",
            where="origin",
            hint=f"Use a name without spaces or plus signs, such as {suggestion or 'desk.example.org'}.",
        )


def make(name: str, environment: Environment) -> SignerKey:
    """Return a new key of this name."""
    return SignerKey(name, environment.entropy(32))


def keep(key: SignerKey, ledger_id: str, *, of: str = "") -> Path:
    """Write a key to the owner's folder, readable by them alone, and return the file.

    `of` is the uid of the agent whose key it is; the log's own key is nobody's.
    """
    path = path_of(ledger_id, of=of)
    write_new(path, key.text + "\n")
    return path


def path_of(ledger_id: str, *, of: str = "") -> Path:
    """Return where the log key of a ledger lies, or the key with which an agent signs entries of it."""
    return folder() / (f"{ledger_id}.{of}.key" if of else f"{ledger_id}.key")


def held(ledger_id: str, *, of: str = "") -> SignerKey | None:
    """Return a key that this user holds, or None; raise EnvironmentFault if it cannot be read."""
    path = path_of(ledger_id, of=of)
    try:
        return SignerKey.read(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot read the key {path}: {error.strerror}.", hint="Check its permissions."
        ) from None
    except (Malformed, UnicodeDecodeError):
        raise EnvironmentFault(f"{path} holds no key.", hint="Restore it from your own copy.") from None


def move_out(ledger_id: str, target: Path) -> Path:
    """Move a log's key out of the key folder, into a new file that ssh-add reads; return where it was.

    It goes from the folder once the file is whole. Raises EnvironmentFault if it is not here or cannot be written.
    """
    key, path = held(ledger_id), path_of(ledger_id)
    if key is None:
        raise EnvironmentFault(f"The log key is not on this machine ({path}).", hint="Nothing was moved.")
    try:
        write_new(target, key.openssh)
    except EnvironmentFault as fault:
        raise EnvironmentFault(fault.message, hint="Nothing was moved. Name a new file.") from None
    if SignerKey.of_openssh(key.name, target.read_bytes(), where=str(target)) != key:
        raise EnvironmentFault(f"{target} is not what was written.", hint="Nothing was moved.")
    path.unlink()
    sync(path.parent)
    return path


def bring_back(ledger_id: str, source: Path, named: VerifierKey) -> Path:
    """Put a log's key that `move_out` wrote into the key folder; return where. `named` is that of the ledger."""
    with reading_file(source):
        key = SignerKey.of_openssh(named.name, source.read_bytes(), where=str(source))
    if key.verifier != named:
        raise InputError("This is not the key that the ledger names.", where=str(source), hint="Give another file.")
    return keep(key, ledger_id)


def write_new(path: Path, text: str) -> None:
    """Write a new file to the key folder, readable by its owner alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with _gone_if_half(path), os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        sync(path.parent)
    except OSError as error:
        raise _cannot_keep(path, error) from None


def replace(path: Path, text: str) -> None:
    """Put a text in the place of a file of the key folder, durably: the old one or the new is there, never half."""
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with _gone_if_half(beside):
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            settle(beside, path)
    except OSError as error:
        raise _cannot_keep(path, error) from None


@contextmanager
def _gone_if_half(path: Path) -> Iterator[None]:
    """Remove a file that could not be written to its end."""
    try:
        yield
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _cannot_keep(path: Path, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        f"Cannot keep {path.name} in {path.parent}: {error.strerror}.", hint="Set FACTLEDGER_KEYS to a folder of yours."
    )
