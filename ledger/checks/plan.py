"""What a run has to look at, and why: only what changed, and what that bears on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ..plugins.names import OWN
from ..policy import Policy
from ..store import queries
from ..store.reach import changed_since, standing_on
from .dossiers import dossiers, input_of
from .registry import Registry

MANY = 5_000
"""Claims that are looked at one by one when a run is planned."""


@attrs.frozen
class Plan:
    """The claims and sources to look at, by handle and in order, each claim with the reason.

    `force`: every checker is called, whether its input changed or not.
    `covers`: after this run every claim is checked. `whole`: something changed
    that a checker of the whole ledger may see. `since` names the run that the
    changes are counted from, "" if there is none. `anew` are plugins whose
    checkers are called for everything, as their code is not that of that run:
    (plugin, why).
    """

    claims: tuple[str, ...]
    why: Mapping[str, str]
    sources: tuple[str, ...]
    force: bool
    covers: bool
    whole: bool
    total: int
    since: str
    since_at: str
    anew: tuple[tuple[str, str], ...] = ()


def plan(
    db: Any,
    registry: Registry,
    policy: Policy,
    *,
    now: str,
    named: Sequence[str] | None = None,
    everything: bool = False,
) -> Plan:
    """Return what has to be checked: the named claims, everything, or what changed since the last whole run."""
    total = queries.count(db, "claims")
    if named is not None:
        why = dict.fromkeys(sorted(named), "It was asked for.")
        return Plan(tuple(why), why, tuple(queries.carriers(db, list(why))), True, False, False, total, "", "")
    basis = queries.basis(db)
    anew = _by_other_code(basis, registry)
    reason = _reason_for_all(basis, registry, policy, everything) or next((why for _, why in anew), "")
    if reason:
        claims, sources = queries.claim_handles(db), queries.source_handles(db)
        since, at = (basis.run, basis.at) if basis else ("", "")
        why = dict.fromkeys(claims, reason)
        return Plan(tuple(claims), why, tuple(sources), everything, True, True, total, since, at, anew)
    assert basis is not None
    changed = changed_since(db, basis.looked_at)
    touched = standing_on(db, changed)
    found = {
        handle: "It was entered or changed." if handle == by else f"It stands on {by}, which was entered or changed."
        for handle, by in _otherwise(db, touched, registry, policy).items()
    }
    for handle, by in queries.citing_copies_of(db, list(registry.network), sorted(changed.sources)).items():
        found.setdefault(handle, f"What was answered about it stands in {by}, which was entered or changed.")
    for handle, checker in queries.run_out(db, now).items():
        found.setdefault(handle, f"What {checker} found held only until now.")
    for handle, checker in queries.not_run(db).items():
        found.setdefault(handle, f"{checker} did not run the last time.")
    why = dict(sorted(found.items()))
    return Plan(tuple(why), why, tuple(sorted(changed.sources)), False, True, bool(changed), total, basis.run, basis.at)


def _otherwise(db: Any, touched: dict[str, str], registry: Registry, policy: Policy) -> dict[str, str]:
    """Return those of the touched claims that stand on other records than when they were checked.

    Of very many that is left to the workers, who find the same.
    """
    checkers = [name for name, card in registry.of.items() if card["scope"] == "claim"]
    if len(touched) > MANY or not checkers:
        return touched
    found = {}
    checked = queries.checked(db, list(queries.uids_of(db, list(touched)).values()))
    for dossier, ground in dossiers(db, sorted(touched)):
        known, handle = checked.get(dossier.claim.uid, {}), dossier.claim.handle
        input = input_of(policy.digest, ground.digest)
        if any(known.get(name, ["", ""])[1] != input for name in checkers):
            found[handle] = touched[handle]
    return found


def _by_other_code(basis: queries.LastFullRun | None, registry: Registry) -> tuple[tuple[str, str], ...]:
    """Return (plugin, why) of those whose findings are to be made again; that its version is the same is said."""
    if basis is None:
        return ()
    other = registry.other_code(basis.code)
    versions = {one.plugin: one.version for one in basis.code}
    told = {}
    for one in other:
        same = one.version == versions[one.plugin] and (one.plugin == OWN or set(one.checkers) & set(basis.checkers))
        said = "has other code than in" if not same else "has the version that it had, and other code than in"
        told[one.plugin] = f"{one.plugin} {one.version} {said} {basis.run}."
    if OWN in told:
        told = {one.plugin: told.get(one.plugin, told[OWN]) for one in registry.code}
    return tuple(told.items())


def _reason_for_all(basis: queries.LastFullRun | None, registry: Registry, policy: Policy, everything: bool) -> str:
    """Return why every claim has to be looked at; "" if only what changed has to."""
    if everything:
        return "Everything was asked for."
    if basis is None:
        return "No run has looked at every claim yet."
    if basis.policy != policy.digest:
        return f"The policy is not the one of {basis.run}."
    new = sorted(set(registry.names) - set(basis.checkers))
    if new:
        return f"{', '.join(new)} had no part in {basis.run}."
    return ""
