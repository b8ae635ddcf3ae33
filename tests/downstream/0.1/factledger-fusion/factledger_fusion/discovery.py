"""Truth discovery: which of several values that sources give for one thing they bear out best, taken together.

How good a source is follows from the values it gives, and how good a value is from the sources that give it; belief
goes back and forth between the two until it settles, from a start at which all sources are as good as one another. It
is the model Accu of Dong, Berti-Equille and Srivastava (VLDB 2009), with what they set by hand learnt from the table:

    accuracy      how often a source is right: by the things that others speak of too, all but the one in question,
                  and drawn towards what sources are on the whole, from which few values do not take it far
    likeness      how often two sources that are both wrong about a thing say the same of it: where that is common,
                  agreement shows little
    dependence    how far two sources agree beyond what their accuracies explain: who goes along with others counts in
                  part, whoever copied from whom; but where wrong values are all alike, agreement shows no copying

No source counts against what it says; where sources cannot be told apart, what remains is a vote.

Ties are broken by how many sources give a value, then by the value that sorts first: never by the order of entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import exp, log
from typing import Any

import attrs

Fact = tuple[Hashable, Hashable]
Backs = Callable[[Any, Any], float]

Belief = list[float]
"""How far each of a table's facts is believed; the facts of one thing sum to 1."""

Pair = tuple[int, int]
"""Two sources, the lower number first."""

Along = list[dict[int, float]]
"""For each fact, as how many each of its sources speaks: 1 for a source on its own, more for one of several."""

SETTLED = 1e-3
"""The change of belief from which on there is no more going back and forth."""


@attrs.frozen
class Setting:
    """The one setting, for all data: nothing is to be tuned to a ledger.

    `start` is how often a source is taken to be right before anything is known, for as much as one value; `doubt` how
    many values of its own weigh as much, for a source's accuracy, as what sources are on the whole; `apart` how many
    shared things weigh as much as the presumption that two sources are independent; `backing` what a vote for a value
    that backs another is worth to it; `rounds` bounds the going back and forth.
    """

    start: float = 0.8
    doubt: float = 4.0
    apart: float = 10.0
    backing: float = 0.5
    rounds: int = 30


DEFAULT = Setting()


class VoteTable:
    """Who says what of which thing, as numbers.

    A fact is a (thing, value) pair. `by_fact` holds the sources of each, `by_source` the facts of each, `rivals` the
    facts of each thing, `voices` how many sources speak of each fact's thing; `backing` the (fact, share) pairs that
    speak for a fact in part, as `backs(value, other)` says of how far who gives a value also speaks for another. What
    a source says twice counts once.
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
        speak = [{source for fact in facts for source in self.by_fact[fact]} for facts in self.rivals]
        self.voices = [len(sources) for sources, facts in zip(speak, self.rivals, strict=True) for _ in facts]
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


def discover(table: VoteTable, setting: Setting = DEFAULT) -> Belief:
    """Return how far each fact is believed, by what was learnt of all its sources. These are no probabilities."""
    shared = [[fact for fact in facts if table.voices[fact] > 1] for facts in table.by_source]
    together = _together(table)
    along: Along = [dict.fromkeys(sources, 1.0) for sources in table.by_fact]
    belief = [_agreement(table, setting)] * len(table.facts)
    for _ in range(setting.rounds):
        right = [sum(belief[fact] for fact in facts) for facts in shared]
        usual = _share(sum(right), sum(map(len, shared)), setting.start)
        trust = [  # how many of a source's values are right, and how many wrong, with what sources are on the whole
            (good + setting.doubt * usual, len(facts) - good + setting.doubt * (1 - usual))
            for good, facts in zip(right, shared, strict=True)
        ]
        likeness = _likeness(table, belief, along)
        depends = _dependence(together, [good / (good + bad) for good, bad in trust], likeness, setting.apart)
        along = [_along(sources, depends) for sources in table.by_fact]
        votes = _votes(table, trust, belief, likeness, along)
        before, belief = belief, _shares(table, table.backed(votes, setting.backing))
        if all(abs(one - other) < SETTLED for one, other in zip(before, belief, strict=True)):
            break
    return belief


def _agreement(table: VoteTable, setting: Setting) -> float:
    """Return how often who speaks of a thing says what a voice on it says: how good sources are, for a start."""
    said = [(len(sources), voices) for sources, voices in zip(table.by_fact, table.voices, strict=True) if voices > 1]
    return _share(sum(own * own / voices for own, voices in said), sum(own for own, _ in said), setting.start)


def _votes(
    table: VoteTable, trust: Sequence[tuple[float, float]], belief: Belief, likeness: float, along: Along
) -> list[float]:
    """Return what the sources of each fact say for it, as a logarithm; each is judged by all but this fact."""
    votes = []
    for fact, counted in enumerate(along):
        judged = table.voices[fact] > 1
        vote = 0.0
        for source, many in counted.items():
            good, bad = trust[source]
            if judged:
                good, bad = good - belief[fact], bad - (1 - belief[fact])
            vote += max(log(good / bad / likeness), 0.0) / many
        votes.append(vote)
    return votes


def _share(part: float, whole: float, start: float) -> float:
    """Return a part as a share of the whole, with `start` for one more."""
    return (part + start) / (whole + 1)


def _likeness(table: VoteTable, belief: Belief, along: Along) -> float:
    """Return how often two sources that are both wrong about a thing say the same of it; who go along are one."""
    same = pairs = 0.0
    for facts in table.rivals:
        counts = [sum(1 / many for many in along[fact].values()) for fact in facts]
        everybody, agreeing = sum(counts), sum(_pairs(count) for count in counts)
        for fact, count in zip(facts, counts, strict=True):
            same += belief[fact] * (agreeing - _pairs(count))
            pairs += belief[fact] * _pairs(everybody - count)
    return _share(same, pairs, 0.5)


def _pairs(count: float) -> float:
    return count * max(count - 1, 0.0)


def _together(table: VoteTable) -> dict[Pair, tuple[int, int]]:
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
    together: Mapping[Pair, tuple[int, int]], accuracy: Sequence[float], likeness: float, apart: float
) -> dict[Pair, float]:
    """Return which part of what two sources say goes along with one another, where that is any."""
    found = {}
    for pair, (same, both) in together.items():
        one, other = accuracy[pair[0]], accuracy[pair[1]]
        chance = one * other + (1 - one) * (1 - other) * likeness
        beyond = same - chance * both
        if beyond > 0:
            found[pair] = (1 - likeness) * beyond / ((1 - chance) * both + apart)
    return found


def _along(sources: Sequence[int], depends: Mapping[Pair, float]) -> dict[int, float]:
    """Return for each source of a fact as how many it speaks: 1, and the parts it shares with each of the others."""
    along = dict.fromkeys(sources, 1.0)
    for pair in combinations(sources, 2):
        share = depends.get(pair)
        if share:
            along[pair[0]] += share
            along[pair[1]] += share
    return along


def _shares(table: VoteTable, votes: Sequence[float]) -> Belief:
    """Return votes, which are logarithms, as shares of their thing."""
    belief = [0.0] * len(votes)
    for facts in table.rivals:
        most = max(votes[fact] for fact in facts)
        odds = [exp(votes[fact] - most) for fact in facts]
        for fact, one in zip(facts, odds, strict=True):
            belief[fact] = one / sum(odds)
    return belief
