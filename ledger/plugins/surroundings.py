"""What a process that runs plugins is given of its parent's: its environment without secrets, and its end."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
from contextlib import suppress
from threading import Thread

PASSED = "FACTLEDGER_PASS_ENV"
"""Environment: names (comma-separated) of variables that plugins get although they look like secrets."""

_SECRET_NAME = re.compile(
    r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|KEY$|(^|_)PAT$|^(AWS|AZURE|GOOGLE|GCP|CLOUDSDK|OP_SESSION)_"
    r"|^(SSH_AUTH_SOCK|GPG_AGENT_INFO|NETRC)$"
)
_SECRET_VALUE = re.compile(r"\w+://[^/\s:@]*:[^/\s@]+@")
"""An address with a password in it."""


def without_secrets() -> dict[str, str]:
    """Return this process's environment without what looks like a secret, by its name or as an address."""
    passed = {name.strip() for name in os.environ.get(PASSED, "").split(",")}
    return {
        name: value
        for name, value in os.environ.items()
        if name in passed or not (_SECRET_NAME.search(name.upper()) or _SECRET_VALUE.search(value))
    }


def end_with_parent(lifeline: int) -> None:
    """End this process and its group once nobody holds the other end of a pipe, whatever a plugin is at.

    The kernel's signal also ends a process whose one computation never lets another thread run; the thread ends one
    that ignores that signal, or closed the pipe.
    """
    if os.getpgrp() != os.getpid():
        return
    with suppress(OSError):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    gone = select.poll()
    gone.register(lifeline, 0)  # that the other end was closed is told in any case

    def watch() -> None:
        gone.poll()
        os.killpg(0, signal.SIGKILL)

    Thread(target=watch, daemon=True).start()
