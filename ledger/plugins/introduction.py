"""What plugins say of themselves, asked in a process of each one's own: `python -m ledger.plugins.introduction`.

Whoever lists plugins, or looks for the one that brings something, asks here, and
imports nothing: a plugin that ends its process, hangs, closes what is open or
changes the library under its feet costs no more than its own line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from signal import SIGKILL
from time import monotonic
from typing import Any

import attrs

from ..policy import read_policy
from . import Plugins, Registered, load
from .installed import Installed, PluginFault, installed
from .names import share_out
from .surroundings import end_with_parent, without_secrets

LIMIT = 20.0
"""Seconds in which a plugin has to be imported and to have said what it brings."""

MOST_BYTES = 4_000_000
"""Bytes that a plugin may say of itself."""

LONGEST_WORDS = 2_000
"""Bytes of what it says on stderr that are kept, from the end."""

Card = Mapping[str, Any]
"""What a checker, a reader, a format or an executor says of itself, as JSON data."""

KINDS = ("checker", "reader", "exchange", "executor")


@attrs.frozen
class Introduction:
    """A plugin, whether it could be loaded, the hooks it answers, what it brings of each kind, what of it is outdated.

    `why` says why it could not introduce itself, "" if it did.
    """

    plugin: Installed
    loaded: bool = False
    hooks: tuple[str, ...] = ()
    brings: Mapping[str, Sequence[Card]] = attrs.field(factory=dict)
    outdated: tuple[str, ...] = ()
    why: str = ""


@attrs.frozen
class Survey:
    """All plugins that are there, what they bring by kind and name, and the faults of those that cannot be used."""

    introductions: tuple[Introduction, ...]
    faults: tuple[PluginFault, ...]
    found: Mapping[str, Mapping[str, Card]]


def survey(*, policy: Path | None = None, only: Iterable[Installed] = (), limit: float = LIMIT) -> Survey:
    """Ask every plugin, or `only` these, what it brings; none takes longer than `limit` seconds.

    `policy` is a house's file. Raises InputError as `installed` does.
    """
    there, faults = (list(only), []) if only else installed(folders=read_policy(policy).plugin_folders)
    asked = [_ImportProcess(one, policy) for one in there]
    try:
        answers = [one.answer(limit) for one in asked]
    finally:
        for one in asked:
            one.close()
    for introduction, told in answers:
        plugin = introduction.plugin
        faults += [PluginFault(plugin.name, plugin.version, introduction.why)] if introduction.why else []
        faults += told
    found: dict[str, dict[str, Card]] = {}
    introductions = {introduction.plugin.name: introduction for introduction, _ in answers}
    for kind in KINDS:
        brought = [
            (str(card["name"]), one.plugin.name, one.plugin.distribution)
            for one in introductions.values()
            for card in one.brings.get(kind, ())
        ]
        holders, refused = share_out(kind, brought)
        faults += [PluginFault(name, introductions[name].plugin.version, reason) for name, reason in refused]
        found[kind] = {
            name: card
            for name, holder in holders.items()
            for card in introductions[holder].brings[kind]
            if card["name"] == name
        }
    return Survey(tuple(introductions.values()), tuple(faults), found)


def cards_of(checkers: Iterable[Registered]) -> list[Card]:
    """Return what checkers say of themselves.

    There are no `settings` where one declares none and takes any, and no `network` where it asks nobody.
    """
    names = ("name", "version", "plugin", "establishes", "does_not_establish", "about", "scope")
    cards: list[Card] = []
    for one in checkers:
        card: dict[str, Any] = {name: getattr(one, name) for name in names}
        if one.settings is not None:
            card["settings"] = [_plain(attrs.asdict(setting)) for setting in one.settings]
        if one.network:
            card["network"] = one.network
        cards.append(card)
    return cards


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    given = ((name, value) for name, value in data.items() if value is not None)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given}


class _ImportProcess:
    """A process that imports one plugin, and what it has said so far."""

    def __init__(self, plugin: Installed, policy: Path | None) -> None:
        self._plugin = plugin
        self._said, self._words = b"", b""
        lifeline, self._lifeline = os.pipe()
        house = "" if policy is None else str(policy.absolute())
        told = {"plugin": attrs.asdict(plugin), "policy": house, "lifeline": lifeline}
        self._began = monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ledger.plugins.introduction", json.dumps(told)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[lifeline],
            env=without_secrets(),
        )
        os.close(lifeline)

    def answer(self, limit: float) -> tuple[Introduction, list[PluginFault]]:
        """Return what the plugin said of itself, and its faults."""
        why = self._heard(limit)
        data: Any = None
        with suppress(ValueError):
            data = json.loads(self._said) if not why else None
        try:
            assert data is not None
            faults = [PluginFault(**fault) for fault in data["faults"]]
            hooks, outdated = tuple(data["hooks"]), tuple(data["outdated"])
            said = Introduction(self._plugin, data["loaded"], hooks, data["brings"], outdated)
        except (AssertionError, KeyError, TypeError):
            return Introduction(self._plugin, why=why or "What its process said could not be read."), []
        return said, faults

    def _heard(self, limit: float) -> str:
        """Hear the process until its answer is whole; return why that did not come, "" if it did."""
        assert self._process.stdout is not None and self._process.stderr is not None
        answers, words = self._process.stdout.fileno(), self._process.stderr.fileno()
        listening = {answers, words}
        while b"\n" not in self._said and answers in listening:
            ready, _, _ = select(listening, [], [], max(0.0, self._began + limit - monotonic()))
            if not ready:
                return f"Importing it took longer than {limit:g} seconds, and was stopped."
            for stream in ready:
                data = os.read(stream, 1 << 16)
                if not data:
                    listening.discard(stream)
                elif stream == answers:
                    self._said += data
                else:
                    self._words = (self._words + data)[-LONGEST_WORDS:]
            if len(self._said) > MOST_BYTES:
                return "It says too much of itself."
        return "" if b"\n" in self._said else self._ended(limit)

    def _ended(self, limit: float) -> str:
        """Return how the process ended that closed what it should answer through."""
        try:
            code = self._process.wait(max(0.1, self._began + limit - monotonic()))
        except subprocess.TimeoutExpired:
            return f"It closed what it should answer through, and did not end within {limit:g} seconds."
        last = self._words.decode("utf-8", "replace").strip().splitlines()
        return f"Importing it ended the process (exit {code}).{' ' + last[-1][:300] if last else ''}"

    def close(self) -> None:
        """End the process with all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, SIGKILL)
        self._process.wait()
        os.close(self._lifeline)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


def _introduced(loaded: Plugins, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the one plugin of this process brings, as JSON data."""
    without = attrs.filters.exclude("exchange", "reader", "executor")
    brings: dict[str, Any] = {
        "checker": cards_of(loaded.checkers(options)),
        "reader": [attrs.asdict(one, filter=without) for one in loaded.readers()],
        "exchange": [attrs.asdict(one, filter=without) for one in loaded.exchanges()],
        "executor": [attrs.asdict(one, filter=without) for one in loaded.executors()],
    }
    return {
        "loaded": bool(loaded.loaded),
        "hooks": [hook for plugin in loaded.loaded for hook in plugin.hooks],
        "brings": brings,
        "faults": [attrs.asdict(fault) for fault in loaded.faults],
    }


def main() -> None:
    """Import one plugin, and say on stdout what it is."""
    told = json.loads(sys.argv[1])
    answers = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)  # what a plugin prints must not reach the answer
    end_with_parent(told["lifeline"])
    options = read_policy(Path(told["policy"]) if told["policy"] else None).options
    written: Callable[..., str] = json.dumps
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", DeprecationWarning)
        said = _introduced(load(these=[Installed(**told["plugin"])]), options)
    outdated = {str(one.message) for one in warned if "ledger" in str(one.message)}
    data = written({**said, "outdated": sorted(outdated)}).encode() + b"\n"
    while data:
        data = data[os.write(answers, data) :]
    os._exit(0)  # threads and exit handlers that the plugin left behind have no say any more


if __name__ == "__main__":
    main()
