"""Whoever may hold a value may also name its type: what is public speaks of public types only."""

from __future__ import annotations

import importlib
import inspect
import runpy
import typing
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import pytest

PAGES = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "references.py"))

MODULES = [importlib.import_module(name) for name in PAGES["PUBLIC"]]
PUBLIC = {id(getattr(module, name)) for module in MODULES for name in module.__all__}

HANDED_ON = {"WorkerPool"}
"""What `run_partition` may be called with by factledger itself; an executor of a plugin leaves it out."""


def mentioned(annotation: Any) -> Iterator[type]:
    """Yield every class that an annotation names, however deep."""
    for part in typing.get_args(annotation):
        yield from mentioned(part)
    if isinstance(annotation, list):  # the arguments of a Callable
        for part in annotation:
            yield from mentioned(part)
    if isinstance(annotation, typing.TypeVar):
        yield from mentioned(annotation.__bound__)
    if inspect.isclass(annotation):
        yield annotation


def _hints(value: Any) -> dict[str, Any]:
    """Return what is written of a class's own public attributes, as types."""
    words = vars(importlib.import_module(value.__module__))
    return {
        name: eval(hint, {**words}, dict(vars(value))) if isinstance(hint, str) else hint
        for name, hint in vars(value).get("__annotations__", {}).items()
        if not name.startswith("_")
    }


def annotations(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (where, annotation) of all that a public class or function shows: fields, arguments, answers."""
    if inspect.isfunction(value):
        yield from typing.get_type_hints(value).items()
    if not inspect.isclass(value):
        return
    for base in value.__mro__:
        if base.__module__.startswith("ledger"):
            yield from ((name, hint) for name, hint in _hints(base).items() if name[0] != "_")
    for name, member in inspect.getmembers_static(value):
        if name.startswith("_") and (name != "__init__" or attrs.has(value)):
            continue
        member = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        member = member.fget if isinstance(member, property) else member
        member = member.func if isinstance(member, cached_property) else member
        if inspect.isfunction(member) and member.__module__.startswith("ledger"):
            hints = typing.get_type_hints(member, vars(importlib.import_module(member.__module__)))
            yield from ((f"{name}: {part}", hint) for part, hint in hints.items())


def unnamed(module: Any) -> list[str]:
    """Return what a public module shows of types that nobody may import."""
    return sorted(
        {
            f"{name} ({where}): {kind.__module__}.{kind.__name__}"
            for name in module.__all__
            for where, hint in annotations(getattr(module, name))
            for kind in mentioned(hint)
            if kind.__module__.startswith("ledger") and id(kind) not in PUBLIC and kind.__name__ not in HANDED_ON
        }
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_every_type_that_is_shown_may_be_imported(module: Any) -> None:
    """A field, an argument or an answer of a public name is of a public type."""
    assert unnamed(module) == []


def test_a_type_that_is_not_public_is_seen() -> None:
    """The walk itself: it finds a private type in a field, an argument and an answer, also inside of others."""
    from ledger.log import Checkpoint, Environment, Note

    class Shown:
        field: dict[str, tuple[Note, ...]]

        def method(self, given: list[Checkpoint] | None) -> Iterator[Environment]:
            raise NotImplementedError

    Shown.__module__ = Shown.method.__module__ = "ledger.log"
    Shown.__annotations__ = {"field": dict[str, tuple[Note, ...]]}
    Shown.method.__annotations__ = {"given": list[Checkpoint] | None, "return": Iterator[Environment]}
    found = {kind for _, hint in annotations(Shown) for kind in mentioned(hint)}
    assert {Note, Checkpoint, Environment} <= found
