"""Commands about plugins and rules: plugins, plugin, checkers, policy."""

from __future__ import annotations

import inspect
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from .. import about, scaffold
from .. import plugins as loading
from ..catalogue import did_you_mean
from ..errors import UnknownRecord
from ..plugins import Registered
from ..policy import default_policy, read_policy, settings
from .frame import BROKEN, CLEAN, command, policy_file, print_rows, row_options, say


@command()
def plugins() -> int:
    """List the plugins, what they bring and what failed, as JSON.

    FACTLEDGER_LOAD_PLUGINS chooses: unset loads all, empty none, names those.

    Example: factledger plugins
    """
    loaded = loading.load()
    checkers = loaded.checkers({})
    listed = [
        {
            **attrs.asdict(plugin),
            "checkers": [one.name for one in checkers if one.plugin == plugin.name],
        }
        for plugin in loaded.loaded
    ]
    click.echo(json.dumps({"plugins": listed, "faults": [attrs.asdict(fault) for fault in loaded.faults]}, indent=2))
    for fault in loaded.faults:
        say(f"{fault.plugin} {fault.version}: {fault.reason}")
    return BROKEN if loaded.faults else CLEAN


@command()
@click.argument("name", required=False)
@row_options
def checkers(name: str | None, form: str | None) -> None:
    """List the checkers, or say what one of them checks and what it does not establish.

    Example: factledger checkers corroboration
    """
    found = {one.name: one for one in loading.load().checkers({})}
    if name is None:
        rows = [
            {
                "checker": one.name,
                "version": one.version,
                "plugin": one.plugin,
                "establishes": one.establishes,
                "does_not_establish": one.does_not_establish,
            }
            for one in found.values()
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


def _told(checker: Registered) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) of all that a checker says of itself."""
    parts = about.parts(checker.about)
    yield from parts.items() if parts else [("Checks", inspect.cleandoc(checker.about))]
    yield "Establishes", f"{checker.establishes}."
    yield "Does not establish", f"{checker.does_not_establish}."
    yield "Version", checker.version
    yield "Plugin", checker.plugin
    yield "Settings", _settings(checker.name)


def _settings(name: str) -> str:
    """Return the settings that come with factledger for a checker, or where a house writes its own."""
    settings = default_policy().of(name)
    shown = "; ".join(
        f"{key} = {json.dumps(value, ensure_ascii=False, default=dict)}" for key, value in settings.items()
    )
    return shown or f"none from the start; a policy file gives them under [checkers.{name}]"


@command()
@click.option("--policy", "given", metavar="FILE", help="The house's rules, in place of those in force here.")
@row_options
def policy(given: str | None, form: str | None) -> None:
    """Show the policy in force: every setting, and whether it is the house's own or came with factledger.

    Example: factledger policy
    """
    file = policy_file(given)
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
    """Begin a plugin of your own.

    Example: factledger plugin new round-numbers
    """


@plugin.command("new")
@click.argument("name")
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path(), metavar="FOLDER", help="Where to put it (default: here)."
)
@click.option("--author", default="", metavar="NAME", help="Who wrote it.")
def plugin_new(name: str, into: Path, author: str) -> None:
    """Write a folder NAME with a checker of that name that works, its cases and its tests.

    Example: factledger plugin new round-numbers --author 'Ana Roa'
    """
    taken = {one.name for one in loading.load().checkers({})}
    made = scaffold.new_plugin(name, into=into, author=author, taken=taken)
    say(f"Wrote     {made.folder}: {', '.join(made.files)}")
    say(f"Next      python -m pip install -e '{made.folder}[test]'")
    say(f"          factledger checkers {name}")
    say(f"          python -m pytest {made.folder}")


COMMANDS = (plugins, plugin, checkers, policy)
