"""Strangers' readers and checkers in one worker: what one of them breaks is a line, and the others stand."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.model import Outcome
from ledger.reader import Article
from ledger.reading.annotate import Annotations, annotate
from ledger.reading.ask import ReadingWorker
from ledger.reading.start import started

Install = Callable[..., None]

PLUGIN = '''
import os, time
from ledger import Checker, hookimpl
from ledger.reader import LeftOut, Nature, Reader, SuggestedClaim
from ledger.text import Span


class Words(Reader):
    """Suggests a claim, and does what its code says."""

    establishes = "nothing"
    does_not_establish = "anything"

    def __init__(self, name, does):
        self.name, self.does = name, does

    def read(self, article, options):
        span = Span(0, 15)
        yield SuggestedClaim(span=span, reason="So it reads.", nature=Nature.FACTUAL, content=span)
        exec(self.does)


class Seen(Checker):
    """Checks: nothing.
    Why it matters: it is called.
    Fails on: everything.
    Passes on: nothing.
    """

    establishes = "nothing"
    does_not_establish = "anything"
    reads_text = True

    def __init__(self, name, does):
        self.name, self.does = name, does

    def check(self, dossier, context):
        yield self.warns(f"{self.name} saw {dossier.claim.text}", cites=[dossier.claim])
        exec(self.does)


@hookimpl
def ledger_register_readers():
    return [Words(*one) for one in READERS.items()]


@hookimpl
def ledger_register_checkers(config):
    return [Seen(*one) for one in CHECKERS.items()]
'''


def plugin(install: Install, name: str, readers: dict[str, str], checkers: dict[str, str]) -> None:
    install(name, PLUGIN.replace("READERS", repr(readers)).replace("CHECKERS", repr(checkers)))


def read() -> Annotations:
    with started() as process:
        return annotate(Article(text="The pier moved. It was rotten."), process)


def said(found: Annotations) -> set[tuple[str, Outcome]]:
    return {(one.checker, one.finding.outcome) for one in found.findings}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test installs is loaded."""
    monkeypatch.setenv("FACTLEDGER_LOAD_PLUGINS", "no:factledger-checkers,no:factledger-reader")


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        ("os.kill(os.getpid(), 11)", "signal 11"),
        ("os._exit(3)", "exit 3"),
        ("os.closerange(0, 256)", "ended its process"),
        ("raise SystemExit(1)", "SystemExit"),
    ],
)
def test_what_ends_a_call_ends_no_other_of_its_plugin(install: Install, breaks: str, reason: str) -> None:
    """A reader that ends the process of its plugin leaves the readers and checkers after it; a checker does as well."""
    plugin(install, "good", {"broken": breaks, "calm": "pass"}, {"broken-too": breaks, "calm-too": "pass"})
    found = read()
    assert {one.reader for one in found.suggested} >= {"calm"}
    assert [fault.plugin for fault in found.faults] == ["good"]
    assert "Its reader broken broke off" in found.faults[0].reason and reason in found.faults[0].reason
    assert said(found) >= {("broken-too", Outcome.ERROR), ("calm-too", Outcome.WARN)}


def test_a_checker_that_hangs_is_stopped_and_the_next_is_called(install: Install) -> None:
    """It has its seconds, and no more."""
    plugin(install, "good", {}, {"hangs": "time.sleep(600)", "next": "pass"})
    with started() as process:
        article, began = Article(text="The pier moved."), time.monotonic()
        found = ReadingWorker(process).check(article, limit=0.5).found
    assert time.monotonic() - began < 60
    assert {(one.checker, one.finding.outcome) for one in found} == {
        ("hangs", Outcome.WARN), ("hangs", Outcome.ERROR), ("next", Outcome.WARN),
    }  # fmt: skip
    assert "longer than 0.5 seconds" in " ".join(one.finding.reason for one in found)


def test_a_plugin_that_breaks_off_again_and_again_is_called_no_more(install: Install) -> None:
    """That is said in one line, and other plugins stand."""
    plugin(install, "bad", {f"broken-{n}": "os._exit(3)" for n in range(9)}, {"never": "pass"})
    plugin(install, "good", {"calm": "pass"}, {"calm-too": "pass"})
    found = read()
    reasons = [fault.reason for fault in found.faults]
    assert sum("exit 3" in reason for reason in reasons) == 3
    assert sum("called no more" in reason for reason in reasons) == 1
    assert said(found) == {("calm-too", Outcome.WARN)}


def test_two_checkers_of_a_name_are_said_and_not_heard(install: Install) -> None:
    """Of two plugins that claim one name neither has it, and both are told."""
    plugin(install, "bad", {}, {"same": "pass"})
    plugin(install, "good", {}, {"same": "yield self.fails('Another.')"})
    found = read()
    assert [(fault.plugin, fault.reason) for fault in found.faults] == [
        ("bad", "Its checker same has the name of one from good; neither runs."),
        ("good", "Its checker same has the name of one from bad; neither runs."),
    ]
    assert said(found) == set()


def test_what_a_plugin_started_ends_with_the_worker(install: Install, tmp_path: Path) -> None:
    """A process that a stranger leaves behind is gone with the reading."""
    kept = tmp_path / "pid"
    leaves = f"import subprocess; open({str(kept)!r}, 'w').write(str(subprocess.Popen(['sleep', '600']).pid))"
    plugin(install, "good", {}, {"leaves": leaves})
    assert said(read()) == {("leaves", Outcome.WARN)}
    status = Path(f"/proc/{kept.read_text()}/stat")
    deadline = time.monotonic() + 10
    while status.exists() and status.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not status.exists() or status.read_text().split()[2] == "Z"
