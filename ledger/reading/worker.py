"""The process that reads: `python -m ledger.reading.worker SETTINGS`; each line in is asked, each line out an answer.

It starts before there is an article. What most plugins need is imported once, then each plugin gets a process of its
own, which imports it while the article is still fetched, and stays for the next question: readers first, then the
checkers, which are told what was suggested. Whether what they say is proper, the parent sees to.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import attrs

from .. import plugins
from ..dates import expressions
from ..errors import LedgerError
from ..plugins import Installed
from ..policy import read_policy
from ..text import computations, credits, quoted, sentences
from ..timeline import read
from .calls import CONTROL, Settings, attend
from .forks import Fork, exchange, fork

START_LIMIT = 20.0
"""Seconds in which a plugin is imported."""

MOST_BYTES = 16_000_000
"""Bytes that one call may say."""

MOST_BREAKS = 3
"""Calls of a plugin that may end its process before it is called no more."""


_ = computations, credits, expressions, quoted, read, sentences  # imported before the first fork: most need it


@attrs.define(eq=False)
class PluginFork:
    """A plugin in a process of its own, which is started again where a call ends it; and its answer, as it grows.

    `introduced` is what the plugin is; `called` a call each: whose, the lines that were said, and why it did not end
    well, None while it goes on; `reason` is why the plugin as a whole is asked no more.
    """

    plugin: Installed
    settings: Settings
    fork: Fork
    introduced: dict[str, Any] = attrs.field(factory=dict)
    called: list[dict[str, Any]] = attrs.field(factory=list)
    reason: str = ""
    done: bool = True
    breaks: int = 0
    _request: dict[str, Any] = attrs.field(factory=dict)
    _seconds: float = 0
    _deadline: float = 0
    _said: int = 0

    @classmethod
    def start(cls, plugin: Installed, settings: Settings) -> PluginFork:
        return cls(plugin, settings, fork(partial(attend, plugin, settings)))

    def ask(self, request: dict[str, Any]) -> None:
        """Begin a question."""
        self._request, self.called, self.done = request, [], bool(self.reason)
        if not self.done:
            self._send(0 if self.introduced else START_LIMIT)

    @property
    def left(self) -> float:
        """Seconds in which it has to say more."""
        return max(0, self._deadline - monotonic())

    def hear(self) -> None:
        """Take what was said; break the call off that ended its process, or is over what it may take."""
        try:
            for line in self.fork.lines():
                self._take(line)
        except (ValueError, LookupError):
            return self._break_off("What its process said could not be read.")
        if self.done:
            return None
        if self._said + len(self.fork.said) > MOST_BYTES:
            return self._break_off(f"It said more than {MOST_BYTES:,} bytes and was stopped.")
        if self.fork.ended or not self.left:
            return self._break_off(f"It took longer than {self._seconds:g} seconds and was stopped.")
        return None

    def _take(self, line: bytes) -> None:
        if not line.startswith(CONTROL):
            self.called[-1]["lines"].append(line.decode("utf-8", "replace"))
            self._said += len(line)
            return
        self._wait(self._request.get("limit", 0))
        match json.loads(line.removeprefix(CONTROL)):
            case {"introduced": introduced}:
                self.introduced = introduced
            case {"called": name, "version": version}:
                self.called.append({"name": name, "version": version, "lines": [], "reason": None})
            case {"ended": reason}:
                self.called[-1]["reason"] = reason
            case _:
                self.done = True

    def _break_off(self, reason: str) -> None:
        """End the process, blame the call that was made, and start another for those that are left."""
        reason = self.fork.stop() or reason
        if not self.called or self.called[-1]["reason"] is not None:
            self.reason, self.done = reason if self.introduced else f"Importing it: {reason}", True
            return
        self.called[-1]["reason"], self.breaks = reason, self.breaks + 1
        if self.breaks == MOST_BREAKS:
            self.reason, self.done = f"It broke off {MOST_BREAKS} times and was called no more.", True
            return
        self.fork = fork(partial(attend, self.plugin, self.settings))
        self._send(START_LIMIT)

    def _send(self, more: float) -> None:
        called = [one["name"] for one in self.called]
        self.fork.unsent += json.dumps({**self._request, "called": called}).encode() + b"\n"
        self._wait(self._request["limit"] + more)

    def _wait(self, seconds: float) -> None:
        self._said, self._seconds, self._deadline = 0, seconds, monotonic() + seconds

    def answer(self) -> dict[str, Any]:
        """Return what the parent is told."""
        said = {"introduced": self.introduced, "called": self.called, "reason": self.reason}
        whose = {"plugin": self.plugin.name, "version": self.plugin.version, "distribution": self.plugin.distribution}
        return {**whose, **said}


def main() -> None:
    """Answer until there is no more to answer."""
    answers = os.fdopen(os.dup(1), "wb")
    given = json.loads(sys.argv[1])
    try:
        settings = Settings(read_policy(Path(given["policy"]) if given["policy"] else None), given["checks"])
        there, faults = plugins.installed(folders=settings.policy.plugin_folders)
    except LedgerError as error:
        refused = {"message": error.message, "where": error.where, "hint": error.hint}
        answers.write(json.dumps({"refused": refused}).encode() + b"\n")
        answers.flush()
        return
    gc.freeze()
    forks = [PluginFork.start(one, settings) for one in there]
    for line in sys.stdin.buffer:
        request = json.loads(line)
        for one in forks:
            one.ask(request)
        while waiting := [one for one in forks if not one.done]:
            exchange([one.fork for one in waiting], min(one.left for one in waiting))
            for one in waiting:
                one.hear()
        answer = {"plugins": [one.answer() for one in forks], "faults": [attrs.asdict(fault) for fault in faults]}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
    for one in forks:
        if not one.reason:
            one.fork.stop()


if __name__ == "__main__":
    main()
