"""The unfinished work on an article: a file beside the ledger, a line a step, kept over a crash until all is filed.

A line is a worklist as work on it began, or a step: taken again from the last beginning they give it as it was left.
Nothing of it is in the log. Only its owner may read it, since it may hold names that are to be kept out.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any, Self

from .. import wire
from ..errors import EnvironmentFault, InputError
from ..store import Ledger
from .steps import STEPS, DeskStep, after
from .worklist import Worklist


def path_of(ledger: Ledger, text_sha256: str) -> Path:
    """Return where the unfinished work on a text stands."""
    return ledger.path.with_suffix(".desk") / f"{text_sha256[:16]}.jsonl"


class Journal:
    """An open journal; only one desk has it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _cannot_keep(path, error) from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise InputError(
                "Somebody has this article on a desk already.", where=str(path), hint="Leave the other desk first: q"
            ) from None

    def resume(self, text: str) -> Worklist | None:
        """Return the worklist as it was left; None if none was begun. A line that was cut short was never done."""
        worklist: Worklist | None = None
        try:
            for line in self._lines():
                said = json.loads(line)
                if "begun" in said:
                    worklist = wire.structure({**said["begun"], "text": text}, Worklist)
                elif worklist is not None:
                    worklist = after(worklist, wire.structure(said["step"], STEPS[said["does"]]))
        except (ValueError, KeyError, TypeError, InputError):
            raise InputError(
                "The unfinished work cannot be read.", where=str(self.path), hint="Begin anew: --anew"
            ) from None
        return worklist

    def begin(self, worklist: Worklist) -> None:
        """Keep a worklist as the beginning, whatever was kept before."""
        begun = wire.unstructure(worklist)
        begun.pop("text", None)
        begun.pop("before", None)
        self._write({"begun": begun})

    def add(self, step: DeskStep) -> None:
        """Keep a step; it is on the disk when this returns."""
        self._write({"does": step.DOES, "step": wire.unstructure(step)})

    def finish(self) -> None:
        """Throw the unfinished work away: all of it is filed."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def _write(self, data: dict[str, Any]) -> None:
        line = json.dumps(data, ensure_ascii=False).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise _cannot_keep(self.path, error) from None

    def _lines(self) -> list[bytes]:
        """Return the whole lines, and cut off what was not finished."""
        os.lseek(self._file, 0, os.SEEK_SET)
        data = bytearray()
        while chunk := os.read(self._file, 1 << 20):
            data += chunk
        whole = data.rfind(b"\n") + 1
        os.ftruncate(self._file, whole)
        os.lseek(self._file, whole, os.SEEK_SET)
        return bytes(data[:whole]).splitlines()


def _cannot_keep(path: Path, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(f"The unfinished work cannot be kept: {error.strerror}.", where=str(path))
