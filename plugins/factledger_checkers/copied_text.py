"""copied-text: which archived texts take their words from one another, declared or not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs

from ledger import Context, Detector, Proposal, Relation, Source, SourceDossier
from ledger.dates import BadDate, parse
from ledger.text import Reuse, ReuseKind, Span, Wording, notices, related, reuse, wording

WHOLE = 0.6
"""Of a text, what stands in the other, to call it a reprint; and to hold it beside one that no claim brings there."""

NAMES = 4
"""Names in common that will do instead: of sources that no claim brings together there are very many."""

FEW = 2
"""Names in common, and all that one of them names, that will do where it stands in the other."""

FIRST = 3
"""Of the sources that have something in common, the earliest: from one of them the others come, as a rule."""

MOST_PASSAGES = 3
LONGEST_PASSAGE = 160


class CopiedText(Detector):
    """Checks: whether the archived text of a source is, in part, rewritten or quoted, that of another in the ledger.
    Why it matters: five outlets that print one wire report are one source, whether or not they say so.
    Proposes: a link from the later source to the earlier, with the measure and the passages, for a person to decide.
    Leaves alone: what both quote, notices that both carry, and sources between which a link is on record.
    """

    name = "copied-text"
    version = 2
    establishes = "that two archived texts share more of their own words than two who write on their own would"
    does_not_establish = "who took from whom beyond what dates say, nor that texts without common words are independent"

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        if dossier.text is None:
            return
        near = {uid: _words(text) for uid, text in dossier.near.items()}
        mine = _words(dossier.text)
        everywhere = notices(mine, near.values())
        told = {uid: words for uid, words in near.items() if _tell_of_one_thing(mine, words)}
        beside = {uid: _words(text) for uid, text in dossier.beside.items()}
        me = OwnWords(dossier.source, mine.without(everywhere))
        others = [
            OwnWords(dossier.sources[uid], words.without(everywhere))
            for uid, words in (beside | told).items()
            if uid in dossier.sources
        ]
        alike = sorted((one for one in others if reuse(me.words, one.words)), key=OwnWords.place)
        linked = {uid for link in dossier.links for uid in (link.source, link.comes_from)}
        for other in alike:
            earlier, later = sorted((me, other), key=OwnWords.place)
            if other.source.uid not in linked and not _through(alike, earlier, other):
                yield _proposal(later, earlier)


def _tell_of_one_thing(one: Wording, other: Wording) -> bool:
    """Return whether two texts that no claim brings together name the same: enough of it, or in the same words."""
    if not related(one, other):
        return False
    named = one.names & other.names
    return len(named) >= NAMES or (
        len(named) >= FEW
        and named in (one.names, other.names)
        and max(reuse(one, other).share, reuse(other, one).share) >= WHOLE
    )


@attrs.frozen(eq=False)
class OwnWords:
    """A source with its own words."""

    source: Source
    words: Wording

    @property
    def day(self) -> float:
        """The first day on which it can have been published; infinitely late if that is not known."""
        try:
            earliest = parse(self.source.published).earliest if self.source.published else None
        except BadDate:
            earliest = None
        return math.inf if earliest is None else earliest

    def place(self) -> tuple[float, str]:
        """Return its place in one order of all sources, which no chance decides: links never run in a circle."""
        return self.day, self.source.handle


def _through(alike: Sequence[OwnWords], earlier: OwnWords, other: OwnWords) -> bool:
    """Return whether one before both has all three in common: then both come from that one, and need no link."""
    before = [one for one in alike[:FIRST] if one.place() < earlier.place() and one is not other]
    return any(reuse(other.words, one.words) for one in before)


def _proposal(later: OwnWords, earlier: OwnWords) -> Proposal:
    found = reuse(later.words, earlier.words)
    return Proposal(
        source=later.source.uid,
        relation=_relation(found),
        comes_from=earlier.source.uid,
        measure=found.measure,
        note=_note(found, (later.words.text, earlier.words.text), known=later.day != earlier.day),
    )


def _relation(found: Reuse) -> Relation:
    if found.kind is ReuseKind.COPIED and found.share >= WHOLE:
        return Relation.REPRINTS
    return Relation.QUOTES if found.kind is ReuseKind.QUOTES else Relation.BASED_ON


@lru_cache(maxsize=500)
def _words(text: str) -> Wording:
    return wording(text)


def _note(found: Reuse, texts: tuple[str, str], *, known: bool) -> str:
    lines = [] if known else ["Which of them came first is not recorded."]
    for ours, theirs in found.passages[:MOST_PASSAGES]:
        here, there = _shown(texts[0], ours), _shown(texts[1], theirs)
        lines.append(f"Both: “{here}”" if here == there else f"“{here}” / “{there}”")
    rest = len(found.passages) - MOST_PASSAGES
    return "\n".join([*lines, *([f"And {rest} more."] if rest > 0 else [])])


def _shown(text: str, span: Span) -> str:
    words = " ".join(span.of(text).split())
    return words if len(words) <= LONGEST_PASSAGE else words[:LONGEST_PASSAGE].rsplit(" ", 1)[0] + " …"
