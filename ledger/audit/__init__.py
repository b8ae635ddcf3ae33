"""Recomputing everything that a ledger file says, and naming what does not hold."""

from .checkpoints import Given
from .codes import Code
from .report import Problem, Report
from .verify import verify

__all__ = ["Code", "Given", "Problem", "Report", "verify"]
