"""Situations that an editor meets, entered as a user enters them and checked: what is answered, and what may differ."""

from __future__ import annotations

import json
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DATA = tomllib.loads((Path(__file__).parent / "situations.toml").read_text(encoding="utf-8"))

CAUTION = ("none", "contradicted", "single_origin", "same_origin", "independence_unknown", "independent")
"""Answers by how much they let pass."""


@pytest.mark.parametrize("situation", DATA["situation"], ids=lambda one: one["title"])
def test_the_answer_is_as_recorded(situation: Any, factledger: Callable[..., Any], tmp_path: Path) -> None:
    """Each situation is answered as the table in docs/independence.md says."""
    for name, text in DATA["texts"].items():
        (tmp_path / name).write_text(text.lstrip(), encoding="utf-8")
    (tmp_path / "a.story.yaml").write_text(DATA["preamble"] + situation["story"], encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    for command in ("import a.story.yaml", *situation.get("commands", ())):
        done = factledger(*shlex.split(command))
        assert done.returncode == 0, done.stderr
    claim = situation.get("claim", "bridge")
    factledger("check", claim)
    (row,) = [row for row in json.loads(factledger("list", "--json").stdout) if row["id"] == claim]
    answer = [row["corroboration"], row["independent_shown"], row["independent_at_most"]]
    assert answer == situation["ours"], factledger("show", claim).stdout


@pytest.mark.parametrize("situation", DATA["situation"], ids=lambda one: one["title"])
def test_what_differs_from_an_expert_is_cautious_and_explained(situation: Any) -> None:
    """No situation is answered with more independence than an expert sees, and each difference says why."""
    (state, least, most), (ours, shown, at_most) = situation["expert"], situation["ours"]
    assert ours != "independent" or state == "independent"
    assert shown <= least
    assert at_most >= most
    assert (situation["expert"] == situation["ours"]) == ("differs" not in situation)
