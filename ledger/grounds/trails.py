"""Where the sources of one claim have it from: which links carry it, whose words it is, whom their texts credit.

A trail is of one claim and its evidence, not of an article. Whoever saw or judged for themselves is where their own
trail ends, whomever they also quote; a link that carries another claim leads nowhere here; who speaks in a source is
where it has that from; and whom a text credits as a whole is an origin even where it is not on record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

import attrs

from ..chain import Chain, Step
from ..chain.graph import components
from ..model import Link, Relation
from ..text import Span, house_key
from .known import SupportingSources

PARTIAL = (Relation.QUOTES, Relation.CITES)
"""Relations by which a source has something from another; the rest it may have from elsewhere, or from itself."""

ABSENT = "absent:"
"""Begins the node of an origin that a text names and that is not on record."""

LONGEST = 60
"""Characters of words by which an origin is called."""

VOICE = "voice:"
"""Begins the node of a person or body whose words are known only from where they were found."""


@attrs.frozen(eq=False)
class Trails:
    """Where the sources of a claim have it from.

    `chain` is without what does not count: `gone` names, for each source that was withdrawn or rests on withdrawn ones
    alone, the withdrawn one. `cut` are links that take a part of one source into another that knows for itself; of the
    `doubtful` ones nobody said that they carry this claim. `voices` gives the agent of each node that is somebody's
    words, `absent` the name of each that is not on record, `saw` the voices that saw for themselves. A part of
    what the `shaken` have rests on what is gone.
    """

    chain: Chain
    cut: tuple[Link, ...]
    doubtful: tuple[Link, ...]
    gone: Mapping[str, str]
    voices: Mapping[str, str]
    absent: Mapping[str, str]
    saw: frozenset[str]
    shaken: frozenset[str]


def trails(known: SupportingSources) -> Trails:
    """Return the trails of the sources that support a claim."""
    derived = [link for link in known.dossier.links if link.relation.derives and link.claim in (None, *known.claims)]
    cut = [link for link in derived if link.relation in PARTIAL and known.saw_itself(link.source)]
    carrying = [link for link in derived if link not in cut]
    steps = [Step(link.source, link.comes_from, link.relation.value) for link in carrying]
    spoken = list(_spoken(known, Chain(steps)))
    steps += [Step(uid, node, Relation.QUOTES.value) for uid, node, _, _ in spoken]
    credited = [*_credited(known, Chain(steps)), *_both_quoted(known)]
    steps += [Step(uid, node, Relation.BASED_ON.value) for uid, node, _ in credited]
    whole = Chain(steps)
    gone = _gone(whole, known.dossier.withdrawn)
    chain = Chain(step for step in steps if step.later not in gone and step.earlier not in gone)
    return Trails(
        chain=chain,
        cut=tuple(cut),
        doubtful=tuple(link for link in carrying if _is_doubtful(known, link)),
        gone=gone,
        voices={node: agent for _, node, agent, _ in spoken if node.startswith(VOICE) and chain.later(node)},
        absent={node: name for _, node, name in credited if node.startswith(ABSENT) and chain.later(node)},
        saw=frozenset(node for _, node, _, saw in spoken if saw),
        shaken=frozenset(uid for one in gone for uid in whole.dependents(one) if uid not in gone),
    )


def _is_doubtful(known: SupportingSources, link: Link) -> bool:
    """Return whether a link may carry something else: it takes a part, and nobody said which."""
    bears = any(item.source == link.comes_from for item in known.dossier.evidence)
    return link.relation in PARTIAL and link.claim is None and not bears


def _spoken(known: SupportingSources, chain: Chain) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (source, where its speaker's words are, the speaker, whether they saw it), where no step leads there."""
    said = {agent: uid for uid in reversed(known.evidence) for agent in known.makers(uid)[-1:]}
    for uid in known.evidence:
        behind = {maker for earlier in chain.ancestors(uid) for maker in known.makers(earlier)}
        for agent, saw in known.voices(uid).items():
            if agent not in behind:
                yield uid, said.get(agent, VOICE + agent), agent, saw


def _credited(known: SupportingSources, chain: Chain) -> Iterator[tuple[str, str, str]]:
    """Yield (source, where its text as a whole says that it comes from, that name), where no step leads there."""
    on_record = [*(item.source for item in known.dossier.evidence), *known.dossier.sources]
    of_house = {house: uid for uid in reversed(on_record) for house in known.houses(uid)}
    for uid in known.looked_at:
        behind = {house for earlier in (uid, *chain.ancestors(uid)) for house in known.houses(earlier)}
        for credit in known.credits(uid):
            house = house_key(credit.name)
            if credit.manner.whole and house not in behind:
                yield uid, of_house.get(house, ABSENT + house), credit.name


def _both_quoted(known: SupportingSources) -> Iterator[tuple[str, str, str]]:
    """Yield (source, node, name) of whoever said the words that are evidence of two sources, and that both quote."""
    for a, b in combinations([uid for uid in known.looked_at if known.stands_on(uid)], 2):
        found = known.common(a, b)
        for here, there in found.both_quote if found else ():
            if _meets(here, known.stands_on(a)) and _meets(there, known.stands_on(b)):
                words = " ".join(here.of(known.dossier.texts[a]).split()).strip("“”")
                short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
                for uid in (a, b):
                    yield uid, f"{ABSENT}{words.casefold()}", f"whoever said “{short}”"


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < one.end and one.start < span.end for one in others)


def _gone(chain: Chain, withdrawn: Collection[str]) -> dict[str, str]:
    """Return each source that was withdrawn, or whose every trail comes to one, with the withdrawn one."""
    gone = {uid: uid for uid in withdrawn}
    shaken = [uid for one in withdrawn for uid in chain.dependents(one)]
    for part in components(shaken, lambda uid: () if uid in withdrawn else chain.earlier(uid)):
        behind = [earlier for uid in part for earlier in chain.earlier(uid) if earlier not in part]
        if behind and all(earlier in gone for earlier in behind):
            gone.update({uid: gone[behind[0]] for uid in part if uid not in gone})
    return gone
