"""The desk's front page: what needs somebody's attention, first."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from ..model import Corroboration, Outcome, Verdict
from ..store import RecordedFinding, newest, queries
from . import words
from .history import Event, latest
from .todo import Todo, todo

MOST = 12
"""Claims, inquiries or events listed on the front page."""

MOST_TASKS = 5


@attrs.frozen
class ClaimLine:
    """A claim in a list: where it stands, the finding that most needs attention, and how many others there are."""

    row: dict[str, Any]
    finding: RecordedFinding | None
    others: dict[Outcome, int]

    @property
    def verdict(self) -> str:
        return words.VERDICT[Verdict(self.row["verdict"])]

    @property
    def corroboration(self) -> str:
        return words.CORROBORATION[Corroboration(self.row["corroboration"])]


@attrs.frozen
class HomeView:
    """What the front page shows; counts are by value of each axis."""

    origin: str
    claims: int
    sources: int
    verdicts: dict[str, int]
    corroboration: dict[str, int]
    todo: Todo
    attention: tuple[ClaimLine, ...]
    waiting: tuple[dict[str, Any], ...]
    corrected: tuple[dict[str, Any], ...]
    faults: tuple[RecordedFinding, ...]
    latest: tuple[Event, ...]
    size: int
    root: str


def home_view(db: Any) -> HomeView:
    """Return the desk's front page of a ledger."""
    head = queries.head(db)
    waiting = tuple(newest.unanswered(db, MOST))
    return HomeView(
        origin=queries.origin(db),
        claims=queries.count(db, "claims"),
        sources=queries.count(db, "sources"),
        verdicts=queries.counted(db, "claims", "verdict"),
        corroboration=queries.counted(db, "claims", "corroboration"),
        todo=_todo(db, head.root),
        attention=tuple(line(db, row) for row in _attention(db)),
        waiting=waiting,
        corrected=tuple(newest.corrected(db, MOST)),
        faults=tuple(found for found in queries.findings(db, "ledger") if found.finding.outcome is Outcome.ERROR),
        latest=latest(db, MOST),
        size=head.size,
        root=head.root.hex(),
    )


_made: dict[bytes, Todo] = {}
"""What is to be done, by the root of the log: the same until something is entered; slow to find where much is open."""


def _todo(db: Any, root: bytes) -> Todo:
    if root not in _made:
        _made.clear()
        _made[root] = todo(db, most=MOST_TASKS)
    return _made[root]


def _attention(db: Any) -> list[dict[str, Any]]:
    """Return the claims that stand and have problems, those that fail a check first."""
    failing = [row for claim in newest.failing(db, MOST) for row in queries.rows(db, "claims", id=claim)]
    known = {row["id"] for row in failing}
    others = [row for row in newest.with_problems(db, 2 * MOST) if row["id"] not in known]
    return [*failing, *others][:MOST]


def line(db: Any, row: dict[str, Any]) -> ClaimLine:
    """Return a claim's row with its gravest finding."""
    rank = {outcome: number for number, outcome in enumerate(words.OUTCOME)}
    found = sorted(queries.findings(db, row["id"]), key=lambda one: rank[one.finding.outcome])
    others = Counter(one.finding.outcome for one in found[1:])
    return ClaimLine(row, found[0] if found else None, dict(others))
