"""Who takes part in a run: the checkers of every plugin, and what went wrong with those that do not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import attrs

from ..errors import InputError
from ..model import Code, Finding, FindingSet
from ..partition import Stage
from ..plugins import SWITCH, Installed, PluginFault
from ..plugins.code import code_of, foundation_code
from ..plugins.introduction import Card
from ..plugins.names import OWN, RESERVED, share_out
from ..policy import Policy
from ..settings import Setting, problems
from ..version import VERSION
from .dossiers import digest
from .job import NOT_LOADED, error
from .pool import EarlyExit, WorkerPool, fault_of
from .unasked import may_bring_checkers

LOOKED_AT_AT = {Stage.KEYS: Stage.GROUPS, Stage.ASKS: Stage.CLAIMS}
"""Stages in which checkers are called that find at another."""

STAGE_OF = {"source": Stage.SOURCES, "claim": Stage.CLAIMS, "group": Stage.GROUPS, "ledger": Stage.LEDGER}


@attrs.frozen
class Registry:
    """`cards` maps a plugin to what its checkers say of themselves; `of` a checker's name to its card.

    Of two checkers of one name neither takes part; the names of factledger's own are nobody else's. `code` is by what
    each plugin with checkers, and factledger itself, makes findings; with `some` there may be more plugins than these.
    """

    plugins: tuple[str, ...]
    cards: Mapping[str, Sequence[Card]]
    of: Mapping[str, Card]
    faults: tuple[PluginFault, ...]
    code: tuple[Code, ...] = ()
    some: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every checker that takes part, as name@version, in order."""
        return tuple(f"{name}@{card['version']}" for name, card in sorted(self.of.items()))

    def plugins_with(self, stage: Stage) -> list[str]:
        """Return the plugins that have something to do at a stage."""
        return [name for name, cards in self.cards.items() if any(_takes_part(card, stage) for card in cards)]

    def checkers(self, plugin: str, stage: Stage) -> list[str]:
        """Return the names of a plugin's checkers that take part at a stage, in order."""
        return [
            card["name"]
            for card in self.cards.get(plugin, ())
            if _takes_part(card, stage) and self.of.get(card["name"]) is card
        ]

    @property
    def network(self) -> dict[str, str]:
        """What each checker asks the outside world that asks it, by its name."""
        return {name: str(card["network"]) for name, card in sorted(self.of.items()) if card.get("network")}

    def digest_of(self, plugin: str) -> str:
        """Return the digest by which a worker knows that its plugin still says the same of itself."""
        return digest([dict(card) for card in self.cards[plugin]])

    def other_code(self, before: Iterable[Code]) -> list[Code]:
        """Return what makes findings by other code now than before; what was not there before is left out."""
        known = {one.plugin: one.sha256 for one in before}
        return [one for one in self.code if known.get(one.plugin, one.sha256) != one.sha256]

    def require_settings(self, policy: Policy, where: str) -> None:
        """Raise InputError for the settings of a checker that is not there, or that one does not take.

        What plugins may bring that are switched off or failed cannot be known, and is left alone.
        """
        for name, given in policy.options.items():
            place = f"{where}: [checkers.{name}]"
            if name in self.of:
                declared = settings_of(self.of[name])
                for problem, hint in problems(declared, given) if declared is not None else ():
                    raise InputError(problem, where=place, hint=hint)
            elif name not in RESERVED["checker"] and not self.some:
                near = get_close_matches(name, self.of, 1)
                hint = f"Did you mean {near[0]}?" if near else "See: factledger checkers"
                raise InputError(f"There is no checker {name}.", where=place, hint=hint)

    def filed(self, policy: Policy) -> list[FindingSet]:
        """Return what is filed under the ledger itself: plugins that failed, checkers that the policy misses."""
        reasons: dict[tuple[str, str], list[str]] = {}
        for fault in self.faults:
            reasons.setdefault((fault.plugin, fault.version), []).append(fault.reason)
        for name in policy.required:
            if name not in self.of:
                reasons.setdefault((name, "?"), []).append("The policy requires this checker, and it is not there.")
        return [
            FindingSet(name, version, tuple(_not_loaded(reason) for reason in dict.fromkeys(told)))
            for (name, version), told in sorted(reasons.items())
        ]


def _takes_part(card: Card, stage: Stage) -> bool:
    of_stage = STAGE_OF[card["scope"]] is LOOKED_AT_AT.get(stage, stage)
    return of_stage and (stage is not Stage.ASKS or bool(card.get("network")))


def _not_loaded(reason: str) -> Finding:
    return error(reason, NOT_LOADED, "See: factledger plugins")


def introduce(installed: Sequence[Installed], faults: Sequence[PluginFault], pool: WorkerPool) -> Registry:
    """Return who takes part; the workers of all plugins that may bring checkers start at once."""
    asked = [one for one in installed if may_bring_checkers(one)]
    for one in asked:
        pool.start(one.name)
    cards: dict[str, Sequence[Card]] = {}
    found = list(faults)
    for one in asked:
        said = pool.introduced(one.name)
        if isinstance(said, EarlyExit):
            found.append(fault_of(one.name, one.version, said))
            continue
        cards[one.name] = said[0]
        found += [PluginFault(**fault) for fault in said[1]]
    there = {one.name: one for one in installed}
    brought = [(card["name"], name, there[name].distribution) for name in cards for card in cards[name]]
    holders, refused = share_out("checker", brought)
    found += [PluginFault(name, there[name].version, reason) for name, reason in refused]
    of = {card["name"]: card for name in cards for card in cards[name] if holders.get(card["name"]) == name}
    names = tuple(f"{one.name}@{one.version}" for one in installed)
    some = bool(found) or SWITCH in os.environ
    return Registry(names, cards, of, tuple(found), tuple(_code(there, of)), some)


def _code(there: Mapping[str, Installed], of: Mapping[str, Card]) -> Iterator[Code]:
    """Yield by what findings are made: factledger itself, then each plugin that has a checker in the run."""
    if of:
        yield Code(plugin=OWN, distribution=OWN, version=VERSION, sha256=foundation_code())
    for name in sorted({card["plugin"] for card in of.values()}):
        checkers = tuple(f"{each}@{card['version']}" for each, card in sorted(of.items()) if card["plugin"] == name)
        one = there[name]
        yield Code(
            plugin=name, distribution=one.distribution, version=one.version, sha256=code_of(one), checkers=checkers
        )


def settings_of(card: Card) -> list[Setting] | None:
    """Return the settings that a card declares; None if it declares none, and takes any."""
    declared: Iterable[Mapping[str, Any]] | None = card.get("settings")
    if declared is None:
        return None
    return [_setting(one) for one in declared]


def _setting(told: Mapping[str, Any]) -> Setting:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Setting(**given)
