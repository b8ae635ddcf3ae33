"""Plugins that a run need not ask: their text says that they bring no checkers, so no worker is started for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path

from ..plugins import Hooks, Installed

CHECKERS = Hooks.ledger_register_checkers.__name__
HOOKS = frozenset(name for name in vars(Hooks) if name.startswith("ledger_"))


def may_bring_checkers(one: Installed) -> bool:
    """Return whether a plugin may answer the hook of checkers, told without running a line of it.

    False only of a module of one file, or a package's own file, that holds imports and definitions alone, among them
    some hook: then all its hooks are seen. Whatever else it is, or whatever is amiss with it, is for a worker to say.
    """
    try:
        names = set(_defined(ast.parse(_text_of(one))))
    except (OSError, SyntaxError, ValueError, LookupError):
        return True
    hooks = {name for name in names if name.startswith("ledger_")}
    return not hooks or not hooks <= HOOKS or CHECKERS in hooks


def _text_of(one: Installed) -> str:
    """Return the text of a plugin's module; raise LookupError where finding it would import something."""
    module = one.value
    spec = PathFinder.find_spec(module) if module.isidentifier() else None
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        raise LookupError(module)
    return Path(spec.origin).read_text(encoding="utf-8")


def _defined(module: ast.Module) -> Iterator[str]:
    """Yield the names that a module binds; raise LookupError where it does more than import and define."""
    for statement in module.body:
        match statement:
            case ast.FunctionDef() | ast.ClassDef():
                if any(isinstance(decorator, ast.Call) for decorator in statement.decorator_list):
                    raise LookupError(statement.name)  # hookimpl(specname="...") answers a hook under another name
                yield statement.name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    if alias.name == "*":
                        raise LookupError(alias.name)
                    yield (alias.asname or alias.name).partition(".")[0]
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                raise LookupError(type(statement).__name__)
