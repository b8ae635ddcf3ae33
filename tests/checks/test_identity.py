"""Who checks, and by what code: names that are kept, code that is on record, answers that must not change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import factledger_checkers
import factledger_reader
import pytest

from ledger import checks
from ledger.book import Book
from ledger.cli.formats import ours
from ledger.errors import InputError
from ledger.model import Outcome
from ledger.plugins.names import RESERVED, share_out

from .conftest import Install

ONE = """
from ledger import Checker, hookimpl

class One(Checker):
    name = "{name}"
    version = 1
    establishes = "that it was asked"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        {body}

@hookimpl
def ledger_register_checkers(config):
    return [One()]
"""


def code(body: str, name: str = "weasel") -> str:
    return ONE.format(name=name, body=body)


SAYS = "yield self.passes('All is well.', cites=[dossier.claim])"

TWO = """
from ledger import {kind}, hookimpl

class Counts({kind}):
    name = "counts"
    version = 1
    establishes = "how often it was asked"
    does_not_establish = "anything else"

    def keys(self, claim):
        return ["all"]

    def check(self, given, context):
        with open({path!r}, "a+") as file:
            file.write("x")
            file.seek(0)
            yield self.warns(f"Asked {{len(file.read())}} times.")

@hookimpl
def ledger_register_checkers(config):
    return [Counts()]
"""


@pytest.fixture
def bridge(book: Book) -> str:
    book.claim("The pier was shut.", id="pier")
    return book.claim("The bridge was closed in May.", id="bridge").handle


def said(outcomes: checks.Outcomes, name: str, subject: str = "bridge") -> list[tuple[str, str]]:
    return [(one.outcome.value, one.reason) for of, checker, one in outcomes.found if (of, checker) == (subject, name)]


def test_the_names_that_are_kept_are_those_of_what_factledger_brings() -> None:
    """The list of reserved names has every checker, reader and format of the main distribution, and no other."""
    assert RESERVED["checker"] == {one.name for one in factledger_checkers.ledger_register_checkers({})}
    assert RESERVED["reader"] == {one.name for one in factledger_reader.ledger_register_readers()}
    assert RESERVED["exchange"] == {one.name for one in ours()}


def test_names_are_shared_out() -> None:
    """Ours are ours; a stranger's is its own until a second claims it; who comes first makes no difference."""
    brought = [
        ("quote", "aaa", "aaa"),
        ("quote", "factledger-checkers", "factledger"),
        ("a", "x", "x"),
        ("b", "x", "x"),
    ]
    brought += [("b", "y", "y"), ("number", "aaa", "aaa")]
    for order in (brought, brought[::-1]):
        holders, refused = share_out("checker", order)
        assert holders == {"quote": "factledger-checkers", "a": "x"}
        assert sorted(refused) == [
            ("aaa", "Its checker number has the name of factledger's own; it does not run."),
            ("aaa", "Its checker quote has the name of factledger's own; it does not run."),
            ("x", "Its checker b has the name of one from y; neither runs."),
            ("y", "Its checker b has the name of one from x; neither runs."),
        ]


@pytest.mark.long
def test_an_impersonator_that_sorts_first_is_refused(book: Book, bridge: str, install: Install) -> None:
    """A stranger's `corroboration` never runs, with ours or without; all other findings are as if it were not there."""
    before = checks.check(book, everything=True)
    install("aaa", code("yield self.passes('Independent.', measures={'lower': 9})", name="corroboration"))
    after = checks.check(book, everything=True)
    assert [one for one in after.found if one[0] != "ledger"] == [one for one in before.found if one[0] != "ledger"]
    reason = "Its checker corroboration has the name of factledger's own; it does not run."
    assert said(after, "aaa", "ledger") == [("error", reason)]
    alone = checks.check(book, everything=True, plugins="aaa")
    assert "corroboration" not in alone.asked
    assert said(alone, "aaa", "ledger") == [("error", reason)]


def test_a_run_says_by_what_code_it_was_made(book: Book, bridge: str, install: Install) -> None:
    """Each plugin with its distribution, version, checkers and the digest of its files, and factledger itself."""
    install("weasel", code(SAYS))
    run = checks.check(book, plugins="weasel").run
    assert run is not None
    library, weasel = run.code
    assert (library.plugin, library.distribution) == ("factledger", "factledger")
    assert (weasel.plugin, weasel.distribution, weasel.version) == ("weasel", "weasel", "1.0")
    assert weasel.checkers == ("weasel@1",)
    assert len(weasel.sha256) == len(library.sha256) == 64


def test_other_code_of_the_same_version_is_asked_again_and_said_once(
    book: Book, bridge: str, install: Install, tmp_path: Path
) -> None:
    """Its findings are made again, those of others are left; that is said in the plan, and not the next time."""
    install("weasel", code(SAYS))
    install("calm", code(SAYS, name="calm"))
    checks.check(book, plugins="weasel,calm")
    assert not checks.check(book, plugins="weasel,calm").plan.claims
    install("weasel", code(SAYS.replace("well", "not well")))
    second = checks.check(book, plugins="weasel,calm")
    ((plugin, why),) = second.plan.anew
    assert plugin == "weasel"
    assert "has the version that it had, and other code than in run-" in why
    assert said(second, "weasel") == [("pass", "All is not well.")]
    assert second.run is not None and dict(second.run.counts) == {"pass": 2}  # calm was not asked
    third = checks.check(book, plugins="weasel,calm")
    assert (third.plan.anew, third.plan.claims, third.run) == ((), (), None)


def test_data_beside_the_code_is_code(book: Book, bridge: str, install: Install, tmp_path: Path) -> None:
    """A word list in the plugin's package that changes has its findings made again."""
    install("weasel", "")
    package = tmp_path / "site" / "weasel"
    package.mkdir()
    (tmp_path / "site" / "weasel.py").unlink()
    reads = "yield self.passes((__import__('pathlib').Path(__file__).parent / 'words.txt').read_text())"
    (package / "__init__.py").write_text(code(reads), encoding="utf-8")
    for word in ("some", "many"):
        (package / "words.txt").write_text(word, encoding="utf-8")
        assert said(checks.check(book, plugins="weasel"), "weasel") == [("pass", word)]


@pytest.mark.table
@pytest.mark.parametrize("scope", ["Checker", "GroupChecker", "LedgerChecker"])
def test_another_answer_to_the_same_is_no_pure_function(
    book: Book, bridge: str, install: Install, tmp_path: Path, scope: str
) -> None:
    """A checker that is given the same, its version and code the same, and answers otherwise is told, by name."""
    install("counts", TWO.format(kind=scope, path=str(tmp_path / "count")))
    install("calm", code(SAYS, name="calm"))
    first = checks.check(book, everything=True, plugins="counts,calm")
    assert Outcome.ERROR not in first.worst()
    again = checks.check(book, everything=True, plugins="counts,calm")
    subject = "ledger" if scope == "LedgerChecker" else "bridge"
    ((outcome, reason),) = said(again, "counts", subject)
    assert outcome == "error" and reason.startswith("Not a pure function: counts")
    assert said(again, "calm") == [("pass", "All is well.")]


def test_nobody_is_told_impure_for_what_others_changed(book: Book, bridge: str, install: Install) -> None:
    """Other code, another version, or a clock that it was open about: all these may answer otherwise."""
    clock = "yield self.passes(f'It is {context.now}.', valid_until=context.now)"
    install("weasel", code(clock))
    checks.check(book, plugins="weasel")
    assert checks.check(book, everything=True, plugins="weasel").worst() == {Outcome.PASS}
    install("weasel", code(SAYS))
    assert checks.check(book, everything=True, plugins="weasel").worst() == {Outcome.PASS}
    install("weasel", code(SAYS.replace("All", "It")).replace("version = 1", "version = 2"))
    assert checks.check(book, everything=True, plugins="weasel").worst() == {Outcome.PASS}


@pytest.mark.long
def test_our_own_answer_the_same(book: Book, bridge: str) -> None:
    """None of the checkers that come with factledger is found to be impure, asked again and again."""
    for _ in range(3):
        assert Outcome.ERROR not in checks.check(book, everything=True).worst()


@pytest.mark.table
@pytest.mark.parametrize("switch", ["wesel", "weasel,wesel", "no:wesel"])
def test_a_misspelt_plugin_is_refused(
    book: Book, bridge: str, install: Install, factledger: Any, monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    """A name that nothing here has is met with the one that was meant; nothing is checked."""
    install("weasel", code(SAYS))
    with pytest.raises(InputError, match="There is no plugin 'wesel'") as fault:
        checks.check(book, plugins=switch)
    assert "Did you mean weasel?" in fault.value.hint
    monkeypatch.setenv("FACTLEDGER_LOAD_PLUGINS", switch)
    done = factledger("check")
    assert done.returncode == 2
    assert done.stderr == "Error: FACTLEDGER_LOAD_PLUGINS: There is no plugin 'wesel'. Did you mean weasel?\n"


def test_a_check_without_any_checker_is_no_success(
    book: Book, bridge: str, factledger: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no plugin is loaded, `check` says so and ends with 5."""
    monkeypatch.setenv("FACTLEDGER_LOAD_PLUGINS", "")
    done = factledger("check")
    assert done.returncode == 5
    assert "No checker is here, so nothing was checked." in done.stderr


def test_two_distributions_with_one_plugin_are_both_told(install: Install, factledger: Any, tmp_path: Path) -> None:
    """Neither is loaded, and whoever takes the name of our own is refused by it."""
    for name, called in (("aaa", "twin"), ("bbb", "twin"), ("ccc", "factledger-checkers")):
        install(name, code(SAYS, name=name))
        point = tmp_path / "site" / f"{name}-1.0.dist-info" / "entry_points.txt"
        point.write_text(f"[factledger]\n{called} = {name}\n", encoding="utf-8")
    done = factledger("plugins")
    told = json.loads(done.stdout)
    assert done.returncode == 4
    assert {fault["plugin"]: fault["reason"] for fault in told["faults"]} == {
        "aaa/twin": "bbb brings a plugin twin as well; neither was loaded.",
        "bbb/twin": "aaa brings a plugin twin as well; neither was loaded.",
        "ccc/factledger-checkers": "It is called as a plugin of factledger's own is; it was not loaded.",
    }
    assert [one["distribution"] for one in told["plugins"]] == ["factledger", "factledger"]


@pytest.mark.table
@pytest.mark.parametrize("scope", ["Checker", "GroupChecker", "LedgerChecker", "Detector"])
def test_two_strangers_of_one_name_are_both_told(
    book: Book, bridge: str, install: Install, tmp_path: Path, scope: str
) -> None:
    """Whatever they look at, neither has findings, keys or links of that name on record."""
    text = TWO.format(kind=scope, path=str(tmp_path / "count"))
    text += """
Counts.detect = lambda self, dossier, context: [
    __import__("ledger").Proposal(source=dossier.source.uid, relation=__import__("ledger").Relation.CITES,
                                  comes_from=other, measure="two") for other in dossier.sources
    if other != dossier.source.uid]
"""
    book.source("Minutes of March")
    book.source("Minutes of April")
    for name in ("first", "second"):
        install(name, text)
    found = checks.check(book, everything=True, plugins="first,second")
    assert found.links == ()
    assert sorted((of, checker) for of, checker, _ in found.found) == [("ledger", "first"), ("ledger", "second")]
    assert {one.reason for _, _, one in found.found} == {
        "Its checker counts has the name of one from first; neither runs.",
        "Its checker counts has the name of one from second; neither runs.",
    }
