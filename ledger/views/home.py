"""The front page: what needs somebody's attention, first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from ..model import Corroboration, InquiryState, Outcome, Verdict
from ..store import Found, queries
from . import words
from .history import Event, latest

MOST = 12
"""Claims, inquiries or events listed on the front page."""


@attrs.frozen
class Line:
    """A claim in a list: where it stands, the finding that most needs attention, and how many others there are."""

    row: dict[str, Any]
    finding: Found | None
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
    attention: tuple[Line, ...]
    undecided: int
    waiting: tuple[dict[str, Any], ...]
    corrected: tuple[dict[str, Any], ...]
    faults: tuple[Found, ...]
    latest: tuple[Event, ...]
    size: int
    root: str
    names: Mapping[str, str]
    """An agent's handle -> name."""


def home_view(db: Any) -> HomeView:
    """Return the front page of a ledger."""
    rows = queries.rows(db, "claims", order="problems DESC, changed DESC")
    head = queries.head(db)
    return HomeView(
        origin=queries.origin(db),
        claims=len(rows),
        sources=len(queries.rows(db, "sources")),
        verdicts=_counted(rows, "verdict"),
        corroboration=_counted(rows, "corroboration"),
        attention=tuple(line(db, row) for row in _attention(db, rows)[:MOST]),
        undecided=sum(row["verdict"] == Verdict.UNCHECKED for row in rows),
        waiting=tuple(
            row
            for row in queries.rows(db, "inquiries")
            if row["state"] in (InquiryState.AWAITING, InquiryState.NO_ANSWER)
        )[:MOST],
        corrected=tuple(row for row in rows if row["workflow"] in ("corrected", "superseded", "retracted"))[:MOST],
        faults=tuple(found for found in queries.findings(db, "ledger") if found.finding.outcome is Outcome.ERROR),
        latest=latest(db, MOST),
        size=head.size,
        root=head.root.hex(),
        names=queries.names(db, "agent"),
    )


def _attention(db: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the claims that stand and have problems, those that fail a check first."""
    failing = {row["subject"] for row in queries.rows(db, "findings", outcome=Outcome.FAIL.value)}
    open_ = [row for row in rows if row["problems"] and row["workflow"] not in ("superseded", "retracted")]
    return sorted(open_, key=lambda row: row["id"] not in failing)


def lines(db: Any) -> tuple[Line, ...]:
    """Return every claim with the finding that most needs attention, in the order they were entered."""
    return tuple(line(db, row) for row in queries.rows(db, "claims"))


def line(db: Any, row: dict[str, Any]) -> Line:
    """Return a claim's row with its gravest finding."""
    rank = {outcome: number for number, outcome in enumerate(words.OUTCOME)}
    found = sorted(queries.findings(db, row["id"]), key=lambda one: rank[one.finding.outcome])
    others = Counter(one.finding.outcome for one in found[1:])
    return Line(row, found[0] if found else None, dict(others))


def _counted(rows: list[dict[str, Any]], column: str) -> dict[str, int]:
    return dict(Counter(row[column] for row in rows).most_common())
