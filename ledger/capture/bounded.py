"""Reading a file of a kind that can be hostile, in a process of its own that is stopped in time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..errors import InputError

SECONDS = 60
"""Seconds of computing after which a file is given up."""
MEMORY = 1_500_000_000
"""Bytes of address space that reading a file may take."""

_NO_MEMORY = (b"MemoryError", b"memory allocation")


def read_bounded(program: Path, data: bytes, *arguments: object, what: str, where: str, hint: str) -> Any:
    """Return the JSON that a program of ours prints of some bytes; raise InputError if it is stopped or breaks.

    `what` is what the bytes are called, `hint` what to do where they cannot be read.
    """
    limited = str(Path(__file__).with_name("limited.py"))
    command = [sys.executable, "-P", limited, str(SECONDS), str(MEMORY), str(program), *map(str, arguments)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"The {what} takes too long to read.", where=where, hint=hint) from None
    if done.returncode == -signal.SIGABRT or any(said in done.stderr[-500:] for said in _NO_MEMORY):
        raise InputError(f"The {what} takes too much memory to read.", where=where, hint=hint)
    if done.returncode < 0:
        raise InputError(f"The {what} takes too long to read.", where=where, hint=hint)
    if done.returncode:
        raise InputError(f"The {what} is damaged.", where=where, hint=hint)
    return json.loads(done.stdout)
