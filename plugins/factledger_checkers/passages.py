"""The words of a dossier in which dates are read: the claim's, and those that its evidence quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from ledger import Checker, Dossier, Evidence, Finding, Missing, Stance, needs
from ledger.dates import DateExpression, Edtf, ExpressionKind, expressions
from ledger.text import Span, sentences
from ledger.timeline import out_on, read

from .common import HIDDEN, by_handle, called, counting, once_a_dossier, sources_of, titled, undated
from .languages import is_read, taken_for, unread_claim

MOST_PASSAGES = 50
"""Pieces of evidence whose words are read; a finding says when there are more."""

MOST_LINES = 20
LONGEST_TEXT = 20_000
"""Characters of one passage that are read."""

NEAR = 400
"""Characters on either side of a date in which the rest of its sentence is read."""

_SPOKEN = re.compile(r"\b(?:nineteen|twenty)\s[a-z]{3,}", re.IGNORECASE)
"""A year in words, as it is said."""


@attrs.frozen
class Passage:
    """Words to read: where they stand, the records that hold them, and the date that "yesterday" in them counts from.

    `item` is the evidence that quotes them; None where they are the claim's own. `before` is what stands before them in
    the archived text, as far as it is near; `language` is that of the words, where anything tells.
    """

    text: str
    where: str
    cites: tuple[str, ...]
    reference: Edtf | None = None
    item: Evidence | None = None
    before: str = ""
    language: str | None = None

    @cached_property
    def dates(self) -> tuple[DateExpression, ...]:
        """The date expressions of the words, the ends of ranges after their range."""
        return tuple(one for found in self.found for one in (found, *found.parts))

    @cached_property
    def found(self) -> tuple[DateExpression, ...]:
        """The date expressions of the words, in order; none overlaps another."""
        return expressions(self.text, reference=self.reference)

    def sentence(self, span: Span) -> Span:
        """Return the sentence in which a span begins, as far as it is near."""
        whole = sentences(self.text, self.language)
        place = bisect_right(whole, span.start, key=lambda one: one.start) - 1
        if place < 0 or whole[place].end <= span.start:
            return span
        return Span(max(whole[place].start, span.start - NEAR), min(max(whole[place].end, span.end), span.end + NEAR))

    def around(self, one: DateExpression) -> str:
        """Return the words of the sentence in which an expression stands."""
        return self.sentence(one.span).of(self.text)


@once_a_dossier
def passages(dossier: Dossier) -> tuple[Passage, ...]:
    """Return the claim's words, and those that evidence quotes in a language that is read, of sources not withdrawn."""
    return tuple(_passages(dossier))


def _passages(dossier: Dossier) -> Iterator[Passage]:
    claim = dossier.claim
    if claim.text not in HIDDEN and unread_claim(dossier) is None:
        yield _own(dossier)
    for item in quoting(dossier)[:MOST_PASSAGES]:
        source, words = dossier.sources.get(item.source), item.anchor.exact if item.anchor else ""
        if is_read(tag := taken_for(dossier, item)):
            where = titled(source) if source else "a source that is not on record"
            out = read(out_on(source)) if source else None
            cites = (item.uid, item.source) if source else (item.uid,)
            yield Passage(words[:LONGEST_TEXT], where, cites, out, item, _before(dossier, item), tag)


def _own(dossier: Dossier) -> Passage:
    """Return the claim's words; those of a text that is only read count from its day, and have it before them."""
    words, cites, at = dossier.claim.text[:LONGEST_TEXT], (dossier.claim.uid,), dossier.read_at
    if at is None:
        return Passage(words, called(dossier), cites, read(dossier.claim.said))
    (source,) = dossier.sources.values()
    before = dossier.texts[source.uid][max(0, at.start - NEAR) : at.start]
    return Passage(
        words, called(dossier), cites, read(out_on(source)), before=before, language=dossier.languages.get(source.uid)
    )


def _before(dossier: Dossier, item: Evidence) -> str:
    """Return what stands before quoted words in the archived text; "" where they are not found at their place."""
    anchor, archived = item.anchor, dossier.texts.get(item.seen_in or item.source, "")
    if anchor is None or anchor.start is None or not archived.startswith(anchor.exact, anchor.start):
        return ""
    return archived[max(0, anchor.start - NEAR) : anchor.start]


def quoting(dossier: Dossier) -> list[Evidence]:
    """Return the evidence that quotes words to read, in the order of its handles."""
    gone = dossier.withdrawn
    found = [
        item for item in dossier.evidence if item.anchor and item.anchor.exact not in HIDDEN and item.source not in gone
    ]
    return sorted(found, key=by_handle)


def is_vague(one: DateExpression) -> bool:
    """Return whether an expression names a time of no length, which no date settles: "recent months"."""
    return one.length is not None and one.length.count is None


def names_no_day(one: DateExpression) -> str:
    """Return why an expression that should name a date leaves it open: "recent months"; "" where it does not."""
    if one.fault or one.kind not in (ExpressionKind.DATE, ExpressionKind.RANGE):
        return ""
    before_christ = any(part.before_christ is not None for part in (one, *one.parts))
    if before_christ or one.unknown.startswith("it names no day"):
        return ""  # "44 BC" and "now" leave nothing open that anybody could fill in
    return one.unknown if one.edtf is None or is_vague(one) else ""


def left_open(
    checker: Checker,
    unsure: Mapping[str, tuple[str, ...]],
    held: int,
    fix: str,
    missing: Iterable[Missing] = (),
) -> Finding:
    """Return what a checker cannot tell: why, a line each with the records it is of, and how many others hold."""
    lines = list(unsure)
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return checker.abstains(
        lines[0].removesuffix(".") + more + ".",
        code="open",
        cites=dict.fromkeys(uid for uids in list(unsure.values())[:MOST_LINES] for uid in uids),
        fix=fix,
        details=lines[:MOST_LINES] if len(lines) > 1 else (),
        measures={"hold": held, "unknown": len(lines)},
        missing=missing,
    )


def lacking(dossier: Dossier, passage: Passage, *, worded: bool) -> list[Missing]:
    """Return what words lack that leave a date open: the date of their source, else that they say which day it is.

    `worded` says that no date on record would help: "recent months".
    """
    if passage.item is not None:
        found = [] if worded else undated(dossier, {passage.item.source} & dossier.sources.keys())
        return found or [needs("review", dossier.claim)]
    sources = [uid for uid in sources_of(counting(dossier, Stance.SUPPORTS)) if uid in dossier.sources]
    found = [] if worded else undated(dossier, sources or [dossier.claim.uid])
    return found or [needs("text", dossier.claim)]


def read_again(dossier: Dossier, passage: Passage) -> list[Missing]:
    """Return what is missing where words contradict a date: the claim's own are to be corrected, others quoted anew."""
    return [needs("text", dossier.claim) if passage.item is None else needs("anchor", passage.item)]


def whole_day(edtf: Edtf | None) -> int | None:
    """Return the number of the one day that a date is, with its year and without a doubt; else None."""
    if edtf is None or edtf.moment is not None or edtf.approximate or edtf.uncertain:
        return None
    return edtf.earliest if edtf.earliest == edtf.latest else None


def certain(one: DateExpression) -> bool:
    """Return whether the words themselves give the value, with its year: no convention, no reckoning, no doubt."""
    edtf = one.edtf
    if edtf is None or one.unknown or one.assumed or one.offset or one.part or not edtf.year_known:
        return False
    years = [point.year for point in edtf.points]
    written = bool(years) and years[-1] is not None and years[-1].rstrip("X") in one.words
    return written or _SPOKEN.search(one.words) is not None
