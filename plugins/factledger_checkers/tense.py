"""tense: what is told as past was past when it was told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding
from ledger.dates import DateExpression, Edtf, Kind, before, words
from ledger.text import Span
from ledger.timeline import out_on, read

from .common import plain, titled
from .passages import Passage, certain, left_open, names_no_day, passages

MOST_FOUND = 20
FIX = "Add the date of the source, or write the date with its year."
ZONE = 1
"""Days by which a date may be another one somewhere else on Earth."""

_HAPPENED = (
    "accepted|appeared|appointed|arrested|arrived|attacked|attended|bombed|boycotted|broke|burned|burnt|captured|"
    "celebrated|collapsed|concluded|convened|crashed|crossed|debuted|defeated|departed|destroyed|died|dissolved|"
    "ended|entered|erupted|escaped|exploded|fell|finished|flew|fled|followed|gathered|happened|hit|killed|landed|"
    "launched|lost|married|met|murdered|occurred|opened|perished|premiered|quit|reopened|resigned|retired|returned|"
    "resumed|ruled|sank|shot|signed|started|stopped|stormed|struck|surrendered|testified|took|toured|unveiled|visited|"
    "voted|walked|went|won|began|came|closed|drowned|elected|rose|shut"
)
"""Verbs of what takes place: those of plans and words ("agreed", "announced") are no past of the day they name."""

_PAST = re.compile(rf"(?<![\w-])(?P<verb>(?:was|were) (?:\w+ly )?(?P<done>[a-z]+)|{_HAPPENED})(?![\w-])")
_PLANNED = re.compile(
    r"(?:about|advertised|announced|arranged|asked|billed|booked|called|cancelled|canceled|changed|delayed|demanded|due|"
    r"envisaged|expected|extended|fixed|forecast|going|hoped|intended|invited|likely|meant|moved|ordered|planned|"
    r"postponed|predicted|prepared|projected|promised|proposed|ready|rescheduled|required|scheduled|set|slated|"
    r"supposed|targeted|tipped|to|told|urged|have|not|never|still|on|for|of|in)"
)
_FUTURE = re.compile(
    r"(?<![\w-])(?P<verb>(?:will|shall|won't|won’t)(?: not| also| then| now| be)? (?P<done>[a-z]+)|"
    r"(?:is|are) (?:set |due |going |scheduled |expected )?to (?:be )?(?P<then>[a-z]+)|plans? to (?P<meant>[a-z]+))"
    r"(?![\w-])"
)
_NO_VERB = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|my|your|at|of|in|free|good|ill|last|living|political|this|that|any|to|"
    r"if|whether|when|until|what|which|who|as)\s$",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"[,;:()\[\]“”\"«»?!\n]|\s[-–—]\s|[—–]|\b(?:that|which|who|whose|where|when|while|if|unless|because|since|than|as|"
    r"and|or|but|after|before|until|till|by|for|from|to|through|of|into|would|could|might|may|must|should|will|shall|"
    r"can|ahead|called|dated|due|planned|scheduled|set|expected|agreed|announced|used|based|made|published|released|"
    r"issued|collected|signed|passed|said|says|told)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:\s(?P<inside>on|in)|^(?P<first>On|In))\s(?:the\s)?$")
_NOT_PLAIN = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|promised|vowed|wrote|writes|added|predicted|according|stated|claimed|"
    r"reported|read|reads|imagine\w*|fictional|novel|film|fiction|hypothetical\w*|if|whether|unless|suppose|wish\w*)\b"
    r"|[“”\"«»]|\?\s*$",
    re.IGNORECASE,
)
_FARTHEST = 60
"""Characters between a verb and its date."""


@attrs.frozen
class Told:
    """A date that a verb of the same clause puts into the past or the time to come."""

    one: DateExpression
    past: bool
    words: str


class Tense(Checker):
    """Checks: whether what is told as past, or as yet to come, was so on the day that the source of the words came out.
    Why it matters: "was closed on 5 May" in a report of 2 May is a wrong date, a wrong tense, or a later change.
    Warns on: a past verb with a date after the source, "will" with one before it; never fails.
    Passes on: what fits, and all that is not plain: only clear English verbs in one clause with their date are read.
    """

    name = "tense"
    version = 1
    establishes = "that no plain past or future of the words names a day on the other side of their source's date"
    does_not_establish = "that what is told took place, nor anything of tenses that are not plain"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        problems: list[Finding] = []
        unsure: dict[str, tuple[str, ...]] = {}
        held = 0
        for passage in passages(dossier):
            if passage.item is None and dossier.claim.reports is not None:
                continue
            out = _came_out(dossier, passage)
            for told in tenses(passage):
                shown = f"“{plain(told.words)}” in {passage.where}"
                if not certain(told.one):
                    why = _matters(told, out)
                    if why:
                        unsure.setdefault(f"{shown}: {why}.", passage.cites)
                    continue
                if not told.past and _quoted_speech(dossier, passage):
                    unsure.setdefault(f"{shown}: when these words were said is not recorded.", passage.cites)
                elif not out:
                    lacking = "its sources have" if passage.item is None else "it has"
                    unsure.setdefault(f"{shown}: {lacking} no date to compare with.", passage.cites)
                elif all(_other_side(told, edtf) for _, edtf in out):
                    problems.append(self._told(dossier, passage, told, out))
                elif all(_other_side(told, edtf, zone=0) for _, edtf in out):
                    unsure.setdefault(f"{shown}: a day off, which the zone of its clock explains.", passage.cites)
                else:
                    held += 1
            if passage.item is None:
                unsure.update(
                    (f"“{plain(one.words)}” in the claim: {why}.", passage.cites) for one, why in vague(passage)
                )
        yield from problems[:MOST_FOUND]
        if problems:
            return
        if unsure:
            yield left_open(self, unsure, held, FIX)
        elif held:
            reason = f"What is told as past or to come was so when it was told ({held} compared)."
            yield self.passes(reason, code="fits", cites=[dossier.claim])
        else:
            yield self.passes(
                "No date stands with a plain past or future verb.", code="no_tense", cites=[dossier.claim]
            )

    def _told(self, dossier: Dossier, passage: Passage, told: Told, out: list[tuple[str, Edtf]]) -> Finding:
        assert told.one.edtf is not None
        uid, edtf = out[-1] if told.past else out[0]
        source = dossier.sources.get(uid)
        what = titled(source) if source is not None else "the claim's saying"
        shown = f"“{plain(told.words)}” in {passage.where}"
        day = words(told.one.edtf)
        reason = (
            f"{shown}: said as past on a later day: {what} is of {words(edtf)}, before {day}."
            if told.past
            else f"{shown}: said as yet to come on an earlier day: {what} is of {words(edtf)}, after {day}."
        )
        handle = dossier.claim.handle
        return self.warns(
            reason,
            code="past_ahead" if told.past else "future_behind",
            cites=dict.fromkeys((*passage.cites, uid)),
            fix=f'Check both dates in the source, then: factledger correct {handle} text="..." --because "..."',
        )


def tenses(passage: Passage) -> Iterator[Told]:
    """Yield each date that stands in one clause with a plain past or future verb, governed by "on" or "in"."""
    for one in passage.found:
        if one.kind is not Kind.DATE or one.fault or one.edtf is None or one.offset is not None:
            continue
        sentence = passage.sentence(one.span)
        if _NOT_PLAIN.search(sentence.of(passage.text)):
            continue
        led = passage.text[sentence.start : one.span.start]
        on = _ON.search(led)
        if on is None or re.match("[0-9]{2}XX", one.edtf.text):
            continue
        if ((on["inside"] or on["first"]).lower() == "on") is not _is_day(one.edtf):
            continue
        fronted = on.start() == 0
        begins, ends = (one.span.end, sentence.end) if fronted else (sentence.start, sentence.start + on.start())
        begins += passage.text[begins:ends].startswith(",")
        found = _verb(passage.text[begins:ends], fronted=fronted)
        if found is not None:
            verb, past = found
            start, end = (sentence.start, begins + verb.end) if fronted else (begins + verb.start, one.span.end)
            yield Told(one, past, passage.text[start:end])


def _verb(clause: str, *, fronted: bool) -> tuple[Span, bool] | None:
    """Return where the verb that a date belongs to stands in its clause, and whether it is past; None if not plainly.

    It is the last before the date, or where the date comes first, the first behind it.
    """
    ahead = list(_FUTURE.finditer(clause))
    behind = [one for one in _PAST.finditer(clause) if not any(to.start() <= one.start() < to.end() for to in ahead)]
    found = {True: behind, False: ahead}
    if bool(found[True]) is bool(found[False]):
        return None
    past = bool(found[True])
    verb = found[past][0 if fronted else -1]
    subject, between = clause[: verb.start()], clause[verb.end() :]
    done = next((done for name, done in verb.groupdict().items() if name != "verb" and done), "")
    away = subject if fronted else between
    if len(away) > _FARTHEST or _STOPS.search(away) or _PLANNED.fullmatch(done) or _NO_VERB.search(subject):
        return None
    return (Span(verb.start(), verb.end()), past) if re.search(r"\w\s$", subject) else None


def vague(passage: Passage) -> Iterator[tuple[DateExpression, str]]:
    """Yield the expressions of a claim that name no day though their words tell of a time: "recent months"."""
    for one in passage.found:
        if one.length is not None and one.length.count is None and (why := names_no_day(one)):
            yield one, why


def _is_day(edtf: Edtf) -> bool:
    return len(edtf.points) == 1 and edtf.points[0].unit == "day"


def _came_out(dossier: Dossier, passage: Passage) -> list[tuple[str, Edtf]]:
    """Return when words were said: when their source came out; of a claim, when it was said, and all its sources."""
    if passage.item is not None:
        return [] if passage.reference is None else [(passage.item.source, passage.reference)]
    said = read(dossier.claim.said)
    supporting = sorted({item.source for item in dossier.supporting if item.source not in dossier.withdrawn})
    outs = [(uid, read(out_on(dossier.sources[uid]))) for uid in supporting if uid in dossier.sources]
    found = [(uid, edtf) for uid, edtf in [*outs, (dossier.claim.uid, said)] if edtf is not None]
    undated = any(edtf is None for _, edtf in outs)
    if undated or not all(edtf.year_known for _, edtf in found):
        return []
    return sorted(found, key=lambda one: (one[1].earliest or 0, one[1].text, one[0]))


def _quoted_speech(dossier: Dossier, passage: Passage) -> bool:
    """Return whether words are somebody's, and were said on a day before their source that it may not tell."""
    item = passage.item
    if item is None or item.anchor is None:
        return False
    source = dossier.sources.get(item.source)
    others = item.quoting is not None or (item.speaker is not None and (not source or source.author != item.speaker))
    return others or item.anchor.prefix.rstrip().endswith(("“", '"', "«", "‘"))


def _other_side(told: Told, out: Edtf, *, zone: int = ZONE) -> bool:
    """Return whether a date is surely past when it is told as to come, or the other way round, by more than a zone."""
    edtf = told.one.edtf
    if edtf is None:
        return False
    earlier, later = (out, edtf) if told.past else (edtf, out)
    last, first = earlier.reach[1], later.reach[0]
    return before(earlier, later) is True and last is not None and first is not None and first - last > zone


def _matters(told: Told, out: list[tuple[str, Edtf]]) -> str:
    """Return why a date without its year cannot be told, where it is one; "" where nothing depends on it."""
    edtf = told.one.edtf
    if edtf is None or told.one.part or any(point.month is None for point in edtf.points):
        return ""
    if not edtf.year_known:
        return "no year is given"
    if "year" in told.one.assumed and any(_other_side(told, date) for _, date in out):
        return "no year is given, and that nearest to its source is on the other side of it"
    return ""
