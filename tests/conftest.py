"""What every test shares: no test sees the keys, ledgers or plugin switches of whoever runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger import book as use_cases
from ledger.book import Book

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep log keys in a folder of the test's own, and the environment's switches unset."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path_factory.mktemp("keys")))
    for name in ("FACTLEDGER_DB", "FACTLEDGER_LOAD_PLUGINS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where the test's ledger stands."""
    return tmp_path / "ledger.db"


@pytest.fixture
def book(ledger_path: Path) -> Iterator[Book]:
    """A fresh ledger, begun by Ana Roa."""
    begun = use_cases.start(ledger_path, origin="desk.example", person="Ana Roa")
    yield begun
    begun.ledger.close()


@pytest.fixture
def factledger(tmp_path: Path) -> Cli:
    """Run the installed command in the test's folder, as a person would; returns the finished process."""

    def call(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).with_name("factledger")), *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONWARNINGS": "error"} | environment,
            timeout=120,
        )

    return call
