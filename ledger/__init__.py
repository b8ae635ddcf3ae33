"""factledger: a ledger of claims, their source chains, their checks and their verdicts.

What is exported here, and in `ledger.chain`, `ledger.text`, `ledger.dates`, `ledger.reader`,
`ledger.format`, `ledger.commands`, `ledger.executor`, `ledger.timeline` and `ledger.testing`, is the contract for
plugins; the rest may change.
`ledger.API` is its version; which of it stays, and how long, is in docs/hooks.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lazy import load_on_demand

if TYPE_CHECKING:
    from .checker import (
        Checker,
        Context,
        Detector,
        Dossier,
        Finder,
        FindingParts,
        Group,
        GroupChecker,
        LedgerChecker,
        Proposal,
        QuotedEvidence,
        RecordedAnswer,
        SourceDossier,
        Whole,
        needs,
    )
    from .errors import DamagedLedger, EnvironmentFault, InputError, LedgerError, ReadOnly, UnknownRecord
    from .exchange.claimreview_in import claim_reviews
    from .grounds import Weighing
    from .model import (
        Agent,
        AgentKind,
        Anchor,
        Basis,
        Capture,
        CheckerCard,
        Claim,
        Corroboration,
        Credibility,
        Evidence,
        Exclusion,
        ExclusionReason,
        Finding,
        Inquiry,
        InquiryState,
        Link,
        LinkState,
        Missing,
        MissingKind,
        Order,
        Outcome,
        Record,
        Relation,
        Reliability,
        Review,
        Seal,
        Source,
        SourceKind,
        Stake,
        Stance,
        Standing,
        Value,
        Verdict,
    )
    from .opened import OpenLedger, WritableLedger, open
    from .plugins import hookimpl
    from .policy import Policy
    from .promise import API
    from .settings import Setting

__all__ = [
    "API",
    "Agent",
    "AgentKind",
    "Anchor",
    "Basis",
    "Capture",
    "Checker",
    "CheckerCard",
    "Claim",
    "Context",
    "Corroboration",
    "Credibility",
    "DamagedLedger",
    "Detector",
    "Dossier",
    "EnvironmentFault",
    "Evidence",
    "Exclusion",
    "ExclusionReason",
    "Finder",
    "Finding",
    "FindingParts",
    "Group",
    "GroupChecker",
    "InputError",
    "Inquiry",
    "InquiryState",
    "LedgerChecker",
    "LedgerError",
    "Link",
    "LinkState",
    "Missing",
    "MissingKind",
    "OpenLedger",
    "Order",
    "Outcome",
    "Policy",
    "Proposal",
    "QuotedEvidence",
    "ReadOnly",
    "Record",
    "RecordedAnswer",
    "Relation",
    "Reliability",
    "Review",
    "Seal",
    "Setting",
    "Source",
    "SourceDossier",
    "SourceKind",
    "Stake",
    "Stance",
    "Standing",
    "UnknownRecord",
    "Value",
    "Verdict",
    "Weighing",
    "Whole",
    "WritableLedger",
    "claim_reviews",
    "hookimpl",
    "needs",
    "open",
]

load_on_demand(__name__)
