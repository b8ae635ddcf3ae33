"""Whether a checker answers the same when it is given the same, by the same code: what is on record says so.

Nobody is accused of what others may have done: an answer is only held against one that was recorded by the same code
of its plugin and of factledger, that claimed to hold until now, and that no archived copy had a part in, since copies
come and go without an entry. Where words were withheld, checkers see less than they did, and nobody is accused at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..model import Code, Finding, Outcome
from ..plugins.names import OWN
from ..store import queries
from .job import error

NOT_PURE = "not_pure"


def is_impure(
    db: Any,
    subject: str,
    checker: str,
    before: Sequence[Any] | None,
    found: Iterable[Finding],
    *,
    now: str,
    plugin: str,
    code: Mapping[str, str],
) -> bool:
    """Return whether another answer than that of the same input and version is on record, made by the same code.

    `before` is what is on record of the checker for this subject (its handle), as `queries.checked` has it; `code` maps
    a plugin, and factledger itself, to the digest of its code.
    """
    if not before or not before[4] or "" < before[3] <= now or not code.get(plugin) or queries.has_withheld(db):
        return False
    recorded = [one for one in queries.findings(db, subject) if one.checker == checker]
    runs = {one.run for one in recorded}
    if len(runs) != 1:
        return False
    made_by = digests(queries.code_of_run(db, runs.pop()))
    if any(made_by.get(one) != code.get(one) for one in (plugin, OWN)):
        return False
    uids = queries.uids_of(db, sorted({handle for one in recorded for handle in one.handles}))
    then = [_said(one.finding, [uids.get(handle, "") for handle in one.handles]) for one in recorded]
    given = list(found)
    ran = all(finding.outcome is not Outcome.ERROR for finding in given)
    return ran and then != [_said(finding, finding.cites) for finding in given]


def _said(finding: Finding, cites: Iterable[str]) -> tuple[Any, ...]:
    """Return what a finding says but for how long: that may follow the clock of the run."""
    words = (finding.outcome.value, finding.reason, finding.code, finding.fix, "\n".join(finding.details))
    return (*words, tuple(sorted(finding.measures)), tuple(cites))


def digests(code: Iterable[Code]) -> dict[str, str]:
    """Return plugin -> digest of its code."""
    return {one.plugin: one.sha256 for one in code}


def not_pure(checker: str, place: str = "") -> Finding:
    """Return the finding that takes the place of answers that cannot be relied on; `place` is where it answers."""
    where = f" ({place})" if place else ""
    return error(
        f"Not a pure function: {checker}{where}. "
        "Given the same, its version and code the same, it now answers otherwise.",
        NOT_PURE,
        "Tell its authors: no clock but that of the context, no chance, nothing kept between calls.",
    )
