"""Claims that share a key, each group looked at once."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from .. import wire
from ..checker import Group
from .dossiers import dossiers, known_to

if TYPE_CHECKING:
    from .worker import Desk


def _known(group: Group) -> set[str]:
    return set().union(*map(known_to, group.dossiers))


def meet(desk: Desk) -> None:
    """Ask each group checker about its groups of the job, which holds lines of [checker, key, handles] of all."""
    lines = desk.job.lines()
    numbers = {one.name: number for number, one in enumerate(desk.checkers)}
    for number in range(desk.before.upto, len(lines)):
        checker, key, handles = json.loads(lines[number])
        which = numbers.get(checker)
        if which is None:
            desk.say({"upto": number + 1, "tally": {}, "called": 0, "seen": ""})
            continue
        grounds = {}
        members = []
        for dossier, ground in dossiers(desk.db, handles):
            members.append(dossier)
            grounds[dossier.claim.uid] = ground.digest
        group = Group(key=key, dossiers=tuple(members))
        found = desk.call(
            which,
            number,
            desk.checkers[which].checker.check,
            group,
            partial(_known, group),
        )
        by_claim: dict[str, list[object]] = {uid: [] for uid in grounds}
        for finding in found.findings:
            about = [uid for uid in finding.cites if uid in by_claim] or list(by_claim)
            for uid in about:
                by_claim[uid].append(wire.unstructure(finding))
        desk.say({"met": [checker, key], "found": by_claim, "grounds": grounds})
        desk.say({"upto": number + 1, "tally": {}, "called": 0, "seen": found.digest})
