"""The part of a chain that some sources stand on, by number.

Numbers rise from the origins to the sources: whatever all trails of a node
must pass has a lower number than the node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from .graph import Chain, Origin, components

NOWHERE = -1
"""The gate behind the last gate."""


@attrs.frozen
class Reach:
    """All that some sources come from, and the sources themselves.

    `nodes[n]` is the id of node n, or None for the one unknown origin that is
    put behind a circle without a way out: the circle's members all lead there
    and nowhere else. `parts` are the components, as ranges of numbers.
    """

    nodes: tuple[str | None, ...]
    number: Mapping[str, int]
    earlier: tuple[tuple[int, ...], ...]
    parts: tuple[range, ...]
    origins: Mapping[int, Origin]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, chain: Chain, sources: Sequence[str]) -> Reach:
        """Number what the sources reach in `chain`; nothing else is touched."""
        nodes: list[str | None] = []
        parts: list[range] = []
        origins: dict[int, Origin] = {}
        behind: dict[str, int] = {}
        for part in components(sources, chain.earlier):
            origin = chain.origin_of(part)
            if origin is not None:
                origins[len(nodes)] = origin
                if origin.cyclic:
                    behind.update(dict.fromkeys(part, len(nodes)))
                    parts.append(range(len(nodes), len(nodes) + 1))
                    nodes.append(None)
            parts.append(range(len(nodes), len(nodes) + len(part)))
            nodes.extend(_nearest_exit_first(part, chain))
        number = {node: n for n, node in enumerate(nodes) if node is not None}

        def onward(node: str | None) -> tuple[int, ...]:
            if node is None:
                return ()
            if node in behind:
                return (behind[node],)
            return tuple([number[earlier] for earlier in chain.earlier(node)])

        return cls(
            nodes=tuple(nodes),
            number=number,
            earlier=tuple([onward(node) for node in nodes]),
            parts=tuple(parts),
            origins=origins,
            starts=tuple([number[source] for source in sources]),
        )

    def carried(self) -> list[int]:
        """For each node a bit mask of the starts that come from it or are it."""
        masks = [0] * len(self.nodes)
        for bit, start in enumerate(self.starts):
            masks[start] |= 1 << bit
        for part in reversed(self.parts):
            mask = 0
            for node in part:
                mask |= masks[node]
            for node in part:
                masks[node] = mask
                for earlier in self.earlier[node]:
                    masks[earlier] |= mask
        return masks


@attrs.frozen
class Gates:
    """For each node the nearest node that all its trails pass.

    These are the immediate post-dominators. By Menger's theorem some sources
    have two separate trails unless they have a gate, or one of them, in common.
    """

    after: Sequence[int]

    @classmethod
    def of(cls, reach: Reach) -> Gates:
        """Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001)."""
        after: list[int | None] = [None] * len(reach.nodes)
        for part in reach.parts:
            changed = True
            while changed:
                changed = False
                for node in part:
                    gate = _gate(after, reach.earlier[node])
                    changed |= after[node] != gate and len(part) > 1
                    after[node] = gate
        return cls([NOWHERE if gate is None else gate for gate in after])

    def common(self, starts: Iterable[int]) -> int:
        """The nearest node that all trails of all starts pass, or NOWHERE."""
        first, *others = starts
        for other in others:
            first = _meet(self.after, first, other)
        return first

    def onward(self, gate: int) -> Iterator[int]:
        """A gate and all that follow it, on the way to the origin."""
        while gate != NOWHERE:
            yield gate
            gate = self.after[gate]


def _gate(after: Sequence[int | None], earlier: Iterable[int]) -> int:
    """Where the trails through all of `earlier` that are known so far meet."""
    known = [node for node in earlier if after[node] is not None]
    gate = known[0] if known else NOWHERE
    for node in known[1:]:
        gate = _meet(after, gate, node)
    return gate


def _meet(after: Sequence[int | None], a: int, b: int) -> int:
    """The first gate on both ways out; a node counts as its own gate."""
    while a != b:
        if a < b:
            a, b = b, a
        onward = after[a]
        a = NOWHERE if onward is None else onward
    return a


def _nearest_exit_first(part: tuple[str, ...], chain: Chain) -> tuple[str, ...]:
    """A component's nodes, those with the shortest way out of it first."""
    if len(part) == 1:
        return part
    inside = set(part)
    exits = [node for node in part if not inside.issuperset(chain.earlier(node))]
    order = dict.fromkeys(exits or part)
    waiting = list(order)
    for node in waiting:
        new = [n for n in chain.later(node) if n in inside and n not in order]
        order.update(dict.fromkeys(new))
        waiting.extend(new)
    return tuple(order)
