"""Commands about plugins and rules: plugins, plugin, checkers, policy."""

from __future__ import annotations

import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from .. import about, checks
from .. import plugins as loading
from ..book.catalogue import Catalogue
from ..errors import UnknownRecord, did_you_mean
from ..model import Claim, Outcome
from ..plugins import PluginFault
from ..plugins.introduction import Card, Introduction, Survey, survey
from ..plugins.names import RESERVED
from ..policy import add_setting, read_policy, settings
from . import scaffold
from .authoring import plugin_lint, plugin_test
from .frame import (
    BROKEN,
    CLEAN,
    FINDINGS,
    Command,
    command,
    ledger_path,
    policy_file,
    print_rows,
    reading,
    row_options,
    say,
)
from .installing import unmet


@command()
@click.option(
    "--check", "checking", is_flag=True, help="Say of each in a line whether it is fit, and what is outdated."
)
def plugins(checking: bool) -> int:
    """List the plugins, what they bring and what failed, as JSON.

    Each is asked in a process of its own, with a time limit. FACTLEDGER_LOAD_PLUGINS chooses: unset loads all, empty
    none, names those, no:NAME all but that one. FACTLEDGER_PLUGINS_DIR, --plugins-dir and the policy name folders.

    \b
    Example: factledger plugins
             factledger plugins --check
    """
    there = survey(policy=policy_file(None))
    commands, taken = loading.installed(group=loading.COMMANDS)
    faults = [*there.faults, *taken]
    if checking:
        return _tell_fitness(there, faults)
    told = {
        "plugins": [_listed(one, there) for one in there.introductions if one.loaded],
        "formats": sorted((*_our_formats(), *map(_format, there.found["exchange"].values())), key=_by_name),
        "executors": [
            {"name": name, "options": card["options"]} for name, card in sorted(there.found["executor"].items())
        ],
        "commands": [{"name": one.name, "distribution": one.distribution, "version": one.version} for one in commands],
        "faults": [attrs.asdict(fault) for fault in faults],
    }
    click.echo(json.dumps(told, indent=2))
    for fault in faults:
        say(f"{fault.plugin} {fault.version}: {fault.reason}")
    return BROKEN if faults else CLEAN


def _listed(one: Introduction, there: Survey) -> dict[str, object]:
    plugin = one.plugin
    nouns = {"checkers": "checker", "readers": "reader", "formats": "exchange", "executors": "executor"}
    return {
        "name": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "hooks": one.hooks,
        **{
            several: [name for name, card in there.found[noun].items() if card["plugin"] == plugin.name]
            for several, noun in nouns.items()
        },
    }


def _our_formats() -> list[dict[str, object]]:
    from .formats import ours

    return [_format(attrs.asdict(one, filter=attrs.filters.exclude("exchange"))) for one in ours()]


def _format(card: Mapping[str, Any]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in card.items() if name != "about"}


def _by_name(told: Mapping[str, Any]) -> str:
    return str(told["name"])


def _tell_fitness(there: Survey, faults: Sequence[PluginFault]) -> int:
    """Print a line for each plugin, and for each thing that is amiss with it; return the exit code."""
    unfit: dict[str, list[str]] = {one.plugin.name: [] for one in there.introductions}
    for fault in faults:
        unfit.setdefault(fault.plugin, []).append(fault.reason)
    plugins = {one.plugin.name: one for one in there.introductions}
    asked = unmet()
    outdated = {name: [*one.outdated, *asked.get(one.plugin.distribution, ())] for name, one in plugins.items()}
    for name, reasons in sorted(unfit.items()):
        version = plugins[name].plugin.version if name in plugins else ""
        said = [("UNFIT", reason) for reason in reasons] + [("OLD", reason) for reason in outdated.get(name, ())]
        for label, reason in said or [("ok", ", ".join(plugins[name].hooks))]:
            click.echo(f"{label:<7}{name} {version}".rstrip() + f": {reason}")
    return BROKEN if faults else FINDINGS if any(outdated.values()) else CLEAN


@command()
@click.argument("name", required=False)
@row_options
def checkers(name: str | None, form: str | None) -> None:
    """List the checkers, or say what one of them checks and what it does not establish.

    Example: factledger checkers corroboration
    """
    there = survey(policy=policy_file(None))
    found = dict(sorted(there.found["checker"].items()))
    for fault in there.faults:
        say(f"{fault.plugin} {fault.version}: {fault.reason}")
    if name is None:
        rows = [
            {
                "checker": name,
                **{part: card[part] for part in ("version", "plugin", "establishes", "does_not_establish")},
            }
            for name, card in found.items()
        ]
        print_rows(rows, form, widths=(16, 8, 20, 40, 40))
        return
    if name not in found:
        close = did_you_mean(name, dict.fromkeys(found, ""))
        raise UnknownRecord(f"There is no checker {name!r}.", hint=close or f"There are: {', '.join(found)}.")
    told = dict(_told(found[name]))
    if form is not None:
        print_rows([{"checker": name, **{key.lower().replace(" ", "_"): text for key, text in told.items()}}], form)
        return
    click.echo(name)
    margin = max(map(len, told)) + 2
    for heading, text in told.items():
        lines = textwrap.wrap(text, 100 - margin, break_long_words=False) or [""]
        click.echo("\n".join([f"{heading:<{margin}}{lines[0]}", *(" " * margin + line for line in lines[1:])]))


def _told(card: Card) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) of all that a checker says of itself."""
    parts = about.parts(card["about"])
    yield from parts.items() if parts else [("Checks", inspect.cleandoc(card["about"]))]
    yield "Establishes", f"{card['establishes']}."
    yield "Does not establish", f"{card['does_not_establish']}."
    if card.get("network"):
        yield "Asks, if told to", f"{card['network']}. Only by: factledger check --online"
    yield "Version", card["version"]
    yield "Plugin", card["plugin"]
    yield "Settings", _settings(card)


def _settings(card: Card) -> str:
    """Return what a house may set of a checker, under [checkers.NAME] of its policy."""
    declared = checks.settings_of(card)
    if declared is None:
        return f"it declares none; what a policy file has under [checkers.{card['name']}] is passed on"
    said = (f"{one.name}: {one.help} ({one.kind}) = {_written(one.default)}" for one in declared)
    return "; ".join(said) or "none"


@command()
@click.option("--policy", "given", metavar="FILE", help="The house's rules, in place of those in force here.")
@click.option("--set", "change", metavar="TABLE.NAME=VALUE", help="Add a setting to the house's policy file.")
@row_options
def policy(given: str | None, change: str | None, form: str | None) -> None:
    """Show the policy in force: every setting, and whether it is the house's own or came with factledger.

    Example: factledger policy
    """
    file = policy_file(given)
    if change is not None:
        file = file or ledger_path().with_suffix(".policy.toml")
        add_setting(file, change)
    inside = read_policy(file)
    rows = [
        {
            "table": table,
            "setting": name,
            "value": _written(value),
            "from": str(file) if own else "factledger",
        }
        for table, name, value, own in settings(file)
    ]
    print_rows(rows, form, widths=(20, 24, 60, 40))
    say(f"Policy    {file or 'as it comes with factledger'}")
    say(f"SHA-256   {inside.digest}, of the settings and the lists; every run records it")


def _written(value: object) -> str:
    """Return a value nearly as TOML writes it."""
    return json.dumps(value, ensure_ascii=False, default=str)


@click.group()
def plugin() -> None:
    """Begin a plugin of your own, or try a file.

    Example: factledger plugin new round-numbers
    """


@plugin.command("try", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--claim", required=True, metavar="ID", help="What it is to look at.")
@click.option(
    "--limit", type=click.FloatRange(0.1, 3600), default=checks.LIMIT, show_default=True, help="Seconds a call."
)
@row_options
def plugin_try(file: Path, claim: str, limit: float, form: str | None) -> int:
    """Show what the checkers of a FILE find in a claim. Nothing is recorded.

    Example: factledger plugin try weasel.py --claim troop-offer
    """
    one = loading.file_plugin(file)
    with reading() as ledger:
        handle = Catalogue(ledger).find(Claim, claim).handle
        found = checks.attempt(ledger, one, handle, policy=policy_file(None), limit=limit)
    print_rows(found.rows, form)
    for reason in found.faults:
        say(f"{file.name}: {reason}")
    say(f"Tried     {file.name} on {handle}; nothing is recorded.")
    return BROKEN if found.faults or any(row["outcome"] == Outcome.ERROR.value for row in found.rows) else CLEAN


@plugin.command("new")
@click.argument("name")
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path(), metavar="FOLDER", help="Where to put it (default: here)."
)
@click.option("--author", default="", metavar="NAME", help="Who wrote it.")
@click.option(
    "--scope", type=click.Choice(list(scaffold.SCOPES)), default="claim", help="What it looks at.", show_default=True
)
def plugin_new(name: str, into: Path, author: str, scope: str) -> None:
    """Write a folder NAME with a checker of that name that works, its cases and its tests.

    Example: factledger plugin new round-numbers --author 'Ana Roa'
    """
    taken = {*RESERVED["checker"], *survey().found["checker"]}
    made = scaffold.new_plugin(name, scope=scope, into=into, author=author, taken=taken)
    say(f"Wrote     {made.folder}: {', '.join(made.files)}")
    say(f"Next      python -m pip install -e '{made.folder}[test]'")
    say(f"          factledger checkers {name}")
    say(f"          python -m pytest {made.folder}")


plugin.add_command(plugin_lint)
plugin.add_command(plugin_test)

COMMANDS = (plugins, plugin, checkers, policy)
