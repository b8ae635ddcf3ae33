"""Claims that share a key: the keys of each claim, and each group looked at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from ... import wire
from ...checker import Dossier, Group, GroupChecker
from ...model import Claim
from ...plugins import guarded
from ...plugins.place import with_place
from ...store import claims
from ..calls import OutOfMemory
from ..dossiers import DossierDigest, known_to
from ..job import BATCH
from .context import JobContext

KEPT = 1_000
"""Dossiers from which on those of the groups before are forgotten."""


def look_at_keys(context: JobContext) -> None:
    """Ask every group checker for the keys of every claim of the job."""
    handles = context.job.lines()
    context.say({"shared": {one.name: one.checker.shared_keys for one in context.checkers}})
    whole = any(type(one.checker).keys_of is not GroupChecker.keys_of for one in context.checkers)
    for start in range(context.before.upto, len(handles), BATCH):
        batch = handles[start : start + BATCH]
        found = (dossier for dossier, _ in context.dossiers(batch)) if whole else map(_alone, claims(context.db, batch))
        keys: dict[str, dict[str, list[str]]] = {one.name: {} for one in context.checkers}
        keyless: dict[str, str] = {}
        for number, dossier in enumerate(found):
            for which, one in enumerate(context.checkers):
                if (start + number, one.name) in context.before.blamed or one.name in context.before.set_aside():
                    keys[one.name][dossier.claim.handle] = [""]
                    continue
                context.cursor.at(start + number, which + 1)
                given, reason = guarded(partial(_keys_of, one.checker, dossier))
                keys[one.name][dossier.claim.handle] = [""] if given is None else given
                if given is None and reason.startswith("MemoryError"):
                    raise OutOfMemory
                if given is None:
                    keyless.setdefault(one.name, with_place(reason, one.checker))
        context.say({"keyless": keyless})
        context.say({"keys": keys})
        context.say({"upto": start + len(batch), "tally": {}, "called": 0, "seen": ""})


LONGEST_KEY = 500


def _alone(claim: Claim) -> Dossier:
    return Dossier(claim=claim)


def _keys_of(checker: GroupChecker, dossier: Dossier) -> list[str]:
    keys = sorted(set(checker.keys_of(dossier)))
    if not all(type(key) is str and 0 < len(key) <= LONGEST_KEY for key in keys):
        raise ValueError("a key is a short text")
    return keys


def look_at_groups(context: JobContext) -> None:
    """Ask each group checker about its groups of the job, which holds lines of [checker, key, handles] of all."""
    lines = context.job.lines()
    made: dict[str, tuple[Dossier, DossierDigest]] = {}
    numbers = {one.name: number for number, one in enumerate(context.checkers)}
    for number in range(context.before.upto, len(lines)):
        checker, key, handles = json.loads(lines[number])
        which = numbers.get(checker)
        if which is None:
            context.say({"upto": number + 1, "tally": {}, "called": 0, "seen": ""})
            continue
        grounds = {}
        members = []
        for dossier, ground in _of(context, handles, made):
            members.append(dossier)
            grounds[dossier.claim.uid] = ground.digest
        group = Group(key=key, dossiers=tuple(members))
        found = context.call(
            which,
            number,
            context.checkers[which].checker.check,
            group,
            partial(_known, group),
        )
        by_claim: dict[str, list[object]] = {uid: [] for uid in grounds}
        for finding in found.findings:
            about = [uid for uid in finding.cites if uid in by_claim] or list(by_claim)
            for uid in about:
                by_claim[uid].append(wire.unstructure(finding))
        context.say({"met": [checker, key], "found": by_claim, "grounds": grounds})
        context.say({"upto": number + 1, "tally": {}, "called": 0, "seen": found.digest})


def _of(
    context: JobContext, handles: Sequence[str], made: dict[str, tuple[Dossier, DossierDigest]]
) -> list[tuple[Dossier, DossierDigest]]:
    """Return the dossiers of claims; of those `made` before, which groups beside this one had too, the same."""
    if len(made) > KEPT:
        made.clear()
    fresh = [handle for handle in handles if handle not in made]
    made |= zip(fresh, context.dossiers(fresh), strict=True)
    return [made[handle] for handle in handles]


def _known(group: Group) -> set[str]:
    return set().union(*map(known_to, group.dossiers))
