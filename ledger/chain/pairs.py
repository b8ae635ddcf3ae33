"""What is shown of each two sources, and why.

Everything is asked of bit masks with one bit per source. Two sources have a
common ancestor exactly if they have a common origin, since every ancestor leads
to one; so only origins, owners and ties need to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

import attrs

from .graph import Chain, Origin
from .reach import NOWHERE, Gates, Reach
from .trails import Count, count_trails


class PairVerdict(StrEnum):
    """What is shown of two sources."""

    INDEPENDENT = "independent"
    DEPENDENT = "dependent"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a pair has its verdict; after the semicolon, what `Pair.via` names."""

    DECLARED = "declared"  # a person says so; nothing
    SHOWN = "shown"  # all that is asked for is there; nothing
    DERIVES = "derives"  # one comes from the other; the earlier one
    COMMON_ANCESTOR = "common_ancestor"  # both come from it; the nearest such node
    SAME_OWNER = "same_owner"  # of both, or of what they come from; the owners
    TIED = "tied"  # by a reply, or something that one takes from the other; the two nodes that are tied
    SAME_PERSON = "same_person"  # is behind both; who
    SAME_HOUSE = "same_house"  # that somebody behind each belongs to; which
    UNNAMED = "unnamed"  # who speaks in one: it may be who speaks in the other; the two
    SAME_OBJECT = "same_object"  # may be what both read: a document that is not on record; those sources
    COMMON_CREDIT = "common_credit"  # for something in both; whom they name
    WITHDRAWN = "withdrawn"  # is a part of what they have; those sources
    NOT_FIRST_HAND = "not_first_hand"  # where trails end; the nodes of those origins
    OWNER_UNKNOWN = "owner_unknown"  # of one or both; those sources
    NOT_COMPARED = "not_compared"  # their archived copies; in words, why not


@attrs.frozen
class Lack:
    """A ground that two sources lack to be shown independent, and the ids or words concerned."""

    reason: Reason
    via: tuple[str, ...] = ()


@attrs.frozen
class Pair:
    """What is shown of the sources `a` and `b`, why, and the ids concerned.

    Dependent: no two separate trails lead from them. Independent: two do, and
    a person declared it or the record shows it. Else unknown. `lacks` is all that is known to stand in the way.
    """

    a: str
    b: str
    verdict: PairVerdict
    reason_code: Reason
    via: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()


@attrs.frozen
class Pairwise:
    """All that bears on the sources of one claim, two by two, by their index."""

    chain: Chain
    sources: tuple[str, ...]
    owner: Mapping[str, str]
    first_hand: Collection[str]
    compared: frozenset[frozenset[str]]
    tied: frozenset[frozenset[str]]
    declared: frozenset[frozenset[str]]
    lacks: Mapping[frozenset[str], tuple[Lack, ...]]
    budget: int

    def pair(self, i: int, j: int) -> Pair:
        """What is shown of the sources i and j, with what it is shown by."""
        verdict, reason = self.judge(i, j)
        lacks = self._lacks(i, j) if verdict is PairVerdict.UNKNOWN else ()
        lacked = next((lack.via for lack in lacks if lack.reason is reason), None)
        via = self._via(reason, i, j) if lacked is None else lacked
        return Pair(self.sources[i], self.sources[j], verdict, reason, via, lacks)

    def judge(self, i: int, j: int) -> tuple[PairVerdict, Reason]:
        """Verdict and reason: what is shown first, then what is missing."""
        if self._gate(i, j) != NOWHERE:
            derives = self._derives(i, j) or self._derives(j, i)
            code = Reason.DERIVES if derives else Reason.COMMON_ANCESTOR
            return PairVerdict.DEPENDENT, code
        trails = self._trails(i, j)
        if trails.at_most < 2:
            return PairVerdict.DEPENDENT, Reason.SAME_OWNER
        if trails.at_least == 2 and self._is_listed(self.declared, i, j):
            return PairVerdict.INDEPENDENT, Reason.DECLARED
        missing = self._connection(i, j) or self._gap(i, j)
        if missing is not None:
            return PairVerdict.UNKNOWN, missing
        return PairVerdict.INDEPENDENT, Reason.SHOWN

    def candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs that may be shown independent, each once, i before j."""
        index = {source: i for i, source in enumerate(self.sources)}
        for pair in self.declared | self.compared:
            if pair <= index.keys():
                i, j = sorted(index[source] for source in pair)
                yield i, j

    def count(self, indices: Iterable[int]) -> Count:
        """How many separate trails lead from some of the sources."""
        starts = [self.reach.starts[i] for i in indices]
        return count_trails(self.reach, starts, self._owner_marks, self.budget)

    def _connection(self, i: int, j: int) -> Reason | None:
        """What links the two, though it leaves room for two separate trails."""
        if self._derives(i, j) or self._derives(j, i):
            return Reason.DERIVES
        if self._by_origin[i] >> j & 1:
            return Reason.COMMON_ANCESTOR
        if self._by_owner[i] >> j & 1:
            return Reason.SAME_OWNER
        return Reason.TIED if self._by_tie[i] >> j & 1 else None

    def _gap(self, i: int, j: int) -> Reason | None:
        """What would have to be known before the two are shown independent."""
        lack = next((one for one in self._lacks(i, j) if one.reason is not Reason.NOT_COMPARED), None)
        if lack is not None:
            return lack.reason
        if self._hearsay >> i & 1 or self._hearsay >> j & 1:
            return Reason.NOT_FIRST_HAND
        if not {self.sources[i], self.sources[j]} <= self.owner.keys():
            return Reason.OWNER_UNKNOWN
        return None if self._is_listed(self.compared, i, j) else Reason.NOT_COMPARED

    def _lacks(self, i: int, j: int) -> tuple[Lack, ...]:
        return self.lacks.get(frozenset((self.sources[i], self.sources[j])), ())

    def _via(self, reason: Reason, i: int, j: int) -> tuple[str, ...]:
        a, b = self.sources[i], self.sources[j]
        match reason:
            case Reason.DERIVES:
                return (b,) if self._derives(i, j) else (a,)
            case Reason.COMMON_ANCESTOR:
                return self._nearest_common(i, j)
            case Reason.SAME_OWNER:
                return self._common_owners(i, j)
            case Reason.TIED:
                return self._first_tie(i, j)
            case Reason.NOT_FIRST_HAND:
                origins = dict.fromkeys(self.chain.origins(a) + self.chain.origins(b))
                vague = [o for o in origins if not self._is_first_hand(o)]
                return tuple(node for origin in vague for node in origin.nodes)
            case Reason.OWNER_UNKNOWN:
                return tuple(source for source in (a, b) if source not in self.owner)
        return ()

    def _nearest_common(self, i: int, j: int) -> tuple[str, ...]:
        """The gate of both; failing that, what both come from by the fewest steps."""
        gate = self._gate(i, j)
        if gate != NOWHERE:
            node = self.reach.nodes[gate]
            return self.reach.origins[gate].nodes if node is None else (node,)
        near, far = (self.chain.distances(self.sources[n]) for n in (i, j))
        return (min(near.keys() & far.keys(), key=lambda n: (near[n] + far[n], self.reach.number[n])),)

    def _common_owners(self, i: int, j: int) -> tuple[str, ...]:
        both = 1 << i | 1 << j
        masks = self._owner_masks.items()
        return tuple(owner for owner, mask in masks if mask & both == both)

    def _first_tie(self, i: int, j: int) -> tuple[str, ...]:
        for x, y in self._ties:
            if self._stands_on(i, x) and self._stands_on(j, y):
                return x, y
            if self._stands_on(j, x) and self._stands_on(i, y):
                return y, x
        return ()

    def _gate(self, i: int, j: int) -> int:
        return self.gates.common([self.reach.starts[i], self.reach.starts[j]])

    def _trails(self, i: int, j: int) -> Count:
        """Separate trails of two sources without a common gate."""
        return self.count([i, j]) if self._by_owner[i] >> j & 1 else Count(2, 2)

    def _derives(self, i: int, j: int) -> bool:
        """Whether source i comes from source j."""
        return self._stands_on(i, self.sources[j])

    def _stands_on(self, i: int, node: str) -> bool:
        return bool(self._carried[self.reach.number[node]] >> i & 1)

    def _is_listed(self, pairs: frozenset[frozenset[str]], i: int, j: int) -> bool:
        return frozenset((self.sources[i], self.sources[j])) in pairs

    def _is_first_hand(self, origin: Origin) -> bool:
        return not origin.cyclic and origin.nodes[0] in self.first_hand

    @cached_property
    def reach(self) -> Reach:
        """What the sources stand on."""
        return Reach.of(self.chain, self.sources)

    @cached_property
    def gates(self) -> Gates:
        """Where their trails must pass."""
        return Gates.of(self.reach)

    @cached_property
    def _carried(self) -> list[int]:
        return self.reach.carried()

    @cached_property
    def _ties(self) -> tuple[tuple[str, str], ...]:
        """The ties between nodes that the sources stand on, in a stable order."""
        number = self.reach.number
        within = [sorted(tie, key=number.__getitem__) for tie in self.tied if tie <= number.keys()]
        return tuple((x, y) for x, y in sorted(within, key=lambda tie: [number[node] for node in tie]))

    @cached_property
    def _owner_marks(self) -> dict[int, int]:
        """A mark for the owner of each node, where the owner has several nodes."""
        owned = {
            node: self.owner[id_] for node, id_ in enumerate(self.reach.nodes) if id_ is not None and id_ in self.owner
        }
        holdings = Counter(owned.values())
        several = [owner for owner, nodes in holdings.items() if nodes > 1]
        mark = {owner: n for n, owner in enumerate(several, len(self.reach.nodes))}
        return {node: mark[owner] for node, owner in owned.items() if owner in mark}

    @cached_property
    def _owner_masks(self) -> dict[str, int]:
        """The sources that stand on something of each such owner."""
        masks: dict[str, int] = {}
        for node in self._owner_marks:
            owner = self.owner[str(self.reach.nodes[node])]
            masks[owner] = masks.get(owner, 0) | self._carried[node]
        return masks

    @cached_property
    def _hearsay(self) -> int:
        """The sources with a trail that does not end first-hand."""
        mask = 0
        for end, origin in self.reach.origins.items():
            if not self._is_first_hand(origin):
                mask |= self._carried[end]
        return mask

    @cached_property
    def _by_origin(self) -> list[int]:
        """For each source, those that it has an origin in common with."""
        return self._mates((m, m) for m in {self._carried[e] for e in self.reach.origins})

    @cached_property
    def _by_owner(self) -> list[int]:
        return self._mates((m, m) for m in set(self._owner_masks.values()))

    @cached_property
    def _by_tie(self) -> list[int]:
        number, carried = self.reach.number, self._carried
        sides = [(carried[number[x]], carried[number[y]]) for x, y in self._ties]
        return self._mates([*sides, *((y, x) for x, y in sides)])

    def _mates(self, groups: Iterable[tuple[int, int]]) -> list[int]:
        """For each source, the masks it is matched with, as one."""
        mates = [0] * len(self.sources)
        for these, those in groups:
            for i in bits(these):
                mates[i] |= those
        return mates


def bits(mask: int) -> Iterator[int]:
    """The positions of the ones in a bit mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
