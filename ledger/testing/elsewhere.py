"""The same questions, put in another interpreter whose sets have another order.

Python gives texts other hashes in each process, so what a checker takes from a
set unsorted changes from one run to the next. No single process can show that.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from ..checker import Context
from ..plugins.surroundings import without_secrets
from .case import Given, ask

SEEDS = ("1", "2")
"""Hash seeds of the other interpreter: the first that is not this one's."""

PATIENCE = 300.0
"""Seconds for all the questions together; one by one, each was answered in time before."""

NOT_THERE = 3
"""Exit code: the checker cannot be imported in another interpreter."""


@attrs.frozen
class Question:
    """A call: what the checker is given, what it may know besides, and the name of the case that both are from."""

    case: str
    given: Given
    context: Context


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        return (_read_only, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


def _read_only(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


SETTINGS = {"TZ": "XYZ-13:45", "LANG": "C", "LC_ALL": "C", "HOME": "/", "USER": "nobody", "LOGNAME": "nobody"}
"""What else is otherwise there; it also runs in another folder."""


def answers_elsewhere(checker: Any, questions: Sequence[Question]) -> list[list[Any]]:
    """Return the answers to each question from a fresh interpreter, in other surroundings.

    Raises AssertionError if the checker cannot be had there, or broke off.
    """
    written = io.BytesIO()
    module = type(checker).__module__
    pickle.dump((module, getattr(sys.modules.get(module), "__file__", None)), written)
    try:
        pickle.dump(checker, written)
    except Exception as error:  # noqa: BLE001  # whatever a stranger's class raises when it is asked
        raise AssertionError(
            f"another interpreter cannot be asked: it cannot be pickled ({_said(error)}); define its class in "
            "a module, and let it hold nothing but plain values"
        ) from None
    _Pickler(written).dump(list(questions))
    here = os.environ.get("PYTHONHASHSEED")
    seed = next(seed for seed in SEEDS if seed != here)
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import answer; answer()"],
            input=written.getvalue(),
            capture_output=True,
            env=without_secrets() | SETTINGS | {"PYTHONHASHSEED": seed, "PYTHONPATH": _search_path()},
            cwd=Path(sys.executable).parent,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise AssertionError("it hangs in a fresh interpreter; let it not depend on what a test set up") from None
    if done.returncode == NOT_THERE:
        raise AssertionError(
            f"another interpreter cannot be asked: it does not find {type(checker).__qualname__} in {module}; "
            "define its class in a module that can be imported"
        )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        words = said[-1] if said else f"exit {done.returncode}"
        raise AssertionError(f"it breaks off in a fresh interpreter ({words}); let it not depend on what a test set up")
    answers: list[list[Any]] = pickle.loads(done.stdout)
    return answers


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def _search_path() -> str:
    return os.pathsep.join(str(Path(folder).resolve()) for folder in sys.path)


def _import(name: str, file: str | None) -> None:
    """Import a module as it was here: a test's own may be on no search path."""
    if file is None or find_spec(name.partition(".")[0]) is not None:
        return
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        return
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)


def answer() -> None:
    """Read a checker and questions from stdin, and write the answers to stdout."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a checker prints must not stand among the answers
    try:
        _import(*pickle.load(sys.stdin.buffer))
        checker = pickle.load(sys.stdin.buffer)
    except (ImportError, AttributeError):
        sys.exit(NOT_THERE)
    questions = pickle.load(sys.stdin.buffer)
    with out:
        out.write(pickle.dumps([list(ask(checker, one.given, one.context)) for one in questions]))
