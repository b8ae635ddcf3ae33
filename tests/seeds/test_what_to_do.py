"""What `todo` says of the example: little to read, and doing what it says settles what it says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger import checks, store, views
from ledger.book import Book
from ledger.model import Outcome
from ledger.views import Task, TaskStep
from ledger.views.todo import Lacking

ROOT = Path(__file__).parents[2]
STORY = ROOT / "seeds" / "troop-offer.story.yaml"

Run = Callable[..., Any]

WHOLE = "Trump has said in public before that the United States might act alone if Mexico did not break up the cartels."

ANSWERS = {
    "DATE": "2025-04-01",
    "WHY": "It is on its page.",
    "FILE": "kept.txt",
    "AGENT": "yearbook-office",
    "QUESTION": "Is it so?",
    "SOURCE": "yearbook",
    "CLAIM": "troop-offer",
    "WORDS": "Yo le propuse",
    "BASIS": "document",
    "VERDICT": "not_enough_evidence",
    "RELATION": "independent_of",
}
"""What a person would fill in."""

EACH = 5

INSTEAD = {
    "factledger policy": {"FILE": "listed.csv"},
    "factledger correct article ": {"DATE": "2025-05-05"},
    "factledger correct speech ": {"DATE": "2025-05-03"},
    "factledger correct wsj-report ": {"DATE": "2025-05-02"},
    "factledger correct nsc-statement ": {"DATE": "2025-05-03"},
    "factledger correct reuters-report ": {"DATE": "2025-05-03"},
    "factledger link wsj-report ": {"SOURCE": "speech"},
    "factledger correct acting-alone-said-by-article quote": {"WORDS": WHOLE},
}
"""How a command begins, and what is filled in there instead."""


@pytest.fixture
def desk(factledger: Run, tmp_path: Path) -> Run:
    """The example's story in a ledger of somebody's own, checked, with a yearbook to turn to."""
    (tmp_path / "kept.txt").write_text("A text that was kept.\n", encoding="utf-8")
    (tmp_path / "listed.csv").write_text("title,why\nThe Daily Fool,satire\n", encoding="utf-8")
    for command in (
        ["init", "--origin", "desk.example", "--person", "Ana Roa"],
        ["import", str(STORY)],
        ["agent", "Office of the yearbook", "--id", "yearbook-office", "--kind", "organisation"],
        ["source", "Yearbook", "--id", "yearbook", "--kind", "dataset", "--author", "yearbook-office",
         "--published", "2025-05-10"],
    ):  # fmt: skip
        assert factledger(*command).returncode == 0, command
    assert factledger("check", "--fail-on", "never").returncode == 0
    return factledger


def still(path: Path) -> list[tuple[Task, list[tuple[str, str, str]]]]:
    """What is to be done, and what each task settles: claim, checker, reason."""
    with store.open_ledger(path) as ledger, closing(Lacking(ledger.db)) as lacking:
        return [(task, list(lacking.settled(task))) for task in lacking.tasks()]


def filled(step: TaskStep) -> tuple[str, ...]:
    answers = dict(ANSWERS)
    for begin, instead in INSTEAD.items():
        if str(step).startswith(begin):
            answers |= instead
    return step.filled(answers)


def test_it_is_short_and_its_first_lines_settle_most(desk: Run, ledger_path: Path) -> None:
    """Twelve lines at most; the first three things settle two fifths of all that is open."""
    shown = desk("todo").stdout.splitlines()
    assert len(shown) <= 12
    with store.open_ledger(ledger_path) as ledger:
        found = views.todo(ledger.db, most=None)
    first, all_of_them = sum(task.settles for task in found.tasks[:3]), sum(found.open.values())
    assert first >= 0.4 * all_of_them, (first, all_of_them)
    assert sum(task.settles for task in found.tasks) == all_of_them


@pytest.mark.long
def test_doing_what_a_line_says_settles_what_it_said(desk: Run, ledger_path: Path, tmp_path: Path) -> None:
    """Line by line, in their order: none of the findings that a line is said to settle is there after it.

    It is checked after each of those that settle most, then after all the others.
    """
    found = still(ledger_path)
    for tasks in (*([one] for one in found[:EACH]), found[EACH:]):
        for step in (step for task, _ in tasks for step in task.steps):
            done = desk(*filled(step))
            assert done.returncode == 0, (str(step), done.stderr)
        with store.open_ledger(ledger_path, write=True) as ledger:
            beside = tmp_path / "ledger.policy.toml"
            checks.check(Book(ledger), policy=beside if beside.exists() else None)
        open_ = {one for _, settled in still(ledger_path) for one in settled}
        for task, settled in tasks:
            assert open_.isdisjoint(settled), task.what


def test_a_check_says_the_worst_first_and_what_to_do_next(desk: Run) -> None:
    """Problems, then what to do, in a dozen lines; the second run says what is still open."""
    for arguments in (["check", "--all"], ["check"]):
        said = desk(*arguments, "--fail-on", "never")
        lines = said.stdout.splitlines()
        assert len(lines) <= 12
        assert lines[0].startswith("PROBLEM")
        problems = [line.startswith("PROBLEM") for line in lines]
        assert problems == sorted(problems, reverse=True)
        assert "nothing of this kind" not in said.stdout.lower()
        assert "Open      " in said.stderr


def test_what_a_person_decided_is_not_open(desk: Run, ledger_path: Path) -> None:
    """A contradiction that somebody weighed and decided is a problem no more."""
    with store.open_ledger(ledger_path) as ledger:
        weighed = [one for one in store.queries.open_findings(ledger.db) if one.decided and one.outcome is Outcome.FAIL]
    assert [(one.claim, one.checker) for one in weighed] == [("former-president", "corroboration")]
    assert "former-president" not in desk("check", "--fail-on", "never").stdout
