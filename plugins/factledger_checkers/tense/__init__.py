"""tense: what is told as past was past when it was told."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding, Missing, Stance
from ledger.dates import DateExpression, Edtf, before, words
from ledger.timeline import out_on, read

from ..common import counting, plain, sources_of, titled
from ..languages import unread
from ..passages import Passage, certain, lacking, left_open, names_no_day, passages, read_again
from .told import TensedDate, tenses

MOST_FOUND = 20
FIX = "Add the date of the source, or write the date with its year."
ZONE = 1
"""Days by which a date may be another one somewhere else on Earth."""


class Tense(Checker):
    """Checks: whether what is told as past, or as yet to come, was so on the day that the source of the words came out.
    Why it matters: "was closed on 5 May" in a report of 2 May is a wrong date, a wrong tense, or a later change.
    Warns on: a past verb, or an event that nobody dates beforehand ("the murder in 2035"), with a date after the
      source, "will" with one before it; never fails.
    Passes on: what fits, and all that is not plain: only clear English words in one clause with their date are read.
    """

    name = "tense"
    version = 4
    establishes = "that no plain past or future of the words names a day on the other side of their source's date"
    does_not_establish = "that what is told took place, nor anything of tenses that are not plain"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        problems: list[Finding] = []
        unsure = unread(dossier)
        missing: list[Missing] = []
        held = 0
        for passage in passages(dossier):
            if passage.item is None and dossier.claim.reports is not None:
                continue
            out = _came_out(dossier, passage)
            for told in tenses(passage):
                why = _open(dossier, passage, told, out)
                if why:
                    unsure.setdefault(f"“{plain(told.words)}” in {passage.where}: {why}.", passage.cites)
                    missing += lacking(dossier, passage, worded=False)
                elif _is_written(told.one) and all(_other_side(told, edtf) for _, edtf in out):
                    problems.append(self._told(dossier, passage, told, out))
                else:
                    held += _is_written(told.one)
            for one, why in vague(passage) if passage.item is None else ():
                unsure.setdefault(f"“{plain(one.words)}” in {passage.where}: {why}.", passage.cites)
                missing += lacking(dossier, passage, worded=True)
        yield from problems[:MOST_FOUND]
        if problems:
            return
        if unsure:
            yield left_open(self, unsure, held, FIX, missing)
        elif held:
            reason = f"What is told as past or to come was so when it was told ({held} compared)."
            yield self.passes(reason, code="fits", cites=[dossier.claim])
        else:
            yield self.not_applicable(
                "No date stands with a plain past or future verb.", code="no_tense", cites=[dossier.claim]
            )

    def _told(self, dossier: Dossier, passage: Passage, told: TensedDate, out: list[tuple[str, Edtf]]) -> Finding:
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
            missing=read_again(dossier, passage),
        )


def vague(passage: Passage) -> Iterator[tuple[DateExpression, str]]:
    """Yield the expressions of a claim that name no day though their words tell of a time: "recent months"."""
    for one in passage.found:
        if one.length is not None and one.length.count is None and (why := names_no_day(one)):
            yield one, why


def _open(dossier: Dossier, passage: Passage, told: TensedDate, out: list[tuple[str, Edtf]]) -> str:
    """Return why a tense cannot be held against the date of its source; "" where it can, or nothing depends on it."""
    if not _is_written(told.one):
        return _matters(told, out)
    if not told.past and _quoted_speech(dossier, passage):
        return "when these words were said is not recorded"
    if not out:
        return f"{'its sources have' if passage.item is None else 'it has'} no date to compare with"
    if not all(_other_side(told, edtf) for _, edtf in out) and all(_other_side(told, edtf, zone=0) for _, edtf in out):
        return "a day off, which the zone of its clock explains"
    return ""


def _is_written(one: DateExpression) -> bool:
    """Return whether the words give a date with its year; of one that is uncertain, as fiscal years are, its reach."""
    uncertain = one.edtf is not None and one.edtf.uncertain
    return certain(attrs.evolve(one, unknown="") if uncertain else one)


def _came_out(dossier: Dossier, passage: Passage) -> list[tuple[str, Edtf]]:
    """Return when words were said: when their source came out; of a claim, when it was said, and all its sources."""
    if passage.item is not None:
        return [] if passage.reference is None else [(passage.item.source, passage.reference)]
    said = read(dossier.claim.said)
    supporting = [uid for uid in sources_of(counting(dossier, Stance.SUPPORTS)) if uid in dossier.sources]
    outs = [(uid, read(out_on(dossier.sources[uid]))) for uid in supporting]
    found = [(uid, edtf) for uid, edtf in [*outs, (dossier.claim.uid, said)] if edtf is not None]
    undated = any(edtf is None for _, edtf in outs)
    if undated or not all(edtf.year_known for _, edtf in found):
        return []
    return sorted(found, key=lambda one: (one[1].earliest or 0, one[1].text))


def _quoted_speech(dossier: Dossier, passage: Passage) -> bool:
    """Return whether words are somebody's, and were said on a day before their source that it may not tell."""
    item = passage.item
    if item is None or item.anchor is None:
        return False
    source = dossier.sources.get(item.source)
    others = item.quoting is not None or (item.speaker is not None and (not source or source.author != item.speaker))
    return others or item.anchor.prefix.rstrip().endswith(("“", '"', "«", "‘"))


def _other_side(told: TensedDate, out: Edtf, *, zone: int = ZONE) -> bool:
    """Return whether a date is surely past when it is told as to come, or the other way round, by more than a zone."""
    edtf = told.one.edtf
    if edtf is None:
        return False
    earlier, later = (out, edtf) if told.past else (edtf, out)
    last, first = earlier.reach[1], later.reach[0]
    return before(earlier, later) is True and last is not None and first is not None and first - last > zone


def _matters(told: TensedDate, out: list[tuple[str, Edtf]]) -> str:
    """Return why a date without its year cannot be told, where it is one; "" where nothing depends on it."""
    edtf = told.one.edtf
    if edtf is None or told.one.part or any(point.month is None for point in edtf.points):
        return ""
    if not edtf.year_known:
        return "no year is given"
    if "year" in told.one.assumed and any(_other_side(told, date) for _, date in out):
        return "no year is given, and that nearest to its source is on the other side of it"
    return ""
