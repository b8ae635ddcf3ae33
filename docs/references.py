"""Write the reference pages from the code: python docs/references.py

docs/hooks.md has every hook and every name that a plugin may import; docs/checkers.md every checker that comes with
factledger. A test compares both with the code.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import factledger_checkers

import ledger
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


def hooks() -> str:
    """Return the page of hooks and public names."""
    return HOOKS + "\n".join([*_hooks(), *_names()])


def checkers() -> str:
    """Return the page of the standard checkers."""
    return CHECKERS + "\n".join(_checkers())


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


if __name__ == "__main__":
    (HERE / "hooks.md").write_text(hooks(), encoding="utf-8")
    (HERE / "checkers.md").write_text(checkers(), encoding="utf-8")
