"""`factledger plugin lint` and `plugin test`: what an author runs, without anything else installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import Outcome
from ledger.cli.scaffold import new_plugin
from ledger.testing import ordinary, temporary_ledger

MODULE, CASES = "undated/factledger_undated/__init__.py", "undated/factledger_undated/cases.toml"


def changed(file: Path, before: str, after: str) -> None:
    """Replace words in a file, where they stand."""
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_lint_prints_file_line_and_what_to_do(factledger: Any, tmp_path: Path) -> None:
    """A forgotten marker is one line, and exit code 1; a folder without a plugin is refused."""
    new_plugin("undated", into=tmp_path)
    changed(tmp_path / MODULE, "@hookimpl\n", "")
    done = factledger("plugin", "lint", "undated")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith(f"{MODULE}:37: ledger_register_checkers is not marked")
    done = factledger("plugin", "lint", "none")
    assert done.returncode == 2 and done.stderr.startswith("Error: none: There is no such plugin.")


@pytest.mark.long
def test_the_cases_are_asked_without_pytest(factledger: Any, tmp_path: Path) -> None:
    """All as expected; what no case shows; what is found in dossiers in which all is in order."""
    new_plugin("undated", into=tmp_path)
    done = factledger("plugin", "test", "undated")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "undated: 2 cases in cases.toml",
            "  No case shows: abstain",
            "  200 ordinary dossiers: 0 problems, 0 to look at",
        ],
    )
    changed(tmp_path / CASES, 'outcome = "pass"', 'outcome = "warn"')
    done = factledger("plugin", "test", "undated")
    assert done.returncode == 1 and "does not say what the case “a report of 3 May” expects" in done.stdout


@pytest.mark.long
def test_what_was_written_down_is_compared(factledger: Any, tmp_path: Path) -> None:
    """After --update a reworded reason is shown beside the old one, until it is written down anew."""
    new_plugin("undated", into=tmp_path)
    assert factledger("plugin", "test", "undated", "--update").returncode == 0
    assert (tmp_path / "undated/factledger_undated/cases.found.json").is_file()
    assert factledger("plugin", "test", "undated").returncode == 0
    changed(tmp_path / MODULE, "Every source that needs a date has one.", "All have one.")
    done = factledger("plugin", "test", "undated")
    assert done.returncode == 1
    assert "- pass, cites post: “Every source that needs a date has one.”" in done.stdout
    assert "+ pass, cites post: “All have one.”" in done.stdout
    assert factledger("plugin", "test", "undated", "--update").returncode == 0
    assert factledger("plugin", "test", "undated").returncode == 0


@pytest.mark.long
def test_a_checker_without_cases_and_one_that_breaks_are_told(factledger: Any, tmp_path: Path) -> None:
    """The file that is missing is named; code that raises ends in exit code 4."""
    new_plugin("undated", into=tmp_path)
    changed(tmp_path / MODULE, "        without = ", "        1 / 0\n        without = ")
    done = factledger("plugin", "test", "undated")
    assert done.returncode == 4
    assert done.stderr == (
        f"Error: {MODULE}:25: it raises (ZeroDivisionError: division by zero); answer to what the case holds.\n"
    )
    (tmp_path / CASES).unlink()
    done = factledger("plugin", "test", "undated")
    assert done.returncode == 2 and "The checker undated has no cases. Write this file." in done.stderr
    changed(tmp_path / MODULE, "[Undated()]", "[]")
    done = factledger("plugin", "test", "undated")
    assert done.returncode == 2 and "It registers no checker: nothing was asked." in done.stderr


def test_ordinary_dossiers_are_the_same_each_time_and_differ() -> None:
    """Two hundred cases of names and words of their own, whose claims stand in the archived texts."""
    cases = list(ordinary())
    assert len(cases) == len({case.name for case in cases}) == 200
    assert [case.claim for case in cases] == [case.claim for case in ordinary()]
    assert len({case.claim.text for case in cases}) > 190
    for case in cases:
        dossier = case.dossier()
        assert dossier.supporting and not dossier.contradicting
        assert all(dossier.claim.text in text for text in dossier.texts.values())


@pytest.mark.long
def test_a_real_run_finds_with_what_is_installed() -> None:
    """Entered, checked and read again: the checkers that come with factledger say something of the claim."""
    with temporary_ledger() as desk:
        claim = desk.claim("The bridge was closed.", id="bridge")
        desk.evidence(claim, desk.source("Bridge shut"))
        found = desk.check()
        said = {one.checker: one.finding.outcome for one in found if one.subject == "bridge"}
        assert said["no-capture"] is not Outcome.PASS
        assert said == {one.checker: one.finding.outcome for one in desk.check() if one.subject == "bridge"}
