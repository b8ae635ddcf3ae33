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
from types import MappingProxyType
from typing import Any

import attrs

from ..checker import Context
from .case import Given, ask

SEEDS = ("1", "2")
"""Hash seeds of the other interpreter: the first that is not this one's."""

PATIENCE = 60.0
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


def answers_elsewhere(checker: Any, questions: Sequence[Question]) -> list[list[Any]] | None:
    """Return the answers to each question from a fresh interpreter; None if this checker cannot be imported in one.

    That is so for a checker that a test defines inside itself. Raises AssertionError if it broke off there.
    """
    written = io.BytesIO()
    try:
        pickle.dump(checker, written)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    _Pickler(written).dump(list(questions))
    here = os.environ.get("PYTHONHASHSEED")
    seed = next(seed for seed in SEEDS if seed != here)
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import answer; answer()"],
            input=written.getvalue(),
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise AssertionError("it hangs in a fresh interpreter; let it not depend on what a test set up") from None
    if done.returncode == NOT_THERE:
        return None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        words = said[-1] if said else f"exit {done.returncode}"
        raise AssertionError(f"it breaks off in a fresh interpreter ({words}); let it not depend on what a test set up")
    answers: list[list[Any]] = pickle.loads(done.stdout)
    return answers


def answer() -> None:
    """Read a checker and questions from stdin, and write the answers to stdout."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a checker prints must not stand among the answers
    try:
        checker = pickle.load(sys.stdin.buffer)
    except (ImportError, AttributeError):
        sys.exit(NOT_THERE)
    questions = pickle.load(sys.stdin.buffer)
    with out:
        out.write(pickle.dumps([list(ask(checker, one.given, one.context)) for one in questions]))
