"""corroboration: how many sources are independent, at least and at most."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ledger import Checker, Context, Corroboration, Credibility, Dossier, Evidence, Finding, Link, LinkState, Stake
from ledger.chain import Independence, Pair, PairVerdict, Reason

from .common import Told, number

MOST_PAIRS = 40
"""Pairs explained one by one; a reader asks about no more."""

_PERCENT = re.compile(r"(\d+)%")


class Corroborated(Checker):
    """Checks: whether the sources that support a claim are independent of one another.
    Why it matters: five outlets that carry one wire report are one source, five times.
    Fails on: a claim with no source, or one that a source contradicts.
    Passes on: two sources with separate trails that a person declared independent, with reasons, or two that are
        first-hand, of different owners, and whose archived texts share no passage.
    """

    name = "corroboration"
    version = 3
    establishes = "at least and at most how many of the recorded sources are independent"
    does_not_establish = "that the claim is true, nor that the recorded chain is complete; witnesses may have talked"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        supporting = [item for item in dossier.supporting if item.source not in dossier.withdrawn]
        against = [item for item in dossier.contradicting if item.source not in dossier.withdrawn]
        told = Told(dossier)
        found = dossier.independence
        measures = {
            "shown": found.lower,
            "at_most": found.upper,
            "supporting": len(found.sources),
            "contradicting": len({item.source for item in against}),
        }
        details = [
            *_pair_lines(told, found),
            *_copies(dossier, told),
            *dict.fromkeys(_caveats(dossier, told, supporting)),
        ]
        confirmed = [item for item in supporting if item.credibility is Credibility.CONFIRMED]
        if confirmed and found.lower < 2:
            yield self.warns(
                "Graded 1, confirmed by independent sources, and no two are shown to be independent.",
                code="grade_not_earned",
                cites=confirmed,
                fix=f"Grade it again: factledger grade {confirmed[0].handle}",
            )
        if against:
            yield self.fails(
                _contradicted(told, supporting, against),
                code=Corroboration.CONTRADICTED,
                cites=[*against, *supporting],
                fix="Weigh both sides and decide: factledger review " + dossier.claim.handle,
                details=details,
                measures=measures,
            )
            return
        say = {
            Corroboration.NONE: self.fails,
            Corroboration.SINGLE_ORIGIN: self.warns,
            Corroboration.SAME_ORIGIN: self.warns,
            Corroboration.INDEPENDENCE_UNKNOWN: self.abstains,
            Corroboration.INDEPENDENT: self.passes,
        }
        state = Corroboration(found.state.value)
        reason, fix = _words(state, told, found, supporting)
        if state is Corroboration.SAME_ORIGIN and (copied := _most_copied(dossier)):
            reason = f"{reason.rstrip('.')}; {told.name(copied.source)} has {_measure(copied)} in common with it."
        if state is Corroboration.SINGLE_ORIGIN and dossier.reports is not None:
            fix = "See or hear the statement itself, and archive it."  # that it was said needs no second speaker
        cites = [*supporting, *found.choke] or [dossier.claim]
        if dossier.withdrawn.keys() & dossier.sources.keys():
            gone = state is Corroboration.NONE and dossier.supporting
            reason = "Its sources were withdrawn." if gone else f"{reason} A source on the trail was withdrawn."
            say[Corroboration.INDEPENDENT] = say[Corroboration.INDEPENDENCE_UNKNOWN] = self.warns
        if state in context.policy.enough and state is not Corroboration.INDEPENDENT and say[state] is not self.fails:
            reason, fix, say[state] = f"{reason} That is enough for this house.", "", self.passes
        yield say[state](reason, code=state, cites=cites, fix=fix, details=details, measures=measures)


def _words(state: Corroboration, told: Told, found: Independence, supporting: Sequence[Evidence]) -> tuple[str, str]:
    """Return the finding in a sentence, and what would settle it."""
    count = len(found.sources)
    if state is Corroboration.NONE:
        return "No source on record supports this claim.", "Add one: factledger evidence"
    if state is Corroboration.SINGLE_ORIGIN:
        return _single(told, found, supporting), "Find a source that does not depend on this one."
    if state is Corroboration.SAME_ORIGIN:
        if found.choke:
            through = f"{'both' if count == 2 else 'all'} pass through {told.names(found.choke[:1])}"
        else:
            through = "no two have separate trails and separate owners"
        return f"{number(count)} sources, one origin: {through}.", "Find a source outside this chain."
    if state is Corroboration.INDEPENDENT:
        shown = any(pair.reason_code is Reason.SHOWN for pair in found.pairs) if count <= MOST_PAIRS else True
        why = (
            "first-hand, of different owners, their archived texts without a common passage"
            if shown
            else ("as declared with reasons")
        )
        return f"{number(found.lower)} of {number(count).lower()} sources are independent, {why}.", ""
    return (
        f"{number(count)} sources, independence unknown: at most {found.upper} could be independent, "
        f"{'none is' if found.lower < 2 else f'{found.lower} are'} shown to be.",
        "Record where each has it from, or declare them independent with a reason.",
    )


def _most_copied(dossier: Dossier) -> Link | None:
    """Return the detected link by which a supporting source has most in common with where it all comes from."""
    choke = dossier.independence.choke[:1]
    found = [link for link in _detected(dossier) if link.comes_from in choke]
    return max(found, key=lambda link: int(_PERCENT.findall(link.measure or "")[0]), default=None)


def _detected(dossier: Dossier) -> Iterator[Link]:
    return (link for link in dossier.links if link.measure and _PERCENT.match(link.measure))


def _measure(link: Link) -> str:
    """Return what was measured, without who measured it: "83% of its own words"."""
    return (link.measure or "").partition(" (")[0].partition(",")[0]


def _copies(dossier: Dossier, told: Told) -> Iterator[str]:
    for link in [link for link in dossier.links if link.measure][:MOST_PAIRS]:
        whose = "confirmed by a person" if link.state is LinkState.CONFIRMED else "nobody has confirmed it"
        how = "has in common with" if _PERCENT.match(link.measure or "") else "comes from"
        yield f"{told.title(link.source)} {how} {told.title(link.comes_from)}: {link.measure}; {whose}."


def _single(told: Told, found: Independence, supporting: Sequence[Evidence]) -> str:
    """One source: who it is, where it has it from, and what it has at stake."""
    uid = found.sources[0]
    nodes = [node for origin in found.origins for node in origin.nodes]
    voice = told.name(uid) + _stake(told, uid, {item.stake for item in supporting})
    if nodes == [uid]:
        known = any(item.basis.first_hand for item in supporting)
        return f"One origin: {voice}" + ("." if known else "; how it knows is not stated.")
    if len(nodes) == 1:
        return f"One source, {voice}; the trail ends at {told.names(nodes)}."
    return f"One source, {voice}; it draws on {told.names(nodes)}, and which of them says this is not recorded."


def _stake(told: Told, uid: str, stakes: Collection[Stake]) -> str:
    who = "who" if told.is_person(uid) else "which"
    if Stake.PARTICIPANT in stakes:
        return f", {who} took part"
    return f", {who} has an interest" if Stake.INTERESTED in stakes else ""


def _contradicted(told: Told, supporting: Sequence[Evidence], against: Sequence[Evidence]) -> str:
    voices = told.names(list(dict.fromkeys(item.source for item in against)))
    count = len({item.source for item in supporting})
    support = f"{number(count).lower()} {'source supports' if count == 1 else 'sources support'} it"
    return f"Contradicted by {voices}; {support}."


def _pair_lines(told: Told, found: Independence) -> Iterator[str]:
    if len(found.sources) > MOST_PAIRS // 4:
        yield f"{len(found.sources)} sources make more pairs than are explained here."
        return
    for pair in found.pairs:
        yield f"{told.name(pair.a)} / {told.name(pair.b)}: {_pair_words(told, pair)}"


def _pair_words(told: Told, pair: Pair) -> str:
    verdict = "not independent" if pair.verdict is PairVerdict.DEPENDENT else "not shown independent"
    if pair.reason_code is Reason.SAME_OWNER:
        owners = " and ".join(told.agent(uid, "the same owner") for uid in pair.via)
        return f"{verdict}, both trails belong to {owners}"
    via = told.names(pair.via) if pair.via else ""
    return {
        Reason.DECLARED: "declared independent by a person, with a reason",
        Reason.SHOWN: "shown independent",
        Reason.DERIVES: f"{verdict}, one comes from {via}",
        Reason.COMMON_ANCESTOR: f"{verdict}, both come from {via}",
        Reason.TIED: f"{verdict}, one answers the other",
        Reason.NOT_FIRST_HAND: f"{verdict}, how {via} {'knows' if len(pair.via) == 1 else 'know'} is not stated",
        Reason.OWNER_UNKNOWN: f"{verdict}, the owner of {via} is not recorded",
        Reason.NOT_COMPARED: f"{verdict}, no archived texts of both that could be compared, or they share passages",
    }[pair.reason_code]


def _caveats(dossier: Dossier, told: Told, supporting: Sequence[Evidence]) -> Iterator[str]:
    for item in supporting:
        if item.seen_in is not None:
            yield f"{told.title(item.source)} was not seen itself, only as told in {told.title(item.seen_in)}."
    carriers = {item.source for item in (*dossier.supporting, *dossier.contradicting)}
    for uid in dossier.sources:
        if uid in dossier.withdrawn:
            so = "and does not count" if uid in carriers else "though others come from it"
            yield f"{told.title(uid)} was withdrawn {so}. {dossier.withdrawn[uid]}".strip()
