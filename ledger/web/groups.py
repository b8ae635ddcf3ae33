"""Sources that stand in the same place of a chain, drawn as one box: forty reprints are one thing to see, not forty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

import attrs

from ..views.trail import Edge, Node, Trail

ALIKE = 6
"""So many sources that come from the same, by the same steps, share a box."""

SHOWN = 3
"""Names that such a box tells."""


def gathered(trail: Trail) -> Trail:
    """Return the chain with the sources alike put together; it stays as it is where few are."""
    places = defaultdict[Hashable, list[Node]](list)
    for node in trail.nodes:
        places[_place(node, trail.edges)].append(node)
    into: dict[str, str] = {}
    boxes: dict[str, Node] = {}
    for nodes in places.values():
        if len(nodes) >= ALIKE:
            into |= {node.uid: nodes[0].uid for node in nodes}
            boxes[nodes[0].uid] = _together(nodes)
    if not boxes:
        return trail
    edges = (
        attrs.evolve(edge, start=into.get(edge.start, edge.start), end=into.get(edge.end, edge.end))
        for edge in trail.edges
    )
    kept = (boxes.get(node.uid, node) for node in trail.nodes if into.get(node.uid, node.uid) == node.uid)
    return Trail(tuple(kept), tuple(dict.fromkeys(edges)))


def _place(node: Node, edges: tuple[Edge, ...]) -> Hashable:
    """Return what two sources have in common if nothing but their names tells them apart."""
    steps = {
        (edge.start == node.uid, edge.end if edge.start == node.uid else edge.start, edge.label, edge.against, edge.tie)
        for edge in edges
        if node.uid in (edge.start, edge.end)
    }
    return frozenset(steps), node.notes, node.origin, node.first_hand, node.choke, node.withdrawn, node.context


def _together(nodes: list[Node]) -> Node:
    names = [node.voice or node.title for node in nodes]
    more = f"; and {len(names) - SHOWN} more"
    return attrs.evolve(
        nodes[0],
        handle="",
        voice=f"{len(nodes)} sources in the same place",
        title="; ".join(names[:SHOWN]) + more,
        kind="each is named in words below",
        published="",
    )
