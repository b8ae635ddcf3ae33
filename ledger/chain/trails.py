"""How many separate trails lead from some sources to distinct origins.

Trails are separate if they share no node and no owner. Without owners this is
a maximum flow. With owners it is not: to melt an owner's nodes into one
overcounts, since a trail may then enter by one and leave by another. So two
flows bound the number from above, and a search finds it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from .flow import disjoint_paths
from .reach import Reach

Marks = frozenset[int]
"""What a trail uses up: its nodes, and the owners that have several nodes."""

Choice = tuple[int, Marks, int]
"""The next start to decide on, the marks closed to it, the trails so far."""


@attrs.frozen
class Count:
    """What is proven: `at_least` so many, `at_most` so many."""

    at_least: int
    at_most: int


def count_trails(reach: Reach, starts: Sequence[int], owners: Mapping[int, int], budget: int) -> Count:
    """The most separate trails from distinct `starts` to distinct origins.

    `owners` gives the nodes of owners with several nodes a mark for the owner,
    a number that no node has. `budget` limits the search, in nodes looked at;
    once it is spent, what is proven by then is returned.
    """
    return _Search(reach, starts, owners, budget).run()


class _Search:
    """Branch and bound: each start in turn takes one of its trails, or none.

    A trail through another start could as well begin there, and a trail with a
    short cut could take it; either uses up less. So no trail enters a start, and
    only trails without a short cut are tried.
    """

    def __init__(
        self,
        reach: Reach,
        starts: Sequence[int],
        owners: Mapping[int, int],
        budget: int,
    ) -> None:
        self.reach = reach
        self.starts = starts
        self.others = frozenset(starts)
        self.owners = owners
        self.left = budget
        self.best = 0
        self.last_use: dict[int, int] = {}

    def run(self) -> Count:
        """Bound the number; if owners matter, search below the bound."""
        ground = self._ground(0, frozenset())
        bound = self._bound(0, ground)
        if self.owners.keys().isdisjoint(ground):
            return Count(bound, bound)
        self.best = self._first_come()
        if self.best < bound:
            self._note_last_uses()
            self._branch(bound)
        return Count(self.best, self.best if self.left > 0 else bound)

    def _branch(self, bound: int) -> None:
        """Try choices, depth first, until the bound is met or the budget spent."""
        tried: dict[tuple[int, Marks], int] = {}
        stack: list[Iterator[Choice]] = [iter([(0, frozenset(), 0)])]
        while stack and self.best < bound and self.left > 0:
            choice = next(stack[-1], None)
            if choice is None:
                stack.pop()
                continue
            index, closed, count = choice
            self.best = max(self.best, count)
            if tried.get((index, closed), -1) < count:
                tried[index, closed] = count
                if self._may_beat_best(index, closed, count):
                    stack.append(self._choices(index, closed, count))

    def _may_beat_best(self, index: int, closed: Marks, count: int) -> bool:
        if count + len(self.starts) - index <= self.best:
            return False
        ground = self._ground(index, closed)
        self.left -= len(ground)
        return count + self._bound(index, ground) > self.best

    def _choices(self, index: int, closed: Marks, count: int) -> Iterator[Choice]:
        """The trails of one start, then none; a harmless trail settles it."""
        without = self._still_wanted(closed, index)
        for trail in self._trails(self.starts[index], closed):
            taken = self._still_wanted(closed | self._marks(trail), index)
            yield index + 1, taken, count + 1
            if taken == without:
                return
        yield index + 1, without, count

    def _trails(self, start: int, closed: Marks) -> Iterator[list[int]]:
        """Every trail from `start` without a short cut, over what is not closed."""
        if not self._is_open(start, closed):
            return
        trail = [start]
        onward = [iter(self.reach.earlier[start])]
        passed: Counter[int] = Counter()  # next to the trail, or on it
        while trail and self.left > 0:
            self.left -= 1
            if trail[-1] in self.reach.origins:
                self.left -= len(trail)
                yield trail
            node = next(onward[-1], None)
            if node is None:
                trail.pop()
                onward.pop()
                if trail:
                    passed.subtract(self.reach.earlier[trail[-1]])
            elif not passed[node] and self._is_enterable(node, closed):
                passed.update(self.reach.earlier[trail[-1]])
                trail.append(node)
                onward.append(iter(self.reach.earlier[node]))

    def _first_come(self) -> int:
        """How many starts are served if each in turn takes a shortest trail."""
        closed: Marks = frozenset()
        served = 0
        for start in self.starts:
            trail = self._shortest(start, closed)
            closed |= self._marks(trail)
            served += bool(trail)
        return served

    def _shortest(self, start: int, closed: Marks) -> list[int]:
        """A shortest trail over what is not closed; empty if none was found."""
        came: dict[int, int | None] = {}
        if self._is_open(start, closed):
            came[start] = None
        waiting = deque(came)
        while waiting and self.left > 0:
            self.left -= 1
            node: int | None = waiting.popleft()
            if node in self.reach.origins:
                trail = []
                while node is not None:
                    trail.append(node)
                    node = came[node]
                return trail
            assert node is not None
            for earlier in self.reach.earlier[node]:
                if earlier not in came and self._is_enterable(earlier, closed):
                    came[earlier] = node
                    waiting.append(earlier)
        return []

    def _bound(self, index: int, ground: Mapping[int, tuple[int, ...]]) -> int:
        """The starts from `index` on have at most so many separate trails.

        The lesser of two flows: owners ignored, and owners melted into one.
        """
        starts = [start for start in self.starts[index:] if start in ground]
        ends = ground.keys() & self.reach.origins.keys()
        bound = disjoint_paths(starts, ground, ends)
        if bound <= 1 or self.owners.keys().isdisjoint(ground):
            return bound
        melted: dict[int, set[int]] = {}
        for node, onward in ground.items():
            melted.setdefault(self._melt(node), set()).update(map(self._melt, onward))
        return min(
            bound,
            disjoint_paths(set(map(self._melt, starts)), melted, set(map(self._melt, ends))),
        )

    def _ground(self, index: int, closed: Marks) -> dict[int, tuple[int, ...]]:
        """What the starts from `index` on reach over what is not closed."""
        waiting = [s for s in self.starts[index:] if self._is_open(s, closed)]
        ground: dict[int, tuple[int, ...]] = {}
        while waiting:
            node = waiting.pop()
            if node not in ground:
                ground[node] = tuple([e for e in self.reach.earlier[node] if self._is_enterable(e, closed)])
                waiting.extend(ground[node])
        return ground

    def _note_last_uses(self) -> None:
        """For each mark, the last start that can reach it: later it is no matter."""
        seen: set[int] = set()
        for index in reversed(range(len(self.starts))):
            waiting = [self.starts[index]]
            while waiting:
                node = waiting.pop()
                if node not in seen:
                    seen.add(node)
                    for mark in self._marks([node]):
                        self.last_use.setdefault(mark, index)
                    waiting.extend(self.reach.earlier[node])

    def _still_wanted(self, closed: Marks, index: int) -> Marks:
        return frozenset([m for m in closed if self.last_use[m] > index])

    def _melt(self, node: int) -> int:
        return self.owners.get(node, node)

    def _marks(self, trail: Iterable[int]) -> Marks:
        return frozenset([m for node in trail for m in (node, self._melt(node))])

    def _is_open(self, node: int, closed: Marks) -> bool:
        return node not in closed and self._melt(node) not in closed

    def _is_enterable(self, node: int, closed: Marks) -> bool:
        return node not in self.others and self._is_open(node, closed)
