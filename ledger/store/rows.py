"""How a record reads as a row: references become handles, an anchor becomes columns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

import attrs

from ..axes import Axes
from ..model import (
    KINDS,
    CheckerCard,
    Claim,
    Evidence,
    Exclusion,
    Finding,
    Missing,
    MissingKind,
    Outcome,
    Publication,
    Record,
    Run,
)
from .fold import StoredRecord

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
    "exclusion": "exclusions",
    "inquiry": "inquiries",
    "review": "reviews",
    "key": "keys",
    "checker": "checkers",
    "run": "runs",
    "publication": "publications",
}
"""The readable table of each kind of record; a result has none, its findings have."""


def row(kept: StoredRecord, handle: Handle) -> Row:
    """Return a record's row; of a claim the columns that are its own, without its axes. A result has none."""
    record = kept.record
    cells = _plain(record, handle)
    if isinstance(record, (Evidence, Exclusion)):
        cells.pop("anchor")
        cells |= _anchor(record)
    if isinstance(record, Claim):
        value = cells.pop("value")
        cells |= {f"value_{part}": getattr(value, part, None) for part in ("subject", "property", "amount", "unit")}
        order = cells.pop("order")
        cells |= {f"order_{part}": getattr(order, part, None) for part in _ORDER}
    if isinstance(record, Run):
        counts = dict(record.counts)
        cells.pop("counts")
        cells.pop("code")  # in the entry, and in the record's JSON
        cells["checkers"] = ", ".join(record.checkers)
        cells["plugins"] = ", ".join(record.plugins)
        cells["covers"] = int(record.covers)
        for column, outcome in _COUNTED.items():
            cells[column] = counts.get(outcome, 0)
    if isinstance(record, (CheckerCard, Run, Publication)):
        return cells | {"added": kept.added}
    if isinstance(record, Claim):
        return cells | {"added": kept.added, "changed": kept.changed}
    return cells | {"standing": kept.standing.value, "added": kept.added, "changed": kept.changed}


def axes_row(axes: Axes, *, decided: str | None, checked: str | None) -> Row:
    """Return the columns of a claim that are derived; `decided` and `checked` are instants."""
    return {
        "verdict": axes.verdict.value,
        "corroboration": axes.corroboration.value,
        "workflow": axes.workflow.value,
        "problems": axes.problems,
        "sources": axes.sources,
        "independent_shown": axes.shown,
        "independent_at_most": axes.at_most,
        "decided": decided,
        "checked": checked,
    }


_ORDER = ("earlier", "later", "least_days", "most_days")

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def digest_of(findings: Iterable[Finding]) -> str:
    """Return 128 bits, in hex, by which a set of findings is known again.

    Words for readers hold no control characters, so these keep the parts apart.
    """
    text = "\x1d".join(
        [
            "\x1f".join(
                (
                    f.outcome,
                    f.reason,
                    f.code,
                    "\x1e".join(f.cites),
                    f.fix,
                    "\x1e".join(f.details),
                    str(f.measures) if f.measures else "",
                    f.valid_until or "",
                    *(part for one in f.missing for part in (one.kind, one.record or "", one.field)),
                )
            )
            for f in findings
        ]
    )
    return sha256(text.encode()).hexdigest()[:32]


def statement(finding: Finding, handle: Handle) -> tuple[Any, ...]:
    """Return what a finding says, without whom: outcome, code, reason, fix, missing, details, measures, valid until."""
    return (
        finding.outcome.value,
        finding.code,
        finding.reason,
        finding.fix,
        "\n".join([_lacked(one, handle) for one in finding.missing]),
        "\n".join(finding.details),
        _encode(dict(finding.measures)) if finding.measures else "{}",
        finding.valid_until,
    )


_LACKED = re.compile(r"(\w+)(?: of ([^ :]+))?(?:: (.*))?")


def _lacked(one: Missing, handle: Handle) -> str:
    """Return "field of article: published", "capture of article" or "setting: lists.listed-sources"."""
    of = f" of {handle(one.record)}" if one.record else ""
    return f"{one.kind}{of}" + (f": {one.field}" if one.field else "")


@lru_cache(maxsize=1_024)
def lacked(cell: str) -> tuple[Missing, ...]:
    """Return what a finding's row says that it lacks; records go by their handle."""
    found = filter(None, map(_LACKED.fullmatch, cell.splitlines()))
    return tuple(Missing(MissingKind(kind), of, field or "") for kind, of, field in (one.groups() for one in found))


_COUNTED = {
    "passed": Outcome.PASS.value,
    "warned": Outcome.WARN.value,
    "failed": Outcome.FAIL.value,
    "abstained": Outcome.ABSTAIN.value,
    "not_applicable": Outcome.NOT_APPLICABLE.value,
    "errors": Outcome.ERROR.value,
}


def _plain(record: Record, handle: Handle) -> Row:
    cells: Row = {"id": record.handle}
    for name, is_reference in _fields(record.KIND):
        value = getattr(record, name)
        if is_reference and value is not None:
            value = handle(value)
        cells[name] = getattr(value, "value", value)
    return cells


@cache
def _fields(kind: str) -> tuple[tuple[str, bool], ...]:
    """Return the names of a record's own fields, and whether each names another record."""
    return tuple(
        (field.name, "refers_to" in field.metadata)
        for field in attrs.fields(KINDS[kind])
        if field.name not in ("uid", "handle") and not field.metadata.get("unlisted")
    )


def _anchor(record: Evidence | Exclusion) -> Row:
    anchor = record.anchor
    return {
        "quote": (anchor.exact or None) if anchor else None,
        "fragment": anchor.fragment if anchor else None,
        "quote_prefix": anchor.prefix if anchor else None,
        "quote_suffix": anchor.suffix if anchor else None,
        "quote_start": anchor.start if anchor else None,
        "quote_end": anchor.end if anchor else None,
        "text_sha256": anchor.text if anchor else None,
        "language": anchor.language if anchor else None,
    }
