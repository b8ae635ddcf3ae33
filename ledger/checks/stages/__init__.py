"""What a worker does with the subjects of a job, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...checker import Checker, Detector, GroupChecker, LedgerChecker
from ...partition import Stage
from .asks import look_for_questions
from .claims import look_at_claims
from .context import JobContext
from .groups import look_at_groups, look_at_keys
from .sources import look_at_sources
from .whole import look_at_all

__all__ = ["STAGES", "JobContext"]

STAGES: Mapping[Stage, tuple[type, Callable[[JobContext], None]]] = {
    Stage.SOURCES: (Detector, look_at_sources),
    Stage.ASKS: (Checker, look_for_questions),
    Stage.CLAIMS: (Checker, look_at_claims),
    Stage.KEYS: (GroupChecker, look_at_keys),
    Stage.GROUPS: (GroupChecker, look_at_groups),
    Stage.LEDGER: (LedgerChecker, look_at_all),
}
"""What is called in each stage, and what calls it."""
