"""What a reader is told of the ledger itself: who keeps it, by which rules it decides, and what a copy leaves out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from ..policy import Policy, default_policy
from ..store import newest, queries
from . import words

RECENT = 200
"""Decisions among which those who decide are looked for."""


@attrs.frozen
class PersonalKey:
    """With which key somebody signs what they enter; `standing` says whether it still holds."""

    name: str
    verifier: str
    standing: str


@attrs.frozen
class AboutView:
    """What the page about the ledger shows, beside its keys and checkpoints.

    `claims` stand, `gone` were replaced or retracted. `deciders` are who decided of late, with their number of
    decisions; `rules` the house's policy in force at the last run of the checks, None where only its hash `digest` is
    on record; `publication` the row of the last copy that was written for others, `checks` how many checkers had a
    part in the last run.
    """

    origin: str
    begun: str
    claims: int
    gone: int
    sources: int
    deciders: tuple[tuple[str, int], ...]
    keys: tuple[PersonalKey, ...]
    checked: str
    checks: int
    digest: str
    rules: Policy | None
    publication: dict[str, Any] | None

    @property
    def second(self) -> str:
        """The verdicts that a second person signs, in words; empty where none."""
        return " or ".join(f"“{words.VERDICT[verdict]}”" for verdict in self.rules.second) if self.rules else ""

    @property
    def enough(self) -> str:
        """What passes as corroborated, in words."""
        return " or ".join(words.CORROBORATION[state] for state in self.rules.enough) if self.rules else ""


def about_view(db: Any) -> AboutView:
    """Return what there is to say of a ledger."""
    run = _last(db, "runs")
    digest = str(run["policy"]) if run else ""
    own = default_policy()
    standing = sum(newest.verdicts(db).values())
    decided = queries.newest_rows(db, "reviews", RECENT)
    deciders = Counter(row["reviewer"] for row in decided if row["reviewer"] and row["seconds"] is None)
    keys = queries.newest_rows(db, "keys", RECENT)
    names = queries.names(db, "agent", [*deciders, *(row["agent"] for row in keys)])
    return AboutView(
        origin=queries.origin(db),
        begun=queries.first(db).at,
        claims=standing,
        gone=queries.count(db, "claims") - standing,
        sources=queries.count(db, "sources"),
        deciders=tuple((names.get(one, one), number) for one, number in deciders.most_common()),
        keys=tuple(PersonalKey(names.get(row["agent"], ""), row["verifier"], row["standing"]) for row in keys),
        checked=str(run["added"]) if run else "",
        checks=len(queries.last_checkers(db)),
        digest=digest,
        rules=own if digest == own.digest else None,
        publication=_last(db, "publications"),
    )


def _last(db: Any, table: str) -> dict[str, Any] | None:
    found = queries.newest_rows(db, table, 1)
    return found[0] if found else None
