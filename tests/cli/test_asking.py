"""`add` by questions, as a person meets it: in a real terminal, with slips, pastes, Tab and Ctrl-C."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARTICLE = """Night ferry planned

The port council met on Monday. "The ferry will run at night from June," Marta Quell told the council.
The ferry will run at night from June, the council repeated.
"""
PATIENCE = 30.0
CTRL_C, CTRL_U, TAB = "\x03", "\x15", "\t"


class Terminal:
    """factledger in a pseudo-terminal: `shown` is all that it wrote so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.shown = ""
        self._seen = 0
        search = os.pathsep.join(sys.path)
        self._pid, self._fd = pty.fork()
        if not self._pid:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored in what a shell started in the background
            os.chdir(folder)
            line = [sys.executable, "-c", "from ledger.cli import main; main()", *arguments]
            os.execve(line[0], line, {**os.environ, "PYTHONPATH": search, "TERM": "xterm"})
        self.resize(80)

    def resize(self, columns: int) -> None:
        """Give the terminal another width, as when a window is drawn."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.kill(self._pid, signal.SIGWINCH)

    def until(self, words: str) -> None:
        """Wait until it says so, after what was waited for before."""
        ends = time.monotonic() + PATIENCE
        while words not in _plain(self.shown[self._seen :]):
            assert time.monotonic() < ends and self._read(), f"never said {words!r}:\n{self.shown}"
        self._seen = len(self.shown)

    def answer(self, question: str, keys: str, *, enter: bool = True) -> None:
        """Wait for a question, and for what stands before the answer; type it."""
        self.until(question)
        while not re.search(r"(^> [^\n]*|\]: )\Z", self.shown, re.M):
            assert self._read(), self.shown
        os.write(self._fd, (keys + ("\r" if enter else "")).encode())

    def interrupt(self, typed: str) -> None:
        """Press Ctrl-C once what was typed is on the screen; again, as people do, if nothing happens for a second."""
        self.until(typed)
        os.write(self._fd, CTRL_C.encode())
        ends = time.monotonic() + PATIENCE
        while "Stopped" not in self.shown:
            assert time.monotonic() < ends, self.shown
            if select.select([self._fd], [], [], 1.0)[0]:
                assert self._read(), self.shown
            else:
                os.write(self._fd, CTRL_C.encode())  # readline misses one that comes while it draws

    def end(self) -> int:
        """Wait for its end and return the exit code."""
        while self._read():
            pass
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self) -> bool:
        ready, _, _ = select.select([self._fd], [], [], PATIENCE)
        try:
            data = os.read(self._fd, 1 << 16) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self.shown += data.decode(errors="replace")
        return bool(data)


def _plain(shown: str) -> str:
    return " ".join(re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", shown).split())


@pytest.fixture
def folder(factledger: Any, tmp_path: Path) -> Iterator[Path]:
    """A ledger with one person and an article beside it."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("agent", "Marta Quell")
    yield tmp_path


def rows(factledger: Any, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(factledger("list", what).stdout)
    return found


def size(factledger: Any) -> int:
    return int(json.loads(factledger("verify", "--json").stdout)["size"])


def test_slips_are_asked_again_and_what_was_typed_is_there_to_be_mended(factledger: Any, folder: Path) -> None:
    """A file that is not there, words that stand twice, a day that never was: each is mended in its place."""
    terminal = Terminal(folder, "add")
    terminal.answer("What is claimed", "The ferry will run at night.")
    terminal.answer("Where did you see it", "articel.txt")
    terminal.answer("no such file", CTRL_U + "art" + TAB)
    terminal.answer("In which words", "ferry will run at night")
    terminal.answer("2 times", ' from June," Marta')  # goes on where the answer stands
    terminal.answer("Who says so", "Marta Quel")
    terminal.answer("Do you mean Marta Quell", "y")
    terminal.answer("kept out", "n")
    terminal.answer("Whose words", "")
    terminal.answer("Where did they say it", "speech to the council")
    terminal.answer("How do they know", "7")
    terminal.answer("a number from 1", "1")
    terminal.answer("stand to gain", "")
    terminal.answer("When did it happen", "30 February 2025")
    terminal.answer("no day 30", CTRL_U + "2 May 2025")
    terminal.answer("That is 2 May 2025. Record it", "y")
    assert terminal.end() == 0, terminal.shown
    (claim,) = [row for row in rows(factledger, "claims") if not row["id"].endswith("-said")]
    assert (claim["occurred"], claim["claimant"]) == ("2025-05-02", "marta-quell")
    (item,) = [row for row in rows(factledger, "evidence") if row["claim"] == claim["id"]]
    assert item["basis"] == "witness" and "from June" in item["quote"]
    assert [row["name"] for row in rows(factledger, "agents")] == ["Ana Roa", "Marta Quell"]


@pytest.mark.parametrize("answered", [0, *(pytest.param(n, marks=pytest.mark.long) for n in (2, 4)), 9])
def test_ctrl_c_ends_with_130_and_writes_nothing(factledger: Any, folder: Path, answered: int) -> None:
    """Wherever it is pressed: at the first question, in the middle of an answer, at the last."""
    before, answers = size(factledger), [
        ("What is claimed", "The ferry will run at night."), ("Where did you see it", "article.txt"),
        ("In which words", "told the council"), ("Who says so", "Marta Quell"), ("kept out", "n"),
        ("Whose words", ""), ("Where did they say it", ""), ("How do they know", ""), ("stand to gain", ""),
        ("When did it happen", ""), ("Record it", ""),
    ]  # fmt: skip
    terminal = Terminal(folder, "add")
    for question, answer in answers[:answered]:
        terminal.answer(question, answer)
    terminal.answer(answers[answered][0], "half an ans", enter=False)
    terminal.interrupt("half an ans")
    assert terminal.end() == 130, terminal.shown
    assert "Nothing was recorded" in terminal.shown
    assert size(factledger) == before
    assert not (folder / "ledger.archive").exists() or not list((folder / "ledger.archive").rglob("*.gz"))


def test_a_pasted_answer_of_several_lines_is_one_answer(factledger: Any, folder: Path) -> None:
    """Line breaks in what is pasted do not answer the questions that follow; a resized window does no harm."""
    terminal = Terminal(folder, "add")
    terminal.answer("What is claimed", "\x1b[200~The ferry will run\nat night.\n\x1b[201~")
    terminal.resize(40)
    terminal.answer("Where did you see it", "")
    terminal.answer("Who says so", "Ma", enter=False)
    terminal.interrupt("Ma")
    assert terminal.end() == 130
    terminal = Terminal(folder, "add")
    terminal.answer("What is claimed", "\x1b[200~The ferry will run\nat night.\x1b[201~")
    for question in (
        "Where did you see it",
        "Who says so",
        "How do they know",
        "stand to gain",
        "When did it",
        "Record",
    ):
        terminal.answer(question, "")
    assert terminal.end() == 0, terminal.shown
    assert [row["text"] for row in rows(factledger, "claims")] == ["The ferry will run at night."]


def test_people_whom_nobody_names_are_no_persons(factledger: Any, folder: Path) -> None:
    """They are described, the claim that they said it stands, and nobody is added to the people."""
    answers = [
        "The ferry will run at night.", "article.txt", "Marta Quell told the council",
        "two people with knowledge of the plan", "y", "they may not speak of it", "", "3", "", "", "y",
    ]  # fmt: skip
    done = factledger("add", stdin="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    assert "that two people with knowledge of the plan said it" in done.stderr
    assert [row["name"] for row in rows(factledger, "agents")] == ["Ana Roa", "Marta Quell"]
    assert {row["named"] for row in rows(factledger, "evidence") if not row["claim"].endswith("-said")} == {0}
    (said,) = [row for row in rows(factledger, "claims") if row["id"].endswith("-said")]
    assert said["text"] == "Two people with knowledge of the plan said: The ferry will run at night."


@pytest.mark.parametrize(
    ("who", "chosen", "kind"),
    [("the port council", "", "organisation"), ("Dina Vask", "", "person"), ("Harbour Watch", "2", "organisation")],
)
def test_what_a_new_name_is_is_asked(factledger: Any, folder: Path, who: str, chosen: str, kind: str) -> None:
    """Enter takes what the name looks like; an organisation is made no person."""
    answers = ["The ferry leaks.", "article.txt", "", who, chosen, "n", "", "", "", "", "", "y"]
    done = factledger("add", stdin="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    assert [row["kind"] for row in rows(factledger, "agents") if row["name"] == who] == [kind]


def test_nothing_technical_is_asked(factledger: Any, folder: Path) -> None:
    """Questions are in plain words, each with an example or its choices, or can be answered by yes or no."""
    answers = ["The ferry leaks.", "article.txt", "", "Marta Quell", "n", "", "", "", "", "", "n"]
    asked = factledger("add", stdin="\n".join(answers) + "\n").stderr
    assert not re.search(r"EDTF|basis|stance|XXXX|anchor|None", asked)
    questions = [" ".join(one.split()) for one in re.split(r"> |\]: ", asked.partition("Ctrl-C stops.")[2])[:-1]]
    assert len(questions) == len(answers)
    assert all(re.search(r"\(such as: .+\)$|\(1 .+\)$|\[[yY]/[nN]$", one) for one in questions), questions


def test_what_was_told_is_not_lost_if_recording_fails(folder: Path) -> None:
    """A fault at the end says the same claim as one command, ready to be tried again."""
    terminal = Terminal(folder, "add")
    for question, answer in (
        ("What is claimed", "The ferry leaks."), ("Where did you see it", "article.txt"), ("In which words", ""),
        ("Who says so", "Marta Quell"), ("kept out", ""), ("Whose words", ""), ("Where did they say it", ""),
        ("How do they know", "1"), ("stand to gain", ""), ("When did it happen", "May 2025"),
    ):  # fmt: skip
        terminal.answer(question, answer)
    (folder / "article.txt").unlink()
    terminal.answer("Record it", "y")
    assert terminal.end() == 2
    command = "factledger add 'The ferry leaks.' --seen-in article.txt --said-by marta-quell --basis witness"
    assert f"{command} --occurred 2025-05" in _plain(terminal.shown)
