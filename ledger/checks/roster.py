"""Who takes part in a run: the checkers of every plugin, and what went wrong with those that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ..model import Finding, FindingSet
from ..plugins import Fault, Installed
from ..policy import Policy
from .dossiers import digest
from .job import NOT_LOADED, Stage, error
from .supervise import Early, Hands, fault_of

STAGE_OF = {"source": Stage.SOURCES, "claim": Stage.CLAIMS, "group": Stage.GROUPS, "ledger": Stage.LEDGER}

Card = Mapping[str, str]


@attrs.frozen
class Roster:
    """`cards` maps a plugin to what its checkers say of themselves; `of` a checker's name to its card.

    Of two checkers of one name, that of the first plugin by name takes part.
    """

    plugins: tuple[str, ...]
    cards: Mapping[str, Sequence[Card]]
    of: Mapping[str, Card]
    faults: tuple[Fault, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every checker that takes part, as name@version, in order."""
        return tuple(f"{name}@{card['version']}" for name, card in sorted(self.of.items()))

    def plugins_with(self, stage: Stage) -> list[str]:
        """Return the plugins that have something to do at a stage."""
        wanted = Stage.GROUPS if stage is Stage.KEYS else stage
        return [name for name, cards in self.cards.items() if any(STAGE_OF[card["scope"]] is wanted for card in cards)]

    def checkers(self, plugin: str, stage: Stage) -> list[str]:
        """Return the names of a plugin's checkers that take part at a stage, in order."""
        wanted = Stage.GROUPS if stage is Stage.KEYS else stage
        return [
            card["name"]
            for card in self.cards.get(plugin, ())
            if STAGE_OF[card["scope"]] is wanted and self.of[card["name"]] is card
        ]

    def digest_of(self, plugin: str) -> str:
        """Return the digest by which a worker knows that its plugin still says the same of itself."""
        return digest([dict(card) for card in self.cards[plugin]])

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


def _not_loaded(reason: str) -> Finding:
    return error(reason, NOT_LOADED, "See: factledger plugins")


def introduce(installed: Sequence[Installed], faults: Sequence[Fault], hands: Hands) -> Roster:
    """Return who takes part; the workers of all plugins start at once."""
    for one in installed:
        hands.start(one.name)
    cards: dict[str, Sequence[Card]] = {}
    of: dict[str, Card] = {}
    found = list(faults)
    for one in installed:
        said = hands.introduced(one.name)
        if isinstance(said, Early):
            found.append(fault_of(one.name, one.version, said))
            continue
        cards[one.name] = said[0]
        found += [Fault(**fault) for fault in said[1]]
        for card in said[0]:
            if card["name"] in of:
                reason = f"Its checker {card['name']} has the name of one from {of[card['name']]['plugin']}; " + (
                    "it does not take part."
                )
                found.append(Fault(one.name, one.version, reason))
            else:
                of[card["name"]] = card
    names = tuple(f"{one.name}@{one.version}" for one in installed)
    return Roster(names, cards, of, tuple(found))
