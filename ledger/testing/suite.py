"""The cases of a plugin, asked without pytest: what its checkers say of each, and what no case shows.

cases.toml          beside a module that registers one checker: that checker's cases
NAME.cases.toml     beside a module that registers several: those of the checker NAME
cases.found.json    beside each, written by --update: all that was found, word for word, to be read when it changes
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import Any

import attrs
import pluggy

from ..checker import Detector, Finder
from ..errors import InputError, LedgerError, PluginFailed
from ..model import Finding, Outcome
from ..plugins import GROUP, Hooks, Plugin, Plugins
from ..plugins.surroundings import without_secrets
from .case import Case
from .cases import load_cases
from .expected import told
from .lint.attempt import place_of_error
from .lint.project import Project
from .ordinary import ordinary

SAYS = {"passes": "pass", "warns": "warn", "fails": "fail", "abstains": "abstain", "not_applicable": "not_applicable"}
"""The outcome of each method that makes a finding."""

FOUND = ".found.json"


@attrs.frozen
class CheckerCases:
    """A checker, the file of its cases, and the cases."""

    checker: Finder
    file: Path
    cases: tuple[Case, ...]


def run_cases(folder: Path, *, update: bool = False) -> int:
    """Ask a plugin's checkers about its cases in a process of its own, which prints what comes of it.

    Return 0 if all is as expected, 1 if not, 4 if a checker broke. Raises InputError where there is no plugin.
    """
    if not (folder / "pyproject.toml").is_file():
        raise InputError("There is no plugin here.", where=str(folder), hint="Name the folder of its pyproject.toml.")
    project = Project.read(folder)
    if not project.modules:
        raise InputError("It names no module.", where=str(project.file), hint=f"Run: factledger plugin lint {folder}")
    worst = 0
    for name, file in project.modules:
        root = file.parents[len(name.split(".")) - (file.name != "__init__.py")]
        search = os.pathsep.join([str(root.resolve()), *(str(Path(one).resolve()) for one in sys.path)])
        code = f"from {__name__} import answer; answer({name!r}, {str(file)!r}, {update!r})"
        done = subprocess.run([sys.executable, "-c", code], env={**without_secrets(), "PYTHONPATH": search})
        worst = max(worst, done.returncode if 0 <= done.returncode <= 5 else PluginFailed.exit_code)
    return worst


def answer(name: str, file: str, update: bool) -> None:
    """Ask the checkers of a module, print what they say, and exit: for the process that was started for it."""
    try:
        status = _answer(name, Path(file), update)
    except LedgerError as error:
        print(f"Error: {error}", file=sys.stderr)
        status = error.exit_code
    except Exception as error:  # noqa: BLE001  # a stranger's code: it raises anything
        place, line, words = place_of_error(error, file, "it raises", "answer to what the case holds")
        print(f"Error: {os.path.relpath(place)}:{line}: {words}.", file=sys.stderr)
        status = PluginFailed.exit_code
    sys.exit(status)


def _answer(name: str, file: Path, update: bool) -> int:
    wrong = 0
    for one in _cases_of(name, file):
        found = {case.name: _found(one.checker, case) for case in one.cases}
        words = [line for case in one.cases for line in _difference(one.checker, case)]
        words += _changed(one, found, update)
        wrong += bool(words)
        print(f"{one.checker.name}: {len(one.cases)} cases in {one.file.name}")
        for line in (*words, *_unshown(one, found), *_false_alarms(one.checker)):
            print(f"  {line}")
    return 1 if wrong else 0


def _cases_of(name: str, file: Path) -> Iterator[CheckerCases]:
    """Yield each checker of a module with its cases; raise InputError for one without."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    manager.register(import_module(name), name=name)
    plugins = Plugins(manager, [Plugin(name, name, "0", ("ledger_register_checkers",))])
    checkers = [one.checker for one in plugins.checkers({})]
    for fault in plugins.faults:
        raise InputError(fault.reason, where=str(file), hint="Run: factledger plugin lint")
    if not checkers:
        raise InputError("It registers no checker: nothing was asked.", where=str(file), hint="Its tests: pytest")
    for checker in checkers:
        own = file.with_name(f"{checker.name}.cases.toml")
        place = own if own.is_file() or len(checkers) > 1 else file.with_name("cases.toml")
        if not place.is_file():
            raise InputError(f"The checker {checker.name} has no cases.", where=str(place), hint="Write this file.")
        yield CheckerCases(checker, place, load_cases(place))


def _found(checker: Finder, case: Case) -> list[Any]:
    return case.proposals(checker) if isinstance(checker, Detector) else case.findings(checker)


def _difference(checker: Finder, case: Case) -> Iterator[str]:
    """Yield, line by line, how what is said of a case differs from what it expects."""
    try:
        case.assert_expected(checker)
    except AssertionError as error:
        yield from str(error).splitlines()


def _changed(one: CheckerCases, found: dict[str, list[Any]], update: bool) -> Iterator[str]:
    """Yield what is said otherwise than when it was last written down; write it down anew with `update`."""
    handles = {case.name: case.handles() for case in one.cases}
    now = {name: [told(each, handles[name]) for each in all_of_it] for name, all_of_it in found.items()}
    file = one.file.with_name(one.file.stem + FOUND)
    if update:
        file.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else now
    for name in now:
        if before.get(name) != now[name]:
            yield f"LOOK  “{name}” is worded otherwise than in {file.name}; if that is meant: --update"
            yield from (f"      - {line}" for line in before.get(name, ()))
            yield from (f"      + {line}" for line in now[name])


def _unshown(one: CheckerCases, found: dict[str, list[Any]]) -> Iterator[str]:
    """Yield which outcomes and codes stand in the checker's source, and in no case."""
    findings = [each for all_of_it in found.values() for each in all_of_it if isinstance(each, Finding)]
    outcomes, codes = _written(type(one.checker))
    missing = sorted(outcomes - {each.outcome.value for each in findings})
    missing += sorted(f"code {code}" for code in codes - {each.code for each in findings})
    if missing:
        yield f"No case shows: {', '.join(missing)}"


def _written(cls: type) -> tuple[set[str], set[str]]:
    """Return the outcomes and the codes that a checker's source says it may give."""
    tree = ast.parse(dedent(inspect.getsource(cls)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    made = [node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr in SAYS]
    outcomes = {SAYS[node.func.attr] for node in made if isinstance(node.func, ast.Attribute)}
    given = [one.value for node in made for one in node.keywords if one.arg == "code"]
    return outcomes, {str(one.value) for one in given if isinstance(one, ast.Constant)}


def _false_alarms(checker: Finder) -> Iterator[str]:
    """Yield how often a checker finds fault with dossiers in which everything is in order."""
    if isinstance(checker, Detector):
        return
    cases = list(ordinary())
    findings = [finding for case in cases for finding in case.findings(checker)]
    tally = Counter(finding.outcome for finding in findings)
    yield f"{len(cases)} ordinary dossiers: {tally[Outcome.FAIL]} problems, {tally[Outcome.WARN]} to look at"
    yield from _examples([one for one in findings if one.outcome is Outcome.FAIL])


def _examples(findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings[:2]:
        yield f"      such as: {one.reason}"
