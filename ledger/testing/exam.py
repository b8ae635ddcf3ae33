"""How good a checker is, in four counts that are kept apart: see docs/design-of-checkers.md."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..checker import Detector, Finder
from ..model import Outcome
from .case import Case

ALARMS = frozenset({Outcome.WARN, Outcome.FAIL})


@attrs.frozen(kw_only=True)
class ExamResult:
    """What came of an exam, in cases: `found`, `missed` of those with a fault; `false_alarms`, `quiet` of the others.

    `abstained` are the cases, with a fault or without, of which the checker said only that it cannot tell; they are in
    none of the other counts. `wrong` are the names of the cases that were missed or falsely alarmed at.
    """

    found: int
    missed: int
    false_alarms: int
    quiet: int
    abstained: int
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"faults found: {self.found} of {self.found + self.missed}; "
            f"false alarms: {self.false_alarms} of {self.false_alarms + self.quiet}; abstained: {self.abstained}"
        )


def exam(
    checker: Finder,
    faulty: Iterable[Case],
    sound: Iterable[Case],
    *,
    alarms: frozenset[Outcome] = ALARMS,
) -> ExamResult:
    """Ask a checker about cases with a fault and cases without; what counts as an alarm is `alarms`.

    Give cases of which none was looked at when the checker was made. Raises TypeError for a detector, which has no
    outcomes.
    """
    if isinstance(checker, Detector):
        raise TypeError("A detector makes proposals, and no alarms: count them with case.proposals(detector).")
    told = {
        True: [_said(checker, case, alarms) for case in faulty],
        False: [_said(checker, one, alarms) for one in sound],
    }
    counts = {
        (fault, said): sum(one == said for _, one in told[fault]) for fault in told for said in (True, False, None)
    }
    return ExamResult(
        found=counts[True, True],
        missed=counts[True, False],
        false_alarms=counts[False, True],
        quiet=counts[False, False],
        abstained=counts[True, None] + counts[False, None],
        wrong=tuple(name for fault in told for name, said in told[fault] if said is (not fault)),
    )


def _said(checker: Finder, case: Case, alarms: frozenset[Outcome]) -> tuple[str, bool | None]:
    """Return a case's name, and whether the checker raises an alarm; None if it cannot tell."""
    outcomes = {finding.outcome for finding in case.findings(checker)}
    if outcomes & alarms:
        return case.name, True
    return case.name, None if outcomes == {Outcome.ABSTAIN} else False
