"""The readers' front page: what is held true, false and open, and what was decided last, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..model import Verdict
from ..store import newest, queries
from . import words

MOST_DECISIONS, MOST_OTHERS, MOST_STORIES = 12, 5, 12
"""Decisions on the front page; what is contested, corrected, or not answered, of each; names of stories."""

SETTLED = (Verdict.SUPPORTED, Verdict.REFUTED)


@attrs.frozen
class RulingLine:
    """A decision in a list: the claim, the verdict in the house's words, one sentence of its reason, who and when."""

    claim: str
    text: str
    verdict: Verdict
    label: str
    reason: str
    by: str
    at: str


@attrs.frozen
class FrontView:
    """What the readers' front page shows; `verdicts` counts the claims that stand, by verdict."""

    origin: str
    verdicts: Mapping[Verdict, int]
    decisions: tuple[RulingLine, ...]
    contested: tuple[dict[str, Any], ...]
    corrected: tuple[dict[str, Any], ...]
    unanswered: tuple[dict[str, Any], ...]
    stories: tuple[str, ...]
    size: int
    root: str
    changed: str

    @property
    def claims(self) -> int:
        """How many claims stand."""
        return sum(self.verdicts.values())

    @property
    def open(self) -> Mapping[Verdict, int]:
        """How many are neither supported nor refuted, by verdict."""
        return {verdict: count for verdict, count in self.verdicts.items() if verdict not in SETTLED}


def front_view(db: Any) -> FrontView:
    """Return the readers' front page of a ledger."""
    head = queries.head(db)
    counts = {Verdict(code): count for code, count in newest.verdicts(db).items()}
    last = next(queries.entries(db, start=head.size - 1))
    return FrontView(
        origin=queries.origin(db),
        verdicts={verdict: counts[verdict] for verdict in words.VERDICT if verdict in counts},
        decisions=tuple(_line(row) for row in newest.decisions(db, MOST_DECISIONS)),
        contested=tuple(newest.contested(db, MOST_OTHERS)),
        corrected=tuple(newest.corrected(db, MOST_OTHERS)),
        unanswered=tuple(newest.unanswered(db, MOST_OTHERS)),
        stories=tuple(newest.stories(db, MOST_STORIES)),
        size=head.size,
        root=head.root.hex(),
        changed=last.at,
    )


def _line(row: dict[str, Any]) -> RulingLine:
    verdict = Verdict(row["verdict"])
    return RulingLine(
        claim=row["claim"],
        text=row["text"],
        verdict=verdict,
        label=row["label"] or words.VERDICT[verdict],
        reason=words.first_sentence(row["reasons"]),
        by=row["by"],
        at=row["added"],
    )
