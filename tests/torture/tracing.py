"""strace: counting a process's system calls on some files, and making one of them fail."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs

from . import programs


@attrs.frozen
class Ended:
    """How a traced command ended: its exit code, or minus the signal; what it wrote; whether the fault was met."""

    code: int
    said: tuple[str, ...]
    complained: str
    calls: Counter[str]
    reached: bool

    @property
    def last(self) -> str:
        """The last line it wrote to stderr."""
        return (self.complained.splitlines() or [""])[-1]


def hindrance() -> str | None:
    """Return why nothing can be traced here, or None if it can."""
    if shutil.which("strace") is None:
        return "System calls cannot be made to fail without strace: apt-get install strace"
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True)
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else None


class Tracer:
    """Runs commands in children of one warm Python, each under an strace of its own."""

    def __init__(self) -> None:
        self._warm = subprocess.Popen(
            programs.command("warm"),
            env=programs.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def close(self) -> None:
        assert self._warm.stdin is not None
        self._warm.stdin.close()
        self._warm.wait(30)

    def run(
        self, command: Sequence[str], folder: Path, calls: Sequence[str], paths: Sequence[Path], fault: str = ""
    ) -> Ended:
        """Run a command and trace these calls on these paths; `fault` is strace's inject expression."""
        log = folder / "trace"
        pid = int(self._ask(json.dumps({"command": list(command), "folder": str(folder)})))
        options = ["-o", str(log), "-e", f"trace={','.join(calls)}", *(f"--trace-path={path}" for path in paths)]
        options += ["-e", f"inject={fault}"] if fault else []
        with subprocess.Popen(["strace", *options, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            attached = strace.stderr.readline()
            if "attached" not in attached:
                raise RuntimeError(f"strace did not attach: {attached}")
            code = int(self._ask("go"))
        traced = log.read_text(errors="replace")
        return Ended(
            code,
            tuple((folder / "stdout").read_text().split()),
            (folder / "stderr").read_text(),
            Counter(re.findall(r"^(\w+)\(", traced, flags=re.MULTILINE)),
            "(INJECTED)" in traced or code < 0,
        )

    def _ask(self, line: str) -> str:
        assert self._warm.stdin is not None and self._warm.stdout is not None
        self._warm.stdin.write(f"{line}\n")
        return self._warm.stdout.readline()
