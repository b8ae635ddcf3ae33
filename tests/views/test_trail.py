"""The chain as it is printed."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from ledger import views
from ledger.book import Book
from ledger.chain import Branch
from ledger.model import Relation
from ledger.views import Trail, printed
from ledger.views.trail import DEEPEST, Edge, Node, _rails


def drawn(branches: list[Branch]) -> list[str]:
    """Return the rails of each branch by looking ahead from it, level by level."""

    def goes_on(at: int, level: int) -> bool:
        later = (one.depth for one in branches[at + 1 :] if one.depth <= level)
        return next(later, 0) == level

    return [
        "".join("│  " if goes_on(at, level) else "   " for level in range(1, one.depth))
        + ("├─ " if goes_on(at, one.depth) else "└─ ")
        for at, one in enumerate(branches)
    ]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_a_rail_goes_on_while_something_hangs_on_it(steps: list[int]) -> None:
    """Whatever the tree, each line leads on exactly as far as there is a later branch."""
    depth, branches = 1, []
    for step in steps:
        branches.append(Branch("source", depth))
        depth = max(1, depth + 1 - step)
    assert _rails(branches) == drawn(branches)


def test_works_of_one_author_are_told_apart_by_their_titles(book: Book) -> None:
    """Where several of one origin are by the same, that name alone would say nothing."""
    claim, author = book.claim("The pier was shut."), book.agent("Port Authority")
    first, second = (book.source(f"Report of {month}", author=author) for month in ("May", "June"))
    wire = book.source("A note on it", author=book.agent("Marta Quell"))
    for source in (first, second, wire):
        book.evidence(claim, source)
    book.link(second, Relation.CITES, first)
    book.link(wire, Relation.CITES, second)
    (family,) = views.claim_view(book.ledger.db, claim.handle).drawing.families
    assert set(family) == {"Report of May", "Report of June", "Marta Quell"}


def test_a_chain_a_thousand_deep_is_printed_at_once() -> None:
    """It once took time with the third power of its length."""
    nodes = tuple(Node(str(at), f"source-{at}", f"Source {at}", "", "article", "undated") for at in range(1_000))
    edges = tuple(Edge(str(at - 1) if at else "", str(at), "cites") for at in range(1_000))
    begin = process_time()
    lines = list(printed(Trail(nodes, edges)))
    assert len(lines) == 1_000 and lines[-1].endswith("[source-999]")
    assert process_time() - begin < 2.5


def test_the_steps_of_a_deep_chain_are_numbered() -> None:
    """A line is not longer for standing deep: from a depth on it says how many steps back it is."""
    nodes = tuple(Node(str(at), f"source-{at}", "Source", "", "article", "undated") for at in range(2_000))
    edges = tuple(Edge(str(at - 1) if at else "", str(at), "cites") for at in range(2_000))
    lines = list(printed(Trail(nodes, edges)))
    assert max(map(len, lines)) < 130
    assert "step" not in lines[DEEPEST - 1]
    rails = "   " * (DEEPEST - 1) + "└─ "
    assert [line.partition(" cites")[0] for line in lines[DEEPEST:]] == [
        f"{rails}step {at}," for at in range(DEEPEST + 1, 2_001)
    ]
