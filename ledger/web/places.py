"""Where everything of a drawn chain goes, in px: boxes, the lines between them, and their labels.

Every line reaches a box in a straight run of its own, and its label stands above
that run; so no label can meet another label, a line or a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import attrs

from ..views.trail import CLAIM, Edge, Trail
from . import boxes
from .layers import Layers, Route, is_passage, layers

WIDE, PAD, PITCH, MARGIN, HEAD = 194, 10, 22, 12, 34
"""Width of a box and space in it; distance between lines at a box; the edge of the drawing; the line of headings."""

LABEL, BEND = 12.5, 36
"""Font size of a label, in px; how far a line takes to change its height."""


@attrs.frozen
class Box:
    """A box with its lines of text; `x` and `y` are its upper left corner."""

    name: str
    x: float
    y: float
    height: float
    lines: tuple[boxes.TextLine, ...]
    wide: float = WIDE


@attrs.frozen
class DrawnStep:
    """A step: its path, as SVG writes it, and where its label stands (`anchor`: start or end of the text)."""

    edge: Edge
    path: str
    turned: bool
    label: str
    x: float
    y: float
    anchor: str


@attrs.frozen
class Places:
    """The whole drawing; `heads` are (x, text) over the columns."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    steps: tuple[DrawnStep, ...]
    heads: tuple[tuple[float, str], ...]


def label(edge: Edge, turned: bool = False) -> str:
    """Return a step in words; what speaks against the claim says so."""
    said = edge.label if not edge.against or "against" in edge.label else f"{edge.label}, against"
    return f"← {said}" if turned else said


def place(trail: Trail, claim: str) -> Places:
    """Return where everything goes."""
    return _Sheet(trail, claim).places()


class _Sheet:
    """Works the drawing out, one dimension after the other."""

    def __init__(self, trail: Trail, claim: str) -> None:
        self.plan: Layers = layers(trail)
        room = WIDE - 2 * PAD
        self.lines = {CLAIM: boxes.claim_lines(claim, room)}
        self.lines |= {node.uid: boxes.node_lines(node, room) for node in trail.nodes}
        self.origins = {node.uid for node in trail.nodes if node.origin}
        self.left, self.right = self._ends()
        self.tall = {name: self._height(name) for places in self.plan.columns for name in places}
        self.middle = self._down()
        self.x, self.band, self.width = self._across()
        self.ports = self._ports()

    def places(self) -> Places:
        names = [name for places in self.plan.columns for name in places if not is_passage(name)]
        column = self._column()
        found = tuple(
            Box(name, self.x[column[name]], self._top(name), self.tall[name], tuple(self.lines[name])) for name in names
        )
        bottom = max(self.middle[name] + self.tall[name] / 2 for places in self.plan.columns for name in places)
        steps = tuple(self._drawn(number, route) for number, route in enumerate(self.plan.routes))
        return Places(self.width, bottom + MARGIN, found, steps, tuple(self._heads()))

    def _column(self) -> dict[str, int]:
        return {name: number for number, places in enumerate(self.plan.columns) for name in places}

    def _top(self, name: str) -> float:
        return self.middle[name] - self.tall[name] / 2

    # -- sizes -----------------------------------------------------------

    def _ends(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Return the routes that touch each box on its left, and on its right."""
        left, right = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for number, route in enumerate(self.plan.routes):
            right[route.stops[0]].append(number)
            (right if route.beside else left)[route.stops[-1]].append(number)
        return left, right

    def _height(self, name: str) -> float:
        if is_passage(name):
            return PITCH
        lines = max(len(self.left.get(name, ())), len(self.right.get(name, ())))
        return max(boxes.height(self.lines[name]) + 2 * PAD - 2, (lines + 0.5) * PITCH)

    def _across(self) -> tuple[list[float], list[float], float]:
        """Return the left edge of each column, the room for ties right of it, and the width of it all."""
        column = self._column()
        ties = [0.0] * len(self.plan.columns)
        runs = [30.0] * len(self.plan.columns)
        for route in self.plan.routes:
            room = boxes.width(label(route.edge, route.turned), LABEL) * 0.85 + 18
            here = column[route.stops[-1]]
            if route.beside:
                ties[here] = max(ties[here], room) + 10
            else:
                runs[here] = max(runs[here], room)
        x, edges = float(MARGIN), []
        for number in range(len(self.plan.columns)):
            x += 0 if number == 0 else ties[number - 1] + BEND + runs[number]
            edges.append(x)
            x += WIDE
        return edges, ties, x + ties[-1] + MARGIN

    # -- heights ---------------------------------------------------------

    def _down(self) -> dict[str, float]:
        """Return the middle of each place: near those it is joined to, and clear of its neighbours."""
        near = defaultdict[str, list[str]](list)
        for left, right in self.plan.segments:
            near[left].append(right)
            near[right].append(left)
        middle = {name: y for places in self.plan.columns for name, y in self._stacked(places)}
        columns = list(self.plan.columns)
        for run in (columns, columns[::-1], columns, columns[::-1]):
            for places in run:
                wanted = [_mean([middle[other] for other in near[name]], middle[name]) for name in places]
                middle.update(zip(places, self._apart(places, wanted), strict=True))
        top = min(middle[name] - self.tall[name] / 2 for name in middle)
        return {name: y - top + HEAD + MARGIN / 2 for name, y in middle.items()}

    def _stacked(self, places: Sequence[str]) -> list[tuple[str, float]]:
        offsets = self._offsets(places)
        return [(name, offset - offsets[-1] / 2) for name, offset in zip(places, offsets, strict=True)]

    def _offsets(self, places: Sequence[str]) -> list[float]:
        """Return how far below the first each place must at least be."""
        offsets = [0.0]
        for above, below in pairwise(places):
            space = {0: 26, 1: 10, 2: 0}[is_passage(above) + is_passage(below)]
            offsets.append(offsets[-1] + (self.tall[above] + self.tall[below]) / 2 + space)
        return offsets

    def _apart(self, places: Sequence[str], wanted: Sequence[float]) -> list[float]:
        """Return the middles nearest to those wanted that keep the order and do not overlap.

        Pool adjacent violators (isotonic regression), after taking the least distances off.
        """
        offsets = self._offsets(places)
        pools: list[tuple[float, int]] = []
        for want, offset in zip(wanted, offsets, strict=True):
            mean, size = want - offset, 1
            while pools and pools[-1][0] > mean:
                other, number = pools.pop()
                mean, size = (mean * size + other * number) / (size + number), size + number
            pools.append((mean, size))
        level = [mean for mean, size in pools for _ in range(size)]
        return [one + offset for one, offset in zip(level, offsets, strict=True)]

    # -- lines -----------------------------------------------------------

    def _ports(self) -> dict[tuple[str, str, int], float]:
        """Return (side, box, route) -> the height at which the route leaves or reaches the box."""
        found = {}
        for side, ends in (("left", self.left), ("right", self.right)):
            for name, numbers in ends.items():
                order = sorted(numbers, key=lambda number: (self._pull(side, name, number), number))
                for at, number in enumerate(order):
                    found[side, name, number] = self.middle[name] + (at - (len(order) - 1) / 2) * PITCH
        return found

    def _pull(self, side: str, name: str, number: int) -> float:
        """Return where a route goes next, seen from one of its ends; ties go outermost."""
        route = self.plan.routes[number]
        if route.beside:
            other = route.stops[1] if name == route.stops[0] else route.stops[0]
            return 1e9 if self.middle[other] > self.middle[name] else -1e9
        return self.middle[route.stops[1 if side == "right" else -2]]

    def _drawn(self, number: int, route: Route) -> DrawnStep:
        edge, first, last = route.edge, route.stops[0], route.stops[-1]
        column = self._column()
        start = self.ports["right", first, number]
        x = self.x[column[first]] + WIDE
        if route.beside:
            end = self.ports["right", last, number]
            out = x + self.band[column[first]] - 6 - 9 * (number % 3)
            path = f"M{x:.1f} {start:.1f}H{out:.1f}V{end:.1f}H{x + 3:.1f}"
            return DrawnStep(edge, path, False, label(edge), x + 9, start - 5, "start")
        path, y = f"M{x:.1f} {start:.1f}", start
        for stop in route.stops[1:]:
            here = column[stop]
            bend = self.x[here - 1] + WIDE + self.band[here - 1]
            to = self.ports["left", last, number] if stop == last else self.middle[stop]
            path += (
                f"H{bend:.1f}C{bend + BEND * 0.6:.1f} {y:.1f} {bend + BEND * 0.4:.1f} {to:.1f} {bend + BEND} {to:.1f}"
            )
            y = to
        end_x = self.x[column[last]]
        said = label(edge, route.turned)
        return DrawnStep(edge, f"{path}H{end_x - 3:.1f}", route.turned, said, end_x - 13, y - 5, "end")

    def _heads(self) -> list[tuple[float, str]]:
        """Return a heading for each column but the claim's own."""
        found = []
        for number, places in enumerate(self.plan.columns[1:], 1):
            shown = [name for name in places if not is_passage(name)]
            ends = bool(shown) and all(name in self.origins for name in shown)
            steps = "1 step back" if number == 1 else f"{number} steps back"
            found.append((self.x[number], "Where the trail ends" if ends else steps))
        return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def named(trail: Trail) -> Mapping[str, str]:
    """Return what each node is called in a sentence."""
    return {CLAIM: "The claim", **{node.uid: node.name for node in trail.nodes}}
