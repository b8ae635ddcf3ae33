"""The drawn chain: nothing covers anything, whatever the chain is like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.views.trail import CLAIM, Edge, Node, Trail, printed, summary
from ledger.web import boxes
from ledger.web.groups import gathered
from ledger.web.layers import is_passage, layers
from ledger.web.places import LABEL, DrawnStep, Places, place
from ledger.web.svg import MOST_NODES, drawing
from ledger.web.upright import WIDTH, upright


def node(uid: str, **more: object) -> Node:
    told = {"handle": uid, "title": f"Title of {uid}", "voice": "", "kind": "article", "published": "undated"} | more
    return Node(uid=uid, **told)  # type: ignore[arg-type]


def trail(*steps: str, origins: str = "") -> Trail:
    """Return a chain from steps like "-a" (from the claim), "a-b" or "a~b" (a tie)."""
    edges = tuple(
        Edge(*re.split("[-~]", step), "answers" if "~" in step else "cites", tie="~" in step)  # type: ignore[misc]
        for step in steps
    )
    names = dict.fromkeys(uid for edge in edges for uid in (edge.start, edge.end) if uid != CLAIM)
    return Trail(tuple(node(uid, origin=uid in origins) for uid in names), edges)


Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def rectangles(found: Places) -> dict[str, Rectangle]:
    return {box.name: (box.x, box.y, box.x + box.wide, box.y + box.height) for box in found.boxes}


def label_rectangle(step: DrawnStep) -> Rectangle:
    wide = boxes.width(step.label, LABEL) * 0.85
    left = step.x if step.anchor == "start" else step.x - wide
    return left, step.y - LABEL * 0.8, left + wide, step.y + 2


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def points(path: str) -> Iterator[tuple[float, float]]:
    """Yield points along a path of M, H, V and C."""
    x = y = 0.0
    for letter, numbers in re.findall(r"([MHVC])([^MHVC]*)", path):
        values = [float(value) for value in numbers.split()]
        if letter == "M":
            x, y = values
        elif letter in "HV":
            end = (values[0], y) if letter == "H" else (x, values[0])
            yield from ((x + (end[0] - x) * k / 40, y + (end[1] - y) * k / 40) for k in range(41))
            x, y = end
        else:
            x1, y1, x2, y2, x3, y3 = values
            for k in range(41):
                t = k / 40
                a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
                yield a * x + b * x1 + c * x2 + d * x3, a * y + b * y1 + c * y2 + d * y3
            x, y = x3, y3


def check_nothing_covers_anything(found: Places) -> None:
    """Boxes stand apart, labels stand clear of boxes and of each other, and no line runs under a box."""
    where = rectangles(found)
    for one, other in combinations(where.values(), 2):
        assert not overlap(one, other)
    labels = [label_rectangle(step) for step in found.steps]
    for one, other in combinations(labels, 2):
        assert not overlap(one, other)
    for one in labels:
        assert not any(overlap(one, box) for box in where.values())
        assert one[0] >= 0 and one[2] <= found.width and one[1] >= 0 and one[3] <= found.height
    for step in found.steps:
        for x, y in points(step.path):
            inside = [
                name
                for name, (left, top, right, bottom) in where.items()
                if left + 0.5 < x < right - 0.5 and top + 0.5 < y < bottom - 0.5
            ]
            assert inside == [], (step.edge, inside)
    for left, top, right, bottom in where.values():
        assert left >= 0 and right <= found.width and top >= 0 and bottom <= found.height


def test_the_claim_stands_left_and_origins_right() -> None:
    """Columns follow the distance from the claim; every origin is in the last one, however near."""
    found = layers(trail("-a", "a-b", "b-c", "-d", origins="cd"))
    column = {name: number for number, names in enumerate(found.columns) for name in names}
    assert column[CLAIM] == 0 and column["a"] == 1 and column["b"] == 2
    assert column["c"] == column["d"] == 3


def test_a_long_step_has_a_place_in_every_column_it_passes() -> None:
    """A step over a column does not run under the boxes of that column."""
    chain = trail("-a", "a-b", "b-c", "a-c", "-c", origins="c")
    assert sum(is_passage(name) for names in layers(chain).columns for name in names) == 3
    check_nothing_covers_anything(place(chain, "A claim"))


def test_a_circle_is_drawn_with_one_step_against_the_grain() -> None:
    """Sources that come from each other do not break the drawing; the step back says so."""
    chain = trail("-a", "a-b", "b-c", "c-a")
    found = place(chain, "A claim")
    assert [step.label for step in found.steps if step.turned] == ["← cites"]
    check_nothing_covers_anything(found)
    assert summary(chain).startswith("The trail does not end")


def test_a_tie_between_neighbours_is_dotted_and_beside_them() -> None:
    """What answers a source in the same column is drawn at its side, in words."""
    chain = trail("-a", "-b", "b~a", origins="ab")
    found = place(chain, "A claim")
    check_nothing_covers_anything(found)
    svg = drawing(chain, "A claim", str)
    assert svg is not None
    assert 'class="way tie"' in svg.svg and ">answers</text>" in svg.svg


def test_what_speaks_against_says_so_in_a_word() -> None:
    """Against is a colour, a dash and a word."""
    chain = Trail(
        (node("a"), node("b")), (Edge(CLAIM, "a", "against, seen in", True), Edge("a", "b", "tells of", True))
    )
    svg = drawing(chain, "A claim", str)
    assert svg is not None
    assert ">tells of, against</text>" in svg.svg and 'class="way against"' in svg.svg


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"origin": True, "first_hand": True}, "The trail ends here: first-hand"),
        ({"origin": True}, "The trail ends here: basis not stated"),
        ({"origin": True, "notes": ("was told",)}, "The trail ends here: by whom it was told is not recorded"),
        ({"origin": True, "context": True}, "Context only"),
        ({"choke": True}, "Every trail passes here"),
        ({"withdrawn": True}, "Withdrawn"),
    ],
)
def test_marks_of_a_box_are_words(more: dict[str, object], word: str) -> None:
    """Origin, choke point, context and withdrawal are told, not only framed."""
    assert boxes.tags(node("a", **more)) == [word]


def test_forty_reprints_are_one_thing_to_see() -> None:
    """Sources that only their names tell apart share a box that says how many they are."""
    chain = trail(*(f"-p{n}" for n in range(40)), *(f"p{n}-wire" for n in range(40)), origins="wire")
    together = gathered(chain)
    assert [found.voice for found in together.nodes] == ["40 sources in the same place", ""]
    assert len(together.edges) == 2
    svg = drawing(chain, "A claim", str)
    assert svg is not None and "40 sources" in svg.svg


def test_forty_different_sources_are_all_drawn() -> None:
    """Sources that stand in different places keep their boxes, and nothing covers anything."""
    steps = [f"-p{n}" for n in range(20)] + [f"p{n}-q{n}" for n in range(20)] + [f"q{n}-q{n + 1}" for n in range(19)]
    chain = trail(*steps)
    assert len(gathered(chain).nodes) == 40
    check_nothing_covers_anything(place(chain, "A claim"))


def test_what_nobody_could_follow_is_left_to_words() -> None:
    """Beyond a bound nothing is drawn; the words are still there."""
    chain = trail("-n0", *(f"n{n}-n{n + 1}" for n in range(MOST_NODES + 1)))
    assert drawing(chain, "A claim", str) is None
    assert len(list(printed(chain))) == MOST_NODES + 2


def test_nothing_is_drawn_of_nothing() -> None:
    """A claim without sources has no drawing, and a sentence that says so."""
    assert drawing(Trail((), ()), "A claim", str) is None
    assert summary(Trail((), ())) == "No source is on record, so there is no trail to follow."


def test_context_does_not_lengthen_the_trail() -> None:
    """The sentence counts only where the trail of what speaks for or against the claim ends."""
    chain = trail("-a", "a-b", "-c", origins="bc")
    nodes = tuple(attrs.evolve(found, context=found.uid == "c") for found in chain.nodes)
    assert (
        summary(Trail(nodes, chain.edges)) == "The trail ends at one source: Title of b (how it knows is not stated)."
    )


@given(st.text(max_size=300), st.sampled_from(sorted(boxes.SIZE)))
def test_no_line_is_wider_than_its_box(text: str, style: boxes.Style) -> None:
    """Whatever the text, each of its lines fits, and there are no more than asked for."""
    lines = boxes.wrapped(text, style, 170, 3)
    assert len(lines) <= 3
    assert all(boxes.width(line.text, boxes.SIZE[style], bold=style in boxes.BOLD) <= 170 for line in lines)


NAMES = "abcdefgh"
STEPS = st.tuples(st.sampled_from(["", *NAMES]), st.sampled_from(NAMES), st.booleans(), st.booleans())


@given(st.lists(STEPS, min_size=1, max_size=16), st.sets(st.sampled_from(NAMES)))
def test_nothing_covers_anything_in_any_chain(steps: list[tuple[str, str, bool, bool]], origins: set[str]) -> None:
    """Circles, ties, steps back and over: boxes, labels and lines keep clear of each other."""
    edges = tuple(
        Edge(start, end, "is independent of" if tie else "against, seen in" if against else "cites", against, tie)
        for start, end, against, tie in steps
        if start or not tie
    )
    names = dict.fromkeys(uid for edge in edges for uid in (edge.start, edge.end) if uid)
    chain = Trail(tuple(node(uid, origin=uid in origins) for uid in names), tuple(dict.fromkeys(edges)))
    claim = "A claim of some length, to make its box a little higher"
    check_nothing_covers_anything(place(chain, claim))
    standing = upright(chain, claim)
    check_nothing_covers_anything(standing)
    assert standing.width == WIDTH
    drawn = [edge for edge in chain.edges if edge.start != edge.end]
    assert sorted(map(repr, drawn)) == sorted(repr(step.edge) for step in standing.steps)
