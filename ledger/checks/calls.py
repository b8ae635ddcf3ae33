"""One call of a checker: what it gave, held against what is on record, and put in proper form.

Whatever a stranger's code raises or returns becomes a finding of its own. What
is on record already was proper when it was recorded, so only news is examined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable
from typing import Any

import attrs

from .. import wire
from ..checker import Context
from ..findings import problem_of
from ..model import Finding, FindingSet, Outcome
from ..plugins import Registered, guarded
from ..plugins.place import with_place
from ..store import digest_of
from .job import BROKE, error

MOST_FINDINGS = 1_000

SILENT = Finding(Outcome.ABSTAIN, "The checker had nothing to say about this.", code="silent")


class OutOfMemory(Exception):
    """A checker used more memory than it may: what is left of this process cannot be trusted to go on."""


@attrs.frozen
class CallResult:
    """What one call found: the findings, and the digest by which they are known again."""

    findings: tuple[Finding, ...]
    digest: str


def answer_of(findings: Collection[Finding]) -> CallResult:
    """Return findings of our own making as an answer."""
    return CallResult(tuple(findings), digest_of(findings))


def ask(
    registered: Registered,
    call: Callable[..., Iterable[Finding]],
    given: Any,
    context: Context,
    known: Callable[[], Container[str]],
    before: str = "",
) -> CallResult:
    """Call a checker and return its answer; `before` is the digest on record, `known()` what it may cite."""
    found, reason = guarded(_written, call, given, context)
    if found is None:
        if reason.startswith("MemoryError"):
            raise OutOfMemory
        return answer_of([_broken(f"The check broke off. {with_place(reason, registered.checker)}", registered)])
    findings, digest = found
    if not findings:
        return SILENCE
    if not digest or digest != before:
        may_cite = known()
        problem = next(filter(None, (problem_of(finding, may_cite) for finding in findings)), "")
        if problem:
            words = with_place(problem, registered.checker)
            return answer_of([_broken(f"The check gave no proper finding: {words}", registered)])
    return CallResult(tuple(findings), digest)


def _written(call: Callable[..., Iterable[Any]], given: Any, context: Context) -> tuple[list[Any], str]:
    """Return what a checker yields, and its digest; what has none is examined without."""
    found, answer = [], call(given, context)
    if not hasattr(answer, "__iter__"):
        what = "None" if answer is None else f"one {type(answer).__name__}"
        raise TypeError(f"it returned {what}: yield findings, or return a list of them")
    for finding in answer:
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


def set_of(registered: Registered, found: CallResult, input: str) -> dict[str, Any]:
    """Return an answer as the JSON data of a finding set."""
    data: dict[str, Any] = wire.unstructure(FindingSet(registered.name, registered.version, found.findings, input))
    return data
