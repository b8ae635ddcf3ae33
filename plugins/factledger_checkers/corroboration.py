"""corroboration: how many sources are independent, at least and at most."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator, Sequence

from ledger import (
    Checker,
    Context,
    Corroboration,
    Credibility,
    Dossier,
    Evidence,
    Finding,
    Link,
    LinkState,
    Missing,
    Record,
    Relation,
    Source,
    Stake,
    needs,
)
from ledger.chain import Reason

from .common import MOST_CITED, MOST_NAMED, RecordNames, number, plain
from .two_sources import MOST_PAIRS, missing_grounds, pair_lines

_PERCENT = re.compile(r"(\d+)%")


class Corroborated(Checker):
    """Checks: whether the sources that support a claim are independent of one another.
    Why it matters: five outlets that carry one wire report are one source, five times.
    Fails on: a claim with no source, or one that a source contradicts.
    Passes on: two sources with separate trails that a person declared independent, with reasons, or two that know
        first-hand, each from what it saw or from a document of its own, with nobody and no house behind both, who
        credit nobody in common, and whose archived texts were compared and share no passage.
    """

    name = "corroboration"
    version = 5
    establishes = "at least and at most how many of the recorded sources are independent"
    does_not_establish = "that the claim is true, nor that the recorded chain is complete; witnesses may have talked"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        found, weighed, told = dossier.independence, dossier.weighing, RecordNames(dossier)
        supporting = [item for item in dossier.supporting if item.source in found.sources]
        against = [item for item in dossier.contradicting if item.source not in dossier.withdrawn]
        measures = {
            "shown": found.lower,
            "at_most": found.upper,
            "supporting": len(found.sources),
            "contradicting": len({item.source for item in against}),
        }
        details = [
            *pair_lines(told, found),
            *_copies(dossier, told),
            *dict.fromkeys(_caveats(dossier, told, supporting)),
        ]
        confirmed = [item for item in supporting if item.credibility is Credibility.CONFIRMED]
        if confirmed and found.lower < 2:
            yield self.warns(
                "Graded 1, confirmed by independent sources, and no two are shown to be independent.",
                code="grade_not_earned",
                cites=confirmed[:MOST_CITED],
                fix=f"Grade it again: factledger grade {confirmed[0].handle}",
                missing=[needs("credibility", item) for item in confirmed],
            )
        if against:
            yield self.fails(
                _contradicted(told, supporting, against),
                code=Corroboration.CONTRADICTED,
                cites=[*against[:MOST_CITED], *supporting[:MOST_CITED]],
                fix="Weigh both sides and decide: factledger review " + dossier.claim.handle,
                missing=[needs("review", dossier.claim)],
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
        reason, fix, missing = _words(state, told, dossier, supporting)
        if state is Corroboration.SINGLE_ORIGIN and dossier.reports is not None:
            fix = "See or hear the statement itself, and archive it."  # that it was said needs no second speaker
            uids = {capture.source for capture in dossier.captures}
            missing = [*(needs("capture", uid) for uid in found.sources if uid not in uids)]
            missing.append(needs("review", dossier.claim))
        if state is Corroboration.NONE and dossier.supporting:
            reason, fix, missing = _none_left(dossier, fix, missing)
        elif dossier.withdrawn.keys() & dossier.sources.keys():
            reason = f"{reason} {_lost(dossier)}"
            say[Corroboration.INDEPENDENT] = say[Corroboration.INDEPENDENCE_UNKNOWN] = self.warns
        if state in context.policy.enough and state is not Corroboration.INDEPENDENT and say[state] is not self.fails:
            reason, fix, missing, say[state] = f"{reason} That is enough for this house.", "", [], self.passes
        choke = [weighed.voices.get(node, node) for node in found.choke if node not in weighed.absent]
        cites: list[Record | str] = [*supporting[:MOST_CITED], *choke] or [dossier.claim]
        yield say[state](reason, code=state, cites=cites, fix=fix, details=details, measures=measures, missing=missing)


Told = tuple[str, str, Sequence[Missing]]
"""A finding in a sentence, what would settle it, and that as data."""


def _none_left(dossier: Dossier, fix: str, missing: Sequence[Missing]) -> Told:
    """Return that no source counts any more, and why; what would settle whether they rest on what was withdrawn."""
    weighed = dossier.weighing
    reason = "Its sources were withdrawn" + (", or rest on withdrawn ones." if weighed.resting else ".")
    doubt = [link for link in weighed.doubtful if link.source in weighed.resting]
    if doubt:
        return f"{reason} Whether they have this claim from there is not recorded.", *_say_which(doubt, dossier)
    return reason, fix, missing


def _lost(dossier: Dossier) -> str:
    """Say how many sources do not count because something was withdrawn."""
    lost = len({item.source for item in dossier.supporting}) - len(dossier.independence.sources)
    if not lost:
        return "A source on the trail was withdrawn."
    return f"{number(lost)} more {'does' if lost == 1 else 'do'} not count: withdrawn, or resting on what was."


def _words(state: Corroboration, told: RecordNames, dossier: Dossier, supporting: Sequence[Evidence]) -> Told:
    """Return the finding in a sentence, and what would settle it."""
    found, another = dossier.independence, [needs("evidence", dossier.claim)]
    count = len(found.sources)
    if state is Corroboration.NONE:
        return "No source on record supports this claim.", "Add one: factledger evidence", another
    if state is Corroboration.SINGLE_ORIGIN:
        return _single(told, dossier, supporting)
    if state is Corroboration.SAME_ORIGIN:
        return _same(told, dossier)
    if state is Corroboration.INDEPENDENT:
        shown = any(pair.reason_code is Reason.SHOWN for pair in found.pairs) if count <= MOST_PAIRS else True
        why = (
            "first-hand, of different people and houses, their archived texts without a common passage"
            if shown
            else "as declared with reasons"
        )
        return f"{number(found.lower)} of {number(count).lower()} sources are independent, {why}.", "", ()
    why = f"at most {found.upper} could be independent, none is shown to be"
    if count == 2:
        why = missing_grounds(told, found.pairs[0])[0]
    return (
        f"{number(count)} sources, independence unknown: {why}.",
        "Record where each has it from, or declare them independent with a reason.",
        [needs("link", _unexplained(dossier))],
    )


def _unexplained(dossier: Dossier) -> str:
    """Return the source to ask about first: one that was not there itself, else the first by its id."""
    counted = set(dossier.independence.sources)
    there = {item.source for item in dossier.supporting if item.basis.first_hand}
    return min(counted, key=lambda uid: (uid in there, dossier.sources[uid].handle))


def _same(told: RecordNames, dossier: Dossier) -> Told:
    """Several sources, one origin: where all trails meet, and whether it is sure that they carry this claim."""
    found, weighed = dossier.independence, dossier.weighing
    count, both = len(found.sources), "both" if len(found.sources) == 2 else "all"
    another = [needs("evidence", dossier.claim)]
    if not found.choke:
        circle = any(origin.cyclic for origin in found.origins)
        why = "they come from one another" if circle else "no two have separate trails and separate owners"
        return f"{number(count)} sources, one origin: {why}.", OUTSIDE, another
    through = found.choke[0]
    if through in weighed.absent:
        name = plain(weighed.absent[through])
        return (
            f"{number(count)} sources, one origin: {both} say that they have it from {name}, which is not on record.",
            *_enter(name, [dossier.sources[uid] for uid in found.sources], dossier),
        )
    reason = f"{number(count)} sources, one origin: {both} pass through {told.names([through])}."
    if copied := _most_copied(dossier):
        reason = f"{reason.rstrip('.')}; {told.name(copied.source)} has {_measure(copied)} in common with it."
    doubt = [link for link in weighed.doubtful if link.comes_from in found.choke]
    if doubt:
        return f"{reason} Whether with this claim is not recorded.", *_say_which(doubt, dossier)
    return reason, OUTSIDE, another


OUTSIDE = "Find a source outside this chain."


def _enter(name: str, sources: Sequence[Source], dossier: Dossier) -> tuple[str, Sequence[Missing]]:
    shown = " ".join(source.handle for source in sources[:MOST_NAMED])
    fix = f"Put it on record: factledger origin {shlex.quote(name)} {shown} --claim {dossier.claim.handle}"
    return fix, [needs("link", source) for source in sources]


def _say_which(doubt: Sequence[Link], dossier: Dossier) -> tuple[str, Sequence[Missing]]:
    fix = (
        f"If it is for this claim: factledger correct {doubt[0].handle} claim={dossier.claim.handle} --because ... "
        "If not, name the claim that it is for."
    )
    return fix, [needs("claim", link) for link in doubt]


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


def _copies(dossier: Dossier, told: RecordNames) -> Iterator[str]:
    for link in [link for link in dossier.links if link.measure][:MOST_PAIRS]:
        whose = "confirmed by a person" if link.state is LinkState.CONFIRMED else "nobody has confirmed it"
        how = "has in common with" if _PERCENT.match(link.measure or "") else "comes from"
        yield f"{told.title(link.source)} {how} {told.title(link.comes_from)}: {link.measure}; {whose}."


def _single(told: RecordNames, dossier: Dossier, supporting: Sequence[Evidence]) -> Told:
    """One source: who it is, where it has it from, what it has at stake; and what would settle it."""
    found, weighed = dossier.independence, dossier.weighing
    uid, fix = found.sources[0], "Find a source that does not depend on this one."
    another = [needs("evidence", dossier.claim)]
    nodes = [node for origin in found.origins for node in origin.nodes]
    spoken = [node for node in nodes if node in weighed.voices]
    stake = _stake(told.is_person(spoken[0] if spoken else uid), {item.stake for item in supporting})
    voice = told.name(uid) + ("" if spoken else stake)
    if nodes == [uid]:
        known = any(item.basis.first_hand for item in supporting)
        return f"One origin: {voice}" + ("." if known else "; how it knows is not stated."), fix, another
    absent = [weighed.absent[node] for node in nodes if node in weighed.absent]
    if absent:
        reason = f"One source, {voice}; it says that it has it from {plain(absent[0])}, which is not on record."
        return reason, *_enter(plain(absent[0]), [dossier.sources[uid]], dossier)
    doubt = [link for link in weighed.doubtful if link.source == uid]
    if doubt:
        others = told.names(list(dict.fromkeys(link.comes_from for link in doubt)))
        verb = "quotes" if doubt[0].relation is Relation.QUOTES else "cites"
        reason = f"One source, {voice}; it {verb} {others}, and whether for this is not recorded."
        return reason, *_say_which(doubt, dossier)
    if len(nodes) == 1:
        return f"One source, {voice}; the trail ends at {told.names(nodes)}{stake if spoken else ''}.", fix, another
    return (
        f"One source, {voice}; it draws on {told.names(nodes)}, and which of them says this is not recorded.",
        fix,
        another,
    )


def _stake(is_person: bool, stakes: Collection[Stake]) -> str:
    who = "who" if is_person else "which"
    if Stake.PARTICIPANT in stakes:
        return f", {who} took part"
    return f", {who} has an interest" if Stake.INTERESTED in stakes else ""


def _contradicted(told: RecordNames, supporting: Sequence[Evidence], against: Sequence[Evidence]) -> str:
    voices = told.names(list(dict.fromkeys(item.source for item in against)))
    count = len({item.source for item in supporting})
    support = f"{number(count).lower()} {'source supports' if count == 1 else 'sources support'} it"
    return f"Contradicted by {voices}; {support}."


def _caveats(dossier: Dossier, told: RecordNames, supporting: Sequence[Evidence]) -> Iterator[str]:
    for item in supporting:
        if item.seen_in is not None:
            yield f"{told.title(item.source)} was not seen itself, only as told in {told.title(item.seen_in)}."
    for uid, gone in dossier.weighing.resting.items():
        yield f"{told.title(uid)} rests on {told.title(gone)}, which was withdrawn, and does not count."
    for link in dossier.weighing.doubtful[:MOST_PAIRS]:
        yield f"{told.title(link.source)} has something from {told.title(link.comes_from)}; what, nobody recorded."
    carriers = {item.source for item in (*dossier.supporting, *dossier.contradicting)}
    for uid in dossier.sources:
        if uid in dossier.withdrawn:
            so = "and does not count" if uid in carriers else "though others come from it"
            yield f"{told.title(uid)} was withdrawn {so}. {dossier.withdrawn[uid]}".strip()
