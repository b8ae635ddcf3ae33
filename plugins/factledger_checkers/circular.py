"""circular: no source comes, in the end, from itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ledger import Checker, Context, Dossier, Finding, LinkState, needs
from ledger.chain import Chain, Step

from .common import RecordNames, by_handle

Circle = tuple[str, ...]

MOST_LINES = 20
"""Links of a circle that are told one by one."""


class Circular(Checker):
    """Checks: whether the recorded chain of sources runs in a circle.
    Why it matters: an error that came back from whom it was taken looks confirmed, and nobody knows where it began.
    Fails on: sources that come from one another, directly or through others; it warns where a link is only proposed.
    Passes on: a chain in which every source comes from earlier ones.
    """

    name = "circular"
    version = 3
    establishes = "that no source of the claim comes from itself, as far as the chain is recorded"
    does_not_establish = "that the recorded chain is complete, nor that its origins are right"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        circles: Sequence[Circle] = dossier.chain.cycles() if dossier.chain.steps else ()
        if circles and dossier.withdrawn:
            circles = _circles(dossier, proposed=True)
        if not dossier.chain.steps:
            yield self.not_applicable(
                "No source is recorded as coming from another.", code="no_chain", cites=[dossier.claim]
            )
            return
        if not circles:
            yield self.passes("No source comes from itself.", code="no_circle", cites=[dossier.claim])
            return
        told = RecordNames(dossier)
        sure = _circles(dossier, proposed=False)
        for circle in _in_order(told, sure):
            yield self._circle(dossier, told, circle, proposed=False)
        for circle in _in_order(told, circles):
            if not any(set(part) <= set(circle) for part in sure):
                yield self._circle(dossier, told, circle, proposed=True)

    def _circle(self, dossier: Dossier, told: RecordNames, circle: Circle, *, proposed: bool) -> Finding:
        members = frozenset(circle)
        inside = [
            link
            for link in dossier.links
            if link.relation.derives and link.source in members and link.comes_from in members
        ]
        inside.sort(key=by_handle)
        if proposed:
            doubt = next((link.handle for link in inside if link.state is LinkState.DETECTED), "LINK")
            say, code, end = self.warns, "proposed", "; not all of it is confirmed"
            fix = f'If it is not so: factledger settle {doubt} rejected --because "..."'
        else:
            say, code, end = self.fails, "circle", ""
            fix = 'Find which came first; then: factledger retract LINK --because "..."'
            if dossier.chain.origin_of(circle) is not None:
                code, end = "no_origin", "; where it began is not known"
        return say(
            _sentence(told, circle) + end + ".",
            code=code,
            cites=[*circle[:MOST_LINES], *(link.uid for link in inside[:MOST_LINES])],
            fix=fix,
            missing=[needs("state", link) for link in inside if link.state is LinkState.DETECTED] if proposed else (),
            details=[
                f"{link.handle}: {told.title(link.source)} {_relation(link.relation)} {told.title(link.comes_from)}."
                for link in inside[:MOST_LINES]
            ],
        )


def _circles(dossier: Dossier, *, proposed: bool) -> Sequence[Circle]:
    """Return the circles among sources that stand, with links that a detector proposed or without."""
    return Chain(
        Step(link.source, link.comes_from, link.relation.value)
        for link in dossier.links
        if link.relation.derives
        and (proposed or link.state is not LinkState.DETECTED)
        and link.source not in dossier.withdrawn
        and link.comes_from not in dossier.withdrawn
    ).cycles()


def _in_order(told: RecordNames, circles: Iterable[Circle]) -> list[Circle]:
    """Return circles, and the sources of each, in the order of their handles."""
    return sorted((tuple(told.ordered(circle)) for circle in circles), key=lambda circle: [*map(told.place, circle)])


def _sentence(told: RecordNames, circle: Circle) -> str:
    if len(circle) == 1:
        return f"{told.title(circle[0])} is recorded as coming from itself"
    each = "each other" if len(circle) == 2 else "one another, in a circle"
    return f"{told.titles(circle)} come from {each}"


def _relation(relation: str) -> str:
    return "is based on" if relation == "based_on" else relation
