"""What strangers wrote for an earlier minor version: its sources stay as they are, and run with the program of today.

A folder `0.1` holds plugins as they stood with factledger 0.1: the examples, those of the guide, what `plugin new`
wrote. None of its files is ever changed; what a plugin of it can no longer do is a broken promise (docs/hooks.md).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PLUGINS = sorted(file.parent for file in HERE.glob("*/*/pyproject.toml"))

PYTEST = ("-B", "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "-c", os.devnull, ".")
"""As their author ran them: without a setting of ours."""


@pytest.mark.long
@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_a_plugin_of_an_earlier_version_passes_its_own_tests(plugin: Path, tmp_path: Path) -> None:
    """Its tests, which hold its checkers or formats to the contract, pass without a change, and nothing warns."""
    done = subprocess.run(
        [sys.executable, *PYTEST],
        cwd=plugin,
        env={**os.environ, "PYTHONPATH": str(plugin), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_every_kind_of_plugin_is_among_them() -> None:
    """Checkers of a claim, of groups and of the ledger, a detector, and formats that are written and read."""
    written = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("0.*/*/*/*.py"))
    for kind in ("(Checker)", "(GroupChecker)", "(LedgerChecker)", "(Detector)", "(Exchange)"):
        assert kind in written
    assert "def write(" in written and "def read(" in written
