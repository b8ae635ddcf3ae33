"""Starting the worker, before there is an article: it imports nothing that would take time first."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..plugins.surroundings import without_secrets

TIME_TO_END = 1.0
"""Seconds in which a worker ends that is asked no more."""


@contextmanager
def started(*, policy: Path | None = None, checks: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """Start the worker, which `ReadingWorker` asks; it ends with all that it started.

    `policy` is the file of a house's rules; without `checks` no checker is imported.
    """
    settings = {"policy": "" if policy is None else str(policy.absolute()), "checks": checks}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "ledger.reading.worker", json.dumps(settings)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=without_secrets(),
    ) as process:
        try:
            yield process
            process.communicate(timeout=TIME_TO_END)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # and what plugins started
