"""The move from another ledger in plugins/: a distribution of its own, whose format is found by the file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REALITYCHECK = Path(__file__).parents[2] / "plugins" / "factledger-realitycheck"

SOURCES = "sources:\n  post: {type: BLOG, title: Eels, author: [Bo Lind], year: 2031, url: 'https://post.example/1'}\n"
CLAIMS = "claims:\n  ECO-1: {text: Eels are back., type: '[F]', domain: ECO, credence: 0.4, source_ids: [post]}\n"


@pytest.mark.long
def test_it_installs_passes_its_tests_and_moves_a_registry(environment: Callable[[], Any], tmp_path: Path) -> None:
    """Built and installed beside factledger; a claim finds the source that another file brought."""
    project = tmp_path / REALITYCHECK.name
    shutil.copytree(REALITYCHECK, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    fresh = environment()
    assert "factledger_realitycheck/__init__.py" in fresh.install(project)
    assert "2 passed" in fresh.pytest(project)
    fresh.factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    for name, text in (("sources.yaml", SOURCES), ("claims.yaml", CLAIMS)):
        (fresh.folder / name).write_text(text, encoding="utf-8")
        fresh.factledger("import", name)
    (row,) = json.loads(fresh.factledger("list", "evidence"))
    assert (row["claim"], row["source"]) == ("eco-1", "post")
    assert row["note"] == "Kind of claim there: fact. Credence: 0.40."
