"""Commands about plugins: plugins, checkers."""

from __future__ import annotations

import inspect
import json

import attrs
import click

from .. import plugins as loading
from ..errors import UnknownRecord
from .frame import BROKEN, CLEAN, command, print_rows, row_options, say


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
        raise UnknownRecord(f"There is no checker {name!r}.", hint=f"There are: {', '.join(found)}.")
    checker = found[name]
    click.echo(f"{name}, version {checker.version}, from {checker.plugin}")
    click.echo(inspect.cleandoc(checker.about))
    click.echo(f"Establishes {checker.establishes}.")
    click.echo(f"Does not establish {checker.does_not_establish}.")


COMMANDS = (plugins, checkers)
