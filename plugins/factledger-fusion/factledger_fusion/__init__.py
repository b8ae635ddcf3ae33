"""fusion: where many sources give different figures for one thing, which one do they bear out best together?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import InvalidOperation
from typing import Any

import attrs

from ledger import Agent, Claim, Context, Finding, LedgerChecker, Stance, Verdict, Whole, hookimpl
from ledger.chain import Chain, Step

from .calibration import ENOUGH, Curve, Pair, calibrate
from .discovery import VoteTable, discover
from .numbers import amount, backs

__all__ = ["ENOUGH", "Fusion", "VoteTable", "discover"]

Thing = tuple[str, str, str]
"""Whose, of what, in which unit; letter case and spaces aside."""

LEAST_VOICES = 3
MOST_CITED = 50
LONGEST = 60

CLEAR = 0.05
"""How much further than the next a value has to be believed to be named."""


class Fusion(LedgerChecker):
    """Checks: which of the figures recorded for one thing its sources bear out best, weighed by how often each agrees
        with the others elsewhere; sources that come from one another count once.
    Why it matters: the most repeated figure is often the first one out, and a careful source stands alone with the
        right one.
    Fails on: nothing; a second opinion warns, and never overrides what the chain of sources shows.
    Passes on: nothing; where fewer than three voices speak, or none is clearly ahead, it cannot tell.
    """

    name = "fusion"
    version = 2
    establishes = "which recorded figure the sources taken together bear out best, by truth discovery"
    does_not_establish = "that this figure is true: all sources may be wrong together, or copy where no link says so"

    def check(self, whole: Whole, context: Context) -> Iterator[Finding]:
        things = _things(whole.claims)
        if not things:
            return
        desk = _Panel(whole, things)
        table = VoteTable(((one.voice, one.thing, one.value) for one in desk.counted), backs)
        belief = dict(zip(table.facts, discover(table), strict=True))
        curve = calibrate(_decided(whole, things, belief))
        for thing, by_value in sorted(things.items()):
            if len(by_value) > 1:
                yield self._opinion(thing, by_value, desk, belief, curve)

    def _opinion(
        self,
        thing: Thing,
        by_value: Mapping[str, Sequence[Claim]],
        desk: _Panel,
        belief: Mapping[Any, float],
        curve: Curve | None,
    ) -> Finding:
        voices = {value: sorted(desk.voices(thing, value)) for value in by_value}
        order = sorted(voices, key=lambda value: (-round(belief.get((thing, value), 0), 9), -len(voices[value]), value))
        first, second = order[:2]
        claims = [claim for value in order for claim in by_value[value]]
        ranked = [(value, voices[value]) for value in order]
        details = [
            *(f"{value}: {', '.join(map(desk.name, said)) or 'no source that counts'}" for value, said in ranked),
            *desk.repeated(thing),
        ]
        told = _list([f"{_times(len(said))} {value}" for value, said in ranked if said])
        of = f"{claims[0].value.subject}, {claims[0].value.property}" if claims[0].value else ""
        common: dict[str, Any] = {
            "cites": claims[:MOST_CITED],
            "details": details,
            "measures": {"values": len(by_value), "voices": len(set().union(*voices.values()))},
        }
        if common["measures"]["voices"] < LEAST_VOICES:
            return self.abstains(
                f"Too few voices to weigh the figures for {of}: {told or 'none'}.",
                code="too_few",
                fix="Record more sources for either figure.",
                **common,
            )
        ahead = belief.get((thing, first), 0) - belief.get((thing, second), 0)
        if ahead < CLEAR:
            return self.abstains(f"No figure for {of} is clearly better borne out: {told}.", code="even", **common)
        details.append(desk.weighed(thing))
        if curve:
            chance = round(100 * curve.probability(belief[thing, first]))
            error = round(100 * curve.error)
            details.append(
                f"Of {curve.pairs} decided claims with figures, those believed like this one held in {chance}% "
                f"(such percentages are off by {error} points on average)."
            )
            common["measures"] |= {"percent": chance, "calibration_error": error}
        return self.warns(
            f"For {of}, {told}. Weighed together, {first} is borne out best: a second opinion, no decision.",
            code="borne_out_best",
            fix=f"Look at the sources that say {second}: what do they count, and as of when?",
            **common,
        )


@attrs.frozen
class _ReportedValue:
    """A voice gives a value for a thing."""

    voice: str
    thing: Thing
    value: str


class _Panel:
    """Who says what, in how many voices."""

    def __init__(self, whole: Whole, things: Mapping[Thing, Mapping[str, Sequence[Claim]]]) -> None:
        self._agents = {agent.uid: agent for agent in whole.agents}
        self._sources = {source.uid: source for source in whole.sources}
        steps = (link for link in whole.links if link.relation.derives)
        self._chain = Chain(Step(link.source, link.comes_from, link.relation.value) for link in steps)
        of_claim = {
            claim.uid: (thing, value)
            for thing, by_value in things.items()
            for value, claims in by_value.items()
            for claim in claims
        }
        said: dict[tuple[Thing, str], set[str]] = defaultdict(set)
        for item in whole.evidence:
            if item.stance is Stance.SUPPORTS and item.claim in of_claim and item.source in self._sources:
                said[of_claim[item.claim]].add(item.source)
        self.counted: list[_ReportedValue] = []
        self._repeated: dict[Thing, list[str]] = defaultdict(list)
        self._of: dict[tuple[Thing, str], set[str]] = {}
        for (thing, value), sources in sorted(said.items()):
            first = self._apart(thing, sources)
            self._of[thing, value] = {self._voice(source) for source in first}
            self.counted += [_ReportedValue(voice, thing, value) for voice in sorted(self._of[thing, value])]

    def _apart(self, thing: Thing, sources: set[str]) -> set[str]:
        """Return those of some sources that do not come from another of them, nor from what another comes from."""
        ordered = sorted(sources, key=lambda uid: (len(self._chain.ancestors(uid)), self._sources[uid].handle))
        taken: dict[str, str] = {}
        apart = set()
        for source in ordered:
            trail = {source, *self._chain.ancestors(source)}
            before = min((taken[uid] for uid in trail if uid in taken), default=None)
            if before is None:
                apart.add(source)
            else:
                self._repeated[thing].append(
                    f"{self._title(source)} shares its origin with {self._title(before)}: counted once."
                )
            for uid in trail:
                taken.setdefault(uid, before or source)
        return apart

    def _voice(self, source: str) -> str:
        """Return who answers for a source: the topmost owner of its publisher or author, else the source itself."""
        found = self._sources[source]
        agent: Agent | None = self._agents.get(found.publisher or found.author or "")
        seen = set[str]()
        while agent and agent.part_of and agent.uid not in seen:
            seen.add(agent.uid)
            agent = self._agents.get(agent.part_of) or agent
        return agent.uid if agent else source

    def voices(self, thing: Thing, value: str) -> set[str]:
        return self._of.get((thing, value), set())

    def name(self, voice: str) -> str:
        agent, source = self._agents.get(voice), self._sources.get(voice)
        return _short(agent.name if agent else source.title if source else voice)

    def _title(self, source: str) -> str:
        return f"“{_short(self._sources[source].title)}”"

    def repeated(self, thing: Thing) -> Sequence[str]:
        return self._repeated[thing]

    def weighed(self, thing: Thing) -> str:
        """Say by how much else the voices on a thing could be judged."""
        here = {one.voice for one in self.counted if one.thing == thing}
        others = {one.thing for one in self.counted if one.voice in here} - {thing}
        if not others:
            return "None of them gives a figure for anything else here: all weigh the same."
        figures = "1 other figure" if len(others) == 1 else f"{len(others):,} other figures"
        return f"How good each is was judged by {figures} that they give here."


def _things(claims: Sequence[Claim]) -> dict[Thing, dict[str, list[Claim]]]:
    """Return the claims that give a figure, by thing and value."""
    things: dict[Thing, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.value is None:
            continue
        try:
            value = amount(claim.value.amount)
        except InvalidOperation:  # withheld
            continue
        parts = (claim.value.subject, claim.value.property, claim.value.unit or "")
        things[tuple(" ".join(part.casefold().split()) for part in parts)][value].append(claim)  # type: ignore[index]
    return things


def _decided(
    whole: Whole, things: Mapping[Thing, Mapping[str, Sequence[Claim]]], belief: Mapping[Any, float]
) -> list[Pair]:
    """Return (belief, whether it holds) of each claim with a figure, among several, that a person decided."""
    verdicts = {review.claim: review.verdict for review in whole.reviews if review.seconds is None}
    pairs = []
    for thing, by_value in sorted(things.items()):
        for value, claims in sorted(by_value.items()):
            for claim in claims:
                verdict = verdicts.get(claim.uid)
                if len(by_value) > 1 and (thing, value) in belief and verdict in (Verdict.SUPPORTED, Verdict.REFUTED):
                    pairs.append((belief[thing, value], verdict is Verdict.SUPPORTED))
    return pairs


def _times(count: int) -> str:
    return f"{count} {'voice says' if count == 1 else 'voices say'}"


def _list(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _short(text: str) -> str:
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[LedgerChecker]:
    """Return the checker; it takes no settings."""
    return [Fusion()]
