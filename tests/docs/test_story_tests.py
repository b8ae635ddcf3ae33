"""What docs/story-tests.md shows is what a project gets that follows it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.testing import stories

PAGE = (Path(__file__).parents[2] / "docs" / "story-tests.md").read_text(encoding="utf-8")

STORY = """\
factledger: story/1
story: bridge
title: The bridge and its twelve days
agents:
  - {id: council, name: Harbour Council, kind: organisation}
sources:
  - id: notice
    title: Notice of the harbour council
    kind: statement
    author: council
    published: 2031-03-01
    language: en
claims:
  - id: bridge-closed
    text: The bridge was closed for twelve days.
    occurred: 2031-03-04/2031-03-15
    evidence:
      - {source: notice, basis: document, stake: interested}
"""


def block(kind: str) -> list[str]:
    """Return the texts of the page's code blocks of a kind."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
    return [text for found, text in blocks if found == kind]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project made of the page's blocks, one story, and a policy that changes nothing."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "bridge.story.yaml").write_text(STORY, encoding="utf-8")
    (tmp_path / "house.policy.toml").write_text("# as shipped\n", encoding="utf-8")
    (conftest,), (settings,) = block("python"), block("ini")
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    return tmp_path


def pytest_in(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as the page does."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=project,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.long
def test_the_page_shows_what_pytest_prints(project: Path) -> None:
    """A project made of the page's blocks fails with the lines that the page shows, and the CI commands run."""
    session = next(text for text in block("") if text.startswith("$ pytest"))
    shown = session.split("\n", 2)[2]  # after the command and the heading, which is as wide as the terminal
    (commands,) = (text for text in block("") if text.startswith("python -m pip"))
    program, *arguments = commands.splitlines()[1].removeprefix("python -m ").split()
    assert program == "pytest"
    ran = pytest_in(project, *arguments)
    assert shown in ran.stdout, ran.stdout
    assert (project / "stories.xml").exists()


@pytest.mark.long
def test_the_nightly_run_works(project: Path) -> None:
    """The command for a run as of today is taken."""
    (command,) = re.findall(r"`pytest (-o factledger_now=today)`", PAGE)
    assert "bridge-closed" in pytest_in(project, *command.split()).stdout


def test_every_setting_is_on_the_page() -> None:
    """The page names each setting that the plugin declares, and each of its values for what fails."""
    declared = re.findall(r'"(factledger_\w+)"', Path(stories.__file__).read_text(encoding="utf-8"))
    for name in {*declared, *stories.FAIL_ON, stories.TODAY, stories.REST}:
        assert re.search(rf"\b{name}\b", PAGE), name
