"""Work that may hang or end its process, done in a process of its own, so that the tests go on.

A thread would not do: nothing can end one, and a regular expression that
backtracks keeps every other thread of its process from running. An alarm would
not do: a checker may swallow what it raises. A forked child needs nothing
pickled, so that checkers of any test module can be examined, and can be killed.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import attrs

from ..errors import EnvironmentFault
from ..text.languages.guess import detector
from ..text.languages.table import known, table

At = Callable[[str], None]
"""Called with the name of each step before it is taken."""

OUTSIDE = {
    "os.exec": "replaces its program",
    "os.fork": "starts a process",
    "os.mkdir": "makes a folder",
    "os.posix_spawn": "starts a process",
    "os.remove": "deletes a file",
    "os.rename": "renames a file",
    "os.system": "starts a process",
    "socket.connect": "opens a network connection",
    "socket.getaddrinfo": "asks the network for a name",
    "sqlite3.connect": "opens a database",
    "subprocess.Popen": "starts a process",
    "urllib.Request": "asks for a web page",
}
"""What pure work has no need of, by the name of its audit event (PEP 578)."""

TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@attrs.frozen
class DeadlineResult:
    """How the work ended: the step it was at, and what went wrong.

    `breach` is the AssertionError of the work, `reached` says what it did outside its process, `hung`
    that it had to be killed; `status` is the exit status of a process that ended before the work did.
    """

    at: str
    breach: str
    reached: str
    hung: bool
    status: int | None


def _read_languages() -> None:
    """Read what tells and describes languages, which a checker that compares words would seem to read itself."""
    detector()
    for tag in known():
        table(tag)


def within(limit: float, work: Callable[[At], None]) -> DeadlineResult:
    """Do work in a child process, each step within so many seconds; an AssertionError of it becomes the breach."""
    if not hasattr(os, "fork"):
        raise EnvironmentFault("This system cannot watch a checker.", hint="Use Linux or macOS, or limit=None.")
    _read_languages()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads: the child needs nothing they lock
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing)
    os.close(writing)
    at, said, hung = "at its start", dict[str, str](), False
    try:
        for line in _lines(reading, limit):
            if line is None:
                hung = True
            elif "at" in line:
                at = line["at"]
            else:
                said = line
    finally:
        os.close(reading)
        if not said:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return DeadlineResult(at, said.get("breach", ""), said.get("reached", ""), hung, None if said or hung else status)


def _lines(reading: int, limit: float) -> Iterator[dict[str, Any] | None]:
    """Yield what the child says, line by line, and None at last if it says nothing for so many seconds."""
    rest = b""
    while True:
        if not select.select([reading], [], [], limit)[0]:
            yield None
            return
        said = os.read(reading, 65_536)
        if not said:
            return
        *lines, rest = (rest + said).split(b"\n")
        yield from map(json.loads, lines)


def _work(work: Callable[[At], None], writing: int) -> None:
    """Do the work, say how it ended, and leave: what this process was forked from must not go on in it."""

    def say(**line: str) -> None:
        os.write(writing, json.dumps(line).encode() + b"\n")

    reached: list[str] = []

    def at(place: str) -> None:
        if not reached:
            say(at=place)

    breach = ""
    try:
        _listen(reached)
        try:
            work(at)
        except AssertionError as error:
            breach = str(error)
        say(breach=breach, reached="".join(reached[:1]))
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(0)


def _listen(reached: list[str]) -> None:
    """Note from now on, and refuse, what reaches out of the process."""
    sys.dont_write_bytecode = True

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        words = OUTSIDE.get(event, "")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & TO_WRITE:
            words = "writes a file"
        if words:
            reached.append(words)
            raise PermissionError(f"A checker {words}.")

    sys.addaudithook(hear)
