"""Small things that grate: names that are commands, namesakes, days to come, ids that are taken, -h, Tab."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from ledger.cli import factledger as group


@pytest.fixture
def begun(factledger: Any, tmp_path: Path, once: Any) -> Path:
    """A ledger with two people and a source."""

    @once
    def tell() -> None:
        factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
        factledger("agent", "Marta Quell")
        factledger("source", "Minutes of the council", "--id", "minutes", "--publisher", "marta-quell")

    return tmp_path / "ledger.db"


def agents(factledger: Any) -> list[str]:
    return [row["name"] for row in json.loads(factledger("list", "agents").stdout)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["agent", "list"], "factledger list agents"),
        (["source", "list"], "factledger list sources"),
        (["agent", "show"], "factledger show"),
    ],
)
def test_the_name_of_a_command_is_no_name(factledger: Any, begun: Path, typed: list[str], meant: str) -> None:
    """Nobody called "list" is recorded; what was meant is said."""
    done = factledger(*typed)
    assert done.returncode == 2 and f"Did you mean: {meant}?" in done.stderr
    assert agents(factledger) == ["Ana Roa", "Marta Quell"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marta Quell", "already marta-quell of that name"),
        ("marta quell", "already marta-quell of that name"),
        ("M\u0430rta Quell", "already marta-quell whose name looks the same"),
        ("Dina V\u0430sk", "Cyrillic small letter a"),
    ],
)
def test_a_name_that_looks_odd_is_asked_about(factledger: Any, begun: Path, name: str, said: str) -> None:
    """Where nobody can be asked it is refused, with what enters it all the same."""
    done = factledger("agent", name)
    assert done.returncode == 2 and said in done.stderr and "--yes" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    done = factledger("agent", name, "--yes")
    assert done.returncode == 0 and said in done.stderr
    assert agents(factledger)[-1] == name


@pytest.mark.parametrize("published", ["2999-01-01", "2999", "2999-01/2999-02"])
def test_a_day_to_come_is_asked_about(factledger: Any, begun: Path, published: str) -> None:
    """A work that has not come out yet is entered when somebody says so."""
    Path("article.txt").write_text("Night ferry planned\n\nThe council met.\n")
    for command in (("source", "A leaflet"), ("article", "article.txt")):
        done = factledger(*command, "--published", published)
        assert done.returncode == 2 and "still to come" in done.stderr and "--yes" in done.stderr
        assert factledger(*command, "--published", published, "--yes").returncode == 0


@pytest.mark.parametrize("published", ["2025-05-02", "XXXX-05-02", "2025/.."])
def test_other_days_are_not(factledger: Any, begun: Path, published: str) -> None:
    """Neither a past day, nor one that may be past."""
    assert factledger("source", "A leaflet", "--published", published).returncode == 0


def test_an_id_that_is_taken_says_by_what(factledger: Any, begun: Path) -> None:
    """Its kind and its words."""
    done = factledger("agent", "Dina Vask", "--id", "minutes")
    assert "The id minutes is already taken by the source “Minutes of the council”." in done.stderr


def every_command() -> list[list[str]]:
    """Return every command and command below a command."""
    top = click.Context(group)
    found: list[list[str]] = [[]]
    for name in group.list_commands(top):
        command = group.get_command(top, name)
        found += [[name], *([name, below] for below in getattr(command, "commands", {}))]
    return found


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_h_is_help_everywhere(factledger: Any, command: list[str]) -> None:
    """-h prints what --help prints."""
    short, long = factledger(*command, "-h"), factledger(*command, "--help")
    assert short.returncode == 0 and short.stdout == long.stdout and "Usage: factledger" in short.stdout


@pytest.mark.parametrize("command", [[], ["key"], ["plugin"], ["publish"], ["export"]], ids=" ".join)
def test_a_group_alone_prints_its_help_as_help(factledger: Any, command: list[str]) -> None:
    """Line by line, on stderr, as nothing was asked for; not all of it in one line of an error."""
    done = factledger(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == factledger(*command, "--help").stdout


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_help_gives_words_as_they_are_typed(factledger: Any, command: list[str]) -> None:
    """A default is written as the option takes it; words that an argument chooses from are listed, below the usage."""
    shown = factledger(*command, "--help").stdout
    usage, _, rest = shown.partition("\n\n")
    assert not re.search(r"\[default: [A-Z_]+\]", shown)
    assert "VERDICT" not in usage or "not_enough_evidence" in rest


def test_a_closed_output_takes_nothing_from_what_is_done(begun: Path) -> None:
    """A timer may close it: the record is entered, and a question is answered without a traceback."""
    main = [sys.executable, "-c", "from ledger.cli import main; main()", "-d", str(begun)]
    for closing, said in (('"$@" >&-', "Recorded agent dina-vask: Dina Vask\n"), ('"$@" >&- 2>&-', "")):
        arguments = ["agent", "Dina Vask"] if said else ["list", "agents"]
        done = subprocess.run(["sh", "-c", closing, "sh", *main, *arguments], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, said)


Complete = Callable[..., list[str]]


@pytest.fixture
def complete(begun: Path, factledger: Any, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Press Tab after what was typed, in a shell; return what is offered."""

    def press(typed: str, shell: str = "bash", **settings: str) -> list[str]:
        *before, begun_word = typed.split(" ")
        count = str(len(before)) if shell != "fish" else begun_word
        asked = {"_FACTLEDGER_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": count}
        with monkeypatch.context() as shell_of_its_own:
            for name, value in (asked | settings).items():
                shell_of_its_own.setenv(name, value)
            done = factledger()
        assert (done.returncode, done.stderr) == (0, "")
        return [line.removeprefix("plain,") for line in done.stdout.split()]

    return press


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("factledger sho", ["show"]),
        ("factledger show ", ["ana-roa", "marta-quell", "minutes"]),
        ("factledger show mi", ["minutes"]),
        ("factledger show council", ["minutes"]),  # by a word of its title
        ("factledger impact ", ["minutes"]),
        ("factledger add x --said-by qu", ["marta-quell"]),
        ("factledger source x --publisher ", ["ana-roa", "marta-quell"]),
        ("factledger list --verdict re", ["refuted"]),
        ("factledger link minutes re", ["reprints", "replies_to"]),
        ("factledger key l", ["list"]),
        ("factledger list --verd", ["--verdict"]),
        ("factledger -d gone.db show m", []),
    ],
)
def test_tab_offers_what_is_known(complete: Complete, typed: str, offered: list[str]) -> None:
    """Commands, options, vocabularies, and ids of the kind that stands there."""
    assert complete(typed) == offered


def test_tab_asks_the_ledger_that_is_meant(complete: Complete, begun: Path) -> None:
    """The one that was named, wherever it was named."""
    begun.rename(begun.with_name("other.db"))
    assert complete("factledger show mi") == []
    assert complete("factledger -d other.db show mi") == ["minutes"]
    assert complete("factledger show -d other.db mi") == ["minutes"]
    assert complete("factledger show mi", FACTLEDGER_DB="other.db") == ["minutes"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_names_too(complete: Complete, shell: str) -> None:
    """What shows descriptions gets the name beside the id."""
    assert " ".join(complete("factledger show marta", shell)).endswith("marta-quell Marta Quell")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_line_for_bash_works_in_bash(begun: Path, tmp_path: Path) -> None:
    """What --help says to write into .bashrc makes Tab complete."""
    program = tmp_path / "factledger"
    program.write_text(f"#!{sys.executable}\nfrom ledger.cli import main\nmain()\n")
    program.chmod(0o755)
    script = """
        eval "$(_FACTLEDGER_COMPLETE=bash_source factledger)"
        COMP_WORDS=(factledger show qu) COMP_CWORD=2
        _factledger_completion factledger
        echo "${COMPREPLY[@]}"; complete -p factledger
    """
    settings = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=tmp_path, env={**os.environ, **settings}, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[0] == "marta-quell", done.stderr
    assert "_factledger_completion factledger" in done.stdout
