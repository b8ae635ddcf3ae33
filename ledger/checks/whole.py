"""The whole ledger, looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import store, wire
from ..checker import Whole
from ..model import Agent, Capture, Claim, Evidence, Inquiry, Link, LinkState, Record, Source
from .dossiers import digest

if TYPE_CHECKING:
    from .worker import Desk

KINDS: tuple[type[Record], ...] = (Claim, Evidence, Inquiry, Source, Link, Capture, Agent)


def look_at_all(desk: Desk) -> None:
    """Ask every ledger checker; what it finds is filed under the claims it cites."""
    kept = sorted(
        (one for one in store.all_kept(desk.db, *(kind.KIND for kind in KINDS)) if one.standing.stands),
        key=lambda one: one.record.handle,
    )
    records = [one.record for one in kept if getattr(one.record, "state", None) is not LinkState.REJECTED]
    by_kind: dict[str, list[Any]] = {kind.KIND: [] for kind in KINDS}
    for record in records:
        by_kind[record.KIND].append(record)
    whole = Whole(
        claims=tuple(by_kind["claim"]),
        evidence=tuple(by_kind["evidence"]),
        inquiries=tuple(by_kind["inquiry"]),
        sources=tuple(by_kind["source"]),
        links=tuple(by_kind["link"]),
        captures=tuple(by_kind["capture"]),
        agents=tuple(by_kind["agent"]),
    )
    uids = frozenset(record.uid for record in records)
    claims = {record.uid for record in whole.claims}
    ground = digest(sorted(one.commitment for one in kept))
    for which, one in enumerate(desk.checkers):
        found = desk.call(
            which,
            which,
            one.checker.check,
            whole,
            lambda: uids,
        )
        by_subject: dict[str, list[object]] = {}
        for finding in found.findings:
            for uid in [uid for uid in finding.cites if uid in claims] or [""]:
                by_subject.setdefault(uid, []).append(wire.unstructure(finding))
        desk.say({"met": [one.name, ""], "found": by_subject, "grounds": {"": ground}})
    desk.say({"upto": 1, "tally": {}, "called": 0, "seen": ""})
