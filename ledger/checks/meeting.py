"""Findings about more than one claim: groups that share a key, and the whole ledger.

A claim's keys depend on the claim alone, so they are remembered. A claim that
changed makes all groups that it is in, or was in, look different; whoever is
in one of these gets its findings anew, from every group that it is in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from .. import store, wire
from ..book import Book
from ..model import Finding, FindingSet, Outcome
from ..policy import Policy
from ..store import queries
from .calls import SILENT
from .job import Stage, error, lines_of, read_output
from .plan import Plan
from .record import News
from .roster import Roster

MOST = 200
"""Claims of one group; what more of them share is a form of words, and to hold each against each would never end."""

CROWDED = Finding(
    Outcome.ABSTAIN, f"More than {MOST} claims share this: too many to hold against one another.", code="crowded"
)


class Meeting:
    """The groups of one run."""

    def __init__(self, book: Book, roster: Roster, policy: Policy, planned: Plan) -> None:
        self._book, self._db = book, book.ledger.db
        self._roster, self._policy, self._plan = roster, policy, planned
        self._made = {
            name: sha256(f"{name}@{roster.of[name]['version']} {policy.digest}".encode()).hexdigest()
            for plugin in roster.plugins_with(Stage.GROUPS)
            for name in roster.checkers(plugin, Stage.GROUPS)
        }
        self._before = {name: queries.keys_of(self._db, name, made) for name, made in self._made.items()}
        self._keys = {name: dict(keys) for name, keys in self._before.items()}
        self._found: dict[str, dict[str, list[tuple[str, dict[str, Any]]]]] = defaultdict(lambda: defaultdict(list))
        self._affected: dict[str, list[str]] = {}
        self._crowded: dict[str, set[str]] = {}

    def without_keys(self) -> list[str]:
        """Return the claims whose keys have to be asked for: those to look at, and those never asked."""
        if not self._made:
            return []
        known = set.intersection(*(set(keys) for keys in self._before.values()))
        return sorted({*self._plan.claims, *(set(queries.claim_handles(self._db)) - known)})

    def take_keys(self, outputs: Mapping[str, Sequence[Path]]) -> None:
        """Remember the keys that were given."""
        for paths in outputs.values():
            for path in paths:
                for name, keys in read_output(path).keys.items():
                    self._keys[name].update(keys)
        for name, made in self._made.items():
            new = {claim: keys for claim, keys in self._keys[name].items() if self._before[name].get(claim) != keys}
            if new:
                store.keep_keys(self._book.ledger, name, made, new)

    def groups(self) -> list[str]:
        """Return the groups to look at, as lines of [checker, key, handles]."""
        lines = []
        for name, keys in self._keys.items():
            members: dict[str, list[str]] = defaultdict(list)
            for claim in sorted(keys):
                for key in keys[claim]:
                    members[key].append(claim)
            touched = {
                key
                for claim in self._plan.claims
                for given in (self._before[name], keys)
                for key in given.get(claim, ())
            }
            crowds = {key for key, claims in members.items() if len(claims) > MOST}
            crowded = {claim for key in crowds for claim in members[key]}
            mates = {claim for key in touched - crowds for claim in members.get(key, ())}
            affected = {*self._plan.claims, *mates, *(crowded ^ self._crowded_before(name))}
            self._crowded[name] = crowded
            self._affected[name] = sorted(affected)
            wanted = {key for claim in affected for key in keys.get(claim, ()) if 1 < len(members[key]) <= MOST}
            lines += [json.dumps([name, key, members[key]]) for key in sorted(wanted)]
        return lines

    def _crowded_before(self, name: str) -> set[str]:
        """Return the claims of which it is on record that too many share a key with them."""
        return set(queries.subjects_with(self._db, name, CROWDED.code))

    def take_groups(self, outputs: Mapping[str, Sequence[Path]]) -> None:
        """Collect what was found of each claim in each of its groups."""
        for paths in outputs.values():
            for path in paths:
                for line in lines_of(path):
                    if "met" in line:
                        name, key = line["met"]
                        ground = sha256(" ".join(sorted(line["grounds"].values())).encode()).hexdigest()
                        for uid, findings in line["found"].items():
                            self._found[name][uid].append((key, {"findings": findings, "ground": ground}))

    def news(self) -> list[News]:
        """Return the sets of affected claims."""
        news: list[News] = []
        for name, handles in self._affected.items():
            uids = queries.uids_of(self._db, handles)
            checked = queries.checked(self._db, list(uids.values()))
            for handle in handles:
                uid = uids[handle]
                met = dict(self._found[name].get(uid, ()))  # a group that was looked at twice says the same
                input = sha256(
                    " ".join([self._made[name], *(f"{key} {met[key]['ground']}" for key in sorted(met))]).encode()
                ).hexdigest()
                findings = _structured(found for key in sorted(met) for found in met[key]["findings"])
                if met and not findings:
                    findings = (SILENT,)
                if handle in self._crowded[name]:
                    findings = (*findings, CROWDED)
                if self._keys[name].get(handle) == [""]:
                    findings = (error("It could not say what this claim belongs to.", "broke"),)
                made = FindingSet(name, self._roster.of[name]["version"], findings, input if findings else "")
                news += _compared(uid, handle, made, checked.get(uid, {}).get(name))
        return news

    def whole(self, outputs: Mapping[str, Sequence[Path]]) -> list[News]:
        """Return the sets of ledger checkers."""
        news: list[News] = []
        for plugin, paths in outputs.items():
            found: dict[str, dict[str, list[Any]]] = {}
            for line in (line for path in paths for line in lines_of(path)):
                if "met" in line:
                    found[line["met"][0]] = line["found"]
            for name in self._roster.checkers(plugin, Stage.LEDGER):
                news += self._of_whole(name, found.get(name, {}))
        return news

    def _of_whole(self, name: str, found: Mapping[str, list[Any]]) -> list[News]:
        ledger = queries.first(self._db).subject
        by_uid = {uid or ledger: _structured(findings) for uid, findings in found.items()}
        handles = {ledger: "ledger"} | {uid: queries.handle(self._db, uid) for uid in by_uid if uid != ledger}
        gone = set(queries.subjects_of(self._db, name)) - set(handles.values())
        by_uid |= dict.fromkeys(queries.uids_of(self._db, sorted(gone - {"ledger"})).values(), ())
        handles |= {uid: queries.handle(self._db, uid) for uid in by_uid if uid not in handles}
        by_uid.setdefault(ledger, ())
        checked = queries.checked(self._db, list(by_uid))
        version = self._roster.of[name]["version"]
        return [
            one
            for uid, findings in sorted(by_uid.items(), key=lambda item: handles[item[0]])
            for one in _compared(uid, handles[uid], FindingSet(name, version, findings), checked.get(uid, {}).get(name))
        ]


def _structured(findings: Iterable[Any]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(wire.structure(finding, Finding) for finding in findings))


def _compared(uid: str, handle: str, made: FindingSet, before: list[Any] | None) -> list[News]:
    """Return the set with whether it is the one on record; nothing if there never was any."""
    if before is None and not made.findings:
        return []
    known = before is not None and before[:3] == [made.version, made.input, store.digest_of(made.findings)]
    return [News(uid, handle, made, known=known and bool(made.findings))]
