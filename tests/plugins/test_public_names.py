"""What plugins may import, and the hooks they may answer."""

from __future__ import annotations

import importlib
import inspect
import types
from pathlib import Path

import pytest

import ledger
from ledger import plugins

PUBLIC = ("ledger", "ledger.chain", "ledger.dates", "ledger.executor", "ledger.text", "ledger.timeline")

MEANS = {"TYPE_CHECKING", "annotations", "load_on_demand"}
"""What a package is written with, besides what it shows."""


@pytest.mark.parametrize("name", PUBLIC)
def test_all_names_what_is_public_and_nothing_else(name: str) -> None:
    """Each public module's __all__ is sorted, complete, and every name in it is there."""
    module = importlib.import_module(name)
    listed = list(module.__all__)
    assert listed == sorted(listed, key=lambda word: (not word.isupper(), not word[0].isupper(), word))
    found = {
        word
        for word in dir(module)
        if not word.startswith("_") and not isinstance(getattr(module, word), types.ModuleType) and word not in MEANS
    }
    assert found == set(listed)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_says_what_it_is(name: str) -> None:
    """Each public class and function has a docstring."""
    module = importlib.import_module(name)
    for word in module.__all__:
        value = getattr(module, word)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert (value.__doc__ or "").strip(), word


def test_hooks_have_the_prefix_and_a_sentence() -> None:
    """Each hook begins with ledger_, so that it meets no other project's, and says what it does."""
    hooks = {name: hook for name, hook in vars(plugins.Hooks).items() if not name.startswith("_")}
    assert sorted(hooks) == [
        "ledger_register_checkers",
        "ledger_register_exchanges",
        "ledger_register_executors",
        "ledger_register_readers",
    ]
    assert all((hook.__doc__ or "").endswith(".") for hook in hooks.values())


def test_the_checkers_use_the_public_modules_only() -> None:
    """The checkers that ship with factledger import what a stranger's may."""
    allowed = {
        "ledger",
        "ledger.checker",
        "ledger.chain",
        "ledger.commands",
        "ledger.dates",
        "ledger.executor",
        "ledger.format",
        "ledger.reader",
        "ledger.text",
        "ledger.text.languages",
        "ledger.testing",
        "ledger.timeline",
    }
    for path in sorted((Path(ledger.__file__).parents[1] / "plugins").glob("**/*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("from ledger", "import ledger")):
                assert line.split()[1] in allowed, f"{path.name}: {line}"
