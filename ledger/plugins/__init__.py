"""The hooks, the plugins that answer them, and what went wrong with those that could not.

Plugins are distributions with an entry point in the group `factledger`, and
files of folders that were named (`installed`). They are loaded one by one, in
the order of their names, each on its own: a plugin that fails is a line of the
report, never the end of the run. Commands that list or choose have them loaded
in processes of their own (`introduction`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import attrs
import pluggy

from ..checker import Checker, Detector, Finder, GroupChecker, LedgerChecker
from ..format import Exchange
from ..partition import Executor
from ..promise import why_unmet
from ..reader import Reader
from ..settings import Setting, unfit
from ..version import VERSION as OWN_VERSION
from .installed import COMMANDS, FOLDERS, GROUP, SWITCH, Installed, PluginFault, file_plugin, installed
from .names import OWN, RESERVED, share_out
from .place import PLACE, place_in, with_place

__all__ = [
    "COMMANDS",
    "FOLDERS",
    "GROUP",
    "LONGEST_TEXT",
    "NAME",
    "OWN",
    "SWITCH",
    "VERSION",
    "Hooks",
    "Installed",
    "Plugin",
    "PluginFault",
    "Plugins",
    "Registered",
    "RegisteredExchange",
    "RegisteredReader",
    "built_in",
    "file_plugin",
    "guarded",
    "hookimpl",
    "installed",
    "load",
]

T = TypeVar("T")
R = TypeVar("R", "Registered", "RegisteredReader", "RegisteredExchange", "RegisteredExecutor")

NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,29}")
SUFFIX = re.compile(r"(\.[a-z0-9]{1,12}){1,3}")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")
LONGEST_TEXT = 2_000
"""What a checker may be called, and characters it may say of itself."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Hooks:
    """What a plugin may answer."""

    @hookspec
    def ledger_register_checkers(self, config: Mapping[str, Any]) -> Iterable[Checker]:  # type: ignore[empty-body]
        """Return checkers of any kind; `config` maps a checker's name to its settings in the policy."""

    @hookspec
    def ledger_register_readers(self) -> Iterable[Reader]:  # type: ignore[empty-body]
        """Return readers, which suggest claims, people and sources in a plain article."""

    @hookspec
    def ledger_register_exchanges(self) -> Iterable[Exchange]:  # type: ignore[empty-body]
        """Return formats that claims are handed out in (`export`), or come in (`import`)."""

    @hookspec
    def ledger_register_executors(self) -> Iterable[Executor]:  # type: ignore[empty-body]
        """Return executors: ways to spread a run over processes or machines."""


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
    reads_text: bool = False
    settings: tuple[Setting, ...] | None = None
    network: str = ""


@attrs.frozen
class RegisteredReader:
    """A reader, the plugin that brought it, and what it said of itself when it was registered."""

    reader: Reader
    plugin: str
    name: str
    version: str
    establishes: str
    does_not_establish: str
    about: str
    asks: bool


@attrs.frozen
class RegisteredExchange:
    """A format, the plugin that brought it, what it said of itself when it was registered, and which ways it goes."""

    exchange: Exchange
    plugin: str
    name: str
    version: str
    about: str
    title: str
    carries: str
    loses: str
    media_type: str
    suffixes: tuple[str, ...]
    writes: bool
    reads: bool


@attrs.frozen
class RegisteredExecutor:
    """An executor, the plugin that brought it, and what it said of itself when it was registered."""

    executor: Executor
    plugin: str
    name: str
    version: str
    about: str
    options: Mapping[str, str]


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
    faults: list[PluginFault] = attrs.field(factory=list)

    def checkers(self, config: Mapping[str, Any]) -> list[Registered]:
        """Return every registered checker by name; what cannot be one becomes a fault."""
        return self._registered("checker", _checker, config=config)

    def readers(self) -> list[RegisteredReader]:
        """Return every registered reader by name; what cannot be one becomes a fault."""
        return self._registered("reader", _reader)

    def exchanges(self) -> list[RegisteredExchange]:
        """Return every registered format by name; what cannot be one becomes a fault."""
        return self._registered("exchange", _exchange)

    def executors(self) -> list[RegisteredExecutor]:
        """Return every registered executor by name; what cannot be one becomes a fault."""
        return self._registered("executor", _executor)

    def _registered(self, noun: str, take: Callable[[Any, str], R], **given: Any) -> list[R]:
        """Ask every plugin for its things of one kind; a second one of a name is a fault of who brings it."""
        found: list[R] = []
        versions = {plugin.name: plugin.version for plugin in self.loaded}
        for plugin in self.loaded:
            hook = f"ledger_register_{noun}s"
            answers, reason = guarded(partial(self._answers, plugin, hook, given))
            if answers is None:
                words = with_place(reason, getattr(self.manager.get_plugin(plugin.name), hook, None))
                self.faults.append(PluginFault(plugin.name, plugin.version, f"Registering its {noun}s failed: {words}"))
                continue
            for answer in answers:
                one, reason = guarded(take, answer, plugin.name)
                if one is None:
                    words = with_place(
                        reason.removeprefix("Unfit: "), answer if isinstance(answer, type) else type(answer)
                    )
                    self.faults.append(PluginFault(plugin.name, plugin.version, words))
                else:
                    found.append(one)
        whose = {plugin.name: plugin.distribution for plugin in self.loaded}
        holders, refused = share_out(noun, [(one.name, one.plugin, whose[one.plugin]) for one in found])
        self.faults += [PluginFault(plugin, versions[plugin], reason) for plugin, reason in refused]
        kept = {one.name: one for one in found if holders.get(one.name) == one.plugin}
        return [kept[name] for name in sorted(kept)]

    def _answers(self, plugin: Plugin, hook: str, given: Mapping[str, Any]) -> list[Any]:
        answers = self._alone(plugin, hook)(**given)
        if not answers and hook in plugin.hooks:
            raise Unfit("it returned None, not a list")
        return [one for answer in answers for one in answer]

    def _alone(self, plugin: Plugin, hook: str) -> Callable[..., Any]:
        """Return a hook that asks one plugin only: in a broadcast, one that raises loses everybody's answers."""
        module = self.manager.get_plugin(plugin.name)
        others = [other for other in self.manager.get_plugins() if other is not module]
        return self.manager.subset_hook_caller(hook, others)


def guarded(call: Callable[..., T], *given: Any) -> tuple[T | None, str]:
    """Return (result, "") of a plugin's code, or (None, why it failed, and at which line of its own).

    The one place that catches everything: a stranger's code may raise anything
    and may call sys.exit, and the run must go on.
    """
    try:
        return call(*given), ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001
        said = " ".join(str(error).encode("utf-8", "replace").decode().split())
        words = f"{type(error).__name__}: {said}"[:500] if said else type(error).__name__
        place = place_in(error)
        return None, f"{words} ({place})" if place else words


def built_in(module: ModuleType) -> Plugins:
    """Return a module of factledger's own as the only plugin there is."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    manager.register(module, name=OWN)
    return Plugins(manager, [Plugin(OWN, OWN, OWN_VERSION, _hooks(manager, OWN))])


def load(
    only: str | None = None,
    *,
    after: Plugins | None = None,
    folders: Iterable[Path] = (),
    these: Iterable[Installed] = (),
) -> Plugins:
    """Return the plugins installed here, or the one of this name, each loaded on its own, `after` those built in.

    `folders` are looked into as `installed` does; `these`, if there are any, are loaded in place of all others.
    """
    there, faults = (list(these), []) if these else installed(folders=folders)
    plugins = after or Plugins(pluggy.PluginManager(GROUP))
    manager = plugins.manager
    if after is None:
        manager.add_hookspecs(Hooks)
    plugins.faults += faults if only is None else []
    for one in there:
        if only not in (None, one.name):
            continue
        _, reason = guarded(partial(_register, manager, one))
        if reason:
            manager.set_blocked(one.name)
            reason = reason.removeprefix("Unfit: ")
            words = reason if PLACE.search(reason) else f"{reason} (entry point {one.name} = {one.value})"
            plugins.faults.append(PluginFault(one.name, one.version, f"It could not be loaded: {words}"))
        else:
            plugins.loaded.append(Plugin(one.name, one.distribution, one.version, _hooks(manager, one.name)))
    return plugins


def _hooks(manager: pluggy.PluginManager, name: str) -> tuple[str, ...]:
    callers = manager.get_hookcallers(manager.get_plugin(name)) or []
    return tuple(sorted(hook.name for hook in callers))


def _register(manager: pluggy.PluginManager, one: Installed) -> None:
    plugin = one.load()
    if unmet := why_unmet(getattr(plugin, "requires_api", None)):
        raise Unfit(unmet)
    try:
        manager.register(plugin, name=one.name)
    except pluggy.PluginValidationError as error:
        raise Unfit(_at_hook(str(error), plugin)) from None
    try:
        manager.check_pending()  # a misspelt hook would otherwise never be called, silently
    except pluggy.PluginValidationError as error:
        manager.unregister(plugin)
        raise Unfit(_at_hook(str(error), plugin)) from None


def _at_hook(words: str, plugin: Any) -> str:
    """Return what is wrong with a hook, with the place of the function that the words name."""
    said = " ".join(words.split())
    named = next((name for name in vars(plugin) if name.startswith("ledger_") and name in said), "")
    return with_place(said, getattr(plugin, named, None))


class Unfit(Exception):
    """What a plugin registered cannot be used."""


def _checker(checker: Any, plugin: str) -> Registered:
    """Return a checker with what it says of itself; raise Unfit if it cannot be used."""
    scope = next((word for kind, word in SCOPES.items() if isinstance(checker, kind)), None)
    if scope is None:
        raise Unfit(f"It registered {type(checker).__name__}, which is no Checker.")
    if type(checker.reads_text) is not bool:
        raise Unfit(f"Its checker {type(checker).__name__} does not say whether it reads_text: True or False.")
    card = _card(checker, "checker", "date-order")
    if problem := unfit(checker.settings):
        raise Unfit(f"Its checker {card['name']} {problem}")
    if problem := _unfit_network(checker):
        raise Unfit(f"Its checker {card['name']} {problem}")
    settings = checker.settings
    if settings is None and card["name"] in RESERVED["checker"]:
        settings = ()
    return Registered(
        checker=checker,
        plugin=plugin,
        scope=scope,
        reads_text=checker.reads_text,
        settings=settings,
        network=getattr(checker, "network", ""),
        **card,
    )


def _unfit_network(checker: Any) -> str:
    """Return what is wrong with what a checker says of asking the outside world, "" if nothing is."""
    network = getattr(checker, "network", "")
    if not network and network == "":
        return ""
    if not isinstance(network, str) or not network.strip() or not network.isprintable() or len(network) > LONGEST_TEXT:
        return "does not say in a phrase what it asks the network, and whom."
    if not isinstance(checker, Checker):
        return "asks the network, which only a checker of claims, one by one, can."
    return "asks the network, and cannot be one that reads_text as well." if checker.reads_text else ""


def _reader(reader: Any, plugin: str) -> RegisteredReader:
    """Return a reader with what it says of itself; raise Unfit if it cannot be used."""
    if not isinstance(reader, Reader):
        raise Unfit(f"It registered {type(reader).__name__}, which is no Reader.")
    if type(reader.asks) is not bool:
        raise Unfit(f"Its reader {type(reader).__name__} does not say whether it asks somebody: True or False.")
    return RegisteredReader(reader=reader, plugin=plugin, asks=reader.asks, **_card(reader, "reader", "plain-words"))


def _exchange(exchange: Any, plugin: str) -> RegisteredExchange:
    """Return a format with what it says of itself; raise Unfit if it cannot be used."""
    if not isinstance(exchange, Exchange):
        raise Unfit(f"It registered {type(exchange).__name__}, which is no Exchange.")
    card = _card(exchange, "exchange", "story-cards", ("title", "carries", "loses", "media_type"))
    writes, reads = type(exchange).write is not Exchange.write, type(exchange).read is not Exchange.read
    if not (writes or reads):
        raise Unfit(f"Its exchange {card['name']} has neither a method write nor a method read.")
    suffixes = getattr(exchange, "suffixes", None)
    if not isinstance(suffixes, tuple) or not suffixes or not all(SUFFIX.fullmatch(str(one)) for one in suffixes):
        raise Unfit(f'Its exchange {card["name"]} needs suffixes such as (".json",).')
    if not MEDIA_TYPE.fullmatch(card["media_type"]):
        raise Unfit(f"Its exchange {card['name']} needs a media type such as application/json.")
    return RegisteredExchange(exchange=exchange, plugin=plugin, suffixes=suffixes, writes=writes, reads=reads, **card)


def _executor(executor: Any, plugin: str) -> RegisteredExecutor:
    """Return an executor with what it says of itself; raise Unfit if it cannot be used."""
    if not isinstance(executor, Executor):
        raise Unfit(f"It registered {type(executor).__name__}, which is no Executor.")
    if type(executor).run is Executor.run:
        raise Unfit(f"Its executor {type(executor).__name__} has no method run.")
    options = dict(executor.options)
    card = _card(executor, "executor", "dask", says=())
    return RegisteredExecutor(executor=executor, plugin=plugin, options=options, **card)


def _card(
    one: Any, noun: str, example: str, says: tuple[str, ...] = ("establishes", "does_not_establish")
) -> dict[str, str]:
    """Return what is said of itself by what a plugin registers, read once; raise Unfit if it is not said properly."""
    said = {name: getattr(one, name, None) for name in ("name", *says)}
    for name, text in said.items():
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not text.isprintable():
            raise Unfit(f"Its {noun} {type(one).__name__} does not say its {name.replace('_', ' ')}.")
    version, about = str(one.version), type(one).__doc__
    if not NAME.fullmatch(str(said["name"])) or not VERSION.fullmatch(version):
        raise Unfit(f"Its {noun} {said['name']} {version} needs a name such as {example} and a version such as 1.")
    about = about if isinstance(about, str) else ""
    about = about.encode("utf-8", "replace").decode().strip()[:LONGEST_TEXT]
    return {**{name: str(text) for name, text in said.items()}, "version": version, "about": about}
