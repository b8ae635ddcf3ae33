"""The source graph: origins, ancestors, cycles, paths and the printed tree."""

from __future__ import annotations

from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ledger.chain
from ledger.chain import DERIVATIONS, Branch, Chain, Origin, Step
from ledger.errors import InputError

LONG = 30_000


def chain_of(*lines: str) -> Chain:
    """A chain told in lines such as "article cites wsj"."""
    words = [line.split() for line in lines]
    return Chain(Step(later, earlier, relation) for later, relation, earlier in words)


@pytest.fixture
def mexico() -> Chain:
    """An article that cites a newspaper, a speech, and a wire report of a statement."""
    return chain_of(
        "article cites wsj",
        "article quotes speech",
        "article cites reuters",
        "reuters quotes nsc-statement",
    )


def line(length: int) -> Chain:
    return Chain(Step(f"n{n}", f"n{n + 1}", "cites") for n in range(length))


def test_all_names_what_is_public() -> None:
    """`__all__` names everything that the package shows, and nothing else."""
    shown = {name for name, value in vars(ledger.chain).items() if not isinstance(value, ModuleType)}
    assert {name for name in shown if not name.startswith("_")} - {"annotations"} == set(ledger.chain.__all__)


@pytest.mark.parametrize("relation", sorted(DERIVATIONS))
def test_every_derivation_makes_a_step(relation: str) -> None:
    """Each way to come from a source is accepted."""
    assert Step("article", "wsj", relation).relation == relation


def test_a_reply_is_no_step() -> None:
    """A speech that answers a report does not come from it, and the error says what would."""
    with pytest.raises(InputError, match="'replies_to' is not a way to come from a source") as refused:
        Step("speech", "wsj", "replies_to")
    assert "quotes" in refused.value.hint


def test_neighbours_keep_the_given_order(mexico: Chain) -> None:
    """One step back and one step on, in the order in which the steps were given."""
    assert mexico.earlier("article") == ("wsj", "speech", "reuters")
    assert mexico.later("reuters") == ("article",)


def test_two_relations_are_one_neighbour() -> None:
    """An article that cites and quotes the same source has one neighbour, with both relations."""
    chain = chain_of("article cites wsj", "article quotes wsj", "article cites wsj")
    assert chain.earlier("article") == ("wsj",)
    assert list(chain.tree("article"))[1] == Branch("wsj", 1, ("cites", "quotes"))


def test_a_stranger_is_its_own_origin() -> None:
    """A node without any step stands alone."""
    chain = Chain()
    assert chain.earlier("rumour") == chain.later("rumour") == ()
    assert chain.ancestors("rumour") == chain.dependents("rumour") == frozenset()
    assert chain.origins("rumour") == (Origin(("rumour",)),)


def test_ancestors_and_dependents_mirror_each_other(mexico: Chain) -> None:
    """What an article stands on, and what falls if a statement is retracted."""
    assert mexico.ancestors("article") == {"wsj", "speech", "reuters", "nsc-statement"}
    assert mexico.dependents("nsc-statement") == {"reuters", "article"}
    assert "article" not in mexico.ancestors("article")


def test_a_node_in_a_cycle_is_its_own_ancestor() -> None:
    """Two outlets that cite each other each come from themselves."""
    chain = chain_of("herald cites echo", "echo cites herald")
    assert chain.ancestors("herald") == chain.dependents("herald") == {"herald", "echo"}


def test_origins_are_where_trails_end(mexico: Chain) -> None:
    """The wire report is no origin, since it quotes a statement."""
    assert mexico.origins("article") == (Origin(("wsj",)), Origin(("speech",)), Origin(("nsc-statement",)))


def test_a_circle_without_a_way_out_is_one_unknown_origin() -> None:
    """Three outlets that only cite each other count once, and the same seen from each of them."""
    chain = chain_of("article cites echo", "echo cites herald", "herald cites post", "post cites echo")
    (origin,) = chain.origins("article")
    assert origin == Origin(("echo", "herald", "post"), cyclic=True)
    assert chain.origins("post") == (origin,)


def test_a_circle_with_a_way_out_is_no_origin() -> None:
    """Where one outlet of a circle also names a document, the document is the origin."""
    chain = chain_of("echo cites herald", "herald cites echo", "herald quotes decree")
    assert chain.origins("echo") == (Origin(("decree",)),)


def test_a_source_that_cites_itself_is_a_circle() -> None:
    """A self-link, refused elsewhere, is still survived."""
    chain = chain_of("echo cites echo")
    assert chain.origins("echo") == (Origin(("echo",), cyclic=True),)
    assert chain.cycles() == (("echo",),)


def test_cycles_are_found_with_and_without_a_way_out() -> None:
    """Each circle is listed once, whoever can be reached from it; a plain chain has none."""
    chain = chain_of("a cites b", "b cites a", "b cites c", "c cites d", "d cites e", "e cites c", "e cites c")
    assert sorted(chain.cycles()) == [("a", "b"), ("c", "d", "e")]
    assert chain_of("article cites wsj").cycles() == ()


def test_hearsay_depth_is_the_fewest_steps(mexico: Chain) -> None:
    """Trump's words, told by Sheinbaum, quoted by the article, are two steps away."""
    assert mexico.steps_to("article", "nsc-statement") == 2
    assert mexico.steps_to("article", "article") == 0
    assert mexico.steps_to("nsc-statement", "article") is None


def test_path_is_the_shortest_and_first_given() -> None:
    """Of two equally short trails the first given is told; a longer one is not."""
    chain = chain_of(
        "article cites digest", "digest cites agency", "agency cites law",
        "article cites wsj", "article cites post", "wsj cites law", "post cites law",
    )  # fmt: skip
    assert chain.path("article", "law") == ("article", "wsj", "law")
    assert chain.path("law", "law") == ("law",)
    assert chain.path("law", "article") == ()


def test_tree_expands_a_shared_source_once(mexico: Chain) -> None:
    """What was already shown is marked as seen, so that the tree ends."""
    chain = Chain((*mexico.steps, Step("wsj", "reuters", "cites")))
    lines = [(b.depth, b.node, b.relations, b.seen) for b in chain.tree("article")]
    assert lines == [
        (0, "article", (), False),
        (1, "wsj", ("cites",), False),
        (2, "reuters", ("cites",), False),
        (3, "nsc-statement", ("quotes",), False),
        (1, "speech", ("quotes",), False),
        (1, "reuters", ("cites",), True),
    ]


def test_tree_of_a_circle_ends() -> None:
    """A circle closes with a line that points back at its beginning."""
    chain = chain_of("echo cites herald", "herald cites echo")
    assert [(b.node, b.seen) for b in chain.tree("echo")] == [("echo", False), ("herald", False), ("echo", True)]


def test_a_long_chain_meets_no_recursion_limit() -> None:
    """A rumour passed on thirty thousand times is followed to its origin."""
    chain, last = line(LONG), f"n{LONG}"
    assert chain.origins("n0") == (Origin((last,)),)
    assert chain.steps_to("n0", last) == LONG
    assert len(chain.path("n0", last)) == LONG + 1
    assert len(chain.dependents(last)) == LONG
    assert sum(1 for _ in chain.tree("n0")) == LONG + 1
    closed = Chain((*chain.steps, Step(last, "n0", "cites")))
    assert len(closed.cycles()[0]) == LONG + 1


nodes = st.sampled_from("abcdefgh")
chains = st.lists(st.builds(Step, nodes, nodes, st.just("cites")), max_size=20).map(Chain)


@given(chains, nodes, nodes)
def test_path_tree_and_ancestors_agree(chain: Chain, a: str, b: str) -> None:
    """Whatever the graph, a path exists exactly to ancestors, takes real steps, and the tree shows them all."""
    path = chain.path(a, b)
    assert bool(path) == (b in chain.ancestors(a) | {a})
    assert len(path) == (chain.steps_to(a, b) or 0) + bool(path)
    assert all(earlier in chain.earlier(later) for later, earlier in pairwise(path))
    assert {branch.node for branch in chain.tree(a)} == chain.ancestors(a) | {a}
    assert (b in chain.ancestors(a)) == (a in chain.dependents(b))


@given(chains, nodes)
def test_every_source_has_an_origin(chain: Chain, node: str) -> None:
    """Whatever the graph, each trail ends somewhere, and nothing is behind an origin but itself."""
    origins = chain.origins(node)
    assert origins
    for origin in origins:
        behind = set[str]().union(*map(chain.ancestors, origin.nodes))
        assert behind == (set(origin.nodes) if origin.cyclic else set())


@given(chains)
def test_cycles_are_the_nodes_behind_themselves(chain: Chain) -> None:
    """Whatever the graph, a node is in exactly one circle if it comes from itself, else in none."""
    members = [node for circle in chain.cycles() for node in circle]
    assert sorted(members) == sorted(node for node in set("abcdefgh") if node in chain.ancestors(node))
