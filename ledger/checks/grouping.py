"""Findings about more than one claim: groups that share a key, and the whole ledger.

A claim's keys depend on the claim alone, so they are remembered. A claim that
changed makes all groups that it is in, or was in, look different; whoever is
in one of these gets its findings anew, from every group that it is in.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs

from .. import store, wire
from ..book import Book
from ..model import Finding, FindingSet, Outcome
from ..partition import Stage
from ..policy import Policy
from ..store import queries
from .calls import SILENT
from .job import error, keys_in, lines_of, read_output
from .meeting import MOST, Meeting
from .plan import Plan
from .purity import digests, is_impure, not_pure
from .record import ChangedFindings
from .registry import Registry

CROWDED = Finding(
    Outcome.ABSTAIN, f"More than {MOST} claims share this: too many to hold against one another.", code="crowded"
)

TOGETHER = 250
"""Claims of which is read at once what is on record."""

SCHEMA = """
CREATE TABLE given (checker TEXT, claim TEXT, keys TEXT, PRIMARY KEY (checker, claim)) WITHOUT ROWID;
CREATE TABLE found (checker TEXT, uid TEXT, told TEXT);
CREATE INDEX found_uid ON found (checker, uid);
"""
"""What keys a claim was given in this run; what was found of it in one of its groups. Both as JSON, and in a file."""


class GroupStages:
    """The groups of one run."""

    def __init__(self, book: Book, registry: Registry, policy: Policy, planned: Plan, *, now: str) -> None:
        self._book, self._db = book, book.ledger.db
        self._roster, self._policy, self._plan, self._now = registry, policy, planned, now
        self._code = digests(registry.code)
        self._made = {
            name: sha256(f"{name}@{registry.of[name]['version']} {policy.digest}".encode()).hexdigest()
            for plugin in registry.plugins_with(Stage.GROUPS)
            for name in registry.checkers(plugin, Stage.GROUPS)
        }
        self._were: dict[str, dict[str, list[str]]] = {name: {} for name in self._made}
        self._shared: dict[str, int] = {}
        self._keyless: dict[str, str] = {}
        self._scratch = store.scratch_database(SCHEMA)
        self._affected: dict[str, list[str]] = {}
        self._crowded: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        self._scratch.close()

    def without_keys(self) -> list[str]:
        """Return the claims whose keys have to be asked for: those to look at, and those never asked."""
        if not self._made:
            return []
        known = set.intersection(*(queries.keyed(self._db, name, made) for name, made in self._made.items()))
        return sorted({*self._plan.claims, *(set(queries.claim_handles(self._db)) - known)})

    def take_keys(self, outputs: Mapping[str, Sequence[Path]]) -> None:
        """Remember the keys that were given."""
        for plugin, paths in outputs.items():
            mine = self._roster.checkers(plugin, Stage.GROUPS)
            for path in paths:
                said = read_output(path)
                self._shared.update(said.shared)
                self._keyless = said.keyless | self._keyless
                for name, given in keys_in(path):
                    if name in mine:
                        rows = ((name, claim, json.dumps(keys)) for claim, keys in given.items())
                        self._scratch.executemany("INSERT OR REPLACE INTO given VALUES (?, ?, ?)", rows)
        for name, made in self._made.items():
            store.keep_keys(self._book.ledger, name, made, self._other_keys(name, made))

    def _other_keys(self, name: str, made: str) -> Iterator[tuple[str, list[str]]]:
        """Yield (claim, keys) of those that a checker gave other keys than before, and note which they had."""
        given = self._scratch.execute("SELECT claim, keys FROM given WHERE checker = ? ORDER BY claim", (name,))
        while some := dict(given.fetchmany(TOGETHER)):
            before = queries.keys_of(self._db, name, made, list(some))
            for claim, keys in ((claim, json.loads(told)) for claim, told in some.items()):
                if claim not in before:
                    yield claim, keys
                elif before[claim] != keys:
                    self._were[name][claim] = before[claim]
                    yield claim, keys

    def groups(self) -> list[str]:
        """Return the groups to look at, as lines of [checker, key, handles]."""
        lines = []
        for name, made in self._made.items():
            keys = queries.keys_of(self._db, name, made)
            meeting = Meeting(keys, self._shared.get(name, 1))
            mates = {
                mate
                for claim in self._plan.claims
                for given in (self._were[name], keys)
                for mate in meeting.with_keys(given.get(claim, ()))
            }
            affected = {*self._plan.claims, *mates, *(meeting.crowded ^ self._crowded_before(name))}
            self._crowded[name] = meeting.crowded
            self._affected[name] = sorted(affected)
            lines += [json.dumps([name, key, claims]) for key, claims in meeting.groups(affected)]
        return lines

    def _crowded_before(self, name: str) -> set[str]:
        """Return the claims of which it is on record that too many share a key with them."""
        return set(queries.subjects_with(self._db, name, CROWDED.code))

    def take_groups(self, outputs: Mapping[str, Sequence[Path]]) -> None:
        """Collect what was found of each claim in each of its groups."""
        for plugin, paths in outputs.items():
            mine = self._roster.checkers(plugin, Stage.GROUPS)
            for path in paths:
                for line in lines_of(path):
                    if "met" in line and line["met"][0] in mine:
                        name, key = line["met"]
                        ground = sha256(" ".join(sorted(line["grounds"].values())).encode()).hexdigest()
                        rows = (
                            (name, json.dumps(uid), json.dumps([key, {"findings": findings, "ground": ground}]))
                            for uid, findings in line["found"].items()
                        )
                        self._scratch.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)

    def _met(self, name: str, uid: str) -> dict[str, dict[str, Any]]:
        """Return what was found of a claim in its groups, by their keys; one that was looked at twice says the same."""
        found = self._scratch.execute(
            "SELECT told FROM found WHERE checker = ? AND uid = ? ORDER BY rowid", (name, json.dumps(uid))
        )
        return dict(json.loads(told) for (told,) in found)

    def news(self) -> Iterator[ChangedFindings]:
        """Yield the sets of affected claims."""
        for name, handles in self._affected.items():
            crowds = self._crowded[name] | self._crowded_before(name)
            for start in range(0, len(handles), TOGETHER):
                yield from self._news_of(name, handles[start : start + TOGETHER], crowds)

    def _news_of(self, name: str, handles: Sequence[str], crowds: Collection[str]) -> Iterator[ChangedFindings]:
        uids = queries.uids_of(self._db, handles)
        checked = queries.checked(self._db, list(uids.values()))
        keys = queries.keys_of(self._db, name, self._made[name], handles)
        for handle in handles:
            uid = uids[handle]
            met = self._met(name, uid)
            input = sha256(
                " ".join([self._made[name], *(f"{key} {met[key]['ground']}" for key in sorted(met))]).encode()
            ).hexdigest()
            findings = _structured(found for key in sorted(met) for found in met[key]["findings"])
            if met and not findings:
                findings = (SILENT,)
            if handle in self._crowded[name]:
                findings = (*findings, CROWDED)
            if keys.get(handle) == [""]:
                why = self._keyless.get(name, "")
                findings = (error(f"It could not say what this claim belongs to. {why}".rstrip(), "broke"),)
            made = FindingSet(name, self._roster.of[name]["version"], findings, input if findings else "")
            before = checked.get(uid, {}).get(name)
            if handle not in crowds:
                made = self._held(handle, made, before)
            yield from _compared(uid, handle, made, before)

    def _held(self, handle: str, made: FindingSet, before: list[Any] | None) -> FindingSet:
        """Return a set, or in its place that its checker answers otherwise when it is given the same."""
        if before is None or before[:2] != [made.version, made.input] or not made.findings:
            return made
        by: dict[str, Any] = {"plugin": self._roster.of[made.checker]["plugin"], "code": self._code}
        if is_impure(self._db, handle, made.checker, before, made.findings, now=self._now, **by):
            return attrs.evolve(made, findings=(not_pure(made.checker),))
        return made

    def whole(self, outputs: Mapping[str, Sequence[Path]]) -> Iterator[ChangedFindings]:
        """Yield the sets of ledger checkers."""
        for plugin, paths in outputs.items():
            found: dict[str, dict[str, list[Any]]] = {}
            for line in (line for path in paths for line in lines_of(path)):
                if "met" in line:
                    found[line["met"][0]] = line["found"]
            for name in self._roster.checkers(plugin, Stage.LEDGER):
                yield from self._of_whole(name, found.get(name, {}))

    def _of_whole(self, name: str, found: Mapping[str, list[Any]]) -> Iterator[ChangedFindings]:
        ledger = queries.first(self._db).subject
        by_uid = {uid or ledger: _structured(findings) for uid, findings in found.items()}
        handles = {ledger: "ledger"} | {uid: queries.handle(self._db, uid) for uid in by_uid if uid != ledger}
        gone = set(queries.subjects_of(self._db, name)) - set(handles.values())
        by_uid |= dict.fromkeys(queries.uids_of(self._db, sorted(gone - {"ledger"})).values(), ())
        handles |= {uid: queries.handle(self._db, uid) for uid in by_uid if uid not in handles}
        by_uid.setdefault(ledger, ())
        checked = queries.checked(self._db, list(by_uid))
        version = self._roster.of[name]["version"]
        for uid, findings in sorted(by_uid.items(), key=lambda item: handles[item[0]]):
            made, before = FindingSet(name, version, findings), checked.get(uid, {}).get(name)
            if self._same_ledger:
                made = self._held(handles[uid], made, before)
            yield from _compared(uid, handles[uid], made, before)

    @cached_property
    def _same_ledger(self) -> bool:
        """Whether nothing was entered, and no rule changed, since the last whole run, which looked at all there is."""
        basis = queries.basis(self._db)
        same = basis is not None and basis.policy == self._policy.digest
        return same and basis is not None and queries.only_checked_since(self._db, basis.looked_at)


def _structured(findings: Iterable[Any]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(wire.structure(finding, Finding) for finding in findings))


def _compared(uid: str, handle: str, made: FindingSet, before: list[Any] | None) -> list[ChangedFindings]:
    """Return the set with whether it is the one on record; nothing if there never was any."""
    if before is None and not made.findings:
        return []
    known = before is not None and before[:3] == [made.version, made.input, store.digest_of(made.findings)]
    return [ChangedFindings(uid, handle, made, known=known and bool(made.findings))]
