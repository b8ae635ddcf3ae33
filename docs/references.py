"""Write the reference pages from the code: python docs/references.py

docs/hooks.md has every hook and every name that a plugin may import; docs/checkers.md every checker that comes with
factledger; docs/commands.md what `--help` says of every command. A test compares each with the code.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import factledger_checkers

import ledger
from ledger.cli import SECTIONS, factledger
from ledger.plugins import Hooks

HERE = Path(__file__).parent

PUBLIC = ("ledger", "ledger.chain", "ledger.text", "ledger.dates", "ledger.timeline", "ledger.testing")
"""The modules that plugins may import from."""

HOOKS = """\
# Hooks and names for plugins

Written from the code by `python docs/references.py`. How to use them is in [the guide](plugin-guide.md).

A plugin is a module that an entry point in the group `factledger` names. It answers one or more of these hooks, each a
function decorated with `@hookimpl`; it may leave out arguments. A hook that raises, or does not take what it is given,
is a recorded fault of that plugin, and the others go on.
"""

CHECKERS = """\
# The checkers that come with factledger

Written from the code by `python docs/references.py`; `factledger checkers NAME` says the same of any checker that is
installed. Settings of a checker stand under `[checkers.NAME]` in [the policy](policy.md).
"""

COMMANDS = """\
# Commands

Written from `--help` by `python docs/references.py`: what a command says of itself is said here once more, to be read
and searched at leisure. Every command takes `-d FILE` (or `--db FILE`, or `FACTLEDGER_DB`): the ledger file.
"""


def hooks() -> str:
    """Return the page of hooks and public names."""
    return HOOKS + "\n".join([*_hooks(), *_names()])


def checkers() -> str:
    """Return the page of the standard checkers."""
    return CHECKERS + "\n".join(_checkers())


def commands() -> str:
    """Return the page of the commands, by what they are for."""
    return COMMANDS + "\n".join(_commands())


def _hooks() -> Iterator[str]:
    for name, hook in vars(Hooks).items():
        if name.startswith("ledger_"):
            arguments = ", ".join(list(inspect.signature(hook).parameters)[1:])
            yield f"\n## `{name}({arguments})`\n\n{inspect.getdoc(hook)}"


def _names() -> Iterator[str]:
    yield "\n## What may be imported\n\nNames outside these lists may change with any version."
    for module_name in PUBLIC:
        module = importlib.import_module(module_name)
        yield f"\n### `{module_name}`\n\n| name | what it is |\n|---|---|"
        for name in sorted(module.__all__, key=str.lower):
            yield f"| `{name}` | {_first_line(getattr(module, name))} |"
    yield ""


def _first_line(value: Any) -> str:
    if value is ledger.hookimpl:
        return "Marks a function as a plugin's answer to a hook."
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return f"A constant ({type(value).__name__})."
    return (inspect.getdoc(value) or "").split("\n")[0].replace("|", "\\|")


def _checkers() -> Iterator[str]:
    for checker in sorted(factledger_checkers.ledger_register_checkers({}), key=lambda one: one.name):
        yield f"\n## {checker.name}\n"
        for line in _parts(inspect.getdoc(checker) or ""):
            label, _, words = line.partition(": ")
            yield f"- **{label}**: {words}"
        yield f"- **Establishes**: {checker.establishes}."
        yield f"- **Does not establish**: {checker.does_not_establish}."
        settings = _settings(checker)
        if settings:
            yield f"\n{settings}"
    yield ""


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a checker's docstring, each on one line."""
    part = ""
    for line in text.splitlines():
        if not line.startswith(" ") and part:
            yield part
            part = ""
        part = f"{part} {line.strip()}".strip()
    yield part


def _settings(checker: ledger.Checker) -> str:
    """Return what the head of the checker's module says after its first line: settings, where it has any."""
    said = inspect.getdoc(inspect.getmodule(type(checker))) or ""
    return said.partition("\n\n")[2].strip()


def _commands() -> Iterator[str]:
    top = click.Context(factledger, info_name="factledger")
    for title, names in SECTIONS.items():
        yield f"\n## {title}"
        for name in names:
            yield from _command(factledger.commands[name], top)
    yield ""


def _command(command: click.Command, above: click.Context) -> Iterator[str]:
    """Yield what a command says of itself, and then what its own commands say."""
    here = click.Context(command, above, info_name=command.name)
    usage = " ".join([here.command_path, *command.collect_usage_pieces(here)])
    yield f"\n### {here.command_path}\n\n`{usage}`"
    yield from map(_paragraph, inspect.cleandoc(command.help or "").split("\n\n"))
    yield from _options(command, here)
    if isinstance(command, click.Group):
        for _, below in sorted(command.commands.items()):
            yield from _command(below, here)


def _paragraph(text: str) -> str:
    """Return a paragraph of a help text; its lines stay apart where they do so on a terminal, as do examples."""
    words = text.removeprefix("\b\n")
    if words.startswith("Example: "):
        return f"\n```\n$ {words.removeprefix('Example: ')}\n```"
    return f"\n```\n{words}\n```" if words != text else f"\n{words}"


def _options(command: click.Command, here: click.Context) -> Iterator[str]:
    said = [param.get_help_record(here) for param in command.params if not {"--db", "--help"} & set(param.opts)]
    rows = [tuple(cell.replace("|", "\\|") for cell in one) for one in said if one and (one[1] or one[0][0] == "-")]
    if rows:
        yield "\n| option | what it says |\n|---|---|"
        yield from (f"| `{option}` | {words} |" for option, words in rows)


if __name__ == "__main__":
    for page in (hooks, checkers, commands):
        (HERE / f"{page.__name__}.md").write_text(page(), encoding="utf-8")
