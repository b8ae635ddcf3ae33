"""said-twice: what is on record under two names: claims, people, sources."""

from __future__ import annotations

from collections import defaultdict

from ledger import Detector, GroupChecker, LedgerChecker, Proposal, Relation, hookimpl


class SaidTwice(GroupChecker):
    """Checks: whether two claims have the same words.
    Why it matters: what is decided of the one is not decided of the other.
    Warns on: “The bridge was closed.” beside “the bridge was closed”.
    Passes on: nothing; a claim that shares its words with no other is not asked about.
    """

    name = "said-twice"
    version = 1
    establishes = "that no other claim has the same words"
    does_not_establish = "that no other claim means the same"

    def keys(self, claim):
        yield " ".join(claim.text.casefold().rstrip(".").split())[:200] or "nothing"

    def check(self, group, context):
        yield self.warns(f"{len(group.claims)} claims have these words.", code="same_words", cites=group.claims)


class NamesTwice(LedgerChecker):
    """Checks: whether two people have the same name.
    Why it matters: one person under two names looks like two sources.
    Warns on: two records of Marta Quell.
    Passes on: a ledger in which each name stands once.
    """

    name = "names-twice"
    version = 1
    establishes = "that no two people or organisations have the same name"
    does_not_establish = "that nobody is on record under two names"

    def check(self, whole, context):
        named = defaultdict(list)
        for agent in whole.agents:
            named[agent.name.casefold()].append(agent)
        twice = [agents for agents in named.values() if len(agents) > 1]
        for agents in twice:
            yield self.warns(f"{agents[0].name} is on record {len(agents)} times.", code="same_name", cites=agents)
        if not twice:
            yield self.passes("Each name stands once.")


class SameAddress(Detector):
    """Checks: whether two sources have the same address.
    Why it matters: they are one work, entered twice.
    Warns on: nothing; it proposes a link, and a person confirms or rejects it.
    Passes on: nothing.
    """

    name = "same-address"
    version = 1
    establishes = "nothing: a link that it proposes waits for a person"
    does_not_establish = "that two addresses lead to two works"

    def detect(self, dossier, context):
        mine = dossier.source
        for other in dossier.sources.values():
            if mine.url and other.url == mine.url and other.uid != mine.uid:
                later, earlier = sorted((mine, other), key=lambda source: source.handle, reverse=True)
                yield Proposal(
                    source=later.uid,
                    relation=Relation.REPRINTS,
                    comes_from=earlier.uid,
                    measure=f"both are at {mine.url}",
                )


@hookimpl
def ledger_register_checkers(config):
    return [SaidTwice(), NamesTwice(), SameAddress()]
