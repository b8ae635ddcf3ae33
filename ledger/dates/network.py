"""What must come before what: orders and bounds in time, and which of them cannot all hold.

A Simple Temporal Network (Dechter, Meiri & Pearl 1991) in whole steps of time,
days or finer ones, which is for its user to say. Every constraint names the
records it comes from, and says in words what it is. The earliest step of every
moment is kept: adding one constraint looks only at what it moves (Cotton &
Maler 2006), and `conflicts` reads the whole in one pass where the orders run in
no circle. A moment may also be held to some days of every year, such as each
2 May: its earliest step is then on the next of those.

>>> network = Network()
>>> network.add(Constraint("strike", "vote", 0, ("a",), "the strike came before the vote"))
>>> network.add(Constraint("vote", "strike", 1, ("b",), "the vote came a day before the strike")).records
('a', 'b')
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush

from attrs import frozen

ORIGIN = ""
"""The moment that days are counted from: a bound is an order against it."""

LONG_AGO = -(10**15)
"""The earliest day of a moment that nothing bounds; no date and no sum of gaps comes near it."""

MOST_JUMPS = 64
"""Years that a moment without a year is moved on within a circle of orders, before its date is left out of account."""

NextDay = Callable[[int], int]
"""From a day number to the first day from it on that a moment can have."""


@frozen
class Constraint:
    """`later` comes at least `gap` days after `earlier`; the records that say so, and the same in words.

    Against ORIGIN it is a bound: (ORIGIN, x, day) is "x is not before day", (x, ORIGIN, -day) "x is not after day".
    """

    earlier: str
    later: str
    gap: int
    records: tuple[str, ...]
    because: str


@frozen
class Recurring:
    """A moment falls on one of some days of every year: `next_day` says which is the next."""

    moment: str
    next_day: NextDay
    records: tuple[str, ...]
    because: str


@frozen
class Conflict:
    """Records that cannot all be right, each of them needed: without any one, the others hold together."""

    records: tuple[str, ...]
    reasons: tuple[Constraint | Recurring, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """What the records say, in the order in which it leads to the conflict."""
        return tuple(dict.fromkeys(reason.because for reason in self.reasons))


class TemporalNetwork:
    """Constraints, and the earliest day that they leave to each moment."""

    def __init__(self, constraints: Iterable[Constraint] = (), recurring: Iterable[Recurring] = ()) -> None:
        self._constraints = list(constraints)
        self._recurring = list(recurring)
        self._state: _Earliest | None = None

    @property
    def constraints(self) -> Sequence[Constraint]:
        return self._constraints

    def add(self, constraint: Constraint) -> Conflict | None:
        """Take in a constraint and return None; if it contradicts those before it, leave it out and return why.

        Days that recur are looked at by `conflicts` alone. The constraints before it must hold together.
        """
        if self._state is None:
            self._state = _Earliest(self._constraints)
            self._state.settle()
        found = self._state.add(constraint)
        if not found:
            self._constraints.append(constraint)
            return None
        return minimal([*self._constraints, constraint], (), found)

    def conflicts(self, most: int = 20) -> tuple[Conflict, ...]:
        """Return conflicts, each minimal; none means that all can hold.

        After each, the record of one of its orders is left out of account, and the rest is looked at again.
        """
        constraints, recurring, conflicts = self._constraints, self._recurring, list[Conflict]()
        while len(conflicts) < most:
            found = _contradiction(constraints, recurring)
            if not found:
                break
            conflict = minimal(constraints, recurring, found)
            conflicts.append(conflict)
            out = set(_least_sure(conflict).records)
            constraints = [one for one in constraints if out.isdisjoint(one.records)]
            recurring = [one for one in recurring if out.isdisjoint(one.records)]
        return tuple(conflicts)


def minimal(
    constraints: Iterable[Constraint], recurring: Iterable[Recurring], found: Sequence[Constraint | Recurring]
) -> Conflict:
    """Return a contradiction that was found as a minimal set of records: each in turn is left out where it can be."""
    records = {record for reason in found for record in reason.records}
    within = [one for one in constraints if records.issuperset(one.records)]
    also = [one for one in recurring if records.issuperset(one.records)]
    # A circle, or a way from a first day to a last, of which every part is needed already.
    needed = not also and len(within) == len(found)
    for record in () if needed else sorted(records):
        fewer = [one for one in within if record not in one.records]
        fewer_also = [one for one in also if record not in one.records]
        still = _contradiction(fewer, fewer_also)
        if still:
            found, within, also = still, fewer, fewer_also
    if not needed:
        found = _contradiction(within, also) or found
    return Conflict(tuple(sorted({record for reason in found for record in reason.records})), tuple(found))


def _least_sure(conflict: Conflict) -> Constraint | Recurring:
    """Return what is left out of account to look for further conflicts: an order, rather than a date."""
    orders = [one for one in conflict.reasons if isinstance(one, Constraint) and ORIGIN not in (one.earlier, one.later)]
    return orders[0] if orders else conflict.reasons[0]


def _contradiction(
    constraints: Sequence[Constraint], recurring: Sequence[Recurring] = ()
) -> Sequence[Constraint | Recurring]:
    """Return constraints that together cannot hold; none where all can."""
    return _Earliest(constraints, recurring).settle()


class _Earliest:
    """The earliest day of each moment, what sets it, and the latest that each may have."""

    def __init__(self, constraints: Sequence[Constraint], recurring: Sequence[Recurring] = ()) -> None:
        self._index: dict[str, int] = {}
        self._day: list[int] = []
        self._set_by: list[tuple[int, Constraint] | None] = []
        self._last: list[tuple[int, Constraint] | None] = []
        self._after: list[list[tuple[int, int, Constraint]]] = []
        self._recurs: dict[int, Recurring] = {}
        self._moved: set[int] = set()
        self._given: list[Constraint | Recurring] = [*constraints, *recurring]
        for constraint in constraints:
            self._take(constraint)
        for one in recurring:
            self._recurs[self._moment(one.moment)] = one

    def _moment(self, name: str) -> int:
        number = self._index.get(name)
        if number is None:
            number = self._index[name] = len(self._day)
            self._day.append(LONG_AGO)
            self._set_by.append(None)
            self._last.append(None)
            self._after.append([])
        return number

    def _take(self, constraint: Constraint) -> None:
        if constraint.earlier == ORIGIN:
            later = self._moment(constraint.later)
            if constraint.gap > self._day[later]:
                self._day[later], self._set_by[later] = constraint.gap, (-1, constraint)
        elif constraint.later == ORIGIN:
            earlier = self._moment(constraint.earlier)
            known = self._last[earlier]
            if known is None or -constraint.gap < known[0]:
                self._last[earlier] = (-constraint.gap, constraint)
        else:
            earlier, later = self._moment(constraint.earlier), self._moment(constraint.later)
            self._after[earlier].append((later, constraint.gap, constraint))

    # -- all at once ------------------------------------------------------

    def settle(self) -> Sequence[Constraint | Recurring]:
        """Move every moment to its earliest day; return what contradicts, none where all can hold."""
        circling = self._pass_in_order()
        circle = self._go_round(circling) if circling else ()
        return circle or self._too_late()

    def _pass_in_order(self) -> list[int]:
        """Settle the moments that no circle leads to, each after those before it; return the others."""
        day, set_by, after = self._day, self._set_by, self._after
        waits = [0] * len(day)
        for following in after:
            for later, _, _ in following:
                waits[later] += 1
        ready = [moment for moment, count in enumerate(waits) if not count]
        for moment in ready:
            if self._recurs:
                self._recur(moment)
            start = day[moment]
            for later, gap, constraint in after[moment]:
                if start + gap > day[later]:
                    day[later], set_by[later] = start + gap, (moment, constraint)
                waits[later] -= 1
                if not waits[later]:
                    ready.append(later)
        return [] if len(ready) == len(day) else [moment for moment, count in enumerate(waits) if count]

    def _go_round(self, moments: Sequence[int]) -> Sequence[Constraint | Recurring]:
        """Settle moments in circles (Bellman & Ford, with a queue); return a circle that pushes itself on for ever."""
        day, set_by, after = self._day, self._set_by, self._after
        jumps = dict.fromkeys(self._recurs, 0)
        queue, queued, moves = deque(self._downstream(moments)), set(moments), 0
        while queue:
            moment = queue.popleft()
            queued.discard(moment)
            if moment in jumps and jumps[moment] < MOST_JUMPS:
                jumps[moment] += self._recur(moment)
            start = day[moment]
            for later, gap, constraint in after[moment]:
                if start + gap > day[later]:
                    day[later], set_by[later] = start + gap, (moment, constraint)
                    moves += 1
                    if later not in queued:
                        queued.add(later)
                        queue.append(later)
                    if moves % len(moments) == 0 and (circle := self._circle(moments)):
                        return circle
                    if self._past_end(later):
                        return self._reasons(later)
        return ()

    def _downstream(self, moments: Sequence[int]) -> list[int]:
        """Return moments so that each comes after those that lead to it, circles aside."""
        left, ordered = set(moments), list[int]()
        for moment in moments:
            waiting = [(moment, iter(self._after[moment]))] if moment in left else []
            left.discard(moment)
            while waiting:
                at, following = waiting[-1]
                fresh = next((later for later, _, _ in following if later in left), None)
                if fresh is None:
                    ordered.append(at)
                    waiting.pop()
                else:
                    left.discard(fresh)
                    waiting.append((fresh, iter(self._after[fresh])))
        return ordered[::-1]

    def _recur(self, moment: int) -> bool:
        """Move a moment on to the next day it can have."""
        recurring = self._recurs.get(moment)
        if recurring is None or self._set_by[moment] is None:
            return False
        following = recurring.next_day(self._day[moment])
        if following == self._day[moment]:
            return False
        self._day[moment] = following
        self._moved.add(moment)
        return True

    def _circle(self, moments: Iterable[int]) -> Sequence[Constraint | Recurring]:
        """Return a circle among what sets the moments: only one that gains on itself leaves one."""
        seen: dict[int, int] = {}
        for start in moments:
            moment = start
            while moment not in seen:
                seen[moment] = start
                found = self._set_by[moment]
                if found is None or found[0] < 0:
                    break
                moment = found[0]
            else:
                if seen[moment] == start and (circle := self._round(moment)):
                    return circle
        return ()

    def _round(self, moment: int) -> Sequence[Constraint | Recurring]:
        """Return the circle that sets a moment, if it gains on itself: a day that recurs leaves others too."""
        reasons, at = list[Constraint](), moment
        while not reasons or at != moment:
            found = self._set_by[at]
            assert found is not None, "a circle has no start"
            at = found[0]
            reasons.append(found[1])
        return reasons[::-1] if sum(reason.gap for reason in reasons) > 0 else ()

    def _past_end(self, moment: int) -> bool:
        last = self._last[moment]
        return last is not None and self._day[moment] > last[0]

    def _too_late(self) -> Sequence[Constraint | Recurring]:
        """Return the shortest way that leads to a moment after its last day."""
        late = [moment for moment in range(len(self._day)) if self._past_end(moment)]
        return min((self._reasons(moment) for moment in late[:20]), key=len, default=())

    def _reasons(self, moment: int) -> Sequence[Constraint | Recurring]:
        last = self._last[moment]
        reasons: list[Constraint | Recurring] = [last[1]] if last else []
        passed = set[int]()
        while moment >= 0:
            if moment in passed:
                return self._round(moment) or self._given
            passed.add(moment)
            if moment in self._moved:
                reasons.append(self._recurs[moment])
            found = self._set_by[moment]
            if found is None:
                break
            moment = found[0]
            reasons.append(found[1])
        return reasons[::-1]

    # -- one more ---------------------------------------------------------

    def add(self, constraint: Constraint) -> Sequence[Constraint | Recurring]:
        """Take in one constraint; return what contradicts it, and then nothing was moved."""
        if constraint.later == ORIGIN:
            return self._add_end(constraint)
        start = -1 if constraint.earlier == ORIGIN else self._moment(constraint.earlier)
        later = self._moment(constraint.later)
        to = constraint.gap if start < 0 else self._day[start] + constraint.gap
        reasons: Sequence[Constraint | Recurring] = ()
        if start == later:
            reasons = (constraint,) if constraint.gap > 0 else ()
        elif to > self._day[later]:
            reasons = self._push(start, later, to, constraint)
        if not reasons and start >= 0:
            self._after[start].append((later, constraint.gap, constraint))
        return reasons

    def _add_end(self, constraint: Constraint) -> Sequence[Constraint | Recurring]:
        moment = self._moment(constraint.earlier)
        before = self._last[moment]
        if before is not None and before[0] <= -constraint.gap:
            return ()
        self._last[moment] = (-constraint.gap, constraint)
        if not self._past_end(moment):
            return ()
        reasons = self._reasons(moment)
        self._last[moment] = before
        return reasons

    def _push(self, start: int, later: int, to: int, constraint: Constraint) -> Sequence[Constraint | Recurring]:
        """Move on what the constraint moves, the furthest first, so that each is moved once."""
        old: dict[int, tuple[int, tuple[int, Constraint] | None]] = {}
        day, set_by = self._day, self._set_by
        pushes = 0  # keeps the heap from comparing constraints
        heap: list[tuple[int, int, int, int, int, Constraint]] = [(day[later] - to, 0, later, to, start, constraint)]
        while heap:
            _, _, moment, to, before, cause = heappop(heap)
            if to <= day[moment]:
                continue
            old.setdefault(moment, (day[moment], set_by[moment]))
            day[moment], set_by[moment] = to, (before, cause)
            if moment == start or self._past_end(moment):
                reasons = self._round(moment) if moment == start else self._reasons(moment)
                for one, (first, was) in old.items():
                    day[one], set_by[one] = first, was
                return reasons
            for following, gap, reason in self._after[moment]:
                if to + gap > day[following]:
                    pushes += 1
                    heappush(heap, (day[following] - to - gap, pushes, following, to + gap, moment, reason))
        return ()
