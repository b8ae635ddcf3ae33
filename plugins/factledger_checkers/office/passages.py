"""Words in which a title may stand, and the dates that they count from: of the source, the event, the sentence."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ledger import Anchor, Dossier, Evidence, Source, Stance
from ledger.dates import DateExpression, Edtf, ExpressionKind, expressions, why_not_known, words
from ledger.text import read_once, sentences
from ledger.timeline import out_on, read

from ..common import HIDDEN, MOST_CITED, counting, plain, titled
from .holders import EVER, Days, Holders

BEFORE, AFTER = 1_500, 500
"""Characters of an archived text about the anchored words that are read with them."""

WEEK = 7
"""Days about a weekday in a sentence, which is one of those near by; a year that is not written is no date at all."""


@attrs.frozen
class DateOfWords:
    """A date of the words, or of what they tell of; where it cannot be told `why` says so, and `days` is None.

    `of` is the source whose date it is.
    """

    why: str
    days: Days | None = None
    edtf: Edtf | None = None
    of: Source | None = None

    @property
    def said(self) -> str:
        """The date as it stands after a verb: "on 2 May 2025", "in May 2025"."""
        edtf = self.edtf
        if edtf is None:
            return "then"
        return f"{'on' if edtf.earliest is not None and edtf.earliest == edtf.latest else 'in'} {words(edtf)}"


@attrs.frozen
class PassageInTime:
    """Words to be read: `text` with what stands about them, of which `start` to `end` are the words themselves.

    `dates` are those of the words, `events` those of what the claim tells of; `apart` where the date is that of
    somebody's own utterance, so that quotation marks make no other time.
    """

    text: str
    start: int
    end: int
    dates: tuple[DateOfWords, ...]
    events: tuple[DateOfWords, ...]
    cites: tuple[str, ...]
    apart: bool = False


def passages(dossier: Dossier, holders: Holders) -> Iterator[PassageInTime]:
    """Yield the claim's own words, and those that evidence anchors, in the order of its handles, if they have a title.

    Only then is an archived text read, which is slow.
    """
    claim = dossier.claim
    items = counting(dossier, Stance.SUPPORTS, Stance.CONTRADICTS, Stance.CONTEXT)
    events = tuple(
        _moment(text, what)
        for what, text in (("the event", claim.occurred), ("the statement", claim.said))
        if text is not None
    )
    uids = dict.fromkeys(uid for item in items for uid in (item.source, item.seen_in) if uid)
    carrying = [source for uid in uids if (source := dossier.sources.get(uid)) is not None]
    dates = tuple(dict.fromkeys(map(_out, carrying))) or events
    if holders.titles.search(claim.text):
        cites = (claim.uid, *(source.uid for source in carrying))[:MOST_CITED]
        yield PassageInTime(claim.text, 0, len(claim.text), dates, events, cites)
    for item in items:
        if item.anchor is not None and holders.titles.search(item.anchor.exact):
            yield _anchored(dossier, item, item.anchor, events)


def _anchored(dossier: Dossier, item: Evidence, anchor: Anchor, events: tuple[DateOfWords, ...]) -> PassageInTime:
    seen = item.seen_in or item.source
    text, start = _around(dossier.texts.get(seen), anchor)
    sources = [one for uid in dict.fromkeys((item.source, seen)) if (one := dossier.sources.get(uid)) is not None]
    claim = (dossier.claim.uid,) if events else ()
    cites = (*claim, item.uid, *(source.uid for source in sources))
    dates = tuple(map(_out, sources))
    return PassageInTime(text, start, start + len(anchor.exact), dates, events, cites, apart=item.source != seen)


def _around(archived: str | None, anchor: Anchor) -> tuple[str, int]:
    """Return the anchored words with what stands about them, and where they begin."""
    exact = anchor.exact
    if archived is not None and exact:
        start = anchor.start if anchor.start is not None else archived.find(exact)
        if start >= 0 and archived[start : start + len(exact)] == exact:
            floor = max(0, start - BEFORE)
            return archived[floor : start + len(exact) + AFTER], start - floor
    return f"{anchor.prefix}{exact}{anchor.suffix}", len(anchor.prefix)


def _out(source: Source) -> DateOfWords:
    return _moment(out_on(source), titled(source), source)


def _moment(text: str | None, what: str, of: Source | None = None) -> DateOfWords:
    """Return the days of a recorded date."""
    edtf = read(text)
    if edtf is None:
        why = f"{what} has no date" if text is None or text in HIDDEN else f"the date of {what} cannot be read"
        return DateOfWords(why, of=of)
    if not edtf.year_known:
        return DateOfWords(why_not_known(edtf, edtf), of=of)
    return DateOfWords("", _days(edtf), edtf)


def _days(edtf: Edtf) -> Days:
    first, last = edtf.reach
    return (-EVER if first is None else first, EVER if last is None else last)


def told_of(passage: PassageInTime, at: int) -> Iterator[DateOfWords]:
    """Yield the dates that stand in the sentence about a place in the text."""
    reference = next((moment.edtf for moment in passage.dates if moment.edtf is not None), None)
    for found in _dates_in(sentence_about(passage.text, at), reference):
        yield _expressed(found)


def sentence_about(text: str, at: int) -> str:
    """Return the sentence about a place in a text, which is English: titles of other languages are not read."""
    return next((span.of(text) for span in sentences(text, "en") if span.start <= at < span.end), text)


@read_once
def _dates_in(sentence: str, reference: Edtf | None) -> tuple[DateExpression, ...]:
    return tuple(
        one
        for one in expressions(sentence, reference=reference)
        if one.kind in (ExpressionKind.DATE, ExpressionKind.RANGE)
    )


def _expressed(found: DateExpression) -> DateOfWords:
    """Return the days that a date expression means, if it says; some more about them where that is by a convention."""
    edtf = found.edtf
    if edtf is None or not edtf.year_known or found.fault:
        return DateOfWords(f"the sentence tells of “{plain(found.words, 40)}”, which cannot be dated")
    if "year" in found.assumed:
        return DateOfWords(f"the sentence tells of “{plain(found.words, 40)}”, whose year is not written")
    first, last = _days(edtf)
    slack = WEEK if found.assumed else 0
    return DateOfWords("", (first - slack, last + slack), edtf)
