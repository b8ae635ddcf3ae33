"""credited: who says in an archived text that it has it from another source."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from ledger import Agent, AgentKind, Context, Detector, Proposal, Relation, Source, SourceDossier
from ledger.dates import BadDate, parse
from ledger.text import Credit, Manner, credits, name_key

INITIALS = MappingProxyType(
    {
        "ap": "associated press",
        "afp": "agence france-presse",
        "dpa": "deutsche presse-agentur",
        "upi": "united press international",
        "pa": "press association",
        "nyt": "new york times",
        "wsj": "wall street journal",
        "bbc": "british broadcasting corporation",
    }
)
"""Outlets known by their initials; either name may be the one on record."""

LONGEST = 200


class Credited(Detector):
    """Checks: whether an archived text credits, in a dateline, a credit line or a hat-tip, who stands behind another
        source of the same claim.
    Why it matters: an outlet that prints "(Coastwire) –" tells you where it has it from, whatever else it changed.
    Proposes: a link to that source, with the words that say so, for a person to decide.
    Leaves alone: names of whom no source of the same claim is on record, or several, and sources already linked.
    """

    name = "credited"
    version = 1
    establishes = "that the text names who stands behind another source of the claim as where it has something from"
    does_not_establish = "that it has this very claim from there, nor that a text without credits has it from nobody"

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        if dossier.text is None or not dossier.alongside:
            return
        linked = {uid for link in dossier.links for uid in (link.source, link.comes_from)}
        voices = {one.uid: _voices(one, dossier) for one in (*dossier.alongside, dossier.source)}
        mine = {agent.uid for agent in voices[dossier.source.uid]}
        for credit in credits(dossier.text):
            named = [
                one
                for one in dossier.alongside
                if any(_is(agent, credit) and agent.uid not in mine for agent in voices[one.uid])
                and not _later(one, dossier.source)
            ]
            if len(named) == 1 and named[0].uid not in linked:
                linked.add(named[0].uid)
                yield Proposal(
                    source=dossier.source.uid,
                    relation=Relation.CITES if credit.manner is Manner.MENTION else Relation.BASED_ON,
                    comes_from=named[0].uid,
                    measure=f"it says so in a {credit.manner}: “{_words(credit, dossier.text)}”",
                )


def _voices(source: Source, dossier: SourceDossier) -> list[Agent]:
    return [dossier.agents[uid] for uid in (source.publisher, source.author) if uid and uid in dossier.agents]


def _is(agent: Agent, credit: Credit) -> bool:
    """Return whether a credit names this agent: in full at its beginning, by known initials, or a person by surname."""
    given, known = name_key(credit.name), name_key(agent.name)
    if not known:
        return False
    if agent.kind is AgentKind.PERSON and given == known.split()[-1]:
        return True
    return f"{_full(given)} ".startswith(f"{_full(known)} ")


def _full(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{INITIALS.get(first, first)} {rest}".strip()


def _later(one: Source, other: Source) -> bool:
    """Return whether a source was certainly published after another."""
    try:
        first = parse(one.published).earliest if one.published else None
        last = parse(other.published).latest if other.published else None
    except BadDate:
        return False
    return first is not None and last is not None and first > last


def _words(credit: Credit, text: str) -> str:
    words = " ".join(credit.span.of(text).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
