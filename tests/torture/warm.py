"""Runs commands in forked children of a Python that has imported everything, so that each begins at once.

    python -m torture.warm

Told on stdin, as a line of JSON: what to run and where its output goes. Answers with the child's process id,
waits for a line before it lets the child begin (so that it can be traced from its first call),
and answers with how it ended: its exit code, or minus the signal that killed it.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import ledger
from ledger.cli import main as factledger

from .entering import main as entering
from .sitting import main as sitting

UNUSED = "ledger.web", "ledger.testing"
"""Parts that none of these commands uses."""

COMMANDS = {"factledger": factledger, "entering": entering, "sitting": sitting}

PR_SET_PTRACER, ANY_PROCESS = 0x59616D61, -1
"""Where the Yama security module is on, a process says itself who else may trace it (prctl(2))."""


def main() -> None:
    _import_everything()
    for line in sys.stdin:
        task = json.loads(line)
        ready, go = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(go)
            _child(task, ready)
        os.close(ready)
        print(pid, flush=True)
        sys.stdin.readline()
        os.write(go, b"!")
        os.close(go)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_everything() -> None:
    """Import also what commands import only once they need it."""
    import_module("sqlite_utils")
    for module in walk_packages(ledger.__path__, "ledger."):
        if not module.name.startswith(UNUSED):
            import_module(module.name)
    gc.freeze()  # else a child's first collection copies all that it shares with its parent


def _child(task: dict[str, list[str] | str], ready: int) -> None:
    """Run one command and end; this never returns."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(ANY_PROCESS), 0, 0, 0)
        _redirect(Path(str(task["folder"])))
        os.read(ready, 1)
        sys.argv = list(task["command"])
        COMMANDS[sys.argv[0]]()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - as Python itself would
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _redirect(folder: Path) -> None:
    for number, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, str(folder / "stdout"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, str(folder / "stderr"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        handle = os.open(name, flags, 0o600)
        os.dup2(handle, number)
        os.close(handle)


if __name__ == "__main__":
    main()
