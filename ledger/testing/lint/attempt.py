"""A plugin is tried: imported, asked what it registers, and each checker put to the contract, in another process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Collection, Iterator
from importlib import import_module
from inspect import getsourcefile, getsourcelines
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from ...plugins import GROUP, Hooks, Plugin, Plugins
from ...plugins.surroundings import without_secrets
from ...promise import why_unmet
from ..contract import assert_checker_contract
from .slip import Slip

PATIENCE = 600.0
"""Seconds for a module with all its checkers."""

LIMIT = 20.0
"""Seconds for one call of a checker: a machine may have other things to do, and a loop without an end is told too."""

PLACE = re.compile(r" \((?P<file>[^()\s]+\.py), line (?P<line>\d+)\)")
METHODS = ("check", "check_many", "detect", "keys")
MARK = "factledger-lint "
"""Begins the line that holds the answer: what a plugin prints stands before it."""


def attempted(name: str, file: Path, told: Collection[Slip]) -> Iterator[Slip]:
    """Yield what goes wrong when a module is tried, but for what its source has `told` already."""
    root = file.parents[len(name.split(".")) - (file.name != "__init__.py")]
    code = f"from {__name__} import answer; answer({name!r}, {str(file)!r})"
    search = os.pathsep.join([str(root.resolve()), *(str(Path(one).resolve()) for one in sys.path)])
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env={**without_secrets(), "PYTHONPATH": search},
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        yield Slip(file, 1, f"it takes longer than {PATIENCE:g} seconds to be tried; do nothing when it is imported")
        return
    answers = [line[len(MARK) :] for line in done.stdout.splitlines() if line.startswith(MARK)]
    if not answers:
        yield Slip(file, 1, f"it ends the process that imports it (exit {done.returncode}); let it exit nothing")
        return
    for where, line, words in json.loads(answers[-1]):
        place = Path(where) if where else file
        near = file.parent / place.name if (file.parent / place.name).exists() else place
        if not any(one.words.partition(";")[0] in words or (one.file, one.line) == (near, line) for one in told):
            yield Slip(near, line, words)


def answer(name: str, file: str) -> None:
    """Try a module, and print its problems as JSON: for the process that was started for it."""
    problems = [(place, line, words.rstrip(".")) for place, line, words in _problems(name, file)]
    print(f"\n{MARK}{json.dumps(problems)}", flush=True)
    os._exit(0)  # a thread that the plugin left behind keeps nobody waiting


Place = tuple[str, int, str]
"""A file, a line of it, and what is wrong there."""


def _problems(name: str, file: str) -> Iterator[Place]:
    try:
        module = import_module(name)
    except BaseException as error:  # noqa: BLE001  # a stranger's module raises anything, also SystemExit
        yield place_of_error(error, file, "it cannot be imported", "mend this line")
        return
    if unmet := why_unmet(getattr(module, "requires_api", None)):
        yield file, _line_in(file, "requires_api"), unmet.replace(":", ";", 1)
        return
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(module, name=name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        hook = re.search(r"ledger_\w+", str(error).rpartition("definition:")[2] or str(error))
        words = re.sub(r"\s+", " ", str(error).rpartition("\n")[2] or str(error))
        yield file, _line_in(file, f"def {hook[0]}" if hook else ""), f"its hook does not fit ({words}); see hooks.md"
        return
    hooks = tuple(sorted(one.name for one in manager.get_hookcallers(module) or ()))
    plugins = Plugins(manager, [Plugin(name, name, "0", hooks)])
    checkers = plugins.checkers({})
    plugins.readers(), plugins.exchanges()
    for fault in plugins.faults:
        yield _of_fault(module, file, fault.reason, hooks)
    for one in checkers:
        try:
            assert_checker_contract(one.checker, limit=LIMIT)
        except AssertionError as error:
            yield _of_breach(one.checker, file, str(error))


def place_of_error(error: BaseException, file: str, words: str, fix: str) -> Place:
    """Return the innermost line of the plugin's own that raised, and what is told of it."""
    frames = traceback.extract_tb(error.__traceback__)
    folder = Path(file).resolve().parent
    own = [one for one in frames if folder in Path(one.filename).resolve().parents]
    said = " ".join(traceback.format_exception_only(error)[-1].split())
    last = own[-1] if own else None
    return (last.filename if last else file), (last.lineno if last else 0) or 1, f"{words} ({said}); {fix}"


def _of_fault(module: ModuleType, file: str, reason: str, hooks: tuple[str, ...]) -> Place:
    """Return where a fault stands: at the class that it names, else at the hook."""
    named = [word for word in re.findall(r"\w+", reason) if isinstance(getattr(module, word, None), type)]
    if named and "registered type" not in reason and not reason.startswith("Registering"):
        place, line = _place_of(getattr(module, named[0]), file)
    else:
        place, line = file, _line_in(file, f"def {hooks[0]}" if hooks else "")
    fix = next((fix for words, fix in FIXES.items() if words in reason), "see hooks.md")
    said = PLACE.sub("", reason.rstrip("."))
    return place, line, f"{said[0].lower()}{said[1:]}; {fix}"


FIXES = {
    "registered type": "return instances, such as [MyChecker()]",
    "is no Checker": "subclass Checker, GroupChecker, LedgerChecker or Detector",
    "returned None": "return a list",
    "not iterable": "return a list, also of one",
    "does not say its": "give the class this attribute, a phrase in one line",
    "needs a name": "give it small letters, digits and hyphens, and a version such as 1",
    "has the name of one": "give each a name of its own",
    "failed": "let the hook return a list and raise nothing",
}
"""What to do, by words of a fault."""


def _of_breach(checker: Any, file: str, said: str) -> Place:
    """Return where a breach stands: at the line that it names, at the method that answers, or at the class."""
    found = PLACE.search(said)
    if found:
        place = Path(file).parent / found["file"]
        if place.exists():
            return str(place), int(found["line"]), PLACE.sub("", said)
    if ", on " in said.partition(":")[0] or "check_many" in said:
        for method in METHODS:
            if method in vars(type(checker)):
                place_of, line = _place_of(vars(type(checker))[method], file)
                return place_of, line, said
    where, line = _place_of(type(checker), file)
    word = re.search(r"its `?(name|version|establishes|does_not_establish)\b", said)
    if word and Path(where).exists():
        start = line - 1
        lines = Path(where).read_text(encoding="utf-8").splitlines()[start:]
        line = next((start + n for n, text in enumerate(lines, 1) if re.match(rf"\s+{word[1]}\b", text)), line)
    return where, line, said


def _place_of(value: Any, file: str) -> tuple[str, int]:
    try:
        return getsourcefile(value) or file, getsourcelines(value)[1]
    except (OSError, TypeError):
        return file, 1


def _line_in(file: str, words: str) -> int:
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    return next((number for number, text in enumerate(lines, 1) if words and words in text), 1)
