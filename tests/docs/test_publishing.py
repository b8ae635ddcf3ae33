"""What docs/publishing.md shows, run: the commands that write, and what it says of the files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "publishing.md"


def test_every_command_that_writes_does(factledger: Any, tmp_path: Path) -> None:
    """After `$` stands what was run here; what the page names is then in the folder."""
    factledger("init", "--origin", "desk.example.org", "--person", "Ana Roa")
    factledger("add", "The ferry was late.", "--id", "ferry")
    said = PAGE.read_text(encoding="utf-8")
    commands = re.findall(r"^\$ factledger (.*)$", said, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = factledger(*shlex.split(command))
        assert done.returncode == 0, done.stderr
    public = tmp_path / "public"
    assert (tmp_path / "public.db").exists()
    for name in (
        ".factledger-site.json",
        "robots.txt",
        "sitemap.xml",
        "data/ledger.db",
        "ledger/claims/ferry/card.svg",
    ):
        assert name.rpartition("/")[2] in said
        assert (public / name).exists(), name
    assert "The desk&#39;s ledger" in (public / "index.html").read_text(encoding="utf-8")


def test_the_options_that_it_names_exist(factledger: Any) -> None:
    """No option of ours is named that a command does not have."""
    known = "".join(
        factledger(*command, "--help").stdout for command in (["publish", "site"], ["publish", "copy"], ["serve"])
    )
    lines = re.findall(
        r"^.*factledger (?:-d \S+ )?(?:publish|serve).*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    for line in lines:
        for option in re.findall(r"(?<=\s)--[a-z-]+", line):
            assert option in known, line
