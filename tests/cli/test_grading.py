"""Grades: the source first, then what it says; the highest only where two sources are shown to be independent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

STORY = """\
factledger: story/1
story: bridge
title: A bridge that was closed
language: en
agents:
  - {id: post, name: Arden Post, kind: organisation}
  - {id: radio, name: Radio Norvik, kind: organisation}
sources:
  - {id: minutes, title: Council minutes, publisher: post, file: minutes.txt}
  - {id: report, title: Report from the bridge, publisher: radio, file: report.txt}
claims:
  - id: bridge
    text: The bridge at Arden was closed for 40 days.
    evidence:
      - {source: minutes, basis: document, quote: closed for forty days}
      - {source: report, basis: witness, quote: shut on the third}
"""
MINUTES = (
    "The council notes that the bridge was closed for forty days while the bearings were changed by the works. "
    "Members asked what the contractor will be paid for nights. The treasurer said that the reserve covers it. "
    "A tender for the lamps was put off until the autumn, and the clerk was thanked for her patience."
)
REPORT = (
    "I stood there when barriers went up and the road was shut on the third; lorries turned around all morning. "
    "A baker from the far bank handed rolls across the rope. Children counted the trucks aloud, and somebody had "
    "brought a folding chair and a radio. Around noon it rained and only two drivers were left."
)


@pytest.fixture
def desk(factledger: Any, tmp_path: Path, once: Any) -> Any:
    """A ledger with a claim that two first-hand sources carry; their texts are archived."""

    @once
    def tell() -> None:
        (tmp_path / "minutes.txt").write_text(MINUTES)
        (tmp_path / "report.txt").write_text(REPORT)
        (tmp_path / "bridge.yaml").write_text(STORY)
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        done = factledger("import", "bridge.yaml")
        assert done.returncode == 0, done.stderr

    return factledger


def test_two_steps(desk: Any) -> None:
    """Each step names the next and not what was answered; both are shown with their reasons kept."""
    first = desk("grade", "bridge-by-minutes", "b", "--because", "Kept by the clerk for years.")
    assert "B, usually reliable" in first.stderr
    assert "how credible is it?" in first.stderr
    second = desk("grade", "bridge-by-minutes", "2", "--because", "It fits the contract.")
    assert "2, probably true" in second.stderr
    assert "reliable" not in second.stderr
    shown = desk("show", "bridge").stdout
    assert "Graded B, usually reliable; 2, probably true" in shown
    told = desk("history", "bridge-by-minutes").stdout
    assert "graded" in told
    assert "Kept by the clerk for years." in told


@pytest.mark.parametrize(
    ("grade", "said"),
    [
        ("B2", "two steps"),
        ("G", "A to F"),
        ("0", "1 to 6"),
        ("7", "1 to 6"),
        ("", "A to F"),
        ("²", "1 to 6"),
    ],
)
def test_what_is_no_grade(desk: Any, grade: str, said: str) -> None:
    """One line, exit code 2, and nothing is recorded."""
    done = desk("grade", "bridge-by-minutes", grade, "--because", "So it seems.")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Graded" not in desk("show", "bridge").stdout


def test_a_claim_is_no_evidence_and_its_evidence_is_named(desk: Any) -> None:
    """Who names the claim is told what it stands on."""
    done = desk("grade", "bridge", "B", "--because", "So it seems.")
    assert done.returncode == 2
    assert "bridge-by-minutes, bridge-by-report" in done.stderr


def test_confirmed_has_to_be_earned(desk: Any) -> None:
    """1 is taken while two sources are shown to be independent, and refused from when one is gone."""
    done = desk("grade", "bridge-by-minutes", "1", "--because", "Both agree.")
    assert done.returncode == 0, done.stderr
    desk("retract", "bridge-by-report", "--because", "It was about another bridge.")
    refused = desk("grade", "bridge-by-minutes", "1", "--because", "Both agree.")
    assert refused.returncode == 2
    assert "no two sources are shown to be independent here" in refused.stderr
    found = json.loads(desk("check", "bridge", "--json").stdout)
    (finding,) = [row for row in found if row["code"] == "grade_not_earned"]
    assert finding["outcome"] == "warn"


def test_confirmed_is_asked_of_its_own_side(desk: Any) -> None:
    """What contradicts a claim is not confirmed by two who support it."""
    desk("source", "A denial", "--id", "denial")
    assert desk("evidence", "bridge", "denial", "--stance", "contradicts", "--id", "denied").returncode == 0
    refused = desk("grade", "denied", "1", "--because", "Two say otherwise.")
    assert refused.returncode == 2
    assert "shown to be independent here" in refused.stderr


def test_a_grade_is_not_entered_by_the_way(desk: Any, tmp_path: Path) -> None:
    """Neither a correction nor a story file sets one; the story comes in again unchanged when one is there."""
    done = desk("correct", "bridge-by-minutes", "credibility=1", "--because", "Both agree.")
    assert done.returncode == 2
    desk("grade", "bridge-by-minutes", "C", "--because", "New clerk.")
    again = desk("import", "bridge.yaml")
    assert again.returncode == 0, again.stderr
    (tmp_path / "graded.yaml").write_text(STORY.replace("basis: witness", "basis: witness, credibility: 1"))
    assert desk("import", "graded.yaml").returncode == 2
    assert "Graded C, fairly reliable" in desk("show", "bridge").stdout
