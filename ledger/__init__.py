"""factledger: a ledger of claims, their source chains, their checks and their verdicts.

What is exported here, and in `ledger.chain`, `ledger.text`, `ledger.dates` and
`ledger.testing`, is the contract for plugins; the rest may change.
"""

from .checker import Checker, Context, Dossier
from .errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, ReadOnly, UnknownRecord
from .model import (
    Agent,
    AgentKind,
    Anchor,
    Basis,
    Capture,
    Claim,
    Corroboration,
    Evidence,
    Finding,
    Inquiry,
    Link,
    Outcome,
    Relation,
    Review,
    Source,
    SourceKind,
    Stake,
    Stance,
    Verdict,
)
from .plugins import hookimpl

__all__ = [
    "Agent",
    "AgentKind",
    "Anchor",
    "Basis",
    "Capture",
    "Checker",
    "Claim",
    "Context",
    "Corroboration",
    "DamagedLedger",
    "Dossier",
    "EnvironmentFault",
    "Evidence",
    "Finding",
    "InputError",
    "Inquiry",
    "LedgerError",
    "Link",
    "Outcome",
    "ReadOnly",
    "Relation",
    "Review",
    "Source",
    "SourceKind",
    "Stake",
    "Stance",
    "UnknownRecord",
    "Verdict",
    "hookimpl",
]
