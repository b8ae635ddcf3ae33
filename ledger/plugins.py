"""The hooks, the plugins that answer them, and what went wrong with those that could not.

Plugins are distributions with an entry point in the group `factledger`. They
are loaded one by one, in the order of their names, each on its own: a plugin
that fails is a line of the report, never the end of the run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

import attrs
import pluggy

from .checker import Checker, Detector, Finder, GroupChecker, LedgerChecker

T = TypeVar("T")

GROUP = "factledger"
NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,29}")
LONGEST_TEXT = 2_000
"""What a checker may be called, and characters it may say of itself."""

SWITCH = "FACTLEDGER_LOAD_PLUGINS"
"""Environment: unset loads all, empty loads none, names (comma-separated) load those."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Hooks:
    """What a plugin may answer."""

    @hookspec
    def ledger_register_checkers(self, config: Mapping[str, Any]) -> Iterable[Checker]:  # type: ignore[empty-body]
        """Return checkers of any kind; `config` maps a checker's name to its settings in the policy."""

    @hookspec
    def ledger_register_exchanges(self) -> Iterable[Any]:  # type: ignore[empty-body]
        """Return formats to read or write. Reserved: nothing asks for them yet."""

    @hookspec
    def ledger_register_executors(self) -> Iterable[Any]:  # type: ignore[empty-body]
        """Return executors: ways to spread a run over processes or machines."""

    @hookspec
    def ledger_register_commands(self, cli: Any) -> None:
        """Add commands to the click group `factledger`."""


@attrs.frozen
class Fault:
    """Why a plugin, or one of its checkers, could not be used."""

    plugin: str
    version: str
    reason: str


@attrs.frozen
class Plugin:
    """A loaded plugin: its entry point, where it came from, and the hooks it answers."""

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...]


@attrs.frozen
class Registered:
    """A checker, the plugin that brought it, and what it said of itself when it was registered."""

    checker: Any
    plugin: str
    name: str
    version: str
    establishes: str
    does_not_establish: str
    about: str
    scope: str


SCOPES: dict[type[Finder], str] = {
    Detector: "source",
    Checker: "claim",
    GroupChecker: "group",
    LedgerChecker: "ledger",
}
"""What each kind of checker looks at."""


@attrs.define
class Plugins:
    """The loaded plugins of this process, and the faults of those that were not."""

    manager: pluggy.PluginManager
    loaded: list[Plugin] = attrs.field(factory=list)
    faults: list[Fault] = attrs.field(factory=list)

    def checkers(self, config: Mapping[str, Any]) -> list[Registered]:
        """Return every registered checker by name; what cannot be one becomes a fault."""
        found: dict[str, Registered] = {}
        for plugin in self.loaded:
            answers, reason = guarded(partial(self._answers, plugin, config))
            if answers is None:
                self.faults.append(Fault(plugin.name, plugin.version, f"Registering its checkers failed: {reason}"))
                continue
            for checker in answers:
                registered, reason = guarded(partial(_registered, checker, plugin.name, found))
                if registered is None:
                    self.faults.append(Fault(plugin.name, plugin.version, reason.removeprefix("Unfit: ")))
                else:
                    found[registered.name] = registered
        return [found[name] for name in sorted(found)]

    def _answers(self, plugin: Plugin, config: Mapping[str, Any]) -> list[Any]:
        caller = self._alone(plugin, "ledger_register_checkers")
        return [checker for answer in caller(config=config) for checker in answer]

    def _alone(self, plugin: Plugin, hook: str) -> Callable[..., Any]:
        """Return a hook that asks one plugin only: in a broadcast, one that raises loses everybody's answers."""
        module = self.manager.get_plugin(plugin.name)
        others = [other for other in self.manager.get_plugins() if other is not module]
        return self.manager.subset_hook_caller(hook, others)

    def executors(self) -> list[Any]:
        """Return what plugins bring to spread a run: objects with a `name` and `run(jobs)`."""
        found = []
        for plugin in self.loaded:
            answers, reason = guarded(partial(self._alone(plugin, "ledger_register_executors")))
            if answers is None:
                self.faults.append(Fault(plugin.name, plugin.version, f"Registering its executors failed: {reason}"))
            else:
                found += [one for answer in answers for one in answer]
        return found

    def add_commands(self, cli: Any) -> None:
        """Let each plugin add its commands; one that fails becomes a fault."""
        for plugin in self.loaded:
            _, reason = guarded(partial(self._alone(plugin, "ledger_register_commands"), cli=cli))
            if reason:
                self.faults.append(Fault(plugin.name, plugin.version, f"Adding its commands failed: {reason}"))


def guarded(call: Callable[..., T], *given: Any) -> tuple[T | None, str]:
    """Return (result, "") of a plugin's code, or (None, why it failed).

    The one place that catches everything: a stranger's code may raise anything
    and may call sys.exit, and the run must go on.
    """
    try:
        return call(*given), ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001
        said = " ".join(str(error).encode("utf-8", "replace").decode().split())
        return None, f"{type(error).__name__}: {said}"[:500] if said else type(error).__name__


@attrs.frozen
class Installed:
    """An entry point of this environment, not loaded yet, and the distribution that it belongs to."""

    point: EntryPoint
    distribution: str
    version: str

    @property
    def name(self) -> str:
        return self.point.name


def installed(switch: str | None = None) -> tuple[list[Installed], list[Fault]]:
    """Return the plugins that are to be loaded, by name, and the faults of those whose name is taken.

    `switch` stands in for what the environment says in FACTLEDGER_LOAD_PLUGINS.
    """
    wanted = _wanted(switch)
    found: dict[str, Installed] = {}
    faults = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        distribution, version = (point.dist.name, point.dist.version) if point.dist else ("?", "?")
        if wanted is not None and not wanted & {point.name, distribution}:
            continue
        if point.name in found:
            reason = f"Its name is already used by {found[point.name].distribution}; it was not loaded."
            faults.append(Fault(point.name, version, reason))
        else:
            found[point.name] = Installed(point, distribution, version)
    return list(found.values()), faults


def load(only: str | None = None) -> Plugins:
    """Return the plugins of this environment, or the one of this name, each loaded on its own."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    there, faults = installed()
    plugins = Plugins(manager, faults=faults if only is None else [])
    for one in there:
        point, distribution, version = one.point, one.distribution, one.version
        if only not in (None, point.name):
            continue
        _, reason = guarded(partial(_register, manager, point))
        if reason:
            manager.set_blocked(point.name)
            plugins.faults.append(Fault(point.name, version, f"It could not be loaded: {reason}"))
        else:
            hooks = manager.get_hookcallers(manager.get_plugin(point.name)) or []
            plugins.loaded.append(Plugin(point.name, distribution, version, tuple(sorted(hook.name for hook in hooks))))
    return plugins


def _register(manager: pluggy.PluginManager, point: EntryPoint) -> None:
    plugin = point.load()
    manager.register(plugin, name=point.name)
    try:
        manager.check_pending()  # a misspelt hook would otherwise never be called, silently
    except pluggy.PluginValidationError:
        manager.unregister(plugin)
        raise


def _wanted(switch: str | None) -> set[str] | None:
    switch = os.environ.get(SWITCH) if switch is None else switch
    return None if switch is None else {name.strip() for name in switch.split(",") if name.strip()}


class Unfit(Exception):
    """What a plugin registered cannot be used as a checker."""


def _registered(checker: Any, plugin: str, found: Mapping[str, Registered]) -> Registered:
    """Return a checker with what it says of itself, read once; raise Unfit if it cannot be used."""
    scope = next((word for kind, word in SCOPES.items() if isinstance(checker, kind)), None)
    if scope is None:
        raise Unfit(f"It registered {type(checker).__name__}, which is no Checker.")
    said = {name: getattr(checker, name, None) for name in ("name", "establishes", "does_not_establish")}
    for name, text in said.items():
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not text.isprintable():
            raise Unfit(f"Its checker {type(checker).__name__} does not say its {name.replace('_', ' ')}.")
    version, about = str(checker.version), type(checker).__doc__
    if not NAME.fullmatch(str(said["name"])) or not VERSION.fullmatch(version):
        raise Unfit(f"Its checker {said['name']} {version} needs a name such as date-order and a version such as 1.")
    if said["name"] in found:
        first = found[str(said["name"])].plugin
        raise Unfit(f"Its checker {said['name']} has the name of one from {first}; it does not run.")
    about = about if isinstance(about, str) else ""
    return Registered(
        checker=checker,
        plugin=plugin,
        name=str(said["name"]),
        version=version,
        establishes=str(said["establishes"]),
        does_not_establish=str(said["does_not_establish"]),
        about=about.encode("utf-8", "replace").decode().strip()[:LONGEST_TEXT],
        scope=scope,
    )
