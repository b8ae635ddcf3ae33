"""The owner's key folder: one file a ledger, in the user's configuration, never beside the ledger.

Whoever holds a ledger's log key can rewrite its history, so it must not travel
with the file. `FACTLEDGER_KEYS` names another folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from .errors import EnvironmentFault, InputError
from .log import LogKey, World


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


def make(origin: str, world: World) -> LogKey:
    """Return a new log key for a ledger of this origin."""
    return LogKey(origin, world.entropy(32))


def keep(key: LogKey, ledger_id: str) -> Path:
    """Write the key to the owner's folder, readable by them alone, and return the file."""
    path = folder() / f"{ledger_id}.key"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.signer + "\n")
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot keep the log key in {path.parent}: {error.strerror}.",
            hint="Set FACTLEDGER_KEYS to a folder of yours.",
        ) from None
    return path
