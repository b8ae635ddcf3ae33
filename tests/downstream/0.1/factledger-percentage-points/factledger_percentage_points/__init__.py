"""percentage-points: percent in the claim are percent in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ledger import Checker, Context, Dossier, Finding, hookimpl

POINTS = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*)[\s-]*(?:percentage|per\s?cent|%)[\s-]*points?\b", re.IGNORECASE)
PERCENT = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*)[\s-]*(?:percent|per\s?cent|%)(?!\w|[\s-]*points?\b)", re.IGNORECASE)


class PercentagePoints(Checker):
    """Checks: that percent in the claim are not percentage points in the words it stands on, or the other way round.
    Why it matters: from 4% to 6% is a rise of 2 percentage points, and of 50 percent.
    Fails on: "Rents rose by 2 percent", on a report that says "by 2 percentage points".
    Passes on: "Rents rose by 2 percentage points", on the same report.
    """

    name = "percentage-points"
    version = 1
    establishes = "that claim and quotation count one figure in the same unit"
    does_not_establish = "that the figure is right, or that it stands for the same thing in both"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        said = figures(dossier.claim.text)
        for item in dossier.quoted_evidence:
            quoted = figures(item.anchor.exact)
            for figure in sorted(said.keys() & quoted.keys()):
                if said[figure] & quoted[figure]:
                    yield self.passes(f"{figure} is in {phrase(said[figure] & quoted[figure])} in both.", cites=[item])
                else:
                    reason = f"The claim says {figure} {phrase(said[figure])}, the quotation {phrase(quoted[figure])}."
                    yield self.fails(reason, code="other_unit", cites=[item], fix="Read the passage, and correct one.")


def figures(text: str) -> dict[str, set[str]]:
    """Return the figures of a text in percent or percentage points, each with its units."""
    found: dict[str, set[str]] = {}
    for unit, pattern in (("percent", PERCENT), ("percentage points", POINTS)):
        for match in pattern.finditer(text):
            found.setdefault(match[1].replace(",", "."), set()).add(unit)
    return found


def phrase(units: set[str]) -> str:
    return " and ".join(sorted(units))


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker]:
    """Return the checker; it takes no settings."""
    return [PercentagePoints()]
