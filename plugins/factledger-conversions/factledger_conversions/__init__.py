"""conversions: a measure that is given twice, “1,200 acres (486 hectares)”, is one measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs

from ledger import Checker, Context, Dossier, Finding, hookimpl
from ledger.text import Quantity, apart, quantities

HERE = frozenset(
    "mile/yard/foot/inch/acre/lb/pound/ounce/stone/ton/gallon/mph/knot/fahrenheit"
    "/square mile/square foot/nautical mile".split("/")
)
"""Units of the one kind, as `ledger.text` calls them; all others are of the other kind."""

OTHERWISE = {
    "gallon": (Fraction(454609, 378541), "imperial gallons"),
    "ton": (Fraction(112, 100), "long tons"),
    "mile": (Fraction(1852_000, 1609_344), "nautical miles"),
}
"""Words for two units: how much larger the other is, and what it is called."""

OPENS = re.compile(r"\s?[(\[/]\s?(?:(?:about|around|approximately|approx\.|nearly|roughly|some|or|~|≈)\s?)?[-−]?")
CLOSES = re.compile(r"\s?(?:[)\],;/.]|$)")


class Conversions(Checker):
    """Checks: whether a measure that the claim gives in two units is one measure.
    Why it matters: a slipped digit in a conversion is copied as readily as the rest.
    Fails on: “The fire burned 1,200 acres (4,860 hectares).”
    Passes on: “The fire burned 1,200 acres (486 hectares).”
    """

    name = "conversions"
    version = 1
    establishes = "that measures which the claim gives in two units agree, as exactly as they are given"
    does_not_establish = "that either of them is right"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        claim = dossier.claim
        given_twice = list(pairs(claim.text))
        for one, other in given_twice:
            both = f"“{one.text}” and “{other.text}”"
            factor, unit = OTHERWISE.get(one.unit) or OTHERWISE.get(other.unit) or (Fraction(1), "")
            if not apart(one, other):
                yield self.passes(f"{both} are one measure.", cites=[claim])
            elif unit and not apart(enlarged(one, factor), enlarged(other, factor)):
                reason = f"{both} are one measure only if {unit} are meant."
                yield self.abstains(reason, code="which_unit", cites=[claim], fix="Say which unit is meant.")
            else:
                fix = "Look up which of the two the source gives, and convert it anew."
                yield self.fails(f"{both} are not one measure.", code="not_one_measure", cites=[claim], fix=fix)
        if not given_twice:
            yield self.not_applicable("No measure is given in two units.", cites=[claim])


def pairs(text: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the measures that an English text gives in two units, the second in brackets or after a stroke."""
    found = quantities(text, "en")
    for one, other in pairwise(found):
        opened = OPENS.fullmatch(text, one.span.end, other.span.start)
        across = (one.unit in HERE) != (other.unit in HERE)
        if opened and across and CLOSES.match(text, other.span.end) and apart(one, other) is not None:
            yield one, other


def enlarged(figure: Quantity, factor: Fraction) -> Quantity:
    """Return a figure in a unit with two sizes as if the larger were meant; any other as it is."""
    if figure.unit not in OTHERWISE:
        return figure
    return attrs.evolve(figure, low=figure.low * factor, high=figure.high * factor, step=figure.step * factor)


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker]:
    """Return the checker; it takes no settings."""
    return [Conversions()]
