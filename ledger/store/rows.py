"""How a record reads as a row: references become handles, an anchor becomes columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs

from ..axes import Axes
from ..model import Claim, Evidence, Finding, Outcome, Record, Run
from .fold import Kept

Row = dict[str, Any]
Handle = Callable[[str], str]
"""Takes a uid, returns its handle."""

TABLE_OF = {
    "agent": "agents",
    "source": "sources",
    "capture": "captures",
    "link": "links",
    "claim": "claims",
    "evidence": "evidence",
    "inquiry": "inquiries",
    "review": "reviews",
    "checker": "checkers",
    "run": "runs",
}
"""The readable table of each kind of record; a result has none, its findings have."""


def row(kept: Kept, handle: Handle) -> Row:
    """Return a record's row, for every kind but claims, whose axes are derived, and results."""
    record = kept.record
    cells = _plain(record, handle)
    if isinstance(record, Evidence):
        cells.pop("anchor")
        cells |= _anchor(record)
    if isinstance(record, Run):
        counts = dict(record.counts)
        cells.pop("counts")
        cells["checkers"] = ", ".join(record.checkers)
        for column, outcome in _COUNTED.items():
            cells[column] = counts.get(outcome, 0)
    if record.KIND in ("checker", "run"):
        return cells | {"added": kept.added}
    return cells | {"standing": kept.standing.value, "added": kept.added, "changed": kept.changed}


def claim_row(kept: Kept, claim: Claim, axes: Axes, handle: Handle, *, decided: str | None, checked: str | None) -> Row:
    """Return a claim's row with its axes; `decided` and `checked` are instants."""
    cells = _plain(claim, handle)
    cells.pop("value")
    value = claim.value
    for part in ("subject", "property", "amount", "unit"):
        cells[f"value_{part}"] = getattr(value, part) if value else None
    return cells | {
        "verdict": axes.verdict.value,
        "corroboration": axes.corroboration.value,
        "workflow": axes.workflow.value,
        "problems": axes.problems,
        "sources": axes.sources,
        "independent_shown": axes.shown,
        "independent_at_most": axes.at_most,
        "decided": decided,
        "checked": checked,
        "added": kept.added,
        "changed": kept.changed,
    }


def finding_row(finding: Finding, handle: Handle) -> Row:
    """Return the cells of a finding that come from the finding itself."""
    return {
        "outcome": finding.outcome.value,
        "code": finding.code,
        "reason": finding.reason,
        "fix": finding.fix,
        "cites": " ".join(handle(uid) for uid in finding.cites),
        "details": "\n".join(finding.details),
        "measures": json.dumps(dict(finding.measures), separators=(",", ":")),
        "valid_until": finding.valid_until,
    }


_COUNTED = {
    "passed": Outcome.PASS.value,
    "warned": Outcome.WARN.value,
    "failed": Outcome.FAIL.value,
    "abstained": Outcome.ABSTAIN.value,
    "errors": Outcome.ERROR.value,
}


def _plain(record: Record, handle: Handle) -> Row:
    cells: Row = {"id": record.handle}
    for field in attrs.fields(type(record)):
        if field.name in ("uid", "handle"):
            continue
        value = getattr(record, field.name)
        if value is not None and field.metadata.get("refers_to"):
            value = handle(value)
        cells[field.name] = getattr(value, "value", value)
    return cells


def _anchor(record: Evidence) -> Row:
    anchor = record.anchor
    return {
        "quote": anchor.exact if anchor else None,
        "quote_prefix": anchor.prefix if anchor else None,
        "quote_suffix": anchor.suffix if anchor else None,
        "quote_start": anchor.start if anchor else None,
        "quote_end": anchor.end if anchor else None,
        "text_sha256": anchor.text if anchor else None,
        "language": anchor.language if anchor else None,
    }
