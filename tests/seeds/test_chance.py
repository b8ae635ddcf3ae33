"""Chance decides the ids of records and the order of sets, and nothing that is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.exchange.example import seed

RETOLD = Path(__file__).with_name("retold.py")
SITUATIONS = tomllib.loads((Path(__file__).parents[1] / "grounds" / "situations.toml").read_text(encoding="utf-8"))


def retold(chance: int, folder: Path, *stories: Path) -> dict[str, dict[str, Any]]:
    """Return what is said of stories that are entered and checked in a process of their own: story -> asked -> said."""
    folder.mkdir()
    settings = {"PYTHONHASHSEED": str(chance), "FACTLEDGER_KEYS": str(folder / "keys"), "COLUMNS": "100"}
    line = [sys.executable, str(RETOLD), str(chance), str(folder), *map(str, stories)]
    done = subprocess.run(line, capture_output=True, text=True, env=os.environ | settings, cwd=folder, timeout=600)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout.replace(str(folder), "FOLDER"))
    return found


def assert_same(folder: Path, *stories: Path, chances: int = 2) -> None:
    first, *others = (retold(chance, folder / str(chance), *stories) for chance in range(1, chances + 1))
    assert first.keys() == {story.stem for story in stories}
    for story, said in first.items():
        assert said["findings"], story
        for other in others:
            for asked in said:
                assert other[story][asked] == said[asked], (story, asked)


COPIES = """\
factledger: story/1
story: norvik
title: One text in three papers, none of which says when it came out
language: en
agents:
  - {id: gazette, name: Norvik Gazette, kind: organisation}
  - {id: courier, name: Eastern Courier, kind: organisation}
  - {id: tribune, name: Fjord Tribune, kind: organisation}
sources:
  - {id: a, title: Bridge shut, kind: article, publisher: gazette, file: pier.txt}
  - {id: b, title: No crossing, kind: article, publisher: courier, file: again.txt}
  - {id: c, title: Twelve days, kind: article, publisher: tribune, file: third.txt}
claims:
  - id: bridge
    text: The harbour bridge was closed for twelve days.
    evidence: [{source: a}, {source: b}, {source: c}]
"""


@pytest.mark.long
def test_who_copied_from_whom_is_told_alike(tmp_path: Path) -> None:
    """Where no date says which of some texts was first, what is proposed does not hang on chance."""
    text = SITUATIONS["texts"]["pier.txt"].lstrip()
    for name, end in (("pier.txt", ""), ("again.txt", "So it was.\n"), ("third.txt", "So it went.\n")):
        (tmp_path / name).write_text(text + end, encoding="utf-8")
    story = tmp_path / "copies.story.yaml"
    story.write_text(COPIES, encoding="utf-8")
    assert_same(tmp_path, story, chances=3)


@pytest.mark.long
def test_the_example_is_told_alike_whatever_chance_there_is(tmp_path: Path) -> None:
    """What is found, open, claimed and carried is the same, word for word and in the same order."""
    assert_same(tmp_path, seed())


@pytest.mark.long
def test_every_situation_is_told_alike_whatever_chance_there_is(tmp_path: Path) -> None:
    """So it is where sources quote each other, are proposed, withdrawn or many."""
    for name, text in SITUATIONS["texts"].items():
        (tmp_path / name).write_text(text.lstrip(), encoding="utf-8")
    whole = [situation for situation in SITUATIONS["situation"] if "commands" not in situation]
    stories = [tmp_path / f"situation-{number}.story.yaml" for number, _ in enumerate(whole)]
    for path, situation in zip(stories, whole, strict=True):
        path.write_text(SITUATIONS["preamble"] + situation["story"], encoding="utf-8")
    assert_same(tmp_path, *stories, chances=3)
