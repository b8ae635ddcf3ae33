"""What is wrong with a module as it is written, told without running it."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from pathlib import Path

from ... import promise
from ...plugins import GROUP, Hooks
from .slip import Slip

HOOKS = tuple(name for name in vars(Hooks) if name.startswith("ledger_"))

PUBLIC = (*promise.STABLE, *promise.PROVISIONAL, "ledger.checker")

FINDS = ("passes", "warns", "fails", "abstains", "not_applicable")
"""Methods that make findings."""


CHECKERS = {"Checker", "GroupChecker", "LedgerChecker", "Detector"}

NETWORK = frozenset(
    "socket ssl http.client urllib.request ftplib smtplib xmlrpc.client aiohttp httpx requests urllib3".split()
)
"""Modules that a checker has no need of: it never asks the network itself."""


def of_source(file: Path, *, hooks: bool) -> Iterator[Slip]:
    """Yield what is wrong with a module; with `hooks` it is the one that registers."""
    try:
        tree = ast.parse(file.read_bytes(), str(file))
    except SyntaxError as error:
        yield Slip(file, error.lineno or 1, f"Python cannot read it ({error.msg}); mend this line", fatal=True)
        return
    except ValueError as error:
        yield Slip(file, 1, f"Python cannot read it ({error}); save it as UTF-8 text", fatal=True)
        return
    checks = any(isinstance(one, ast.ClassDef) and {_name(base) for base in one.bases} & CHECKERS for one in tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _of_import(file, node, [one.name for one in node.names], checks)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from _of_import(file, node, [node.module or ""], checks)
        elif isinstance(node, ast.Call):
            yield from _of_call(file, node)
    yield from _of_hooks(file, tree, hooks)


def _of_import(file: Path, node: ast.stmt, names: list[str], checks: bool) -> Iterator[Slip]:
    for name in names:
        if checks and (name in NETWORK or name.split(".")[0] in NETWORK):
            words = f"{name} asks the network, which no checker does; say whom in `network`, and use dossier.ask(...)"
            yield Slip(file, node.lineno, words)
        if name.split(".")[0] == "ledger" and name not in PUBLIC:
            words = f"{name} is private, and changes without notice; import from ledger what its lists have"
            yield Slip(file, node.lineno, words)


def _of_call(file: Path, node: ast.Call) -> Iterator[Slip]:
    called = node.func
    if isinstance(called, (ast.Name, ast.Attribute)) and _name(called) == "HookimplMarker":
        given = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if given != GROUP:
            words = f"a marker for {given!r} marks nothing here; write: from ledger import hookimpl"
            yield Slip(file, node.lineno, words, fatal=True)
    if not (isinstance(called, ast.Attribute) and called.attr in FINDS and _name(called.value) == "self"):
        return
    reason = node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "reason"), None)
    starred = any(isinstance(one, ast.Starred) for one in node.args) or any(one.arg is None for one in node.keywords)
    if reason is None and not starred:
        yield Slip(file, node.lineno, f"self.{called.attr} has no reason; say in one sentence what was found")
    elif isinstance(reason, ast.Constant) and not (isinstance(reason.value, str) and reason.value.strip()):
        yield Slip(file, node.lineno, "its reason is empty; say in one sentence what was found")
    for one in node.keywords:
        if one.arg in ("details", "cites", "missing") and isinstance(one.value, (ast.Constant, ast.JoinedStr)):
            words = f"{one.arg} is one value; give a list: {one.arg}=[...]"
            yield Slip(file, one.value.lineno, words)
        if one.arg == "code" and isinstance(one.value, ast.Constant) and len(str(one.value.value).split()) != 1:
            yield Slip(file, one.value.lineno, f"its code is {one.value.value!r}; give machines one short word")


def _of_hooks(file: Path, tree: ast.Module, here: bool) -> Iterator[Slip]:
    """Yield what is wrong with the hooks of a module."""
    answered = False
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        marked = any(_name(one.func if isinstance(one, ast.Call) else one) == "hookimpl" for one in node.decorator_list)
        close = difflib.get_close_matches(node.name, HOOKS, n=1, cutoff=0.8)
        if node.name in HOOKS:
            answered = answered or marked
            if not marked:
                yield Slip(file, node.lineno, f"{node.name} is not marked, and never called; write @hookimpl above it")
            elif not any(isinstance(one, (ast.Return, ast.Yield, ast.YieldFrom)) for one in ast.walk(node)):
                yield Slip(file, node.lineno, f"{node.name} returns nothing; return a list")
        elif (marked or node.name.startswith("ledger_")) and close:
            yield Slip(file, node.lineno, f"there is no hook {node.name}; did you mean {close[0]}?", fatal=True)
            answered = True
    methods = (node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body)
    for node in methods:
        if isinstance(node, ast.FunctionDef) and node.name in HOOKS:
            words = (
                f"{node.name} stands inside a class, where nobody looks for it; move it to the module, with @hookimpl"
            )
            yield Slip(file, node.lineno, words, fatal=True)
            answered = True
    if here and not answered and not any(isinstance(one, ast.FunctionDef) and one.name in HOOKS for one in tree.body):
        words = "no hook registers anything; write ledger_register_checkers, with @hookimpl above it"
        yield Slip(file, 1, words, fatal=not any("import" in type(one).__name__.lower() for one in tree.body))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
