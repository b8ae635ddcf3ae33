"""Strangers' plugins that misbehave: the run goes on, says so, and loses nobody else's findings."""

from __future__ import annotations

import json
import time
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import factledger_checkers
import pytest

from ledger.book import Book

from .conftest import write_plugin

pytestmark = pytest.mark.long

GOOD = """
from ledger import Checker, hookimpl

class Polite(Checker):
    name = "polite"
    establishes = "that it was asked"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        yield self.passes("All is well.", cites=[dossier.claim])
"""

REGISTER = """
@hookimpl
def ledger_register_checkers(config):
    return [{checkers}]
"""


def checker(body: str, name: str = "rude") -> str:
    """Return a plugin whose one checker has this body."""
    return (
        GOOD.replace("Polite", "Rude").replace('"polite"', f'"{name}"').split("    def check")[0]
        + "    def check(self, dossier, context):\n"
        + indent(dedent(body), "        ")
        + REGISTER.format(checkers="Rude()")
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed distributions, with one well-behaved plugin in it."""
    folder = tmp_path / "site"
    folder.mkdir()
    write_plugin(folder, "polite_plugin", GOOD + REGISTER.format(checkers="Polite()"))
    return folder


@pytest.fixture
def claims(book: Book) -> tuple[str, ...]:
    """Two claims to look at."""
    with book.together():
        ana = book.agent("Marta Quell")
        speech = book.source("Speech at the harbour", author=ana)
        ferry = book.claim("The ferry will run at night.", id="ferry")
        book.evidence(ferry, speech)
        bridge = book.claim("The bridge was closed in May.", id="bridge")
    return ferry.handle, bridge.handle


def found(installed: Any, site: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Check everything with the plugins of a site; return (exit code, findings, stderr)."""
    done = installed("check", "--all", "--json", "--fail-on", "never", *arguments, PYTHONPATH=str(site))
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr


def others(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings of the checkers that come with factledger, and of the polite one."""
    known = {"polite", *(checker.name for checker in factledger_checkers.ledger_register_checkers({}))}
    return [line for line in findings if line["subject"] != "ledger" and line["checker"] in known]


UNLOADABLE = {
    "raises": ("raise RuntimeError('no luck')", "no luck"),
    "exits": ("import sys; sys.exit(3)", "SystemExit"),
    "lacks_a_library": ("import a_library_that_is_not_there", "a_library_that_is_not_there"),
    "ends_the_process": ("import os; os._exit(7)", "ended the process"),
    "misspells_the_hook": (
        "from ledger import hookimpl\n@hookimpl\ndef ledger_register_checkerz(config): return []",
        "ledger_register_checkerz",
    ),
    "takes_other_arguments": (
        "from ledger import hookimpl\n@hookimpl\ndef ledger_register_checkers(settings): return []",
        "settings",
    ),
    "brings_no_checker": (
        "from ledger import hookimpl\n@hookimpl\ndef ledger_register_checkers(config): return [object()]",
        "no Checker",
    ),
    "has_a_name_that_raises": (
        "from ledger import Checker, hookimpl\n"
        "class Odd(Checker):\n    name = property(lambda self: 1 / 0)\n"
        "@hookimpl\ndef ledger_register_checkers(config): return [Odd()]",
        "ZeroDivisionError",
    ),
    "raises_what_nobody_catches": ("class Out(BaseException): pass\nraise Out('loud')", "loud"),
    "raises_in_the_hook": (
        "from ledger import hookimpl\n@hookimpl\ndef ledger_register_checkers(config): raise KeyError('x')",
        "KeyError",
    ),
}
"""Plugins that cannot be used, and what the reason must say."""

BREAKING = {
    "raises": ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
    "exits": ("raise SystemExit(0)", "SystemExit"),
    "yields-junk": ("yield object()", "a object is not one"),
    "returns-a-number": ("return 7", "it returned one int: yield findings"),
    "gives-no-reason": ("yield self.passes('')", "reason"),
    "cites-nobody": ("yield self.passes('Fine.', cites=['nobody'])", "not in the dossier"),
    "misses-nobody": ("yield self.warns('Look.', missing=[__import__('ledger').needs('capture', 'x')])", "not in the"),
    "misses-nothing": ("yield self.warns('Look.', missing=['a source'])", "not in the dossier"),
    "never-ends": ("while True: yield self.passes('Again.')", "more than 1,000 findings"),
    "ends-the-process": ("import os; os._exit(9)", "ended the process"),
    "gives-no-text-for-a-fix": ("yield self.passes('Fine.', fix=None)", "cannot be recorded"),
    "speaks-half-a-letter": ("raise ValueError('\\udcff')", "ValueError"),
    "colours-its-words": ("yield self.passes('\\x1b[31mRed')", "control characters"),
    "is-endless-in-detail": ("yield self.passes('Fine.', details=['z' * 100_000])", "characters long"),
    "writes-to-its-input": ("dossier.claim.text = 'Something else.'", "FrozenInstanceError"),
}
"""Checkers that break on every claim, and what the reason must say."""


def test_a_plugin_that_cannot_be_loaded_is_a_finding_of_its_own(
    installed: Any, site: Path, claims: tuple[str, ...]
) -> None:
    """Each plugin that fails at import is recorded by name and reason; the others' findings are as without them."""
    _, before, _ = found(installed, site)
    for name, (code, _) in UNLOADABLE.items():
        write_plugin(site, name, code)
    status, after, _ = found(installed, site)
    assert status == 4
    assert others(after) == before
    faults = {line["checker"]: line for line in after if line["subject"] == "ledger"}
    assert set(faults) == set(UNLOADABLE)
    for name, (_, words) in UNLOADABLE.items():
        assert faults[name]["outcome"] == "error"
        assert words in faults[name]["reason"], name
    listed = json.loads(installed("list", "findings", "--json").stdout)
    recorded = {row["checker"]: row["reason"] for row in listed if row["subject"] == "ledger"}
    assert recorded == {name: fault["reason"] for name, fault in faults.items()}


def test_a_checker_that_breaks_is_a_finding_on_each_claim(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """Each checker that breaks gets an error finding on each claim; the others' findings are as without them."""
    _, before, _ = found(installed, site)
    for name, (body, _) in BREAKING.items():
        write_plugin(site, name.replace("-", "_"), checker(body, name=name))
    status, after, _ = found(installed, site)
    assert status == 4
    assert others(after) == before
    for name, (_, words) in BREAKING.items():
        broken = [line for line in after if line["checker"] == name]
        assert {line["subject"] for line in broken} == set(claims), name
        for line in broken:
            assert line["outcome"] == "error"
            assert words in line["reason"], name


def test_a_checker_that_never_returns_is_stopped(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """A checker that loops for ever and swallows every exception is stopped at its limit, and the run ends."""
    _, before, _ = found(installed, site)
    write_plugin(
        site,
        "rude_plugin",
        checker(
            """
            import time
            while True:
                try:
                    time.sleep(1)
                except BaseException:
                    pass
            """
        ),
    )
    began = time.monotonic()
    status, after, _ = found(installed, site, "--limit", "2")
    assert time.monotonic() - began < 120
    assert status == 4
    assert others(after) == before
    stopped = [line for line in after if line["checker"] == "rude"]
    assert [line["code"] for line in stopped] == ["time_limit", "time_limit"]


def test_a_checker_that_keeps_hanging_is_set_aside(installed: Any, site: Path, book: Book) -> None:
    """After two claims on which it ran out of time, a checker is not called again in that run, and that is said."""
    with book.together():
        for number in range(4):
            book.claim(f"The pier has {number} lamps.", id=f"pier-{number}")
    write_plugin(site, "rude_plugin", checker("while True: pass"))
    _, after, _ = found(installed, site, "--limit", "2")
    codes = [line["code"] for line in after if line["checker"] == "rude"]
    assert codes == ["time_limit", "time_limit", "set_aside", "set_aside"]


def test_what_a_plugin_prints_stays_out_of_the_data(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """A plugin that prints does not mix its words into the findings on stdout."""
    code = "print('NOISE')\nimport os\nos.write(1, b'NOISE')\n" + checker("print('NOISE'); yield self.passes('Fine.')")
    write_plugin(site, "rude_plugin", code)
    status, after, _ = found(installed, site)
    assert status == 0
    assert [line["reason"] for line in after if line["checker"] == "rude"] == ["Fine.", "Fine."]


def test_two_checkers_of_one_name_do_not_run(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """Of two plugins that claim one name neither runs, and both are told; whoever sorts first has no advantage."""
    write_plugin(site, "rude_plugin", checker("yield self.fails('An impostor.')", name="polite"))
    status, after, _ = found(installed, site)
    assert status == 4
    assert not [line for line in after if line["checker"] == "polite" and line["subject"] != "ledger"]
    faults = {line["checker"]: line["reason"] for line in after if line["subject"] == "ledger"}
    assert faults == {
        "polite_plugin": "Its checker polite has the name of one from rude_plugin; neither runs.",
        "rude_plugin": "Its checker polite has the name of one from polite_plugin; neither runs.",
    }


def test_a_fault_that_is_gone_is_cleared(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """Once a plugin loads again, the recorded fault is taken away; the log keeps that it was there."""
    write_plugin(site, "rude_plugin", "raise RuntimeError('no luck')")
    found(installed, site)
    (site / "rude_plugin.py").write_text("", encoding="utf-8")
    status, _, _ = found(installed, site)
    assert status == 0
    listed = json.loads(installed("list", "findings", "--json").stdout)
    assert [row for row in listed if row["subject"] == "ledger"] == []


def test_what_broke_goes_with_its_plugin(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """A plugin that is taken away takes along that it did not run; what it found stays, and the log keeps both."""
    write_plugin(
        site,
        "rude_plugin",
        checker("""
    if dossier.claim.handle == "ferry":
        raise RuntimeError("no luck")
    yield self.passes("Fine.", cites=[dossier.claim])
    """),
    )
    status, _, _ = found(installed, site)
    assert status == 4
    (site / "rude_plugin.py").write_text("", encoding="utf-8")
    one = installed("check", "ferry", "--fail-on", "never", PYTHONPATH=str(site))
    assert one.returncode == 4  # one claim's check says nothing of all others
    status, _, _ = found(installed, site)
    assert status == 0
    listed = json.loads(installed("list", "findings", "--json").stdout)
    assert [(row["subject"], row["outcome"]) for row in listed if row["checker"] == "rude"] == [("bridge", "pass")]


def test_a_silent_checker_is_not_a_pass(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """A checker that yields nothing is shown as one that cannot tell."""
    write_plugin(site, "rude_plugin", checker("return iter(())"))
    _, after, _ = found(installed, site)
    assert {line["outcome"] for line in after if line["checker"] == "rude"} == {"abstain"}


def test_a_thread_left_behind_does_not_hold_the_run(installed: Any, site: Path, claims: tuple[str, ...]) -> None:
    """A checker that leaves a thread running and an exit handler that fails loses nothing and delays nothing."""
    body = """
    import atexit, threading, time
    atexit.register(lambda: 1 / 0)
    threading.Thread(target=time.sleep, args=(300,)).start()
    yield self.passes("Fine.")
    """
    write_plugin(site, "rude_plugin", checker(body))
    began = time.monotonic()
    status, after, _ = found(installed, site)
    assert time.monotonic() - began < 120
    assert status == 0
    assert [line["reason"] for line in after if line["checker"] == "rude"] == ["Fine.", "Fine."]


def test_the_reading_commands_survive_any_plugin(installed: Any, site: Path) -> None:
    """`plugins`, `checkers` and a mistyped command end in words, whatever a plugin raises."""
    write_plugin(site, "rude_plugin", UNLOADABLE["raises_what_nobody_catches"][0])
    for arguments, status in ((["plugins"], 4), (["checkers"], 0), (["lits"], 2)):
        done = installed(*arguments, PYTHONPATH=str(site))
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
