"""docs/plugin-guide.md, followed by hand from top to bottom in a fresh environment: no block is left out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "plugin-guide.md"

OMITTED = "…"
"""On a line of its own any number of lines; within a line any words."""


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (file to write or "", text) of every fenced block."""
    for about, body in re.findall(r"^```(.*?)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        language, _, file = about.partition(" ")
        assert file or not language, f"a block of {language} that nobody knows what to do with"
        yield file, body


def sessions(body: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (command, lines that it prints) of a block of commands."""
    first, *parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
    assert not first, f"no command: {first}"
    for part in parts:
        line, _, output = part.partition("\n")
        yield shlex.split(line), output.splitlines()


def assert_shown(shown: list[str], printed: str, command: list[str]) -> None:
    """Every line shown was printed, one after the other but for what the page leaves out."""
    if not shown:
        return
    pattern = "".join(r"(?:.*\n)*?" if line == OMITTED else _of(line) for line in shown)
    assert re.fullmatch(pattern, printed.rstrip("\n") + "\n" if printed else ""), f"{command} printed:\n{printed}"


def _of(line: str) -> str:
    return ".*".join(re.escape(words) for words in line.split(OMITTED)) + r"\n"


@pytest.mark.long
def test_the_guide_can_be_followed_to_the_letter(environment: Callable[[], Any]) -> None:
    """Each file is written as the page has it, each command runs, and each prints what the page shows."""
    fresh = environment()
    wrote = ran = 0
    for file, body in blocks(PAGE.read_text(encoding="utf-8")):
        if file:
            assert (fresh.folder / file).parent.is_dir(), f"the guide writes {file} before there is a folder for it"
            (fresh.folder / file).write_text(body, encoding="utf-8")
            wrote += 1
            continue
        for command, shown in sessions(body):
            assert_shown(shown, fresh.follow(command), command)
            ran += 1
    assert wrote >= 5
    assert ran >= 15
    assert [path.suffix for path in (fresh.folder / "dist").iterdir()] == [".whl"]
