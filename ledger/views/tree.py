"""Where a claim comes from, as the lines of text that the command line prints and a bundle holds."""

from __future__ import annotations

from collections.abc import Iterator

from .claim import ClaimView
from .trail import hearsay, printed


def chain_lines(view: ClaimView) -> Iterator[str]:
    """Yield the claim, a line for each source as a readable tree, and over how many steps words reached us."""
    yield view.claim.text
    yield from printed(view.drawing)
    if not view.evidence:
        yield "No source is on record."
    for item in view.evidence:
        steps = hearsay(view.dossier, item.record)
        whose = item.quoting or item.speaker
        if steps > 1 and whose:
            yield f"The words of {whose} reach us over {steps} steps."
