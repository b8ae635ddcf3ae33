"""copied-text: which archived texts take their words from one another, declared or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ledger import Context, Detector, Proposal, Relation, Source, SourceDossier
from ledger.dates import BadDate, parse
from ledger.text import Kind, Reuse, Span, Wording, notices, related, reuse, wording

WHOLE = 0.6
"""Of a text, what stands in the other, to call it a reprint."""

MOST_PASSAGES = 3
LONGEST_PASSAGE = 160


class CopiedText(Detector):
    """Checks: whether the archived text of a source is, in part or rewritten, that of another in the ledger.
    Why it matters: five outlets that print one wire report are one source, whether or not they say so.
    Proposes: a link from the later source to the earlier, with the measure and the passages, for a person to decide.
    Leaves alone: what both quote, notices that both carry, and sources between which a link is on record.
    """

    name = "copied-text"
    version = 1
    establishes = "that two archived texts share more of their own words than two who write on their own would"
    does_not_establish = "who took from whom beyond what dates say, nor that texts without common words are independent"

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        if dossier.text is None:
            return
        mine, linked = _words(dossier.text), {uid for link in dossier.links for uid in (link.source, link.comes_from)}
        near = {uid: _words(text) for uid, text in dossier.near.items()}
        everywhere = notices(mine, near.values())
        beside = {uid: _words(text) for uid, text in dossier.beside.items()}
        told = {uid: words for uid, words in near.items() if related(mine, words)}
        for uid, words in (beside | told).items():
            other = dossier.sources.get(uid)
            if other is not None and uid not in linked:
                pair = ((dossier.source, mine.without(everywhere)), (other, words.without(everywhere)))
                yield from _proposed(*sorted(pair, key=lambda one: _place(one[0]), reverse=True))


def _proposed(later: tuple[Source, Wording], earlier: tuple[Source, Wording]) -> Iterator[Proposal]:
    found = reuse(later[1], earlier[1])
    if found:
        whole = found.kind is Kind.COPIED and found.share >= WHOLE
        yield Proposal(
            source=later[0].uid,
            relation=Relation.REPRINTS if whole else Relation.BASED_ON,
            comes_from=earlier[0].uid,
            measure=found.measure,
            note=_note(found, (later[1].text, earlier[1].text), known=_day(later[0]) != _day(earlier[0])),
        )


@lru_cache(maxsize=500)
def _words(text: str) -> Wording:
    return wording(text)


def _place(source: Source) -> tuple[float, str]:
    """Return a place in one order of all sources, so that links never run in a circle; undated ones come last."""
    return (_day(source), source.uid)


def _day(source: Source) -> float:
    try:
        earliest = parse(source.published).earliest if source.published else None
    except BadDate:
        earliest = None
    return float("inf") if earliest is None else earliest


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
