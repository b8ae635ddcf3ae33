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

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from ..exchange import Imported
    from ..plugins import PluginFault
    from ..policy import read_policy
    from ..reading.ask import suggest
    from ..reading.held import Suggestions
    from .case import NOW, Case
    from .cases import load_cases
    from .contract import assert_checker_contract
    from .exam import ExamResult, exam
    from .exchanges import assert_exchange_contract, exported, extract_of, imported
    from .expected import Expected
    from .installed import assert_found_when_installed
    from .ordinary import ordinary
    from .temporary import temporary_ledger

__all__ = [
    "NOW",
    "Case",
    "ExamResult",
    "Expected",
    "Imported",
    "PluginFault",
    "Suggestions",
    "assert_checker_contract",
    "assert_exchange_contract",
    "assert_found_when_installed",
    "exam",
    "exported",
    "extract_of",
    "imported",
    "load_cases",
    "ordinary",
    "read_policy",
    "suggest",
    "temporary_ledger",
]

load_on_demand(__name__)
