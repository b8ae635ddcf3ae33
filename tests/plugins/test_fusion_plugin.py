"""The second opinion in plugins/: a distribution of its own, installed beside factledger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FUSION = Path(__file__).parents[2] / "plugins" / "factledger-fusion"


@pytest.mark.long
def test_it_installs_passes_its_tests_and_gives_an_opinion(environment: Callable[[], Any], tmp_path: Path) -> None:
    """Built, installed beside factledger and run; its finding is under both claims."""
    project = tmp_path / FUSION.name
    shutil.copytree(FUSION, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    fresh = environment()
    assert "factledger_fusion/discovery.py" in fresh.install(project)
    assert "passed" in fresh.pytest(project)
    fresh.factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    story = tmp_path / "ferry.yaml"
    story.write_text(STORY, encoding="utf-8")
    fresh.factledger("import", str(story))
    found = [line for line in json.loads(fresh.factledger("check", "--json")) if line["checker"] == "fusion"]
    assert [line["subject"] for line in found] == ["fourteen", "twelve"]
    for line in found:
        assert (line["outcome"], line["code"]) == ("warn", "borne_out_best")
        assert "2 voices say 14 and 1 voice says 12" in line["reason"]


STORY = """\
factledger: story/1
story: ferry
title: A ferry that sank
language: en
agents:
  - {id: post, name: Arden Post, kind: organisation}
  - {id: radio, name: Radio Norvik, kind: organisation}
  - {id: star, name: Evening Star, kind: organisation}
sources:
  - {id: post-report, title: Fourteen dead, publisher: post}
  - {id: radio-report, title: News at noon, publisher: radio}
  - {id: star-report, title: Twelve dead, publisher: star}
claims:
  - id: twelve
    text: Twelve people drowned when the ferry sank.
    value: {subject: Ferry Norvik, property: people drowned, amount: "12"}
    evidence: [{source: star-report}]
  - id: fourteen
    text: Fourteen people drowned when the ferry sank.
    value: {subject: Ferry Norvik, property: people drowned, amount: "14"}
    evidence: [{source: post-report}, {source: radio-report}]
"""
