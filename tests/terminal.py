"""A program in a real pseudo-terminal: what is typed, what its screen then shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Self

import pyte

ENTER, ESCAPE, UP, DOWN, LEFT, RIGHT, CTRL_C = "\r", "\x1b", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C", "\x03"
PATIENCE = 30.0
"""Seconds until a program that does not answer counts as stuck."""


class Terminal:
    """A running program and its screen; `keys` are all that was typed."""

    def __init__(
        self, arguments: Sequence[str], *, folder: Path, columns: int = 80, lines: int = 24, **environment: str
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.keys: list[str] = []
        self.raw = b""
        self.code: int | None = None
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            size = struct.pack("HHHH", lines, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored in what a shell started in the background
            os.chdir(folder)
            os.execve(arguments[0], list(arguments), {**os.environ, "TERM": "xterm-256color", **environment})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._terminal)

    @property
    def rows(self) -> list[str]:
        """What the screen shows, a text a row."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def shown(self) -> str:
        return "\n".join(self.rows)

    @property
    def said(self) -> str:
        """What the screen shows as one line; what was broken only by its right edge is whole again."""
        return " ".join("".join(self._screen.display).split())

    def type(self, *keys: str, paste: bool = False) -> None:
        """Press keys; `paste` sends them as a terminal sends what is pasted."""
        self.keys += keys
        text = "".join(keys)
        os.write(self._terminal, (f"\x1b[200~{text}\x1b[201~" if paste else text).encode())

    def until(self, *words: str) -> str:
        """Wait until the screen shows one of these, and return all that it shows."""
        deadline = monotonic() + PATIENCE
        while not any(each in self.said for each in words):
            if not self._read(deadline - monotonic()) or monotonic() > deadline:
                raise AssertionError(f"{words} never came. The screen:\n{self.shown}")
        return self.shown

    def settle(self, quiet: float = 0.15) -> str:
        """Read until nothing comes for a moment, and return what the screen shows."""
        while self._read(quiet):
            pass
        return self.shown

    def resize(self, columns: int, lines: int) -> None:
        """Change the terminal's size, as when its window is drawn."""
        self._screen.resize(lines, columns)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def end(self, *, kill: bool = False) -> int:
        """Wait until the program ends, and return its exit code; `kill` ends it with SIGKILL."""
        if kill:
            os.kill(self.pid, signal.SIGKILL)
        while self._read(PATIENCE):
            pass
        _, status = os.waitpid(self.pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def _read(self, seconds: float) -> bool:
        """Take in what the program wrote within a time; return whether there was anything."""
        ready, _, _ = select.select([self._terminal], [], [], max(seconds, 0))
        try:
            data = os.read(self._terminal, 1 << 16) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def factledger(*arguments: str) -> list[str]:
    """Return the command line of the installed script."""
    return [str(Path(sys.executable).with_name("factledger")), *arguments]
