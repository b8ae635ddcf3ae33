"""Whose a name is: what factledger brings keeps its names; of two strangers that claim one, neither has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

OWN = "factledger"
"""The main distribution, and the plugin that brings its formats: no entry point, so that a check starts no worker."""

OWN_PLUGINS = frozenset({OWN, "factledger-checkers", "factledger-reader"})

RESERVED = {
    "checker": frozenset(
        """
        all-diagonal anonymous-source archived-before-published arithmetic awaiting circular copied-text
        corroboration credited date-order date-valid event-order gap listed-source no-capture no-source number
        office only-secondary published-before-event quote speaker stale superlative tense translated-quote
        two-values vague-plural
        """.split()
    ),
    "reader": frozenset({"standard"}),
    "exchange": frozenset(
        "annotations bibtex claimreview csl datapackage dossier factchecktools markdown prov records sarif story svg "
        "table".split()
    ),
}
"""Names of what the main distribution brings, by what it is: nobody else's, also where ours is switched off."""


def share_out(noun: str, brought: Iterable[tuple[str, str, str]]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return name -> the plugin that has it, and (plugin, why) of each that claims one and does not get it.

    `brought` are (name, plugin, distribution), of what is called `noun` in the reasons.
    """
    claims: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, plugin, distribution in brought:
        claims[name].append((plugin, distribution))
    holders: dict[str, str] = {}
    refused = []
    for name, claiming in sorted(claims.items()):
        ours = [plugin for plugin, distribution in claiming if distribution == OWN]
        if ours or name in RESERVED.get(noun, ()):
            holders |= {name: ours[0]} if ours else {}
            reason = f"Its {noun} {name} has the name of factledger's own; it does not run."
            refused += [(plugin, reason) for plugin, distribution in claiming if distribution != OWN]
        elif len(claiming) == 1:
            holders[name] = claiming[0][0]
        else:
            for number, (plugin, _) in enumerate(claiming):
                others = dict.fromkeys(other for place, (other, _) in enumerate(claiming) if place != number)
                refused.append((plugin, f"Its {noun} {name} has the name of one from {_both(others)}; neither runs."))
    return holders, refused


def _both(names: Iterable[str]) -> str:
    return " and ".join(names)
