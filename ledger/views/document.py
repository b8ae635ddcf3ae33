"""A whole claim as one JSON document, for programs. Its form is described in claim.schema.json; see `schema`."""

from __future__ import annotations

from typing import Any

from .. import wire
from ..exchange import WholeClaim, whole_claim
from ..store import Ledger, queries
from .claim import ClaimView, Decision, claim_view
from .history import Event
from .trail import CLAIM

FORM = "claim/1"


def claim_document(ledger: Ledger, handle: str) -> dict[str, Any]:
    """Return a claim as JSON data: where it stands, decisions, chain, history, findings and records.

    Records name each other by uid, all else by handle. Raises UnknownRecord if there is no claim of this handle.
    """
    db = ledger.db
    view, whole, head = claim_view(db, handle), whole_claim(db, handle), queries.head(db)
    return {
        "factledger": FORM,
        "ledger": {"origin": view.origin, "id": queries.first(db).subject, "key": queries.log_key(db)},
        "version": {"entries": head.size, "root": head.root.hex(), "changed": max(event.at for event in view.events)},
        "claim": handle,
        "text": view.claim.text,
        "verdict": view.verdict,
        "axes": wire.unstructure(view.axes),
        "stale": view.stale,
        "decisions": [_decision(view, whole, one) for one in view.decisions],
        "chain": _chain(view),
        "hidden": [wire.unstructure(one) for one in view.hidden],
        "history": list(map(_event, view.events)),
        **whole.told,
    }


def _decision(view: ClaimView, whole: WholeClaim, one: Decision) -> dict[str, Any]:
    review = one.record
    signed = next((kept.record.handle for kept in whole.records if kept.record.uid == review.seconds), None)
    return {
        "review": review.handle,
        "verdict": review.verdict.value,
        "label": review.label,
        "reasons": review.reasons,
        "by": one.by,
        "at": one.at,
        "seconds": signed,
        "standing": one.standing.value,
        "decides": one in (view.decision, view.second),
        "before_last_change": one.before_last_change,
    }


def _chain(view: ClaimView) -> dict[str, Any]:
    """Return the drawing as data: the claim is null among the ends of edges, a source goes by its handle."""
    drawing = view.drawing
    handles: dict[str, str | None] = {CLAIM: None, **{node.uid: node.handle for node in drawing.nodes}}
    flags = ("title", "voice", "origin", "first_hand", "choke", "withdrawn", "context")
    return {
        "nodes": [{"source": node.handle, **{name: getattr(node, name) for name in flags}} for node in drawing.nodes],
        "edges": [
            {
                "from": handles[edge.start],
                "to": handles[edge.end],
                "how": edge.label,
                "against": edge.against,
                "carries": not edge.tie,
            }
            for edge in drawing.edges
        ],
        "families": [list(family) for family in drawing.families],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "entry": event.seq,
        "at": event.at,
        "by": event.actor,
        "act": event.act,
        "kind": event.kind,
        "record": event.record,
        "what": event.what,
        "reason": event.reason,
    }
