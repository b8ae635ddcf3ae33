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
from .passages import Passage, certain, names_no_day, passages

MOST_FOUND = 20
MOST_LINES = 20
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
    r"supposed|targeted|tipped|to|told|urged|not|never|still|on|for|of|in)"
)
_FUTURE = re.compile(
    r"(?<![\w-])(?P<verb>(?:will|shall|won't|won’t)(?: not| also| then| now| be)? (?P<done>[a-z]+)|"
    r"(?:is|are) (?:set |due |going |scheduled |expected )?to (?:be )?(?P<then>[a-z]+)|plans? to (?P<meant>[a-z]+))(?![\w-])"
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
_ON = re.compile(r"\s(?P<word>on|in)\s(?:the\s)?$")
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|promised|vowed|wrote|writes|added|predicted|according|stated|claimed|"
    r"reported|read|reads|imagine\w*|fictional|novel|film|fiction|hypothetical\w*)\b|[“”\"«»]",
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
            if passage.item is None and dossier.reports is not None:
                continue
            out = _came_out(dossier, passage)
            for told in tenses(passage):
                shown = f"“{plain(told.words)}” in {passage.where}"
                if not certain(told.one):
                    why = _matters(told, out)
                    if why:
                        unsure.setdefault(f"{shown}: {why}.", passage.cites)
                    continue
                if not out:
                    lacking = "its sources have" if passage.item is None else "it has"
                    unsure.setdefault(f"{shown}: {lacking} no date to compare with.", passage.cites)
                elif all(_other_side(told, edtf) for _, edtf in out):
                    problems.append(self._told(dossier, passage, told, out))
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
            lines = list(unsure)
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="open",
                cites=dict.fromkeys(uid for uids in list(unsure.values())[:MOST_LINES] for uid in uids),
                fix="Add the date of the source, or write the date with its year.",
                details=lines[:MOST_LINES] if len(lines) > 1 else (),
                measures={"hold": held, "unknown": len(lines)},
            )
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
        if _SAYING.search(sentence.of(passage.text)):
            continue
        clause = passage.text[sentence.start : one.span.start]
        on = _ON.search(clause)
        if on is None or (on["word"] == "on") is not _is_day(one.edtf):
            continue
        verb, past = _verb(clause[: on.start()], _is_day(one.edtf) or "XX" not in one.edtf.text)
        if verb is not None:
            start = sentence.start + verb.start
            yield Told(one, past, passage.text[start : one.span.end])


def _verb(clause: str, narrow: bool) -> tuple[Span | None, bool]:
    """Return where the last verb of a clause stands that is plainly past or future, and whether it is past."""
    for pattern, past in ((_PAST, True), (_FUTURE, False)):
        found = list(pattern.finditer(clause))
        if not found:
            continue
        last = found[-1]
        between = clause[last.end() :]
        done = next((done for name, done in last.groupdict().items() if name != "verb" and done), "")
        if (
            len(between) <= _FARTHEST
            and narrow
            and not _STOPS.search(between)
            and not _PLANNED.fullmatch(done)
            and not _NO_VERB.search(clause[: last.start()])
            and re.search(r"\w\s$", clause[: last.start()])
            and not (_FUTURE if past else _PAST).search(clause)
        ):
            return Span(last.start(), len(clause)), past
    return None, True


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


def _other_side(told: Told, out: Edtf) -> bool:
    """Return whether a date is surely past when it is told as to come, or the other way round, in any zone."""
    edtf = told.one.edtf
    if edtf is None:
        return False
    (first, last), (then, final) = edtf.reach, out.reach
    if told.past:
        return before(out, edtf) is True and first is not None and final is not None and first - final > ZONE
    return before(edtf, out) is True and last is not None and then is not None and then - last > ZONE


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
