"""The three axes of a claim, derived and never entered: workflow, verdict, corroboration.

Workflow and verdict replay from entries. Corroboration is the value that the
recorded result of the `corroboration` checker carries, so that nothing depends
on which plugins are installed when somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from .model import Corroboration, Finding, Outcome, Review, Standing, Verdict, Workflow

CORROBORATION = "corroboration"
"""The checker whose code is the corroboration axis."""

_STATES = {state.value for state in Corroboration}

PROBLEMS = (Outcome.FAIL, Outcome.WARN, Outcome.ERROR)
"""Outcomes that ask for somebody's attention."""


@attrs.frozen
class Axes:
    """Where a claim stands; the counts are None until corroboration was checked.

    `shown` is the lower and `at_most` the upper end of independence; `sources` counts supporting sources.
    """

    workflow: Workflow
    verdict: Verdict
    corroboration: Corroboration
    sources: int
    shown: int | None
    at_most: int | None
    problems: int


def axes(
    standing: Standing,
    reviews: Sequence[Review],
    outcomes: Iterable[Outcome],
    corroboration: Sequence[Finding],
    sources: int,
) -> Axes:
    """Return a claim's axes from its standing, its current reviews in order, and what its checks gave.

    `outcomes` are those of all findings, `corroboration` the findings of that checker.
    """
    verdicts = [review.verdict for review in reviews if review.seconds is None]
    state, measures = _corroboration(corroboration)
    return Axes(
        workflow=_workflow(standing, verdicts),
        verdict=verdicts[-1] if verdicts else Verdict.UNCHECKED,
        corroboration=state,
        sources=sources,
        shown=measures.get("shown"),
        at_most=measures.get("at_most"),
        problems=sum(outcome in PROBLEMS for outcome in outcomes),
    )


def _workflow(standing: Standing, verdicts: Sequence[Verdict]) -> Workflow:
    if standing in (Standing.RETRACTED, Standing.SUPERSEDED):
        return Workflow(standing.value)
    if standing is Standing.CORRECTED or len(set(verdicts)) > 1:
        return Workflow.CORRECTED
    return Workflow.DECIDED if verdicts else Workflow.OPEN


def _corroboration(found: Iterable[Finding]) -> tuple[Corroboration, dict[str, int]]:
    for finding in found:
        if finding.code in _STATES:
            return Corroboration(finding.code), dict(finding.measures)
    return Corroboration.NOT_CHECKED, {}
