"""Published copies of several ledgers in one file: merging them, and recomputing all that the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .adding import MergeOutcome, RefusedCopy, Vouchers, merge
    from .verify import MergedReport, verify

__all__ = ["MergeOutcome", "MergedReport", "RefusedCopy", "Vouchers", "merge", "verify"]

load_on_demand(__name__)
