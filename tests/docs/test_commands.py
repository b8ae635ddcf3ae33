"""Every command line that a page shows is one that there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ledger.cli import factledger

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def shown(page: Path) -> Iterator[str]:
    """Yield the command lines in a page's blocks, without what is said beside them."""
    for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text("utf-8"), re.S | re.M):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.search(r"(?:^\$? ?|\| |&& |run: )factledger (.*)", line)
            if found:
                yield re.split(r"\s{2,}|\s#|\s[|>]", found[1].strip())[0]


LINES = [(page.name, line) for page in PAGES for line in shown(page)]


def test_pages_show_commands() -> None:
    """There is something to look at."""
    assert len(LINES) > 30


@pytest.mark.parametrize(("page", "line"), LINES)
def test_the_command_and_its_options_are_there(page: str, line: str) -> None:
    """It names a command, and only options that this command has."""
    words = shlex.split(line)
    command: click.Command = factledger
    known = {flag for param in command.params for flag in param.opts}
    while words and isinstance(command, click.Group):
        word = words.pop(0)
        if word.startswith("-"):
            assert word in known or word == "--help", f"{page}: factledger has no {word}"
            if word in ("-d", "--db"):
                words.pop(0)
            continue
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"{page}: there is no command {word}"
        command = found
    flags = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
    for word in words:
        if re.fullmatch(r"-[a-z]|--[a-z-]+", word):
            assert word in flags or word == "--help", f"{page}: {command.name} has no {word}"
