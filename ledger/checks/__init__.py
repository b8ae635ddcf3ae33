"""The engine: who is to be checked and why, workers that call checkers, and runs that record what changed."""

from .dossiers import Ground, dossiers, input_of
from .executors import Executor
from .grading import grade
from .job import Job, Receipt, Stage
from .plan import Plan
from .record import LEDGER, require_claims
from .run import Outcomes, check, explain
from .supervise import LIMIT, MEMORY, Hands, Report, run_partition

__all__ = [
    "LEDGER",
    "LIMIT",
    "MEMORY",
    "Executor",
    "Ground",
    "Hands",
    "Job",
    "Outcomes",
    "Plan",
    "Receipt",
    "Report",
    "Stage",
    "check",
    "dossiers",
    "explain",
    "grade",
    "input_of",
    "require_claims",
    "run_partition",
]
