"""index-cards: claims as lines of text, "id: words", out and in."""

from __future__ import annotations

from ledger import Claim, InputError, hookimpl
from ledger.format import Exchange, ImportItem


class IndexCards(Exchange):
    """A card for each claim."""

    name = "index-cards"
    title = "index cards, a line for each claim"
    carries = "the id and the words of each claim"
    loses = "evidence, people, sources, decisions"
    media_type = "text/plain"
    suffixes = (".cards",)

    def write(self, extract):
        for checked in extract.claims:
            yield f"{checked.claim.handle}: {checked.claim.text}\n"

    def read(self, document):
        lines = [line for line in document.text().splitlines() if line.strip()]
        if not lines:
            raise InputError("There is no card in it.", where=document.name)
        for number, line in enumerate(lines, 1):
            name, _, text = line.partition(": ")
            if text.strip():
                claim = Claim(uid=name, handle=name, text=text.strip())
                yield ImportItem(name=f"card {number}, {name}", records=(claim,))
            else:
                yield ImportItem(name=f"card {number}", refused="It has no words after its id.")


@hookimpl
def ledger_register_exchanges():
    return [IndexCards()]
