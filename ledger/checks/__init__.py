"""The engine: dossiers, workers that call checkers, and runs that record what changed."""

from .dossiers import Ground, dossiers, input_of
from .run import LEDGER, Outcomes, check
from .supervise import LIMIT, Report

__all__ = ["LEDGER", "LIMIT", "Ground", "Outcomes", "Report", "check", "dossiers", "input_of"]
