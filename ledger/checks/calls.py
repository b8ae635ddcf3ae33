"""One call of a checker: what it gave, held against what is on record, and put in proper form.

Whatever a stranger's code raises or returns becomes a finding of its own. What
is on record already was proper when it was recorded, so only news is examined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable
from datetime import datetime
from typing import Any

import attrs

from .. import wire
from ..checker import Context
from ..log import instant
from ..model import Finding, FindingSet, Outcome
from ..plugins import Registered, guarded
from ..store import digest_of
from .job import BROKE, error

LONGEST_REASON = 2_000
MOST_FINDINGS = 1_000
LONGEST_FINDING = 50_000

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no words for a reader hold: controls, but for the line break, and marks that show words in another order."""

SILENT = Finding(Outcome.ABSTAIN, "The checker had nothing to say about this.", code="silent")


class OutOfMemory(Exception):
    """A checker used more memory than it may: what is left of this process cannot be trusted to go on."""


@attrs.frozen
class Answer:
    """What one call found: the findings, and the digest by which they are known again."""

    findings: tuple[Finding, ...]
    digest: str


def answer_of(findings: Collection[Finding]) -> Answer:
    """Return findings of our own making as an answer."""
    return Answer(tuple(findings), digest_of(findings))


def ask(
    registered: Registered,
    call: Callable[..., Iterable[Finding]],
    given: Any,
    context: Context,
    known: Callable[[], Container[str]],
    before: str = "",
) -> Answer:
    """Call a checker and return its answer; `before` is the digest on record, `known()` what it may cite."""
    found, reason = guarded(_written, call, given, context)
    if found is None:
        if reason.startswith("MemoryError"):
            raise OutOfMemory
        return answer_of([_broken(f"The check broke off. {reason}", registered)])
    findings, digest = found
    if not findings:
        return SILENCE
    if not digest or digest != before:
        may_cite = known()
        problem = next(filter(None, (_problem(finding, may_cite) for finding in findings)), "")
        if problem:
            return answer_of([_broken(f"The check gave no proper finding: {problem}", registered)])
    return Answer(tuple(findings), digest)


def _written(call: Callable[..., Iterable[Any]], given: Any, context: Context) -> tuple[list[Any], str]:
    """Return what a checker yields, and its digest; what has none is examined without."""
    found = []
    for finding in call(given, context):
        found.append(finding)
        if len(found) > MOST_FINDINGS:
            raise OverflowError(f"more than {MOST_FINDINGS:,} findings at once")
    try:
        return found, digest_of(found)
    except (AttributeError, TypeError, ValueError, RecursionError):
        return found, ""


SILENCE = answer_of([SILENT])


def _broken(reason: str, registered: Registered) -> Finding:
    return error(reason, BROKE, f"Tell the authors of {registered.plugin}.")


def _problem(finding: Any, known: Container[str]) -> str:
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
    if not all(type(part) is tuple for part in (finding.cites, finding.details, finding.measures)):
        raise TypeError("cites, details and measures are tuples")
    for uid in finding.cites:
        if uid not in known:
            raise ValueError("it cites a record that is not in the dossier")
    for _, number in finding.measures:
        if type(number) is not int or abs(number) > wire.LARGEST_INTEGER:
            raise ValueError("a measure is no whole number, or too large")
    names = (name for name, _ in finding.measures)
    text = "\n".join((finding.reason, finding.code, finding.fix, *finding.details, *names))
    text.encode()  # raises for half of a surrogate pair
    if len(text) + 40 * len(finding.cites) > LONGEST_FINDING:
        raise OverflowError(f"it is {len(text):,} characters long, with {len(finding.cites):,} records cited")
    if CONTROLS.search(text):
        raise ValueError("it holds control characters")
    if finding.valid_until is not None and instant(datetime.fromisoformat(finding.valid_until)) != finding.valid_until:
        raise ValueError("its valid_until is no instant")


def set_of(registered: Registered, found: Answer, input: str) -> dict[str, Any]:
    """Return an answer as the JSON data of a finding set."""
    data: dict[str, Any] = wire.unstructure(FindingSet(registered.name, registered.version, found.findings, input))
    return data
