"""The engine: dossiers, workers that call checkers, and runs that record what changed."""

from .dossiers import dossiers
from .run import LEDGER, Outcomes, check
from .supervise import LIMIT, Report

__all__ = ["LEDGER", "LIMIT", "Outcomes", "Report", "check", "dossiers"]
