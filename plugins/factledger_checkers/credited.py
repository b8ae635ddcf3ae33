"""credited: who says in an archived text that it has it from another source."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from ledger import Agent, AgentKind, Context, Detector, Proposal, Relation, Source, SourceDossier
from ledger.dates import BadDate, parse
from ledger.text import Credit, Manner, credits, house_key, name_key

RELATIONS = MappingProxyType(
    {Manner.DATELINE: Relation.BASED_ON, Manner.CREDIT: Relation.BASED_ON, Manner.MENTION: Relation.CITES}
)
"""What a text is to the source that it credits, by manner. One whose picture it prints, or who is the reporter's own
partner in talk, is no source of another text."""

LONGEST = 200


class Credited(Detector):
    """Checks: whether an archived text credits, in a dateline, a byline, a credit line or a sentence, who stands behind
        another source of the same claim.
    Why it matters: an outlet that prints "(Coastwire) –" tells you where it has it from, whatever else it changed.
    Proposes: a link to that source, with the words that say so, for a person to decide.
    Leaves alone: names of whom no source of the same claim is on record, or several, and sources already linked; who
        is credited for a picture only, or was asked by the text itself.
    """

    name = "credited"
    version = 3
    establishes = "that the text names who stands behind another source of the claim as where it has something from"
    does_not_establish = "that it has this very claim from there, nor that a text without credits has it from nobody"

    def detect(self, dossier: SourceDossier, context: Context) -> Iterator[Proposal]:
        if dossier.text is None or not dossier.alongside:
            return
        linked = {uid for link in dossier.links for uid in (link.source, link.comes_from)}
        voices = {one.uid: _voices(one, dossier) for one in (*dossier.alongside, dossier.source)}
        mine = {agent.uid for agent in voices[dossier.source.uid]}
        houses = [
            agent.name
            for uid in {one.publisher for one in dossier.alongside if one.publisher}
            if (agent := dossier.agents.get(uid)) is not None and agent.kind is AgentKind.ORGANISATION
        ]
        for credit in credits(dossier.text, known=houses):
            relation = RELATIONS.get(credit.manner)
            named = [
                one
                for one in dossier.alongside
                if any(_is(agent, credit) and agent.uid not in mine for agent in voices[one.uid])
                and not _later(one, dossier.source)
            ]
            if relation and len(named) == 1 and named[0].uid not in linked:
                linked.add(named[0].uid)
                yield Proposal(
                    source=dossier.source.uid,
                    relation=relation,
                    comes_from=named[0].uid,
                    measure=f"it says so in a {credit.manner}: “{_words(credit, dossier.text)}”",
                )


def _voices(source: Source, dossier: SourceDossier) -> list[Agent]:
    return [dossier.agents[uid] for uid in (source.publisher, source.author) if uid and uid in dossier.agents]


def _is(agent: Agent, credit: Credit) -> bool:
    """Return whether a credit names this agent: a house by one of its names, or at its start; a person by surname."""
    given, known = name_key(credit.name), name_key(agent.name)
    if not known:
        return False
    if agent.kind is AgentKind.PERSON:
        return given in (known, known.split()[-1])
    return house_key(credit.name) == house_key(agent.name) or f"{given} ".startswith(f"{known} ")


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
