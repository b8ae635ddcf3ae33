"""What other sites show of a claim when somebody shares its page: the claim, what was decided, who decided, why."""

from __future__ import annotations

from typing import Any

import attrs

from ...exchange.claimreview import CONTEXT, as_agent, as_review, is_day, rating
from ...model import HIDDEN, Agent, Standing, Verdict, Workflow
from ...store import queries
from ...views import words

GONE = (Workflow.RETRACTED, Workflow.SUPERSEDED)


@attrs.frozen
class ClaimFacts:
    """A claim and its decision (a handle); this, `at` and `reason` are empty while nobody has decided.

    `stands` is whether the claim was neither retracted nor replaced. Days are EDTF, `at` an instant.
    """

    text: str
    verdict: Verdict
    label: str
    stands: bool
    claimant: Agent | None = None
    said: str = ""
    decision: str = ""
    reviewer: Agent | None = None
    at: str = ""
    reason: str = ""
    changed: str = ""

    @property
    def decided(self) -> str:
        """Who decided and when, in words."""
        by = self.reviewer.name if self.reviewer else "somebody not recorded"
        return f"Decided by {by}, {words.date(self.at[:10])}" if self.at else "Nobody has decided this yet"


def claim_facts(db: Any, handle: str) -> ClaimFacts:
    """Return what is told of a claim elsewhere."""
    (row,) = queries.rows(db, "claims", id=handle)
    decision = _decision(db, handle)
    verdict, workflow = Verdict(row["verdict"]), Workflow(row["workflow"])
    label = words.WORKFLOW[workflow] if workflow in GONE else (decision.get("label") or words.VERDICT[verdict])
    return ClaimFacts(
        text=row["text"],
        verdict=verdict,
        label=label[:1].upper() + label[1:],
        stands=workflow not in GONE,
        claimant=_agent(db, row["claimant"]),
        said=row["said"] or "",
        decision=decision.get("id", ""),
        reviewer=_agent(db, decision.get("reviewer")),
        at=decision.get("added", ""),
        reason=decision.get("reasons") or "",
        changed=row["changed"],
    )


def _decision(db: Any, handle: str) -> dict[str, Any]:
    """Return the row of the verdict that stands; empty if there is none."""
    reviews = queries.rows(db, "reviews", claim=handle)
    standing = [row for row in reviews if row["seconds"] is None and Standing(row["standing"]).stands]
    return standing[-1] if standing else {}


def _agent(db: Any, handle: str | None) -> Agent | None:
    """Return an agent as everybody reads it; None where there is none, or the name is not for everybody."""
    found = queries.by_handle(db, handle) if handle else None
    agent = found.record if found else None
    return agent if isinstance(agent, Agent) and agent.name not in HIDDEN else None


def claim_review(facts: ClaimFacts, *, url: str, house: str) -> dict[str, Any] | None:
    """Return a decision as schema.org ClaimReview; None where nobody decided, or the claim does not stand."""
    if not facts.at or not facts.stands or facts.verdict is Verdict.UNCHECKED:
        return None
    told = as_review(
        f"{url}#{facts.decision}",
        at=facts.at,
        by=as_agent(facts.reviewer) if facts.reviewer else None,
        house=house,
        because=facts.reason,
        rated=rating(facts.verdict, facts.label),
        claimed=facts.text,
        item={
            "@type": "Claim",
            **({"author": as_agent(facts.claimant)} if facts.claimant else {}),
            **({"datePublished": facts.said} if is_day(facts.said) else {}),
        },
    )
    return {"@context": CONTEXT, **told}
