"""The example plugin in plugins/: a distribution of its own, as a stranger would write and install it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "plugins" / "factledger-percentage-points"


@pytest.mark.long
def test_the_example_installs_passes_its_tests_and_finds(environment: Callable[[], Any], tmp_path: Path) -> None:
    """Built, installed beside factledger and run, it passes its tests and fails the claim that it is about."""
    project = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    fresh = environment()
    assert "factledger_percentage_points/__init__.py" in fresh.install(project)
    assert "8 passed" in fresh.pytest(project)
    assert "from 4% to 6% is a rise of 2 percentage points" in fresh.factledger("checkers", "percentage-points")
    fresh.factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    fresh.factledger("source", "Rents in May", "--id", "office")
    quote = "Rents rose by 2 percentage points, to 6%."
    fresh.factledger("add", "Rents rose by 2 percent.", "--id", "rents", "--in", "Rents in May", "--quote", quote)
    (finding,) = fresh.findings("rents", "percentage-points")
    assert (finding["outcome"], finding["code"]) == ("fail", "other_unit")
    assert finding["reason"] == "The claim says 2 percent, the quotation percentage points."
