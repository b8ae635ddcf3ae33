"""Story files as tests: what pytest makes of them, in a process of its own and with a checker of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import attrs
import pytest

pytestmark = pytest.mark.long

WATCH = """
import os
from ledger import Checker, hookimpl

class Watch(Checker):
    name = "watch"
    establishes = "that it was read"
    does_not_establish = "that it is so"

    def check(self, dossier, context):
        text = dossier.claim.text
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(dossier.claim.handle + "\\n")
        if "collapsed" in text:
            raise RuntimeError("the pen broke")
        if "certainly" in text:
            yield self.fails("Nothing is certain.", cites=dossier.evidence, details=["Twice."], fix="Leave it out.")
        if "probably" in text:
            yield self.warns("How probable?")
        if "somewhere" in text:
            yield self.abstains("Where?")
        if "today" in text:
            yield self.fails(f"It is {context.now:%Y-%m-%d %H:%M}; the house says {context.options.get('say')}.")
        yield self.passes("It was read.")

@hookimpl
def ledger_register_checkers(config):
    return [Watch()]
"""

BRIDGE = """\
factledger: story/1
story: bridge
title: The bridge
agents:
  - {id: ana-roa, name: Ana Roa}
sources:
  - {id: notice, title: Notice of the harbour council, published: 2031-03-03}
claims:
  - id: closed
    text: The bridge was closed.
    occurred: 2031-03-04/2031-03-06
    evidence:
      - {source: notice}
    reviews:
      - {reviewer: ana-roa, verdict: refuted, reasons: It was open on the 5th.}
  - id: opened
    text: The bridge
      was certainly opened again.
    evidence:
      - {source: notice}
  - id: painted
    text: The bridge was probably painted, somewhere.
"""

FERRY = """\
factledger: story/1
story: ferry
title: The ferry
claims:
  - {id: late, text: The ferry was late.}
  - {id: gone, text: The ferry is certainly gone.}
"""


@attrs.frozen
class Ran:
    """How pytest ended, what it printed, and of which claims the checker was asked."""

    returncode: int
    out: str
    asked: list[str]


@attrs.frozen
class Project:
    """A folder with story files, a checker that is installed, and a pytest that knows of both."""

    folder: Path

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def set(self, **settings: str) -> None:
        lines = ["[pytest]", "filterwarnings = error", *(f"{name} = {value}" for name, value in settings.items())]
        self.write("pytest.ini", "\n".join(lines))

    def pytest(self, *arguments: str, switched_on: bool = True, **environment: str) -> Ran:
        log = self.folder / "asked.log"
        log.write_text("")
        surroundings = {
            "PYTHONPATH": str(self.folder / "site"),
            "FACTLEDGER_LOAD_PLUGINS": "watch",
            "WATCH_LOG": str(log),
            "COLUMNS": "200",
        }
        # The tests that run these tests, and their plugins, stay outside.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        switch = ("-p", "ledger.testing.stories") if switched_on else ()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *switch, *arguments],
            cwd=self.folder,
            env=kept | surroundings | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert not done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, log.read_text().splitlines())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose policy requires no checker."""
    made = Project(tmp_path)
    info = tmp_path / "site" / "watch-1.0.dist-info"
    info.mkdir(parents=True)
    made.write("site/watch.py", WATCH)
    made.write("site/watch-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: watch\nVersion: 1.0\n")
    made.write("site/watch-1.0.dist-info/entry_points.txt", "[factledger]\nwatch = watch\n")
    made.write("house.toml", '[required]\ncheckers = []\n[checkers.watch]\nsay = "good day"\n')
    made.set(factledger_policy="house.toml")
    return made


def test_each_claim_is_a_test_that_fails_with_its_findings(project: Project) -> None:
    """A claim fails with what was found, why, what would settle it and where it stands, also in JUnit's form."""
    project.write("bridge.story.yaml", BRIDGE)
    ran = project.pytest("--junitxml=report.xml")
    assert ran.returncode == 1
    assert "1 failed, 3 passed" in ran.out
    shown = """\
bridge.story.yaml:16  The bridge was certainly opened again.
PROBLEM     watch: Nothing is certain.
            - Twice.
            To settle it: Leave it out.
            See: opened-by-notice (line 20)
"""
    assert shown in ran.out
    assert "FAILED bridge.story.yaml::opened - PROBLEM watch: Nothing is certain." in ran.out
    assert "Traceback" not in ran.out and "stories.py" not in ran.out
    assert sorted(ran.asked) == ["closed", "opened", "painted"]
    cases = {case.get("name"): case for case in ElementTree.parse(project.folder / "report.xml").iter("testcase")}
    failure = cases["opened"].find("failure")
    assert failure is not None
    assert failure.get("message") == "PROBLEM watch: Nothing is certain."
    assert "To settle it: Leave it out." in str(failure.text)
    noted = {(one.get("name"), one.get("value")) for one in cases["painted"].iter("property")}
    assert noted == {("factledger-warn", "watch: How probable?"), ("factledger-abstain", "watch: Where?")}


def test_findings_that_fail_no_test_are_counted(project: Project) -> None:
    """Under a green run a line says what else was found, and a verdict fails nothing."""
    project.write("bridge.story.yaml", BRIDGE)
    ran = project.pytest("-k", "closed or painted")
    assert ran.returncode == 0
    assert "2 passed, 2 deselected" in ran.out
    assert "failing no test by factledger_fail_on = fail: 1 to look at, 1 that cannot be told." in ran.out


@pytest.mark.parametrize(
    ("ini", "option", "failed"),
    [("warn", None, 2), ("never", "abstain", 2)],
)
def test_what_fails_a_test_is_a_setting(project: Project, ini: str, option: str | None, failed: int) -> None:
    """The ini file says what fails a claim, and the command line goes before it."""
    project.set(factledger_policy="house.toml", factledger_fail_on=ini)
    project.write("bridge.story.yaml", BRIDGE)
    ran = project.pytest(*(["--factledger-fail-on", option] if option else []))
    assert ran.out.count("FAILED bridge.story.yaml") == failed


def test_a_checker_that_breaks_fails_whatever_the_setting(project: Project) -> None:
    """What was not checked is not passed: an error fails the claim even under `never`."""
    project.write("ferry.story.yaml", FERRY.replace("was late", "collapsed"))
    ran = project.pytest("--factledger-fail-on", "never")
    assert "1 failed, 2 passed" in ran.out
    assert "DID NOT RUN watch: " in ran.out and "the pen broke" in ran.out
    assert "FAILED ferry.story.yaml::late - DID NOT RUN watch:" in ran.out


def test_a_plugin_that_cannot_be_loaded_fails_the_rest(project: Project) -> None:
    """What is wrong with no claim in particular has a test of its own, which no claim can be named like."""
    project.write("site/watch.py", "raise RuntimeError('no luck')")
    project.write("bridge.story.yaml", BRIDGE)
    ran = project.pytest()
    assert "FAILED bridge.story.yaml::ledger - DID NOT RUN watch:" in ran.out and "no luck" in ran.out
    assert "bridge.story.yaml:1  All that is no claim" in ran.out


def test_without_checkers_no_claim_passes(project: Project) -> None:
    """A claim that nobody looked at has not passed."""
    project.write("ferry.story.yaml", FERRY)
    ran = project.pytest(FACTLEDGER_LOAD_PLUGINS="")
    assert "2 failed, 1 passed" in ran.out
    assert ran.out.count("DID NOT RUN No checker looked at this claim. See: factledger plugins\n") >= 2


def test_a_story_that_cannot_be_read_is_one_line(project: Project) -> None:
    """Broken YAML, an unknown key, words that are not in the text: file, line, what to do, and no traceback."""
    project.write("tabs.story.yaml", "factledger: story/1\nclaims:\n\t- id: a\n")
    project.write("key.story.yaml", FERRY.replace("{id: late, text", "{id: late, txt"))
    project.write(
        "words.story.yaml",
        BRIDGE.replace("{source: notice}", "{source: notice, quote: open}", 1).replace(
            "published: 2031-03-03", "file: notice.txt"
        ),
    )
    project.write("notice.txt", "The bridge is closed.\n")
    project.write("when.story.yaml", FERRY.replace("title:", "recorded: yesterday\ntitle:"))
    ran = project.pytest()
    assert ran.returncode == 2
    assert "4 errors" in ran.out
    lines = ran.out.splitlines()
    for begin in (
        "tabs.story.yaml:3: A tab stands in the indentation. Indent with spaces.",
        "key.story.yaml:5: There is no key 'txt' here. Did you mean text?",
        "words.story.yaml:13 quote: ",
        "when.story.yaml:3 recorded: 'yesterday' is no instant.",
    ):
        where = [number for number, line in enumerate(lines) if line.startswith(begin)]
        assert len(where) == 1, (begin, ran.out)
        assert lines[where[0] - 1].startswith("_") and lines[where[0] + 1].startswith(("_", "="))
    assert not ran.asked


def test_collecting_checks_nothing(project: Project) -> None:
    """Tests are listed by the names of their claims in the order of the file; no checker is asked."""
    project.write("bridge.story.yaml", BRIDGE)
    ran = project.pytest("--collect-only", "-q")
    listed = [line for line in ran.out.splitlines() if "::" in line]
    assert listed == [f"bridge.story.yaml::{name}" for name in ("closed", "opened", "painted", "ledger")]
    assert not ran.asked


def test_one_test_can_be_named(project: Project) -> None:
    """A test runs by its node id, and its whole story is checked once for it."""
    project.write("bridge.story.yaml", BRIDGE)
    project.write("ferry.story.yaml", FERRY)
    ran = project.pytest("ferry.story.yaml::gone")
    assert "1 failed" in ran.out and "bridge" not in ran.out
    assert sorted(ran.asked) == ["gone", "late"]


def test_files_are_spread_over_processes(project: Project) -> None:
    """With pytest-xdist each file is checked once, and failures read as they do without."""
    project.write("bridge.story.yaml", BRIDGE)
    project.write("ferry.story.yaml", FERRY)
    ran = project.pytest("-n", "2", "--dist", "loadfile")
    assert "2 failed, 5 passed" in ran.out
    assert "ferry.story.yaml:6  The ferry is certainly gone.\nPROBLEM     watch: Nothing is certain." in ran.out
    assert "FAILED ferry.story.yaml::gone - PROBLEM watch: Nothing is certain." in ran.out
    assert "1 to look at, 1 that cannot be told" in ran.out
    assert sorted(ran.asked) == ["closed", "gone", "late", "opened", "painted"]


def test_the_clock_stands_still(project: Project) -> None:
    """A story is checked as of when it was recorded, or of the day after the last it tells of: the same tomorrow."""
    project.write("old.story.yaml", BRIDGE.replace("was closed", "is closed today"))
    project.write(
        "new.story.yaml",
        FERRY.replace("title:", "recorded: 2031-05-01T09:30:00+02:00\ntitle:").replace("was late", "is late today"),
    )
    ran = project.pytest()
    assert "PROBLEM     watch: It is 2031-03-07 00:00; the house says good day." in ran.out
    assert "PROBLEM     watch: It is 2031-05-01 07:30; the house says good day." in ran.out


def test_a_project_gives_the_time(project: Project) -> None:
    """An instant in the settings holds for every story, whenever it was recorded."""
    project.set(factledger_policy="house.toml", factledger_now="2032-01-02")
    project.write(
        "ferry.story.yaml",
        FERRY.replace("title:", "recorded: 2031-05-01T09:30:00+02:00\ntitle:").replace("was late", "is late today"),
    )
    assert "It is 2032-01-02 00:00;" in project.pytest("-k", "late").out


def test_the_clock_runs_when_told(project: Project) -> None:
    """`today` checks as of now, for the nightly run that is to find what time has changed."""
    project.write("ferry.story.yaml", FERRY.replace("was late", "is late today"))
    ran = project.pytest("-o", "factledger_now=today")
    found = re.search(r"It is (\d{4})-", ran.out)
    assert found is not None and int(found[1]) > 2000


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"factledger_fail_on": "sometimes"}, "factledger_fail_on is one of: fail, warn, abstain, never."),
        ({"factledger_now": "soon"}, "factledger_now is an instant such as"),
        ({"factledger_policy": "none.toml"}, "factledger_policy: there is no file none.toml."),
    ],
    ids=["fail_on", "now", "policy"],
)
def test_a_setting_that_cannot_be_is_refused(project: Project, settings: dict[str, str], said: str) -> None:
    """A wrong setting ends the run with one line, before anything is collected."""
    project.set(**settings)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "ledger.testing.stories"],
        cwd=project.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (line,) = done.stderr.strip().splitlines()
    assert said in line


def test_a_policy_that_cannot_be_read_is_said_of_each_story(project: Project) -> None:
    """A policy with a setting that there is not is one line that names the policy."""
    project.write("house.toml", "[requird]\n")
    project.write("ferry.story.yaml", FERRY)
    ran = project.pytest()
    assert ran.returncode == 2
    assert "house.toml: There is no setting `requird`. Did you mean required?" in ran.out


def test_a_project_switches_it_on_in_its_conftest(project: Project) -> None:
    """One line in conftest.py is enough, and the user's keys are neither read nor written."""
    project.write("conftest.py", 'pytest_plugins = ["ledger.testing.stories"]\n')
    project.write("ferry.story.yaml", FERRY)
    ran = project.pytest(switched_on=False, FACTLEDGER_KEYS=str(project.folder / "keys"))
    assert "1 failed, 2 passed" in ran.out
    assert not (project.folder / "keys").exists()


def test_without_a_story_nothing_heavy_is_loaded(project: Project) -> None:
    """The plugin opens no database and loads no Datasette before it meets a story file."""
    project.write(
        "test_light.py",
        """
import sys

def test_light():
    loaded = set(sys.modules)
    assert "ledger.testing.stories" in loaded
    assert not loaded & {"sqlite3", "pysqlite3", "sqlite_utils", "datasette", "yaml"}
    assert not loaded & {"ledger.store", "ledger.book", "ledger.checks", "ledger.exchange"}
""",
    )
    ran = project.pytest()
    assert ran.returncode == 0, ran.out
