"""Commands for whoever writes a plugin: plugin lint, plugin test."""

from __future__ import annotations

from pathlib import Path

import click

from .frame import CLEAN, FINDINGS, say


@click.command("lint")
@click.argument("path", type=click.Path(path_type=Path))
def plugin_lint(path: Path) -> int:
    """Say what is wrong with a plugin, each with file and line, before it is installed.

    PATH is the folder of its pyproject.toml, or a module. Its code is run, in a process of its own.

    Example: factledger plugin lint round-numbers
    """
    from ..testing.lint import lint

    problems = lint(path)
    for one in problems:
        click.echo(str(one))
    say(
        f"{len(problems)} to mend."
        if problems
        else "Nothing to mend was found. Whether it finds what it should: its cases."
    )
    return FINDINGS if problems else CLEAN


@click.command("test")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--update", is_flag=True, help="Write down all that is found, to be compared the next time.")
def plugin_test(folder: Path, update: bool) -> int:
    """Ask the checkers of a plugin about its cases, and say what no case shows. Nothing else is needed.

    FOLDER is that of its pyproject.toml. Exit code 1: something is not as expected.

    Example: factledger plugin test round-numbers
    """
    from ..testing.suite import run_cases

    return run_cases(folder, update=update)
