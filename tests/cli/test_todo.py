"""`factledger todo`: what would settle most, its commands, and going through them on a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import book as use_cases
from ledger import checks
from ledger.desk import anchor, take_in

Run = Callable[..., Any]

ARTICLE = "Ferry late\n\nThe ferry was late. “It will be late again,” the harbour master said.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of two claims from one article without a date, checked."""
    folder = tmp_path_factory.mktemp("made")
    article = folder / "ferry.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        book = use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa")
        taken = take_in(book, article)
        for id, words in (("late", "The ferry was late"), ("again", "It will be late again")):
            book.evidence(book.claim(f"{words}.", id=id), taken.source, anchor=anchor(words, taken.text))
        checks.check(book)
        book.ledger.close()
    return folder


@pytest.fixture
def desk(factledger: Run, made: Path, tmp_path: Path) -> Run:
    """Commands on a copy of that ledger."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return factledger


def test_a_line_has_what_it_settles_and_its_command(desk: Run) -> None:
    """What settles most of it stands first; the command can be pasted."""
    shown = desk("todo")
    assert shown.returncode == 0
    assert re.search(
        r"^ +2 in 2  Date ferry-late +factledger correct ferry-late published=DATE --because \"...\"$",
        shown.stdout,
        re.M,
    ), shown.stdout


def test_as_json_it_has_every_command(desk: Run) -> None:
    """Programs get all of it: each task, what it settles, a command for each record."""
    told = json.loads(desk("todo", "--json").stdout)
    dated = next(task for task in told["tasks"] if task["what"] == "Say when it happened, or was said")
    assert [command.split()[2] for command in dated["commands"]] == ["again", "late"]
    assert sum(task["settles"] for task in told["tasks"]) == told["open"]


def test_of_a_claim_or_an_article_alone(desk: Run) -> None:
    """Named, an article, a story or a claim is all that it speaks of; anything else is refused in one line."""
    of_claim = json.loads(desk("todo", "late", "--json").stdout)
    assert of_claim["claims"] == 1
    assert json.loads(desk("todo", "ferry-late", "--json").stdout)["claims"] == 2
    assert desk("todo", "ana-roa").stderr.startswith("Error: ana-roa is no story, article or claim.")
    assert "Did you mean ferry-late" in desk("todo", "fery-late").stderr


def test_nothing_open(factledger: Run) -> None:
    """An empty ledger has nothing to be done about findings."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    assert factledger("todo").stdout == "Nothing is open.\n"


def test_it_asks_nobody_where_nobody_is(desk: Run) -> None:
    """Without a terminal --do is one line."""
    done = desk("todo", "--do")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


class Terminal:
    """The command in a pseudo-terminal, as a person has it."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 200) -> None:
        self.seen = ""
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell has background jobs ignore it
            os.environ |= {"COLUMNS": str(columns), "LINES": "24", "TERM": "dumb"}
            script = str(Path(sys.executable).with_name("factledger"))
            os.execv(script, [script, *arguments])

    def until(self, words: str, seconds: float = 30) -> str:
        """Read until these words are there, and return all that was new."""
        start, limit = len(self.seen), time.monotonic() + seconds
        while words not in self.seen[start:]:
            assert time.monotonic() < limit, self.seen[start:]
            if select.select([self._end], [], [], 0.2)[0]:
                self.seen += os.read(self._end, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
        return self.seen[start:]

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())

    def end(self, seconds: float = 30) -> int:
        """Wait for the end, and return the exit code."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            try:
                if select.select([self._end], [], [], 0.1)[0]:
                    self.seen += os.read(self._end, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:
                pass
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                os.close(self._end)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(self.seen)


def test_going_through_it(desk: Run, tmp_path: Path) -> None:
    """Each blank is asked for; what is refused is asked again; Enter leaves one; Ctrl-C keeps what was recorded."""
    run = Terminal(tmp_path, "todo", "ferry-late", "--do")
    while "published=DATE" not in run.until("? "):
        run.type("\n")
    run.type("soon\n")
    run.until("How do you know? ")
    run.type("It is on its page.\n")
    assert "soon" in run.until("On which day?")
    run.type("2031-05-04\n")
    run.until("How do you know? ")
    run.type("It is on its page.\n")
    run.until("Corrected ferry-late")
    run.until("? ")
    run.type("\x03")
    assert run.end() == 130
    assert "1 answer recorded." in run.seen
    (source,) = json.loads(desk("list", "sources", "--json").stdout)
    assert source["published"] == "2031-05-04"


def test_a_narrow_terminal(desk: Run, tmp_path: Path) -> None:
    """Where both do not fit, the command stands below what it does."""
    run = Terminal(tmp_path, "todo", columns=70)
    assert run.end() == 0
    lines = run.seen.splitlines()
    at = next(number for number, line in enumerate(lines) if "Date ferry-late" in line)
    assert lines[at + 1].strip().startswith("factledger correct ferry-late")
