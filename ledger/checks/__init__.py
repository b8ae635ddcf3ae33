"""The engine: who is to be checked and why, workers that call checkers, and runs that record what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from ..partition import Executor, Job, Receipt, Stage
    from .asking import AddressAsked, AddressQuestion, Online
    from .attempt import Attempt, attempt
    from .dossiers import DossierDigest, dossiers, input_of
    from .grading import grade
    from .plan import Plan
    from .pool import LIMIT, MEMORY, Report, WorkerPool, run_partition
    from .record import LEDGER, require_claims
    from .registry import settings_of
    from .run import Outcomes, check, explain, questions

__all__ = [
    "LEDGER",
    "LIMIT",
    "MEMORY",
    "AddressAsked",
    "AddressQuestion",
    "Attempt",
    "DossierDigest",
    "Executor",
    "Job",
    "Online",
    "Outcomes",
    "Plan",
    "Receipt",
    "Report",
    "Stage",
    "WorkerPool",
    "attempt",
    "check",
    "dossiers",
    "explain",
    "grade",
    "input_of",
    "questions",
    "require_claims",
    "run_partition",
    "settings_of",
]

load_on_demand(__name__)
