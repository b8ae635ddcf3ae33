"""gap: a stated distance in time, an age or an anniversary is that between the dates on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding, Outcome
from ledger.dates import DateExpression, Edtf, Kind
from ledger.timeline import out_on, read

from .ages import Birth, aged, ages, anniversaries, births, same_person
from .common import by_handle
from .distances import Allowed, Stated, allowed, dated, judged, quoted
from .passages import Passage, passages

MOST_FOUND = 20
MOST_LINES = 20
FIX = "Write, or record, both dates that it lies between, with their year."

_BESIDE = re.compile(
    r"\s?(?:[,–—-]|\()\s?(?:or |that is,? |i\.e\.,? |namely |exactly |just )?"
    r"(?:(?:about|around|roughly|nearly|almost|some|over|more than|less than|at least|at most) )?"
    r"(?P<on>on |in )?(?:the )?"
)
_STRETCH_BEFORE = re.compile(r"(?P<named>(?: [a-z][a-z-]+){1,3})?(?:[,:]? |\s?[(–—]\s?)")
_STRETCH_AFTER = re.compile(
    r"\s?[,(–—:]\s?(?:a total of |a period of |for |or |that is,? |i\.e\.,? |in all |altogether |lasting |all of )?"
)
_GLUED = re.compile(r"[\w:.,/+-]$")
"""Before a number that is only the end of one: "24:00 weeks"."""

_LED = re.compile(r"\b(?:for|lasted|lasting|took|lasts|total of|period of|full|whole|all)[ \n]$", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|lasted|lasting)[ \n]$", re.IGNORECASE)
_ENDS = re.compile(r"\s?(?:[,.;:)!?]|$|\n)")
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

_GRAVITY = (Outcome.PASS, Outcome.ABSTAIN, Outcome.WARN, Outcome.FAIL)
_COUNTED_FROM = re.compile(r"\s(?:the |a |an )?(?P<words>[^,.;:()\n]{1,80})")


class Gap(Checker):
    """Checks: "ten days after", "for 12 days", "Ann Lee, 43" and "the tenth anniversary of", against the dates beside.
    Why it matters: a date and a distance that contradict each other show that one of them was copied wrongly.
    Fails on: a distance, age or anniversary that no reading of the dates allows.
    Warns on: a day or a year off, which another way of counting explains; a distance that may be to something else.
    Passes on: distances that the dates allow, counted with the first day or without; a claim that states none.
    """

    name = "gap"
    version = 1
    establishes = "that distances, ages and anniversaries stated in English fit the dates beside them and on record"
    does_not_establish = "that the dates are right, nor that a distance is of the events that it was compared with"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        stated = list(_stated(dossier))
        problems = [one for one in stated if one[1].outcome in (Outcome.FAIL, Outcome.WARN)]
        unsure = {one.reason: cites for cites, one in stated if one.outcome is Outcome.ABSTAIN}
        held = sum(one.outcome is Outcome.PASS for _, one in stated)
        handle = dossier.claim.handle
        for cites, one in problems[:MOST_FOUND]:
            yield (self.fails if one.outcome is Outcome.FAIL else self.warns)(
                one.reason,
                code=one.code,
                cites=cites,
                fix=f'Check both in the source, then: factledger correct {handle} text="..." --because "..."',
            )
        if problems:
            return
        if unsure:
            lines = list(unsure)
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="open",
                cites=dict.fromkeys(uid for uids in list(unsure.values())[:MOST_LINES] for uid in uids),
                fix=FIX,
                details=lines[:MOST_LINES] if len(lines) > 1 else (),
                measures={"hold": held, "unknown": len(lines)},
            )
        elif held:
            reason = (
                f"{'What it states fits' if held == 1 else 'The distances stated fit'} the dates ({held} compared)."
            )
            yield self.passes(reason, code="fits", cites=[dossier.claim])
        else:
            yield self.passes("It states no distance in time.", code="no_distance", cites=[dossier.claim])


def _stated(dossier: Dossier) -> Iterator[tuple[tuple[str, ...], Stated]]:
    """Yield what comes of every distance that is stated, with the records that it is read from and compared with."""
    read_in = list(passages(dossier))
    born = [birth for passage in read_in for birth in births(passage)]
    for passage in read_in:
        own = passage.item is None
        told = dossier.claim.reports is not None and own
        for one in (*beside(passage), *stretches(passage)):
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


def beside(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a distance from a date that has its own date beside it: "on 12 May, ten days after 2 May"."""
    found = passage.found
    for place, one in enumerate(found):
        limits, origins = _limits(passage, one), _origins(passage, one)
        if limits is None or not origins or one.offset is None:
            continue
        for other in found[max(0, place - 1) : place + 2]:
            if other is one or other.span == one.offset.of or not _apposed(passage, one, other):
                continue
            value = dated(other)
            if value is not None:
                each = [_between(passage, one, limits, origin, value) for origin in origins]
                yield min(each, key=lambda stated: _GRAVITY.index(stated.outcome))


def stretches(passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a length beside the two dates that it lies between: "for 12 days, from 1 to 10 May"."""
    for one, other in zip(passage.found, passage.found[1:], strict=False):
        length, span = (one, other) if one.kind is Kind.DURATION else (other, one)
        if length.kind is not Kind.DURATION or span.kind is not Kind.RANGE or len(span.parts) != 2 or span.fault:
            continue
        gap = passage.text[one.span.end : other.span.start]
        before = passage.text[max(0, length.span.start - 30) : length.span.start]
        if one is length:
            named = "-" in length.words
            joint = _STRETCH_BEFORE.fullmatch(gap)
            fits = joint is not None and (named if joint["named"] else named or bool(_LED.search(before)))
        else:
            fits = bool(_STRETCH_AFTER.fullmatch(gap)) and bool(_ENDS.match(passage.text, length.span.end))
        limits = allowed(length.length, before, counted=True) if length.length and fits else None
        start, end = dated(span.parts[0]), dated(span.parts[1])
        if limits is not None and start is not None and end is not None:
            upper = span.words.lower().startswith("between")
            yield judged(quoted(length.words, passage.where), limits, start, end, upper=upper)


def _of_event(dossier: Dossier, passage: Passage) -> Iterator[Stated]:
    """Yield what comes of a distance that the claim states of its own event, by the date of that."""
    event = read(dossier.claim.occurred)
    offsets = [one for one in passage.found if one.offset is not None and not _glued(passage, one)]
    for one in passage.found:
        if one.kind is Kind.RANGE and one.length is not None and one.length.count is None:
            yield Stated(Outcome.ABSTAIN, f"{quoted(one.words, passage.where)}: how long is not said.", "open")
    if len(offsets) == 1:
        yield from _offset_of_event(dossier, passage, offsets[0], event)
    lengths = [one for one in passage.found if one.kind is Kind.DURATION and one.length and one.length.days]
    if len(lengths) == 1 and not offsets:
        yield from _length_of_event(dossier, passage, lengths[0])


def _offset_of_event(dossier: Dossier, passage: Passage, one: DateExpression, event: Edtf | None) -> Iterator[Stated]:
    shown = quoted(one.words, passage.where)
    if one.offset is None:
        return
    limits = _limits(passage, one)
    if limits is None:
        yield Stated(Outcome.ABSTAIN, f"{shown}: how long is not said in days or longer units.", "open")
        return
    if one.offset.of is None:
        yield _ordered(dossier, passage, one, limits)
        return
    origins = _origins(passage, one)
    others = [other for other in passage.found if other is not one and other.span != one.offset.of]
    if any(_apposed(passage, one, other) for other in others):
        return
    lacking = (
        "the date that it counts from is open" if len(origins) != 1 else "the event has no date" if not event else ""
    )
    sentence = passage.sentence(one.span)
    if not lacking and _PLANNED.search(passage.text[sentence.start : one.span.start]):
        lacking = "it may be the distance to what was planned, and not to the event"
    if lacking or event is None:
        yield Stated(Outcome.ABSTAIN, f"{shown}: {lacking}.", "open")
        return
    if not one.parts and _same(origins[0], event):
        return  # "closed on 2 May and opened two weeks later": the record is of the first
    words = sentence.of(passage.text)
    sure = not others and words.count(",") < 2 and not _OTHER_CLAUSE.search(words)
    yield _between(passage, one, limits, origins[0], event, sure=sure)


def _ordered(dossier: Dossier, passage: Passage, one: DateExpression, limits: Allowed) -> Stated:
    """Return what comes of "two weeks before the vote", where the claim records its order to the vote in days."""
    shown = quoted(one.words, passage.where)
    order, after = dossier.claim.order, one.offset is not None and one.offset.after
    named = (order.earlier if after else order.later) if order else None
    own = (order.later if after else order.earlier) if order else None
    from_what = _COUNTED_FROM.match(passage.text, one.span.end)
    plainly = _bare(named or "")
    if order is None or not plainly or own is not None or from_what is None \
            or not _bare(from_what["words"]).startswith(plainly):  # fmt: skip
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


def _limits(passage: Passage, one: DateExpression) -> Allowed | None:
    if one.offset is None or _glued(passage, one):
        return None
    words = re.match(
        r"(?:about|around|nearly|almost|over|roughly|some|more than|less than|at least|just) ", one.words, re.I
    )
    before = passage.text[max(0, one.span.start - 30) : one.span.start] + (words[0] if words else "")
    return allowed(one.offset.length, before)


def _glued(passage: Passage, one: DateExpression) -> bool:
    return _GLUED.search(passage.text[max(0, one.span.start - 1) : one.span.start]) is not None


def _origins(passage: Passage, one: DateExpression) -> list[Edtf]:
    """Return the dates of the same sentence that a distance may count from: the one it names, else any before it."""
    if one.offset is None or one.offset.of is None:
        return []
    sentence, of = passage.sentence(one.span), one.offset.of
    if one.parts:
        found = [part for part in one.parts if part.span == of]
    else:
        found = [other for other in passage.found if sentence.start <= other.span.start < one.span.start]
        if not any(other.span == of for other in found):
            return []
    return [edtf for other in found if (edtf := dated(other)) is not None]


def _apposed(passage: Passage, one: DateExpression, other: DateExpression) -> bool:
    """Return whether a date and a distance name the same day: one stands beside the other, set off by a comma."""
    if other.kind is not Kind.DATE or other.offset is not None:
        return False
    first, last = (one, other) if one.span.start < other.span.start else (other, one)
    gap = _BESIDE.fullmatch(passage.text[first.span.end : last.span.start])
    return gap is not None and (last is one or gap["on"] is not None or "(" in gap[0])


def _between(
    passage: Passage, one: DateExpression, limits: Allowed, origin: Edtf, value: Edtf, *, sure: bool = True
) -> Stated:
    after = one.offset is not None and one.offset.after
    start, end = (origin, value) if after else (value, origin)
    return judged(quoted(one.words, passage.where), limits, start, end, sure=sure)


def _same(one: Edtf, other: Edtf) -> bool:
    a, b, c, d = one.earliest, one.latest, other.earliest, other.latest
    return None not in (a, b, c, d) and (a or 0) <= (d or 0) and (c or 0) <= (b or 0)


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", " ".join(words.casefold().split()))
