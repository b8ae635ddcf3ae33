"""Commands of plugins: known by name from what is installed, loaded when they are called, and not before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TALLY = """
import sys
import click

print("tally was loaded", file=sys.stderr)

@click.command()
@click.argument("word")
def tally(word):
    "Count letters."
    click.echo(len(word))

no_command = "text"
"""
POINTS = """
[factledger.commands]
tally = tally:tally
list = tally:tally
broken = tally:not_there
text = tally:no_command
"""

Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def factledger(tmp_path: Path) -> Call:
    """Run factledger in a process of its own, where a distribution is installed that brings commands."""
    site = tmp_path / "site"
    facts = site / "tally-1.0.dist-info"
    facts.mkdir(parents=True)
    (site / "tally.py").write_text(TALLY)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: tally\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(POINTS)
    search = os.pathsep.join([str(site), *sys.path])

    def call(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from ledger.cli import main; main()", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": search, **settings},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return call


def test_a_command_of_a_plugin_is_loaded_when_it_is_called(factledger: Call) -> None:
    """Its entry point's name is the command."""
    done = factledger("tally", "ferry")
    assert (done.returncode, done.stdout, done.stderr) == (0, "5\n", "tally was loaded\n")


def test_help_lists_it_by_name_without_loading_it(factledger: Call) -> None:
    """--help says whose it is."""
    done = factledger("--help")
    listed = done.stdout.partition("From plugins:\n")[2].split("\n\n")[0]
    assert [line.split() for line in listed.splitlines()] == [
        [name, "Of", "tally."] for name in ("broken", "tally", "text")
    ]
    assert not done.stderr


@pytest.mark.table
@pytest.mark.parametrize(("typed", "meant"), [("tallly", "tally"), ("lst", "list"), ("xyzzy", "factledger --help")])
def test_a_mistyped_command_loads_nothing_of_a_plugin(factledger: Call, typed: str, meant: str) -> None:
    """What was meant is told from names alone."""
    done = factledger(typed)
    assert done.returncode == 2 and meant in done.stderr and "was loaded" not in done.stderr


def test_a_plugin_cannot_take_the_name_of_a_command(factledger: Call) -> None:
    """`list` stays ours, whatever is installed."""
    done = factledger("list", "--help")
    assert "List claims" in done.stdout and not done.stderr


@pytest.mark.table
@pytest.mark.parametrize(("name", "why"), [("broken", "AttributeError"), ("text", "no command of click")])
def test_one_that_cannot_be_loaded_is_one_line(factledger: Call, name: str, why: str) -> None:
    """It names the command, the distribution and the reason."""
    done = factledger(name)
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert done.returncode == 2 and name in line and "of tally" in line and why in line


def test_it_is_completed_and_listed_and_can_be_switched_off(factledger: Call) -> None:
    """Tab, `plugins` and FACTLEDGER_LOAD_PLUGINS know it."""
    tab = {"_FACTLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "factledger tal", "COMP_CWORD": "1"}
    assert factledger(**tab).stdout == "plain,tally\n"
    assert {"name": "tally", "distribution": "tally", "version": "1.0"} in json.loads(
        factledger("plugins", FACTLEDGER_LOAD_PLUGINS="tally").stdout
    )["commands"]
    done = factledger("tally", "ferry", FACTLEDGER_LOAD_PLUGINS="")
    assert done.returncode == 2 and "no command" in done.stderr


def test_a_command_is_handed_the_ledger_the_policy_and_how_to_print(factledger: Call, tmp_path: Path) -> None:
    """With `with_call` it opens the ledger of the call, to read it and to enter; with click's own it gets the path."""
    (tmp_path / "site" / "tally.py").write_text("""
import click
from ledger import Claim
from ledger.commands import Call, row_options, with_call

@click.command()
@click.argument("words")
@with_call
@row_options
def tally(call: Call, words: str, form: str | None) -> int:
    "Enter a claim and list all."
    with call.open(write=True) as desk:
        desk.claim(words)
        call.print_rows([{"claim": one.handle} for one in desk.records(Claim)], form)
    call.say(f"{len(call.policy().required)} checkers are required.")
    return 1

@click.command()
@click.pass_obj
def no_command(path):
    click.echo(path)
""")
    missing = factledger("-d", "none.db", "tally", "The ferry runs.")
    assert missing.returncode == 3 and missing.stderr.startswith("Error: none.db")
    assert factledger("-d", "desk.db", "init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0
    done = factledger("-d", "desk.db", "tally", "The ferry runs.", "--csv")
    assert (done.returncode, done.stdout) == (1, "claim\nthe-ferry-runs\n")
    assert done.stderr.endswith("checkers are required.\n")
    assert factledger("-d", "desk.db", "text").stdout == "desk.db\n"


def test_a_plugin_that_requires_a_newer_api_is_refused_in_words(factledger: Call, tmp_path: Path) -> None:
    """It is not loaded; the fault says what it needs, what is here, and what to do."""
    points = tmp_path / "site" / "tally-1.0.dist-info" / "entry_points.txt"
    points.write_text("[factledger]\nsoon = soon\n")
    (tmp_path / "site" / "soon.py").write_text('requires_api = "99.0"\n')
    done = factledger("plugins", FACTLEDGER_LOAD_PLUGINS="soon")
    assert done.returncode == 4 and "needs API 99.0" in done.stderr and "update factledger" in done.stderr
