"""Watching a worker: whatever it does, the run ends.

A checker may loop for ever and swallow every exception, so nothing inside its
process can stop it. The parent does: a call that outlasts its limit is killed
with everything it started, gets its own finding, and the work goes on after it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import attrs

from .. import wire
from ..errors import EnvironmentFault
from ..plugins import SWITCH
from .job import ENDED, OUT_OF_TIME, Job, Progress, error, progress

LIMIT = 10.0
"""Seconds one checker may take for one claim."""

START_LIMIT = 60.0
"""Seconds a worker may take to start and to import one plugin."""

GLANCE = 0.05
"""Seconds between looks at the worker's output."""

Report = Callable[[int], None]
"""Called now and then with the number of bytes written so far."""


def supervise(
    ledger: Path,
    handles: list[str],
    *,
    now: str,
    options: dict[str, Any],
    limit: float,
    plugins: str | None,
    report: Report,
) -> Progress:
    """Return what the checkers said of these claims, each call in a child process and within its limit."""
    with TemporaryDirectory(prefix="factledger-") as folder:
        subjects = Path(folder) / "subjects"
        subjects.write_text("\n".join(handles), encoding="utf-8")
        output = Path(folder) / "output.ndjson"
        job = Job(str(ledger.absolute()), str(subjects), str(output), now, limit, options)
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(attrs.asdict(job)), encoding="utf-8")
        surroundings = os.environ | ({} if plugins is None else {SWITCH: plugins})
        while not (so_far := progress(output)).done:
            reason, words = _watch(path, output, limit, surroundings, report)
            if reason is not None and not progress(output).done:
                _blame(output, reason, words)
        return so_far


def _watch(
    job: Path, output: Path, limit: float, surroundings: Mapping[str, str], report: Report
) -> tuple[str | None, str]:
    """Run a worker to its end; return (None, "") or why it ended early, and what it last said on stderr."""
    stderr = job.with_name("stderr")
    with stderr.open("wb") as said:
        worker = subprocess.Popen(
            [sys.executable, "-P", "-m", "ledger.checks.worker", str(job)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
            env=surroundings,
        )
    try:
        hung = _outlasts(worker, output, limit, report)
    finally:
        _kill(worker)
    if hung:
        return OUT_OF_TIME, ""
    if worker.returncode == 0:
        return None, ""
    lines = stderr.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"exit {worker.returncode}", lines[-1][:300] if lines else ""


def _outlasts(worker: subprocess.Popen[bytes], output: Path, limit: float, report: Report) -> bool:
    """Wait for the worker; return whether one step of it took longer than it may."""
    size, since = -1, monotonic()
    while True:
        try:
            worker.wait(timeout=GLANCE)
            return False
        except subprocess.TimeoutExpired:
            now = monotonic()
        grown = output.stat().st_size if output.exists() else 0
        if grown != size:
            size, since = grown, now
            report(grown)
        elif now - since > limit and (now - since > START_LIMIT or _calling(output)):
            return True


def _calling(output: Path) -> bool:
    """Return whether the worker is inside a checker's call, rather than starting."""
    return output.exists() and progress(output).culprit is not None


def _kill(worker: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _blame(output: Path, reason: str, words: str) -> None:
    """Write down whose fault the early end was, so that the next worker goes on after it."""
    so_far = progress(output)
    hung = reason == OUT_OF_TIME
    if so_far.culprit is not None:
        subject, name = so_far.culprit
        why = "It took longer than it may and was stopped." if hung else f"It ended the process ({reason}). {words}"
        finding = error(why.strip(), OUT_OF_TIME if hung else ENDED, "Tell the authors of this checker.")
        version = so_far.cards[name]["version"]
        line = {
            "subject": subject,
            "checker": name,
            "version": version,
            "input": "",
            "findings": [wire.unstructure(finding)],
        }
    elif so_far.loading is not None:
        why = "Importing it took too long." if hung else f"Importing it ended the process ({reason}). {words}"
        fault = {"plugin": so_far.loading, "version": "?", "reason": why.strip()}
        line = {"fault": fault, "deadly": True}
    else:
        raise EnvironmentFault(f"The checks could not start ({reason}). {words}".strip(), hint="Run: factledger doctor")
    with output.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(line) + "\n")
