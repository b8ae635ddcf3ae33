"""Vertex-disjoint paths in a directed graph, as many as there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Onward = Mapping[int, Collection[int]]
"""From each node to the next ones."""

START = -1


def disjoint_paths(starts: Collection[int], onward: Onward, ends: Collection[int]) -> int:
    """The most paths from distinct starts to distinct ends that share no node.

    Ford and Fulkerson, "Maximal flow through a network" (1956), with every node
    split into a way in and a way out so that it carries one path. All starts
    share one search per round, which keeps the number of rounds small.
    """
    flow = _Flow(onward, ends)
    most = min(len(starts), len(ends))
    waiting = list(starts)
    while waiting and flow.value < most:
        seen: dict[int, int | None] = {}
        before = flow.value
        waiting = [start for start in waiting if not flow.extend(start, seen)]
        if flow.value == before:
            break
    return flow.value


class _Flow:
    """Paths so far, and the moves by which one more may be fitted in.

    A search state is `2 * node` on the way into a node and `2 * node + 1` on
    the way out of it.
    """

    def __init__(self, onward: Onward, ends: Collection[int]) -> None:
        self.onward = onward
        self.ends = ends
        self.ahead: dict[int, int] = {}
        self.behind: dict[int, int] = {}
        self.value = 0

    def extend(self, start: int, seen: dict[int, int | None]) -> bool:
        """Fit in a path from `start`, rerouting others; False if there is none.

        `seen` holds how each state was come by, and is shared within a round.
        """
        stack: list[tuple[int, int | None]] = [(2 * start, None)]
        while stack:
            state, origin = stack.pop()
            if state in seen:
                continue
            seen[state] = origin
            if state & 1 and state >> 1 in self.ends:
                self._reroute(state, seen)
                return True
            stack.extend([(move, state) for move in self._moves(state)])
        return False

    def _moves(self, state: int) -> Iterator[int]:
        node = state >> 1
        if state & 1:
            taken = self.ahead.get(node)
            for further in self.onward[node]:
                if further != taken:
                    yield 2 * further
            if node in self.behind:
                yield 2 * node  # let another path have the node
        elif node not in self.behind:
            yield state + 1
        elif self.behind[node] != START:
            yield 2 * self.behind[node] + 1  # send the path here another way

    def _reroute(self, state: int, seen: Mapping[int, int | None]) -> None:
        """Follow the search back from an end: drop what it undid, then join up."""
        joined = []
        before = seen[state]
        while before is not None:
            node, previous = state >> 1, before >> 1
            if node != previous and state & 1:
                del self.ahead[node], self.behind[previous]
            elif node != previous:
                joined.append((previous, node))
            state, before = before, seen[before]
        for node, further in joined:
            self.ahead[node] = further
            self.behind[further] = node
        self.behind[state >> 1] = START
        self.value += 1
