"""The source graph, from edges it is given: origins, independence, impact.

    Chain           what comes from what; origins, paths, cycles, a printable tree
    independence    between how many and how many sources are independent, and why

Pure: nodes are strings, and nothing here knows of records, files or the clock.
Impact ("what falls if this is retracted?") is `Chain.dependents`.
"""

from __future__ import annotations

from ..renamed import renamed as _renamed
from .graph import DERIVATIONS, Branch, Chain, Origin, Step
from .interval import BUDGET, Independence, IndependenceState, independence
from .pairs import Lack, Pair, PairVerdict, Reason

__all__ = [
    "BUDGET",
    "DERIVATIONS",
    "Branch",
    "Chain",
    "Independence",
    "IndependenceState",
    "Lack",
    "Origin",
    "Pair",
    "PairVerdict",
    "Reason",
    "Step",
    "independence",
]

__getattr__ = _renamed(
    __name__,
    {
        "State": "IndependenceState",
    },
)
