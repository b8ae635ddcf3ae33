"""Between how many and how many sources of one claim are independent.

*Lower*: the largest set of sources that are pairwise shown independent.
*Upper*: the most sources that are not shown dependent: separate trails to
distinct origins. What is unknown never raises the one nor lowers the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import attrs

from ..errors import InputError
from .graph import Chain, Origin
from .pairs import Lack, Pair, PairVerdict, Pairwise, bits

BUDGET = 20_000
"""How many nodes each exact search looks at before it settles for bounds."""


class IndependenceState(StrEnum):
    """What a claim's supporting sources amount to."""

    INDEPENDENT = "independent"
    SAME_ORIGIN = "same_origin"
    INDEPENDENCE_UNKNOWN = "independence_unknown"
    SINGLE_ORIGIN = "single_origin"
    NONE = "none"


@attrs.frozen
class Independence:
    """The interval for one claim: at least `lower`, at most `upper` sources.

    `upper_at_least` is below `upper` only where the search ran out of budget:
    the number is one of those between. `origins` are all that the sources come
    from. `choke` is every node that all trails of all sources pass, nearest the
    claim first ("all seven pass through Reuters, 3 May"); it may be one of the
    sources, but a single source is not its own.
    """

    sources: tuple[str, ...]
    lower: int
    upper: int
    upper_at_least: int
    origins: tuple[Origin, ...]
    choke: tuple[str, ...]
    _pairwise: Pairwise = attrs.field(repr=False, eq=False)

    @property
    def state(self) -> IndependenceState:
        """What it amounts to; whether anything contradicts is not asked here."""
        if not self.sources:
            return IndependenceState.NONE
        if len(self.sources) == 1:
            return IndependenceState.SINGLE_ORIGIN
        if self.lower >= 2:
            return IndependenceState.INDEPENDENT
        if self.upper == 1:
            return IndependenceState.SAME_ORIGIN
        return IndependenceState.INDEPENDENCE_UNKNOWN

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every unordered pair with its reason; worked out when first asked for.

        n sources have n(n-1)/2 pairs: beyond some fifty, ask for `pair` singly.
        """
        both = combinations(range(len(self.sources)), 2)
        return tuple(self._pairwise.pair(i, j) for i, j in both)

    def pair(self, a: str, b: str) -> Pair:
        """What is shown of two of the sources, and why.

        Raises InputError for anything but two different sources of the claim.
        """
        if a == b or not {a, b} <= set(self.sources):
            raise InputError(
                f"{a!r} and {b!r} are not two sources of this claim.",
                hint=f"Its sources are: {', '.join(self.sources) or 'none'}.",
            )
        return self._pairwise.pair(self.sources.index(a), self.sources.index(b))


def independence(
    sources: Iterable[str],
    chain: Chain,
    *,
    owner: Mapping[str, str],
    first_hand: Collection[str],
    compared: Collection[frozenset[str]] = (),
    lacks: Mapping[frozenset[str], tuple[Lack, ...]] = MappingProxyType({}),
    tied: Collection[frozenset[str]] = (),
    declared: Collection[frozenset[str]] = (),
    budget: int = BUDGET,
) -> Independence:
    """How many of the supporting `sources` of one claim are independent.

    Two sources are *shown* independent if two separate trails lead from them and
    a person `declared` it; or if their owners are known and differ, every origin
    of either is in `first_hand`, they have no ancestor and no owner in common
    anywhere behind them, their archived copies were `compared`, they have no
    `lacks`, and nothing behind the one is `tied` to anything behind the other.

    `owner` maps nodes to owners. A missing one is unknown: no constraint to
    `upper`, and never "different" to `lower`. The three kinds of pairs may be
    mappings to a reason; what concerns other nodes is passed over. A source that
    others come from is used up by the first trail through it.

    Raises InputError where a pair is not one of two nodes.
    """
    pairwise = Pairwise(
        chain=chain,
        sources=tuple(dict.fromkeys(sources)),
        owner=owner,
        first_hand=first_hand,
        compared=_twos("compared", compared),
        tied=_twos("tied", tied),
        declared=_twos("declared", declared),
        lacks={two: tuple(lacks[two]) for two in _twos("lacks", lacks)},
        budget=budget,
    )
    upper = pairwise.count(range(len(pairwise.sources)))
    lower = _lower(pairwise)
    return Independence(
        sources=pairwise.sources,
        lower=lower,
        upper=upper.at_most,
        upper_at_least=max(lower, upper.at_least),
        origins=tuple(pairwise.reach.origins.values()),
        choke=_choke(pairwise),
        pairwise=pairwise,
    )


def _lower(pairwise: Pairwise) -> int:
    """The largest set shown independent, as far as it has separate trails.

    Declared pairs may each find two trails, and yet all of them together find
    fewer trails than sources: then only so many count.
    """
    shown = [0] * len(pairwise.sources)
    for i, j in pairwise.candidates():
        if pairwise.judge(i, j)[0] is PairVerdict.INDEPENDENT:
            shown[i] |= 1 << j
            shown[j] |= 1 << i
    clique = tuple(bits(largest_clique(shown, pairwise.budget)))
    if len(clique) <= 2:
        return len(clique)  # two that are shown independent have two trails: nothing is left to count
    return max(2, pairwise.count(clique).at_least)


def largest_clique(friends: Sequence[int], budget: int) -> int:
    """The largest set of mutual friends, as a bit mask; `friends[i]` is one too.

    Whoever has the fewest friends is left out first, taken in second. Exact
    within the budget; beyond it the best found, which is never overstated.
    """
    best = 1 if friends else 0
    befriended = sum(1 << i for i, known in enumerate(friends) if known)
    stack = [(0, befriended)]  # taken in, still to decide on
    while stack and (budget > 0 or best == 1):
        taken, rest = stack.pop()
        if taken.bit_count() + rest.bit_count() <= best.bit_count():
            continue
        budget -= rest.bit_count()
        known = {i: friends[i] & rest for i in bits(rest)}
        loner = min(known, key=lambda i: known[i].bit_count(), default=None)
        if loner is None or known[loner].bit_count() == len(known) - 1:
            best = taken | rest
        else:
            stack.append((taken | 1 << loner, known[loner]))
            stack.append((taken, rest ^ 1 << loner))
    return best


def _choke(pairwise: Pairwise) -> tuple[str, ...]:
    """The ids of the gates that all sources have in common."""
    starts = pairwise.reach.starts
    if not starts:
        return ()
    gates = pairwise.gates.onward(pairwise.gates.common(starts))
    nodes = [node for n in gates if (node := pairwise.reach.nodes[n]) is not None]
    return tuple(nodes[1:] if len(starts) == 1 else nodes)


def _twos(kind: str, pairs: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """The pairs, once it is sure that they are pairs."""
    twos = frozenset(pairs)
    for two in twos:
        if len(two) != 2:
            raise InputError(
                f"{kind} holds {sorted(two)}, which is not a pair.",
                hint="Give a frozenset of two different nodes.",
            )
    return twos
