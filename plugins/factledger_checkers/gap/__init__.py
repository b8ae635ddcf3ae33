"""gap: a stated distance in time, an age or an anniversary is that between the dates on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding, Missing, Outcome, needs
from ledger.dates import DateExpression, Edtf, ExpressionKind
from ledger.timeline import out_on, read

from ..common import by_handle
from ..languages import unread
from ..passages import MOST_LINES, Passage, left_open, passages
from .ages import Birth, aged, ages, anniversaries, births, same_person
from .beside import apposed, beside, between, deadlines, glued, limits_of, origins_of, stretches, untils
from .distances import Allowed, Stated, allowed, dated, judged, quoted

MOST_FOUND = 20
FIX = "Write, or record, both dates that it lies between, with their year."

_FOR = re.compile(r"\b(?:for|lasted|lasting)[ \n]$", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(r"\b(?:who|which|that|where|whose)\b")
_PLANNED = re.compile(
    r"\b(?:to|will|would|shall|should|must|plan\w*|promis\w*|due|schedul\w*|expect\w*|propos\w*|order\w*|ask\w*|vow\w*|"
    r"offer\w*|agree\w*|threat\w*|sa(?:id|ys)|announc\w*|deadline|within|until|by)\b",
    re.IGNORECASE,
)
"""Words before a distance by which it may be of something else than the event."""

_IMPOSED = re.compile(
    r"\b(?:ban|bann|sentenc|suspen|jail|impos|grant|valid|licen|allow|order|plan|schedul)\w*", re.IGNORECASE
)
"""Words of a stretch that may go on after its event: "banned for 12 days"."""

_COUNTED_FROM = re.compile(r"\s(?:the |a |an )?(?P<words>[^,.;:()\n]{1,80})")


class Gap(Checker):
    """Checks: "ten days after", "for 12 days", "Ann Lee, 43" and "the tenth anniversary of", against the dates beside.
    Why it matters: a date and a distance that contradict each other show that one of them was copied wrongly.
    Fails on: a distance, age or anniversary that no reading of the dates allows.
    Warns on: a day or a year off, which another way of counting explains; a distance that may be to something else.
    Passes on: distances that the dates allow, counted with the first day or without.
    """

    name = "gap"
    version = 3
    establishes = "that distances, ages and anniversaries stated in English fit the dates beside them and on record"
    does_not_establish = "that the dates are right, nor that a distance is of the events that it was compared with"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        stated = list(_stated(dossier))
        problems = [one for one in stated if one[1].outcome in (Outcome.FAIL, Outcome.WARN)]
        open_ = [(cites, one) for cites, one in stated if one.outcome is Outcome.ABSTAIN]
        unsure = unread(dossier) | {one.reason: cites for cites, one in open_}
        missing = [needs("occurred" if one.code == "no_event" else "text", dossier.claim) for _, one in open_]
        held = sum(one.outcome is Outcome.PASS for _, one in stated)
        handle = dossier.claim.handle
        for cites, one in problems[:MOST_FOUND]:
            yield (self.fails if one.outcome is Outcome.FAIL else self.warns)(
                one.reason,
                code=one.code,
                cites=cites,
                fix=f'Check both in the source, then: factledger correct {handle} text="..." --because "..."',
                missing=_read_again(dossier, cites),
            )
        if problems:
            return
        if unsure:
            yield left_open(self, unsure, held, FIX, missing)
        elif held:
            reason = (
                f"{'What it states fits' if held == 1 else 'The distances stated fit'} the dates ({held} compared)."
            )
            yield self.passes(reason, code="fits", cites=[dossier.claim])
        else:
            yield self.not_applicable("It states no distance in time.", code="no_distance", cites=[dossier.claim])


def _read_again(dossier: Dossier, cites: tuple[str, ...]) -> list[Missing]:
    """Return whose words are to be read again: those of the evidence that they are quoted by, else the claim's."""
    quoted_by = [item for item in dossier.evidence if item.uid in cites]
    return [needs("anchor", item) for item in quoted_by[:1]] or [needs("text", dossier.claim)]


def _stated(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], Stated]]:
    """Yield what comes of every distance that is stated, with the records that it is read from and compared with."""
    read_in = passages(dossier)
    born = [birth for passage in read_in for birth in births(passage)]
    for passage in read_in:
        own = passage.item is None
        told = dossier.claim.reports is not None and own
        for one in (*beside(passage), *stretches(passage), *untils(passage), *deadlines(passage)):
            yield passage.cites, one
        when = list(_when(dossier, passage))
        at = [edtf for edtf, _ in when]
        dated_by = tuple(dict.fromkeys((*passage.cites, *(uid for _, uid in when))))
        later = own and not dossier.claim.said and _some_undated(dossier)
        for one in () if told else anniversaries(passage, at, later=later and not dossier.claim.occurred):
            yield dated_by, one
        for cites, one in _ages(passage, born, at, later=later):
            yield tuple(dict.fromkeys((*dated_by, *cites))), one
        for one in _of_event(dossier, passage) if own and not told else ():
            yield passage.cites, one


def _when(dossier: Dossier, passage: Passage) -> Iterator[tuple[Edtf, str]]:
    """Yield the dates at which what words say of an age may hold, each with its record: event, saying, sources."""
    if passage.item is not None:
        found = [(passage.reference, passage.item.source)]
    else:
        claim = dossier.claim
        supporting = dict.fromkeys(item.source for item in sorted(dossier.supporting, key=by_handle))
        sources = [
            dossier.sources[uid] for uid in supporting if uid in dossier.sources and uid not in dossier.withdrawn
        ]
        found = [(read(claim.occurred), claim.uid), (read(claim.said), claim.uid)]
        found += [(read(out_on(source)), source.uid) for source in sources[:MOST_LINES]]
    yield from ((edtf, uid) for edtf, uid in found if edtf is not None and edtf.year_known)


def _some_undated(dossier: Dossier) -> bool:
    """Return whether a claim may have been written on a day that is not recorded."""
    sources = [dossier.sources.get(item.source) for item in dossier.supporting]
    outs = [read(out_on(source)) if source else None for source in sources]
    return not outs or any(out is None or not out.year_known for out in outs)


def _ages(
    passage: Passage, born: list[Birth], at: list[Edtf], *, later: bool
) -> Iterator[tuple[tuple[str, ...], Stated]]:
    """Yield what comes of an age whose birth the words date, where all that date it agree."""
    for age in ages(passage):
        fitting = [birth for birth in born if same_person(age, birth, passage)]
        if fitting and len({birth.edtf for birth in fitting}) == 1:
            stated = aged(age, fitting[0], passage.where, [age.at] if age.at else at, later=later and not age.at)
            if stated is not None:
                yield fitting[0].passage.cites, stated


def _of_event(dossier: Dossier, passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a distance that the claim states of its own event, by the date of that."""
    event = read(dossier.claim.occurred)
    offsets = [one for one in passage.found if one.offset is not None and not glued(passage, one)]
    for one in passage.found:
        if one.kind is ExpressionKind.RANGE and one.length is not None and one.length.count is None:
            yield Stated(Outcome.ABSTAIN, f"{quoted(one.words, passage.where)}: how long is not said.", "open")
    if len(offsets) == 1:
        yield from _offset_of_event(dossier, passage, offsets[0], event)
    lengths = [one for one in passage.found if one.kind is ExpressionKind.DURATION and one.length and one.length.days]
    if len(lengths) == 1 and not offsets:
        yield from _length_of_event(dossier, passage, lengths[0])


def _offset_of_event(dossier: Dossier, passage: Passage, one: DateExpression, event: Edtf | None) -> Iterator[Stated]:
    """Yield what comes of "ten days after 2 May", or of what it counts from if that has no date."""
    shown = quoted(one.words, passage.where)
    if one.offset is None:
        return
    limits = limits_of(passage, one)
    if limits is None:
        yield Stated(Outcome.ABSTAIN, f"{shown}: how long is not said in days or longer units.", "open")
        return
    if one.offset.of is None:
        yield _ordered(dossier, passage, one, limits)
        return
    origins = origins_of(passage, one)
    others = [other for other in passage.found if other is not one and other.span != one.offset.of]
    if any(apposed(passage, one, other) and dated(other) for other in others):
        return  # it is held against that
    lacking = (
        "the date that it counts from is open" if len(origins) != 1 else "the event has no date" if not event else ""
    )
    sentence = passage.sentence(one.span)
    if not lacking and _PLANNED.search(passage.text[sentence.start : one.span.start]):
        lacking = "it may be the distance to what was planned, and not to the event"
    if lacking or event is None:
        undated = not event and len(origins) == 1
        yield Stated(Outcome.ABSTAIN, f"{shown}: {lacking}.", "no_event" if undated else "open")
        return
    also = [*(origins if not one.parts else ()), *(edtf for other in others if (edtf := dated(other)) is not None)]
    if any(_same(edtf, event) for edtf in also):
        return  # "closed on 2 May and opened two weeks later": the record is of the first
    words = sentence.of(passage.text)
    sure = not others and words.count(",") < 2 and not _OTHER_CLAUSE.search(words)
    yield between(passage, one, limits, origins[0], event, sure=sure)


def _ordered(dossier: Dossier, passage: Passage, one: DateExpression, limits: Allowed) -> Stated:
    """Return what comes of "two weeks before the vote", where the claim records its order to the vote in days."""
    shown = quoted(one.words, passage.where)
    order, after = dossier.claim.order, one.offset is not None and one.offset.after
    named = (order.earlier if after else order.later) if order else None
    own = (order.later if after else order.earlier) if order else None
    from_what = _COUNTED_FROM.match(passage.text, one.span.end)
    plainly = _bare(named or "")
    if order is None or not plainly or own is not None or from_what is None \
            or _bare(from_what["words"])[: len(plainly)] != plainly:  # fmt: skip
        return Stated(Outcome.ABSTAIN, f"{shown} counts from something without a date.", "open")
    if order.least_days is None and order.most_days is None:
        return Stated(Outcome.ABSTAIN, f"{shown}: how many days lie between is not recorded.", "open")
    least, most = order.least_days or 0, order.most_days
    if limits.off(least, most):
        days = f"{least} at least" if most is None else f"{most}" if most == least else f"{least} to {most}"
        return Stated(Outcome.FAIL, f"{shown}, but the days recorded between them are {days}.", "order")
    if limits.holds(least, most):
        return Stated(Outcome.PASS, "fits", "fits")
    return Stated(Outcome.ABSTAIN, f"{shown}: the days recorded between them leave it open.", "open")


def _length_of_event(dossier: Dossier, passage: Passage, one: DateExpression) -> Iterator[Stated]:
    """Yield that the event is dated by fewer days than it is said to have taken."""
    text = dossier.claim.occurred or ""
    event = read(text)
    before = passage.text[max(0, one.span.start - 20) : one.span.start]
    if event is None or "/" not in event.text or len(event.points) != 2 or one.length is None:
        return
    if not (_FOR.search(before) or "-" in one.words) or _IMPOSED.search(passage.around(one)):
        return
    limits = allowed(one.length, before, counted=True)
    start, end = event.points
    first, last = read(start.text), read(end.text)
    if limits is not None and first is not None and last is not None:
        stated = judged(quoted(one.words, passage.where), limits, first, last, sure=False, upper=True)
        yield attrs.evolve(stated, code="longer" if stated.outcome is Outcome.WARN else stated.code)


def _same(one: Edtf, other: Edtf) -> bool:
    a, b, c, d = one.earliest, one.latest, other.earliest, other.latest
    return None not in (a, b, c, d) and (a or 0) <= (d or 0) and (c or 0) <= (b or 0)


def _bare(words: str) -> list[str]:
    """Return the words of a phrase, without its article."""
    found = words.casefold().split()
    return found[1:] if found[:1] in (["the"], ["a"], ["an"]) else found
