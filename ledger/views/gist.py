"""What is known of a claim and what is not, in a few lines each, for whoever reads no further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ..model import Basis, Corroboration, Outcome, Stance
from . import words
from .claim import ClaimView
from .evidence import EvidenceView

MOST = 3
"""Lines of each."""

LONGEST = 160
"""Characters of a quotation in a line."""


@attrs.frozen
class Gist:
    """The lines, the weightiest first; `more` things that are not known have none."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    more: int = 0


def gist(view: ClaimView) -> Gist:
    """Return what a claim's record says in short; nothing is weighed that is not on record."""
    open_ = tuple(dict.fromkeys(_unknown(view)))
    return Gist(tuple(_known(view))[:MOST], open_[:MOST], len(open_[MOST:]))


def _known(view: ClaimView) -> Iterator[str]:
    yield from _side("For it", view.stance(Stance.SUPPORTS))
    yield from _side("Against it", view.stance(Stance.CONTRADICTS))
    if view.axes.corroboration not in (Corroboration.NOT_CHECKED, Corroboration.NONE):
        yield view.corroboration
    if not view.evidence:
        yield "No source on record speaks for it or against it."


def _side(side: str, items: Sequence[EvidenceView]) -> Iterator[str]:
    """Yield one line on what stands on a side: how much, and what of it is nearest to the matter."""
    standing = [item for item in items if item.withdrawn is None]
    if not standing:
        return
    nearest = min(standing, key=lambda item: (not item.first_hand, not item.words, item.steps))
    many = f"{words.count(len(standing), 'source')}, among them " if len(standing) > 1 else ""
    how = f" ({nearest.knows})" if nearest.first_hand else ""
    yield f"{side}: {many}{_who(nearest)}{how}" + (f": “{words.cut(nearest.words, LONGEST)}”" if nearest.words else "")


def _unknown(view: ClaimView) -> Iterator[str]:
    if view.dossier.reports:
        yield "Whether what was said is so."
    if not view.findings:
        yield "Anything beyond what is recorded: no check has looked at it."
    for found in view.findings:
        if found.finding.outcome is Outcome.ERROR:
            yield f"What {found.checker} would have found: it did not run."
    yield from (asked.open for asked in view.inquiries if asked.open)
    if not view.evidence:
        yield "Who says so: no source is on record."
    if view.axes.corroboration is Corroboration.INDEPENDENCE_UNKNOWN:
        yield "Whether its sources are independent of each other."
    speaking = [item for item in view.evidence if item.record.stance is not Stance.CONTEXT]
    for item in speaking:
        yield from _lacking(item)
    if not (view.claim.occurred or view.claim.said):
        yield "When it happened, or was said."


def _lacking(item: EvidenceView) -> Iterator[str]:
    if item.seen_in is not None:
        yield f"What “{item.source.title}” says itself: it was seen only as told in “{item.seen_in.title}”."
    if item.record.named is False:
        yield f"Who speaks in “{item.source.title}”: {item.naming}."
    if item.translated and not item.record.original:
        yield f"What {_who(item)} said in the original: only a translation is on record."
    if item.record.basis is Basis.TOLD:
        yield f"Who told {_who(item)}."
    if item.record.basis is Basis.UNKNOWN:
        yield f"How {_who(item)} knows."


def _who(item: EvidenceView) -> str:
    return f"“{item.source.title}”" if item.who == item.source.title else item.who
