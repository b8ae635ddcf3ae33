"""Story files as tests: pytest collects `*.story.yaml`, and each claim in one is a test. See docs/story-tests.md.

    pytest_plugins = ["ledger.testing.stories"]      in a project's conftest.py, or
    pytest -p ledger.testing.stories

Nothing that opens a ledger is loaded before a story file is met.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .trial import Trial

SUFFIX = ".story.yaml"

FAIL_ON = {"fail": {"fail"}, "warn": {"fail", "warn"}, "abstain": {"fail", "warn", "abstain"}, "never": set[str]()}
"""What fails a test. An error always does: what was not checked is not passed."""

TODAY = "today"

REST = "ledger"
"""The test of all that is no claim: checkers that could not be loaded, sources, the story as a whole."""

NOTED = "factledger-"
"""Begins the name of each property with which a report notes a finding that failed no test."""

TRIALS = pytest.StashKey["list[Trial]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings."""
    group = parser.getgroup("factledger", "story files")
    group.addoption("--factledger-fail-on", choices=list(FAIL_ON), help="what fails a claim; goes before the ini file")
    parser.addini("factledger_fail_on", f"what fails a claim: {', '.join(FAIL_ON)}", default="fail")
    parser.addini("factledger_now", "when stories are checked: an instant, or today; else when each was written")
    parser.addini("factledger_policy", "the house's policy, a file named from the root folder")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that cannot be, before anything runs."""
    if _fail_on(config) not in FAIL_ON:
        raise pytest.UsageError(f"factledger_fail_on is one of: {', '.join(FAIL_ON)}.")
    try:
        _now(config)
    except (ValueError, OverflowError):
        raise pytest.UsageError("factledger_now is an instant such as 2031-07-01T12:00Z, or: today") from None
    policy = _policy(config)
    if policy is not None and not policy.is_file():
        raise pytest.UsageError(f"factledger_policy: there is no file {_near(policy)}.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> StoryFile | None:
    """Take story files, and nothing else."""
    return StoryFile.from_parent(parent, path=file_path) if file_path.name.endswith(SUFFIX) else None


class StoryFile(pytest.File):
    """A story file: entered when it is collected, checked when the first of its tests runs."""

    trial: Trial

    def collect(self) -> Iterator[StoryTest]:
        """Yield a test for each claim, and one for the rest."""
        from ..errors import LedgerError
        from .trial import Trial

        try:
            self.trial = Trial(_near(self.path), now=_now(self.config), policy=_policy(self.config))
        except LedgerError as error:
            raise self.CollectError(str(error)) from None
        self.config.stash.setdefault(TRIALS, []).append(self.trial)
        for handle in (*self.trial.claims, REST):
            yield StoryTest.from_parent(self, name=handle)


class StoryTest(pytest.Item):
    """The test of one claim, or of the rest: it fails with what was found."""

    parent: StoryFile

    def runtest(self) -> None:
        """Fail with what is grave enough; note the other findings, problems or not."""
        from ..errors import LedgerError

        trial = self.parent.trial
        try:
            found = trial.findings(self.name)
        except LedgerError as error:
            pytest.fail(f"DID NOT RUN {error}", pytrace=False)
        grave = FAIL_ON[_fail_on(self.config)] | {"error"}
        failing = [one for one in found if one.finding.outcome in grave]
        for one in found:
            if one.finding.outcome not in grave | {"pass"}:
                self.user_properties.append((NOTED + one.finding.outcome, f"{one.checker}: {one.finding.reason}"))
        if failing or (not found and self.name != REST):
            pytest.fail(trial.told(self.name, failing), pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what is shown of a failure. It stands in the story file, and not in this module."""
        shown = super().repr_failure(excinfo, style)
        crash = getattr(shown, "reprcrash", None)
        if crash is not None and isinstance(excinfo.value, pytest.fail.Exception):
            crash.path, crash.lineno = str(_near(self.path)), self._line
            crash.message = " ".join(str(excinfo.value).splitlines()[:2][-1].split())  # the gravest finding
        return shown

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the claim stands: file, line counted from 0, and its name."""
        return self.path, self._line - 1, self.name

    @property
    def _line(self) -> int:
        place = self.parent.trial.places.get(self.name)
        return place.line if place else 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Throw away the ledgers of stories of which no test ran."""
    for trial in session.config.stash.get(TRIALS, []):
        trial.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how much was found that failed no test, so that a green run does not pass for a clean one."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    noted = Counter(name for report in reports for name, _ in getattr(report, "user_properties", ()))
    parts = [
        f"{noted[NOTED + outcome]} {said}"
        for outcome, said in (("fail", "problems"), ("warn", "to look at"), ("abstain", "that cannot be told"))
        if noted[NOTED + outcome]
    ]
    if parts:
        terminalreporter.write_line(
            f"Stories: also found, and failing no test by factledger_fail_on = {_fail_on(config)}: {', '.join(parts)}."
        )


# -- settings -------------------------------------------------------------


def _fail_on(config: pytest.Config) -> str:
    return str(config.getoption("--factledger-fail-on") or config.getini("factledger_fail_on"))


def _now(config: pytest.Config) -> datetime | None:
    """Return the moment at which every story is checked; None if each is as of its own."""
    said = str(config.getini("factledger_now")).strip()
    if said == TODAY:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(said) if said else None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def _policy(config: pytest.Config) -> Path | None:
    said = str(config.getini("factledger_policy")).strip()
    return config.rootpath / said if said else None


def _near(path: Path) -> Path:
    """Return a path as seen from here, which is how errors name it."""
    return Path(os.path.relpath(path))
