"""What comes from what: a directed graph of sources.

A step leads from the later source to the earlier one. Every walk is a loop, so
that a chain may be as long as it likes; every order is the order in which the
steps were given, so that the same steps always tell the same story.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from ..errors import InputError

DERIVATIONS = frozenset({"quotes", "cites", "reprints", "translates", "updates", "based_on"})
"""The relations by which a source comes from another. A reply is not one."""

Relations = Mapping[tuple[str, str], tuple[str, ...]]
Neighbours = Mapping[str, tuple[str, ...]]


@attrs.frozen
class Step:
    """`later` comes from `earlier`, by one of DERIVATIONS.

    Raises InputError for any other relation: what merely answers a source does
    not come from it, and is handed to `independence` as a tie.
    """

    later: str
    earlier: str
    relation: str = attrs.field()

    @relation.validator
    def _is_derivation(self, _: object, relation: str) -> None:
        if relation not in DERIVATIONS:
            raise InputError(
                f"{relation!r} is not a way to come from a source.",
                hint=f"Use one of: {', '.join(sorted(DERIVATIONS))}.",
            )


@attrs.frozen
class Origin:
    """Where a trail ends: one source, or a circle of sources without a way out.

    Sources that only cite each other have *one* origin, and nobody knows which:
    `nodes` are then all of the circle, sorted, and `cyclic` is true.
    """

    nodes: tuple[str, ...]
    cyclic: bool = False


@attrs.frozen
class Branch:
    """One line of a printed tree: a node, how deep, and by which relations.

    A node that was `seen` further up is not expanded again.
    """

    node: str
    depth: int
    relations: tuple[str, ...] = ()
    seen: bool = False


@attrs.frozen
class Chain:
    """The source graph made of `steps`. It does not change.

    A node without any step need not be known to it: it is its own origin.
    """

    steps: tuple[Step, ...] = attrs.field(converter=tuple[Step, ...], default=())
    _relations: Relations = attrs.field(init=False, repr=False, eq=False)
    _earlier: Neighbours = attrs.field(init=False, repr=False, eq=False)
    _later: Neighbours = attrs.field(init=False, repr=False, eq=False)

    @_relations.default
    def _collect_relations(self) -> Relations:
        relations: dict[tuple[str, str], tuple[str, ...]] = {}
        for step in self.steps:
            edge = step.later, step.earlier
            known = relations.get(edge, ())
            if step.relation not in known:
                relations[edge] = (*known, step.relation)
        return relations

    @_earlier.default
    def _link_back(self) -> Neighbours:
        return _neighbours(self._relations)

    @_later.default
    def _link_forth(self) -> Neighbours:
        return _neighbours((earlier, later) for later, earlier in self._relations)

    def earlier(self, node: str) -> tuple[str, ...]:
        """What `node` comes from, one step back."""
        return self._earlier.get(node, ())

    def later(self, node: str) -> tuple[str, ...]:
        """What comes from `node`, one step on."""
        return self._later.get(node, ())

    def ancestors(self, node: str) -> frozenset[str]:
        """All that `node` comes from; `node` itself only if it is in a cycle."""
        return _beyond(node, self.earlier)

    def dependents(self, node: str) -> frozenset[str]:
        """All that comes from `node`: what falls if it is retracted."""
        return _beyond(node, self.later)

    def origins(self, node: str) -> tuple[Origin, ...]:
        """Where the trails of `node` end; `node` itself if nothing is behind it."""
        found = (self.origin_of(part) for part in components([node], self.earlier))
        return tuple(origin for origin in found if origin is not None)

    def origin_of(self, component: tuple[str, ...]) -> Origin | None:
        """The origin that a component is, or None where a trail leads out of it."""
        inside = frozenset(component)
        behind = [self.earlier(node) for node in component]
        if not all(map(inside.issuperset, behind)):
            return None
        return Origin(tuple(sorted(component)), cyclic=any(behind))

    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The circles: groups of nodes each of which comes from all the others."""
        return tuple(
            tuple(sorted(part))
            for part in components(self._earlier, self.earlier)
            if len(part) > 1 or part[0] in self.earlier(part[0])
        )

    def distances(self, node: str) -> dict[str, int]:
        """Steps back from `node` to itself (0) and to every ancestor, nearest first."""
        steps = {node: 0}
        queue = deque([node])
        while queue:
            here = queue.popleft()
            for earlier in self.earlier(here):
                if earlier not in steps:
                    steps[earlier] = steps[here] + 1
                    queue.append(earlier)
        return steps

    def steps_to(self, node: str, ancestor: str) -> int | None:
        """The fewest steps from `node` back to `ancestor`: how far hearsay went.

        0 to itself, None where `node` does not come from `ancestor`.
        """
        return self.distances(node).get(ancestor)

    def path(self, node: str, ancestor: str) -> tuple[str, ...]:
        """The shortest trail, both ends included; empty where there is none.

        Of equally short trails, at each node the step that was given first.
        """
        steps = {ancestor: 0}
        queue = deque([ancestor])
        while queue and node not in steps:
            here = queue.popleft()
            for later in self.later(here):
                if later not in steps:
                    steps[later] = steps[here] + 1
                    queue.append(later)
        if node not in steps:
            return ()
        trail = [node]
        while trail[-1] != ancestor:
            nearer = steps[trail[-1]] - 1
            further = self.earlier(trail[-1])
            trail.append(next(n for n in further if steps.get(n) == nearer))
        return tuple(trail)

    def tree(self, node: str) -> Iterator[Branch]:
        """What `node` comes from, line by line, parents before children."""
        shown: set[str] = set()
        waiting = [Branch(node, 0)]
        while waiting:
            branch = waiting.pop()
            if branch.node in shown:
                yield attrs.evolve(branch, seen=True)
                continue
            yield branch
            shown.add(branch.node)
            for earlier in reversed(self.earlier(branch.node)):
                relations = self._relations[branch.node, earlier]
                waiting.append(Branch(earlier, branch.depth + 1, relations))


def components(roots: Iterable[str], earlier: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Strongly connected components of what the roots reach, origins first.

    Tarjan, "Depth-first search and linear graph algorithms" (1972), as a loop.
    """
    done = float("inf")
    low: dict[str, float] = {}
    undone: list[str] = []
    for root in roots:
        # Each entry: a node, its number, and the neighbours not yet looked at.
        trail = [] if root in low else [(root, len(low), iter(earlier(root)))]
        while trail:
            node, number, neighbours = trail[-1]
            if node not in low:
                low[node] = number
                undone.append(node)
            for neighbour in neighbours:
                if neighbour not in low:
                    trail.append((neighbour, len(low), iter(earlier(neighbour))))
                    break
                low[node] = min(low[node], low[neighbour])
            else:
                trail.pop()
                if low[node] == number:
                    first = len(undone) - 1
                    while undone[first] != node:
                        first -= 1
                    part = tuple(undone[first:])
                    del undone[first:]
                    low.update(dict.fromkeys(part, done))
                    yield part
                else:
                    before = trail[-1][0]
                    low[before] = min(low[before], low[node])


def _neighbours(edges: Iterable[tuple[str, str]]) -> Neighbours:
    """For each node the nodes that its edges lead to."""
    neighbours: dict[str, list[str]] = {}
    for node, neighbour in edges:
        neighbours.setdefault(node, []).append(neighbour)
    return {node: tuple(found) for node, found in neighbours.items()}


def _beyond(node: str, neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything reachable from `node` by at least one step."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        new = set(neighbours(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
