"""What an executor is written with: jobs and receipts, how one is done, and how it is done where no disk is shared.

on this machine, or one that has its disk       run_partition(job)
on any other                                    Share.send -> run_shared -> Share.receive
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from ..checks.pool import run_partition
    from ..partition import Executor, Job, Receipt, Stage
    from .away import run_shared
    from .share import Share

__all__ = ["Executor", "Job", "Receipt", "Share", "Stage", "run_partition", "run_shared"]

load_on_demand(__name__)
