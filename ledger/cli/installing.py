"""Commands that bring plugins into this environment, and take them away: install, uninstall. Both are pip's."""

from __future__ import annotations

import subprocess
import sys

import click

from .frame import CLEAN, SURROUNDINGS, command, say


@command()
@click.argument("packages", nargs=-1, required=True)
@click.option("-U", "--upgrade", is_flag=True, help="Also where it is there already.")
@click.option("-e", "--editable", is_flag=True, help="A folder whose files stay where they are.")
def install(packages: tuple[str, ...], upgrade: bool, editable: bool) -> int:
    """Install plugins into the environment of factledger: names, wheels or folders, as pip takes them.

    A plugin runs with your rights: install it as you would any program, from people you trust.

    \b
    Example: factledger install factledger-speaker-known
             factledger install -e ./speaker-known
    """
    flags = [*(["--upgrade"] if upgrade else []), *(["--editable"] if editable else [])]
    return _pip("install", *flags, *packages)


@command()
@click.argument("packages", nargs=-1, required=True)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def uninstall(packages: tuple[str, ...], yes: bool) -> int:
    """Take plugins out of the environment of factledger. What they found stays on record.

    Example: factledger uninstall factledger-speaker-known
    """
    return _pip("uninstall", *(["--yes"] if yes else []), *packages)


def _pip(*arguments: str) -> int:
    """Call the pip of this environment; what it says it says itself."""
    if any(argument.startswith("-") for argument in arguments[1:] if argument not in FLAGS):
        raise click.UsageError(f"Options of pip's own are pip's: {sys.executable} -m pip {arguments[0]} ...")
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=False)
    if done.returncode:
        say(f"Error: pip could not {arguments[0]} this. See above.")
        return SURROUNDINGS
    if arguments[0] == "install":
        say("Next      factledger plugins --check")
    return CLEAN


FLAGS = ("--upgrade", "--editable", "--yes")


def unmet() -> dict[str, list[str]]:
    """Return distribution -> what it asks of others that is not so here, as `pip check` says it."""
    check = [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        found.setdefault(line.partition(" ")[0], []).append(line)
    return found


COMMANDS = (install, uninstall)
