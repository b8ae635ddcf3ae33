"""The source graph, from edges it is given: origins, independence, impact.

    Chain           what comes from what; origins, paths, cycles, a printable tree
    independence    between how many and how many sources are independent, and why

Pure: nodes are strings, and nothing here knows of records, files or the clock.
Impact ("what falls if this is retracted?") is `Chain.dependents`.
"""

from __future__ import annotations

from .graph import DERIVATIONS, Branch, Chain, Origin, Step
from .interval import BUDGET, Independence, State, independence
from .pairs import Lack, Pair, PairVerdict, Reason

__all__ = [
    "BUDGET",
    "DERIVATIONS",
    "Branch",
    "Chain",
    "Independence",
    "Lack",
    "Origin",
    "Pair",
    "PairVerdict",
    "Reason",
    "State",
    "Step",
    "independence",
]
