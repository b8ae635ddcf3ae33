"""A plugin that mistakes the contract: each line that ends in `# wrong` is one that a type checker names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ledger import Checker, Claim, Context, Dossier, Finding, GroupChecker, hookimpl


class Mistaken(Checker):
    name = 7  # wrong
    version = 1
    establishes = "nothing"
    does_not_establish = "anything"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        claim = dossier.claim
        yield self.passes("So it is.", cites=[claim])
        yield self.passes("So it is.", cite=[claim])  # wrong
        yield self.passes(cites=[claim])  # wrong
        yield self.warns(3, cites=[claim])  # wrong
        yield self.fails("No.", cites=[claim], code=5)  # wrong
        yield self.fails("No.", cites=[claim], valid_until=date(2031, 5, 1))  # wrong
        yield self.fails("No.", cites=[claim], measures={"far": "much"})  # wrong
        yield self.abstains("Who knows.", cites=claim)  # wrong
        yield self.succeeds("So it is.")  # wrong
        yield "So it is."  # wrong
        yield self.warns(dossier.claimed)  # wrong
        yield self.warns(claim.text.casefold(), cites=dossier.evidence)


class MistakenGroup(GroupChecker):
    name = "mistaken-group"
    version = 1
    establishes = "nothing"
    does_not_establish = "anything"

    def keys(self, claim: Claim) -> int:  # wrong
        return 3


@hookimpl
def ledger_register_checkers(config: Mapping[str, object]) -> list[Checker]:
    return [Mistaken(), Mistaken]  # wrong
