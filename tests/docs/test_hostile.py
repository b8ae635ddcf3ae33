"""The table of what was tried: each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_row_names_tests_that_are_there() -> None:
    """A row is no promise but a test that somebody can run."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "hostile.md").read_text("utf-8"))
    assert len(named) > 30
    for path, test in named:
        text = (ROOT / path).read_text("utf-8")
        assert re.search(rf"def {test}\(" if test else r"def test_", text), (path, test)
