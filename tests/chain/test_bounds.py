"""The interval against an exhaustive search, on small graphs with owners, cycles and unknown owners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from ledger.chain import Chain, Independence, Step, independence

NODES = "abcdefgh"
Trail = frozenset[tuple[str, str]]


@attrs.frozen
class World:
    """A claim's sources, the chain they stand on, and what is recorded of either."""

    sources: list[str]
    edges: list[tuple[str, str]]
    owner: dict[str, str]
    first_hand: set[str]
    compared: set[frozenset[str]]
    tied: set[frozenset[str]]
    declared: set[frozenset[str]]

    def ask(self, budget: int = 20_000) -> Independence:
        return independence(
            self.sources,
            Chain(Step(later, earlier, "cites") for later, earlier in self.edges),
            owner=self.owner,
            first_hand=self.first_hand,
            compared=self.compared,
            tied=self.tied,
            declared=self.declared,
            budget=budget,
        )


pairs = st.sampled_from([frozenset(pair) for pair in combinations(NODES, 2)])
edges = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))
worlds = st.builds(
    World,
    sources=st.lists(st.sampled_from(NODES), min_size=1, max_size=5, unique=True),
    edges=st.lists(edges, max_size=14, unique=True),
    owner=st.dictionaries(st.sampled_from(NODES), st.sampled_from(["Northern", "Southern", "Eastern"])),
    first_hand=st.sets(st.sampled_from(NODES)),
    compared=st.sets(pairs, max_size=20),
    tied=st.sets(pairs, max_size=2),
    declared=st.sets(pairs, max_size=8),
)


def behind(world: World, node: str) -> set[str]:
    """A node and all that it comes from."""
    found = {node}
    while new := {earlier for later, earlier in world.edges if later in found} - found:
        found |= new
    return found


def trails(world: World, walked: Sequence[str]) -> Iterator[Trail]:
    """What each trail that goes on from `walked` uses up: nodes, owners, and the origin where it ends."""
    ancestry = behind(world, walked[-1])
    if all(walked[-1] in behind(world, node) for node in ancestry):  # nothing behind it but itself, or its circle
        owners = {("owner", world.owner[node]) for node in walked if node in world.owner}
        yield frozenset({("node", node) for node in walked} | owners | {("origin", min(ancestry))})
        return
    for later, earlier in world.edges:
        if later == walked[-1] and earlier not in walked:
            yield from trails(world, [*walked, earlier])


def most_trails(world: World, sources: Sequence[str]) -> int:
    """The most trails, one a source, that use up nothing twice: by trying all."""
    options = [set(trails(world, [source])) for source in sources]

    def best(index: int, used: Trail) -> int:
        if index == len(options):
            return 0
        served = [1 + best(index + 1, used | trail) for trail in options[index] if not used & trail]
        return max([best(index + 1, used), *served])

    return best(0, frozenset())


def is_shown(world: World, a: str, b: str) -> bool:
    """The definition of "shown independent", word by word."""
    if frozenset({a, b}) in world.declared:
        return most_trails(world, [a, b]) == 2
    mine, theirs = behind(world, a), behind(world, b)
    origins = {node for node in mine | theirs if not any(later == node for later, _ in world.edges)}
    ends_first_hand = all(behind(world, node) & origins & world.first_hand for node in mine | theirs)
    return (
        {a, b} <= world.owner.keys()
        and not {world.owner.get(node, node) for node in mine} & {world.owner.get(node, node) for node in theirs}
        and origins <= world.first_hand
        and ends_first_hand
        and frozenset({a, b}) in world.compared
        and not any(frozenset({x, y}) in world.tied for x in mine for y in theirs)
    )


@given(worlds)
def test_upper_is_what_trying_all_finds(world: World) -> None:
    """Upper is exact on small graphs, with owners, circles and unknown owners."""
    found = world.ask()
    assert found.upper_at_least == found.upper == most_trails(world, world.sources)


@given(worlds)
def test_pairs_say_what_trying_all_finds(world: World) -> None:
    """A pair is dependent exactly if no two separate trails exist, and independent exactly if shown so."""
    for pair in world.ask().pairs:
        assert (pair.verdict == "dependent") == (most_trails(world, [pair.a, pair.b]) == 1)
        assert (pair.verdict == "independent") == is_shown(world, pair.a, pair.b)
        assert bool(pair.via) == (pair.reason_code not in ("declared", "shown", "not_compared"))


@given(worlds)
def test_lower_is_the_largest_mutually_shown_set(world: World) -> None:
    """Lower is exact where nothing is declared; what is declared never lifts it above the trails there are."""
    found = world.ask()
    cliques = [
        len(some)
        for size in range(1, len(world.sources) + 1)
        for some in combinations(world.sources, size)
        if all(is_shown(world, a, b) for a, b in combinations(some, 2))
    ]
    assert 1 <= found.lower <= max(cliques)
    assert found.lower <= most_trails(world, world.sources)
    assert (found.lower >= 2) == (max(cliques) >= 2)
    if not world.declared:
        assert found.lower == max(cliques)


@given(worlds, st.integers(0, 60))
def test_bounds_hold_at_any_budget(world: World, budget: int) -> None:
    """However early the search is broken off, the truth lies within what it says."""
    found = world.ask(budget)
    truth = most_trails(world, world.sources)
    assert found.lower <= found.upper_at_least <= truth <= found.upper


@given(worlds, st.sampled_from(NODES))
def test_naming_an_owner_never_raises_upper(world: World, node: str) -> None:
    """Knowing more about owners can only show more dependence."""
    unnamed = {other: owner for other, owner in world.owner.items() if other != node}
    assert attrs.evolve(world, owner=unnamed | {node: "Northern"}).ask().upper <= (
        attrs.evolve(world, owner=unnamed).ask().upper
    )


@given(worlds, st.sampled_from(NODES))
def test_one_more_source_adds_at_most_one(world: World, node: str) -> None:
    """A further source lifts upper by one or by nothing."""
    more = attrs.evolve(world, sources=[*world.sources, node])
    assert world.ask().upper <= more.ask().upper <= world.ask().upper + 1


@given(worlds, pairs)
def test_a_tie_never_raises_lower(world: World, tie: frozenset[str]) -> None:
    """A reply or reuse that comes to light can only take independence away."""
    assert attrs.evolve(world, tied=world.tied | {tie}).ask().lower <= world.ask().lower


@given(worlds)
def test_the_choke_point_is_on_every_trail(world: World) -> None:
    """The choke is exactly what all trails of all sources have in common."""
    every = [trail for source in world.sources for trail in trails(world, [source])]
    common = {node for kind, node in frozenset.intersection(*every) if kind == "node"}
    if len(world.sources) == 1:
        common -= set(world.sources)
    assert set(world.ask().choke) == common


@given(worlds)
def test_the_order_of_steps_does_not_matter(world: World) -> None:
    """The same record, entered in another order, gives the same interval and verdicts."""
    found, again = world.ask(), attrs.evolve(world, edges=world.edges[::-1]).ask()
    assert (found.lower, found.upper, found.choke) == (again.lower, again.upper, again.choke)
    assert [(p.verdict, p.reason_code) for p in found.pairs] == [(p.verdict, p.reason_code) for p in again.pairs]
