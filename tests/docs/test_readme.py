"""What the documents promise is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from ledger.cli import SECTIONS
from ledger.cli import factledger as group

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARTICLE = """Port council hears of closure

Marta Quell spoke to the port council on Monday 4 March 2031. "Make no mistake, the harbour will close in June," \
she said.
Traffic fell from 200 ships to 100 last year, a drop of 75 percent. Some analysts say that more will follow. \
The ministry did not respond to questions.
"""


def sessions(text: str) -> list[tuple[list[str], str]]:
    """Return (arguments, output) of each `$ factledger ...` in a text."""
    found = []
    for block in re.findall(r"```\n(.*?)```", text, flags=re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.replace("\\\n", " ").partition("\n")
            found.append((shlex.split(line)[1:], output.strip()))
    return found


def test_the_readme_shows_what_the_commands_print(
    factledger: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that the README shows prints what the README shows."""
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    factledger("init", "--origin", "desk.example.org", "--person", "Ana Roa")
    shown = sessions(README)
    assert [arguments[0] for arguments, _ in shown] == ["read", "add", "check"]
    for arguments, output in shown:
        done = factledger(*arguments)
        printed = done.stderr if arguments[0] == "add" else done.stdout + done.stderr
        assert printed.strip() == output


def test_the_readme_lists_every_command() -> None:
    """The README's table names every command, and no other."""
    table = re.search(r"^\| to \| commands \|\n(.*?)\n\n", README, flags=re.DOTALL | re.MULTILINE)
    assert table is not None
    named = set(re.findall(r"`([a-z-]+)`", table[1]))
    assert named == set(group.list_commands(click.Context(group)))


def test_every_command_has_its_place_and_an_example() -> None:
    """Each command is in one section of --help, and its own help has an example."""
    placed = [name for names in SECTIONS.values() for name in names]
    top = click.Context(group)
    assert sorted(placed) == group.list_commands(top)
    for name in placed:
        command = group.get_command(top, name)
        assert command is not None and "Example: factledger" in (command.help or ""), name


@pytest.mark.parametrize(
    "document", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    """Every relative link in a document names a file that is there."""
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target
