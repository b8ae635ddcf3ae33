"""Recomputing everything that a ledger file says, and naming what does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .checkpoints import OutsideCheckpoint
    from .codes import ProblemCode
    from .report import AuditReport, Problem
    from .verify import verify

__all__ = ["AuditReport", "OutsideCheckpoint", "Problem", "ProblemCode", "verify"]

load_on_demand(__name__)
