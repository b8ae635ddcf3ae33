"""The chain of a claim for a narrow screen: its boxes below each other, the way back leading down.

A step to the next box runs straight into it; every other goes down a lane left of
the boxes. Each arrives on a row of its own above its box, with its words beside it,
so that no line runs through words or a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from ..views.trail import CLAIM, Edge, Trail
from . import boxes
from .layers import opened
from .places import MARGIN, PAD, Box, DrawnStep, Places, label

WIDTH = 342
"""Of the whole drawing, in px: what a phone of 390 px has room for."""

ROW, DROP, LANE, LANES = 21, 13, 11, 72
"""Height of a row; between two steps that come down into one box; between two lanes; all of either at most."""


@attrs.frozen
class Lane:
    """A step beside the boxes: the number of the box it leaves, of the box it reaches, and its lane, 0 the nearest."""

    edge: Edge
    start: int
    end: int
    number: int


def upright(trail: Trail, claim: str) -> Places:
    """Return where everything goes; sources that no step touches are left out."""
    order = _order(trail)
    place = {name: number for number, name in enumerate(order)}
    edges = [edge for edge in trail.edges if edge.start != edge.end and {edge.start, edge.end} <= set(order)]
    straight = {edge.end: edge for edge in edges if place[edge.end] == place[edge.start] + 1}
    lanes = list(_lanes([edge for edge in edges if straight.get(edge.end) is not edge], place))
    left = MARGIN + _lane(max((one.number for one in lanes), default=-1) + 1, lanes)
    room = WIDTH - MARGIN - left - 2 * PAD
    nodes = {node.uid: node for node in trail.nodes}
    lines = [boxes.node_lines(nodes[name], room) if name in nodes else boxes.claim_lines(claim, room) for name in order]
    found = list(_stacked(order, lines, left, straight, lanes))
    height = found[-1].y + found[-1].height + MARGIN
    return Places(WIDTH, height, tuple(found), tuple(_steps(found, straight, lanes)), ())


def _order(trail: Trail) -> list[str]:
    """Return the claim and the sources that steps touch, each before what it comes from, chains kept together."""
    known = {CLAIM, *(node.uid for node in trail.nodes)}
    onward = defaultdict[str, list[str]](list)
    touched = dict.fromkeys([CLAIM])
    for edge in trail.edges:
        if {edge.start, edge.end} <= known and edge.start != edge.end:
            touched |= dict.fromkeys((edge.start, edge.end))
            if not edge.tie:
                onward[edge.start].append(edge.end)
    order, _ = opened(list(touched), onward)
    return order


def _lanes(edges: Sequence[Edge], place: Mapping[str, int]) -> Iterator[Lane]:
    """Yield each step with a lane in which no other stands beside it, the shortest nearest to the boxes."""
    taken: list[list[tuple[int, int]]] = []
    for edge in sorted(edges, key=lambda edge: abs(place[edge.start] - place[edge.end])):
        top, bottom = sorted((place[edge.start], place[edge.end]))
        free = (n for n, held in enumerate(taken) if all(bottom < first or last < top for first, last in held))
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((top, bottom))
        yield Lane(edge, place[edge.start], place[edge.end], number)


def _lane(number: int, lanes: Sequence[Lane]) -> float:
    """Return how far left of the boxes a lane runs."""
    return number * min(LANE, LANES / (1 + max((one.number for one in lanes), default=0)))


def _stacked(
    order: Sequence[str],
    lines: Sequence[list[boxes.TextLine]],
    left: float,
    straight: Mapping[str, Edge],
    lanes: Sequence[Lane],
) -> Iterator[Box]:
    y = float(MARGIN)
    for number, name in enumerate(order):
        leaving = sum(one.start == number for one in lanes)
        arriving = sum(one.end == number for one in lanes) + (name in straight)
        y += arriving * ROW + (12 if number else 0)
        height = max(boxes.height(lines[number]) + 2 * PAD - 2, (leaving + 1) * LANE)
        yield Box(name, left, y, height, tuple(lines[number]), WIDTH - MARGIN - left)
        y += height


def _steps(found: Sequence[Box], straight: Mapping[str, Edge], lanes: Sequence[Lane]) -> Iterator[DrawnStep]:
    for number, box in enumerate(found):
        inner_first = sorted((one for one in lanes if one.end == number), key=lambda one: one.number)
        arriving: list[Edge | Lane] = [*([straight[box.name]] if box.name in straight else []), *inner_first]
        for row, one in enumerate(arriving):
            y = box.y - (len(arriving) - row) * ROW + ROW / 2 - 4
            drop = min(DROP, LANES / len(arriving))
            x = box.x + 12 + drop * (len(arriving) - 1 - row)
            beside = box.x + 12 + drop * (len(arriving) - 1) + 9
            edge = one.edge if isinstance(one, Lane) else one
            start = _left(found, lanes, one) if isinstance(one, Lane) else _above(found[number - 1], x)
            down = f"V{y:.1f}H{x:.1f}" if isinstance(one, Lane) else ""
            yield DrawnStep(edge, f"{start}{down}V{box.y - 3:.1f}", False, label(edge), beside, y + 4.5, "start")


def _above(box: Box, x: float) -> str:
    return f"M{x:.1f} {box.y + box.height:.1f}"


def _left(found: Sequence[Box], lanes: Sequence[Lane], lane: Lane) -> str:
    """Return the way from a box to a lane; of those that leave it, the outermost leaves it highest."""
    box = found[lane.start]
    outer_first = sorted((one for one in lanes if one.start == lane.start), key=lambda one: -one.number)
    y = box.y + LANE * (1 + outer_first.index(lane))
    return f"M{box.x:.1f} {y:.1f}H{box.x - _lane(lane.number + 1, lanes):.1f}"
