"""For authors of plugins: cases made by hand or read from a file, a real ledger, and the contract as a test.

    case = Case("The bridge was closed in May.", occurred="2031-05")
    paper = case.source("Harbour Post", published="2031-06-01")
    case.evidence(paper, basis=Basis.WITNESS)
    findings = case.findings(MyChecker())

Nothing here needs pytest: a test that raises AssertionError is all it takes.
Each name is loaded when it is first used, so that `ledger.testing.stories`, which
pytest imports at every start, brings no database with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..policy import read_policy
    from .case import NOW, Case
    from .cases import load_cases
    from .contract import assert_checker_contract
    from .expected import Expected
    from .temporary import temporary_ledger

__all__ = [
    "NOW",
    "Case",
    "Expected",
    "assert_checker_contract",
    "load_cases",
    "read_policy",
    "temporary_ledger",
]

_HOMES = {
    "NOW": ".case",
    "Case": ".case",
    "Expected": ".expected",
    "assert_checker_contract": ".contract",
    "load_cases": ".cases",
    "read_policy": "..policy",
    "temporary_ledger": ".temporary",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
