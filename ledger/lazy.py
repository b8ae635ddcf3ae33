"""Packages that load a module when one of its names is first asked for: a command that needs few of them loads few.

    if TYPE_CHECKING:                       what the package shows, as imports: read by type checkers and by people,
        from .spans import Span             and here, from the file
    load_on_demand(__name__)

Otherwise nothing is different: `from ledger.text import Span` and `ledger.text.Span` give what they always gave.
PEP 562 alone would not do: where a function is called as its module is (`ledger.text.sentences`), importing that
module puts it in the function's place.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def load_on_demand(name: str) -> None:
    """Have a package load what it imports under TYPE_CHECKING name by name, as each is asked for."""
    package = sys.modules[name]
    source = package.__loader__.get_source(name)  # type: ignore[union-attr]
    package.__class__ = _OnDemand
    vars(package)["_homes"] = _homes(ast.parse(source))


def _homes(tree: ast.Module) -> Mapping[str, tuple[str, str]]:
    """Return where each name is from: name -> the module, from the package, and its name there ("": the module)."""
    guarded = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imports = (node for block in guarded for node in block.body if isinstance(node, ast.ImportFrom))
    places = ((node, "." * node.level) for node in imports)
    return {
        one.asname or one.name: (f"{dots}{node.module or one.name}", one.name if node.module else "")
        for node, dots in places
        for one in node.names
    }


class _OnDemand(ModuleType):
    _homes: Mapping[str, tuple[str, str]]

    def __getattr__(self, name: str) -> Any:
        if name not in self._homes:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        module, called = self._homes[name]
        found = import_module(module, self.__name__)
        value = getattr(found, called) if called else found
        vars(self)[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute, but leave a public name to what it stands for when its module is imported."""
        if not (name in self._homes and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._homes})
