"""A plugin whose text says that it brings no checkers is not asked for any; of every other a worker is started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import plugins
from ledger.checks import WorkerPool
from ledger.checks.registry import introduce
from ledger.checks.unasked import may_bring_checkers

Install = Callable[..., None]

READERS = '''
"""A plugin of readers."""
from ledger import hookimpl

NAMES = ("one", "two")


@hookimpl
def ledger_register_readers():
    return []
'''

ASKED = {
    "brings both": READERS + "\n\n@hookimpl\ndef ledger_register_checkers(config):\n    return []\n",
    "has it from elsewhere": READERS + "from beside import ledger_register_checkers\n",
    "may have it from elsewhere": READERS + "from beside import *\n",
    "answers under another name": READERS
    + "\n\n@hookimpl(specname='ledger_register_checkers')\ndef mine(config):\n    return []\n",
    "does something when it is loaded": READERS + "\nsetattr(hookimpl, 'x', 1)\n",
    "misspells a hook": READERS + "\n\n@hookimpl\ndef ledger_register_chekers(config):\n    return []\n",
    "answers no hook": "NAMES = ()\n",
    "is no Python": READERS + "\ndef (:\n",
}


@pytest.mark.parametrize("code", ASKED.values(), ids=ASKED)
def test_whatever_may_bring_checkers_is_asked(install: Install, code: str) -> None:
    """In doubt a worker looks: a fault of a plugin is found, and no checker is passed over."""
    assert _asked(install, code)


def test_a_plugin_of_readers_alone_is_not_asked(install: Install) -> None:
    """Its hooks stand in its text, and none of them is that of checkers."""
    assert not _asked(install, READERS)


def test_no_line_of_a_plugin_runs_while_it_is_looked_at(install: Install) -> None:
    """The text is read, not loaded: what it would do when it is loaded is not done here."""
    assert _asked(install, READERS + "\nraise SystemExit('loaded')\n")


def test_the_reader_that_comes_with_factledger_gets_no_worker(tmp_path: Path) -> None:
    """A check starts the workers of those that check."""
    installed, faults = plugins.installed("factledger-reader")
    pool = WorkerPool(tmp_path, memory=2**32, policy="", switch="factledger-reader")
    try:
        registry = introduce(installed, faults, pool)
        assert registry.plugins and not registry.cards and not registry.faults
        assert list(tmp_path.iterdir()) == []
    finally:
        pool.close()


def _asked(install: Install, code: str) -> bool:
    install("stranger", code)
    (one,), _ = plugins.installed("stranger")
    return may_bring_checkers(one)
