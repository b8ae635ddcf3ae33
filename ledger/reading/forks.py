"""A forked process for strangers' code, and messages to and from it, a line each: none of them can hold up another.

Only a process that has no threads and no open ledger forks: `ledger.reading.worker` is one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from select import select
from typing import BinaryIO

import attrs

Call = Callable[[BinaryIO, BinaryIO], None]
"""What is called in the process: it reads what it is asked, and writes what it has to say."""

AT_ONCE, MOST_FILES = 1 << 16, 256


@attrs.define(eq=False)
class Fork:
    """A forked process: what is still to be sent to it, and what it said that nobody has taken yet."""

    pid: int
    asks: int
    says: int
    unsent: bytearray = attrs.field(factory=bytearray)
    said: bytearray = attrs.field(factory=bytearray)
    ended: bool = False

    def lines(self) -> Iterator[bytes]:
        """Take the lines that are whole, each without its end."""
        whole, _, rest = self.said.rpartition(b"\n")
        self.said = rest
        yield from bytes(whole).split(b"\n") if whole else ()

    def stop(self) -> str:
        """End the process; return how it had ended by itself, "" if it had not."""
        os.kill(self.pid, signal.SIGKILL)  # which changes nothing of one that has ended
        os.close(self.asks)
        os.close(self.says)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return f"It ended its process ({'signal' if code < 0 else 'exit'} {abs(code)})." if self.ended else ""


def fork(call: Call) -> Fork:
    """Start a process that makes the call and ends with it; what it prints reaches nobody."""
    asked, asks = os.pipe()
    says, saying = os.pipe()
    pid = os.fork()
    if pid:
        os.close(asked)
        os.close(saying)
        os.set_blocking(asks, False)
        return Fork(pid, asks, says)
    code = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        low, high = sorted((asked, saying))
        for first, end in ((3, low), (low + 1, high), (high + 1, MOST_FILES)):
            os.closerange(first, end)  # what goes to and from the others
        with os.fdopen(asked, "rb") as incoming, os.fdopen(saying, "wb") as outgoing:
            call(incoming, outgoing)
        code = 0
    finally:
        os._exit(code)  # what it left behind, such as threads and exit handlers, has no say any more


def exchange(forks: Collection[Fork], seconds: float) -> None:
    """Send what can be sent and hear what is said, after waiting for the first of it up to so many seconds."""
    heard, ready, _ = select([one.says for one in forks], [one.asks for one in forks if one.unsent], [], seconds)
    for one in forks:
        if one.asks in ready:
            with suppress(BrokenPipeError):
                del one.unsent[: os.write(one.asks, one.unsent[:AT_ONCE])]
        if one.says in heard:
            data = os.read(one.says, AT_ONCE)
            one.said += data
            one.ended = not data
