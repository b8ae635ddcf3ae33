"""Plugins in plugins/ that were written from the guide alone: each a distribution of its own, as a stranger has it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
TESTS = {"factledger-conversions": 13, "factledger-ages": 11}
"""Tests that each has: its cases, the contract, and a run of each case in a ledger of its own."""


@pytest.mark.long
@pytest.mark.parametrize("name", TESTS)
def test_it_installs_and_passes_its_tests(name: str, environment: Callable[[], Any], tmp_path: Path) -> None:
    """Built, installed beside factledger and run, it keeps the contract, and real runs find what its cases say."""
    project = tmp_path / name
    shutil.copytree(PLUGINS / name, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    fresh = environment()
    package = name.replace("-", "_")
    assert f"{package}/cases.toml" in fresh.install(project)
    assert f"{TESTS[name]} passed" in fresh.pytest(project)
    fresh.factledger("plugin", "lint", str(project))  # exits 0: nothing to mend
