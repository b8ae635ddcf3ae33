"""Where a claim comes from: the nodes and steps that the command line prints and the web draws.

A reader starts at the claim and walks back: to where its evidence was seen, to
the source that carries it, to what that source comes from, to the origins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from ..chain import Branch, Chain, PairVerdict, Step
from ..checker import Dossier
from ..model import Basis, Evidence, LinkState, Source, Stake, Stance
from . import words

CLAIM = ""
"""The node of the claim itself; sources are named by uid."""

NAMED = 4
"""Ends of a trail that one sentence names."""

DEEPEST = 20
"""Steps back that are drawn by indentation; farther ones say their number."""

MOST_PAIRED = 40
"""Sources that are compared two by two; among more, nobody follows who belongs together."""


@attrs.frozen
class Node:
    """A source in the drawing: what it is, who speaks or publishes, and how it stands to the claim."""

    uid: str
    handle: str
    title: str
    voice: str
    kind: str
    published: str
    notes: tuple[str, ...] = ()
    origin: bool = False
    first_hand: bool = False
    choke: bool = False
    withdrawn: bool = False
    family: str = ""
    context: bool = False
    """On no trail of what speaks for or against the claim; `family` says with how many others it has one origin."""

    @property
    def name(self) -> str:
        """Who speaks, and in what."""
        return f"{self.voice}, {self.title}" if self.voice and self.voice != self.title else self.title

    @property
    def lines(self) -> str:
        """The node in one line of text."""
        who = f"{self.voice}: " if self.voice and self.voice != self.title else ""
        aside = [self.kind, self.published, *self.notes, "withdrawn" if self.withdrawn else ""]
        return f"{who}{self.title} ({', '.join(part for part in aside if part)})"


@attrs.frozen
class Edge:
    """One step back: from a node to an earlier one, in words; `tie` marks what carries no content over."""

    start: str
    end: str
    label: str
    against: bool = False
    tie: bool = False


@attrs.frozen
class Trail:
    """The drawing: nodes nearest the claim first, and the steps between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    families: tuple[tuple[str, ...], ...] = ()
    """Supporting sources, by name, of which no two have separate trails."""

    def back(self, node: str) -> Iterator[Edge]:
        return (edge for edge in self.edges if edge.start == node and not edge.tie)


def trail(dossier: Dossier, choke: frozenset[str] = frozenset()) -> Trail:
    """Return the drawing of a claim's chain; `choke` holds the uids that every trail passes."""
    carried = [*_evidence_steps(dossier), *_link_steps(dossier)]
    edges = tuple(dict.fromkeys([*carried, *_ties(dossier, carried)]))
    order = dict.fromkeys(uid for edge in edges for uid in (edge.start, edge.end) if uid != CLAIM)
    for item in dossier.inquiries:
        if item.seen_in:
            order.setdefault(item.seen_in)
    speaks = (item for item in dossier.evidence if item.stance is not Stance.CONTEXT)
    weighed = {uid for item in speaks for uid in _passed(dossier, item)}
    families = list(_families(dossier))
    nodes = [attrs.evolve(_node(dossier, uid, choke, weighed), family=_family(uid, families)) for uid in order]
    voices = Counter(node.voice for node in nodes)
    name = {node.uid: node.voice if node.voice and voices[node.voice] == 1 else node.title for node in nodes}
    return Trail(tuple(nodes), edges, tuple(tuple(name.get(uid, "?") for uid in family) for family in families))


def _families(dossier: Dossier) -> Iterator[list[str]]:
    """Yield supporting sources of which no two have separate trails, each in one family, two at least."""
    found = dossier.independence
    if len(found.sources) > MOST_PAIRED:
        return
    apart = {frozenset((pair.a, pair.b)) for pair in found.pairs if pair.verdict is not PairVerdict.DEPENDENT}
    families: list[list[str]] = []
    for uid in found.sources:
        fits = (one for one in families if all(frozenset((uid, other)) not in apart for other in one))
        family = next(fits, None)
        if family is None:
            families.append([uid])
        else:
            family.append(uid)
    yield from (family for family in families if len(family) > 1)


def _family(uid: str, families: list[list[str]]) -> str:
    for number, family in enumerate(families):
        if uid in family:
            which = f"Origin {chr(ord('A') + number)}, with" if len(families) > 1 else "One origin with"
            return f"{which} {words.count(len(family) - 1, 'other')}"
    return ""


def _evidence_steps(dossier: Dossier) -> Iterator[Edge]:
    for item in dossier.evidence:
        stance = words.STANCE[item.stance]
        against = item.stance is Stance.CONTRADICTS
        if item.seen_in is None:
            yield Edge(CLAIM, item.source, stance, against)
        else:
            yield Edge(CLAIM, item.seen_in, f"{stance}, seen in", against)
            if item.source not in dossier.chain.ancestors(item.seen_in):
                yield Edge(item.seen_in, item.source, "tells of", against)


def _link_steps(dossier: Dossier) -> Iterator[Edge]:
    """Yield the steps behind a source that carries evidence, and those from where it was seen to that source.

    What else the place where it was seen comes from has nothing to do with this claim.
    """
    trails = [_passed(dossier, item) for item in dossier.evidence]
    carried = {(step.later, step.earlier) for step in dossier.weighing.chain.steps}
    supporting = {item.source for item in dossier.supporting}
    for link in dossier.links:
        step = (link.source, link.comes_from)
        if link.relation.derives and any(passed.issuperset(step) for passed in trails):
            found = " (detected)" if link.state is LinkState.DETECTED else ""
            own = link.source in supporting and link.source not in dossier.withdrawn and step not in carried
            other = ", for something else" if own and link.comes_from not in dossier.withdrawn else ""
            yield Edge(*step, f"{words.RELATION[link.relation]}{found}{other}")


def _passed(dossier: Dossier, item: Evidence) -> set[str]:
    """Return the sources that the trail of one piece of evidence passes, both its ends included."""
    chain = dossier.chain
    passed = {item.source} | chain.ancestors(item.source)
    if item.seen_in is not None:
        behind = {item.seen_in} | chain.ancestors(item.seen_in)
        passed |= {item.seen_in} | (behind & chain.dependents(item.source))
    return passed


def _ties(dossier: Dossier, carried: list[Edge]) -> Iterator[Edge]:
    """Yield what holds between two sources of the drawing without carrying content over."""
    shown = {uid for edge in carried for uid in (edge.start, edge.end)}
    for link in dossier.links:
        if not link.relation.derives and {link.source, link.comes_from} <= shown:
            yield Edge(link.source, link.comes_from, words.RELATION[link.relation], tie=True)


def _node(dossier: Dossier, uid: str, choke: frozenset[str], weighed: set[str]) -> Node:
    source = dossier.source(uid)
    items = [item for item in dossier.evidence if item.source == uid]
    voice = dossier.agent(source.author or source.publisher)
    return Node(
        uid=uid,
        handle=source.handle,
        title=source.title,
        voice=voice.name if voice else "",
        kind=words.SOURCE[source.kind],
        published=words.date(source.published),
        notes=tuple(dict.fromkeys(note for item in items for note in _notes(item))),
        origin=_is_origin(dossier, source, items),
        first_hand=any(item.basis.first_hand for item in items),
        choke=uid in choke,
        withdrawn=uid in dossier.withdrawn,
        context=uid not in weighed,
    )


def _notes(item: Evidence) -> Iterator[str]:
    if item.basis is not Basis.UNKNOWN:
        yield words.BASIS[item.basis]
    if item.stake in (Stake.PARTICIPANT, Stake.INTERESTED):
        yield words.STAKE[item.stake]


def _is_origin(dossier: Dossier, source: Source, items: list[Evidence]) -> bool:
    """The trail ends at a source that carries evidence, or that others come from, and comes from none itself."""
    if any(source.uid in origin.nodes for origin in dossier.independence.origins):
        return True
    wanted = bool(items) or bool(dossier.chain.later(source.uid))
    seen_through = any(item.seen_in == source.uid for item in dossier.evidence)
    return wanted and not dossier.chain.earlier(source.uid) and not (seen_through and not items)


def summary(drawing: Trail, at_most: int | None = None) -> str:
    """Return in a few sentences where the trail ends, how those at its end know, and which sources are one.

    `at_most` is how many independent sources the corroboration check found at most, None if it did not look.
    """
    families = (f"Of one origin: {words.some(family, NAMED)}." for family in drawing.families)
    return " ".join([_ends(drawing, at_most), *families])


def _ends(drawing: Trail, at_most: int | None) -> str:
    if not drawing.edges:
        return "No source is on record, so there is no trail to follow."
    ends = [node for node in drawing.nodes if node.origin and not node.context]
    if all(node.context for node in drawing.nodes):
        return "Nothing on record speaks for or against it; what is drawn is context."
    if not ends:
        return "The trail does not end: its sources come from each other, and none of them is known to be first."
    origins = "origin" if at_most == 1 else "origins"
    counted = f" They count as at most {at_most} {origins}." if at_most is not None and at_most < len(ends) else ""
    if len(ends) > NAMED:
        return f"The trail ends at {len(ends)} sources.{counted}"
    told = [f"{node.name} ({', '.join(node.notes) or words.BASIS[Basis.UNKNOWN]})" for node in ends]
    if len(told) == 1:
        return f"The trail ends at one source: {told[0]}."
    return f"The trail ends at {len(told)} sources: {'; '.join(told)}.{counted}"


def hearsay(dossier: Dossier, item: Evidence) -> int:
    """Return the steps between where evidence was seen and whose words it reports.

    One from another source to the one it was seen in (more along declared
    links), one more if the speaker reports somebody else's words.
    """
    steps = 0
    if item.seen_in is not None:
        steps = dossier.chain.steps_to(item.seen_in, item.source) or 1
    return steps + (1 if item.quoting and item.quoting != item.speaker else 0)


def printed(drawing: Trail) -> Iterator[str]:
    """Yield the chain as a readable tree, one line a source; what was shown above is not shown again."""
    nodes = {node.uid: node for node in drawing.nodes}
    ways: dict[tuple[str, str], list[str]] = {}
    for edge in drawing.edges:
        if not edge.tie:
            ways.setdefault((edge.start, edge.end), []).append(edge.label)
    graph = Chain(Step(start or "claim", end, "cites") for start, end in ways)
    branches = list(graph.tree("claim"))[1:]
    parents = ["claim"]
    for branch, rails in zip(branches, _rails(branches), strict=True):
        del parents[branch.depth :]
        start = parents[-1] if parents[-1] != "claim" else CLAIM
        parents.append(branch.node)
        node = nodes[branch.node]
        end = " (the trail ends here)" if node.origin else ""
        again = " (shown above)" if branch.seen else end
        yield f"{rails}{', '.join(ways[start, branch.node])}: {node.lines}{again}  [{node.handle}]"
    for edge in drawing.edges:
        if edge.tie:
            yield f"also: {nodes[edge.start].title} {edge.label} {nodes[edge.end].title}"


def _rails(branches: Sequence[Branch]) -> list[str]:
    """Return for each branch the lines that lead to it, as box drawing characters.

    Read from the last one back: at each level a line goes on if a later branch stands there before any shallower one.
    Of what is deeper than `DEEPEST` the level is told instead of drawn.
    """
    found, goes_on = list[str](), list[bool]()
    for branch in reversed(branches):
        above = branch.depth - 1
        goes_on += [False] * (branch.depth - len(goes_on))
        rails = "".join("│  " if later else "   " for later in goes_on[: min(above, DEEPEST - 1)])
        step = f"step {branch.depth}, " if branch.depth > DEEPEST else ""
        found.append(rails + ("├─ " if goes_on[above] else "└─ ") + step)
        goes_on[above:] = [True]
    return found[::-1]
