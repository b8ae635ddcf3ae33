"""round-numbers: every source that supports a claim has a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger import Checker, Context, Dossier, Finding, hookimpl


class RoundNumbers(Checker):
    """Checks: whether each source that supports a claim has a date.
    Why it matters: without one, nobody can tell what was known when.
    Fails on: a report that does not say when it was published.
    Passes on: a report of 3 May 2031.
    """

    name = "round-numbers"
    version = 1
    establishes = "that the sources that support the claim have dates"
    does_not_establish = "that the dates are right"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        without = context.options.get("without", ())
        sources = {item.source: dossier.source(item) for item in dossier.supporting}
        undated = [source for source in sources.values() if not source.published and source.kind not in without]
        for source in undated:
            fix = "Find out when it was published; then: factledger correct"
            yield self.fails(f"“{source.title}” has no date.", code="undated", cites=[source], fix=fix)
        if not sources:
            yield self.abstains("No source supports this claim.", cites=[dossier.claim])
        elif not undated:
            yield self.passes("Every source that needs a date has one.", cites=sources)


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker]:
    """Return the checkers of this plugin."""
    return [RoundNumbers()]
