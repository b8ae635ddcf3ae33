"""What a finding has to be: a checker is a stranger's code, and what it yields goes on record, or before a reader."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import datetime
from typing import Any

from . import wire
from .log import instant
from .model import Finding, Missing, Outcome
from .plugins import guarded

LONGEST_REASON = 2_000
LONGEST_FINDING = 50_000

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no words for a reader hold: controls, but for the line break, and marks that show words in another order."""


def problem_of(finding: Any, known: Container[str]) -> str:
    """Return why a finding is none, or cannot be recorded; "" if it can. `known` is what it may cite."""
    if type(finding) is not Finding:
        return f"a {type(finding).__name__} is not one."
    if not isinstance(finding.outcome, Outcome) or finding.outcome is Outcome.ERROR:
        return "its outcome is none of pass, warn, fail, abstain, not_applicable."
    if not isinstance(finding.reason, str) or not 0 < len(finding.reason.strip()) <= LONGEST_REASON:
        return "its reason is empty or endless."
    _, reason = guarded(_require_recordable, finding, known)
    return f"it cannot be recorded ({reason})." if reason else ""


def _require_recordable(finding: Finding, known: Container[str]) -> None:
    """Raise if a finding would not survive being written down, or is more than anybody would read."""
    if not all(type(part) is tuple for part in (finding.cites, finding.details, finding.measures, finding.missing)):
        raise TypeError("cites, details, measures and missing are tuples")
    for uid in finding.cites:
        if uid not in known:
            raise ValueError("it cites a record that is not in the dossier")
    for one in finding.missing:
        if not isinstance(one, Missing) or (one.record is not None and one.record not in known):
            raise ValueError("it misses something of a record that is not in the dossier")
    for _, number in finding.measures:
        if type(number) is not int or abs(number) > wire.LARGEST_INTEGER:
            raise ValueError("a measure is no whole number, or too large")
    names = (name for name, _ in finding.measures)
    lacked = (one.field for one in finding.missing)
    text = "\n".join((finding.reason, finding.code, finding.fix, *finding.details, *names, *lacked))
    text.encode()  # raises for half of a surrogate pair
    if len(text) + 40 * (len(finding.cites) + len(finding.missing)) > LONGEST_FINDING:
        raise OverflowError(f"it is {len(text):,} characters long, with {len(finding.cites):,} records cited")
    if CONTROLS.search(text):
        raise ValueError("it holds control characters")
    if finding.valid_until is not None and instant(datetime.fromisoformat(finding.valid_until)) != finding.valid_until:
        raise ValueError("its valid_until is no instant")
