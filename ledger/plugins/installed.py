"""Which plugins there are: distributions with an entry point, files of folders that were named; none is imported."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from ..errors import InputError, reading_file
from .names import OWN, OWN_PLUGINS

GROUP = "factledger"

COMMANDS = "factledger.commands"
"""The group of entry points that name commands of click: listed by their names, and loaded when they are called."""

SWITCH = "FACTLEDGER_LOAD_PLUGINS"
"""Environment: unset loads all, empty loads none; names (comma-separated) load those, `no:NAME` all but that one."""

FOLDERS = "FACTLEDGER_PLUGINS_DIR"
"""Environment: folders, separated as in PATH, of which every .py file is a plugin; nothing else is looked into."""

BUT = "no:"


@attrs.frozen
class PluginFault:
    """Why a plugin, or one of its checkers, could not be used."""

    plugin: str
    version: str
    reason: str


@attrs.frozen
class Installed:
    """A plugin that is there, not imported yet: an entry point and its distribution, or a file of a named folder.

    `value` is what the entry point names ("package.module:attribute"), or the path of the file.
    """

    name: str
    value: str
    distribution: str
    version: str
    is_file: bool = False

    def load(self) -> Any:
        """Import it, and return what the entry point names, or the file as a module."""
        return _module_of(Path(self.value)) if self.is_file else EntryPoint(self.name, self.value, GROUP).load()


def installed(
    switch: str | None = None, *, group: str = GROUP, folders: Iterable[Path] = ()
) -> tuple[list[Installed], list[PluginFault]]:
    """Return the plugins of a group that may be loaded, by name, and the faults of those whose name is not theirs.

    `switch` stands in for what the environment says in FACTLEDGER_LOAD_PLUGINS; `folders` are looked into besides
    those of FACTLEDGER_PLUGINS_DIR. Raises InputError where either names what is not there.
    """
    there = [*_distributed(group), *(_files([*_named_folders(), *folders]) if group == GROUP else ())]
    switch = os.environ.get(SWITCH) if switch is None else switch
    wanted = there if switch is None else _switched(there, switch, group)
    found, faults = [], []
    by_name = defaultdict(list)
    for one in wanted:
        by_name[one.name].append(one)
    for name, claiming in sorted(by_name.items()):
        ours = [one for one in claiming if one.distribution == OWN]
        if ours or name in OWN_PLUGINS or len(claiming) == 1:
            holder = ours[0] if ours else None if name in OWN_PLUGINS else claiming[0]
            found += [holder] if holder else []
            reason = "It is called as a plugin of factledger's own is; it was not loaded."
            faults += [
                PluginFault(f"{one.distribution}/{name}", one.version, reason) for one in claiming if one != holder
            ]
        else:
            for one in claiming:
                others = " and ".join(other.distribution for other in claiming if other is not one)
                reason = f"{others} brings a plugin {name} as well; neither was loaded."
                faults.append(_fault(one, reason))
    return found, faults


def _fault(one: Installed, reason: str) -> PluginFault:
    return PluginFault(f"{one.distribution}/{one.name}", one.version, reason)


def _distributed(group: str) -> list[Installed]:
    found = []
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        distribution, version = (point.dist.name, point.dist.version) if point.dist else ("?", "?")
        found.append(Installed(point.name, point.value, distribution, version))
    return found


def _named_folders() -> list[Path]:
    return [Path(folder) for folder in os.environ.get(FOLDERS, "").split(os.pathsep) if folder]


def _files(folders: Iterable[Path]) -> Iterator[Installed]:
    """Yield the plugins of folders: a file is called by its name, and its version is the digest of what is in it."""
    for folder in dict.fromkeys(folder.resolve() for folder in folders):
        if not folder.is_dir():
            raise InputError("There is no such folder.", where=str(folder), hint="Plugins were to be loaded from it.")
        for path in sorted(folder.glob("*.py")):
            if not path.name.startswith(("_", ".")):
                yield file_plugin(path)


def file_plugin(path: Path) -> Installed:
    """Return a file as a plugin; raise InputError if it cannot be read."""
    with reading_file(path):
        data = path.read_bytes()
    return Installed(path.name, str(path.resolve()), str(path.resolve().parent), sha256(data).hexdigest()[:12], True)


def _module_of(path: Path) -> ModuleType:
    """Run a file as a module; nothing is written beside it."""
    module = ModuleType(f"factledger_file_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    return module


def _switched(there: Sequence[Installed], switch: str, group: str) -> list[Installed]:
    """Return those that a switch leaves; raise InputError for a name that nothing here has."""
    names = [name.strip() for name in switch.split(",") if name.strip()]
    without = {name.removeprefix(BUT) for name in names if name.startswith(BUT)}
    only = {name for name in names if not name.startswith(BUT)}
    _require_there(without | only, there, group)
    wanted = [one for one in there if not without & called(one)]
    return wanted if without and not only else [one for one in wanted if only & called(one)]


def called(one: Installed) -> set[str]:
    """Return the names by which a plugin may be switched on or off."""
    return {one.name, one.distribution, *([one.name.removesuffix(".py")] if one.is_file else [])}


def _require_there(names: Collection[str], there: Iterable[Installed], group: str) -> None:
    known = {name for one in there for name in called(one)}
    if known.issuperset(names):
        return
    for other in {GROUP, COMMANDS} - {group}:
        known |= {name for one in _distributed(other) for name in called(one)}
    known |= {name for one in _files(_named_folders()) for name in called(one)} if group != GROUP else set()
    for name in sorted(set(names) - known):
        near = get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known)) or 'none'}."
        raise InputError(f"There is no plugin {name!r}.", where=SWITCH, hint=hint)
