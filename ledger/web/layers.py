"""Which column each source of a chain stands in, and in which order: the claim left, origins rightmost.

A layered drawing (Sugiyama, Tagawa and Toda, 1981): circles are opened, columns
follow the longest way from the claim, a step over several columns gets a place of
its own in each column that it passes, and the order is the one of fewest crossings
among those that a few sweeps find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from ..views.trail import CLAIM, Edge, Trail

SWEEPS = 8
"""Times that the columns are put in order, to the right and back."""

Order = list[list[str]]
"""The names of the places in each column, top to bottom."""


@attrs.frozen
class Route:
    """One step as it is drawn: the places it runs through, left to right, its ends included.

    `turned` if it leads from the right to the left; `beside` if both ends stand in one column.
    """

    edge: Edge
    stops: tuple[str, ...]
    turned: bool = False
    beside: bool = False


@attrs.frozen
class Layers:
    """The places of every column, and the routes between them. A place is a source or a passage."""

    columns: tuple[tuple[str, ...], ...]
    routes: tuple[Route, ...]

    @property
    def segments(self) -> Iterator[tuple[str, str]]:
        """Every piece of a route from one column to the next."""
        for route in self.routes:
            if not route.beside:
                yield from pairwise(route.stops)


def layers(trail: Trail) -> Layers:
    """Return the columns of a chain; sources that no step touches are left out."""
    known = {CLAIM, *(node.uid for node in trail.nodes)}
    edges = [edge for edge in trail.edges if edge.start != edge.end and {edge.start, edge.end} <= known]
    names = list(dict.fromkeys([CLAIM, *(uid for edge in edges for uid in (edge.start, edge.end))]))
    column = _columns(names, edges, {node.uid for node in trail.nodes if node.origin})
    routes = tuple(_route(number, edge, column) for number, edge in enumerate(edges))
    start: Order = [[] for _ in range(max(column.values()) + 1)]
    for name in names:
        start[column[name]].append(name)
    for route in routes:
        for offset, stop in enumerate(route.stops[1:-1], 1):
            start[column[route.stops[0]] + offset].append(stop)
    columns = _ordered(start, Layers((), routes).segments)
    return Layers(tuple(tuple(places) for places in columns), routes)


def _columns(names: Sequence[str], edges: Sequence[Edge], origins: set[str]) -> dict[str, int]:
    """Return the column of each source: its longest way from the claim; origins all in the last."""
    onward = defaultdict[str, list[str]](list)
    for edge in edges:
        if not edge.tie:
            onward[edge.start].append(edge.end)
    order, back = opened(names, onward)
    column = dict.fromkeys(names, 1)
    column[CLAIM] = 0
    for name in order:
        for end in onward.get(name, ()):
            if (name, end) not in back:  # a step that closes a circle is drawn against the grain
                column[end] = max(column[end], column[name] + 1)
    last = max(column.values())
    column |= {name: last for name in origins if name in column and name not in onward}
    held = {CLAIM, *onward, *(end for ends in onward.values() for end in ends)}
    for edge in edges:  # what only answers another stands beside it
        if edge.tie and edge.end not in held:
            column[edge.end] = column[edge.start]
    return column


def opened(names: Sequence[str], onward: Mapping[str, list[str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the sources, each before what it leads to, and the steps that close a circle."""
    done: list[str] = []
    state: dict[str, bool] = {}
    back: set[tuple[str, str]] = set()
    for root in names:
        waiting = [] if root in state else [(root, iter(onward.get(root, ())))]
        while waiting:
            name, rest = waiting[-1]
            state.setdefault(name, False)
            for end in rest:
                if end not in state:
                    waiting.append((end, iter(onward.get(end, ()))))
                    break
                if not state[end]:
                    back.add((name, end))
            else:
                state[name] = True
                done.append(name)
                waiting.pop()
    return done[::-1], back


def _route(number: int, edge: Edge, column: Mapping[str, int]) -> Route:
    turned = column[edge.start] > column[edge.end]
    left, right = (edge.end, edge.start) if turned else (edge.start, edge.end)
    between = range(column[left] + 1, column[right])
    stops = (left, *(passage(number, place) for place in between), right)
    return Route(edge, stops, turned, beside=column[left] == column[right])


def passage(number: int, column: int) -> str:
    """Return the name of the place where a long step passes a column; no uid holds a "/"."""
    return f"{number}/{column}"


def is_passage(place: str) -> bool:
    return "/" in place


def _ordered(start: Order, segments: Iterable[tuple[str, str]]) -> Order:
    """Return the columns in the order of fewest crossings that was met."""
    back, forth = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for left, right in segments:
        forth[left].append(right)
        back[right].append(left)
    best, fewest = start, _crossings(start, forth)
    now = start
    for sweep in range(SWEEPS):
        now = _swept(now, back if sweep % 2 == 0 else forth, rightward=sweep % 2 == 0)
        found = _crossings(now, forth)
        if found < fewest:
            best, fewest = now, found
    return best


def _swept(columns: Order, neighbours: Mapping[str, list[str]], *, rightward: bool) -> Order:
    """Put each column, one after the other, in the order of the mean place of its neighbours."""
    found = [list(places) for places in columns]
    place = {name: float(number) for places in found for number, name in enumerate(places)}
    numbers = range(1, len(found)) if rightward else range(len(found) - 2, -1, -1)
    for number in numbers:
        wanted = {
            name: sum(place[other] for other in near) / len(near) if (near := neighbours.get(name)) else place[name]
            for name in found[number]
        }
        found[number].sort(key=wanted.__getitem__)
        place.update((name, float(at)) for at, name in enumerate(found[number]))
    return found


def _crossings(columns: Order, forth: Mapping[str, list[str]]) -> int:
    """Return how often the pieces between neighbouring columns cross."""
    count = 0
    for left, right in pairwise(columns):
        place = {name: number for number, name in enumerate(right)}
        ends = [place[end] for name in left for end in sorted(forth.get(name, ()), key=place.__getitem__)]
        count += sum(ends[i] > ends[j] for i in range(len(ends)) for j in range(i + 1, len(ends)))
    return count
