"""Truth discovery: which of several values that sources give for one thing they bear out best, taken together.

How good a source is follows from the values it gives, and how good a value is from the sources that give it; each
method goes back and forth between the two until they settle. Three that err in different ways are asked, and their
beliefs are averaged.

    PooledInvestment   a source shares its trust among its values, which earn it in each thing's pool
                       (Pasternack and Roth, COLING 2010)
    PopAccu            a source is right with its own probability; wrong values are as common as they are seen to be
                       (Dong, Saha and Srivastava, VLDB 2013)
    AccuCopy           the same with many wrong values equally likely; sources that agree on wrong ones probably
                       copy, and values that nearly say the same back each other
                       (Dong, Berti-Equille and Srivastava, VLDB 2009)

Ties are broken by how many sources give a value, then by the value that sorts first: never by the order of entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import combinations
from math import exp, log, log1p
from typing import Any

import attrs

Fact = tuple[Hashable, Hashable]
Backs = Callable[[Any, Any], float]

Belief = list[float]
"""How far each of a table's facts is believed; the facts of one thing sum to 1, or less where none may be true."""

SETTLED = 1e-3
"""The change of belief from which on there is no more going back and forth."""


@attrs.frozen
class Setting:
    """The one setting, for all data: the values of the papers, and nothing is to be tuned to a ledger.

    `growth` is the exponent by which a pool rewards agreement; `start` how often a source is taken to be right at
    first, and `doubt` how many values that is worth; `wrong` how many wrong values a thing has; `copying` how likely
    two sources are to be dependent before anything is known of them, `copied` the share of its values that a copier
    takes over; `backing` what a vote for a value that backs another is worth to it; `rounds` bounds the going back
    and forth.
    """

    growth: float = 1.4
    start: float = 0.8
    wrong: int = 100
    copying: float = 0.2
    copied: float = 0.8
    doubt: float = 1.0
    backing: float = 0.5
    rounds: int = 20


DEFAULT = Setting()


class Table:
    """Who says what of which thing, as numbers.

    A fact is a (thing, value) pair. `by_fact` holds the sources of each, `by_source` the facts of each, `rivals` the
    facts of each thing; `backing` the (fact, share) pairs that speak for a fact in part, as `backs(value, other)` says
    of how far who gives a value also speaks for another. What a source says twice counts once.
    """

    def __init__(self, said: Iterable[tuple[Hashable, Hashable, Hashable]], backs: Backs | None = None) -> None:
        rows = {(repr(thing), repr(value), repr(source)): (thing, value) for source, thing, value in said}
        self.facts: list[Fact] = []
        self.by_fact: list[list[int]] = []
        self.by_source: list[list[int]] = []
        self.rivals: list[list[int]] = []
        numbers: dict[str, int] = {}
        last: Fact | None = None
        for key in sorted(rows):
            fact, source = rows[key], numbers.setdefault(key[2], len(numbers))
            if source == len(self.by_source):
                self.by_source.append([])
            if fact != last:
                if last is None or fact[0] != last[0]:
                    self.rivals.append([])
                self.rivals[-1].append(len(self.facts))
                self.facts.append(fact)
                self.by_fact.append([])
                last = fact
            self.by_fact[-1].append(source)
            self.by_source[source].append(len(self.facts) - 1)
        self.backing = [self._backing(fact, facts, backs) for facts in self.rivals for fact in facts]

    def _backing(self, fact: int, facts: list[int], backs: Backs | None) -> list[tuple[int, float]]:
        if backs is None:
            return []
        value = self.facts[fact][1]
        shares = ((other, backs(self.facts[other][1], value)) for other in facts if other != fact)
        return [(other, share) for other, share in shares if share]

    def backed(self, votes: list[float], weight: float) -> list[float]:
        """Return votes with a part of those for values that back the value."""
        return [
            own + weight * sum(share * votes[other] for other, share in others)
            for own, others in zip(votes, self.backing, strict=True)
        ]

    def best(self, belief: Belief) -> dict[Hashable, Hashable]:
        """Return thing -> its most believed value."""
        return {self.facts[facts[0]][0]: self.facts[self.first(facts, belief)][1] for facts in self.rivals}

    def first(self, facts: list[int], belief: Belief) -> int:
        """Return which of these facts is believed most; in their order, where nothing else tells them apart."""
        return min(facts, key=lambda fact: (-round(belief[fact], 9), -len(self.by_fact[fact]), fact))


def discover(table: Table, setting: Setting = DEFAULT) -> Belief:
    """Return how far each fact is believed: the mean of three methods. These are no probabilities."""
    beliefs = [method(table, setting) for method in (pooled_investment, pop_accu, accu_copy)]
    return [sum(given) / len(given) for given in zip(*beliefs, strict=True)]


def pooled_investment(table: Table, setting: Setting = DEFAULT) -> Belief:
    """Return beliefs by PooledInvestment."""
    trust = [1.0] * len(table.by_source)
    shares = [1 / len(facts) for facts in table.by_source]
    belief = _shared(table, [float(len(sources)) for sources in table.by_fact])
    for _ in range(setting.rounds):
        invested = [sum(trust[source] * shares[source] for source in sources) for sources in table.by_fact]
        returns = [one / all if all else 0.0 for one, all in zip(belief, invested, strict=True)]
        trust = [
            trust[source] * shares[source] * sum(returns[fact] for fact in facts)
            for source, facts in enumerate(table.by_source)
        ]
        most = max(trust, default=0.0) or 1.0
        trust = [one / most for one in trust]
        invested = [sum(trust[source] * shares[source] for source in sources) for sources in table.by_fact]
        pools = _shared(table, [one**setting.growth for one in invested])
        belief = [one * share for one, share in zip(invested, pools, strict=True)]
    return _shared(table, belief)


def pop_accu(table: Table, setting: Setting = DEFAULT) -> Belief:
    """Return beliefs by PopAccu."""
    popular = [0.0] * len(table.facts)
    for facts in table.rivals:
        counts = [len(table.by_fact[fact]) for fact in facts]
        said, together = sum(counts), sum(count * log(count) for count in counts)
        for fact, count in zip(facts, counts, strict=True):
            others = said - count
            popular[fact] = together - count * log(count) - (others * log(others) if others else 0.0)

    def score(accuracy: list[float], _: Belief | None) -> list[float]:
        weight = [log(one / (1 - one)) for one in accuracy]
        return [
            sum(weight[source] for source in sources) + more
            for sources, more in zip(table.by_fact, popular, strict=True)
        ]

    return _settled(table, score, setting, setting.rounds)


def accu_copy(table: Table, setting: Setting = DEFAULT) -> Belief:
    """Return beliefs by AccuCopy."""
    together = _together(table)

    def score(accuracy: list[float], belief: Belief | None) -> list[float]:
        weight = [log(setting.wrong * one / (1 - one)) for one in accuracy]
        if belief is None:
            return table.backed(
                [sum(weight[source] for source in sources) for sources in table.by_fact], setting.backing
            )
        depends = _dependence(table, together, accuracy, belief, setting)
        votes = [_discounted(sources, weight, depends, setting.copied) for sources in table.by_fact]
        return table.backed(votes, setting.backing)

    return _settled(table, score, setting, setting.rounds // 2, spare=setting.wrong + 1)


def _settled(
    table: Table,
    score: Callable[[list[float], Belief | None], list[float]],
    setting: Setting,
    rounds: int,
    spare: int = 0,
) -> Belief:
    """Go back and forth between how often each source is right and what each value's sources say for it."""
    accuracy, belief = [setting.start] * len(table.by_source), None
    for _ in range(rounds):
        before, belief = belief, _odds(table, score(accuracy, belief), spare)
        if before and max(abs(one - other) for one, other in zip(before, belief, strict=True)) < SETTLED:
            break
        accuracy = [
            min(
                max(
                    (sum(belief[fact] for fact in facts) + setting.start * setting.doubt)
                    / (len(facts) + setting.doubt),
                    0.01,
                ),
                0.99,
            )
            for facts in table.by_source
        ]
    return belief or []


def _odds(table: Table, scores: list[float], spare: int) -> Belief:
    """Return scores, which are logarithms, as shares of their thing; `spare` values may exist that nobody gave."""
    belief = [0.0] * len(scores)
    for facts in table.rivals:
        most = max(scores[fact] for fact in facts)
        for fact in facts:
            belief[fact] = exp(scores[fact] - most)
        whole = sum(belief[fact] for fact in facts) + max(spare - len(facts), 0) * exp(min(-most, 700.0))
        for fact in facts:
            belief[fact] /= whole
    return belief


def _shared(table: Table, given: Belief) -> Belief:
    """Return each fact's share of what its thing was given."""
    belief = [0.0] * len(given)
    for facts in table.rivals:
        whole = sum(given[fact] for fact in facts)
        for fact in facts:
            belief[fact] = given[fact] / whole if whole else 1 / len(facts)
    return belief


Pair = tuple[int, int]
Seen = tuple[float, float, float]


def _together(table: Table) -> dict[Pair, tuple[int, int]]:
    """Return for each two sources that say the same of something: of how many things, and how many both speak of."""
    same, both = defaultdict[Pair, int](int), defaultdict[Pair, int](int)
    for sources in table.by_fact:
        for pair in combinations(sources, 2):
            same[pair] += 1
    for facts in table.rivals:
        speak = sorted(source for fact in facts for source in table.by_fact[fact])
        for pair in combinations(speak, 2):
            if pair in same:
                both[pair] += 1
    return {pair: (count, both[pair]) for pair, count in same.items() if both[pair] > 1}


def _dependence(
    table: Table,
    together: Mapping[Pair, tuple[int, int]],
    accuracy: list[float],
    belief: Belief,
    setting: Setting,
) -> dict[Pair, float]:
    """Return how likely it is that one of two sources copies the other: agreeing on what is wrong shows it."""
    right = dict.fromkeys(together, 0.0)
    for fact, sources in enumerate(table.by_fact):
        for pair in combinations(sources, 2):
            if pair in right:
                right[pair] += belief[fact]
    found, c = {}, setting.copied
    for (one, other), (same, both) in together.items():
        seen = right[one, other], same - right[one, other], both - same
        a, b = accuracy[one], accuracy[other]
        true, false = a * b, (1 - a) * (1 - b) / setting.wrong
        apart = max(1 - true - false, 1e-9)
        alone = log(1 - setting.copying) + _likely(seen, (true, false, apart))
        copies = [
            log(setting.copying / 2)
            + _likely(seen, (good * c + true * (1 - c), (1 - good) * c + false * (1 - c), apart * (1 - c)))
            for good in (a, b)
        ]
        most = max(alone, *copies)
        taken = sum(exp(copy - most) for copy in copies)
        found[one, other] = taken / (taken + exp(alone - most))
    return found


def _likely(seen: Seen, chances: Seen) -> float:
    """Return the logarithm of how likely it is to agree on so many right values and so many wrong, and to differ."""
    return sum(count * log(chance) for count, chance in zip(seen, chances, strict=True))


def _discounted(sources: list[int], weight: list[float], depends: Mapping[Pair, float], copied: float) -> float:
    """Return the votes for a fact, each counted as far as it is not copied from one that was counted before."""
    votes, counted = 0.0, list[int]()
    for source in sorted(sources, key=lambda source: (-weight[source], source)):
        own = 0.0
        for before in counted:
            chance = depends.get((before, source) if before < source else (source, before))
            if chance:
                own += log1p(-copied * chance)
        votes += weight[source] * exp(own)
        counted.append(source)
    return votes
